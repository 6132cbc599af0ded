"""Persons: attributes that belong to the person, resolved over all sources, and citizenship as a dated history.

Sources are asked in the order of the country file; within a source, records by date, and those of one date by value, so
that the order of the rows in a file never matters. Where records differ, the first one wins and the difference is counted. E/CN.3/2021/11, paragraph 33: birthplace cannot change, citizenship can.
"""

from sojourn.concepts.columns import PERSON_ATTRIBUTES
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal

UNDATED = "9999-12-31"
STATELESS = "XXA"
"""Code of a stateless person (ICAO Doc 9303, part 3, section 5)."""


def persons(sources: list[Source]) -> str:
    """SQL of `persons`. Grain: person. One column per attribute, NULL where no source has it."""
    named = ", ".join(f"{_first(name)} AS {name}" for name in PERSON_ATTRIBUTES)
    rows = " UNION ALL ".join(_rows(source, number) for number, source in enumerate(sources))
    return f"SELECT person, {named} FROM ({rows}) GROUP BY person ORDER BY person NULLS LAST"


def _first(name: str) -> str:
    """The value of the first record that has one; two records of one rank are told apart by the value itself."""
    return f"arg_min({name}, rank || CAST({name} AS VARCHAR)) FILTER (WHERE {name} IS NOT NULL)"


def _rows(source: Source, number: int) -> str:
    """The source's records with every attribute: NULL for those it does not map, and for unknown codes."""
    kinds = {"birth_date": "DATE"}
    parts = []
    for name in PERSON_ATTRIBUTES:
        value = f"nullif({name}, 'unknown')" if name not in kinds else name
        parts.append(f"{_value(source, name, value)} AS {name}")
    where = "WHERE unit IS NOT NULL"
    dated = f"coalesce(CAST(date AS VARCHAR), '{UNDATED}')" if source.event else f"'{UNDATED}'"
    return f"SELECT unit AS person, '{number:04d} ' || {dated} AS rank, {', '.join(parts)} FROM accepted_{source.id} {where}"


def _value(source: Source, name: str, value: str) -> str:
    if name in source.columns:
        return value
    if name == "birth_date" and set(source.event_kinds()) == {"birth_in"}:
        return "date"
    return f"CAST(NULL AS {'DATE' if name == 'birth_date' else 'VARCHAR'})"


def conflicts(sources: list[Source]) -> str:
    """SQL of `issues_persons`: records whose attribute differs from the one in use. Columns of `issues`.

    Citizenship is left out: it has a history, so a later record may rightly differ from an earlier one.
    """
    lasting = [name for name in PERSON_ATTRIBUTES if name != "citizenship"]
    mapped = [(source, name) for source in sources for name in lasting if name in source.columns]
    each = [
        f"SELECT {literal(source.id)} AS source, a.record, {literal(name)} AS field, 'differs_between_sources' AS reason, "
        f"'flagged' AS action FROM accepted_{source.id} AS a JOIN persons AS p ON p.person = a.unit WHERE a.{name} <> p.{name}"
        + ("" if name == "birth_date" else f" AND a.{name} <> 'unknown'")
        for source, name in mapped
    ]
    return " UNION ALL ".join(each + _repeated_turns(sources)) or _none()


def _repeated_turns(sources: list[Source]) -> list[str]:
    """SQL of acquisitions after an acquisition, and losses after a loss: they change nothing and are no events."""
    turning = [(number, each) for number, each in enumerate(sources) if {"acquisition", "loss"} & set(each.event_kinds())]
    rows = " UNION ALL ".join(
        f"SELECT {literal(source.id)} AS source, {number} AS number, record, unit, event, date FROM accepted_{source.id} "
        "WHERE event IN ('acquisition', 'loss')"
        for number, source in turning
    )
    order = ", ".join(f"{name} NULLS LAST" for name in ("date", "event", "number", "record"))
    return [
        f"SELECT source, record, 'event' AS field, 'nothing_changed' AS reason, 'flagged' AS action FROM ({rows}) "
        f"QUALIFY coalesce(lag(event) OVER (PARTITION BY unit ORDER BY {order}), '') = event"
    ] if rows else []


def _none() -> str:
    return (
        "SELECT CAST(NULL AS VARCHAR) AS source, CAST(NULL AS BIGINT) AS record, CAST(NULL AS VARCHAR) AS field, "
        "CAST(NULL AS VARCHAR) AS reason, CAST(NULL AS VARCHAR) AS action WHERE false"
    )


def citizenships(country: str, end: int) -> str:
    """SQL of `citizenships`. Grain: person x interval [start, end) in day numbers; NULL start: since birth.

    Citizenship before a first acquisition is foreign, before a first loss national, whatever a later record says.
    """
    national = (
        f"CASE WHEN citizenship IS NULL THEN 'unknown' WHEN citizenship = {literal(country)} THEN 'national' "
        f"WHEN citizenship = '{STATELESS}' THEN 'stateless' ELSE 'foreign' END"
    )
    turned = "CASE kind WHEN 'acquisition' THEN 'national' ELSE 'foreign' END"
    return f"""
WITH turns AS (
    SELECT person, day, kind, row_number() OVER (PARTITION BY person ORDER BY day NULLS LAST, kind NULLS LAST) AS turn
    FROM citizenship_events),
first_turn AS (SELECT person, day, kind FROM turns WHERE turn = 1),
intervals AS (
    SELECT p.person, 0 AS turn, CAST(-2147483647 AS INTEGER) AS start,
           CASE t.kind WHEN 'acquisition' THEN CASE WHEN p.citizenship = '{STATELESS}' THEN 'stateless' ELSE 'foreign' END
                WHEN 'loss' THEN 'national' ELSE {national} END AS citizenship
    FROM persons p LEFT JOIN first_turn t ON t.person = p.person
    UNION ALL SELECT person, turn, day, {turned} FROM turns)
SELECT person, start,
       CAST(coalesce(lead(start) OVER (PARTITION BY person ORDER BY turn NULLS LAST), {end}) AS INTEGER) AS "end", citizenship
FROM intervals ORDER BY person NULLS LAST, turn NULLS LAST"""
