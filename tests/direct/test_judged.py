"""The direct door against plain Python on files drawn at random: every rule, policy, bound and form of a file."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from sojourn.run.direct import residence
from tests.direct.lives import FIRST, RULES, Drawn, draw, put, put_evidence, widest
from tests.direct.plain import LATE, Question, answers
from tests.direct.reading import by_person

POLICIES = ("reject", "midpoint", "earliest", "latest", "unknown")


def text_of(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


def judged(folder: Path, drawn: Drawn, rule: str, missing: str, suffix: str = ".csv", **bounds: int | None) -> None:
    """Run the door and compare every person's rows with the judge's."""
    events = put(folder / f"events{suffix}", drawn.rows)
    initial = put_evidence(folder / "initial.csv", drawn) if any(each.evidence for each in drawn.lives.values()) else None
    strict = bounds.pop("strict", None)
    out = folder / f"out{suffix}"
    options = {name: text_of(value) for name, value in bounds.items()}
    residence(events, rule, out, initial=initial, missing=missing, compatible="migstat" if strict else None, **options)
    days = [row[1] for row in drawn.rows]
    start, end = bounds.get("data_start") or min(days), bounds.get("data_end") or max(days) + 1
    question = Question(RULES[rule], start, end, missing, bounds.get("as_of") or LATE, bool(strict))
    wanted = {str(name): answers(life, question) or [] for name, life in drawn.lives.items()}
    got = by_person(out)
    for name, rows in wanted.items():
        assert got.get(name, []) == rows, (name, question)
    assert set(got) <= set(wanted)


@pytest.mark.parametrize(("rule", "missing"), list(product(RULES, POLICIES)))
def test_every_rule_and_policy(rule: str, missing: str, tmp_path: Path) -> None:
    longest = widest(RULES[rule])
    judged(tmp_path, draw(len(rule) + len(missing), longest, number=missing == "latest"), rule, missing)


@pytest.mark.parametrize(("rule", "missing"), list(product(RULES, POLICIES)))
def test_bounds_evidence_and_vintages(rule: str, missing: str, tmp_path: Path) -> None:
    longest = widest(RULES[rule])
    drawn = draw(len(rule) * len(missing), longest, evidence=True, number=missing == "midpoint")
    bounds = {"data_start": FIRST - longest // 2, "data_end": FIRST + 3 * longest}
    suffix = ".parquet" if missing in ("midpoint", "unknown") else ".csv"
    judged(tmp_path, drawn, rule, missing, suffix, **bounds)
    judged(tmp_path, drawn, rule, missing, suffix, **bounds, as_of=FIRST + 2 * longest)
    judged(tmp_path, drawn, rule, missing, suffix, **bounds, strict=1)
