"""From records to groups: one row per trip or stage of it, then those of each breakdown by month of exit and nights."""

from sojourn.engine.portable import literal
from sojourn.stages.trips.setting import Setting

BREAKDOWNS = ("visit_kind", "region", "region_group", "residence", "purpose", "accommodation", "route", "duration_band")
"""Columns of the trips that are breakdowns, beside the total; those that the source does not have are left out."""
DERIVED = ("duration_band",)
OF_STAGE = "region_of_stage"
"""The breakdown whose rows are stages of trips: it has nights and no visits, since one trip may have stages in several regions."""


def trips(setting: Setting) -> str:
    """Grain: one accepted record of a stay below the minimum duration of residence.

    exit_month: calendar months counted from the year 0. weight: whole units of the last decimal that the source keeps.
    """
    columns = ", ".join(f"{setting.column(name)} AS {name}" for name in BREAKDOWNS if name not in DERIVED)
    return f"""
SELECT unit, CAST(exit_year * 12 + exit_month - 1 AS INTEGER) AS exit_month, nights, 0 AS later, weight, {columns}, {band(setting)} AS duration_band
FROM accepted_{setting.source.id} WHERE nights < {setting.value.residence.nights}"""


def band(setting: Setting) -> str:
    """The band of a stay by its nights."""
    bands = setting.value.bands
    upper = " ".join(f"WHEN nights < {high} THEN {literal(label)}" for high, label in zip(bands.starts[1:], bands.labels(), strict=False))
    return f"CASE {upper} ELSE {literal(bands.labels()[-1])} END"


def trip_groups(setting: Setting) -> str:
    """SQL of `trip_groups`. Grain: breakdown x category x month of exit x nights x later. trips: records; weight: their sum.

    later: nights of the trip that follow those of the row; none but for stages.
    """
    known = [name for name in BREAKDOWNS if name in DERIVED or name in setting.source.columns]
    parts = [group("total", "'total'", "trips"), *(group(name, name, "trips") for name in known)]
    parts += [group(OF_STAGE, "region", "stages")] if setting.stages else []
    body = "\nUNION ALL\n".join(parts)
    return f"WITH {staged(setting)} {body}"


def staged(setting: Setting) -> str:
    """The named queries of trips and, where there are any, of their stages."""
    return f"trips AS ({trips(setting)})" + (f", stages AS ({stages(setting)})" if setting.stages else "")


def stages(setting: Setting) -> str:
    """Grain: one stage of a trip, in the order of the trip, with the weight of the trip."""
    following = "PARTITION BY s.unit ORDER BY s.sequence NULLS FIRST ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING"
    return f"""
SELECT t.unit, t.exit_month, s.nights, CAST(coalesce(sum(s.nights) OVER ({following}), 0) AS INTEGER) AS later, t.weight,
       coalesce(s.region, 'unknown') AS region
FROM accepted_{setting.stages.id} AS s JOIN trips AS t ON t.unit = s.unit"""


def group(breakdown: str, category: str, rows: str) -> str:
    return f"""
SELECT {literal(breakdown)} AS breakdown, {category} AS category, exit_month, nights, later,
       CAST(count(*) AS BIGINT) AS trips, CAST(sum(weight) AS BIGINT) AS weight
FROM {rows} GROUP BY {category}, exit_month, nights, later"""


def issue_counts(setting: Setting) -> str:
    """SQL of `issue_counts_trips`: stays as long as residence asks for, which are no temporary ones and are in no figure;
    and trips whose stages do not add up to their nights."""
    reached = f"FROM accepted_{setting.source.id} WHERE nights >= {setting.value.residence.nights}"
    parts = [issue(setting, "residence_reached", "rejected", reached)]
    return "\nUNION ALL\n".join(parts + ([issue(setting, "stages_differ", "flagged", differing(setting))] if setting.stages else []))


def issue(setting: Setting, reason: str, action: str, rows: str) -> str:
    return f"""
SELECT {literal(setting.source.id)} AS source, 'nights' AS field, {literal(reason)} AS reason, {literal(action)} AS action,
       CAST(count(*) AS BIGINT) AS records
{rows} HAVING count(*) > 0"""


def differing(setting: Setting) -> str:
    """The trips whose stages have other nights in sum, or that have none."""
    return f"""FROM accepted_{setting.source.id} AS t
LEFT JOIN (SELECT unit, sum(nights) AS nights FROM accepted_{setting.stages.id} GROUP BY unit) AS s ON s.unit = t.unit
WHERE s.nights IS NULL OR s.nights <> t.nights"""
