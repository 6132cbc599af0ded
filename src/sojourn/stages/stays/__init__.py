"""Temporary mobility from admissions: records that hold the arrival and the departure of one stay.

Everything is counted once, into a cube of some hundred thousand rows, and derived from it: the records are read for the
cube alone. Definitions: E/CN.3/2021/11, Annex I and paragraphs 38-41.
"""

from sojourn.definitions.country import Country
from sojourn.definitions.period import Period, parse_period
from sojourn.definitions.source import Source
from sojourn.definitions.temporary_mobility import TemporaryMobility, read_types
from sojourn.stages.stays.admissions import stay_cube, stays
from sojourn.stages.stays.cells import cells
from sojourn.stages.stays.curves import presence, stay_curves, stay_means, survival
from sojourn.stages.stays.groups import stay_groups
from sojourn.stages.stays.issues import issue_counts
from sojourn.stages.stays.setting import Setting

__all__ = ["tables"]


def tables(country: Country, source: Source, definition: TemporaryMobility, period: Period | None = None) -> dict[str, str]:
    """SELECTs by output table, in the order in which they read each other; the first reads `accepted_<source>`.

    `period` (default: the country file's) holds the arrivals that make the cohort. Grains: stays, one admission of the
    cohort; stays_cube, every combination of codes and nights; stay_groups, breakdown x category x codes x nights;
    stay_curves, breakdown x category x day; stay_means, breakdown x category; survival and presence, group x day;
    issue_counts_stays, field x reason; cells_stays, as `cells`. Raises SojournError for a table of types that cannot be used.
    """
    setting = Setting(
        source=source,
        period=period or parse_period(country.file.period),
        types=read_types(country.path, definition),
        definition=definition,
    )
    return {
        "stays": stays(setting),
        "stays_cube": stay_cube(setting),
        "stay_groups": stay_groups(),
        "stay_curves": stay_curves(setting),
        "stay_means": stay_means(),
        "survival": survival(),
        "presence": presence(setting),
        "issue_counts_stays": issue_counts(setting),
        "cells_stays": cells(setting),
    }
