"""The forms of dates: found by shape, proved by a day after the twelfth, or left open and said."""

from datetime import date, timedelta

import pytest

from sojourn.definitions.yaml import load
from tests.profile.outputs import profiled, said

DAYS = [date(2015, 1, 1) + timedelta(days=3 * n) for n in range(300)]
FIRST = [day for day in DAYS if day.day <= 12]


def proposed(folder, texts: list[str], head: str = "birth_date") -> tuple[dict, str]:
    """The mapping proposed for a column of these texts, and all that is said."""
    found = profiled(folder, "\n".join([f"{head};x", *(f"{each};1" for each in texts)]).encode())
    data = load(found.written[0]).data
    return data["date"] if head == "date" else data["columns"][head], said(found)


@pytest.mark.parametrize(
    "form",
    ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d%m%Y", "%d-%b-%Y", "%d%b%Y", "%d %B %Y", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%m-%d-%Y %H:%M"],
)
def test_a_form_is_found(tmp_path, form):
    mapping, text = proposed(tmp_path, [day.strftime(form) for day in DAYS if "%B" not in form or day.month != 5])
    assert mapping["format"] == form
    assert "2015-01 to 2017-06" in text


def test_a_form_that_nothing_proves_is_left_to_a_person(tmp_path):
    mapping, text = proposed(tmp_path, [day.strftime("%d/%m/%Y") for day in FIRST])
    assert mapping["format"] in ("%d/%m/%Y", "%m/%d/%Y")
    assert "no value tells day from month" in text and "day or month?" in text


def test_one_day_after_the_twelfth_proves_the_form(tmp_path):
    mapping, text = proposed(tmp_path, [*(day.strftime("%d/%m/%Y") for day in FIRST), "13/01/2016"])
    assert mapping["format"] == "%d/%m/%Y" and "told apart by 1 values" in text


def test_partial_dates_are_left_to_a_person(tmp_path):
    mapping, text = proposed(tmp_path, [*(day.strftime("%d.%m.%Y") for day in DAYS), *["1970"] * 40, *["05.1971"] * 30])
    assert mapping["format"] == ["%d.%m.%Y", "%Y", "%m.%Y"] and mapping["partial"] == {"month_only": "reject", "year_only": "reject"}


def test_years_of_two_digits_are_left_to_a_person(tmp_path):
    mapping, text = proposed(tmp_path, [day.strftime("%d.%m.%y") for day in DAYS])
    assert mapping["format"] == "%d.%m.%y" and mapping["century"] is None and "two digits mean" in text


def test_a_day_far_too_frequent_is_proposed_as_a_placeholder(tmp_path):
    mapping, text = proposed(tmp_path, [*(day.isoformat() for day in DAYS), *["1900-01-01"] * 60])
    assert mapping["placeholders"] == ["1900-01-01"]
    assert "1900-01-01: 16.7%" in text


def test_years_of_another_calendar_are_noticed(tmp_path):
    _, text = proposed(tmp_path, [f"{day.year + 543}-{day.month:02}-{min(day.day, 28):02}" for day in DAYS])
    assert "calendar: buddhist" in text


def test_numbers_of_nines_beyond_the_others_mean_nothing_perhaps(tmp_path):
    found = profiled(tmp_path, ("age\n" + "".join(f"{20 + n % 40}\n" * 6 for n in range(80)) + "999\n" * 12).encode())
    assert load(found.written[0]).data["columns"]["age"] == {"column": "age", "missing": ["999"]}


def test_impossible_days_do_not_hide_the_form(tmp_path):
    mapping, text = proposed(tmp_path, [*(day.isoformat() for day in DAYS), *["2016-02-30"] * 9])
    assert mapping["format"] == "%Y-%m-%d" and "in 97.1%" in text
