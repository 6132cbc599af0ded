"""Stage `lexis`: a demographic account by age, birth cohort and Lexis triangle from dated facts that name nobody.

The files are not linked to one another: everything adds up over facts. Each fact adds or takes away one person from its
date on, so that stocks, exact exposure and rates are sums of whole numbers over facts, and no person is ever followed.
"""

from collections.abc import Sequence

from sojourn.definitions.period import Period
from sojourn.definitions.source import Source
from sojourn.stages.lexis.absent import not_produced
from sojourn.stages.lexis.account import account, exposure
from sojourn.stages.lexis.cells import cells
from sojourn.stages.lexis.checks import checks
from sojourn.stages.lexis.facts import facts
from sojourn.stages.lexis.needs import problems
from sojourn.stages.lexis.parts import parts_of
from sojourn.stages.lexis.triangles import triangles

__all__ = ["problems", "tables"]


def tables(sources: Sequence[Source], period: Period) -> dict[str, str]:
    """SELECTs by output table, in the order in which they read each other; the first reads `accepted_<source>`.

    Grains: lexis_facts, birth date x date x component; lexis, calendar year x birth cohort x triangle; lexis_account,
    period x breakdown x category x component; lexis_exposure, period x breakdown x category; lexis_checks, one check;
    cells_lexis, as `cells`; not_produced_lexis, one indicator.
    """
    parts = parts_of(period)
    return {
        "lexis_facts": facts(sources),
        "lexis": triangles(parts),
        "lexis_account": account(parts),
        "lexis_exposure": exposure(parts),
        "lexis_checks": checks(parts),
        "cells_lexis": cells(),
        "not_produced_lexis": not_produced(),
    }
