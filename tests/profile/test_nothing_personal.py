"""No value that fewer than five records share, and no key, leaves a profile by the terminal or by a file."""

import csv
import io
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.run.profiling.shown import LEAST
from tests.profile.outputs import profiled, said

KEYS = ["key", "passport", "numéro de passeport", "person_id", "mother", "رقم الجواز", "surname", "dirección postal"]
OTHERS = ["alpha", "beta", "nationality", "sex", "date", "birth_date", "visa", "age", "direction"]
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def word(chance: Random) -> str:
    """A word that stands in no sentence, name or number of a profile."""
    return "".join(chance.choice(LETTERS) for _ in range(7))


FORMS = {
    "words": word,
    "documents": lambda chance: f"{word(chance)[:2]}{chance.randrange(10**6, 10**7)}",
    "numbers": lambda chance: str(chance.randrange(10**8, 10**9)),
    "days": lambda chance: f"{chance.randrange(1931, 1999)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
}


@st.composite
def files(draw) -> tuple[list[str], list[list[str]]]:
    """Heads and records; in a column the values are few and frequent, or many and rare, or both."""
    chance = Random(draw(st.integers(0, 10**6)))
    heads = draw(st.lists(st.sampled_from([*KEYS, *OTHERS]), min_size=2, max_size=5, unique=True))
    size = draw(st.integers(1, 120))
    columns = []
    for _ in heads:
        make, few = FORMS[draw(st.sampled_from(sorted(FORMS)))], draw(st.integers(1, 60))
        values = [make(chance) for _ in range(few)]
        common = values[: draw(st.integers(1, 3))]
        columns.append([chance.choice(common if chance.random() < 0.8 else values) for _ in range(size)])
    return heads, [list(row) for row in zip(*columns, strict=True)]


def content(heads: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode()


@settings(max_examples=80, deadline=None)
@given(files())
def test_rare_values_and_keys_are_in_no_output(made):
    heads, rows = made
    with TemporaryDirectory() as folder:
        text = said(profiled(Path(folder), content(heads, rows)))
    for place, head in enumerate(heads):
        counts = Counter(row[place] for row in rows)
        secret = counts if head in KEYS else {value for value, n in counts.items() if n < LEAST}
        assert [value for value in secret if value in text] == []


def test_a_frequent_code_is_shown_and_a_rare_one_counted():
    rows = [["QQQ"]] * 40 + [["RRR"]] * 5 + [["SSS"]] * 4
    with TemporaryDirectory() as folder:
        text = said(profiled(Path(folder), content(["status", "n"], [[code, "1"] for (code,) in rows])))
    assert "QQQ 40, RRR 5; 1 rarer" in text and "SSS" not in text


@pytest.mark.parametrize("rows", [[["Anna", "1990"]] * 9, [["L77123", "x"]] * 60])
def test_names_and_keys_that_repeat_are_not_shown(rows):
    head = ["vorname" if rows[0][0] == "Anna" else "col", "other"]
    with TemporaryDirectory() as folder:
        text = said(profiled(Path(folder), content(head, rows)))
    assert rows[0][0] not in text
