"""Dated facts of all files, counted: how many persons of a birth date were listed, born, came, died or left on a date."""

from collections.abc import Sequence

from sojourn.concepts.lexis import FACTS, LEAVING
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal, literals

SIGNED = f"CASE WHEN component IN ({literals(LEAVING)}) THEN -persons ELSE persons END"
"""Persons that a fact adds from its date on."""
PLACED = "SELECT * FROM lexis_facts WHERE placed"


def facts(sources: Sequence[Source]) -> str:
    """SQL of `lexis_facts`. Grain: birth date x date x component.

    placed: whether the dates can be (known, not before the birth, a birth on the birth date); other facts are in no triangle.
    """
    cases = " ".join(f"WHEN {literal(event)} THEN {literal(component)}" for event, component in FACTS.items())
    each = " UNION ALL ".join(
        f"SELECT birth_date, date, CASE event {cases} END AS component FROM accepted_{source.id} WHERE event IN ({literals(FACTS)})"
        for source in sources
    )
    return f"""
SELECT birth_date, date, component, CAST(count(*) AS BIGINT) AS persons,
       coalesce(birth_date <= date AND (component <> 'births' OR birth_date = date), false) AS placed
FROM ({each}) GROUP BY birth_date, date, component"""
