"""The demographic account from dated facts: small registers by hand, random ones against a judge that walks the days."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.concepts.lexis import CHECKS, COMPONENTS, FACTS, LEAVING
from sojourn.definitions.demographic_account import DemographicAccount
from sojourn.definitions.period import parse_period
from sojourn.definitions.source import Source
from sojourn.stages.lexis import tables
from sojourn.stages.lexis.parts import parts_of
from sojourn.stages.publish.cells import Cells, shown
from sojourn.stages.publish.sections.lexis import stretches
from sojourn.tables.registry import contract_for

SOURCE = Source.model_validate({
    "id": "facts", "title": "Facts", "evidence": "population_register", "unit": "dated", "owner": "Office", "files": ["facts.csv"],
    "covers": {"from": "2006-01-01", "until": "2009-01-01"}, "event": {"column": "event"}, "date": "date",
    "columns": {"birth_date": "birth_date"},
})  # fmt: skip
LIST = date(2006, 1, 1)
NAMES = [each.id for each in COMPONENTS]
Fact = tuple[date | None, date, str]


def made(facts: list[Fact], period: str = "2006", **spoiled: str) -> dict[str, list[dict]]:
    """Every table of the stage; `spoiled`: SQL that changes a table when it is made."""
    session = duckdb.connect(config={"threads": 1})
    session.execute("CREATE TABLE accepted_facts (birth_date DATE, date DATE, event VARCHAR)")
    session.executemany("INSERT INTO accepted_facts VALUES (?, ?, ?)", facts) if facts else None
    for name, sql in tables([SOURCE], parse_period(period)).items():
        session.execute(f"CREATE TABLE {name} AS {sql}")
        if name in spoiled:
            session.execute(spoiled[name])
        elif not spoiled:
            counts = session.execute(contract_for(name).audit(name)).to_arrow_table().to_pylist()[0]
            assert not any(counts.values()), (name, counts)
    return {name: session.execute(f"SELECT * FROM {name}").to_arrow_table().to_pylist() for name in tables([SOURCE], parse_period(period))}


def triangles(done: dict[str, list[dict]]) -> dict[tuple, dict[str, int]]:
    """(year, age, cohort, triangle) to what is not zero in it."""
    key = ("year", "age", "cohort", "triangle")
    found = {tuple(row[name] for name in key): {k: v for k, v in row.items() if k not in key and v} for row in done["lexis"]}
    return {place: values for place, values in found.items() if values}


def failing(done: dict[str, list[dict]]) -> dict[str, int]:
    return {row["name"]: row["failing"] for row in done["lexis_checks"] if row["failing"]}


def enumerated(birth: str) -> Fact:
    return (date.fromisoformat(birth), LIST, "enumeration")


def fact(event: str, birth: str, day: str) -> Fact:
    return (date.fromisoformat(birth), date.fromisoformat(day), event)


def test_a_year_is_cut_at_the_birthday():
    """1 January to 31 March are 90 days at age 25, the other 275 days are at age 26."""
    assert triangles(made([enumerated("1980-04-01")])) == {
        (2006, 25, 1980, "upper"): {"opening": 1, "passed": 1, "person_days": 90},
        (2006, 26, 1980, "lower"): {"reached": 1, "closing": 1, "person_days": 275},
    }


def test_a_birthday_on_29_february_is_1_march_in_other_years():
    """31 + 28 days before it in 2006; 31 + 28 in 2008, where 29 February is the day itself."""
    for year, days, before in ((2006, 365, 59), (2008, 366, 59)):
        found = triangles(made([enumerated("1980-02-29")], str(year)))
        assert found[year, year - 1981, 1980, "upper"]["person_days"] == before
        assert found[year, year - 1980, 1980, "lower"]["person_days"] == days - before


def test_who_is_born_on_1_january_has_no_upper_triangle():
    assert triangles(made([enumerated("1980-01-01")])) == {
        (2006, 26, 1980, "lower"): {"opening": 1, "closing": 1, "person_days": 365}
    }


def test_the_day_of_entry_counts_and_the_day_of_exit_does_not():
    """In from 10 to 14 May: four days. In and out on one day: none, and both facts are there."""
    stay = [fact("arrival", "1990-01-01", "2006-05-10"), fact("departure", "1990-01-01", "2006-05-14")]
    assert triangles(made(stay)) == {(2006, 16, 1990, "lower"): {"entries": 1, "exits": 1, "person_days": 4}}
    day = [fact("arrival", "1990-01-01", "2006-05-10"), fact("departure", "1990-01-01", "2006-05-10")]
    assert triangles(made(day)) == {(2006, 16, 1990, "lower"): {"entries": 1, "exits": 1}}


def test_a_child_born_and_dead_in_the_year():
    """Born on 1 December, dead on 31 December: 30 days at age 0, in the lower triangle of its cohort."""
    facts = [fact("birth_in", "2006-12-01", "2006-12-01"), fact("death", "2006-12-01", "2006-12-31")]
    assert triangles(made(facts)) == {(2006, 0, 2006, "lower"): {"births": 1, "deaths": 1, "person_days": 30}}


def test_a_fact_on_the_birthday_belongs_to_the_new_age():
    found = triangles(made([enumerated("1980-04-01"), fact("death", "1980-04-01", "2006-04-01")]))
    assert found[2006, 26, 1980, "lower"] == {"reached": 1, "deaths": 1}


def test_a_quarter_of_a_year_opens_with_those_who_came_before_it():
    """April to June: who came in March is there when it opens; a birthday in February is over, one in May is not."""
    facts = [enumerated("1980-02-10"), fact("arrival", "1980-05-01", "2006-03-05")]
    assert triangles(made(facts, "2006-04..2006-06")) == {
        (2006, 26, 1980, "lower"): {"opening": 1, "reached": 1, "closing": 2, "person_days": 91 + 61},
        (2006, 25, 1980, "upper"): {"opening": 1, "passed": 1, "person_days": 30},
    }


def test_a_period_over_years_has_an_account_for_each():
    labels = [part.label for part in parts_of(parse_period("2006-07..2008-02"))]
    assert labels == ["2006-07..2006-12", "2007", "2008-01..2008-02"]
    done = made([enumerated("1980-04-01")], "2006-07..2008-02")
    totals = {row["period"]: row["value"] for row in done["lexis_account"] if (row["breakdown"], row["component"]) == ("total", "closing")}
    assert totals == dict.fromkeys(labels, 1)
    days = {row["period"]: row["person_days"] for row in done["lexis_exposure"] if row["breakdown"] == "total"}
    assert days == dict(zip(labels, (184, 365, 60), strict=True))


def cell(done, measure: str, breakdown: str = "total", category: str = "total") -> dict:
    return next(row for row in done["cells_lexis"] if (row["measure"], row["breakdown"], row["category"]) == (measure, breakdown, category))


def test_rates_and_person_years_by_hand():
    """Nine are there all year and one until 1 July (181 days): 9 + 181/365 person-years and one death."""
    done = made([*[enumerated("1950-01-01")] * 10, fact("death", "1950-01-01", "2006-07-01")])
    years = 9 + 181 / 365
    assert cell(done, "person_years")["value"] == pytest.approx(years, abs=1e-9)
    assert cell(done, "death_rate")["value"] == pytest.approx(1000 / years, abs=1e-8)
    assert cell(done, "death_rate", "age_group", "55-59")["records"] == 1


def test_only_birthdays_across_its_border_lead_into_an_age_group():
    done = made([enumerated("1980-04-01"), enumerated("1981-04-01"), enumerated("1920-04-01")])
    found = {
        (row["category"], row["component"]): row["value"] for row in done["lexis_account"] if row["breakdown"] == "age_group" and row["value"]
    }
    # One turns 26 inside 25-29, one turns 25 and comes into it, one turns 86 inside the open group.
    assert found == {
        ("20-24", "opening"): 1, ("20-24", "passed"): 1,
        ("25-29", "opening"): 1, ("25-29", "reached"): 1, ("25-29", "closing"): 2,
        ("85+", "opening"): 1, ("85+", "closing"): 1,
    }  # fmt: skip


def test_a_closing_stock_is_hidden_with_a_small_component():
    """Two deaths would follow from the stocks; by single age no stock stands that would repeat the cohort's."""
    done = made([*[enumerated("1980-01-01")] * 20, *[fact("death", "1980-01-01", "2006-07-01")] * 2])
    visible = Cells(shown(done["cells_lexis"], 5))
    cohort = {each.measure: each.value for each in visible.where(breakdown="cohort", category="1980")}
    assert (cohort["opening"], cohort["deaths"], cohort["closing"], cohort["death_rate"]) == (20, None, None, None)
    assert not visible.where(breakdown="age", measure="closing")


def test_facts_whose_dates_cannot_be_are_counted_and_stand_nowhere():
    facts = [(None, LIST, "enumeration"), fact("death", "2006-06-02", "2006-06-01"), fact("birth_in", "2006-05-01", "2006-05-02")]
    done = made(facts)
    assert failing(done) == {"fact_dates": 3}
    assert done["lexis"] == []


def test_birth_dates_below_zero_are_counted_once():
    """One is listed and three leave, on two days; of another birth date one leaves who came the same day, which can be."""
    facts = [enumerated("1910-05-05"), *[fact("death", "1910-05-05", f"2006-0{month}-01") for month in (2, 3, 3)]]
    facts += [fact("departure", "1911-05-05", "2006-02-01"), fact("arrival", "1911-05-05", "2006-02-01")]
    done = made(facts)
    assert failing(done) == {"below_zero": 1}
    assert {row["name"]: row["examined"] for row in done["lexis_checks"]}["below_zero"] == 2


def test_the_definition_allows_some_birth_dates_and_no_other_failure():
    limit = {"value": 1, "unit": "percent", "since": "2006-01-01", "reference": {"title": "Act", "paragraph": "1"}}
    definition = DemographicAccount.model_validate({"id": "account", "kind": "demographic account", "below_zero": limit})
    assert definition.allows("below_zero", 1, 100) and not definition.allows("below_zero", 2, 199)
    assert definition.allows("ages", 0, 100) and not definition.allows("ages", 1, 100_000)
    assert "1 %" in definition.prose()


REGISTER = [
    enumerated("1980-04-01"), enumerated("1970-04-01"), fact("death", "1970-04-01", "2006-08-01"),
    fact("arrival", "1990-07-01", "2006-03-01"), fact("birth_in", "2006-02-02", "2006-02-02"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE lexis SET person_days = person_days + 1 WHERE age = 26", {"person_days"}),
        ("UPDATE lexis SET deaths = deaths + 1, closing = closing - 1 WHERE age = 36", {"cohorts", "ages", "total"}),
        ("UPDATE lexis SET closing = closing + 1 WHERE age = 26", {"triangles_close", "total"}),
        ("UPDATE lexis SET passed = passed + 1, opening = opening + 1 WHERE age = 25", {"birthdays"}),
        ("UPDATE lexis SET age = age + 1", {"ages", "person_days"}),
        ("DELETE FROM lexis WHERE cohort = 2006", {"cohorts", "ages", "total", "person_days"}),
    ],
)
def test_each_check_of_the_arithmetic_can_fail(change, found):
    assert set(failing(made(REGISTER, lexis=change))) == found
    assert failing(made(REGISTER)) == {}


def test_every_check_has_its_row():
    assert {row["name"] for row in made(REGISTER)["lexis_checks"]} == set(CHECKS)


# A judge that knows no formula: it walks through every day of the period and asks for the age on it.
def age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def place(birth: date, day: date) -> tuple[int, int, int, str]:
    years = age(birth, day)
    return (day.year, years, birth.year, "lower" if years == day.year - birth.year else "upper")


def walked(facts: list[Fact], period: str) -> dict[tuple, dict[str, int]]:
    """The triangles of a register, day by day."""
    wanted, one = parse_period(period), timedelta(days=1)
    cells: dict[tuple, Counter] = defaultdict(Counter)
    for birth, when, event in facts:
        component, day = FACTS[event], wanted.start
        sign = -1 if component in LEAVING else 1
        if component != "opening" and wanted.start <= when < wanted.end:
            cells[place(birth, when)][component] += 1
        while day < wanted.end:
            before, after = component == "opening" or when < day, when <= day
            first = day == wanted.start or (day.month, day.day) == (1, 1)
            if before and first:
                cells[place(birth, day)]["opening"] += sign
            elif before and age(birth, day - one) < age(birth, day):
                cells[place(birth, day - one)]["passed"] += sign
                cells[place(birth, day)]["reached"] += sign
            if after:
                cells[place(birth, day)]["person_days"] += sign
            if after and (day + one == wanted.end or (day.month, day.day) == (12, 31)):
                cells[place(birth, day)]["closing"] += sign
            day += one
    found = {key: {name: value for name, value in values.items() if value} for key, values in cells.items()}
    return {key: values for key, values in found.items() if values}


BIRTHS = st.one_of(
    st.sampled_from([date(1904, 2, 29), date(2004, 2, 29), date(1980, 1, 1), date(1980, 12, 31), date(1921, 4, 1), date(2005, 12, 31)]),
    st.dates(date(1900, 1, 1), date(2005, 12, 31)),
)
MOVES = st.sampled_from(["arrival", "departure", "death"])
DAYS = st.one_of(
    st.sampled_from([date(2006, 1, 1), date(2006, 2, 28), date(2006, 3, 1), date(2006, 12, 31), date(2008, 2, 29), date(2007, 1, 1)]),
    st.dates(date(2006, 1, 1), date(2008, 12, 31)),
)
BORN = DAYS.map(lambda day: (day, day, "birth_in"))
LISTED = BIRTHS.map(lambda birth: (birth, LIST, "enumeration"))
MOVED = st.builds(lambda birth, day, event: (birth, day, event), BIRTHS, DAYS, MOVES)
LATER = st.builds(lambda born, days, event: (born[0], born[0] + timedelta(days), event), BORN, st.integers(0, 500), MOVES)
REGISTERS = st.lists(st.one_of(BORN, LISTED, MOVED, LATER), max_size=12)
PERIODS = st.sampled_from(["2006", "2006", "2008", "2006-03", "2006-04..2006-09", "2006-11..2008-03"])


@settings(deadline=None, derandomize=True, max_examples=40)
@given(REGISTERS, PERIODS)
def test_random_registers_against_the_judge(facts, period):
    """Any facts, also of persons who were never there: sums over facts need nobody to exist."""
    done = made(facts, period)
    assert triangles(done) == walked(facts, period)
    assert set(failing(done)) <= {"below_zero"}


def test_a_curve_has_a_gap_where_a_value_is_hidden_and_where_an_age_is_missing():
    rows = [
        {"indicator": "DA", "measure": "entry_rate", "variant": "", "period": "2006", "breakdown": "age", "category": str(years),
         "value": 2.0 * years, "records": records, "unit": "per_1000_person_years", "flag": ""}
        for years, records in ((0, 9), (1, 9), (2, 3), (3, 9), (5, 9))
    ]  # fmt: skip
    found = list(stretches(Cells(shown(rows, 5))))
    assert found == [[(0, 0.0), (1, 2.0), (2, 2.0)], [(3, 6.0), (4, 6.0)], [(5, 10.0), (6, 10.0)]]
