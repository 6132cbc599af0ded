"""Residence: spells become statuses under the country's rule.

A child born in the country takes the mother's status at birth, so mothers are decided before their children: persons
are taken generation by generation, and each generation reads the statuses of those before it.
"""

from sojourn.concepts.codes import UNKNOWN
from sojourn.concepts.evidence import EVENT_CODE
from sojourn.definitions.source import Source
from sojourn.tables.layouts import SPELL

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
    """SQL of `generations`: 0 for a mother who was not born in the window, one more for each child. Grain: birth with a mother."""
    return (
        "WITH RECURSIVE line(person, mother, generation) AS ("
        "SELECT b.person, b.mother, 1 FROM births b LEFT JOIN births m ON m.person = b.mother WHERE m.person IS NULL AND b.mother IS NOT NULL "
        "UNION ALL SELECT b.person, b.mother, l.generation + 1 FROM births b JOIN line l ON b.mother = l.person "
        f"WHERE l.generation < {DEPTH}) SELECT person, mother, generation FROM line ORDER BY person NULLS LAST"
    )


def spells_of_generation(generation: int) -> str:
    """SQL of the spells of one generation, sorted as the kernel reads them; children carry the mother's status."""
    names = [name for name in SPELL.names if not name.startswith("initial")]
    kept = ", ".join(f's."{name}"' for name in names)
    order = "ORDER BY person NULLS LAST, ordinal NULLS LAST"
    if generation == 0:
        initial = "s.initial, s.initial_day, s.initial_known"
        return f"SELECT {kept}, {initial} FROM spells s LEFT JOIN generations g ON g.person = s.person WHERE g.person IS NULL {order}"
    return (
        f"SELECT {kept}, CAST(CASE WHEN s.ordinal = 0 THEN coalesce(m.after, {UNKNOWN}) ELSE {UNKNOWN} END AS TINYINT) AS initial, "
        f"coalesce(m.known_on, -1) AS initial_day, coalesce(m.known_on, -1) AS initial_known FROM spells s JOIN generations g ON g.person = s.person AND g.generation = {generation} "
        f"LEFT JOIN ({_mother()}) m ON m.person = s.person {order}"
    )


def _mother() -> str:
    """The mother's status on the day of birth: of the last interval that has begun and holds the day."""
    return (
        f"SELECT b.person, arg_max(coalesce(m.after, {UNKNOWN}), m.ordinal) AS after, arg_max(coalesce(m.known_on, -1), m.ordinal) AS known_on "
        'FROM births b JOIN statuses_decided m ON m.person = b.mother AND m.start <= b.day AND b.day <= m."end" '
        "GROUP BY b.person"
    )
