"""The report and its CSV files: what is shown, what is not, what every page says about itself."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sojourn.stages.publish import publish
from sojourn.stages.publish.cells import Cells, shown
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.page import SECTIONS, page
from sojourn.stages.publish.view import View
from sojourn.stages.publish.wording import HIDDEN, category, moment, number
from tests.unit.sample_report import cell, sample

STAMP = "INTERNAL, NOT PROTECTED"
VOID = {"meta", "br", "link"}


def rendered(**changes):
    return page(View(sample(**changes)))


def only(*tables, **changes):
    """A sample that keeps some of its tables."""
    kept = {name: rows for name, rows in sample().tables.items() if name in tables}
    return rendered(tables=kept, methodology=(), sources=(), run_id="", definition_hashes={}, versions={}, **changes)


def cells_page(*rows, **changes):
    return rendered(tables={"cells": list(rows)}, methodology=(), sources=(), **changes)


class Tags(HTMLParser):
    """Checks that tags close in order, and collects ids, names that refer to ids, and addresses."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.named, self.links, self.loaded = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.named += given.get("aria-labelledby", "").split()
        self.links += [given["href"]] if "href" in given else []
        self.loaded += [value for key, value in given.items() if key in ("src", "srcset", "xlink:href", "data")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_page_is_well_formed_and_needs_nothing_else():
    text = rendered()
    tags = Tags(text)
    assert tags.open == [] and tags.loaded == [] and "<script" not in text and "@import" not in text and "url(" not in text
    assert len(tags.ids) == len(set(tags.ids))
    assert set(tags.named) <= set(tags.ids)
    assert {link[1:] for link in tags.links if link.startswith("#")} <= set(tags.ids)


def test_page_and_files_are_stamped(tmp_path):
    paths = publish(sample(), tmp_path)
    assert paths[0].name == "report.INTERNAL-NOT-PROTECTED.html"
    assert all(".INTERNAL-NOT-PROTECTED." in path.name for path in paths) and all(path.exists() for path in paths)
    text = paths[0].read_text(encoding="utf-8")
    assert re.search(f"<title>{STAMP}", text) and text.count(STAMP) >= 4


def test_the_same_input_gives_the_same_page():
    assert rendered() == rendered()


@pytest.mark.parametrize("threshold", [5, 10_000])
def test_no_small_count_is_on_the_page(threshold):
    """Values with digits of their own, so that a leak can be seen: 4,321 stands for a count under a high threshold."""
    hidden, seen = cell("MI 1.3", "events", "2016", "sex", "female", 4321.0, 4321, "events"), 987_654
    text = cells_page(hidden, cell("MI 1.3", "events", "2016", "sex", "male", float(seen), seen, "events"), threshold=threshold)
    assert ("4,321" in text) == (threshold == 5)
    assert "987,654" in text


def test_no_small_count_is_in_a_csv(tmp_path):
    rows = [cell("MI 1.1", "stock", "2016-12-31", "total", "total", 4321.0, 3), cell("RP", "stock", "2016-12-31", "total", "total", 9.0, 9)]
    written = publish(sample(tables={"cells": rows}), tmp_path)
    assert all("4321" not in path.read_text(encoding="utf-8") for path in written)
    with (tmp_path / "mi_1_1.INTERNAL-NOT-PROTECTED.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["value"], row["records"], row["flag"], row["notice"]) == ("", "", "not_shown", STAMP)


def test_small_counts_of_the_other_tables_are_not_shown():
    changed = {
        "issue_counts": [dict(source="s", field="f", reason="r", action="flagged", records=4321)],
        "balance": [dict(source="s", read=98_765_432, used=98_761_111, superseded=0, rejected=4321, repaired=0, flagged=0)],
        "open_cases": [dict(indicator="MI 1.3", period="2016", decided=98_765_432, undetermined=4321)],
        "account": [dict(period="2016", subpopulation="native_born_national", component=each, value=4321) for each in ("births", "deaths")],
        "survival": [dict(grp="all", day=day, at_risk=98_765_432, departed=4321, censored=0, surviving=0.9) for day in (0, 1)],
        "presence": [dict(grp="all", day=day, present=98_765_432, undetermined=4321) for day in (0, 1)],
    }
    text = rendered(tables=changed, threshold=10_000)
    assert "98,765,432" in text and "4,321" not in text and "4321" not in text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([cell("RP", "stock", "p", "total", "total", 4.0, 4)], [True]),
        ([cell("RP", "stock", "p", "total", "total", 5.0, 5)], [False]),
        ([cell("RP", "stock", "p", "total", "total", 0.0, 0)], [False]),
        ([cell("RP", "stock", "p", "total", "total", 4.0, None)], [True]),
        ([cell("RP", "stock", "p", "total", "total", 900.0, 4, error=80.0)], [True]),
        ([cell("RP", "stock", "p", "total", "total", 4.0, 50, error=1.0)], [False]),
        ([cell("TM", "mean_stay", "p", "total", "total", 88.0, 4, "nights")], [True]),
        ([cell("TM", "mean_stay", "p", "total", "total", 3.0, 40, "nights")], [False]),
        ([cell("RP", "stock", "p", "total", "total", 900.0, 900, flag="suppressed")], [True]),
        ([cell("MI 1.3", "events", "p", "sex", "male", 3.0, 3), cell("MI 1.3", "rate", "p", "sex", "male", 7.5, None, "percent")], [True, True]),
        ([cell("MI 1.3", "events", "p", "sex", "male", 3.0, 3), cell("MI 1.3", "rate", "p", "sex", "female", 7.5, None, "percent")], [True, False]),
    ],
)
def test_what_is_hidden(rows, expected):
    result = shown(rows, 5)
    assert [each.hidden for each in result] == expected
    assert all((each.value, each.records, each.standard_error, each.lower) == (None,) * 4 for each in result if each.hidden)


def test_lives_are_printed_for_drawn_countries_alone():
    assert 'id="lives"' in rendered(drawn=True)
    other = rendered(drawn=False)
    assert 'id="lives"' not in other and "immigration: 12 months reached" not in other


def test_sections_without_data_are_left_out():
    text = only("balance")
    assert 'id="quality"' in text
    assert not any(f'id="{each}"' in text for each in ("headline", "population", "flows", "account", "stays", "lives", "absent", "method"))
    assert "subtraction" in text


def test_an_empty_run_still_says_what_it_is():
    assert STAMP in only()


def test_every_section_stands_in_the_contents():
    text = rendered()
    titles = re.findall(r'<h2 id="(\w+)-title">', text)
    assert len(titles) == len(SECTIONS)
    assert all(f'href="#{each}"' in text for each in titles)


def test_only_the_four_codes_bear_the_united_nations_mark():
    cards = re.findall(r'<p class="code"><b>([^<]+)</b><span[^>]*>[^<]*· ([^<]+)</span>', rendered())
    assert {code: mark for code, mark in cards} == {
        "RP": "own title", "DA": "own title", "MI 1.1": "UN code and subject", "MI 1.2": "UN code and subject", "MI 1.3": "UN code and subject",
        "MI 1.4": "UN code and subject", "TM": "reconstruction", "TP": "own title", "OV": "own title",
    }  # fmt: skip


def test_structural_zero_is_a_sign_and_missing_is_not_zero():
    text = cells_page(
        cell("RP", "stock", "2016", "subpopulation", "native_born_national", 70.0, 70),
        cell("RP", "stock", "2016", "subpopulation", "native_born_foreign", 0.0, 0, flag="structural_zero"),
        cell("RP", "stock", "2015", "subpopulation", "native_born_national", None, None),
    )
    rows = re.findall(r'<th scope="row">([^<]+)</th>\s*<td class="[^"]*">([^<]*).*?</td>\s*<td class="[^"]*">([^<]*)', text, re.S)
    assert ("Native-born nationals", "…", "70") in rows and ("Native-born foreigners", "…", "–") in rows


def test_flags_of_a_whole_table_are_said_once_beside_its_title():
    rows = [cell("OV", "share", "2016", "route", each, 2.5, 900, "percent", flag="experimental") for each in ("air", "sea")]
    text = cells_page(*rows)
    assert text.count('class="flag f-experimental"') == 1


def test_text_from_definitions_cannot_become_markup():
    text = rendered(country_name="<b>x</b>", methodology=[("<i>", "<script>alert(1)</script> **strong** & `a<b`")], notes=["<img>"])
    assert "<script>" not in text and "<b>x</b>" not in text and "<img>" not in text
    assert "<strong>strong</strong> &amp; <code>a&lt;b</code>" in text


def test_reasons_written_as_text_are_printed_as_they_are():
    text = only("not_produced") + rendered(tables={"not_produced": [dict(indicator="MI 1.4", reason="Nobody asks leavers.", unlock="A register, kept.")]})
    assert "Nobody asks leavers." in text and "A register, kept." in text
    assert "border crossings of identified persons, in and out and civil registration" in text


def test_threshold_of_one_hides_nothing():
    text = cells_page(cell("MI 1.2", "events", "2016", "total", "total", 1.0, 1, "events"), threshold=1)
    assert "<data>1</data>" in text and f"<dt>{HIDDEN}</dt>" not in text


def test_markdown():
    assert html("# Title\ntext *here*") == "<h4>Title</h4><p>text <em>here</em></p>"
    assert html("before:\n- one\n  more\n- two") == "<p>before:</p><ul><li>one more</li><li>two</li></ul>"
    assert html("1. one\n2. two") == "<ol><li>one</li><li>two</li></ol>"
    assert html("[a](https://x.org/?a=1&b=2)") == '<p><a href="https://x.org/?a=1&amp;b=2">a</a></p>'
    assert html("[a](javascript:alert(1))") == "<p>[a](javascript:alert(1))</p>"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (number(1234567.0), "1,234,567"),
        (number(-15), "\N{MINUS SIGN}15"),
        (number(16.2123, "percent"), "16.21"),
        (number(15.44, "nights"), "15.4"),
        (number(9.0, "nights"), "9"),
        (number(None), "…"),
        (moment("2016-12-31"), "31 December 2016"),
        (moment("2016-04"), "April 2016"),
        (moment("2022-07..2025-06"), "July 2022 to June 2025"),
        (moment("2016"), "2016"),
        (category("female|20-24", "sex x age_group"), "Women · 20–24"),
        (category("GMB", "country_of_birth"), "Gambia"),
        (category("GMB", "visa_class"), "GMB"),
    ],
)
def test_wording(made, expected):
    assert made == expected


def test_cells_answer_from_their_index():
    rows = Cells(shown(sample().tables["cells"], 5))
    asked = rows.where(indicator="RP", measure="stock", breakdown="total")
    assert {each.period for each in asked} == {"2016-01-01", "2016-12-31"}
    assert [each.period for each in asked.latest()] == ["2016-12-31"]
    assert rows.where(indicator="none").values("period") == []
    assert replace(next(iter(asked))).key[0] == "RP"


def test_a_gap_between_ages_stays_a_gap():
    rows = [cell("RP", "stock", "2016", "sex x age_group x birth", f"male|{age}|native_born", 9.0, 9) for age in ("5-9", "20-24")]
    text = cells_page(*rows)
    assert all(f">{age}</text>" in text for age in ("5–9", "10–14", "15–19", "20–24")) and ">0–4</text>" not in text


def test_a_word_for_birth_that_is_not_known_is_undetermined():
    text = cells_page(cell("RP", "stock", "2016", "sex x age_group x birth", "female|5-9|unknown_born", 9.0, 9))
    assert re.search(r'<i class="swatch s4"></i>Undetermined', text)


def test_the_unknown_is_drawn_however_many_come_before():
    codes = "ROU UKR IND TUR POL BRA SYR PHL CHN MAR NGA VNM PAK ITA USA GBR AFG".split()
    rows = [cell("MI 1.1", "stock", "2016", "country_of_birth", code, 900.0 - place, 900) for place, code in enumerate(codes)]
    text = cells_page(*rows, cell("MI 1.1", "stock", "2016", "country_of_birth", "unknown", 77.0, 77))
    drawn = re.findall(r'class="label">([^<]+)</text>', text.split('class="chart narrow"')[0])
    assert drawn[-1] == "Unknown" and "Afghanistan" not in drawn and len(drawn) == 16
