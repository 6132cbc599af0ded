"""What a run leaves behind, and what it must not."""

import json
from pathlib import Path

import pyarrow.parquet as pq

from tests.attack import lands

STAMP = "INTERNAL-NOT-PROTECTED"


def natural_identifiers() -> tuple[str, ...]:
    """Every identifier of the drawn countries."""
    return (*lands.PEOPLE, *lands.FORMS, *lands.HOUSES)


def leftovers(folder: Path) -> list[str]:
    """Half-written things in the folder of the runs."""
    runs = folder / "runs"
    return sorted(path.name for path in runs.rglob("*") if ".partial" in path.name) if runs.exists() else []


def runs(folder: Path) -> list[str]:
    """Names of the finished runs."""
    return sorted(path.name for path in (folder / "runs").iterdir()) if (folder / "runs").exists() else []


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(one: Path, other: Path) -> list[str]:
    """Names of the files that are not the same byte for byte, or stand in one folder alone."""
    first, second = contents(one), contents(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def table(run: Path, name: str) -> list[dict]:
    """A table of a run folder as rows."""
    return pq.read_table(run / "tables" / f"{name}.{STAMP}.parquet").to_pylist()


def manifest(run: Path) -> dict:
    return json.loads((run / f"manifest.{STAMP}.json").read_text(encoding="utf-8"))


def issues(run: Path) -> dict[tuple[str, str, str], int]:
    """Records by field, reason and action, those with none left out."""
    rows = manifest(run)["issues"]
    return {(row["field"], row["reason"], row["action"]): row["records"] for row in rows if row["records"]}


def balance(run: Path) -> dict[str, dict]:
    """Read, used, superseded, rejected, repaired and flagged records by source; read = used + superseded + rejected holds."""
    found = {row["source"]: row for row in manifest(run)["balance"]}
    assert all(row["read"] == row["used"] + row["superseded"] + row["rejected"] for row in found.values())
    return found


def texts(path: Path) -> list[bytes]:
    """The bytes of a file; of a Parquet file the values of every column too, which compression hides."""
    found = [path.read_bytes()]
    if path.suffix == ".parquet":
        read = pq.read_table(path)
        found += ["\n".join(map(str, read.column(name).to_pylist())).encode() for name in read.column_names]
        found.append(str(read.schema.metadata).encode())
    return found
