"""One person's history and the decisions taken on it: the vocabulary that drawn lives, the reference evaluator and the
kernels share. No rule stands here.
"""

from __future__ import annotations  # a field may have the name of its type

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

EventKind = Literal["arrival", "departure", "birth_in", "birth_abroad", "death", "enumeration", "exclusion"]
Status = Literal["resident", "temporary", "absent", "undetermined"]
Change = Literal["none", "immigration", "emigration", "undetermined"]
OpenedBy = Literal["begin", "birth", "arrival", "departure"]
ClosedBy = Literal["crossing", "death", "end_of_observation"]
MissingCrossing = Literal["midpoint", "earliest", "latest", "reject"]
Reason = Literal[
    "trivial_return", "reached", "not_reached", "window_open", "cut_by_death",
    "initial_evidence", "first_crossing", "birth", "unknown_before", "common_result",
]  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One dated record of a person. enumeration: resident on the date; exclusion: not resident on the date.

    `received` is the day the record reached the office; without it, the day of the event. `time` and `sequence` order
    the events of one day; `source` and `record` name the row it came from.
    """

    kind: EventKind
    date: date
    received: date | None = None
    time: time | None = None
    sequence: int | None = None
    record: str | None = None
    source: str | None = None

    @property
    def known_from(self) -> date:
        """The day from which the event can be used."""
        return max(self.date, self.received) if self.received else self.date


@dataclass(frozen=True)
class History:
    """A person's events and the observed nights [begin, end).

    Events dated on `end` are visible, those later are not. `mother` is the mother's status at a birth in the country
    (1 resident, 0 not) and the day from which it is known; None without a link or without a status.
    """

    events: tuple[Event, ...]
    begin: date
    end: date
    mother: tuple[int, date] | None = None


@dataclass(frozen=True)
class Decision:
    """One interval [start, end) of a life and what was decided at its opening.

    before, after: 1 resident, 0 not, None unknown. `decided_on` is the day on which the rule could decide had every
    record come in at once; `known_on` also waits for the records. `change` is dated `start`. The fields of a change mean
    nothing where the observation or a birth abroad opens the interval: nobody crossed a border.
    """

    start: date
    end: date
    inside: bool
    opened_by: OpenedBy
    imputed: bool
    before: int | None
    after: int | None
    status: Status
    decided_on: date | None
    known_on: date | None
    change: Change
    change_known_on: date | None
    reason: Reason
    closed_by: ClosedBy = "end_of_observation"


def status_of(after: int | None, inside: bool) -> Status:
    """The status word of an interval."""
    if after is None:
        return "undetermined"
    if after == 1:
        return "resident"
    return "temporary" if inside else "absent"


def decision_on(decisions: Sequence[Decision], day: date) -> Decision | None:
    """The decision in force on `day`; None outside the life.

    The last day of the data belongs to the last interval: its events are visible though its night is not observed.
    """
    for decision in reversed(decisions):
        last_day = decision.end == day and decision.closed_by == "end_of_observation"
        if decision.start <= day < decision.end or (last_day and decision.start <= day):
            return decision
    return None


def status_on(decisions: Sequence[Decision], day: date) -> Status | None:
    """The status on `day`; None outside the life."""
    decision = decision_on(decisions, day)
    return decision.status if decision else None
