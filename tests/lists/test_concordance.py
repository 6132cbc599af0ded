"""The table of a concordance: what it may say, and what is refused with its line."""

from datetime import date

import pytest

from sojourn.definitions.concordance import Concordance
from sojourn.definitions.concordance_table import dated_codes, read_table, table_warnings, without_date
from sojourn.errors import SojournError
from tests.lists.land import TABLE

HEAD = "code,target,valid_from,valid_until,successor\n"


def table(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_table(tmp_path):
    meanings = read_table(table(tmp_path, TABLE))
    assert {each.code: each.place for each in meanings if each.code != "YU"} == {
        "SU": "SUN", "CS": "CSK", "SD": "SDN", "SS": "SSD", "DE": "DEU", "DD": "DDR", "LV": "LVA", "RU": "RUS", "RIGA": "LVA", "SUR": "RUS",
    }  # fmt: skip
    assert dated_codes(meanings) == ["YU"] and "YU" not in without_date(meanings)
    assert [each.place for each in meanings if each.code == "YU"] == ["YUG", "SCG"]
    assert table_warnings(tmp_path, meanings) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("X,LAT,,,", "concordance.unknown_target"),
        ("X,SUN,1992-01-01,,", "concordance.target_not_then"),
        ("X,SCG,,2003-01-01,", "concordance.target_not_then"),
        ("X,SUN,,1991-12-26,POL", "concordance.no_successor"),
        ("X,DEU,,,LVA", "concordance.no_successor"),
        ("X,LVA,yesterday,,", "concordance.no_date"),
        ("X,LVA,1991-02-30,,", "concordance.no_date"),
        ("X,LVA,1992-01-01,1991-01-01,", "concordance.row"),
        (",LVA,,,", "concordance.row"),
        ("X,,,,", "concordance.row"),
        ("A,EST,,,", "concordance.overlap"),
    ],
)
def test_a_row_that_cannot_hold_is_named_with_its_line(tmp_path, row, code):
    path = table(tmp_path, HEAD + "A,LVA,,,\n" + row + "\n")
    with pytest.raises(SojournError) as error:
        read_table(path)
    assert [(each.code, each.file, each.line) for each in error.value.problems] == [(code, path, 3)]


def test_every_problem_of_a_table_at_once(tmp_path):
    with pytest.raises(SojournError) as error:
        read_table(table(tmp_path, HEAD + "A,LAT,,,\nB,,,,\nC,EST,soon,,\n"))
    assert [each.line for each in error.value.problems] == [3, 4, 2]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("A,SUN,,,\n", "concordance.target_outlived"),
        ("A,YUG,,2003-02-04,\nA,SRB,2006-06-03,,\n", "concordance.gap"),
    ],
)
def test_what_is_doubtful_is_a_warning(tmp_path, rows, code):
    path = table(tmp_path, HEAD + rows)
    assert [(each.code, each.warning) for each in table_warnings(path, read_table(path))] == [(code, True)]


@pytest.mark.parametrize(("text", "code"), [(None, "concordance.no_table"), ("code,to\nA,LVA\n", "concordance.no_column"), ("", "concordance.no_column")])
def test_a_table_that_is_none(tmp_path, text, code):
    path = tmp_path / "absent.csv" if text is None else table(tmp_path, text)
    with pytest.raises(SojournError) as error:
        read_table(path)
    assert {each.code for each in error.value.problems} == {code}


def test_documents_and_renamed_countries(tmp_path):
    meanings = read_table(table(tmp_path, "code,target\nS,XXA\nR,XXB\nL,UNO\nN,unknown\nB,BUR\nK,XKX\n"))
    assert [each.place for each in meanings] == ["XXA", "XXB", "unknown", "unknown", "MMR", "XKX"]
    assert all((each.begin, each.end) == (date(1, 1, 1), date(9999, 12, 31)) for each in meanings)


@pytest.mark.parametrize("borders", ["then", "now"])
def test_prose_states_the_rule_and_whose_it_is(borders):
    made = Concordance(id="b", kind="concordance", file="codes/b.csv", matching=("codes", "names"), rule={"borders": borders})
    text = made.prose()
    assert "codes/b.csv" in text and ("205/2014" in text) == (borders == "now") and ("reconstruction" in text) == (borders == "then")
