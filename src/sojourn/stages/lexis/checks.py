"""Checks of the account: two of the records, and six that count the same things a second way, from the facts themselves.

The second formulas share nothing with the triangles: they know no birthday and no stretch, but the completed age on a day.
"""

from collections.abc import Sequence

from sojourn.concepts.lexis import COMPONENTS, SHARED
from sojourn.engine.portable import age_at, literal, literals
from sojourn.stages.lexis.facts import PLACED, SIGNED
from sojourn.stages.lexis.parts import Part, calendar, rows

FAILS = "CAST(count(*) FILTER (WHERE {}) AS BIGINT)"


def checks(parts: Sequence[Part]) -> str:
    """SQL of `lexis_checks`. Grain: one check; what was examined, and how many of it fail."""
    made = {
        "fact_dates": fact_dates(),
        "below_zero": below_zero(parts),
        "triangles_close": triangles_close(),
        "birthdays": birthdays(),
        "cohorts": facts_again(parts, "cohort", "year(f.birth_date)"),
        "ages": facts_again(parts, "age", age_at("f.birth_date", "f.date")),
        "total": total(parts),
        "person_days": person_days(parts),
    }
    return " UNION ALL ".join(f"SELECT {literal(name)} AS name, examined, failing FROM ({sql})" for name, sql in made.items())


def fact_dates() -> str:
    """Facts without a birth date, before the birth, or births on another day."""
    return """SELECT CAST(coalesce(sum(persons), 0) AS BIGINT) AS examined,
       CAST(coalesce(sum(persons) FILTER (WHERE NOT placed), 0) AS BIGINT) AS failing FROM lexis_facts"""


def below_zero(parts: Sequence[Part]) -> str:
    """Birth dates of which fewer than nobody is present at the end of some day. What happens inside a day has no order."""
    daily = f"SELECT birth_date, date, sum({SIGNED}) AS net FROM ({PLACED}) WHERE date < DATE {literal(parts[-1].end)} GROUP BY birth_date, date"
    present = (
        "SELECT birth_date, sum(net) OVER (PARTITION BY birth_date ORDER BY date NULLS LAST "
        f"ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS present FROM ({daily})"
    )
    lowest = f"SELECT birth_date, min(present) AS lowest FROM ({present}) GROUP BY birth_date"
    return f"SELECT count(*) AS examined, {FAILS.format('lowest < 0')} AS failing FROM ({lowest})"


def triangles_close() -> str:
    """Triangles whose components do not lead from the one side to the other."""
    signed = " ".join(f"{'+' if each.sign > 0 else '-'} {each.id}" for each in COMPONENTS if each.sign)
    return f"SELECT count(*) AS examined, {FAILS.format(f'opening {signed} <> closing')} AS failing FROM lexis"


def birthdays() -> str:
    """Cohorts of which more or fewer persons pass a birthday than reach the next age."""
    each = "SELECT sum(passed) AS passed, sum(reached) AS reached FROM lexis GROUP BY year, cohort"
    return f"SELECT count(*) AS examined, {FAILS.format('passed <> reached')} AS failing FROM ({each})"


def facts_again(parts: Sequence[Part], name: str, place: str) -> str:
    """Cells of year, `name` and component whose sum over triangles is not the count of the facts at `place`."""
    listed = ", ".join(f"('{each}')" for each in SHARED)
    picked = " ".join(f"WHEN '{each}' THEN {each}" for each in SHARED)
    added = (
        f"SELECT year, {name} AS place, c.component, sum(CASE c.component {picked} END) AS persons "
        f"FROM lexis CROSS JOIN (VALUES {listed}) AS c(component) GROUP BY year, {name}, c.component"
    )
    counted = (
        f"SELECT p.year, {place} AS place, f.component, sum(f.persons) AS persons FROM ({PLACED}) AS f "
        f"JOIN {rows(parts)} ON f.date >= p.starts AND f.date < p.ends "
        f"WHERE f.component IN ({literals(SHARED)}) GROUP BY p.year, {place}, f.component"
    )
    return f"""SELECT count(*) AS examined, {FAILS.format("coalesce(a.persons, 0) <> coalesce(b.persons, 0)")} AS failing
FROM ({added}) AS a FULL JOIN ({counted}) AS b ON a.year = b.year AND a.place = b.place AND a.component = b.component"""


def total(parts: Sequence[Part]) -> str:
    """Years whose closing stock over the triangles is not the list and all facts until then."""
    closing = "SELECT year, sum(closing) AS closing FROM lexis GROUP BY year"
    counted = f"SELECT p.year, sum({SIGNED}) AS persons FROM ({PLACED}) AS f JOIN {rows(parts)} ON f.date < p.ends GROUP BY p.year"
    return f"""SELECT count(*) AS examined, {FAILS.format("closing <> persons")} AS failing
FROM ({closing}) AS a JOIN ({counted}) AS b ON b.year = a.year"""


def person_days(parts: Sequence[Part]) -> str:
    """Cells of year and age whose person-days are not the sum over the days of those present at that age."""
    added = "SELECT year, age, sum(person_days) AS person_days FROM lexis GROUP BY year, age"
    counted = " UNION ALL ".join(map(_day_by_day, parts))
    return f"""SELECT count(*) AS examined, {FAILS.format("coalesce(a.person_days, 0) <> coalesce(b.person_days, 0)")} AS failing
FROM ({added}) AS a FULL JOIN ({counted}) AS b ON a.year = b.year AND a.age = b.age"""


def _day_by_day(part: Part) -> str:
    age = age_at("f.birth_date", "d.day")
    counted = f"SELECT birth_date, date, sum({SIGNED}) AS net FROM ({PLACED}) GROUP BY birth_date, date"
    return (
        f"SELECT {part.year} AS year, {age} AS age, sum(f.net) AS person_days "
        f"FROM ({counted}) AS f JOIN ({calendar(part)}) AS d ON f.date <= d.day GROUP BY {age}"
    )
