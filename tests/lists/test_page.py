"""The how-to page: its table, its definition and its examples hold."""

import re
from datetime import date
from pathlib import Path

import pytest

from sojourn.definitions.concordance import Concordance
from sojourn.definitions.concordance_table import read_table, table_warnings
from sojourn.definitions.yaml import load
from sojourn.lists.countries import names
from tests.lists.test_borders import oracle_now, oracle_then

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "code-lists.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WORDS = {"native": "native-born", "foreign": "foreign-born", "unknown": "undetermined"}
EXAMPLES = re.findall(r"^\| (\d{4}(?:-\d\d-\d\d)?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
CALLED = {name: code for code, name in names().items()} | {"Russia": "RUS"}


def test_the_definition_and_its_table(tmp_path):
    for name, text in zip(("table.csv", "birth.yaml"), (text for _, text in BLOCKS[:2]), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load(tmp_path / "birth.yaml").build(Concordance).borders == "now"
    meanings = read_table(tmp_path / "table.csv")
    assert [each.place for each in meanings] == ["LVA", "SUN", "RUS", "YUG", "SCG", "unknown", "XXA"]
    assert table_warnings(tmp_path / "table.csv", meanings) == []


@pytest.mark.parametrize(("born", "place", "resident", "now", "then"), EXAMPLES)
def test_an_example(born, place, resident, now, then):
    day = date.fromisoformat(born if len(born) > 4 else f"{born}-05-01")
    assert WORDS[oracle_now(CALLED[resident], CALLED[place], day)[1]] == now
    assert WORDS[oracle_then(CALLED[resident], CALLED[place], day)[1]] == then


def test_the_page_has_examples():
    assert len(EXAMPLES) == 7
