"""Published values of the tourist part of the temporary population (TP), by month, calendar year and period."""

from sojourn.engine.portable import literal
from sojourn.stages.trips.groups import OF_STAGE
from sojourn.stages.trips.setting import Setting, listed, number
from sojourn.stages.trips.spread import DAYS, parts_of_days

COLUMNS = "indicator, measure, variant, period, breakdown, category, value, records, standard_error, lower, upper, unit, flag"
YEAR = 12
"""Months from which nights of the trips that ended are near the nights spent, so that an average presence is made of them."""
PLACES = 3
"""Decimals of visits, so that they can be laid beside published ones. More would be decimals of the weights, which are rounded
themselves. Nights and presence are whole numbers."""
ENDED = {
    "visits": ("visits", f"round({{weight}} / {{scale}}, {PLACES})"),
    "person_nights": ("nights", "round({nights} / {scale})"),
    "mean_stay": ("nights", "round({nights} / nullif({weight}, 0), 9)"),
}
"""Measure: unit and value, from the sums of weights and of weighted nights of the trips that ended in the period."""


def cells(setting: Setting) -> str:
    """SQL of `cells_trips`. A category without a trip in a period has no cell; nor has a period with an unobserved month."""
    parts = [ended(setting, measure) for measure in ENDED]
    parts += [present_by_exit(setting), spread(setting, "person_nights_spread", "nights", "1"), spread(setting, "mean_present", "persons", "days")]
    parts += [before(setting)] if setting.period.start <= setting.source.covers.begin else []
    body = "\nUNION ALL\n".join(parts)
    return f"""
WITH periods AS ({listed(setting.periods())}),
held AS ({held()}),
sums AS ({sums()}),
nights AS ({nights_of_periods()})
SELECT {COLUMNS} FROM ({body})"""


def held() -> str:
    """Grain: a period. days; observed and complete: how many of its months are."""
    return """
SELECT period, needed, sum(days) AS days, count(*) FILTER (WHERE observed) AS observed, count(*) FILTER (WHERE complete) AS complete
FROM periods JOIN trip_calendar ON trip_calendar.month = periods.month GROUP BY period, needed"""


def sums() -> str:
    """Grain: breakdown x category x period whose months were all observed. Trips that ended in it."""
    return """
SELECT breakdown, category, g.period, h.days, h.needed, CAST(sum(trips) AS BIGINT) AS records,
       CAST(sum(weight) AS DOUBLE) AS weight, CAST(sum(weight * nights) AS DOUBLE) AS weighted
FROM trip_groups JOIN periods AS g ON g.month = exit_month JOIN held AS h ON h.period = g.period AND h.observed = h.needed
GROUP BY breakdown, category, g.period, h.days, h.needed"""


def nights_of_periods() -> str:
    """Grain: breakdown x category x month, or period whose months were all observed. nights: those known to fall in it, in
    whole parts of DAYS. records: of its month with the most, since one trip has nights in several months."""
    return f"""
SELECT breakdown, category, g.period, h.days, h.complete = h.needed AS complete, max(s.records) AS records,
       CAST(sum(s.nights) AS DOUBLE) AS nights
FROM (
  SELECT breakdown, category, month, CAST(sum(trips) AS BIGINT) AS records, sum({parts_of_days()}) AS nights
  FROM trip_spread GROUP BY breakdown, category, month) AS s
JOIN periods AS g ON g.month = s.month JOIN held AS h ON h.period = g.period AND (h.needed = 1 OR h.observed = h.needed)
GROUP BY breakdown, category, g.period, h.days, h.complete = h.needed"""


def cell(measure: str, period: str, value: str, lower: str, unit: str, flag: str) -> str:
    return f"""
SELECT 'TP' AS indicator, {literal(measure)} AS measure, '' AS variant, {period} AS period, breakdown, category,
       CAST({value} AS DOUBLE) AS value, records, CAST(NULL AS DOUBLE) AS standard_error, CAST({lower} AS DOUBLE) AS lower,
       CAST(NULL AS DOUBLE) AS upper, {literal(unit)} AS unit, trim({flag}) AS flag"""


def unreliable(setting: Setting) -> str:
    return f"CASE WHEN records < {setting.value.unreliable.records} THEN ' unreliable' ELSE '' END"


def ended(setting: Setting, measure: str) -> str:
    """A measure of the trips that ended in the period."""
    unit, value = ENDED[measure]
    made = value.format(weight="weight", nights="weighted", scale=setting.scale)
    whole = "" if measure == "person_nights" else f" WHERE breakdown <> {literal(OF_STAGE)}"
    return f"{cell(measure, 'period', made, 'NULL', unit, unreliable(setting))} FROM sums{whole}"


def present_by_exit(setting: Setting) -> str:
    """Nights of the trips that ended in a year or longer, per night of it."""
    made = cell("mean_present_exit", "period", f"round(weighted / {setting.scale} / nullif(days, 0))", "NULL", "persons", unreliable(setting))
    return f"{made} FROM sums WHERE needed >= {YEAR}"


def spread(setting: Setting, measure: str, unit: str, divisor: str) -> str:
    """Nights in the months in which they were spent: an estimate. A month that lacks nights has a lower bound alone."""
    known = f"round(nights / {DAYS * setting.scale} / nullif({divisor}, 0))"
    flag = f"'experimental' || CASE WHEN complete THEN '' ELSE ' undetermined' END || {unreliable(setting)}"
    made = cell(measure, "period", f"CASE WHEN complete THEN {known} END", f"CASE WHEN NOT complete THEN {known} END", unit, flag)
    return f"{made} FROM nights"


def before(setting: Setting) -> str:
    """Nights of the trips in the data that were spent before the data begin."""
    value = f"round(nights / {DAYS * setting.scale})"
    flag = f"'experimental' || {unreliable(setting)}"
    return f"""{cell("person_nights_before", literal(setting.covered), value, "NULL", "nights", flag)} FROM (
  SELECT breakdown, category, CAST(sum(trips) AS BIGINT) AS records, CAST(sum({parts_of_days()}) AS DOUBLE) AS nights
  FROM trip_spread WHERE month < {number(setting.source.covers.begin)} GROUP BY breakdown, category)"""
