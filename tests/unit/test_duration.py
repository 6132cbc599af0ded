"""Durations, thresholds, dated values."""

from datetime import date

import pytest
from pydantic import BaseModel

from sojourn.definitions.dated import Reference, in_force
from sojourn.definitions.duration import Duration, Threshold, add_months
from sojourn.definitions.yaml import Refused


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2007, 10, 31), 16, date(2009, 2, 28)),
        (date(2010, 12, 1), 1, date(2011, 1, 1)),
        (date(2011, 1, 15), -1, date(2010, 12, 15)),
        (date(2010, 5, 31), -120, date(2000, 5, 31)),
    ],
)
def test_months_are_clamped_to_the_end_of_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "twelve", "sixteen"),
    [
        (date(2023, 3, 1), 366, 488),
        (date(2022, 12, 1), 365, 487),
        (date(2023, 10, 31), 366, 486),
        (date(2024, 2, 29), 365, 486),
        (date(2023, 1, 31), 365, 486),
    ],
)
def test_a_threshold_in_months_becomes_nights_at_a_day(start: date, twelve: int, sixteen: int) -> None:
    assert Threshold.parse("12 months within 16 months").nights_from(start) == (twelve, sixteen)


def test_days_and_nights_are_one_unit() -> None:
    assert Duration.parse("487 nights") == Duration.parse("487 days") == Duration.parse(" 487  Days ")
    assert Duration.parse("1 month").nights_from(date(2024, 2, 1)) == 29


def test_fewest_and_most_nights() -> None:
    assert Duration.parse("12 months").extremes() == (365, 366)
    assert Duration.parse("16 months").extremes() == (485, 489)
    assert Duration.parse("6 months").extremes() == (181, 184)
    assert Duration.parse("90 days").extremes() == (90, 90)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", "rules.unit_missing"),
        ("1.5", "rules.unit_missing"),
        ("twelve months", "rules.duration_form"),
        ("1.5 months", "rules.duration_form"),
        ("12 moons", "rules.duration_form"),
        ("", "rules.duration_form"),
    ],
)
def test_a_bad_duration_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        Duration.parse(text)
    assert refusal.value.problem.code == code
    assert str(refusal.value.problem)


@pytest.mark.parametrize("text", ["12 months", "12 months in 16 months", "1 day within 2 days within 3 days"])
def test_a_bad_threshold_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="threshold_form"):
        Threshold.parse(text)


def test_models_take_the_written_form() -> None:
    class Holder(BaseModel):
        stay: Duration
        threshold: Threshold

    holder = Holder.model_validate({"stay": "90 days", "threshold": "3 days within 5 days"})
    assert (str(holder.stay), str(holder.threshold)) == ("90 days", "3 days within 5 days")
    assert Holder.model_validate(holder.model_dump()) == holder


def test_the_latest_effective_value_is_in_force() -> None:
    values = {date(2010, 1, 1): "new", date(2001, 1, 1): "old"}
    assert in_force(values, date(2009, 12, 31)) == "old"
    assert in_force(values, date(2010, 1, 1)) == "new"
    assert in_force(values, date(1990, 1, 1)) == "old"


def test_a_reference_is_written_in_one_line() -> None:
    assert str(Reference(title="Act", paragraph="4(2)", url="https://example.org")) == "Act, 4(2), https://example.org"
