"""The notation of lives, and the order of the crossings of one day."""

from datetime import date, time

import pytest

from sojourn.definitions.case import Case
from sojourn.definitions.history import Event, History
from sojourn.definitions.life import parse_life
from sojourn.definitions.yaml import Refused
from sojourn.reference.history import crossings

DAY = date(2010, 1, 1)
BEGIN, END = date(2000, 1, 1), date(2020, 1, 1)


def drawn(text: str) -> list[tuple[str, str]]:
    """Kind and date of the events that the words draw."""
    return [(event.kind, str(event.date)) for event in parse_life(text).history.events]


def directions(*events: Event) -> str:
    """The crossings in order: i for in, o for out, in capitals where imputed."""
    letters = [("i" if each.inward else "o", each.imputed) for each in crossings(History(events, BEGIN, END))]
    return "".join(letter.upper() if imputed else letter for letter, imputed in letters)


def test_parts_draw_events() -> None:
    assert drawn("born abroad on 2000-01-01; in 2008-01-10 to 2008-06-01; out 2009-01-01") == [
        ("birth_abroad", "2000-01-01"),
        ("arrival", "2008-01-10"),
        ("departure", "2008-06-01"),
        ("departure", "2009-01-01"),
    ]
    assert drawn("resident on 2010-01-01; departure 2010-02-01; died 2010-03-01") == [
        ("enumeration", "2010-01-01"),
        ("departure", "2010-02-01"),
        ("death", "2010-03-01"),
    ]


def test_observation_reaches_ten_years_beyond_the_dates() -> None:
    history = parse_life("born abroad; in 2008-02-29").history
    assert (history.begin, history.end) == (date(1998, 2, 28), date(2018, 2, 28))
    assert history.events[0] == Event("exclusion", history.begin)


def test_observation_can_be_drawn() -> None:
    history = parse_life("observed from 2009-01-01; in 2010-01-01; observed until 2010-06-01").history
    assert (history.begin, history.end) == (date(2009, 1, 1), date(2010, 6, 1))


@pytest.mark.parametrize(
    ("words", "mother"),
    [(" to a resident mother", (1, DAY)), (" to a temporary mother", (0, DAY)), (" to a mother of unknown status", None), ("", None)],
)
def test_the_mother_of_a_birth(words: str, mother: tuple | None) -> None:
    assert parse_life(f"born in the country on 2010-01-01{words}").history.mother == mother


def test_a_part_may_say_when_it_was_received() -> None:
    events = parse_life("arrival 2010-01-01 received 2010-03-01; died 2011-01-01 received 2011-02-01").history.events
    assert [event.received for event in events] == [date(2010, 3, 1), date(2011, 2, 1)]


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("born abroad; inside 2010-01-01", "rules.life_part", "inside 2010-01-01"),
        ("in 2010-01-01 until 2010-02-01", "rules.life_part", "in 2010-01-01 until 2010-02-01"),
        ("in 2010-02-30", "rules.life_date", "in 2010-02-30"),
        ("in 2010-02-01 to 2010-01-01", "rules.life_order", "in 2010-02-01 to 2010-01-01"),
        ("born abroad", "rules.life_without_dates", "born abroad"),
        ("in 2010-02-01; observed until 1990-01-01", "rules.life_observation", "observed until"),
    ],
)
def test_a_bad_part_names_itself(text: str, code: str, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_life(text)
    assert refusal.value.problem.code == code
    assert named in str(refusal.value.problem)


@pytest.mark.parametrize("line", ["resident 2010-01-01", "migrant on 2010-01-01", "known on 2010-01-01", "resident on 2010-13-01"])
def test_a_bad_expectation_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        Case(name="bad", life="in 2010-01-01", expect=(line,))


def test_known_from_needs_something_that_is_known() -> None:
    with pytest.raises(ValueError, match="known_of_nothing"):
        Case(name="bad", life="in 2010-01-01", expect=("known from 2010-01-01",))


def test_time_comes_before_sequence_before_turn() -> None:
    timed = (Event("departure", DAY, time=time(8)), Event("arrival", DAY, time=time(9)))
    assert directions(*reversed(timed)) == "oi"
    numbered = (Event("departure", DAY, sequence=1), Event("arrival", DAY, sequence=2))
    assert directions(*reversed(numbered)) == "oi"
    assert directions(Event("departure", DAY), Event("arrival", DAY)) == "io"


def test_an_event_without_a_time_comes_last() -> None:
    assert directions(Event("arrival", DAY), Event("departure", DAY, time=time(23))) == "oi"


def test_the_turn_starts_where_the_person_is() -> None:
    before = Event("arrival", date(2009, 1, 1))
    assert directions(before, Event("arrival", DAY), Event("departure", DAY)) == "ioi"


def test_equal_rows_are_one_crossing_and_others_miss_a_counterpart() -> None:
    arrival = Event("arrival", DAY, record="1")
    assert directions(arrival, arrival) == "i"
    assert directions(arrival, Event("arrival", DAY, record="2")) == "iOi"


def test_births_put_a_person_on_a_side() -> None:
    assert directions(Event("birth_in", DAY), Event("arrival", date(2011, 1, 1))) == "iOi"
    assert directions(Event("birth_abroad", DAY), Event("departure", date(2011, 1, 1))) == "Io"


def test_events_outside_the_observation_or_after_death_are_not_seen() -> None:
    outside = Event("arrival", date(1999, 12, 31)), Event("departure", date(2020, 1, 2))
    late = Event("departure", date(2016, 1, 1))
    assert directions(*outside, Event("arrival", DAY), Event("death", date(2015, 1, 1)), late) == "i"
