"""Stage `tabulated`: published counts enter here, without persons, and give cells and accounts.

Produces `counts` (every published figure under its own name), `cells_counts` (the indicators that the sources say they give)
and, where the country defines one, `counts_account` (stocks, components, published adjustment and what remains).
"""

from collections.abc import Sequence

from sojourn.definitions.period import Period
from sojourn.definitions.population_account import PopulationAccount
from sojourn.definitions.source import Source
from sojourn.stages.tabulated.account import account
from sojourn.stages.tabulated.ages import ages
from sojourn.stages.tabulated.cells import cells
from sojourn.stages.tabulated.melt import counts

__all__ = ["tables"]


def tables(sources: Sequence[Source], accounts: Sequence[PopulationAccount], period: Period) -> dict[str, str]:
    """SELECT by output table, in the order in which they are made; reads `accepted_<source>` of every source."""
    made = {"counts": counts(sources), "cells_counts": cells(sources, period)}
    made = {name: sql for name, sql in made.items() if sql}
    if accounts:
        made["counts_account"] = account(accounts[0], period)
        made |= {"age_account": ages(accounts[0], period)} if accounts[0].by_age else {}
    return made
