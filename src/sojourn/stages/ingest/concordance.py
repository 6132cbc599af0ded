"""Codes through a concordance: joined by code and by the day that decides.

The code table of a mapping has one row per code and validity: code, target, valid_from, valid_until (half open),
undated (the one row by which the code is read without a date), matched (table, code or name).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from sojourn.definitions.concordance import Concordance
from sojourn.definitions.concordance_table import FIRST, LAST, Meaning, without_date
from sojourn.definitions.country_names import by_code, by_name
from sojourn.definitions.source import ConcordanceRef, Mapping, Source
from sojourn.engine.portable import day_number, literals
from sojourn.lists.territories import holdings

SCHEMA = pa.schema(
    {
        "code": pa.string(), "target": pa.string(), "valid_from": pa.date32(), "valid_until": pa.date32(),
        "undated": pa.bool_(), "matched": pa.string(),
    }
)
MATCH = {"codes": ("code", by_code), "names": ("name", by_name)}
MATCHED = ("code", "name")
"""How a value outside the table was read: each counted, so that it can be looked at."""
NO_DAY = 10_000_000
"""A day number after that of every date: what a code without a day is looked up by."""


@dataclass(frozen=True)
class CodeTable:
    """A code table to be made: its name, the concordance that fills it, and the column of the files whose values it reads."""

    name: str
    concordance: str
    column: str
    missing: tuple[str, ...]


def tables(source: Source) -> list[CodeTable]:
    """The code tables of a source that come from concordances."""
    found = []
    for name, mapping in source.mappings().items():
        if isinstance(mapping.codes, ConcordanceRef):
            missing, finer = source.missing + mapping.missing, mapping.codes.finer
            found.append(CodeTable(table_name(source, name), mapping.codes.concordance, mapping.column, missing))
            found += [CodeTable(finer_table(source, name), finer.concordance, finer.column, missing)] if finer else []
    return found


def table_name(source: Source, name: str) -> str:
    """The code table of a mapping."""
    return f"codes_{source.id}_{name}"


def finer_table(source: Source, name: str) -> str:
    """The code table of the finer column of a mapping."""
    return f"{table_name(source, name)}_finer"


def code_rows(meanings: Iterable[Meaning], concordance: Concordance, values: Iterable[str]) -> pa.Table:
    """The code table: rows of the concordance, and matches of the values that the files hold and no row has."""
    meanings = list(meanings)
    places, seen, found = without_date(meanings), set(), []
    for each in meanings:
        found.append((each.code, each.place, each.begin, each.end, each.code in places and each.code not in seen, "table"))
        seen.add(each.code)
    for value in sorted(set(values) - seen):
        match = _match(value, concordance)
        found += [(value, match[1], FIRST, LAST, True, match[0])] if match else []
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in found], schema=SCHEMA)


def _match(value: str, concordance: Concordance) -> tuple[str, str] | None:
    tried = (MATCH[each] for each in concordance.matching)
    return next(((word, code) for word, find in tried if (code := find(value))), None)


def join(table: str, value: str, day: str | None) -> str:
    """SQL that joins a code table to the raw records: at most one row each, by the day if there is one.

    Days are compared as numbers, and no day as one after all others: with any other condition than a comparison, a join
    that keeps every record is done pair by pair.
    """
    if day is None:
        return f"LEFT JOIN {table} ON {table}.code = {value} AND {table}.undated"
    number, names = f"coalesce({day_number(day)}, {NO_DAY})", "code, target, matched"
    dated = f"SELECT {names}, {day_number('valid_from')} AS first, {day_number('valid_until')} AS until FROM {table}"
    undated = f"SELECT {names}, {NO_DAY}, {NO_DAY + 1} FROM {table} WHERE undated"
    on = f"{table}.code = {value} AND {table}.first <= {number} AND {number} < {table}.until"
    return f"LEFT JOIN ({dated} UNION ALL {undated}) AS {table} ON {on}"


def target(source: Source, name: str, mapping: Mapping) -> str:
    """SQL of the canonical code: a former state gives way to the finer column's country where that lies in it."""
    table = table_name(source, name)
    if mapping.codes.finer is None:
        return f"{table}.target"
    finer = finer_table(source, name)
    pairs = literals(sorted({f"{each.state} {each.country}" for each in holdings()}))
    return f"CASE WHEN {table}.target || ' ' || {finer}.target IN ({pairs}) THEN {finer}.target ELSE {table}.target END"
