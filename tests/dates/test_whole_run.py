"""Dates of a drawn country through a whole run: what is used, kept, counted, printed, and what nobody may see."""

from pathlib import Path

import pytest

from sojourn.definitions.load import load_country
from sojourn.run.check import check
from sojourn.run.execute import run
from sojourn.run.methodology import methodology
from tests.attack.lands import PEOPLE, REGISTER, persons_land, stays_land, write_csv
from tests.attack.traces import issues, table

PARTIAL = 'format: ["%Y-%m-%d", "%m/%Y", "%Y"], partial: {year_only: 07-01, month_only: 15}, placeholders: [1900-01-01]'


@pytest.fixture
def land(tmp_path: Path) -> Path:
    return persons_land(tmp_path / "land")


def mapped(land: Path, reading: str) -> None:
    """How the register's birth dates are read."""
    source = land / "sources" / "register.yaml"
    text = source.read_text(encoding="utf-8").replace("  birth_date: born_on", f"  birth_date: {{column: born_on, {reading}}}")
    source.write_text(text, encoding="utf-8")


def born(land: Path, *births: str) -> None:
    """The register with these birth dates in place of the drawn ones; further ones are new persons."""
    drawn = [row[:2] + (birth,) + row[3:] for row, birth in zip(REGISTER[1:], births)]
    more = [(f"NEW{place:05}", "F", birth, "XDL", "XDL") for place, birth in enumerate(births[len(drawn) :])]
    write_csv(land / "data" / "register.csv", [REGISTER[0], *drawn, *more])


def births(done) -> list[tuple]:
    rows = table(done.report.parent, "records_register")
    return [(row["birth_date"] and row["birth_date"].isoformat(), row["birth_date_precision"]) for row in rows]


def test_partial_dates_are_imputed_kept_and_counted(land) -> None:
    mapped(land, PARTIAL)
    born(land, "1985", "05/1955", "1990-00-00", "1972-12-00", "1900-01-01", "2001-02-30")
    done = run(land)
    assert births(done) == [
        ("1985-07-01", "year"), ("1955-05-15", "month"), ("1990-07-01", "year"), ("1972-12-15", "month"), (None, None), (None, None),
    ]  # fmt: skip
    found = {key[1:]: count for key, count in issues(done.report.parent).items() if key[0] == "birth_date"}
    assert found == {
        ("imputed_month", "imputed"): 2, ("imputed_day", "imputed"): 2, ("placeholder_date", "flagged"): 1,
        ("impossible_date", "flagged"): 1, ("differs_between_sources", "flagged"): 2,
    }  # fmt: skip
    prose = dict(methodology(load_country(land)))["How dates are read"]
    assert "07-01" in prose and "15" in prose and "1900-01-01" in prose


def test_an_event_on_a_year_alone_is_used_and_marked(land) -> None:
    source = land / "sources" / "deaths.yaml"
    text = source.read_text(encoding="utf-8").replace("date: day", 'date: {column: day, format: ["%Y-%m-%d", "%Y"], partial: {year_only: 07-01}}')
    source.write_text(text, encoding="utf-8")
    write_csv(land / "data" / "deaths.csv", [("passport", "day"), (PEOPLE[4], "2021")])
    done = run(land)
    [death] = table(done.report.parent, "records_deaths")
    assert (death["date"].isoformat(), death["date_precision"]) == ("2021-07-01", "year")
    assert issues(done.report.parent)["date", "imputed_month", "imputed"] == 1
    assert [row["day"] if "day" in row else row["date"] for row in table(done.report.parent, "changes") if row["kind"] == "death"]


def test_a_placeholder_on_an_event_rejects_it(land) -> None:
    source = land / "sources" / "deaths.yaml"
    text = source.read_text(encoding="utf-8").replace("date: day", "date: {column: day, placeholders: [2021-12-01]}\nstop_if_rejected_over: 1")
    source.write_text(text, encoding="utf-8")
    done = run(land)
    assert issues(done.report.parent)["date", "placeholder_date", "rejected"] == 1


def test_another_calendar_gives_the_same_figures(land, tmp_path) -> None:
    """The register of Drawnland with its birth dates in the Persian calendar, in Persian digits."""
    before = (run(land).report.parent / "headline.INTERNAL-NOT-PROTECTED.csv").read_bytes()
    other = persons_land(tmp_path / "other")
    mapped(other, 'calendar: persian, format: "%Y/%m/%d"')
    born(other, "۱۳۶۴/۰۲/۱۱", "۱۳۳۳/۱۲/۱۹", "1369/6/18", "1351/10/10", "1318/12/09", "1379/10/12")
    done = run(other)
    assert [row["birth_date"] for row in table(done.report.parent, "records_register")] == [
        row["birth_date"] for row in table(max((land / "runs").iterdir()), "records_register")
    ]
    assert (done.report.parent / "headline.INTERNAL-NOT-PROTECTED.csv").read_bytes() == before


def test_dates_that_stand_out(land) -> None:
    """Sixty of 120 births on 1 January: a line of the table, of the page and of the check, and nobody named."""
    born(land, *("1980-01-01" for _ in range(60)), *(f"{1950 + place}-{1 + place % 12:02}-{2 + place % 9:02}" for place in range(60)))
    done = run(land)
    rows = {(row["pattern"], row["value"]): row for row in table(done.report.parent, "date_patterns") if row["source"] == "register"}
    first = rows["first_of_january", "01-01"]
    assert (first["records"], first["dates"], first["share"], first["unusual"]) == (60, 120, 0.5, True)
    assert not rows["day_of_month", "15"]["unusual"] and rows["years_ending_0_or_5", ""]["unusual"]
    page = done.report.read_text(encoding="utf-8")
    assert "Dates that stand out" in page and "on 1 January" in page
    told = [each for each in check(land) if each.code == "dates.stands_out"]
    assert told and all(each.warning and each.line and "NEW" not in str(each) for each in told)


def test_few_dates_do_not_stand_out(land) -> None:
    done = run(land)
    assert not any(row["unusual"] for row in table(done.report.parent, "date_patterns"))
    assert "Dates that stand out" not in done.report.read_text(encoding="utf-8")
    assert not any(each.code == "dates.stands_out" for each in check(land))


def test_own_limits_take_the_place_of_the_package(land) -> None:
    (land / "definitions" / "date-patterns.yaml").write_text("id: date-patterns\nkind: date patterns\nrecords: 1\nexcess: 1.5\ndeviations: 1\n", encoding="utf-8")
    rows = table(run(land).report.parent, "date_patterns")
    assert any(row["unusual"] for row in rows)
    assert "1.5 times" in dict(methodology(load_country(land)))["Date patterns"]


def test_counts_under_the_threshold_are_hidden_on_the_page(land) -> None:
    country = land / "country.yaml"
    country.write_text(country.read_text(encoding="utf-8").replace("threshold: 1\n", "threshold: 500\n"), encoding="utf-8")
    born(land, *("1980-01-01" for _ in range(60)), *(f"{1950 + place}-03-{2 + place % 9:02}" for place in range(60)))
    page = run(land).report.read_text(encoding="utf-8")
    assert "Dates that stand out" in page and "50.00%" not in page
    assert not any(each.code == "dates.stands_out" for each in check(land))


def test_a_stored_date_is_in_no_other_calendar(tmp_path) -> None:
    land = stays_land(tmp_path / "stays")
    source = land / "sources" / "admissions.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("departure_date: left", "departure_date: {column: left, calendar: hijri}"), encoding="utf-8")
    assert "dates.typed_with_calendar" in {each.code for each in check(land)}
