"""Date patterns: when a date is so frequent that it is hardly the day on which something happened.

Offices and machines write 1 January or 1900 for what nobody knew. Such days are not errors of a record; they are seen in the
share of the records alone.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from sojourn.definitions.dated import Reference
from sojourn.definitions.model import Model
from sojourn.messages import say

ZERO_DAYS = (
    date(1, 1, 1), date(1753, 1, 1), date(1800, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1901, 1, 1),
    date(1904, 1, 1), date(1911, 11, 11), date(1970, 1, 1), date(2099, 12, 31), date(2999, 12, 31), date(9999, 12, 31),
)  # fmt: skip
"""Days from which programs count, or that stand at an end of what they can hold, and days quickly typed.

1899-12-30 and 1904-01-01: spreadsheets; 1753-01-01: the first day of an old type of SQL; 1970-01-01: Unix.
"""


class DatePatterns(Model):
    """A share is unusual where all three hold: `records` or more of it, more than `excess` times the share expected, and more
    than `deviations` standard deviations of a binomial count above it. Any date after the coverage is unusual.

    The share expected of a day of the year is that of days alike: 400 years have 146,097. `excess`: births and crossings
    have seasons and feasts, within a factor of two. `heaping`: in its place for birth years that end in 0 or 5, of which a
    fifth is expected; it is Whipple's index over 100, whose classes in use at the United Nations call 125 and more rough.
    `deviations`: five are passed by chance once in three million. `days`: looked at one by one, against days alike in their year.
    """

    id: str = "date-patterns"
    kind: Literal["date patterns"] = "date patterns"
    excess: float = Field(default=2, gt=1)
    heaping: float = Field(default=1.25, gt=1)
    deviations: float = Field(default=5, gt=0)
    records: int = Field(default=20, ge=1)
    days: tuple[date, ...] = ZERO_DAYS
    reference: Reference | None = None

    def prose(self) -> str:
        """Methodology text, in paragraphs of markdown."""
        listed = ", ".join(each.isoformat() for each in self.days)
        limits = {"excess": self.excess, "heaping": self.heaping, "deviations": self.deviations, "records": self.records}
        return say("dates.prose_patterns", **limits, days=listed, reference=self.reference or "")
