"""Statuses crossed: what is hidden cannot be found by subtraction, and agreement rests on what is shown."""

import pytest

from sojourn.stages.publish.agreement import HIDDEN, crossed, shown_rows

R, T, A = "resident", "temporary", "absent"


def row(ours, theirs, persons, our_reason="reached", their_reason="x"):
    return {
        "system": "s", "day": 0, "our_status": ours, "our_reason": our_reason, "their_status": theirs, "their_reason": their_reason,
        "persons": persons,
    }  # fmt: skip


def test_agreement_and_kappa_by_hand():
    """Cohen's kappa of 20 and 15 agreements, 5 and 10 differences: 0.7 observed, 0.5 by chance."""
    found = crossed([row(R, R, 20), row(R, A, 5), row(A, R, 10), row(A, A, 15), row(None, R, 7), row(A, None, 9)], 1)
    assert (found.both, found.same, found.ours_only, found.theirs_only, found.hidden) == (50, 35, 9, 7, 0)
    assert found.rate == (0.7, 0.7)
    assert found.kappa == pytest.approx(0.4)


def test_one_status_for_all_has_no_kappa():
    assert crossed([row(R, R, 20)], 1).kappa is None
    assert crossed([row(None, R, 20)], 1).kappa is None
    assert crossed([row(None, R, 20)], 1).rate == (None, None)


def test_a_small_count_is_hidden_and_the_agreement_bounded():
    found = crossed([row(R, R, 96), row(R, A, 3)], 5)
    assert found.cells == {(R, R): 96, (R, A): HIDDEN}
    assert (found.both, found.same, found.hidden) == (96, 96, 1)
    low, high = found.rate
    assert (low, high) == (96 / 100, 96 / 97)
    assert low <= 96 / 99 <= high


def test_agreeing_persons_may_be_hidden_too():
    low, high = crossed([row(R, R, 2), row(R, A, 50)], 5).rate
    assert low <= 2 / 52 <= high and low < high


def counts(rows):
    return sorted((each["persons"] for each in rows), key=str)


def test_reasons_of_a_hidden_count_are_hidden():
    assert counts(crossed([row(R, A, 3)], 5).rows) == [None]


@pytest.mark.parametrize(
    ("persons", "shown"),
    [
        ([50, 40], [40, 50]),
        ([50, 3], [None, None]),
        ([50, 3, 4], [50, None, None]),
        ([50, 2, 2], [None, None, None]),
        ([50, 60, 2, 2], [60, None, None, None]),
    ],
)
def test_no_reason_follows_from_the_others(persons, shown):
    found = crossed([row(R, A, each, their_reason=str(place)) for place, each in enumerate(persons)], 5)
    assert found.cells == {(R, A): sum(persons)}
    assert counts(found.rows) == sorted(shown, key=str)


def test_differences_come_first_and_nothing_is_lost():
    rows = [row(R, R, 90), row(R, A, 10), row(A, R, 20)]
    assert [each["persons"] for each in crossed(rows, 5).rows] == [20, 10, 90]
    assert [str(each["day"]) for each in shown_rows(rows, 5)] == ["1970-01-01"] * 3
