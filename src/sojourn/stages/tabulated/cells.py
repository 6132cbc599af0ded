"""Cells from published counts: the indicators and breakdowns that the sources say they give, from their finest figures."""

from collections.abc import Iterator, Sequence

from sojourn.concepts.populations import IMMIGRANT
from sojourn.definitions.counts import GIVEN
from sojourn.definitions.period import Period
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal, literals
from sojourn.stages.tabulated.spans import complete, spans

AGE = "CAST(regexp_extract(age_group, '^[0-9]+') AS INTEGER)"
SINGLE = "regexp_matches(age_group, '^[0-9]+[+]?$')"
FIVE = f"CAST({AGE} // 5 * 5 AS VARCHAR) || '-' || CAST({AGE} // 5 * 5 + 4 AS VARCHAR)"
AGE_GROUP = (
    f"CASE WHEN NOT regexp_matches(age_group, '^[0-9]') THEN age_group WHEN {AGE} >= 85 THEN '85+' WHEN {SINGLE} "
    f"AND age_group NOT LIKE '%+' THEN {FIVE} ELSE age_group END"
)
"""Five-year groups of single years of age; a published group below 85 stays as it is."""
BIRTH = "CASE WHEN birth_class IN ('in_country', 'in_territory') THEN 'native_born' WHEN birth_class LIKE 'abroad%' THEN 'foreign_born' END"
CITIZENSHIP = "CASE WHEN citizenship_class = 'national' THEN 'national' WHEN citizenship_class IN ('foreign', 'stateless') THEN 'foreign' END"
SUBPOPULATION = f"coalesce({BIRTH} || '_' || {CITIZENSHIP}, 'undetermined')"
CATEGORIES = {
    "total": "'total'",
    "sex": "sex",
    "age_group": AGE_GROUP,
    "sex x age_group": f"sex || '|' || {AGE_GROUP}",
    "sex x age_group x birth": f"sex || '|' || {AGE_GROUP} || '|' || coalesce({BIRTH}, 'undetermined')",
    "citizenship_class": "citizenship_class",
    "subpopulation": SUBPOPULATION,
    "region": "region",
}
"""Breakdown to its category over `counts`."""
MEASURES = {"stock": ("stock", "persons"), "net_migration": ("net", "events")}
"""Measure of a count to measure and unit of its cell; all others are numbers of events."""


def cells(sources: Sequence[Source], period: Period) -> str:
    """SQL of the cells, in the columns of `cells`; empty where no source says that it gives an indicator.

    Stocks at every published moment of the period; flows in every published year or month, in the calendar years that
    months fill, and in the period itself where it is filled. Of a month the total alone.
    """
    parts = [_cells(*given, period) for given in _given(sources)]
    return " UNION ALL ".join(parts)


def _given(sources: Sequence[Source]) -> Iterator[tuple[str, str, list[str]]]:
    """Indicator, breakdown, and the sources that give it together."""
    found: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        for indicator, breakdowns in source.counts.gives.items():
            for breakdown in breakdowns:
                found.setdefault((indicator, breakdown), []).append(source.id)
    yield from ((*key, ids) for key, ids in sorted(found.items()))


def _cells(indicator: str, breakdown: str, ids: list[str], period: Period) -> str:
    counted = GIVEN[indicator]
    measure, unit = MEASURES.get(counted, ("events", "events"))
    rows = _stocks(ids, period) if counted == "stock" else _flows(ids, counted, breakdown, period)
    scope = f" WHERE {SUBPOPULATION} IN ({literals(IMMIGRANT)})" if indicator == "MI 1.1" else ""
    return (
        f"SELECT {literal(indicator)} AS indicator, {literal(measure)} AS measure, '' AS variant, label AS period, "
        f"{literal(breakdown)} AS breakdown, {CATEGORIES[breakdown]} AS category, CAST(sum(value) AS DOUBLE) AS value, "
        "CAST(NULL AS BIGINT) AS records, CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper, "
        f"{literal(unit)} AS unit, CASE WHEN max(vintage) = 'provisional' THEN 'provisional' ELSE '' END AS flag "
        f"FROM ({rows}){scope} GROUP BY label, {CATEGORIES[breakdown]}"
    )


def _stocks(ids: list[str], period: Period) -> str:
    """Stocks at the moments of the period. The one that opens it bears its first day, all others the day before."""
    first = f"DATE {literal(period.start)}"
    label = f"CASE WHEN first_day = {first} THEN {literal(period.start)} ELSE CAST(CAST(first_day - INTERVAL 1 DAY AS DATE) AS VARCHAR) END"
    return (
        f"SELECT *, {label} AS label FROM counts WHERE source IN ({literals(ids)}) AND measure = 'stock' AND finest "
        f"AND first_day >= {first} AND first_day <= DATE {literal(period.end)}"
    )


def _flows(ids: list[str], measure: str, breakdown: str, period: Period) -> str:
    """Figures of one measure under the label of every period that they fill."""
    chosen = f"SELECT * FROM counts WHERE source IN ({literals(ids)}) AND measure = {literal(measure)} AND finest"
    wanted = spans(chosen, period, months=breakdown == "total")
    return f"SELECT f.*, w.label FROM ({chosen}) f JOIN ({complete(chosen, wanted)}) w ON f.source = w.source AND f.period = w.period"
