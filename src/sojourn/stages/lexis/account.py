"""The triangles added up: the account and the exposure in total, by age, by five-year age group and by birth cohort."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.concepts.lexis import COMPONENTS
from sojourn.stages.lexis.parts import Part, rows

OLDEST = 85
"""First age of the open age group."""
GROUP = (
    f"CASE WHEN age >= {OLDEST} THEN '{OLDEST}+' "
    "ELSE CAST(age // 5 * 5 AS VARCHAR) || '-' || CAST(age // 5 * 5 + 4 AS VARCHAR) END"
)


@dataclass(frozen=True)
class Breakdown:
    """One way to add triangles up. `reached`, `passed`: at which ages a birthday leads into the category and out of it."""

    name: str
    category: str
    reached: str = "false"
    passed: str = "false"


BREAKDOWNS = (
    Breakdown("total", "'total'"),
    Breakdown("cohort", "CAST(cohort AS VARCHAR)"),
    Breakdown("age_group", GROUP, f"age % 5 = 0 AND age <= {OLDEST}", f"age % 5 = 4 AND age < {OLDEST}"),
    Breakdown("age", "CAST(age AS VARCHAR)", "true", "true"),
)


def account(parts: Sequence[Part]) -> str:
    """SQL of `lexis_account`. Grain: period x breakdown x category x component; persons."""
    return " UNION ALL ".join(_components(parts, each) for each in BREAKDOWNS)


def _components(parts: Sequence[Part], breakdown: Breakdown) -> str:
    names = [each.id for each in COMPONENTS]
    sums = ", ".join(f"sum({_value(name, breakdown)}) AS {name}" for name in names)
    picked = " ".join(f"WHEN '{name}' THEN {name}" for name in names)
    listed = ", ".join(f"('{name}')" for name in names)
    return f"""
SELECT period, '{breakdown.name}' AS breakdown, category, c.component, CAST(CASE c.component {picked} END AS BIGINT) AS value
FROM (SELECT p.label AS period, {breakdown.category} AS category, {sums} {_labelled(parts)} GROUP BY p.label, {breakdown.category})
CROSS JOIN (VALUES {listed}) AS c(component)"""


def _value(component: str, breakdown: Breakdown) -> str:
    if component not in ("reached", "passed"):
        return component
    return f"CASE WHEN {getattr(breakdown, component)} THEN {component} ELSE 0 END"


def exposure(parts: Sequence[Part]) -> str:
    """SQL of `lexis_exposure`. Grain: period x breakdown x category. Person-years are person_days over days_of_year."""
    return " UNION ALL ".join(
        f"""
SELECT p.label AS period, '{each.name}' AS breakdown, {each.category} AS category, CAST(sum(t.person_days) AS BIGINT) AS person_days,
       CAST(max(p.days) AS INTEGER) AS days_of_year
{_labelled(parts)} GROUP BY p.label, {each.category}"""
        for each in BREAKDOWNS
    )


def _labelled(parts: Sequence[Part]) -> str:
    return f"FROM lexis AS t JOIN {rows(parts)} ON p.year = t.year"
