"""The sections of comparisons on the page: every breach is in a table, and what is hidden is a sign."""

from sojourn.messages import say
from sojourn.stages.publish.sections.comparison import OPEN_ROWS, comparison
from sojourn.stages.publish.sections.side_by_side import side_by_side
from sojourn.stages.publish.view import View
from tests.unit.sample_report import beside, comparisons, sample


def section(lines):
    return comparison(View(sample(tables=comparisons() | {"comparison": lines})))


def rows_of(made, title):
    """Rows of all tables of a title, those that stand open and those that are folded."""
    tables = [each for block in made.blocks for each in ([block] if block.kind == "table" else getattr(block, "tables", []))]
    return [row for each in tables if each.caption == title for row in each.rows]


def test_no_breach_is_left_out_however_many_there_are():
    lines = [beside("2016-01-01", 100.0, 100.0 + each, "breach", "region", str(each)) for each in range(1, 1001)]
    rows = rows_of(section(lines), "Differences beyond the tolerance")
    assert len(rows) == 1000
    shares = [float(row[5].text.strip("\N{MINUS SIGN}%")) for row in rows]
    assert shares == sorted(shares, reverse=True)


def test_few_breaches_stand_open():
    lines = [beside("2016-01-01", 100.0, 120.0, "breach", "region", str(each)) for each in range(OPEN_ROWS)]
    folded = [block for block in section(lines).blocks if block.kind == "folded"]
    assert folded == [] and len(rows_of(section(lines), "Differences beyond the tolerance")) == OPEN_ROWS


def test_what_is_hidden_is_a_sign_and_enters_no_difference():
    made = section([beside("2016-01-01", None, 8000.0, "hidden"), beside("2017-01-01", 100.0, 101.0, "within")])
    ((name, _, ours, published, difference, *_),) = rows_of(made, "Ours not shown")
    assert (ours.text, ours.hidden, published.text, difference.text) == ("c", True, "8,000", "…")
    (summary,) = rows_of(made, "Published tables")
    assert [each.text for each in summary][1:5] == ["1", "1", "0", "1"]


def test_a_breach_of_nothing_published_comes_first():
    lines = [beside("2016-01-01", 100.0, 120.0, "breach"), beside("2016-01-01", 5.0, 0.0, "breach", "sex", "male")]
    rows = rows_of(section(lines), "Differences beyond the tolerance")
    assert [row[5].text for row in rows] == ["…", "\N{MINUS SIGN}16.67%"]


def test_a_chart_needs_three_periods_and_both_lines():
    def figures(lines):
        return [block for block in section(lines).blocks if block.kind == "figure"]

    three = [beside(f"{year}-01-01", 100.0, 101.0, "within") for year in (2015, 2016, 2017)]
    assert len(figures(three)) == 1 and figures(three[:2]) == []
    assert figures([each | {"ours": None, "status": "other_period"} for each in three]) == []


def test_a_hidden_status_bounds_the_agreement():
    """Hidden below 10,000: the 3 persons that one system has as temporary, so 5,020,119 to 5,030,117 persons are in both."""
    made = side_by_side(View(sample(threshold=10_000)))
    rows = rows_of(made, "Agreement with: The register's own statuses")
    assert [row[0].text for row in rows] == ["1 January 2016", "2 January 2016"]
    assert [each.text for each in rows[0]][3:] == [say("report.range", first="99.4%", last="99.6%"), "c", "0", "0", "1"]


def test_sums_leave_hidden_counts_out():
    made = side_by_side(View(sample()))
    rows = {row[0].text: [each.text for each in row[1:]] for row in rows_of(made, "Persons by our status and theirs at the start of 2 January 2016")}
    assert rows["Temporary"][0] == "c" and rows["Temporary"][-1] == "0"
    assert rows["Resident"] == ["5,000,000", "0", "0", "0", "9,431", "5,009,431"]
