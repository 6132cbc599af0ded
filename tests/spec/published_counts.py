"""A country of published counts run on a copy of its folder, and its tables as tests ask for them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import sojourn


def finished(name: str, countries: Path, data: Path, place: Path) -> Callable[[str], list[dict]]:
    """Run a copy of a country; gives a function from the name of a table to its rows."""
    folder = shutil.copytree(countries / name, place / name, ignore=shutil.ignore_patterns("runs", ".sojourn"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOJOURN_DATA", str(data))
        done = sojourn.run(folder)

    def rows(table: str) -> list[dict]:
        if table == "report":
            return [{"text": done.report.read_text(encoding="utf-8")}]
        (path,) = (done.folder / "tables").glob(f"{table}.INTERNAL*")
        return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").to_arrow_table().to_pylist()

    return rows


def account(rows: Callable[[str], list[dict]], population: str) -> dict[str, dict[str, int]]:
    """Period to component to value."""
    found: dict[str, dict[str, int]] = {}
    for row in rows("counts_account"):
        if row["population"] == population:
            found.setdefault(row["period"], {})[row["component"]] = row["value"]
    return found


def values(rows: Callable[[str], list[dict]], indicator: str, measure: str, breakdown: str = "total") -> dict[tuple[str, str], float]:
    """(period, category) to value."""
    wanted = (indicator, measure, breakdown)
    cells = [row for row in rows("cells") if (row["indicator"], row["measure"], row["breakdown"]) == wanted]
    return {(row["period"], row["category"]): row["value"] for row in cells}
