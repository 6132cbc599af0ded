"""The survey stage on toy tables whose errors can be computed on paper, and the two definitions it needs."""

from datetime import date

import pytest

duckdb = pytest.importorskip("duckdb")

from sojourn.definitions.birthplace import Birthplace  # noqa: E402
from sojourn.definitions.load import load_country  # noqa: E402
from sojourn.definitions.precision import Precision  # noqa: E402
from sojourn.definitions.source import Source  # noqa: E402
from sojourn.errors import SojournError  # noqa: E402
from sojourn.stages.survey import prose, tables  # noqa: E402
from sojourn.stages.survey.period import label, last_full_year  # noqa: E402

CITED = {"title": "Handbook", "paragraph": "1"}


def cited(value, unit):
    return {"value": value, "unit": unit, "since": "2011-01-01", "reference": CITED}


def precision(marked=0, hidden=0, error=100, level=90, multiplier=1.645):
    return Precision.model_validate(
        {
            "id": "precision",
            "kind": "precision",
            "bounds": {"level": cited(level, "percent"), "multiplier": multiplier},
            "unreliable": {"records_below": cited(marked, "records"), "relative_standard_error_over": cited(error, "percent")},
            "suppressed": {"records_below": cited(hidden, "records")},
        }
    )


def birthplace(native=("in_country", "in_territory"), zeros=(), variants=()):
    return Birthplace.model_validate(
        {
            "id": "birthplace",
            "kind": "birthplace",
            "native_born": native,
            "reference": CITED,
            "structural_zeros": [{"subpopulation": each, "reason": "law.", "reference": CITED} for each in zeros],
            "variants": [{"id": key, "native_born": side, "deviation": "As at home.", "reference": CITED} for key, side in variants],
        }
    )


def source(**changed):
    base = {
        "id": "toy",
        "title": "Toy",
        "evidence": "household_survey",
        "unit": "respondent",
        "owner": "Office",
        "files": ["toy.csv"],
        "covers": {"from": date(2011, 1, 1), "until": date(2012, 1, 1)},
        "identifier": {"column": ["household", "line"], "scheme": "toy"},
        "weight": "w",
        "replicates": {"prefix": "w", "count": 4, "method": "successive difference"},
    }
    return Source.model_validate(base | changed)


class Place:
    """As much of a country as the stage asks for."""

    path = __import__("pathlib").Path("toy")


# birth class, citizenship class, weight and four replicates: native 60, 62, 58, 60, 60; foreign 40, 38, 44, 40, 40.
NATIVE = ("female", 30, "in_country", "national", "USA", None, "same_dwelling", 60, 62, 58, 60, 60)
FOREIGN = ("male", 85, "abroad", "foreign", "MEX", 2010, "another_country", 40, 38, 44, 40, 40)
NAMES = "sex age birth_class citizenship_class country_of_birth year_of_naturalisation residence_one_year_ago weight w1 w2 w3 w4"


def cells(rows, *definitions, of=None):
    """Published cells by (indicator, measure, variant, breakdown, category), from rows as `accepted_toy`."""
    named = {each.kind: each for each in (definitions or (birthplace(), precision()))}
    connection = duckdb.connect()
    types = ["VARCHAR", "INTEGER", *["VARCHAR"] * 3, "INTEGER", "VARCHAR", *["BIGINT"] * 5]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(NAMES.split(), types, strict=True))
    connection.execute(f"CREATE TABLE accepted_toy ({columns})")
    connection.executemany(f"INSERT INTO accepted_toy VALUES ({', '.join('?' * 12)})", rows)
    found = connection.execute(tables(Place, of or source(), named)["cells_survey"])
    names = [each[0] for each in found.description]
    listed = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    by_key = {tuple(each[key] for key in ("indicator", "measure", "variant", "breakdown", "category")): each for each in listed}
    assert len(by_key) == len(listed)
    return by_key


def changed(row, **values):
    names = NAMES.split()
    return tuple(values.get(name, value) for name, value in zip(names, row, strict=True))


def test_columns_stand_in_the_order_of_the_contract():
    row = next(iter(cells([NATIVE, FOREIGN]).values()))
    assert list(row) == (
        "indicator measure variant period breakdown category value records standard_error lower upper unit flag".split()
    )


def test_error_of_a_count_is_that_computed_on_paper():
    stock = cells([NATIVE, FOREIGN])["MI 1.1", "stock", "", "total", "total"]
    # 4/4 x ((38-40)^2 + (44-40)^2) = 20
    assert stock["value"] == 40
    assert stock["standard_error"] == round(20**0.5, 9)
    assert stock["lower"] == pytest.approx(40 - 1.645 * 20**0.5, abs=1e-8)
    assert stock["upper"] == pytest.approx(40 + 1.645 * 20**0.5, abs=1e-8)
    assert (stock["period"], stock["records"], stock["unit"], stock["flag"]) == ("2011", 1, "persons", "")


def test_a_share_is_formed_anew_in_each_replicate():
    share = cells([NATIVE, FOREIGN])["MI 1.1", "share", "", "total", "total"]
    # 38/100 and 44/102 against 40/100
    expected = (2**2 + (100 * 44 / 102 - 40) ** 2) ** 0.5
    assert (share["value"], share["unit"]) == (40, "percent")
    assert share["standard_error"] == pytest.approx(expected, abs=1e-8)


def test_a_share_by_sex_is_taken_of_the_same_sex():
    found = cells([NATIVE, FOREIGN, changed(NATIVE, sex="male")])
    assert found["MI 1.1", "share", "", "sex", "male"]["value"] == 40
    assert found["MI 1.1", "share", "", "country_of_birth", "MEX"]["value"] == 25


def test_bounds_do_not_go_below_zero():
    wild = changed(FOREIGN, w1=0, w2=120)
    assert cells([NATIVE, wild])["MI 1.1", "stock", "", "total", "total"]["lower"] == 0


def test_few_records_are_marked_and_fewer_are_not_shown():
    rows = [FOREIGN] * 3 + [NATIVE] * 2 + [changed(NATIVE, sex="other")]
    found = cells(rows, birthplace(), precision(marked=3, hidden=2))
    by_sex = {each: found["RP", "stock", "", "sex", each] for each in ("male", "female", "other")}
    assert [by_sex[each]["flag"] for each in ("male", "female", "other")] == ["", "unreliable", "suppressed"]
    assert (by_sex["female"]["value"], by_sex["other"]["value"]) == (120, None)
    assert [by_sex["other"][each] for each in ("standard_error", "lower", "upper")] == [None] * 3


@pytest.mark.parametrize(("limit", "flag"), [("11.1", "unreliable"), ("11.2", "")])
def test_a_wide_error_is_marked(limit, flag):
    """The error is sqrt(20) of 40: 11.18 per cent."""
    found = cells([NATIVE, FOREIGN], birthplace(), precision(error=limit))
    assert found["MI 1.1", "stock", "", "total", "total"]["flag"] == flag


def test_a_cell_empty_by_law_is_structural_and_has_no_error():
    key = ("MI 1.1", "stock", "", "subpopulation", "native_born_foreign")
    empty = cells([NATIVE, FOREIGN], birthplace(zeros=["native_born_foreign"]), precision(hidden=1))[key]
    assert (empty["flag"], empty["value"], empty["records"], empty["standard_error"]) == ("structural_zero", 0, 0, None)
    measured = cells([NATIVE, FOREIGN], birthplace(), precision(hidden=1))[key]
    assert (measured["flag"], measured["value"]) == ("suppressed", None)


def test_records_in_a_cell_that_law_calls_empty_are_shown():
    odd = changed(NATIVE, citizenship_class="foreign")
    found = cells([NATIVE, FOREIGN, odd], birthplace(zeros=["native_born_foreign"]), precision())
    cell = found["RP", "stock", "", "subpopulation", "native_born_foreign"]
    assert (cell["flag"], cell["value"], cell["records"]) == ("", 60, 1)


def test_subpopulations_add_up_to_the_residents():
    unknown = changed(NATIVE, citizenship_class="unknown", birth_class=None)
    found = cells([NATIVE, FOREIGN, unknown, changed(FOREIGN, citizenship_class="stateless")])
    parts = {key[4]: each["value"] for key, each in found.items() if key[:4] == ("RP", "stock", "", "subpopulation")}
    assert parts == {
        "native_born_national": 60,
        "native_born_foreign": 0,
        "foreign_born_national": 0,
        "foreign_born_foreign": 80,
        "undetermined": 60,
    }
    assert sum(parts.values()) == found["RP", "stock", "", "total", "total"]["value"]


def test_one_known_answer_is_enough_to_be_an_immigrant():
    born_abroad = changed(FOREIGN, citizenship_class="unknown")
    foreign = changed(FOREIGN, birth_class="unknown")
    found = cells([NATIVE, born_abroad, foreign])
    assert found["MI 1.1", "stock", "", "total", "total"]["value"] == 80
    assert found["MI 1.1", "stock", "", "subpopulation", "undetermined"]["value"] == 80


def test_a_variant_stands_beside_the_definition():
    line = ("in_country", "in_territory", "abroad_of_nationals")
    rows = [NATIVE, FOREIGN, changed(FOREIGN, birth_class="abroad_of_nationals", citizenship_class="national")]
    found = cells(rows, birthplace(variants=[("national", line)]), precision())
    assert found["MI 1.1", "stock", "", "total", "total"]["value"] == 80
    assert found["MI 1.1", "stock", "national", "total", "total"]["value"] == 40


def test_births_in_the_country_are_no_country_of_birth_of_immigrants():
    found = cells([NATIVE, FOREIGN, changed(FOREIGN, country_of_birth=None)])
    assert {key[4] for key in found if key[3] == "country_of_birth"} == {"MEX", "unknown"}


def test_pyramid_and_age_groups():
    found = cells([NATIVE, FOREIGN, changed(NATIVE, age=0), changed(NATIVE, age=84), changed(NATIVE, age=None)])
    groups = {key[4] for key in found if key[:4] == ("RP", "stock", "", "age_group")}
    assert groups == {"0-4", "30-34", "80-84", "85+", "unknown"}
    assert found["RP", "stock", "", "sex x age_group x birth", "male|85+|foreign_born"]["value"] == 40
    assert ("RP", "share", "", "sex x age_group x birth", "male|85+|foreign_born") not in found


def test_questions_about_the_past_give_proxies():
    found = cells([NATIVE, FOREIGN, changed(FOREIGN, year_of_naturalisation=2011)], birthplace(), precision(marked=2))
    naturalised = found["MI 1.2", "events", "", "total", "total"]
    assert (naturalised["value"], naturalised["period"], naturalised["flag"]) == (40, "2010", "unreliable proxy")
    moved = found["MI 1.3", "events", "", "total", "total"]
    assert (moved["value"], moved["period"], moved["flag"]) == (80, "2011", "proxy")
    assert not any(key[0] == "MI 1.4" for key in found)


def test_no_value_depends_on_the_order_of_records():
    rows = [changed(FOREIGN, weight=100 + n, w1=3 * n, w2=7 * n, age=n) for n in range(80)] + [NATIVE]
    assert cells(rows) == cells(rows[::-1])


def test_what_a_survey_cannot_give_is_said():
    rows = duckdb.connect().execute(tables(Place, source(), {1: birthplace(), 2: precision()})["not_produced_survey"]).fetchall()
    assert [row[0] for row in rows] == ["MI 1.4", "TM"]
    assert all(reason and unlock for _, reason, unlock in rows)


def test_reference_period_is_that_of_the_interviews():
    assert (label(source()), last_full_year(source())) == ("2011", 2010)
    autumn = source(covers={"from": date(2011, 9, 1), "until": date(2012, 2, 1)})
    assert (label(autumn), last_full_year(autumn)) == ("2011-09..2012-01", 2010)
    assert "2010" in prose(source())


@pytest.mark.parametrize(
    ("of", "named", "code"),
    [
        ({"replicates": None}, {1: birthplace(), 2: precision()}, "survey.no_weight"),
        ({}, {1: birthplace()}, "survey.no_definition"),
        ({}, {2: precision()}, "survey.no_definition"),
    ],
)
def test_what_the_stage_needs_is_asked_for(of, named, code):
    with pytest.raises(SojournError) as raised:
        tables(Place, source(**of), named)
    assert raised.value.problems[0].code == code
    assert raised.value.problems[0].part("_do")


@pytest.mark.parametrize(
    ("definition", "codes"),
    [
        (birthplace(), []),
        (birthplace(native=("in_territory",)), ["survey.born_here_is_foreign"]),
        (birthplace(native=("in_country", "in_territory", "abroad_of_nationals", "abroad")), ["survey.all_native"]),
        (birthplace(variants=[("same", ("in_territory", "in_country"))]), ["survey.variant_same"]),
        (birthplace(variants=[("a", ("in_country",)), ("a", ("in_country",))]), ["survey.variant_twice"]),
        (precision(), []),
        (precision(level=95, multiplier=1.96), []),
        (precision(level=95), ["survey.multiplier"]),
        (precision(level=100), ["survey.level"]),
        (precision(marked=5, hidden=6), ["survey.limits_order"]),
    ],
)
def test_lint(definition, codes):
    found = definition.lint()
    assert [each.code for each in found] == codes
    assert all(each.part("") and each.part("_do") for each in found)


@pytest.mark.parametrize("missing", ["unit", "since", "reference"])
def test_a_number_without_unit_date_or_reference_is_refused(missing):
    data = precision().model_dump(mode="json")
    del data["suppressed"]["records_below"][missing]
    with pytest.raises(ValueError, match=missing):
        Precision.model_validate(data)


def test_definitions_read_as_prose():
    line = ("in_country", "in_territory", "abroad_of_nationals")
    text = birthplace(zeros=["native_born_foreign"], variants=[("national", line)]).prose()
    assert "births in the country's territories" in text and "As at home." in text and "structural zero" in text
    assert "1.645" in precision().prose()


def test_the_country_of_the_american_survey_loads(countries):
    country = load_country(countries / "acs")
    assert country.sources["acs"].identifier.column == ("SERIALNO", "SPORDER")
    assert set(tables(country, country.sources["acs"], country.definitions)) == {"cells_survey", "not_produced_survey"}
