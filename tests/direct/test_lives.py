"""Lives computed by hand, one for each sentence of the description of `sojourn residence`."""

import pytest

RULE = "365 days within 487 days"
FOUR = "4 days within 6 days"
TOLERANT = "10 days continuous, absences up to 2 days each, 3 days in total"


def told(rows: list[dict], *names: str) -> list[tuple]:
    return [tuple(row[name] for name in names) for row in rows]


def test_the_worked_example_in_months(desk) -> None:
    """V_d = 366 from 2008-01-10: 143 nights in, 61 out, then 223 more: 2008-08-01 + 223 days = 2009-03-12."""
    events = desk.events("A,2008-01-10,arrival", "A,2008-06-01,departure", "A,2008-08-01,arrival")
    rows = desk.decide(events, "12 months within 16 months", data_start="2006-01-01", data_end="2009-12-31")
    assert told(rows, "date", "status_before", "status_after", "change", "known_on") == [
        ("2008-01-10", "non_resident", "resident", "immigration", "2009-03-12"),
        ("2008-06-01", "resident", "resident", "none", "2009-03-12"),
        ("2008-08-01", "resident", "resident", "none", "2009-03-12"),
    ]
    # 2008-01-10 and 16 months is 2009-05-10: 143 + 282 nights in of 486. 2008-06-01 to 2009-10-01: 487 less 61. 2008-08-01: 487 of 487.
    assert told(rows, "days_in", "days_observed") == [("425", "486"), ("426", "487"), ("487", "487")]


def test_no_change_is_known_one_day_after_the_last_night_to_spare(desk) -> None:
    """n = 122. Ten nights in, then abroad: the 123rd night abroad is that of 2010-01-11 + 122; known d + n + 1 + 10 days."""
    events = desk.events("A,2010-01-01,arrival", "A,2010-01-11,departure", "Z,2012-01-01,departure")
    rows = desk.decide(events, RULE, data_start="2008-01-01")
    assert told(rows[:1], "status_after", "change", "known_on") == [("non_resident", "none", "2010-05-14")]


def test_a_trivial_row_is_known_with_the_status_before(desk) -> None:
    """The arrival back of a resident whose departure is ruled out on 2010-01-11 + 123 days, the departure having spent none in."""
    events = desk.events("A,2010-01-01,departure", "A,2010-01-11,arrival", "Z,2012-01-01,departure")
    rows = desk.decide(events, RULE, data_start="2008-01-01")
    assert told(rows[:2], "status_after", "change", "known_on") == [
        ("resident", "none", "2010-05-14"),
        ("resident", "none", "2010-05-14"),
    ]


def test_the_first_crossing_tells_only_after_long_enough(desk) -> None:
    """A first arrival needs the nights that end residence (3), a first departure those that make a resident (4)."""
    rule = "arrive 4 days within 5 days; leave 3 days within 6 days"
    lines = ("A,2010-01-04,arrival", "B,2010-01-03,arrival", "C,2010-01-05,departure", "D,2010-01-04,departure", "Z,2010-03-01,arrival")
    rows = desk.decide(desk.events(*lines), rule, data_start="2010-01-01")
    assert told(rows[:4], "person", "status_before") == [("A", "non_resident"), ("B", "undetermined"), ("C", "resident"), ("D", "undetermined")]


def test_what_lies_after_the_data_is_decided_only_if_trivial(desk) -> None:
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-20,departure", "B,2010-01-02,departure", "B,2010-02-10,arrival", "C,2010-02-25,arrival")
    initial = desk.put("initial.csv", "person,status,date", "C,resident,", "B,resident,2010-02-09")
    rows = desk.decide(events, FOUR, data_start="2010-01-01", data_end="2010-02-10", initial=initial)
    assert told(rows, "person", "date", "status_after", "days_observed") == [
        ("A", "2010-02-01", "resident", "6"),
        ("A", "2010-02-20", "undetermined", "0"),
        ("B", "2010-01-02", "non_resident", "6"),
        ("B", "2010-02-10", "resident", "0"),
        ("C", "2010-02-25", "resident", "0"),
    ]


def test_the_last_observed_night_is_that_before_the_end(desk) -> None:
    """Four nights from 2010-02-01 end on 2010-02-05."""
    events = desk.events("A,2010-02-01,arrival")
    for end, after in (("2010-02-04", "undetermined"), ("2010-02-05", "resident")):
        (row,) = desk.decide(events, FOUR, data_start="2010-01-01", data_end=end)
        assert row["status_after"] == after


def test_bounds_by_default_are_the_dates_of_the_file(desk) -> None:
    """From the earliest date to the day after the latest: one night for the last crossing."""
    rows = desk.decide(desk.events("A,2010-01-01,arrival", "B,2010-01-09,arrival"), FOUR)
    assert told(rows, "status_before", "days_observed") == [("undetermined", "6"), ("non_resident", "1")]


@pytest.mark.parametrize(
    ("missing", "days_in", "known", "placed"),
    [("earliest", "0", "2010-02-15", "2010-02-01"), ("midpoint", "5", "2010-02-12", "2010-02-06"), ("latest", "6", "2010-02-05", "2010-02-12")],
)
def test_a_missing_crossing_is_placed_and_told(desk, missing: str, days_in: str, known: str, placed: str) -> None:
    """Arrivals on 2010-02-01 and 2010-02-12; a + floor(11 / 2) = 2010-02-06. A window of six nights, two to spare."""
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-12,arrival", "Z,2010-03-01,arrival")
    rows = desk.decide(events, FOUR, missing=missing, data_start="2010-01-01")
    assert rows[0]["days_in"] == days_in
    assert {"earliest": "non_resident"}.get(missing, "resident") == rows[0]["status_after"]
    (issue,) = desk.issues()
    assert issue == {
        "person": "A", "date": placed, "direction": "departure", "reason": "missing_counterpart", "treatment": missing, "revealed_on": "2010-02-12",
    }  # fmt: skip


def test_an_imputed_crossing_is_known_when_it_is_revealed(desk) -> None:
    """Departure put on 2010-02-01: three nights abroad rule the arrival out on 2010-02-04, known on 2010-02-12."""
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-12,arrival", "Z,2010-03-01,arrival")
    rows = desk.decide(events, FOUR, missing="earliest", data_start="2010-01-01")
    assert told(rows[:2], "status_after", "known_on") == [("non_resident", "2010-02-12"), ("resident", "2010-02-16")]


def test_an_undated_crossing_leaves_the_status_open_until_both_ways_agree(desk) -> None:
    """After the second arrival four nights in make a resident of whoever was none; a resident stays one."""
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-12,arrival", "A,2010-02-20,departure", "Z,2010-03-01,arrival")
    rows = desk.decide(events, FOUR, missing="unknown", data_start="2010-01-01")
    assert told(rows[:3], "status_before", "status_after", "change", "known_on", "days_in", "days_observed") == [
        ("non_resident", "undetermined", "undetermined", "", "0", "0"),
        ("undetermined", "resident", "undetermined", "2010-02-16", "6", "6"),
        ("resident", "non_resident", "emigration", "2010-02-24", "0", "6"),
    ]
    (issue,) = desk.issues()
    assert (issue["date"], issue["treatment"], issue["revealed_on"]) == ("", "undetermined", "2010-02-12")


def test_a_rejected_person_stands_in_the_issues_alone(desk) -> None:
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-12,arrival", "B,2010-02-12,arrival")
    done = desk.type(events, "--rule", FOUR, "--out", "out.csv")
    assert done.returncode == 0, done.stderr
    assert told(desk.issues(), "person", "reason", "treatment", "revealed_on") == [("A", "missing_counterpart", "person_rejected", "2010-02-12")]
    assert "B,2010-02-12" in (desk.folder / "out.csv").read_text() and "A," not in (desk.folder / "out.csv").read_text()
    assert "missing_counterpart 1" in done.stdout


def test_two_ways_that_meet_give_the_status(desk) -> None:
    """Unknown before: a stay of four nights makes a resident of both, known 2010-01-06; a change is not told."""
    rows = desk.decide(desk.events("A,2010-01-02,arrival", "Z,2010-03-01,arrival"), FOUR, data_start="2010-01-01")
    assert told(rows[:1], "status_before", "status_after", "change", "known_on") == [("undetermined", "resident", "undetermined", "2010-01-06")]


def test_no_change_is_proved_from_the_nights_in_between(desk) -> None:
    """2V - W = 243. Arrived ten days before the departure, the data end a day later: it cannot be an emigration."""
    events = desk.events("A,2010-01-01,arrival", "A,2010-01-11,departure", "B,2010-01-01,arrival", "B,2010-09-01,departure")
    rows = desk.decide(events, RULE, data_start="2008-01-01", data_end="2010-01-12")
    assert told(rows[:2], "status_before", "status_after", "change") == [
        ("non_resident", "undetermined", "undetermined"),
        ("undetermined", "undetermined", "none"),
    ]
    for day, change in (("2010-08-31", "none"), ("2010-09-01", "undetermined")):  # 242 and 243 nights
        rows = desk.decide(desk.events("A,2010-01-01,arrival", f"A,{day},departure"), RULE, data_start="2008-01-01")
        assert rows[1]["change"] == change


def test_evidence_outranks_the_first_crossing_and_restarts_the_chain(desk) -> None:
    """It holds on the morning of its date: a crossing of that day comes after it."""
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-10,departure", "A,2010-03-10,arrival", "Z,2010-04-10,arrival")
    plain = desk.decide(events, FOUR, data_start="2010-01-01")
    assert told(plain[:3], "status_before", "status_after") == [("non_resident", "resident"), ("resident", "non_resident"), ("non_resident", "resident")]
    told_first = desk.put("first.csv", "person,status", "A,resident")
    assert told(desk.decide(events, FOUR, data_start="2010-01-01", initial=told_first)[:1], "status_before", "change") == [("resident", "none")]
    for day, before in (("2010-03-10", "resident"), ("2010-03-11", "non_resident")):
        told_later = desk.put("later.csv", "person,status,date", f"A,resident,{day}")
        rows = desk.decide(events, FOUR, data_start="2010-01-01", initial=told_later)
        assert told(rows[:3], "status_before") == [("non_resident",), ("resident",), (before,)]


def test_a_vintage_holds_what_was_known(desk) -> None:
    """Four nights after 2010-02-01 it is known: on 2010-02-05, not on 2010-02-04. The row of the day itself is not in it."""
    events = desk.events("A,2010-02-01,arrival", "Z,2010-03-01,arrival")
    for as_of, expected in (("2010-02-01", []), ("2010-02-04", [("undetermined", "")]), ("2010-02-05", [("resident", "2010-02-05")])):
        rows = desk.decide(events, FOUR, data_start="2010-01-01", as_of=as_of)
        assert told(rows, "status_after", "known_on") == expected


def test_once_unknown_always_unknown_only_for_comparison(desk) -> None:
    """Ten nights in after an undetermined beginning make a resident of both; migstat follows neither."""
    events = desk.events("A,2010-01-02,arrival", "A,2010-01-12,departure", "Z,2010-03-01,arrival")
    assert told(desk.decide(events, FOUR)[:2], "status_after") == [("resident",), ("non_resident",)]
    assert told(desk.decide(events, FOUR, compatible="migstat")[:2], "status_after") == [("undetermined",), ("undetermined",)]


@pytest.mark.parametrize(
    ("out", "back", "after", "known"),
    [
        ("2010-02-05", "2010-02-07", "resident", "2010-02-11"),  # two nights away
        ("2010-02-05", "2010-02-08", "non_resident", "2010-02-08"),  # the third night in a row
        ("2010-02-10", "2010-02-15", "resident", "2010-02-11"),  # one night away when ten days have passed
    ],
)
def test_tolerated_absences(desk, out: str, back: str, after: str, known: str) -> None:
    events = desk.events("A,2010-02-01,arrival", f"A,{out},departure", f"A,{back},arrival", "Z,2010-04-01,arrival")
    row = desk.decide(events, TOLERANT, data_start="2010-01-01")[0]
    assert (row["status_after"], row["known_on"], row["days_observed"]) == (after, known, "10")


def test_absences_add_up(desk) -> None:
    """Two nights, then one, then one: the fourth night exceeds three in total."""
    days = ("02-01,arrival", "02-02,departure", "02-04,arrival", "02-05,departure", "02-06,arrival", "02-07,departure", "02-08,arrival")
    events = desk.events(*(f"A,2010-{day}" for day in days), "Z,2010-04-01,arrival")
    row = desk.decide(events, TOLERANT, data_start="2010-01-01")[0]
    assert (row["status_after"], row["known_on"]) == ("non_resident", "2010-02-08")


def test_an_open_absence_that_can_still_be_tolerated_decides_nothing(desk) -> None:
    events = desk.events("A,2010-02-01,arrival", "A,2010-02-05,departure")
    for end, after in (("2010-02-07", "undetermined"), ("2010-02-08", "non_resident")):
        assert desk.decide(events, TOLERANT, data_start="2010-01-01", data_end=end)[0]["status_after"] == after


def test_the_order_of_a_day(desk) -> None:
    """By time, then by number; without either in turn from where the person is; before the first crossing that is abroad."""
    lines = ("A,2010-02-01,departure,08:00,", "A,2010-02-01,arrival,07:59:59,", "B,2010-02-01,departure,,2", "B,2010-02-01,arrival,,10")
    lines += ("C,2010-02-01,departure,,", "C,2010-02-01,arrival,,", "D,2010-02-01,arrival,,1", "D,2010-02-01,departure,12:00,9")
    events = desk.put("events.csv", "person,date,direction,time,sequence", *lines)
    rows = desk.decide(events, FOUR)
    assert "".join(row["direction"][0] for row in rows) == "ad" "da" "ad" "da"


def test_rows_equal_in_every_column_are_one(desk) -> None:
    lines = ("A,2010-02-01,arrival,F1", "A,2010-02-01,arrival,F1", "A,2010-02-01,arrival,F1", "B,2010-02-01,arrival,F1", "B,2010-02-01,arrival,F2")
    rows = desk.decide(desk.put("events.csv", "person,date,direction,flight", *lines), FOUR)
    assert [row["person"] for row in rows] == ["A"]
    assert told(desk.issues(), "person", "reason", "treatment") == [("A", "duplicate", "counted_once")] * 2 + [("B", "missing_counterpart", "person_rejected")]
