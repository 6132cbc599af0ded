"""An unknown file measured column by column: how much is there, how often, and in what shapes; all in SQL.

What is measured here holds single values of persons and never leaves the program as it is: what may be shown of a column is
decided in one place, `sojourn.run.profiling.shown`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sojourn.engine.portable import literal, literals
from sojourn.engine.session import Session
from sojourn.engine.unknown_table import Table

EXACT = 20_000_000
"""Records up to which distinct values are counted; beyond, those of one value in SLICES are, and it is said."""
SLICES = 64
SAMPLED = 500_000
"""Records of which the shapes are looked at: every so manieth of a larger file."""
LISTED = 500
"""Distinct values up to which a column's frequencies are counted: the countries and areas of the world are half as many."""
SHAPES = 200
LONG = 40
"""Characters of a value whose shape is looked at."""
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Facts:
    """One column. values: every value with its records, where they are LISTED at most; else empty. words: values that mean
    nothing, with their records. shapes: 9 for a figure, a for a letter, with records. heads: records that hold the name itself."""

    name: str
    place: str
    records: int
    present: int
    distinct: int
    exact: bool
    longest: int
    heads: int
    values: Mapping[str, int]
    shapes: Mapping[str, int]
    words: Mapping[str, int]

    @property
    def unique(self) -> bool:
        """Whether every record has a value of its own."""
        return self.exact and self.present == self.records == self.distinct and self.records > 1


def facts(session: Session, found: Table, place: int, words: Iterable[str]) -> Facts:
    """The facts of the column at `place` (from 1). words: what offices write for nothing, in small letters."""
    name, column = found.names[place - 1], f"c{place}"
    counts = _counts(session, column, name, found.records <= EXACT)
    exact, distinct = found.records <= EXACT, counts["distinct_values"]
    if not exact and (distinct <= LISTED * SLICES or distinct >= counts["present"] * 0.9):
        exact, distinct = True, _counts(session, column, name, True)["distinct_values"]
    listed = exact and distinct <= LISTED
    values = _frequencies(session, column, "true") if listed else {}
    held = _frequencies(session, column, f"lower({column}) IN ({literals(words)})") if not listed else values
    return Facts(
        name, column, found.records, counts["present"], distinct, exact, counts["longest"] or 0, counts["heads"],
        values, _grouped(values, shape) if listed else _shapes(session, column, counts["present"], step(found)),
        {value: n for value, n in held.items() if value.lower() in set(words)},
    )  # fmt: skip


def _counts(session: Session, column: str, name: str, exact: bool) -> dict[str, int]:
    distinct = f"count(DISTINCT {column})"
    distinct += "" if exact else f" FILTER (WHERE hash({column}) % {SLICES} = 0) * {SLICES}"
    counts = f"count({column}) AS present, {distinct} AS distinct_values, max(length({column})) AS longest"
    return session.rows(f"SELECT {counts}, count(*) FILTER (WHERE {column} = {literal(name)}) AS heads FROM profiled")[0]


def _frequencies(session: Session, column: str, condition: str) -> dict[str, int]:
    rows = session.rows(
        f"SELECT {column} AS value, count(*) AS n FROM profiled WHERE {column} IS NOT NULL AND {condition} GROUP BY ALL ORDER BY n DESC NULLS LAST, value NULLS LAST"
    )
    return {row["value"]: row["n"] for row in rows}


def shape(value: str) -> str:
    """A value with 9 for every figure and a for every letter of ASCII."""
    return value[:LONG].translate(str.maketrans("0123456789" + LETTERS, "9" * 10 + "a" * len(LETTERS)))


def step(found: Table) -> int:
    """Of how many records one is looked at for the shapes of a column."""
    return -(-found.records // SAMPLED) or 1


def _shapes(session: Session, column: str, present: int, every: int) -> dict[str, int]:
    """The most frequent shapes; of a sample, their records are raised to those of the whole column."""
    text = f"translate(left({column}, {LONG}), '0123456789{LETTERS}', '{'9' * 10}{'a' * len(LETTERS)}')"
    rows = session.rows(
        f"SELECT {text} AS shape, count(*) AS n, sum(count(*)) OVER () AS looked_at FROM profiled WHERE {column} IS NOT NULL AND place % {every} = 0 "
        f"GROUP BY shape ORDER BY n DESC NULLS LAST, shape NULLS LAST LIMIT {SHAPES}"
    )
    return {row["shape"]: round(row["n"] * present / int(row["looked_at"])) for row in rows}


def _grouped(values: Mapping[str, int], of: Callable[[str], str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value, n in values.items():
        found[of(value)] = found.get(of(value), 0) + n
    return found


def read_by(session: Session, column: str, forms: Sequence[str]) -> dict[str, int]:
    """How many records each form of strptime reads as a day from the year 1000 on."""
    each = ", ".join(f"count(*) FILTER (WHERE year({parsed(column, form)}) >= 1000) AS f{place}" for place, form in enumerate(forms))
    row = session.rows(f"SELECT {each} FROM profiled")[0] if forms else {}
    return {form: row[f"f{place}"] for place, form in enumerate(forms)}


def parsed(column: str, form: str) -> str:
    """SQL of a column's days by one form."""
    return f"CAST(try_strptime({column}, {literal(form)}) AS DATE)"


def months(session: Session, column: str, forms: Sequence[str], least: int) -> tuple[str, str] | None:
    """The first and last month, YYYY-MM, that at least `least` records share; None where none is."""
    day = f"coalesce({', '.join(parsed(column, form) for form in forms)})"
    each = f"SELECT strftime({day}, '%Y-%m') AS month FROM profiled GROUP BY ALL HAVING count({column}) >= {least}"
    row = session.rows(f"SELECT min(month) AS first, max(month) AS last FROM ({each}) WHERE month IS NOT NULL")[0]
    return (row["first"], row["last"]) if row["first"] is not None else None


def unique(session: Session, columns: Sequence[str]) -> bool:
    """Whether no two records share the values of all the columns, and none lacks one of them."""
    names, empty = ", ".join(columns), " OR ".join(f"{each} IS NULL" for each in columns)
    if session.rows(f"SELECT count(*) AS n FROM (SELECT 1 FROM profiled WHERE {empty} LIMIT 1)")[0]["n"]:
        return False
    return not session.rows(f"SELECT {names} FROM profiled GROUP BY {names} HAVING count(*) > 1 LIMIT 1")


def repeated_rows(session: Session, found: Table) -> int:
    """How many records are equal to an earlier one in every column. Compared by hashes of 64 bits: in ten million records two
    different rows pass for equal once in 400,000 files."""
    names = ", ".join(f"c{place}" for place in range(1, len(found.names) + 1))
    return session.rows(f"SELECT count(*) - count(DISTINCT hash(row({names}))) AS n FROM profiled")[0]["n"]
