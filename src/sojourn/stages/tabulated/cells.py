"""Cells from published counts: the indicators and breakdowns that the sources say they give, from their finest figures."""

from collections.abc import Sequence

from sojourn.concepts.counts import DIMENSIONS
from sojourn.concepts.populations import IMMIGRANT
from sojourn.definitions.counts import GIVEN
from sojourn.definitions.period import Period
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal, literals
from sojourn.stages.tabulated.spans import complete, published, spans

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
    "month": "label",
}
"""Breakdown to its category over `counts`."""

Given = dict[tuple[str, str, str], list[str]]
"""Indicator, variant and breakdown to the sources that give it together."""


def cells(sources: Sequence[Source], period: Period) -> str:
    """SQL of the cells, in the columns of `cells`; empty where no source says that it gives an indicator.

    Stocks at every published moment of the period; flows in every published year, in the years that months fill, and in those
    in which another definition of the same flow is published. A month is a breakdown of its own.
    """
    given = _given(sources)
    return " UNION ALL ".join(_cells(given, *key, period) for key in sorted(given))


def _given(sources: Sequence[Source]) -> Given:
    found: Given = {}
    for source in sources:
        for indicator, breakdowns in source.counts.gives.items():
            for breakdown in breakdowns:
                found.setdefault((indicator, source.counts.variant, breakdown), []).append(source.id)
    return found


def _cells(given: Given, indicator: str, variant: str, breakdown: str, period: Period) -> str:
    counted, ids = GIVEN[indicator], given[indicator, variant, breakdown]
    measure, unit = ("stock", "persons") if counted == "stock" else ("events", "events")
    rows = _stocks(ids, period) if counted == "stock" else _flows(ids, _any_definition(given, indicator, breakdown), counted, breakdown, period)
    scope = f" WHERE {SUBPOPULATION} IN ({literals(IMMIGRANT)})" if indicator == "MI 1.1" else ""
    return (
        f"SELECT {literal(indicator)} AS indicator, {literal(measure)} AS measure, {literal(variant)} AS variant, label AS period, "
        f"{literal(breakdown)} AS breakdown, {CATEGORIES[breakdown]} AS category, CAST(sum(value) AS DOUBLE) AS value, "
        "CAST(sum(value) AS BIGINT) AS records, max(error) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper, "
        f"{literal(unit)} AS unit, CASE WHEN max(vintage) = 'provisional' THEN 'provisional' ELSE '' END AS flag "
        f"FROM ({_whole(rows, len(ids))}){scope} GROUP BY label, {CATEGORIES[breakdown]}"
    )


def _whole(rows: str, sources: int) -> str:
    """The rows of the periods that all sources have: a part of them would look like the whole."""
    if sources == 1:
        return rows
    return f"SELECT * FROM ({rows}) WHERE label IN (SELECT label FROM ({rows}) GROUP BY label HAVING count(DISTINCT source) = {sources})"


def _stocks(ids: list[str], period: Period) -> str:
    """Stocks at the moments of the period. The one that opens it bears its first day, all others the day before."""
    first = f"DATE {literal(period.start)}"
    label = f"CASE WHEN first_day = {first} THEN {literal(period.start)} ELSE CAST(CAST(first_day - INTERVAL 1 DAY AS DATE) AS VARCHAR) END"
    return (
        f"SELECT *, {label} AS label, CAST(NULL AS DOUBLE) AS error FROM counts WHERE source IN ({literals(ids)}) AND measure = 'stock' AND finest "
        f"AND first_day >= {first} AND first_day <= DATE {literal(period.end)}"
    )


def _any_definition(given: Given, indicator: str, breakdown: str) -> list[str]:
    """The sources of an indicator by a breakdown under whatever definition."""
    return [each for key, ids in given.items() if (key[0], key[2]) == (indicator, breakdown) for each in ids]


def _flows(ids: list[str], beside: list[str], measure: str, breakdown: str, period: Period) -> str:
    """Figures of one measure under the label of every period that they fill; by month, of every month under its own."""
    if breakdown == "month":
        return _months(ids, measure, period)
    chosen, every = _finest(ids, measure), _finest(beside, measure)
    wanted = spans(every, period, least="1 YEAR")
    return (
        f"SELECT f.*, w.label, CAST(NULL AS DOUBLE) AS error FROM ({chosen}) f "
        f"JOIN ({complete(chosen, wanted)}) w ON f.source = w.source AND f.period = w.period"
    )


def _finest(ids: list[str], measure: str) -> str:
    return f"SELECT * FROM counts WHERE source IN ({literals(ids)}) AND measure = {literal(measure)} AND finest"


def _months(ids: list[str], measure: str, period: Period) -> str:
    """Figures of single months. The standard error is that which is published with the total of the month, if there is one."""
    chosen = f"{_finest(ids, measure)} AND length(period) = 7"
    whole = " AND ".join(f"{name} = 'total'" for name in DIMENSIONS)
    errors = f"SELECT source, period, standard_error AS error FROM counts WHERE measure = {literal(measure)} AND {whole}"
    return (
        f"SELECT f.*, w.label, e.error FROM ({chosen}) f JOIN ({published(chosen, period)}) w ON f.period = w.label "
        f"LEFT JOIN ({errors}) e ON e.source = f.source AND e.period = f.period"
    )
