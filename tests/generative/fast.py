"""The kernels behind the signature of the reference: one history in, decisions out."""

from datetime import date, timedelta

import numpy as np

from sojourn.concepts.codes import CHANGES, CLOSED_BY, NEVER, OPENED_BY, POLICIES, REASONS, UNKNOWN
from sojourn.concepts.evidence import EVENT_CODE
from sojourn.definitions.history import Decision, Event, History, MissingCrossing, status_of
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.stages.presence.kernel import spells_of
from sojourn.stages.residence.kernel import decisions_of
from sojourn.tables.layouts import EVENT

EPOCH = date(1970, 1, 1)


def number(day: date) -> int:
    return (day - EPOCH).days


def day_of(value: int) -> date | None:
    return None if value in (NEVER, -1) else EPOCH + timedelta(days=int(value))


def evaluate(history: History, rule: ResidenceRule, missing_crossing: MissingCrossing = "midpoint") -> tuple[Decision, ...]:
    """The fast form of `reference.residence.decide`."""
    spells, _ = spells_of(rows(history), number(history.begin), number(history.end), POLICIES.index(missing_crossing))
    if history.mother:
        with_mother(spells, history.mother)
    decisions = decisions_of(spells, rule, number(history.begin))
    return tuple(decision(spell, made) for spell, made in zip(spells, decisions, strict=True))


def rows(history: History, person: int = 1) -> np.ndarray:
    """The observed events as the ingest of a country hands them over: distinct, and sorted."""
    seen = [each for each in dict.fromkeys(history.events) if history.begin <= each.date <= history.end]
    made = [row(place, event, person) for place, event in enumerate(seen)]
    return np.array(sorted(made, key=lambda each: (each[0], each[3], each[1], each[6], each[5], each[2])), EVENT)


def row(place: int, event: Event, person: int) -> tuple[int, ...]:
    minute = event.time.hour * 60 + event.time.minute if event.time else 1440
    sequence = event.sequence if event.sequence is not None else 999_999
    moment = minute * 1_000_000 + sequence
    return (person, moment, place, number(event.date), number(event.known_from), 0, EVENT_CODE[event.kind])


def with_mother(spells: np.ndarray, mother: tuple[int, date]) -> None:
    """Give a child born in the country the status of its mother."""
    born = (spells["opened"] == OPENED_BY.index("birth")) & (spells["inside"] == 1)
    spells["initial"][born] = mother[0]
    spells["initial_day"][born] = spells["initial_known"][born] = number(mother[1])


def decision(spell: np.void, made: np.void) -> Decision:
    after = status(made["after"])
    return Decision(
        start=day_of(spell["start"]),
        end=day_of(spell["end"]),
        inside=bool(spell["inside"]),
        opened_by=OPENED_BY[spell["opened"]],
        imputed=bool(spell["imputed"]),
        before=status(made["before"]),
        after=after,
        status=status_of(after, bool(spell["inside"])),
        decided_on=day_of(made["decided_on"]),
        known_on=day_of(made["known_on"]),
        change=CHANGES[made["change"]],
        change_known_on=day_of(made["change_known_on"]),
        reason=REASONS[made["reason"]],
        closed_by=CLOSED_BY[spell["closed"]],
    )


def status(value: int) -> int | None:
    return None if value == UNKNOWN else int(value)
