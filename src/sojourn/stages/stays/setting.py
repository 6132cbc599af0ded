"""What every query of the stage needs to know: the source, the cohort's period, the numbers in force."""

from dataclasses import dataclass
from datetime import date

from sojourn.definitions.period import Period
from sojourn.definitions.source import Source
from sojourn.definitions.temporary_mobility import MobilityValue, TemporaryMobility


@dataclass(frozen=True)
class Setting:
    """`types`: class of admission to type. `end`: the day after the last on which a departure would be seen."""

    source: Source
    period: Period
    types: dict[str, str]
    definition: TemporaryMobility

    @property
    def value(self) -> MobilityValue:
        return self.definition.value_on(self.period.start)

    @property
    def end(self) -> date:
        return self.source.covers.end

    @property
    def horizon(self) -> int:
        """Nights that the cohort's first possible arrival can have been seen for."""
        return (self.end - self.period.start).days

    def column(self, name: str) -> str:
        """A canonical column, or unknown where the source does not have it."""
        return f"coalesce(CAST({name} AS VARCHAR), 'unknown')" if name in self.source.columns else "'unknown'"

    def dated(self, name: str) -> str:
        """A date column, or no date where the source does not have it."""
        return name if name in self.source.columns else "CAST(NULL AS DATE)"


def day(moment: date) -> str:
    """A date as an SQL literal."""
    return f"DATE '{moment.isoformat()}'"
