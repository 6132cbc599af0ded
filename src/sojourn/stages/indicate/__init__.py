"""The stage that turns the stages' own cells into indicators: one table of cells, with rates and shares added."""

from collections.abc import Sequence

from sojourn.definitions.period import Period
from sojourn.stages.indicate.absent import not_produced
from sojourn.stages.indicate.rates import COLUMNS, citizenship_rates, net, population_rates, shares

__all__ = ["not_produced", "tables"]

GIVEN = "cells_given"


def tables(parts: Sequence[str], period: Period) -> dict[str, str]:
    """The SELECT of `cells` (grain: indicator, measure, variant, period, breakdown, category).

    `parts` are the tables `cells_<stage>` of this run. Rates and shares join the union of the parts, which is read as
    the table `cells_given`: the result holds both, in that order of making.
    """
    if not parts:
        return {}
    derived = (net(GIVEN), shares(GIVEN), population_rates(GIVEN, period), citizenship_rates(GIVEN, period))
    body = "\nUNION ALL".join(f"\nSELECT {COLUMNS} FROM ({each})" for each in derived)
    return {GIVEN: union(parts), "cells": ordered(f"SELECT {COLUMNS} FROM {GIVEN} UNION ALL{body}")}


def union(parts: Sequence[str]) -> str:
    return "\nUNION ALL\n".join(f"SELECT {COLUMNS} FROM {part}" for part in sorted(parts))


def ordered(query: str) -> str:
    """Cells in one order, so that a run gives the same file twice."""
    keys = ("indicator", "variant", "measure", "period", "breakdown", "category")
    order = ", ".join(f"{key} NULLS LAST" for key in keys)
    return f"SELECT {COLUMNS} FROM ({query}) ORDER BY {order}"
