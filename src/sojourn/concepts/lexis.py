"""The Lexis diagram: dated facts of a population placed by calendar year, completed age and year of birth.

A calendar year cuts the square of one age into two triangles, each of one birth cohort: the lower one begins at the
birthday in the year, the upper one ends at it. Naming as in the Human Mortality Database, Methods Protocol (Wilmoth and
others, version 6), section 3. E/CN.3/2021/11, paragraph 35, asks for accounts; their layout by age is a reconstruction.
"""

from sojourn.concepts.populations import Component

TRIANGLES = ("lower", "upper")

FACTS = {"enumeration": "opening", "birth_in": "births", "arrival": "entries", "death": "deaths", "departure": "exits"}
"""Kind of event of a dated fact to the component of the account that it is."""

LEAVING = ("deaths", "exits")
"""Facts that take one away; all others add one."""

COMPONENTS = tuple(
    Component(name, sign)
    for name, sign in (
        ("opening", 0),
        ("births", 1),
        ("reached", 1),
        ("entries", 1),
        ("deaths", -1),
        ("exits", -1),
        ("passed", -1),
        ("closing", 0),
    )
)
"""closing = opening + births + reached + entries - deaths - exits - passed, in every triangle, age, cohort and in total.

reached and passed: birthdays by which persons come into an age and leave it. They cancel inside a cohort and in total.
"""

SHARED = ("births", "entries", "deaths", "exits")
"""Components that are facts inside the period: every way of counting them must agree."""

CHECKS = (
    "fact_dates",
    "below_zero",
    "triangles_close",
    "birthdays",
    "cohorts",
    "ages",
    "total",
    "person_days",
)
"""What is checked of an account, in the order of printing. The first two can fail because of the records alone."""
