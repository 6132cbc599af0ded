"""Reference periods, half open: a year, a month, or months from .. to."""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from sojourn.errors import SojournError, problem

_FORM = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:\.\.(\d{4})-(\d{2}))?$")


@dataclass(frozen=True)
class Period:
    """Days [start, end). `label` is what the user wrote."""

    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)


def parse_period(text: str) -> Period:
    """`2016`, `2016-04` or `2022-07..2025-06` (both months inside). Raises SojournError for anything else."""
    match = _FORM.match(str(text).strip())
    if match is None:
        raise SojournError(problem("definitions.period_form", text=text))
    year, month, last_year, last_month = (int(part) if part else None for part in match.groups())
    start_month = month or 1
    end_year, end_month = (last_year, last_month) if last_year else (year, month or 12)
    if not (MINYEAR <= year and end_year < MAXYEAR and 1 <= start_month <= 12 and 1 <= end_month <= 12) or (last_year and not month):
        raise SojournError(problem("definitions.period_form", text=text))
    start = date(year, start_month, 1)
    end = date(end_year + end_month // 12, end_month % 12 + 1, 1)
    if start >= end:
        raise SojournError(problem("definitions.period_order", text=text))
    return Period(str(text), start, end)
