"""From records to groups: one row per trip, then the trips of each breakdown by month of exit and nights."""

from sojourn.engine.portable import literal
from sojourn.stages.trips.setting import Setting

BREAKDOWNS = ("visit_kind", "region", "region_group", "residence", "purpose", "accommodation", "route", "duration_band")
"""Columns of the trips that are breakdowns, beside the total; those that the source does not have are left out."""
DERIVED = ("duration_band",)


def trips(setting: Setting) -> str:
    """Grain: one accepted record of a stay below the minimum duration of residence.

    exit_month: calendar months counted from the year 0. weight: whole units of the last decimal that the source keeps.
    """
    columns = ", ".join(f"{setting.column(name)} AS {name}" for name in BREAKDOWNS if name not in DERIVED)
    return f"""
SELECT CAST(exit_year * 12 + exit_month - 1 AS INTEGER) AS exit_month, nights, weight, {columns}, {band(setting)} AS duration_band
FROM accepted_{setting.source.id} WHERE nights < {setting.value.residence.nights}"""


def band(setting: Setting) -> str:
    """The band of a stay by its nights."""
    bands = setting.value.bands
    upper = " ".join(f"WHEN nights < {high} THEN {literal(label)}" for high, label in zip(bands.starts[1:], bands.labels(), strict=False))
    return f"CASE {upper} ELSE {literal(bands.labels()[-1])} END"


def trip_groups(setting: Setting) -> str:
    """SQL of `trip_groups`. Grain: breakdown x category x month of exit x nights. trips: records; weight: their sum."""
    known = [name for name in BREAKDOWNS if name in DERIVED or name in setting.source.columns]
    body = "\nUNION ALL\n".join([group("total", "'total'"), *(group(name, name) for name in known)])
    return f"WITH trips AS ({trips(setting)}) {body}"


def group(breakdown: str, category: str) -> str:
    return f"""
SELECT {literal(breakdown)} AS breakdown, {category} AS category, exit_month, nights,
       CAST(count(*) AS BIGINT) AS trips, CAST(sum(weight) AS BIGINT) AS weight
FROM trips GROUP BY {category}, exit_month, nights"""


def issue_counts(setting: Setting) -> str:
    """SQL of `issue_counts_trips`: stays as long as residence asks for, which are no temporary ones and are in no figure."""
    return f"""
SELECT {literal(setting.source.id)} AS source, 'nights' AS field, 'residence_reached' AS reason, 'rejected' AS action,
       CAST(count(*) AS BIGINT) AS records
FROM accepted_{setting.source.id} WHERE nights >= {setting.value.residence.nights} HAVING count(*) > 0"""
