"""The triangles: each fact of a birth date is laid on the two stretches of the year before and after the birthday."""

from collections.abc import Sequence

from sojourn.concepts.lexis import SHARED
from sojourn.engine.portable import days_between
from sojourn.stages.lexis.facts import PLACED, SIGNED
from sojourn.stages.lexis.parts import Part, rows

BIRTHDAY = "make_date(p.year, month(f.birth_date), 1) + CAST(day(f.birth_date) - 1 AS INTEGER)"
"""The birthday in a year: counted on from the first of its month, so that 29 February is 1 March in a year without it."""


def triangles(parts: Sequence[Part]) -> str:
    """SQL of `lexis`. Grain: calendar year x birth cohort x triangle; persons, and person_days as whole numbers.

    opening and closing: present when the part of the year begins and ends, by the age on its first and last day; reached
    and passed: come into the triangle, and gone on from it, by a birthday. A fact counts from its own day on: person_days
    hold the day of an entry and not that of an exit, and who comes and goes on one day adds none.
    """
    counted = ", ".join(f"CAST(coalesce(sum(persons) FILTER (WHERE component = '{each}' AND inside), 0) AS BIGINT) AS {each}" for each in SHARED)
    return f"""
WITH dated AS (SELECT f.*, p.*, {SIGNED} AS signed, {BIRTHDAY} AS turned FROM ({PLACED}) AS f CROSS JOIN {rows(parts)} WHERE f.date < p.ends),
stretches AS (
  SELECT *, 'upper' AS triangle, year - year(birth_date) - 1 AS age, starts AS since, least(turned, ends) AS until
  FROM dated WHERE turned > starts AND year(birth_date) < year
  UNION ALL
  SELECT *, 'lower' AS triangle, year - year(birth_date) AS age, greatest(turned, starts) AS since, ends AS until
  FROM dated WHERE turned < ends),
laid AS (
  SELECT *, component = 'opening' OR date < since AS before,
         component <> 'opening' AND date >= since AND date < until AS inside
  FROM stretches WHERE date < until)
SELECT CAST(year AS INTEGER) AS year, CAST(age AS INTEGER) AS age, CAST(year(birth_date) AS INTEGER) AS cohort, triangle,
       {_at("before AND since = starts", "opening")}, {_at("before AND since > starts", "reached")}, {counted},
       {_at("until < ends", "passed")}, {_at("until = ends", "closing")},
       CAST(sum(signed * {days_between("greatest(date, since)", "until")}) AS BIGINT) AS person_days
FROM laid GROUP BY year, age, year(birth_date), triangle"""


def _at(condition: str, name: str) -> str:
    """Persons present when a line of the diagram is crossed: the facts up to it."""
    return f"CAST(coalesce(sum(signed) FILTER (WHERE {condition}), 0) AS BIGINT) AS {name}"
