"""What is observed of one person, and what that tells about the status before the first crossing."""

from dataclasses import dataclass
from datetime import date, timedelta

from sojourn.definitions.history import ClosedBy, History, Reason
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.reference.history import Crossing, Event, Presence, birth_of, death_of, visible


def evidence_rank(event: Event) -> tuple[date, bool]:
    return event.date, event.kind == "enumeration"


@dataclass(frozen=True)
class Finding:
    """A status found (1, 0) or not (None), when the rule could find it, and from when the records allow it."""

    value: int | None
    decided_on: date | None
    known_on: date | None
    reason: Reason


class Observed:
    """What is observed of one person, and the rule under which it is read."""

    def __init__(self, history: History, rule: ResidenceRule, moves: list[Crossing]) -> None:
        self.rule, self.mother, self.moves = rule, history.mother, moves
        self.events = visible(history)
        self.birth, self.death = birth_of(self.events), death_of(self.events)
        self.begin = self.birth.date if self.birth else history.begin
        self.end = self.death.date if self.death else history.end
        self.born_inside = self.birth is not None and self.birth.kind == "birth_in"
        self.evidence = self.last_evidence()
        self.first_side = self.side_before_first_crossing()
        self.presence = Presence(self.begin, self.end, self.first_side, moves)

    def last_evidence(self) -> Event | None:
        """The latest evidence from outside that is dated no later than the first crossing.

        On one day, being on a list counts for more than missing from another; of equals, the first reported.
        """
        until = self.moves[0].date if self.moves else self.end
        outside = [each for each in self.events if each.kind in ("enumeration", "exclusion") and each.date <= until]
        return max(outside, key=evidence_rank, default=None)

    def side_before_first_crossing(self) -> bool:
        """In the country or not: the opposite of where the first crossing leads, else what birth or evidence says.

        Of whom nothing but a death or a change of citizenship is known, the place is taken to be the country; the status
        stays undetermined.
        """
        if self.moves:
            return not self.moves[0].inward
        return self.birth is None and (self.evidence is None or self.evidence.kind == "enumeration")

    def first_status(self) -> Finding:
        """The status before the first crossing."""
        if self.born_inside:
            value, known_on = self.mother or (None, None)
            return Finding(value, known_on, known_on, "birth")
        if self.birth:
            return Finding(0, self.birth.date, self.birth.known_from, "birth")
        if self.evidence:
            value = 1 if self.evidence.kind == "enumeration" else 0
            return Finding(value, self.evidence.date, self.evidence.known_from, "initial_evidence")
        return self.shown_by_first_crossing()

    def shown_by_first_crossing(self) -> Finding:
        """A first crossing after a long enough observation shows on which side the person had been living."""
        if not self.moves:
            return Finding(None, None, None, "unknown_before")
        first = self.moves[0]
        side = "leave" if first.inward else "arrive"
        needed = self.rule.parameters_on(first.date).needed(side).nights_from(self.begin)
        if self.begin + timedelta(days=needed) > first.date:
            return Finding(None, None, None, "unknown_before")
        return Finding(int(not first.inward), first.date, self.records_in(first.date), "first_crossing")

    def records_in(self, day: date) -> date:
        """The day from which everything that happened up to `day` is known.

        Evidence on the first status and a birth abroad are not among it: they tell the status, which has its own day.
        """
        received = [each.received for each in self.moves if each.date <= day]
        if self.death and self.death.date <= day:
            received.append(self.death.known_from)
        return max([day, *received])

    def closing(self) -> ClosedBy:
        """What ends the last interval."""
        return "death" if self.death else "end_of_observation"
