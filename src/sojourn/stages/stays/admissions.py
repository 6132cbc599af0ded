"""One row per admission of the cohort, in codes; and the cube that everything else is counted from."""

from sojourn.concepts.mobility import OTHER, RESIDENCE_REACHED, RESIDENCE_UNDETERMINED
from sojourn.engine.portable import days_between, literal
from sojourn.stages.stays.setting import Setting, day

COUNTED = "nights, outcome, permission, due, visa_class, route, citizenship, residence"
"""Columns by which admissions are counted; status and type follow from them.

outcome: completed, open (no departure seen), refused (departure impossible). permission: duration_of_status, below or
reached (the length of residence), implausible, before_arrival, unknown. due: whether the permission ended before the
data: undated, later, and of those that fell due left, late, none (no departure), refused. status: temporary, reached, or
why undetermined: undetermined_permission, undetermined_departure, undetermined_open.
"""


def stays(setting: Setting) -> str:
    """SQL of `stays`. nights: of a completed stay its length, of an open one the nights it was seen for, else NULL."""
    return typed(setting, f"unit, arrival_date, {COUNTED}", coded(setting))


def stay_cube(setting: Setting) -> str:
    """SQL of `stays_cube`: admissions by all codes and nights. Status and type follow from the others, so they are
    decided once for each row of the cube and not for each admission."""
    counted = f"SELECT {COUNTED}, CAST(count(*) AS BIGINT) AS admissions FROM ({coded(setting)}) GROUP BY {COUNTED}"
    return typed(setting, f"{COUNTED}, admissions", counted)


def typed(setting: Setting, columns: str, query: str) -> str:
    """A query with status and type beside its columns."""
    stated = f"SELECT *, {status(setting)} AS status FROM ({query})"
    return f"SELECT {columns}, status, {mobility_type(setting)} AS type FROM ({stated})"


def coded(setting: Setting) -> str:
    """The admissions with what was permitted and what fell due, as codes."""
    return f"SELECT *, {permission(setting)} AS permission, {due(setting)} AS due FROM ({admissions(setting)})"


def admissions(setting: Setting) -> str:
    """The admissions of the cohort with outcome and nights."""
    end = day(setting.end)
    return f"""
SELECT unit, arrival_date, departure_date AS departed, departure_refused AS refused,
       {setting.dated("admitted_until")} AS until, {setting.column("permission")} AS permitted,
       CASE WHEN departure_refused THEN NULL
            ELSE CAST({days_between("arrival_date", f"coalesce(departure_date, {end})")} AS SMALLINT) END AS nights,
       CASE WHEN departure_refused THEN 'refused' WHEN departure_date IS NULL THEN 'open' ELSE 'completed' END AS outcome,
       {setting.column("visa_class")} AS visa_class, {setting.column("route")} AS route,
       {setting.column("citizenship")} AS citizenship, {setting.column("residence")} AS residence
FROM accepted_{setting.source.id}
WHERE arrival_date >= {day(setting.period.start)} AND arrival_date < {day(setting.period.end)}"""


def permission(setting: Setting) -> str:
    """How long the person may stay, as a code."""
    value, length = setting.value, days_between("arrival_date", "until")
    return f"""
CASE WHEN permitted = 'duration_of_status' THEN 'duration_of_status'
     WHEN until IS NULL THEN 'unknown'
     WHEN until < arrival_date THEN 'before_arrival'
     WHEN {length} >= {value.implausible_permission.nights} THEN 'implausible'
     WHEN {length} >= {value.residence.nights} THEN 'reached'
     ELSE 'below' END"""


def due(setting: Setting) -> str:
    """Whether the permission ended before the data did, and what was seen by then."""
    return f"""
CASE WHEN until IS NULL THEN 'undated'
     WHEN until >= {day(setting.end)} THEN 'later'
     WHEN refused THEN 'refused'
     WHEN departed IS NULL THEN 'none'
     WHEN departed > until THEN 'late'
     ELSE 'left' END"""


def status(setting: Setting) -> str:
    """Temporary, or why not. Permission decides first, then the stay (E/CN.3/2021/11, Annex I, temporary population)."""
    return f"""
CASE WHEN permission IN ('duration_of_status', 'reached', 'implausible') THEN 'undetermined_permission'
     WHEN outcome = 'refused' THEN 'undetermined_departure'
     WHEN nights >= {setting.value.residence.nights} THEN 'reached'
     WHEN outcome = 'open' THEN 'undetermined_open'
     ELSE 'temporary' END"""


def mobility_type(setting: Setting) -> str:
    """The purpose by class of admission; none where the admission is not, or may not be, temporary."""
    mapped = " ".join(f"WHEN {literal(code)} THEN {literal(each)}" for code, each in setting.types.items())
    mapped = f"CASE visa_class {mapped} ELSE {literal(OTHER)} END"
    return f"""
CASE WHEN status = 'undetermined_permission' THEN {literal(RESIDENCE_UNDETERMINED)}
     WHEN status = 'reached' THEN {literal(RESIDENCE_REACHED)}
     ELSE {mapped} END"""
