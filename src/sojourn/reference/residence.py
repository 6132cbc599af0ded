"""The residence of one person, crossing by crossing, as the rule's prose says it.

Independent of the kernels on purpose: dates, lists and a walk through the nights. Sources: E/CN.3/2021/11, paragraphs
30-31 (one duration criterion for stocks and flows), and the outcomes-based measure of Stats NZ for the chain of statuses.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sojourn.definitions.history import Change, Decision, History, MissingCrossing, Reason, status_of, status_on
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.reference import continuous_stay, cumulative_presence
from sojourn.reference.history import Crossing, crossings
from sojourn.reference.observed import Finding, Observed

__all__ = ["Decision", "decide", "status_on"]

SETTLE = {"cumulative_presence": cumulative_presence.settle, "continuous_stay": continuous_stay.settle}
"""The reference form of each family."""
Branches = tuple[Finding, Finding]
"""The status after a crossing, for a person who was not a resident before it and for one who was."""


def decide(
    history: History, rule: ResidenceRule, missing_crossing: MissingCrossing = "midpoint"
) -> tuple[Decision, ...]:
    """The intervals of a life and what was decided at the opening of each, the beginning included.

    Raises Refused (a ValueError) where a counterpart is missing under the policy `reject`.
    """
    life = Observed(history, rule, crossings(history, missing_crossing))
    before = life.first_status()
    decisions = [] if life.born_inside else [opening(life, before)]
    for index, crossing in enumerate(life.moves):
        branches = branch(life, crossing, 0), branch(life, crossing, 1)
        after = status_after(before, branches)
        decisions.append(decision(life, index, before, after, change_at(before, branches)))
        before = after
    return tuple(decisions)


def branch(life: Observed, crossing: Crossing, before: int) -> Finding:
    """The status after a crossing, if `before` was the status before it."""
    if before == int(crossing.inward):
        reason: Reason = "birth" if crossing.birth else "trivial_return"
        return Finding(before, crossing.date, life.records_in(crossing.date), reason)
    nights = [inside is crossing.inward for inside in life.presence.nights_from(crossing.date)]
    side = "arrive" if crossing.inward else "leave"
    parameters = life.rule.parameters_on(crossing.date)
    settled = SETTLE[life.rule.family](nights, parameters, side, crossing.date)
    if settled:
        reached, passed = settled
        decided_on = crossing.date + timedelta(days=passed)
        value, reason = (int(crossing.inward), "reached") if reached else (before, "not_reached")
        return Finding(value, decided_on, life.records_in(decided_on), reason)
    if life.death:
        return Finding(before, life.death.date, life.records_in(life.death.date), "cut_by_death")
    return Finding(None, None, None, "window_open")


def status_after(before: Finding, branches: Branches) -> Finding:
    """The status after a crossing: by the status before it, or by what both possible ones have in common."""
    found = []
    followed = None if before.value is None else branches[before.value]
    if followed and followed.value is not None:
        found.append(together(followed.value, (before, followed), followed.reason))
    if branches[0].value is not None and branches[0].value == branches[1].value:
        found.append(together(branches[0].value, branches, "common_result"))
    open_reason: Reason = followed.reason if followed else "unknown_before"
    return min(found, key=lambda each: each.known_on, default=Finding(None, None, None, open_reason))


def change_at(before: Finding, branches: Branches) -> tuple[Change, date | None]:
    """The change at a crossing and the day from which it is known; `none` is also proved by both branches."""
    found: list[tuple[date, Change]] = []
    followed = None if before.value is None else branches[before.value]
    if followed and followed.value is not None:
        found.append((max(before.known_on, followed.known_on), change_between(before.value, followed.value)))
    if [each.value for each in branches] == [0, 1]:
        found.append((max(each.known_on for each in branches), "none"))
    known_on, change = min(found, default=(None, "undetermined"))
    return change, known_on


def opening(life: Observed, status: Finding) -> Decision:
    """The interval from the beginning to the first crossing."""
    return Decision(
        start=life.begin,
        end=life.moves[0].date if life.moves else life.end,
        inside=life.first_side,
        opened_by="birth" if life.birth else "begin",
        imputed=False,
        before=None,
        after=status.value,
        status=status_of(status.value, life.first_side),
        decided_on=status.decided_on,
        known_on=status.known_on,
        change="none",
        change_known_on=None,
        reason=status.reason,
        closed_by="crossing" if life.moves else life.closing(),
    )


def decision(
    life: Observed, index: int, before: Finding, after: Finding, change: tuple[Change, date | None]
) -> Decision:
    """The interval that a crossing opens."""
    crossing = life.moves[index]
    last = index + 1 == len(life.moves)
    return Decision(
        start=crossing.date,
        end=life.end if last else life.moves[index + 1].date,
        inside=crossing.inward,
        opened_by="birth" if crossing.birth else "arrival" if crossing.inward else "departure",
        imputed=crossing.imputed,
        before=before.value,
        after=after.value,
        status=status_of(after.value, crossing.inward),
        decided_on=after.decided_on,
        known_on=after.known_on,
        change=change[0],
        change_known_on=change[1],
        reason=after.reason,
        closed_by=life.closing() if last else "crossing",
    )


def together(value: int, parts: Sequence[Finding], reason: Reason) -> Finding:
    """A status that rests on several findings: decided and known when the last of them is."""
    return Finding(value, max(part.decided_on for part in parts), max(part.known_on for part in parts), reason)


def change_between(before: int, after: int) -> Change:
    """The change of residence from one status to the next."""
    return {(0, 1): "immigration", (1, 0): "emigration"}.get((before, after), "none")
