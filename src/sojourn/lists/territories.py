"""Which state held the territory of a present country, and when.

A generalised history since the states concerned were founded: whole countries, by the dates on which independence was
declared or the state ended. It takes no position on the status of any territory. Colonies, occupations and moved borders
are not in it; a country whose records need them says so in its concordance, code by code and date by date.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sojourn.lists import rows
from sojourn.lists.countries import former, successors


@dataclass(frozen=True)
class Holding:
    """`state` held the whole or a part of the territory of `country` over [begin, end)."""

    country: str
    state: str
    begin: date
    end: date
    whole: bool

    def on(self, day: date | None) -> bool:
        """Whether it held on a day; a day that is not known may be any."""
        return day is None or self.begin <= day < self.end


@dataclass(frozen=True)
class Fate:
    """What became of a state's territory of [begin, end): the present countries that it may be in."""

    state: str
    begin: date
    end: date
    countries: tuple[str, ...]


@cache
def holdings() -> tuple[Holding, ...]:
    """Every holding, in order of country and date."""
    return tuple(
        Holding(row["country"], row["state"], date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"]), row["extent"] == "whole")
        for row in rows("territories")
    )


@cache
def states() -> tuple[str, ...]:
    """States that held the territory of what is another country now, in order of code. Some exist still, with less territory."""
    return tuple(sorted({each.state for each in holdings()}))


def lifetime(state: str) -> tuple[date, date]:
    """First and last day (not included) on which the state held what is another country now."""
    held = [each for each in holdings() if each.state == state]
    return min(each.begin for each in held), max(each.end for each in held)


def candidates(state: str, day: date | None) -> tuple[str, ...]:
    """Present countries in which a birthplace in `state` on `day` may lie.

    A former state on a day on which it no longer was: as if the day were not known. Old codes outlive their states.
    """
    held = {each.country for each in holdings() if each.state == state and each.on(day)}
    if state not in former():
        return tuple(sorted(held | {state}))
    return tuple(sorted(held)) or (candidates(state, None) if state in states() else successors(state))


@cache
def fates() -> tuple[Fate, ...]:
    """The history of every state of `states`, cut at the days on which what it held changed."""
    found = []
    for state in states():
        days = sorted({day for each in holdings() if each.state == state for day in (each.begin, each.end)})
        found += [Fate(state, begin, end, candidates(state, begin)) for begin, end in zip(days, days[1:], strict=False)]
    return tuple(found)


def renamed(code: str) -> str:
    """The code in use for a country whose code alone was replaced (Burma, Zaire); any other code unchanged."""
    followed = successors(code) if code in former() and code not in states() else ()
    return followed[0] if len(followed) == 1 else code
