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
    indicator: str, measure: str, period: str, breakdown: str, category: str, value: str, unit: str, rest: str, flag: str = ""
) -> str:
    """SQL of cells: `category` and `value` are expressions over the rows of `rest`; counts are their own records."""
    records = f"CAST({value} AS BIGINT)" if unit in ("persons", "events") else "CAST(NULL AS BIGINT)"
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
        scope = f"kind = {literal(kind)}" + (" AND before = 1" if kind == "acquisition" else "")
        for name, category in BREAKDOWNS.items():
            grouped = "" if name == "total" else "GROUP BY ALL"
            value = "coalesce(sum(events), 0)" if name == "total" else "sum(events)"
            rest = f"FROM flow_cube WHERE {scope} {grouped}"
            parts.append(_cell(indicator, "events", literal(period.label), name, category, value, "events", rest))
        for word, condition in OF_WHICH.get(indicator, {}).items():
            rest = f"FROM flow_cube WHERE {scope} AND {condition}"
            value = "coalesce(sum(events), 0)"
            parts.append(_cell(indicator, "events", literal(period.label), "of_which", literal(word), value, "events", rest))
    return " UNION ALL ".join(parts)


BILLIONTHS = 1_000_000_000
"""Person-years are summed as whole billionths of a year, so that the sum is the same in any order."""


def exposure(period: Period) -> str:
    """SQL of the person-years of residents: each night weighs one over the days of its calendar year."""
    parts = []
    for name, category in BREAKDOWNS.items():
        nights = f"SELECT {category} AS category, days, sum(nights) AS nights FROM time_cube GROUP BY ALL"
        shares = f"SELECT category, CAST(nights * {BILLIONTHS} AS BIGINT) // nullif(days, 0) AS share FROM ({nights})"
        rest = f"FROM (SELECT category, sum(share) AS years FROM ({shares}) GROUP BY category)"
        years = f"years / {BILLIONTHS}.0"
        parts.append(_cell("RP", "person_years", literal(period.label), name, "category", years, "person_years", rest))
    return " UNION ALL ".join(parts)


def visits(period: Period) -> str:
    """SQL of the cells of temporary mobility: visits, persons, person-nights, person-days, mean stay of ended visits."""
    sums = {
        "visits": ("sum(visits)", "events"),
        "persons": ("sum(persons)", "persons"),
        "person_nights": ("sum(nights)", "nights"),
        "person_days": ("sum(days)", "days"),
        "mean_stay": ("round(CAST(sum(ended_nights) AS DOUBLE) / nullif(sum(ended), 0), 9)", "nights"),
    }
    parts = []
    for measure, (value, unit) in sums.items():
        for name, category in BREAKDOWNS.items():
            rest = "FROM visit_cube GROUP BY ALL"
            parts.append(_cell("TM", measure, literal(period.label), name, category, value, unit, rest))
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) WHERE value IS NOT NULL"


def open_cases(period: Period, kinds: Collection[str]) -> str:
    """SQL of `open_cases`: events of the period that count, and those of which it is not determined. Grain: indicator."""
    sides = {
        "MI 1.2": ("acquisition", "before = 1", "kind = 'acquisition' AND before IS NULL"),
        "MI 1.3": ("immigration", "true", "kind = 'undetermined' AND coalesce(after, 1) = 1 AND coalesce(before, 0) = 0"),
        "MI 1.4": ("emigration", "true", "kind = 'undetermined' AND coalesce(after, 0) = 0 AND coalesce(before, 1) = 1"),
    }
    return " UNION ALL ".join(
        f"SELECT {literal(indicator)} AS indicator, {literal(period.label)} AS period, "
        f"CAST(coalesce(sum(events) FILTER (WHERE kind = {literal(kind)} AND {counted}), 0) AS BIGINT) AS decided, "
        f"CAST(coalesce(sum(events) FILTER (WHERE {open_}), 0) AS BIGINT) AS undetermined FROM flow_cube"
        for indicator, (kind, counted, open_) in sides.items()
        if REPORTED_BY[kind] <= set(kinds)
    )
