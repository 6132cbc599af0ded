"""The cube seen from each breakdown in turn: one long table from which curves, means and cells are made."""

from sojourn.engine.portable import literal

BREAKDOWNS = ("type", "visa_class", "route", "citizenship", "residence", "status")
"""Columns of the cube that are breakdowns of their own, beside the total."""
PAIRS = (("visa_class", "type"), ("visa_class", "status"))
"""Breakdowns by two columns; categories are written `first|second`."""
KEPT = "nights, outcome, status, permission, due"


def stay_groups() -> str:
    """SQL of `stay_groups`: breakdown, category, nights, the codes that measures need, admissions."""
    parts = [group("total", "'total'")]
    parts += [group(name, name) for name in BREAKDOWNS]
    parts += [group(f"{one} x {two}", f"{one} || '|' || {two}") for one, two in PAIRS]
    return "\nUNION ALL\n".join(parts)


def group(breakdown: str, category: str) -> str:
    """The cube by one category expression."""
    return f"""
SELECT {literal(breakdown)} AS breakdown, {category} AS category, {KEPT}, CAST(sum(admissions) AS BIGINT) AS admissions
FROM stays_cube GROUP BY {category}, {KEPT}"""
