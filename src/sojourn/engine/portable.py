"""The SQL that both engines read alike: the blessed fragments, and the lint that refuses the rest.

Queries are written in DuckDB's dialect. What was measured to differ between DuckDB and Spark, silently or loudly, may
not stand in a query; the fragments here are the way to say the same thing portably.
"""

import re
from collections.abc import Iterable

import sqlglot
from sqlglot import exp

_NULL_ORDER = re.compile(r"\bNULLS\s+(?:FIRST|LAST)\b", re.IGNORECASE)

FORBIDDEN_FUNCTIONS = frozenset(
    "approx_count_distinct approx_distinct approx_quantile array_agg current_date current_time current_timestamp "
    "date_sub hash levenshtein list localtime localtimestamp lower now percentile_cont quantile_cont rand random "
    "to_months today upper uuid".split()
)
"""Approximate or engine-specific results, lost order, the clock, or unknown on Spark.

Some stand here under two names: their own, and the one under which sqlglot files them.
"""
DOOR_FUNCTIONS = frozenset(["getvariable", "try_strptime"])
"""Of the blessed fragments `pseudonym` and `parse_date`, in which every engine says these in its own words. They stand in
the queries of the door alone, which read the office's files; no later query needs the secret or a date written as text.
"""


def identifier(name: str) -> str:
    """A column name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A text literal quoted for SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def literals(values: Iterable[object]) -> str:
    """Text literals for an IN list."""
    return ", ".join(literal(value) for value in values)


def day_number(expression: str) -> str:
    """A date as whole days since 1970-01-01 (INTEGER)."""
    return f"CAST(date_diff('day', DATE '1970-01-01', {expression}) AS INTEGER)"


def day_date(expression: str) -> str:
    """Whole days since 1970-01-01 as a date."""
    return f"(DATE '1970-01-01' + CAST({expression} AS INTEGER))"


def days_between(first: str, second: str) -> str:
    """Whole days from one date to another. One date is never subtracted from another: on Spark that is an interval."""
    return f"date_diff('day', {first}, {second})"


def age_at(birth: str, moment: str) -> str:
    """Completed years at a date: the difference of years, less one before the birthday.

    Dates are never subtracted into months or years (the engines count differently): month and day are compared. A
    birthday on 29 February is reached on 1 March in other years.
    """
    before = f"month({moment}) * 100 + day({moment}) < month({birth}) * 100 + day({birth})"
    return f"(year({moment}) - year({birth}) - CASE WHEN {before} THEN 1 ELSE 0 END)"


def parse_date(text: str, form: str) -> str:
    """A text as a date by a format of the source; NULL where it is none (a day that does not exist included)."""
    return f"CAST(try_strptime({text}, {literal(form)}) AS DATE)"


def as_text(column: str, kind: str) -> str:
    """A raw column as trimmed text. A code stored as a floating number is its whole number: 3, never 3.0."""
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"CAST(round({identifier(column)}) AS BIGINT)"
        name = identifier(column)
        return f"CASE WHEN {name} = {whole} THEN CAST({whole} AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"
    return f"trim({identifier(column)})" if kind == "VARCHAR" else f"CAST({identifier(column)} AS VARCHAR)"


def present_key(columns: tuple[str, ...], kinds: dict[str, str], missing: tuple[str, ...]) -> str:
    """A natural key as text: its columns joined by the unit separator; NULL where one of them is missing."""
    parts = [f"nullif({as_text(column, kinds[column])}, '')" for column in columns]
    codes = [code for code in missing if code]
    if codes:
        parts = [f"CASE WHEN {part} IN ({literals(codes)}) THEN NULL ELSE {part} END" for part in parts]
    return " || chr(31) || ".join(parts)


def pseudonym(scheme: str, key: str) -> str:
    """The pseudonym of a natural key: SHA-256 of secret, scheme, unit separator and key, cut to 128 bits, as 32 hex digits.

    The secret is a session variable, so that no query text ever holds it. Cutting the digest withholds half of the
    hash state, which rules out extending a message.
    """
    return f"substr(sha256(getvariable('pseudonym_secret') || {scheme} || chr(31) || {key}), 1, 32)"


def lint(sql: str, at_the_door: bool = False) -> list[str]:
    """What in a query is outside the portable subset: one code per finding, empty if none.

    at_the_door: whether the query reads the office's files, and so may hold DOOR_FUNCTIONS.
    """
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    forbidden = FORBIDDEN_FUNCTIONS if at_the_door else FORBIDDEN_FUNCTIONS | DOOR_FUNCTIONS
    found = [f"function:{name}" for name in _functions(tree) if name in forbidden]
    found += ["list:index" for each in tree.find_all(exp.Bracket) if not all(index.is_number for index in each.expressions)]
    found += ["join:asof" for join in tree.find_all(exp.Join) if join.args.get("method") == "ASOF"]
    found += ["date_diff:month" for each in tree.find_all(exp.DateDiff) if _unit(each) != "DAY"]
    found += ["order:nulls"] * (len(list(tree.find_all(exp.Ordered))) > len(_NULL_ORDER.findall(sql)))
    found += ["regexp_replace:first" for each in tree.find_all(exp.RegexpReplace) if not each.args.get("modifiers")]
    found += ["divide:zero" for each in tree.find_all(exp.Div) if not _safe_divisor(each.expression)]
    return found


def _functions(tree: exp.Expression) -> list[str]:
    named = [str(each.this).lower() for each in tree.find_all(exp.Anonymous)]
    return named + [each.sql_name().lower() for each in tree.find_all(exp.Func) if not isinstance(each, exp.Anonymous)]


def _unit(node: exp.DateDiff) -> str:
    return str(node.args.get("unit") or "DAY").strip("'").upper()


def _safe_divisor(divisor: exp.Expression) -> bool:
    """A divisor that cannot be zero unnoticed: a literal other than zero, or NULLIF."""
    divisor = divisor.unnest()
    if isinstance(divisor, exp.Cast):
        return _safe_divisor(divisor.this)
    return isinstance(divisor, exp.Nullif) or (divisor.is_number and float(divisor.name) != 0)
