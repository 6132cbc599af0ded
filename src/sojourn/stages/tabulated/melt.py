"""From rows of published tables to one row per figure: the table `counts`."""

from collections.abc import Sequence

from sojourn.concepts.counts import DIMENSIONS, TOTAL
from sojourn.definitions.counts import Figure
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal

KEY = ("source", "measure", "period", *DIMENSIONS)
LAST = "CASE WHEN period LIKE '%..%' THEN substr(period, strpos(period, '..') + 2) ELSE period END"


def counts(sources: Sequence[Source]) -> str:
    """SQL of `counts`. Grain: source x measure x period x dimensions. Figures of one row under one name are added.

    A period is half open, [first_day, next_day); a stock stands at the start of a day, which is both. finest: no other
    figure of the same source, measure and period is broken down further; totals beside their parts are not.
    """
    melted = " UNION ALL ".join(each for source in sources for each in _melted(source))
    named = ", ".join(KEY)
    summed = (
        f"SELECT {named}, stock_at, CAST(sum(value) AS BIGINT) AS value, CASE WHEN count(*) = 1 THEN max(standard_error) END AS standard_error, "
        f"max(vintage) AS vintage FROM ({melted}) GROUP BY {named}, stock_at"
    )
    ends = f"{_start(LAST)} + INTERVAL 1 MONTH AS month_after, {_start(LAST)} + INTERVAL 1 YEAR AS year_after"
    dated = f"SELECT *, {_start('substr(period, 1, 7)')} AS start_day, {ends} FROM ({summed})"
    return f"SELECT {named}, {_days()}, value, standard_error, vintage, {_finest()} AS finest FROM ({dated})"


def _melted(source: Source) -> list[str]:
    """One query for each column of figures."""
    return [_figure(source, place, each) for place, each in enumerate(source.counts.values.values(), 1)]


def _figure(source: Source, place: int, figure: Figure) -> str:
    fixed = figure.constants()
    named = {name: _coded(source, fixed, name, TOTAL) for name in DIMENSIONS}
    named |= {"measure": _coded(source, fixed, "measure", "stock"), "vintage": _coded(source, fixed, "vintage", "final")}
    stock_at = f"CASE WHEN {named['measure']} = 'stock' THEN {literal(source.counts.stock_at or '')} ELSE '' END"
    error = f"e{place}" if figure.standard_error else "CAST(NULL AS DOUBLE)"
    columns = ", ".join(f"{expression} AS {name}" for name, expression in named.items())
    return (
        f"SELECT {literal(source.id)} AS source, period, {columns}, {stock_at} AS stock_at, v{place} AS value, "
        f"{error} AS standard_error FROM accepted_{source.id} WHERE v{place} IS NOT NULL"
    )


def _coded(source: Source, fixed: dict[str, str], name: str, otherwise: str) -> str:
    """The category of a dimension: fixed for the column of figures, mapped from the row, or not broken down."""
    if name in fixed:
        return literal(fixed[name])
    return f"coalesce(CAST({name} AS VARCHAR), 'unknown')" if name in source.columns else literal(otherwise)


def _start(label: str) -> str:
    """The first day of a year or month."""
    return f"CAST(CASE WHEN length({label}) = 4 THEN {label} || '-01-01' ELSE substr({label}, 1, 7) || '-01' END AS DATE)"


def _days() -> str:
    """Both ends of the period; of a stock its moment twice."""
    after = f"CAST(CASE WHEN length({LAST}) = 4 THEN year_after ELSE month_after END AS DATE)"
    first = f"CASE WHEN stock_at = 'end' THEN {after} ELSE start_day END"
    return f"{first} AS first_day, CASE WHEN stock_at = 'start' THEN start_day ELSE {after} END AS next_day"


def _finest() -> str:
    """Whether every dimension by which the table is broken down in this period is broken down in the row."""
    group = "PARTITION BY source, measure, period"
    detailed = (f"({name} <> 'total' OR max(CASE WHEN {name} <> 'total' THEN 1 ELSE 0 END) OVER ({group}) = 0)" for name in DIMENSIONS)
    return " AND ".join(detailed)
