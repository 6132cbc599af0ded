"""What every query of the stage needs to know: the source, the period, the numbers in force, the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sojourn.definitions.duration import add_months
from sojourn.definitions.period import Period
from sojourn.definitions.source import Source
from sojourn.definitions.trips import Trips, TripValue
from sojourn.engine.portable import literal


def number(day: date) -> int:
    """Calendar months counted from the year 0: consecutive months are consecutive numbers."""
    return day.year * 12 + day.month - 1


def months(begin: date, end: date) -> Iterator[date]:
    """The first days of the calendar months of [begin, end)."""
    first = begin.replace(day=1)
    return (add_months(first, each) for each in range(number(end - timedelta(days=1)) - number(first) + 1))


@dataclass(frozen=True)
class Setting:
    """`stages`: the source of the stages of the trips, where there is one."""

    source: Source
    period: Period
    definition: Trips
    stages: Source | None = None

    @property
    def value(self) -> TripValue:
        return self.definition.value_on(self.period.start)

    @property
    def scale(self) -> int:
        """By how much weights are multiplied to be whole numbers."""
        return 10**self.source.weight_decimals

    @property
    def reach(self) -> int:
        """How many calendar months before its exit the first night of a temporary stay can lie."""
        return self.value.residence.nights // 28 + 1

    @property
    def covered(self) -> str:
        """The months of the source as a label."""
        return f"{self.source.covers.begin:%Y-%m}..{self.source.covers.end - timedelta(days=1):%Y-%m}"

    def calendar(self) -> str:
        """SQL of the months in which trips of the source can end or have nights: number, label, first day, days."""
        covers = self.source.covers
        listed = months(add_months(covers.begin.replace(day=1), -self.reach), covers.end)
        rows = ", ".join(
            f"({number(each)}, {literal(f'{each:%Y-%m}')}, {each.toordinal()}, {(add_months(each, 1) - each).days})" for each in listed
        )
        return f"SELECT * FROM (VALUES {rows}) AS listed(month, label, first, days)"

    def periods(self) -> dict[str, list[date]]:
        """The periods asked for, by label: each month, each calendar year that lies in the period, and the period itself."""
        start, end = self.period.start, self.period.end
        found = {f"{each:%Y-%m}": [each] for each in months(start, end)}
        for year in range(start.year, end.year + 1):
            if start <= date(year, 1, 1) and date(year + 1, 1, 1) <= end:
                found[str(year)] = list(months(date(year, 1, 1), date(year + 1, 1, 1)))
        return found | {self.period.label: list(months(start, end))}

    def partial_years(self) -> dict[str, list[date]]:
        """The calendar years of which only a part lies in the period, and of which the source does not cover the rest."""
        years = {str(each.year): each.year for each in months(self.period.start, self.period.end)}
        whole = {label: list(months(date(year, 1, 1), date(year + 1, 1, 1))) for label, year in years.items()}
        return {label: listed for label, listed in whole.items() if label not in self.periods() and not self._covers(listed)}

    def _covers(self, listed: list[date]) -> bool:
        covers = self.source.covers
        return covers.begin <= listed[0] and add_months(listed[-1], 1) <= covers.end

    def column(self, name: str) -> str:
        """A canonical column, or unknown where the source does not have it."""
        return f"coalesce({name}, 'unknown')" if name in self.source.columns else "'unknown'"


def listed(periods: dict[str, list[date]]) -> str:
    """SQL of periods and their months: period, month (its number), needed (how many months the period has)."""
    rows = ", ".join(
        f"({literal(label)}, {number(each)}, {len(held)})" for label, held in periods.items() for each in held
    )
    return f"SELECT * FROM (VALUES {rows}) AS listed(period, month, needed)"
