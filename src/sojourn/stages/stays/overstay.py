"""The estimated share of admissions without recorded departure by the due date: additional, experimental.

The base is admissions whose dated permission ended before the data do. The cause of a missing departure is unknown: not
recorded, extension of stay, change of status, or overstay. The framework asks for estimates, worded as such.
"""

from sojourn.engine.portable import literal, literals
from sojourn.stages.stays.groups import BREAKDOWNS
from sojourn.stages.stays.setting import Setting

FELL_DUE = "due IN ('left', 'late', 'none', 'refused')"
COUNTS = {
    "due": FELL_DUE,
    "without_departure": "due = 'none'",
    "departed_after_due": "due = 'late'",
    "departure_refused": "due = 'refused'",
    "open_admissions": "outcome = 'open'",
}
"""Measure: the admissions it counts. The last is over all admissions, due or not: the missed departures beside the share."""
SHARES = {
    "share": ("due IN ('none', 'late')", FELL_DUE),
    "share_without_departure": ("due = 'none'", FELL_DUE),
    "share_departed_after_due": ("due = 'late'", FELL_DUE),
    "open_share": ("outcome = 'open'", "TRUE"),
}
"""Measure: numerator and base, in percent."""
PARTS = ("due = 'none'", "due = 'late'")
"""What the numerator of `share` is made of, each with a figure of its own."""


def overstay(setting: Setting) -> str:
    """SQL of the OV cells, by the total and every breakdown."""
    parts = [cell(setting, name, count(condition), count(condition), "admissions") for name, condition in COUNTS.items()]
    parts += [cell(setting, name, share(*pair), smallest(*pair), "percent", unreliable(setting, pair[1])) for name, pair in SHARES.items()]
    return "\nUNION ALL\n".join(parts)


def count(condition: str) -> str:
    return f"coalesce(sum(admissions) FILTER (WHERE {condition}), 0)"


def share(numerator: str, base: str) -> str:
    return f"round(100 * {count(numerator)} / CAST(nullif({count(base)}, 0) AS DOUBLE), 9)"


def smallest(numerator: str, base: str) -> str:
    """The smallest of the counts behind a share: its numerator, the rest of its base, or the base where the one or the other is all."""
    whole = count(base)
    parts = [count(numerator), f"{whole} - {count(numerator)}"]
    parts += [count(each) for each in PARTS if numerator == SHARES["share"][0]]
    return f"least({whole}, {', '.join(f'coalesce(nullif({each}, 0), {whole})' for each in parts)})"


def unreliable(setting: Setting, base: str) -> str:
    """SQL of the word for a share of few admissions, by the limit of the definition."""
    limit = setting.value.small_base
    return f"CASE WHEN {count(base)} < {limit.admissions} THEN ' unreliable' ELSE '' END" if limit else "''"


def cell(setting: Setting, measure: str, value: str, records: str, unit: str, mark: str = "''") -> str:
    """One OV measure; a category without an admission in the base has no cell."""
    return f"""
SELECT 'OV' AS indicator, {literal(measure)} AS measure, '' AS variant, {literal(setting.period.label)} AS period,
       breakdown, category, CAST({value} AS DOUBLE) AS value, CAST({records} AS BIGINT) AS records,
       CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper,
       {literal(unit)} AS unit, 'additional experimental' || {mark} AS flag
FROM stay_groups WHERE breakdown IN ({literals(("total", *BREAKDOWNS))}) AND breakdown <> 'status'
GROUP BY breakdown, category HAVING {count(FELL_DUE)} > 0"""
