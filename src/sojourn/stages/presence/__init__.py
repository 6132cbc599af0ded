"""Presence: records of persons become events, events become spells in and out of the country."""

from sojourn.concepts.evidence import EVENT_CODE
from sojourn.definitions.source import Source
from sojourn.engine.portable import day_number, literal

_TIME = "CAST(substr(time, 1, 2) AS BIGINT) * 60 + CAST(substr(time, 4, 2) AS BIGINT)"
_LAST_MINUTE = 1440
_LAST_SEQUENCE = 999_999


def events(sources: list[Source]) -> str:
    """SQL of `events`, sorted as the kernel reads them. Grain: one event of one person.

    Columns: person, code (position in EVENTS), day and received (days since 1970-01-01), moment (orders a day: minute,
    then sequence; missing last), source (position in the country's list), record.
    """
    parts = [_of(source, number) for number, source in enumerate(sources) if source.event is not None]
    births = [source for source in sources if {"birth_in", "birth_abroad"} & set(source.event_kinds())]
    parts += [_excluded(source, number, births) for number, source in enumerate(sources) if source.complete]
    order = "person, day, moment, code, source, record".split(", ")
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY {', '.join(f'{name} NULLS LAST' for name in order)}"


def _of(source: Source, number: int) -> str:
    codes = " ".join(f"WHEN {literal(kind)} THEN {EVENT_CODE[kind]}" for kind in source.event_kinds())
    received = "greatest(received_on, date)" if source.says_received else "date"
    return (
        f"SELECT unit AS person, CAST(CASE event {codes} END AS TINYINT) AS code, {day_number('date')} AS day, "
        f"{day_number(received)} AS received, {_moment(source)} AS moment, CAST({number} AS SMALLINT) AS source, record "
        f"FROM accepted_{source.id} WHERE unit IS NOT NULL"
    )


def _moment(source: Source) -> str:
    minute = f"coalesce({_TIME}, {_LAST_MINUTE})" if source.time else str(_LAST_MINUTE)
    sequence = f"coalesce(sequence, {_LAST_SEQUENCE})" if source.sequence else str(_LAST_SEQUENCE)
    return f"CAST({minute} * {_LAST_SEQUENCE + 1} + {sequence} AS BIGINT)"


def _excluded(source: Source, number: int, births: list[Source]) -> str:
    """Persons whom a complete list does not name were not residents on its date, unless born later.

    A row of the list that was rejected still names its person.
    """
    born = "".join(
        f" AND u.unit NOT IN (SELECT unit FROM accepted_{each.id} WHERE event IN ('birth_in', 'birth_abroad') AND unit IS NOT NULL)"
        for each in births
    )
    received = "max(greatest(received_on, date))" if source.says_received else "max(date)"
    when = f"SELECT max(date) AS date, {received} AS received FROM accepted_{source.id}"
    return (
        f"SELECT u.unit AS person, CAST({EVENT_CODE['exclusion']} AS TINYINT) AS code, {day_number('w.date')} AS day, "
        f"{day_number('w.received')} AS received, CAST(0 AS BIGINT) AS moment, CAST({number} AS SMALLINT) AS source, "
        f"CAST(-1 AS BIGINT) AS record FROM units u CROSS JOIN ({when}) w "
        f"LEFT JOIN records_{source.id} AS a ON a.unit = u.unit WHERE a.unit IS NULL{born}"
    )


def issues(sources: list[str], reasons: tuple[str, ...]) -> str:
    """SQL of `issues_presence`, from the kernel's notes. Columns of `issues`."""
    named = " ".join(f"WHEN {number} THEN {literal(source)}" for number, source in enumerate(sources))
    worded = " ".join(f"WHEN {number} THEN {literal(reason)}" for number, reason in enumerate(reasons))
    acted = "CASE reason WHEN 0 THEN 'imputed' ELSE 'rejected' END"
    return (
        f"SELECT CASE source {named} END AS source, record, 'event' AS field, CASE reason {worded} END AS reason, {acted} AS action "
        "FROM noted ORDER BY ALL NULLS LAST"
    )
