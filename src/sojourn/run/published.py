"""Published tables of a country: read and checked before a run, laid beside its cells as a step of it."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from sojourn.definitions.country import Country
from sojourn.definitions.published import PublishedTable
from sojourn.engine.read import inspect
from sojourn.engine.rows import rows
from sojourn.errors import Problem, SojournError, problem
from sojourn.run.door import read_codes
from sojourn.run.step import Step, Workshop, in_key_order
from sojourn.stages.compare.cells import comparison
from sojourn.stages.compare.figures import KEY, Codes, chosen, figures
from sojourn.stages.publish.cells import shown
from sojourn.stages.publish.files import stamped
from sojourn.tables.contract import ARROW
from sojourn.tables.registry import CONTRACTS

LISTED = 20
"""Problems of one file that are named one by one; of the others the number is said."""


def published_step(country: Country) -> list[Step]:
    """The step `compare`, where the country has published tables."""
    tables = list(country.published.values())
    if not tables:
        return []
    query = in_key_order("comparison", comparison())

    def work(shop: Workshop) -> None:
        read = {table.id: table_figures(shop.country, table) for table in tables}
        listed = [{"published_table": name, "rows": rows, "passed_over": rows - kept} for name, (rows, kept, _) in read.items()]
        write(shop, "published_tables", listed)
        write(shop, "published", [figure for _, _, found in read.values() for figure in found])
        shop.session.table("hidden_cells", hidden_cells(shop))
        shop.write("comparison", query)

    return [Step("compare", ("cells",), ("published_tables", "published", "comparison"), work, {}, {"comparison": query})]


def write(shop: Workshop, table: str, found: list[dict]) -> None:
    """Rows as a table of the run, with the types and in the order of its contract."""
    schema = pa.schema([(each.name, ARROW[each.kind]) for each in CONTRACTS[table].columns])
    shop.session.table(f"{table}_read", pa.Table.from_pylist(found, schema=schema))
    shop.write(table, in_key_order(table, f"SELECT * FROM {table}_read"))


def hidden_cells(shop: Workshop) -> pa.Table:
    """The cells that no page or file shows, by the one rule that decides it there."""
    cells = shown(shop.session.rows("SELECT * FROM cells"), shop.country.file.threshold)
    hidden = [{name: getattr(cell, name) for name in KEY} for cell in cells if cell.hidden]
    return pa.Table.from_pylist(hidden, schema=pa.schema([(name, pa.string()) for name in KEY]))


def table_figures(country: Country, table: PublishedTable) -> tuple[int, int, list[dict]]:
    """Rows of the file, rows read, and the figures of one table. Raises SojournError with every problem of its file, each with its line."""
    path = country.resolve(table.file)
    found = inspect(table, [(1, [path])], country.path)
    if found:
        raise SojournError(*found)
    present = list(rows(table.format, path, table.id, country.path))
    kept = [(line, row) for line, row in present if chosen(table, row)]
    read, wrong = figures(table, table_codes(country, table), kept)
    wrong += [] if kept else [problem("compare.no_rows", columns=", ".join(table.only))]
    if wrong:
        raise SojournError(*(replace(each, file=path) for each in wrong[:LISTED]), *more(path, len(wrong) - LISTED))
    return len(present), len(kept), read


def more(path: Path, count: int) -> list[Problem]:
    return [problem("compare.more", path, count=count)] if count > 0 else []


def table_codes(country: Country, table: PublishedTable) -> Codes:
    """The codes of a table, those of code lists beside it included."""
    parts = {**table.named(), **table.breakdowns} | ({"period": table.period} if table.period else {})
    listed = {name: read_codes(country, each).to_pylist() for name, each in table.code_files().items()}
    stated = {name: each.codes for name, each in parts.items() if isinstance(each.codes, dict)}
    return stated | {name: {row["code"]: row["target"] for row in found} for name, found in listed.items()}


def published_problems(country: Country) -> list[Problem]:
    """Every problem of the published tables."""
    found: list[Problem] = []
    for table in country.published.values():
        try:
            table_figures(country, table)
        except SojournError as error:
            found.extend(error.problems)
    return found


def published_rows(country: Country, counted: list[dict]) -> list[dict[str, object]]:
    """What the page says of each table. `counted`: rows of the run's table `published_tables`."""
    passed_over = {each["published_table"]: each["passed_over"] for each in counted}
    return [
        {
            "id": each.id,
            "title": each.title,
            "reference": str(each.reference),
            "absolute": each.tolerance.absolute,
            "relative": each.tolerance.relative,
            "note": each.note,
            "passed_over": passed_over.get(each.id, 0),
        }
        for each in country.published.values()
    ]


def compared(folder: Path) -> Counter[str]:
    """Compared figures of a run folder by status; nothing where it has no published table."""
    path = stamped(folder, "comparison", "csv")
    if not path.is_file():
        return Counter()
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(row["status"] for row in csv.DictReader(file))
