"""Stage `survey`: one household survey with replicate weights gives the immigrant population and proxies of two flows.

Produces `cells_survey`: RP and MI 1.1 as averages over the interviews' period, for the country's definition of birthplace
and every variant of it; MI 1.2 and MI 1.3 as proxies from questions about the past; each with a standard error.
`not_produced_survey` says what a survey cannot give.
"""

from collections.abc import Mapping
from typing import TypeVar

from sojourn.definitions.birthplace import Birthplace
from sojourn.definitions.country import Country
from sojourn.definitions.precision import Precision
from sojourn.definitions.source import Source
from sojourn.errors import SojournError, problem
from sojourn.stages.survey import cells, error, groups
from sojourn.stages.survey.prose import not_produced, prose
from sojourn.stages.survey.period import label, last_full_year

Kind = TypeVar("Kind")

__all__ = ["prose", "tables"]


def tables(country: Country, source: Source, definitions: Mapping[str, object]) -> dict[str, str]:
    """SELECT by output table; reads `accepted_<source>` alone.

    Raises SojournError where the source has no weights, or no definition says where births count and what is precise.
    """
    if source.weight is None or source.replicates is None:
        raise SojournError(problem("survey.no_weight", country.path / "sources", source=source.id))
    birthplace = chosen(country, source, definitions, Birthplace, "birthplace")
    precision = chosen(country, source, definitions, Precision, "precision")
    return {"cells_survey": select(source, birthplace, precision), "not_produced_survey": not_produced()}


def chosen(country: Country, source: Source, definitions: Mapping[str, object], model: type[Kind], kind: str) -> Kind:
    """The first definition of a kind, in order of id."""
    found = [definitions[key] for key in sorted(definitions) if isinstance(definitions[key], model)]
    if not found:
        raise SojournError(problem("survey.no_definition", country.path / "definitions", source=source.id, kind=kind))
    return found[0]


def select(source: Source, birthplace: Birthplace, precision: Precision) -> str:
    """The published cells as one query, step by step."""
    year = last_full_year(source)
    steps = {
        "answers": groups.answers(source, year),
        "sums": groups.sums(source),
        "replicated": groups.replicated(),
        "people": groups.people(birthplace),
        "members": cells.members(),
        "figures": cells.figures(),
        "measured": cells.measures(source.weight_decimals),
        "estimates": error.estimates(source),
        "flagged": error.flagged(birthplace, precision),
    }
    periods = dict.fromkeys(("RP", "MI 1.1", "MI 1.3"), label(source)) | {"MI 1.2": str(year)}
    written = ", ".join(f"{name} AS ({query})" for name, query in steps.items())
    return f"WITH {written} {error.published(source, precision, periods)}"
