"""sojourn: official statistics on international migration and temporary mobility.

A country folder goes in (sources, definitions), statistics with their methodology come out. The names here are the
public ones; everything else may move.
"""

from sojourn.definitions.country import Country
from sojourn.definitions.history import Decision, Event, History
from sojourn.definitions.load import load_country
from sojourn.definitions.period import Period, parse_period
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.errors import Problem, SojournError
from sojourn.reference.residence import decide
from sojourn.run.check import check
from sojourn.run.execute import Run, run
from sojourn.run.methodology import methodology
from sojourn.trace.explain import explain

__all__ = [
    "Country",
    "Decision",
    "Event",
    "History",
    "Period",
    "Problem",
    "ResidenceRule",
    "Run",
    "SojournError",
    "check",
    "decide",
    "explain",
    "load_country",
    "methodology",
    "parse_period",
    "run",
]
