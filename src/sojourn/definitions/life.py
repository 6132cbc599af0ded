"""Lives drawn in words, for the cases of a rule file (`definitions/case.py`).

    born abroad; in 2008-01-10 to 2008-06-01; in 2008-08-01 to 2009-04-20; observed until 2012-12-31

Parts, separated by semicolons, in any order:

    born abroad [on DATE]                    without a date: known not to be resident from the beginning
    born in the country on DATE [to a resident mother | to a temporary mother | to a mother of unknown status]
    resident on DATE, not resident on DATE   evidence from outside
    in DATE [to DATE], out DATE [to DATE]    a stay or an absence; its two crossings keep their order inside a day
    arrival DATE, departure DATE             one crossing as delivered, without an order inside the day
    died DATE
    observed from DATE, observed until DATE  nights [from, until); default ten years before and after the dates drawn

A part with one date may end in `received DATE`, the day on which the record came in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sojourn.definitions.duration import add_months
from sojourn.definitions.history import Event, History
from sojourn.definitions.yaml import Refused

TEN_YEARS = 120
DAY = r"(\d{4}-\d{2}-\d{2})"
RECEIVED = rf"(?:\s+received\s+{DAY})?"
MOTHERS = {"resident": 1, "temporary": 0}
SINGLE = {
    "arrival": "arrival",
    "departure": "departure",
    "died": "death",
    "born abroad on": "birth_abroad",
    "resident on": "enumeration",
    "not resident on": "exclusion",
}


@dataclass(frozen=True)
class Life:
    """A drawn life: the words and the history they draw."""

    text: str
    history: History


@dataclass
class Sketch:
    """What the parts read so far have drawn."""

    events: list[Event]
    begin: date | None = None
    end: date | None = None
    mother: tuple[int, date] | None = None
    abroad: bool = False

    def add(self, kind: str, day: date, received: date | None = None, ordered: bool = False) -> None:
        sequence = len(self.events) + 1 if ordered else None
        self.events.append(Event(kind, day, received, sequence=sequence))

    def history(self, text: str) -> History:
        days = [event.date for event in self.events] or [day for day in (self.begin, self.end) if day]
        if not days:
            raise Refused("rules.life_without_dates", life=text)
        begin = self.begin or add_months(min(days), -TEN_YEARS)
        end = self.end or add_months(max(days), TEN_YEARS)
        if begin >= end:
            raise Refused("rules.life_observation", life=text)
        evidence = [Event("exclusion", begin)] if self.abroad else []
        return History(tuple(evidence + self.events), begin, end, self.mother)


def parse_life(text: str) -> Life:
    """The life that the words draw. Raises Refused, naming the part, for words that are not of the notation."""
    sketch = Sketch([])
    for part in filter(None, (part.strip() for part in text.split(";"))):
        if not any(read(sketch, part) for read in READERS):
            raise Refused("rules.life_part", part=part)
    return Life(text, sketch.history(text))


def day_of(text: str, part: str) -> date:
    """A calendar day; the 31st of February is refused with the part that has it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("rules.life_date", part=part, date=text) from None


def read_single(sketch: Sketch, part: str) -> bool:
    """Parts of one date: a crossing as delivered, a death, a birth abroad, evidence."""
    match = re.fullmatch(rf"([a-z\s]+?)\s+{DAY}{RECEIVED}", part)
    kind = SINGLE.get(" ".join(match.group(1).split())) if match else None
    if kind is None:
        return False
    received = day_of(match.group(3), part) if match.group(3) else None
    sketch.add(kind, day_of(match.group(2), part), received)
    return True


def read_stay(sketch: Sketch, part: str) -> bool:
    """`in` and `out`, open or closed."""
    match = re.fullmatch(rf"(in|out)\s+{DAY}(?:\s+to\s+{DAY})?", part)
    if match is None:
        return False
    opens, closes = ("arrival", "departure") if match.group(1) == "in" else ("departure", "arrival")
    start = day_of(match.group(2), part)
    end = day_of(match.group(3), part) if match.group(3) else None
    if end and end < start:
        raise Refused("rules.life_order", part=part)
    sketch.add(opens, start, ordered=True)
    if end:
        sketch.add(closes, end, ordered=True)
    return True


def read_birth_in(sketch: Sketch, part: str) -> bool:
    """A birth in the country, with or without what is known of the mother."""
    mother = r"(?:\s+to\s+a\s+(?:(resident|temporary)\s+mother|mother\s+of\s+unknown\s+status))?"
    match = re.fullmatch(rf"born\s+in\s+the\s+country\s+on\s+{DAY}{mother}{RECEIVED}", part)
    if match is None:
        return False
    day = day_of(match.group(1), part)
    sketch.add("birth_in", day, day_of(match.group(3), part) if match.group(3) else None)
    if match.group(2):
        sketch.mother = (MOTHERS[match.group(2)], day)
    return True


def read_frame(sketch: Sketch, part: str) -> bool:
    """`born abroad` without a date, and the nights observed."""
    if re.fullmatch(r"born\s+abroad", part):
        sketch.abroad = True
        return True
    match = re.fullmatch(rf"observed\s+(from|until)\s+{DAY}", part)
    if match is None:
        return False
    setattr(sketch, "begin" if match.group(1) == "from" else "end", day_of(match.group(2), part))
    return True


READERS: tuple[Callable[[Sketch, str], bool], ...] = (read_stay, read_single, read_birth_in, read_frame)
