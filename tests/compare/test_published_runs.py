"""Published tables in whole runs: they agree, differ, lack and exceed; nothing is hidden but what must be."""

import csv
import re

import pytest

import sojourn
from sojourn.stages.publish.files import stamped
from tests.attack import lands
from tests.attack.conftest import command
from tests.attack.traces import table
from tests.compare.conftest import publish
from tests.compare.workbook import write_workbook

LONG = """period: {column: period}
indicator: {column: what, codes: {population: RP, immigrants: MI 1.1, arrivals: MI 1.3}}
measure: {column: what, codes: {population: stock, immigrants: stock, arrivals: events}}
breakdown: {column: by}
category: {column: of}
value: n
standard_error: e
status: {column: s, codes: {p: provisional, f: final}}
missing: ["..", ""]
numbers: {decimal: ",", thousands: " "}
tolerance: {absolute: 1, relative: 0.1}
"""
LONG_ROWS = """period,what,by,of,n,e,s
2016-01-01,population,total,total,13,,f
2017-01-01,population,total,total,"16,0",,f
2016-01-01,population,sex,female,8,"1,5",p
2017-01-01,population,sex,female,3,"0,5",p
2016-01-01,population,sex,diverse,2,,f
2016,arrivals,total,total,..,,f
2010,arrivals,total,total,1 200,,f
2016-01-01,immigrants,total,total,0,,f
"""
WIDE = """period: {year: year, moment: 01-01}
indicator: RP
measure: stock
breakdown: subpopulation
values:
  NN: {category: native_born_national}
  NF: {category: native_born_foreign}
  All: {breakdown: total, category: total}
factor: 10
tolerance: {absolute: 0}
"""
WIDE_ROWS = "year,NN,NF,All\n2016,0.5,0.2,1.3\n2017,0.7,0.3,1.5\n"


@pytest.fixture(scope="module")
def folder(lives):
    folder = lives()
    publish(folder, "census", LONG, LONG_ROWS)
    publish(folder, "register", WIDE, WIDE_ROWS)
    return folder


@pytest.fixture(scope="module")
def done(folder):
    return sojourn.run(folder)


@pytest.fixture(scope="module")
def rows(done):
    """Rows of the comparison by table, period, breakdown and category."""
    found = table(done.folder, "comparison")
    return {(row["published_table"], row["indicator"], row["period"], row["breakdown"], row["category"]): row for row in found}


def status(rows, *key):
    row = rows[key]
    return row["status"], row["ours"], row["published"], row["difference"]


def test_figures_agree_within_the_wider_tolerance(rows):
    assert status(rows, "census", "RP", "2016-01-01", "total", "total") == ("within", 13, 13, 0)
    assert status(rows, "census", "RP", "2017-01-01", "total", "total") == ("within", 15, 16, -1)
    assert rows["census", "RP", "2017-01-01", "total", "total"]["allowed"] == pytest.approx(1.6)


def test_differences_beyond_it_are_breaches_with_their_error(rows):
    """Women: 6 on 2016-01-01 where 8 +- 1.5 were published; 1.96 x 1.5 = 2.94."""
    assert status(rows, "census", "RP", "2016-01-01", "sex", "female") == ("breach", 6, 8, -2)
    row = rows["census", "RP", "2016-01-01", "sex", "female"]
    assert (row["relative_difference"], row["within_error"], row["vintage"], row["line"]) == (-0.25, True, "provisional", 4)
    assert rows["census", "RP", "2017-01-01", "sex", "female"]["within_error"] is False


def test_what_one_side_lacks_is_listed(rows):
    assert status(rows, "census", "RP", "2016-01-01", "sex", "diverse") == ("published_only", None, 2, None)
    assert status(rows, "census", "RP", "2016-01-01", "sex", "male")[:2] == ("ours_only", 6)
    assert status(rows, "census", "MI 1.3", "2016", "total", "total") == ("not_given", 4, None, None)
    assert status(rows, "census", "MI 1.3", "2010", "total", "total") == ("other_period", None, 1200, None)


def test_relative_to_nothing_there_is_no_difference(rows):
    row = rows["census", "MI 1.1", "2016-01-01", "total", "total"]
    assert (row["status"], row["difference"], row["relative_difference"]) == ("breach", 8, None)


def test_ours_only_keeps_to_the_breakdowns_of_the_table(rows):
    """Immigrants were published for one of the two moments, so the other is ours alone."""
    alone = {key for key, row in rows.items() if row["status"] == "ours_only"}
    of_moments = {key for key in alone if key[3] == "total"}
    assert of_moments == {("census", "MI 1.1", "2017-01-01", "total", "total")}
    assert {key[:2] + key[3:4] for key in alone - of_moments} == {("census", "RP", "sex"), ("register", "RP", "subpopulation")}


def test_a_wide_table_in_tens(rows):
    found = {key[2:]: status(rows, *key) for key in rows if key[0] == "register" and rows[key]["status"] != "ours_only"}
    assert found == {
        ("2016-01-01", "subpopulation", "native_born_national"): ("within", 5, 5, 0),
        ("2016-01-01", "subpopulation", "native_born_foreign"): ("within", 2, 2, 0),
        ("2016-01-01", "total", "total"): ("within", 13, 13, 0),
        ("2017-01-01", "subpopulation", "native_born_national"): ("breach", 6, 7, -1),
        ("2017-01-01", "subpopulation", "native_born_foreign"): ("within", 3, 3, 0),
        ("2017-01-01", "total", "total"): ("within", 15, 15, 0),
    }


def test_rows_that_are_not_asked_for_are_counted_on_the_page(lives):
    folder = lives()
    publish(folder, "register", WIDE + "only: {year: 2017}\n", WIDE_ROWS)
    done = sojourn.run(folder)
    assert table(done.folder, "published_tables") == [{"published_table": "register", "rows": 2, "passed_over": 1}]
    assert done.compared == {"within": 2, "breach": 1, "ours_only": 2}
    assert "the definition passes over: 1." in done.report.read_text(encoding="utf-8")
    publish(folder, "register", WIDE + "only: {year: 1999}\n", WIDE_ROWS)
    assert [each.code for each in sojourn.check(folder) if not each.warning] == ["compare.no_rows"]


def test_a_survey_is_compared_with_its_own_error(tmp_path):
    """1,673 foreign-born with a standard error of 84: 1,800 is 127 away, inside 1.96 x 84 = 164.6, and 1,900 is not."""
    folder = lands.survey_land(tmp_path / "land")
    (folder / "published").mkdir()
    cell = "indicator: MI 1.1\nmeasure: stock\nperiod: 2019-01..2022-12\ntolerance: {relative: 0.05}\n"
    for name, figure in (("near", 1800), ("far", 1900)):
        publish(folder, name, cell + "value: n\n", f"n\n{figure}\n")
    found = {row["published_table"]: row for row in table(sojourn.run(folder).folder, "comparison")}
    assert {name: (row["status"], row["within_error"]) for name, row in found.items()} == {"near": ("breach", True), "far": ("breach", False)}


def test_no_published_figure_is_lost(rows, done):
    assert sum(row["vintage"] is not None for row in rows.values()) == 8 + 6 == len(table(done.folder, "published"))


def test_the_file_holds_every_line_and_the_command_says_how_many_differ(folder, rows):
    code, out, _ = command("run", folder)
    assert code == 0 and "by more than stated: 4 of 11." in out
    assert "without a counterpart here: 1; ours not shown: 0." in out
    (run,) = (folder / "runs").iterdir()
    with stamped(run, "comparison", "csv").open(encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == len(rows)


def test_the_page_lists_every_breach(done, rows):
    page = done.report.read_text(encoding="utf-8")
    section = page[page.index('id="comparison"') : page.index('id="lives"')]
    listed = re.search(r"<caption>Differences beyond the tolerance</caption>(.*?)</table>", section, re.DOTALL)[1]
    assert listed.count("<tr>") - 1 == 3
    assert section.count("Differences beyond the tolerance</caption>") == 2


def test_a_run_of_a_country_without_tables_has_no_section(lives):
    done = sojourn.run(lives())
    assert done.compared == {} and 'id="comparison"' not in done.report.read_text(encoding="utf-8")
    assert not stamped(done.folder, "comparison", "csv").exists()


@pytest.fixture(scope="module")
def hidden(lives):
    folder = lives(threshold=5)
    publish(folder, "register", WIDE, WIDE_ROWS)
    return sojourn.run(folder)


def test_what_we_may_not_show_is_hidden_and_counted(hidden):
    """Native-born foreigners: 2 and 3. Of those without a published twin, 2 and 2 foreign-born nationals and 4 and 4 others."""
    found = [row for row in table(hidden.folder, "comparison") if row["ours"] is None]
    assert hidden.compared["hidden"] == 2
    twins = [row for row in found if row["status"] == "hidden"]
    assert {(row["category"], row["published"]) for row in twins} == {("native_born_foreign", 2), ("native_born_foreign", 3)}
    assert all(row[name] is None for row in found for name in ("ours", "difference", "relative_difference", "within_error"))
    assert sum(row["status"] == "ours_only" for row in found) == 4


def test_neither_page_nor_file_shows_it(hidden):
    page = hidden.report.read_text(encoding="utf-8")
    section = page[page.index('id="comparison"') : page.index('id="lives"')]
    row = re.search(r"Native-born foreign.*?</tr>", section, re.DOTALL)[0]
    assert re.findall(r'<td class="n( sign)?">([^<]*)', row)[:2] == [(" sign", "c"), ("", "2")]
    with stamped(hidden.folder, "comparison", "csv").open(encoding="utf-8") as file:
        assert [row["ours"] for row in csv.DictReader(file) if row["status"] == "hidden"] == ["", ""]


def test_a_workbook_with_a_title_above_its_header(lives):
    folder = lives()
    publish(folder, "book", WIDE.replace("factor: 10\n", "") + "format: {type: excel, sheet: Table 1, header_row: 3}\n", "")
    path = folder / "published" / "book.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("book.csv", "book.xlsx"), encoding="utf-8")
    (folder / "published" / "book.csv").unlink()
    rows = [["Population of Lives"], [], ["year", "NN", "NF", "All"], [2016, 5, 2, 13], [2017, 7, 3, 15]]
    write_workbook(folder / "published" / "book.xlsx", rows)
    done = sojourn.run(folder)
    assert (done.compared["within"], done.compared["breach"]) == (5, 1)
    (breach,) = (row for row in table(done.folder, "comparison") if row["status"] == "breach")
    assert (breach["published"], breach["line"]) == (7, 5)


def test_every_problem_of_every_table_is_said_with_its_line(lives):
    folder = lives()
    publish(folder, "census", LONG, LONG_ROWS + "2016,births,total,total,1,,f\n2016,arrivals,total,total,1.200,,f\n2016,arrivals,sex,male,1,,x\n")
    publish(folder, "register", WIDE, "year,NN,All\n2016,1,1\n")
    publish(folder, "absent", WIDE, "")
    (folder / "published" / "absent.csv").unlink()
    found = {(each.code, each.line) for each in sojourn.check(folder) if not each.warning and "published" in str(each.file)}
    assert found == {
        ("compare.unknown_code", 10),
        ("compare.no_number", 11),
        ("compare.unknown_code", 12),
        ("files.missing_column", 1),
        ("files.not_there", None),
    }
    code, _, text = command("run", folder)
    assert code == 1 and "births" in text


def test_a_code_list_beside_the_definition(lives):
    folder = lives()
    definition = WIDE.replace("breakdown: subpopulation\n", "").partition("values:")[0]
    coded = "breakdown: sex\ncategory: {column: s, codes: {file: codes/sexes.csv, from: code, to: sex}}\nvalue: n\ntolerance: {absolute: 0}\n"
    publish(folder, "sexes", definition + coded, "year,s,n\n2016,1,6\n2016,2,6\n")
    (folder / "codes").mkdir()
    (folder / "codes" / "sexes.csv").write_text("code,sex\n1,male\n2,female\n", encoding="utf-8")
    done = sojourn.run(folder)
    assert done.compared == {"within": 2, "ours_only": 1}
    assert "published/sexes/category" in done.manifest["inputs"]
