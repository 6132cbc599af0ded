"""The time a survey's figures refer to: the months of its interviews, not the period that a run asks for."""

from datetime import timedelta

from sojourn.definitions.source import Source


def label(source: Source) -> str:
    """The interviews' period as a label: `2011` for a calendar year, else first and last month."""
    begin, last = source.covers.begin, source.covers.end - timedelta(days=1)
    if (begin.month, begin.day, last.month, last.day, last.year) == (1, 1, 12, 31, begin.year):
        return f"{begin:%Y}"
    return f"{begin:%Y-%m}..{last:%Y-%m}"


def last_full_year(source: Source) -> int:
    """The last calendar year that was over for every respondent, whenever the interview."""
    return source.covers.begin.year - 1
