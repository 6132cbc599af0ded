"""The door: reads the office's files, writes typed records, and is the only step that sees a natural key or the secret."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pyarrow as pa

from sojourn.definitions.country import Country
from sojourn.definitions.sheet import of_sheet
from sojourn.definitions.source import CodeFile, Source
from sojourn.engine.portable import literals
from sojourn.engine.read import relation, release, stream
from sojourn.errors import SojournError, problem
from sojourn.run.codes import fill, unmapped_rows
from sojourn.run.sample import sampled
from sojourn.run.step import Step, Workshop, in_key_order
from sojourn.stages import ingest
from sojourn.stages.ingest import unmapped


def door(country: Country, secret: str, sample: Fraction | None = None) -> Step:
    """The step `ingest`."""
    sources = list(country.sources.values())
    writes = ("units", *(f"records_{source.id}" for source in sources), "issues_door", "unmapped_codes")
    return Step("ingest", (), writes, lambda shop: _ingest(shop, secret, sample))


def _ingest(shop: Workshop, secret: str, sample: Fraction | None) -> None:
    """Every record of the sources, typed. The secret is the session's for as long as this takes."""
    shop.session.variable("pseudonym_secret", secret)
    try:
        _records(shop, sample)
    finally:
        shop.session.variable("pseudonym_secret", "")


@dataclass(frozen=True)
class Raw:
    """A source as the door reads it: its FROM item, the engine types of its columns, and whether its rows have numbers."""

    source: Source
    rows: str
    kinds: dict[str, str]
    numbered: bool = True


def _records(shop: Workshop, sample: Fraction | None) -> None:
    taken = [_raw(shop, source, sample) for source in shop.country.sources.values()]
    keyed = [raw for raw in taken if raw.source.is_keyed]
    for raw in taken:
        _code_tables(shop, raw.source)
        fill(shop.session, shop.country, raw.source, raw.kinds, raw.rows)
    for raw in keyed:
        _typed(shop, raw)
    _number_units(shop, [raw.source for raw in keyed])
    for raw in taken:
        typed = ingest.records(raw.source, raw.numbered) if raw in keyed else ingest.typed_records(raw.source, raw.kinds, raw.rows)
        with reading(shop, raw.source):
            shop.write(f"records_{raw.source.id}", typed)
    found = (ingest.issues(raw.source, raw.kinds, raw.rows, raw.numbered) for raw in taken)
    shop.write("issues_door", f"SELECT * FROM ({' UNION ALL '.join(found)}) ORDER BY ALL NULLS LAST")
    _unmapped(shop, taken)
    _let_go(shop, taken)


def _raw(shop: Workshop, source: Source, sample: Fraction | None) -> Raw:
    """The source's records, or those of the sample. Delimited text is typed while it is read, where that can be."""
    parts = shop.country.parts(source)
    with reading(shop, source):
        if source.format.type == "csv" and sample is None:
            rows = stream(shop.session, source, parts)
            kinds = shop.session.columns(f"SELECT * FROM {rows}")
            if ingest.in_one_pass(source, kinds):
                return Raw(source, rows, kinds, numbered=False)
        found = relation(shop.session, source, parts, shop.country.path)
        kinds = shop.session.columns(f"SELECT * FROM {found}")
    return Raw(source, sampled(found, source, kinds, sample) if sample else found, kinds)


def _typed(shop: Workshop, raw: Raw) -> None:
    """The typed records of a source as `typed_<source>`, which a table that knows the place of each row can number.

    Values known beforehand are held as numbers while the records are sorted; the tables of the run hold words.
    """
    name, codes = f"typed_{raw.source.id}", ingest.closed_codes(raw.source)
    held = ", ".join(f"CAST({column} AS ENUM ({literals(values)})) AS {column}" for column, values in codes.items())
    with reading(shop, raw.source):
        query = ingest.typed_records(raw.source, raw.kinds, raw.rows, raw.numbered)
        query = f"SELECT * REPLACE ({held}) FROM ({query})" if held else query
        shop.session.execute(f"CREATE OR REPLACE TEMP TABLE {name}_rows AS {query}")
    number = "" if raw.numbered else "rowid + 1 AS record, "
    shop.session.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {number}* FROM {name}_rows")


def _let_go(shop: Workshop, taken: list[Raw]) -> None:
    """Drop everything that holds a natural key."""
    for raw in taken:
        shop.session.execute(f"DROP VIEW IF EXISTS typed_{raw.source.id}; DROP TABLE IF EXISTS typed_{raw.source.id}_rows")
        release(shop.session, raw.source, shop.country.parts(raw.source))
    shop.session.execute("DROP TABLE IF EXISTS unit_keys; DROP TABLE IF EXISTS numbered")


def _number_units(shop: Workshop, sources: list[Source]) -> None:
    """Pseudonyms and dense numbers of every natural key. Raises SojournError for two keys on one pseudonym."""
    shop.session.execute(f"CREATE OR REPLACE TEMP TABLE unit_keys AS {ingest.unit_keys(sources)}")
    shop.session.execute(f"CREATE OR REPLACE TEMP TABLE numbered AS {ingest.numbered_units()}")
    shared = shop.session.rows("SELECT scheme FROM unit_keys GROUP BY scheme, pseudonym HAVING count(*) > 1 LIMIT 1")
    if shared:
        raise SojournError(problem("run.collision", scheme=shared[0]["scheme"]))
    shop.write("units", "SELECT unit, scheme, pseudonym FROM numbered ORDER BY unit NULLS LAST")


def _unmapped(shop: Workshop, taken: list[Raw]) -> None:
    """The values outside the code lists, read again from the files where a record has one."""
    found = (unmapped_rows(shop.session, raw.source, raw.kinds, raw.rows, f"records_{raw.source.id}") for raw in taken)
    shop.session.table("unmapped", unmapped.suggested(row for rows in found for row in rows))
    shop.write("unmapped_codes", in_key_order("unmapped_codes", "SELECT * FROM unmapped"))


def _code_tables(shop: Workshop, source: Source) -> None:
    for name, code_file in ingest.code_files(source).items():
        shop.session.table(name, read_codes(shop.country, code_file))


@contextmanager
def reading(shop: Workshop, source: Source) -> Iterator[None]:
    """Names the files of a source whose records turn out to be damaged. Raises SojournError."""
    try:
        yield
    except SojournError as error:
        if all(each.code != "errors.unreadable_data" for each in error.problems):
            raise
        raise SojournError(*(problem("files.unreadable", file) for file in shop.country.files(source))) from None


def read_codes(country: Country, code_file: CodeFile) -> pa.Table:
    """A code list: code and target, both text. Raises SojournError where the file, a column or a unique code is missing."""
    path = country.resolve(code_file.file)
    rows = _code_rows(path, code_file.sheet)
    for column in (code_file.source, code_file.target):
        if not rows or column not in rows[0]:
            raise SojournError(problem("files.missing_column", path, 1, column=column, present=", ".join(rows[0]) if rows else ""))
    pairs = {(row[code_file.source] or "").strip(): (row[code_file.target] or "").strip() for row in rows}
    if len(pairs) < len(rows):
        raise SojournError(problem("files.double_code", path, column=code_file.source))
    used = {code: target for code, target in pairs.items() if target}
    return pa.table({"code": list(used), "target": list(used.values())}, schema=pa.schema({"code": pa.string(), "target": pa.string()}))


def _code_rows(path: Path, sheet: str | None) -> list[dict[str, str]]:
    if not path.is_file():
        raise SojournError(problem("files.no_code_list", path))
    if path.suffix.lower() == ".xlsx":
        head, rows = of_sheet(path, sheet)
        return [dict(zip(head, cells, strict=False)) for _, cells in rows]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SojournError(problem("files.wrong_encoding", path, line, encoding="utf-8")) from None
