"""Which columns of a statistical package are dates or date-times, and their values as Arrow arrays.

The packages keep a date as a number from an origin of their own and tell it from other numbers by its display format:
SPSS in seconds from 1582-10-14; Stata in days or milliseconds, SAS in days or seconds, both from 1960-01-01.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

SECONDS_TO_1582 = -12_219_379_200
DAYS_TO_1960 = -3_653
_SECONDS = 86_400
_FARTHEST = 2_932_896
"""Days from 1970-01-01 to 9999-12-31."""


@dataclass(frozen=True)
class Clock:
    """How a package keeps time: formats, units in a second (date-time) or a day (date), and days of its origin from 1970.

    `date_unit`: units of a date in a day; `moment_unit`: units of a date-time in a second.
    """

    dates: re.Pattern
    moments: re.Pattern
    date_unit: int
    moment_unit: int
    origin: int

    def kind(self, form: str | None) -> str:
        """date, moment or number, by the display format of a numeric column."""
        if self.dates.match(form or ""):
            return "date"
        return "moment" if self.moments.match(form or "") else "number"


def _named(names: Sequence[str]) -> re.Pattern:
    """Formats of these names, of any width."""
    return re.compile(rf"({'|'.join(names)})[0-9.]*$", re.IGNORECASE)


_1582 = SECONDS_TO_1582 // _SECONDS
_SAS_DATES = r"""
    DATE DDMMYY[BCDNPS]? MMDDYY[BCDNPS]? YYMMDD[BCDNPS]? MMYY[CDNPS]? YYMM[CDNPS]? YYQ[CDNPS]? MONYY YYMON
    JULIAN PDJULI PDJULG WEEKDATE WEEKDATX WORDDATE WORDDATX [BE]8601DA IS8601DA NLDATE
""".split()
_SAS_MOMENTS = "DATETIME DATEAMPM MDYAMPM DTDATE DTMONYY [BE]8601D[TN] IS8601D[TN] NLDATM".split()
CLOCKS = {
    "spss": Clock(_named("[AEJS]?DATE MOYR QYR WKYR".split()), _named(["DATETIME", "YMDHMS"]), _SECONDS, 1, _1582),
    "stata": Clock(re.compile(r"%-?t?d"), re.compile(r"%-?t[cC]"), 1, 1_000, DAYS_TO_1960),
    "sas": Clock(_named(_SAS_DATES), _named(_SAS_MOMENTS), 1, 1, DAYS_TO_1960),
}


def too_far(values: np.ndarray, kind: str, clock: Clock) -> bool:
    """Whether a value lies beyond the year 9999 or as far before 1970: a code among the dates."""
    days = values / (clock.date_unit if kind == "date" else clock.moment_unit * _SECONDS) + clock.origin
    return bool(np.any(np.abs(days) > _FARTHEST))


def dates(values: np.ndarray, clock: Clock) -> pa.Array:
    """Numbers of a date column (nan where missing) as date32."""
    missing = np.isnan(values)
    days = np.floor(np.where(missing, 0, values) / clock.date_unit).astype(np.int64) + clock.origin
    return pa.array(days.astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())


def moments(values: np.ndarray, clock: Clock) -> pa.Array:
    """Numbers of a date-time column (nan where missing) as timestamp[us], without a time zone.

    Rounded to a millisecond: a double of seconds from 1582 is no finer.
    """
    missing = np.isnan(values)
    thousandths = np.rint(np.where(missing, 0, values) * (1_000 / clock.moment_unit)).astype(np.int64)
    return pa.array(thousandths * 1_000 + clock.origin * _SECONDS * 1_000_000, pa.int64(), mask=missing).cast(pa.timestamp("us"))
