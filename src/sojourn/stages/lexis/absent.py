"""What dated facts cannot give: they name nobody, and no residence rule decides them."""

from sojourn.engine.portable import literal
from sojourn.messages import say

ABSENT = {
    "RP": "residence", "MI 1.1": "citizenship", "MI 1.2": "acquisitions", "MI 1.3": "flows", "MI 1.4": "flows", "NM": "flows",
    "TM": "visits",
}  # fmt: skip
"""Indicator to the reason that the catalogue gives."""


def not_produced() -> str:
    """SQL of `not_produced_lexis`. Grain: one indicator."""
    rows = ", ".join(
        f"({literal(name)}, {literal(say(f'lexis.absent_{why}'))}, {literal(say(f'lexis.unlock_{why}'))})" for name, why in ABSENT.items()
    )
    return f"SELECT indicator, reason, unlock FROM (VALUES {rows}) AS listed(indicator, reason, unlock)"
