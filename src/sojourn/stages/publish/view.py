"""One report as sections see it: cells that may be shown, and counts of the other tables under the same threshold."""

from dataclasses import dataclass
from functools import cached_property

from sojourn.definitions.period import Period, parse_period
from sojourn.stages.publish.cells import Cells, shown, small
from sojourn.stages.publish.report import ReportInput, Row
from sojourn.stages.publish.wording import HIDDEN, number


@dataclass(frozen=True)
class View:
    """A report input with its threshold applied."""

    report: ReportInput

    @cached_property
    def cells(self) -> Cells:
        return Cells(shown(self.rows("cells"), self.report.threshold))

    @cached_property
    def period(self) -> Period:
        return parse_period(self.report.period)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, none where the run did not make it."""
        return list(self.report.tables.get(table) or ())

    def visible(self, count: float | None) -> float | None:
        """A count that may be drawn, None where it is missing or too small."""
        return None if small(count, self.report.threshold) else count

    def count(self, count: float | None) -> str:
        """A count as text, or the sign that stands for it."""
        return HIDDEN if small(count, self.report.threshold) else number(count)

    def main(self, indicator: str) -> Cells:
        """The cells of an indicator under its main definition: the one without a variant name, else the first."""
        cells = self.cells.where(indicator=indicator)
        variants = cells.values("variant")
        return cells.where(variant="" if "" in variants or not variants else variants[0])
