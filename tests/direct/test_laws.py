"""Laws of the direct door: what is known on a day is what the data cut at that day tell; and the reference agrees."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from sojourn.definitions.history import Event, History
from sojourn.definitions.rules.text import rule_of
from sojourn.reference.residence import decide
from sojourn.run.direct import residence
from tests.direct.lives import FIRST, RULES, draw, put, widest
from tests.direct.reading import by_person


@pytest.mark.parametrize("rule", RULES)
def test_a_vintage_is_what_data_cut_at_its_day_tell(rule: str, tmp_path: Path) -> None:
    """Every row and decision, on complete histories. Nights are those of all data in one, of the cut data in the other."""
    longest = widest(RULES[rule])
    drawn = draw(11, longest, persons=400, complete=True)
    events, start, end = put(tmp_path / "events.csv", drawn.rows), date.fromordinal(FIRST - 1), date.fromordinal(FIRST + 12 * longest)
    for days in range(longest, 5 * longest, max(longest // 3, 1)):
        cut = FIRST + days
        earlier = put(tmp_path / "cut.csv", [row for row in drawn.rows if row[1] < cut])
        residence(events, rule, tmp_path / "then.csv", data_start=start, data_end=end, as_of=date.fromordinal(cut))
        residence(earlier, rule, tmp_path / "now.csv", data_start=start, data_end=date.fromordinal(cut))
        then, now = (by_person(tmp_path / name) for name in ("then.csv", "now.csv"))
        assert decisions(then) == decisions(now)


def decisions(rows: dict[str, list[tuple]]) -> dict[str, list[tuple]]:
    return {name: [row[:6] for row in each] for name, each in rows.items()}


@pytest.mark.parametrize("missing", ["midpoint", "earliest", "latest"])
@pytest.mark.parametrize("rule", RULES)
def test_the_reference_gives_the_same_statuses(rule: str, missing: str, tmp_path: Path) -> None:
    """Day for day and status for status; a change that only the nights in between exclude is beyond the reference."""
    drawn = draw(23, widest(RULES[rule]))
    begin, end = date.fromordinal(FIRST - 1), date.fromordinal(max(row[1] for row in drawn.rows) + 1)
    residence(put(tmp_path / "events.csv", drawn.rows), rule, tmp_path / "out.csv", missing=missing, data_start=begin, data_end=end)
    got = by_person(tmp_path / "out.csv")
    for name, life in drawn.lives.items():
        events = tuple(event(row) for row in life.rows)
        made = [each for each in decide(History(events, begin, end), rule_of(rule), missing) if each.opened_by != "begin" and not each.imputed]
        assert [row[:4] for row in got[name]] == [(each.start.toordinal(), int(each.inside), each.before, each.after) for each in made]
        assert [row[5] for row in got[name]] == [each.known_on and each.known_on.toordinal() for each in made]
        for row, each in zip(got[name], made, strict=True):
            assert row[4] == each.change or (row[4], each.change) == ("none", "undetermined")


def event(row: tuple) -> Event:
    day, inward, moment, sequence = row
    clock = time.fromisoformat(moment) if moment else None
    return Event("arrival" if inward else "departure", date.fromordinal(day), time=clock, sequence=None if sequence == "" else sequence)


def test_observing_longer_determines_and_never_alters(tmp_path: Path) -> None:
    """Statuses and changes, proofs of no change among them, at every end of the data."""
    for rule in RULES:
        longest = widest(RULES[rule])
        drawn = draw(31, min(longest, 12), persons=200, complete=True)
        events, known = put(tmp_path / "events.csv", drawn.rows), {}
        last = max(row[1] for row in drawn.rows)
        for end in range(FIRST + 3, last + 2 * longest, max(1, (last - FIRST + 2 * longest) // 12)):
            residence(events, rule, tmp_path / "out.csv", data_start=date.fromordinal(FIRST) - timedelta(days=longest), data_end=date.fromordinal(end))
            for name, rows in by_person(tmp_path / "out.csv").items():
                for place, row in enumerate(rows):
                    for what, value in (("after", row[3]), ("change", None if row[4] == "undetermined" else row[4])):
                        before = known.get((name, place, what))
                        assert before is None or value == before, (rule, name, place, what)
                        known[name, place, what] = value
