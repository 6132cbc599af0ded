"""The residence of one person, crossing by crossing, as the rule's prose says it.

Independent of the kernels on purpose: dates, lists and a walk through the nights. Sources: E/CN.3/2021/11, paragraphs
30-31 (one duration criterion for stocks and flows), and the outcomes-based measure of Stats NZ for the chain of statuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sojourn.definitions.history import Change, Decision, History, MissingCrossing, Reason, status_of, status_on
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.yaml import Refused
from sojourn.reference import continuous_stay, cumulative_presence
from sojourn.reference.history import Crossing, Event, Presence, birth_of, crossings, death_of, visible

__all__ = ["Decision", "decide", "status_on"]

SETTLE = {"cumulative_presence": cumulative_presence.settle, "continuous_stay": continuous_stay.settle}
"""The reference form of each family."""


@dataclass(frozen=True)
class Finding:
    """A status found (1, 0) or not (None), when the rule could find it, and from when the records allow it."""

    value: int | None
    decided_on: date | None
    known_on: date | None
    reason: Reason


def decide(
    history: History, rule: ResidenceRule, missing_crossing: MissingCrossing = "midpoint"
) -> tuple[Decision, ...]:
    """The intervals of a life and what was decided at the opening of each, the beginning included.

    Raises Refused (a ValueError) where a counterpart is missing under the policy `reject`, and where neither a
    crossing nor a birth nor evidence tells on which side the person is.
    """
    life = Life(history, rule, crossings(history, missing_crossing))
    decisions = []
    status = life.first_status()
    if not life.born_inside:
        decisions.append(life.opening(status))
    for index, crossing in enumerate(life.moves):
        decisions.append(life.decision(index, crossing, status))
        status = life.after(crossing, status)
    return tuple(decisions)


class Life:
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
        """The latest evidence from outside that is dated no later than the first crossing."""
        until = self.moves[0].date if self.moves else self.end
        outside = [each for each in self.events if each.kind in ("enumeration", "exclusion") and each.date <= until]
        return max(outside, key=lambda each: each.date, default=None)

    def side_before_first_crossing(self) -> bool:
        """In the country or not: the opposite of where the first crossing leads, else what birth or evidence says."""
        if self.moves:
            return not self.moves[0].inward
        if self.birth is None and self.evidence is None:
            raise Refused("rules.location_unknown")
        return self.birth is None and self.evidence.kind == "enumeration"

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

    def branch(self, crossing: Crossing, before: int) -> Finding:
        """The status after a crossing, if `before` was the status before it."""
        if before == int(crossing.inward):
            reason: Reason = "birth" if crossing.birth else "trivial_return"
            return Finding(before, crossing.date, self.records_in(crossing.date), reason)
        nights = [inside is crossing.inward for inside in self.presence.nights_from(crossing.date)]
        side = "arrive" if crossing.inward else "leave"
        parameters = self.rule.parameters_on(crossing.date)
        settled = SETTLE[self.rule.family](nights, parameters, side, crossing.date)
        if settled:
            reached, passed = settled
            decided_on = crossing.date + timedelta(days=passed)
            value, reason = (int(crossing.inward), "reached") if reached else (before, "not_reached")
            return Finding(value, decided_on, self.records_in(decided_on), reason)
        if self.death:
            return Finding(before, self.death.date, self.records_in(self.death.date), "cut_by_death")
        return Finding(None, None, None, "window_open")

    def branches(self, crossing: Crossing) -> tuple[Finding, Finding]:
        """The status after, for a person who was not a resident before and for one who was."""
        return self.branch(crossing, 0), self.branch(crossing, 1)

    def after(self, crossing: Crossing, before: Finding) -> Finding:
        """The status after a crossing: by the status before it, or by what both possible ones have in common."""
        branches = self.branches(crossing)
        found = []
        if before.value is not None and branches[before.value].value is not None:
            followed = branches[before.value]
            found.append(together(followed.value, (before, followed), followed.reason))
        if branches[0].value is not None and branches[0].value == branches[1].value:
            found.append(together(branches[0].value, branches, "common_result"))
        open_reason: Reason = "unknown_before" if before.value is None else branches[before.value].reason
        return min(found, key=lambda each: each.known_on, default=Finding(None, None, None, open_reason))

    def change(self, crossing: Crossing, before: Finding) -> tuple[Change, date | None]:
        """The change at a crossing and the day from which it is known; `none` is also proved by both branches."""
        branches = self.branches(crossing)
        found: list[tuple[date, Change]] = []
        if before.value is not None and branches[before.value].value is not None:
            followed = branches[before.value]
            found.append((max(before.known_on, followed.known_on), change_between(before.value, followed.value)))
        if [each.value for each in branches] == [0, 1]:
            found.append((max(each.known_on for each in branches), "none"))
        known_on, change = min(found, default=(None, "undetermined"))
        return change, known_on

    def opening(self, status: Finding) -> Decision:
        """The interval from the beginning to the first crossing."""
        return Decision(
            start=self.begin,
            end=self.moves[0].date if self.moves else self.end,
            inside=self.first_side,
            opened_by="birth" if self.birth else "begin",
            imputed=False,
            before=None,
            after=status.value,
            status=status_of(status.value, self.first_side),
            decided_on=status.decided_on,
            known_on=status.known_on,
            change="none",
            change_known_on=None,
            reason=status.reason,
            closed_by="crossing" if self.moves else self.closing(),
        )

    def decision(self, index: int, crossing: Crossing, before: Finding) -> Decision:
        """The interval that a crossing opens."""
        last = index + 1 == len(self.moves)
        after = self.after(crossing, before)
        change, change_known_on = self.change(crossing, before)
        return Decision(
            start=crossing.date,
            end=self.end if last else self.moves[index + 1].date,
            inside=crossing.inward,
            opened_by="birth" if crossing.birth else "arrival" if crossing.inward else "departure",
            imputed=crossing.imputed,
            before=before.value,
            after=after.value,
            status=status_of(after.value, crossing.inward),
            decided_on=after.decided_on,
            known_on=after.known_on,
            change=change,
            change_known_on=change_known_on,
            reason=after.reason,
            closed_by=self.closing() if last else "crossing",
        )

    def closing(self) -> str:
        """What ends the last interval."""
        return "death" if self.death else "end_of_observation"


def together(value: int, parts: Sequence[Finding], reason: Reason) -> Finding:
    """A status that rests on several findings: decided and known when the last of them is."""
    return Finding(value, max(part.decided_on for part in parts), max(part.known_on for part in parts), reason)


def change_between(before: int, after: int) -> Change:
    """The change of residence from one status to the next."""
    return {(0, 1): "immigration", (1, 0): "emigration"}.get((before, after), "none")
