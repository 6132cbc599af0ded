"""Cells of the resident population, the flows and the visits: sums over the cubes, one row per category."""

from collections.abc import Collection

from sojourn.concepts.populations import IMMIGRANT
from sojourn.definitions.period import Period
from sojourn.engine.portable import literal, literals

BREAKDOWNS = {
    "total": "'total'",
    "sex": "sex",
    "age_group": "age_group",
    "subpopulation": "subpopulation",
    "country_of_birth": "country_of_birth",
    "citizenship": "country_of_citizenship",
    "sex x age_group x birth": "sex || '|' || age_group || '|' || birth || '_born'",
}
"""Breakdown to the expression of its category over a cube."""

FLOWS = {"MI 1.2": "acquisition", "MI 1.3": "immigration", "MI 1.4": "emigration"}
OPEN = {
    "acquisition": "kind = 'acquisition' AND before IS NULL",
    "immigration": "kind = 'undetermined' AND inside",
    "emigration": "kind = 'undetermined' AND NOT inside",
}
"""Flow to the events of the flow cube that may or may not belong to it: the direction of a crossing tells which flow."""
REPORTED_BY = {"acquisition": {"acquisition"}, "immigration": {"arrival", "departure"}, "emigration": {"arrival", "departure"}}
"""Flow to the kinds of event that a source must be able to report for it."""
OF_WHICH = {
    "MI 1.3": {
        "returning_citizens": "citizenship = 'national'",
        "returning_native_born": "birth = 'native'",
        "resided_before": "resided_before",
        "conversion_without_crossing": "trigger = 'threshold'",
    },
    "MI 1.4": {"national_citizens": "citizenship = 'national'", "native_born": "birth = 'native'"},
}
"""Parts of a flow, by their condition over the flow cube (E/CN.3/2021/11, Annex I)."""


def _cell(
    indicator: str, measure: str, period: str, breakdown: str, category: str, value: str, unit: str, rest: str, flag: str = "", basis: str = ""
) -> str:
    """SQL of cells: `category` and `value` are expressions over the rows of `rest`.

    basis: the persons or events behind the value, by which small figures are hidden; counts are their own.
    """
    basis = basis or (value if unit in ("persons", "events") else "NULL")
    records = f"CAST({basis} AS BIGINT)"
    return (
        f"SELECT {literal(indicator)} AS indicator, {literal(measure)} AS measure, '' AS variant, {period} AS period, "
        f"{literal(breakdown)} AS breakdown, {category} AS category, CAST({value} AS DOUBLE) AS value, {records} AS records, "
        "CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper, "
        f"{literal(unit)} AS unit, {literal(flag)} AS flag {rest}"
    )


def stocks() -> str:
    """SQL of the cells of RP and MI 1.1, at both moments, and of the persons whose status is undetermined."""
    parts = []
    immigrants = f"status = 'resident' AND subpopulation IN ({literals(IMMIGRANT)})"
    for name, category in BREAKDOWNS.items():
        for indicator, scope in (("RP", "status = 'resident'"), ("MI 1.1", immigrants)):
            rest = f"FROM stock_cube WHERE {scope} GROUP BY ALL"
            parts.append(_cell(indicator, "stock", "moment", name, category, "sum(persons)", "persons", rest))
    rest = "FROM stock_cube WHERE status = 'undetermined' GROUP BY ALL"
    parts.append(_cell("RP", "undetermined", "moment", "total", "'total'", "sum(persons)", "persons", rest, "undetermined"))
    return " UNION ALL ".join(parts)


def flows(period: Period, kinds: Collection[str]) -> str:
    """SQL of the cells of those of MI 1.2, MI 1.3 and MI 1.4 whose kinds of event (`kinds`) the sources can report.

    A flow that could be reported and has no events is a zero; one that no source could report is absent.
    """
    parts = []
    for indicator, kind in FLOWS.items():
        if not REPORTED_BY[kind] <= set(kinds):
            continue
        scope = counted(kind)
        parts.append(_total(indicator, kind, period))
        for name, category in list(BREAKDOWNS.items())[1:]:
            rest = f"FROM flow_cube WHERE {scope} GROUP BY ALL"
            parts.append(_cell(indicator, "events", literal(period.label), name, category, "sum(events)", "events", rest))
        for word, condition in OF_WHICH.get(indicator, {}).items():
            rest = f"FROM flow_cube WHERE {scope} AND {condition}"
            value = "coalesce(sum(events), 0)"
            parts.append(_cell(indicator, "events", literal(period.label), "of_which", literal(word), value, "events", rest))
    return " UNION ALL ".join(parts)


BILLIONTHS = 1_000_000_000
"""Person-years are summed as whole billionths of a year, so that the sum is the same in any order."""


def counted(kind: str) -> str:
    """The condition over the flow cube under which an event belongs to its flow."""
    return f"kind = {literal(kind)}" + (" AND before = 1" if kind == "acquisition" else "")


def _total(indicator: str, kind: str, period: Period) -> str:
    """The total of a flow, marked where open cases may belong to it; with open cases alone it is not zero but not known."""
    decided = f"coalesce(sum(events) FILTER (WHERE {counted(kind)}), 0)"
    waiting = f"coalesce(sum(events) FILTER (WHERE {OPEN[kind]}), 0)"
    value = f"CASE WHEN {decided} = 0 AND {waiting} > 0 THEN NULL ELSE {decided} END"
    made = _cell(indicator, "events", literal(period.label), "total", "'total'", value, "events", "FROM flow_cube")
    return made.replace("'' AS flag", f"CASE WHEN {waiting} > 0 THEN 'undetermined' ELSE '' END AS flag")


def exposure(period: Period) -> str:
    """SQL of the person-years of residents: each night weighs one over the days of its calendar year."""
    parts = []
    for name, category in BREAKDOWNS.items():
        nights = (
            f"SELECT {category} AS category, year, days, sum(nights) AS nights, sum(persons) AS persons FROM time_cube GROUP BY ALL"
        )
        shares = f"SELECT category, CAST(nights * {BILLIONTHS} AS BIGINT) // nullif(days, 0) AS share, persons FROM ({nights})"
        rest = f"FROM (SELECT category, sum(share) AS years, max(persons) AS persons FROM ({shares}) GROUP BY category)"
        years = f"years / {BILLIONTHS}.0"
        parts.append(_cell("RP", "person_years", literal(period.label), name, "category", years, "person_years", rest, basis="persons"))
    return " UNION ALL ".join(parts)


def visits(period: Period) -> str:
    """SQL of the cells of temporary mobility: visits, persons, person-nights, person-days, mean stay of ended visits."""
    sums = {
        "visits": ("coalesce(sum(visits), 0)", "visits", "coalesce(sum(persons), 0)"),
        "persons": ("coalesce(sum(persons), 0)", "persons", "coalesce(sum(persons), 0)"),
        "person_nights": ("coalesce(sum(nights), 0)", "nights", "coalesce(sum(persons), 0)"),
        "person_days": ("coalesce(sum(days), 0)", "days", "coalesce(sum(persons), 0)"),
        "mean_stay": ("round(CAST(sum(ended_nights) AS DOUBLE) / nullif(sum(ended), 0), 9)", "nights", "sum(ended)"),
    }
    parts = []
    for measure, (value, unit, basis) in sums.items():
        for name, category in BREAKDOWNS.items():
            rest = "FROM visit_cube" + ("" if name == "total" else " GROUP BY ALL")
            parts.append(_cell("TM", measure, literal(period.label), name, category, value, unit, rest, basis=basis))
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) WHERE value IS NOT NULL"


def open_cases(period: Period, kinds: Collection[str]) -> str:
    """SQL of `open_cases`: events of the period that count, and those of which it is not determined. Grain: indicator."""
    return " UNION ALL ".join(
        f"SELECT {literal(indicator)} AS indicator, {literal(period.label)} AS period, "
        f"CAST(coalesce(sum(events) FILTER (WHERE {counted(kind)}), 0) AS BIGINT) AS decided, "
        f"CAST(coalesce(sum(events) FILTER (WHERE {OPEN[kind]}), 0) AS BIGINT) AS undetermined FROM flow_cube"
        for indicator, kind in FLOWS.items()
        if REPORTED_BY[kind] <= set(kinds)
    )
