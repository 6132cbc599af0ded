"""Published values of temporary mobility (TM) and of admissions without recorded departure by the due date (OV)."""

from sojourn.engine.portable import literal
from sojourn.stages.stays.overstay import overstay
from sojourn.stages.stays.setting import Setting

COLUMNS = (
    "indicator, measure, variant, period, breakdown, category, value, records, "
    "standard_error, lower, upper, unit, flag"
)
COUNTED = {
    "visits": ("admissions", "sum(admissions)", "sum(admissions)"),
    "visits_temporary": ("admissions", "sum(admissions) FILTER (WHERE {temporary})", "sum(admissions) FILTER (WHERE {temporary})"),
    "visits_undetermined": ("admissions", "sum(admissions) FILTER (WHERE {unknown})", "sum(admissions) FILTER (WHERE {unknown})"),
    "person_nights_completed": ("nights", "sum(nights * admissions) FILTER (WHERE {done})", "sum(admissions) FILTER (WHERE {done})"),
    "person_days_completed": ("days", "sum(greatest(nights, 1) * admissions) FILTER (WHERE {done})", "sum(admissions) FILTER (WHERE {done})"),
}
"""Measure: unit, value, contributing admissions. Nights and days are those of completed stays alone."""
MEANS = {
    "mean_stay": "mean", "median_stay": "median", "mean_stay_limit": '"limit"',
    "mean_stay_completed": "mean_completed", "median_stay_completed": "median_completed",
}  # fmt: skip
"""Measure: column of `stay_means`, in nights."""
SEEN = "CASE WHEN completed > 0 THEN least(completed, at_risk) ELSE at_risk END"
"""The smallest count behind a mean of all stays: few departures must not be told by it."""
CROSSED = ("total", "type", "visa_class")
"""Breakdowns that are also shown by length and by band."""


def cells(setting: Setting) -> str:
    """SQL of `cells_stays`."""
    parts = [counts(setting, measure) for measure in COUNTED]
    parts += [means(setting, measure, column) for measure, column in MEANS.items()]
    parts += [visits_by(setting, "outcome", "outcome"), visits_by(setting, "permission", "permission")]
    parts += [visits_by(setting, f"length_{each.nights}", length(each.nights)) for each in setting.value.lengths]
    parts += [visits_by(setting, "duration_band", band(setting))]
    query = "\nUNION ALL\n".join([*parts, overstay(setting)])
    return f"SELECT {COLUMNS} FROM ({query})"


def cell(setting: Setting, measure: str, value: str, records: str, unit: str, flag: str) -> str:
    """The columns of a TM cell; breakdown and category come from the query around it."""
    return f"""
SELECT 'TM' AS indicator, {literal(measure)} AS measure, '' AS variant, {literal(setting.period.label)} AS period,
       breakdown, category, CAST({value} AS DOUBLE) AS value, CAST({records} AS BIGINT) AS records,
       CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper,
       {literal(unit)} AS unit, {flag} AS flag"""


FLAG = "CASE WHEN category LIKE '%undetermined%' OR category LIKE '%|open' OR category = 'open' THEN 'undetermined' ELSE '' END"


def counts(setting: Setting, measure: str) -> str:
    """A measure that adds up, by every breakdown."""
    conditions = {"done": "outcome = 'completed'", "temporary": "status = 'temporary'", "unknown": "status LIKE 'undetermined%'"}
    unit, value, records = (each.format(**conditions) for each in COUNTED[measure])
    made = cell(setting, measure, f"coalesce({value}, 0)", f"coalesce({records}, 0)", unit, FLAG)
    return f"{made} FROM stay_groups GROUP BY breakdown, category"


def means(setting: Setting, measure: str, column: str) -> str:
    """A measure of `stay_means`; a median that the curve does not reach stands empty and flagged.

    Its records are the stays behind it: those in the curve, or the completed ones alone.
    """
    open_stays = f"CASE WHEN {column} IS NULL THEN 'undetermined' ELSE {FLAG} END"
    made = cell(setting, measure, column, "completed" if measure.endswith("completed") else SEEN, "nights", open_stays)
    ended = (
        "SELECT breakdown, category, sum(admissions) FILTER (WHERE outcome = 'completed') AS completed FROM stay_groups "
        "GROUP BY breakdown, category"
    )
    return f"""{made} FROM (
  SELECT m.*, c.at_risk, coalesce(g.completed, 0) AS completed FROM stay_means AS m
  JOIN stay_curves AS c ON c.breakdown = m.breakdown AND c.category = m.category AND c.day = 0
  LEFT JOIN ({ended}) AS g ON g.breakdown = m.breakdown AND g.category = m.category)"""


def visits_by(setting: Setting, name: str, expression: str) -> str:
    """Visits by a further classification, alone and within the breakdowns of CROSSED."""
    crossed = ", ".join(literal(each) for each in CROSSED)
    made = cell(setting, "visits", "sum(admissions)", "sum(admissions)", "admissions", FLAG)
    return f"""{made} FROM (
  SELECT CASE WHEN breakdown = 'total' THEN {literal(name)} ELSE breakdown || {literal(f" x {name}")} END AS breakdown,
         CASE WHEN breakdown = 'total' THEN {expression} ELSE category || '|' || {expression} END AS category, admissions
  FROM stay_groups WHERE breakdown IN ({crossed}))
GROUP BY breakdown, category"""


def length(nights: int) -> str:
    """A stay against a length: below, reached, or undetermined (open and seen for fewer nights, or departure refused)."""
    return f"""CASE WHEN outcome = 'refused' THEN 'undetermined' WHEN nights >= {nights} THEN 'reached'
  WHEN outcome = 'open' THEN 'undetermined' ELSE 'below' END"""


def band(setting: Setting) -> str:
    """The band of a completed stay; open and refused stays are bands of their own."""
    bands = setting.value.bands
    upper = " ".join(
        f"WHEN nights < {high} THEN {literal(label)}" for high, label in zip(bands.starts[1:], bands.labels(), strict=False)
    )
    return f"""CASE WHEN outcome = 'open' THEN 'open' WHEN outcome = 'refused' THEN 'undetermined'
  {upper} ELSE {literal(bands.labels()[-1])} END"""
