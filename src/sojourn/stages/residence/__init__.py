"""Residence: spells become statuses under the country's rule.

A child born in the country takes the mother's status at birth, so mothers are decided before their children: persons
are taken generation by generation, and each generation reads the statuses of those before it.
"""

from sojourn.concepts.codes import UNKNOWN
from sojourn.concepts.evidence import EVENT_CODE
from sojourn.definitions.source import Source

DEPTH = 12
"""Generations inside one observation window; deeper chains of births are cut, and those children are undetermined."""


def births(sources: list[Source]) -> str:
    """SQL of `births`: persons born in the country during the observation, with the mother, where linked."""
    linked = [
        f"SELECT unit AS person, mother FROM accepted_{source.id} WHERE event = 'birth_in' AND unit IS NOT NULL"
        for source in sources
        if "mother" in source.columns
    ]
    link = " UNION ALL ".join(linked) or "SELECT CAST(NULL AS BIGINT) AS person, CAST(NULL AS BIGINT) AS mother WHERE false"
    return (
        f"SELECT e.person, min(e.day) AS day, min(l.mother) AS mother FROM events e LEFT JOIN ({link}) l ON l.person = e.person "
        f"WHERE e.code = {EVENT_CODE['birth_in']} GROUP BY e.person ORDER BY e.person NULLS LAST"
    )


def generations() -> str:
    """SQL of `generations`: 1 for a child whose mother has no known mother, one more for each child. Grain: birth with a mother."""
    return (
        "WITH RECURSIVE line(person, mother, generation) AS ("
        "SELECT b.person, b.mother, 1 FROM births b LEFT JOIN births m ON m.person = b.mother AND m.mother IS NOT NULL "
        "WHERE m.person IS NULL AND b.mother IS NOT NULL "
        "UNION ALL SELECT b.person, b.mother, l.generation + 1 FROM births b JOIN line l ON b.mother = l.person "
        f"WHERE l.generation < {DEPTH}) SELECT person, mother, generation FROM line ORDER BY person NULLS LAST"
    )


def events_of_generation(generation: int) -> str:
    """SQL of the events of one generation, sorted as the kernel reads them."""
    chosen = "g.person IS NULL" if generation == 0 else f"g.generation = {generation}"
    order = ", ".join(f"e.{name} NULLS LAST" for name in ("person", "day", "moment", "code", "source", "record"))
    return f"SELECT e.* FROM events e LEFT JOIN generations g ON g.person = e.person WHERE {chosen} ORDER BY {order}"


def mothers(generation: int) -> str:
    """SQL of mothers' statuses on the day of birth: of the last interval that has begun and holds the day. Grain: child."""
    return (
        f"SELECT b.person, arg_max(coalesce(m.after, {UNKNOWN}), m.ordinal) AS after, arg_max(coalesce(m.known_on, -1), m.ordinal) AS known_on "
        f"FROM births b JOIN generations g ON g.person = b.person AND g.generation = {generation} "
        'JOIN statuses_decided m ON m.person = b.mother AND m.start <= b.day AND b.day <= m."end" GROUP BY b.person'
    )


def spells() -> str:
    """SQL of `spells`: where each person was. Grain: spell."""
    return 'SELECT person, ordinal, start, "end", inside, opened_by, closed_by, imputed, source, record FROM statuses'
