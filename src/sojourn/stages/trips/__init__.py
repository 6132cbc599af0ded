"""The tourist part of the temporary population, from a survey of visitors on departure: weighted trips and their nights.

Weights are whole numbers of the last decimal that the source keeps, and every sum is one of whole numbers; the published
value is rounded at the end. Definitions: E/CN.3/2021/11, Annex I and paragraphs 24 and 38-41.
"""

from sojourn.definitions.country import Country
from sojourn.definitions.period import Period, parse_period
from sojourn.definitions.source import Source
from sojourn.definitions.trips import Trips
from sojourn.errors import SojournError, problem
from sojourn.stages.trips.absent import not_produced
from sojourn.stages.trips.cells import cells
from sojourn.stages.trips.groups import issue_counts, trip_groups
from sojourn.stages.trips.setting import Setting
from sojourn.stages.trips.spread import trip_calendar, trip_lags, trip_spread

__all__ = ["tables"]


NEEDED = ("exit_year", "exit_month", "nights")


def check(country: Country, source: Source) -> None:
    lacking = [name for name in NEEDED if name not in source.columns] + ([] if source.weight else ["weight"])
    if lacking:
        raise SojournError(problem("trips.no_columns", country.path / "sources", source=source.id, columns=", ".join(lacking)))


def tables(
    country: Country, source: Source, definition: Trips, period: Period | None = None, stages: Source | None = None
) -> dict[str, str]:
    """SELECTs by output table, in the order in which they read each other; the first reads `accepted_<source>`,
    and that of `stages` where the stages of trips are known.

    `period` (default: the country file's) holds the months for which figures are asked; trips that end later, as long as
    they are in the source, bring nights of these months all the same. Grains: trip_groups, breakdown x
    category x month of exit x nights x later; trip_calendar, month; trip_spread, breakdown x category x month x month of exit;
    trip_lags, months from the night to the exit; cells_trips, as `cells`; not_produced_trips, indicator; issue_counts_trips, field x reason. Raises
    SojournError for a source without weight, month of exit or nights.
    """
    check(country, source)
    setting = Setting(source, period or parse_period(country.file.period), definition, stages)
    return {
        "trip_groups": trip_groups(setting),
        "trip_calendar": trip_calendar(setting),
        "trip_spread": trip_spread(setting),
        "trip_lags": trip_lags(),
        "cells_trips": cells(setting),
        "not_produced_trips": not_produced(setting),
        "issue_counts_trips": issue_counts(setting),
    }
