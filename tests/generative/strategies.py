"""Lives drawn at random, many of them at the edge of a rule: equal dates, one-day stays, births, deaths, short windows."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from sojourn.definitions.history import Event, History
from sojourn.definitions.rules.residence import ResidenceRule
from tests.generative.judge import Numbers

FIRST = date(2003, 1, 1)
ORIGINS = ("unseen", "enumeration", "exclusion", "birth_in", "birth_abroad")

ANY = 10_000
"""Nights of absences without a limit."""
DAYS_3_OF_5 = Numbers("days", (3, 5), (3, 5))
DAYS_2_OF_3 = Numbers("days", (2, 3), (2, 3))
DAYS_6_OF_8 = Numbers("days", (6, 8), (6, 8))
DAYS_UNEQUAL = Numbers("days", (4, 5), (3, 6))
DAYS_4_IN_ONE_STAY = Numbers("days", (4, 4), (3, 3))
MONTHS_2_OF_3 = Numbers("months", (2, 3), (2, 3))
MONTHS_IN_ONE_STAY = Numbers("months", (2, 2), (1, 1))
DAYS_WITH_ABSENCES = Numbers("days", (7, 7), (6, 6), absences=(2, 3))
DAYS_WITH_SHORT_ABSENCES = Numbers("days", (6, 6), (5, 5), absences=(1, ANY))
MONTHS_WITH_ABSENCES = Numbers("months", (2, 2), (1, 1), absences=(ANY, 4))
SMALL = (DAYS_3_OF_5, DAYS_2_OF_3, DAYS_6_OF_8, DAYS_UNEQUAL, DAYS_4_IN_ONE_STAY, DAYS_WITH_ABSENCES, DAYS_WITH_SHORT_ABSENCES)
MONTHS = (MONTHS_2_OF_3, MONTHS_IN_ONE_STAY, MONTHS_WITH_ABSENCES)


def rule_of(numbers: Numbers) -> ResidenceRule:
    """The numbers as a residence rule: a continuous stay where the window is the stay itself."""
    sides = {"arrive": numbers.arrive, "leave": numbers.leave}
    continuous = all(needed == window for needed, window in sides.values())
    family = "continuous_stay" if continuous else "cumulative_presence"
    form = "{0} {2}" if continuous else "{0} {2} within {1} {2}"
    parameters: dict[str, object] = {side: form.format(*amounts, numbers.unit) for side, amounts in sides.items()}
    if numbers.absences:
        limits = zip(("each", "total"), numbers.absences)
        parameters["absences"] = {name: f"{nights} days" for name, nights in limits if nights != ANY}
    reference = {"title": "Drawn for a test", "paragraph": "1"}
    return ResidenceRule.model_validate(
        {
            "id": "drawn",
            "concept": "residents",
            "rule": {"first_decides": [family]},
            "values": {date(2000, 1, 1): {family: parameters, "reference": reference}},
        }
    )


def draw_life(random: Random, longest: int, most: int = 6, late: int = 0) -> History:
    """A complete, alternating life. longest: days of a long gap; most: crossings; late: days a record may take."""

    def gap() -> int:
        kind = random.random()
        if kind < 0.15:
            return 0
        return random.randint(1, 3) if kind < 0.5 else random.randint(1, longest)

    begin = day = FIRST + timedelta(days=random.randrange(800))
    origin = random.choice(ORIGINS)
    events, mother = [], None
    if origin != "unseen":
        day += timedelta(days=gap())
        events.append(Event(origin, day))
    if origin == "birth_in" and random.random() < 0.7:
        mother = (random.randrange(2), day + timedelta(days=random.choice((0, 0, 2, longest))))
    kinds = ["departure", "arrival"] if origin == "birth_in" or (origin != "birth_abroad" and random.random() < 0.5) else ["arrival", "departure"]
    for number in range(random.randint(1 if origin == "unseen" else 0, most)):
        day += timedelta(days=gap())
        events.append(Event(kinds[number % 2], day, sequence=number))
    if random.random() < 0.3:
        day += timedelta(days=gap())
        events.append(Event("death", day))
    length = (day - begin).days
    rest = random.randint(1, max(length, 1)) - length if random.random() < 0.2 else random.randint(0, 2 * longest)
    end = max(begin + timedelta(days=1), events[0].date, day + timedelta(days=rest))
    if late:
        events = [replace(each, received=each.date + timedelta(days=random.choice((0, random.randint(0, late))))) for each in events]
    return History(tuple(events), begin, end, mother)


def lives(longest: int, most: int = 6, late: int = 0) -> st.SearchStrategy[History]:
    """Lives as a strategy. One seed draws a whole life: choices made one by one crowd at the simplest lives, where a rule
    is seldom reached and two branches hardly ever meet."""
    return st.integers(0, 2**32 - 1).map(lambda seed: draw_life(Random(seed), longest, most, late))


def longest_of(numbers: Numbers) -> int:
    """A gap that overruns every window of the numbers."""
    widest = max(numbers.arrive[1], numbers.leave[1])
    return widest * (31 if numbers.unit == "months" else 1) + 3
