"""What the columns of an unknown file look like: which canonical column each could be, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.messages import say
from sojourn.run.profiling import words
from sojourn.run.profiling.column import DATED, MOST, Column

COUNTRY = ("country_of_birth", "citizenship", "former_citizenship", "residence", "destination")
INTEGER = ("age", "nights", "year_of_entry")
CODED = ("sex", "route", "event")
FEW = 20
"""Different values of a column with codes of the sex, the event or the route, mistakes included."""
KINDS = {**dict.fromkeys(INTEGER, ("whole",)), "time": ("time", "whole"), "weight": ("whole", "decimal")}
NEARLY_ALL = 0.99
NOT_RARE = 0.1
NEAR_HALF = (0.4, 0.6)
KEY_LENGTH = 6
KEY_SHARE = 0.3
EVENTS = ("death", "acquisition")
"""Roles of dates that are kinds of event too."""


@dataclass(frozen=True)
class Look:
    """A column in a role, with the reason in words. event: of a date, the one kind of event that it is the day of."""

    role: str
    column: Column
    reason: str
    event: str = ""


def looks(columns: Sequence[Column]) -> dict[str, Look]:
    """Role to the column that most likely has it: by name first, then by values. Each column has one role at most."""
    found = _by_name(columns)
    for role, choose in (("sex", _of_vocabulary), ("event", _of_vocabulary), ("identifier", _like_keys), ("record", _like_keys), ("date", _only_date)):
        free = [each for each in columns if each not in [look.column for look in found.values()]]
        chosen = choose(role, free) if role not in found and not (role == "date" and set(DATED[:2]) & set(found)) else None
        alone = role == "record" and "identifier" in found and found["identifier"].column.facts.unique
        found |= {role: chosen} if chosen and not alone else {}
    return _births(_keyed(found))


def _by_name(columns: Sequence[Column]) -> dict[str, Look]:
    ranked = []
    for place, each in enumerate(columns):
        best = next((match for match in each.matches if fits(match.role, each)), None)
        if best is not None:
            ranked.append((not best.exact, -best.length, place, best, each))
    found: dict[str, Look] = {}
    for _, _, _, match, each in sorted(ranked, key=lambda entry: entry[:3]):
        found.setdefault(match.role, Look(match.role, each, say("profile.by_name", language=match.language)))
    return _without(found, "hidden")


def fits(role: str, each: Column) -> bool:
    """Whether the values of a column can be what its name says."""
    if role in DATED:
        return each.dates is not None or each.kind == "empty"
    if role == "record":
        return each.facts.unique
    if role in CODED and each.facts.distinct > FEW:
        return False
    return each.kind in (*KINDS[role], "empty") if role in KINDS else each.dates is None or role == "hidden"


def _of_vocabulary(role: str, free: Sequence[Column]) -> Look | None:
    """A column of codes of one list and hardly others, none of two of them rare: direction and sex divide records evenly."""
    for each in free:
        counts = sorted((each.facts.values[value] for value in words.vocabulary(role, each.facts.values)), reverse=True)
        if counts and sum(counts) >= NEARLY_ALL * each.present and counts[1] >= NOT_RARE * each.present:
            return Look(role, each, say("profile.by_codes"))
    return None


def _like_keys(role: str, free: Sequence[Column]) -> Look | None:
    """A column of many different values in the form of numbers of documents. A person can have several records, a record not."""
    for each in sorted(free, key=lambda column: column.facts.unique):
        if role == "record" and not each.facts.unique:
            continue
        secret = any(match.role == "hidden" for match in each.matches[:1])
        alike = sum(n for shape, n in each.facts.shapes.items() if len(shape) >= KEY_LENGTH and "9" in shape and " " not in shape)
        if not secret and each.kind in ("text", "whole") and alike >= MOST * each.present > 0 and each.facts.distinct >= KEY_SHARE * each.present > 1:
            return Look(role, each, say("profile.like_keys"))
    return None


def _only_date(role: str, free: Sequence[Column]) -> Look | None:
    dated = [each for each in free if each.dates is not None]
    return Look(role, dated[0], say("profile.only_date")) if len(dated) == 1 else None


def _keyed(found: dict[str, Look]) -> dict[str, Look]:
    """A key of the record names the person where nothing else does; a date that tells the kind of event is the event's."""
    if "identifier" not in found and "record" in found:
        found = {**_without(found, "record"), "identifier": Look("identifier", found["record"].column, found["record"].reason)}
    named = [role for role in EVENTS if role in found]
    if named and "event" not in found:
        dated = found[named[0]]
        found = {**found, "date": Look("date", dated.column, dated.reason, named[0])}
    return _without(found, *EVENTS)


def _births(found: dict[str, Look]) -> dict[str, Look]:
    """A file that names the mother and has no other event tells of births: its one date is the day of birth."""
    dated = {"date", "birth_date"} & set(found)
    if "mother" not in found or "event" in found or len(dated) != 1:
        return found
    born = found[dated.pop()].column
    return {**_without(found, "birth_date"), "date": Look("date", born, say("profile.of_births"), "birth_in")}


def _without(found: dict[str, Look], *roles: str) -> dict[str, Look]:
    return {role: look for role, look in found.items() if role not in roles}


def country_like(each: Column) -> bool:
    """Whether most values are countries, numbers left aside."""
    return each.kind == "text" and max(each.countries.values()) >= MOST


def two_halves(each: Column) -> bool:
    """Whether a column has two values that occur about equally often, as sexes and directions do."""
    counts = list(each.shown.values())
    return len(counts) == 2 == each.facts.distinct and NEAR_HALF[0] <= counts[0] / sum(counts) <= NEAR_HALF[1]
