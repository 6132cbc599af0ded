"""The door for another system's statuses: keys become the numbers of the persons that our records name, or further ones.

Persons whom our records do not name are numbered after those whom they do, so that nothing of ours depends on the file.
"""

from sojourn.definitions.external_status import ExternalStatuses
from sojourn.engine.portable import day_number, literal, present_key, pseudonym
from sojourn.stages.ingest.column import rows
from sojourn.stages.ingest.typed import Fault, Typed, typed

REPEATED = "repeated_person"


def _columns(external: ExternalStatuses, kinds: dict[str, str]) -> list[Typed]:
    return [typed(name, mapping, external, kinds) for name, mapping in external.columns().items()]


def _faults(external: ExternalStatuses, kinds: dict[str, str]) -> list[Fault]:
    key = present_key(external.identifier.column, kinds, external.missing)
    unnamed = Fault("identifier", "missing_identifier", "rejected", f"{key} IS NULL")
    return [unnamed, *(fault for column in _columns(external, kinds) for fault in column.faults)]


def typed_statuses(external: ExternalStatuses, kinds: dict[str, str], scan: str) -> str:
    """SQL of the file's records with their natural keys, and the first fault for which one is rejected. Grain: one record."""
    key = present_key(external.identifier.column, kinds, external.missing)
    made = ", ".join(f"{column.expression} AS {column.name}" for column in _columns(external, kinds))
    reason = "" if external.reason else ", CAST(NULL AS VARCHAR) AS reason"
    cases = " ".join(
        f"WHEN {fault.condition} THEN {literal(f'{fault.field} {fault.reason}')}"
        for fault in _faults(external, kinds)
        if fault.action == "rejected"
    )
    return f"SELECT record, {key} AS natural_key, {made}{reason}, CASE {cases} END AS fault FROM {rows(scan, _columns(external, kinds))}"


def external_units(externals: list[ExternalStatuses]) -> str:
    """SQL of the numbers of all natural keys of the files. Grain: one natural key of a scheme. Reads `units`."""
    each = " UNION ALL ".join(
        f"SELECT {literal(one.identifier.scheme)} AS scheme, natural_key FROM typed_{one.id} WHERE natural_key IS NOT NULL"
        for one in externals
    )
    hashed = f"SELECT scheme, natural_key, {pseudonym('scheme', 'natural_key')} AS pseudonym FROM (SELECT DISTINCT * FROM ({each}))"
    further = (
        "(SELECT coalesce(max(unit), 0) FROM units) + row_number() OVER "
        "(PARTITION BY u.unit IS NULL ORDER BY k.pseudonym NULLS LAST, k.scheme NULLS LAST)"
    )
    return (
        f"SELECT k.scheme, k.natural_key, coalesce(u.unit, {further}) AS person FROM ({hashed}) k "
        "LEFT JOIN units u ON u.scheme = k.scheme AND u.pseudonym = k.pseudonym"
    )


def placed(external: ExternalStatuses) -> str:
    """SQL of the records with the person's number in place of the key; of those of one person and day the first by what
    they say is taken, whatever their order in the file."""
    place = "row_number() OVER (PARTITION BY n.person, t.date ORDER BY t.status NULLS LAST, t.reason NULLS LAST, t.record NULLS LAST)"
    return (
        f"SELECT t.record, n.person, {day_number('t.date')} AS day, t.status, t.reason, t.fault, "
        f"CASE WHEN t.fault IS NULL THEN {place} END AS place FROM typed_{external.id} t "
        f"LEFT JOIN external_keys n ON n.scheme = {literal(external.identifier.scheme)} AND n.natural_key = t.natural_key "
        "AND t.fault IS NULL"
    )


def accepted(external: ExternalStatuses) -> str:
    """SQL of `external_<id>`. Grain: one person on one day."""
    return f"SELECT person, day, record, status, reason FROM placed_{external.id} WHERE place = 1"


def issues(external: ExternalStatuses) -> str:
    """SQL of the rejected records. Columns of `issues`."""
    source = literal(external.id)
    fault = f"coalesce(fault, 'record {REPEATED}')"
    return (
        f"SELECT {source} AS source, record, split_part({fault}, ' ', 1) AS field, split_part({fault}, ' ', 2) AS reason, "
        f"'rejected' AS action FROM placed_{external.id} WHERE fault IS NOT NULL OR place > 1"
    )
