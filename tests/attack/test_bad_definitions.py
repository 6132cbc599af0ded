"""Definitions that cannot be meant: every problem of every file at once, with file, line, reason and remedy."""

import pytest

from tests.attack.test_bad_files import rewrite
from tests.attack.traces import runs

ARRIVE = "arrive: 12 months within 16 months"
RULE, MOBILITY = "definitions/residence.yaml", "definitions/temporary-mobility.yaml"
REFERENCE = "    reference: {title: Drawn for these tests, paragraph: '1'}\n"


def look(folder, refused, file: str, line: int | None, words: str) -> None:
    """Both commands name the place and the words, and leave no run."""
    said = refused(folder, "check", folder)
    place = f"{folder / file}:{line}: " if line else f"{folder / file}"
    assert place in said, said
    assert words in said, said
    assert words in refused(folder)
    assert runs(folder) == []


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        (ARRIVE, "arrive: 12 within 16 months", 7, "The number 12 has no unit"),
        (ARRIVE, "arrive: 12 months", 7, "is not a threshold"),
        (ARRIVE, "arrive: 12 moons within 16 moons", 7, "is not a duration"),
        (ARRIVE, "arrive: 12.5 months within 16 months", 7, "is not a duration"),
        (ARRIVE, "arrive: 0 months within 16 months", None, "not longer than zero"),
        (ARRIVE, "arrive: -3 months within 16 months", None, "not longer than zero"),
        (REFERENCE, "", None, "has no reference"),
        ("  2019-01-01:\n", "  someday:\n", None, "someday"),
        ("  2019-01-01:\n", "  2019-02-30:\n", None, "day is out of range"),
        (ARRIVE, "arrive: 17 months within 16 months", None, "do not fit into"),
        (ARRIVE, "arrive: 500 days within 16 months", None, "do not fit into"),
        (ARRIVE, "arrive: 3 months within 16 months", None, "can both be met in one window"),
        ("cumulative_presence]", "crystal_ball]", 4, "crystal_ball"),
        ("concept:", "koncept:", 2, "`koncept` is not known"),
        ("paragraph: '1'", "paragraf: '1'", 8, "paragraf"),
        ("id: residence", "id: [residence", None, "not readable YAML"),
        ("id: residence", "id: residence\nid: residence", None, "not readable YAML"),
        ("id: residence", "\tid: residence", None, "not readable YAML"),
    ],
)
def test_a_rule_that_cannot_be_meant(persons, refused, old, new, line, words):
    rewrite(persons / RULE, old, new)
    look(persons, refused, RULE, line, words)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n", "%%%", "a: *nothing\n"])
def test_a_file_that_holds_no_definition(persons, refused, text):
    (persons / RULE).write_text(text, encoding="utf-8")
    look(persons, refused, RULE, None, "what to do:")


def test_a_definition_in_another_encoding(persons, refused):
    (persons / RULE).write_bytes("concept: pop\xe9\n".encode("latin-1"))
    look(persons, refused, RULE, None, "not readable YAML")


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("length: 90 nights", "length: 90", "has no unit"),
        ("length: 90 nights", "length: 3 months", "nights"),
        ("90 nights, reference: {title: Drawn for these tests, paragraph: '1'}", "90 nights", "reference"),
        ("starts: [0, 1, 8, 29, 90, 365]", "starts: [0, 8, 1, 90, 365]", "band"),
        ("starts: [0, 1, 8, 29, 90, 365]", "starts: [0, 1, 8, 29, 365]", "90"),
        ("    residence: {length: 365", "    residence: {length: 300", "300"),
        ("unit: nights", "unit: fortnights", "unit"),
        ("  2021-01-01:", "  always:", "always"),
    ],
)
def test_lengths_that_cannot_be_meant(stays, refused, old, new, words):
    rewrite(stays / MOBILITY, old, new)
    look(stays, refused, MOBILITY, None, words)


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("{value: 90, unit: percent, since: 2021-01-01, ", "{value: 90, since: 2021-01-01, ", "unit"),
        ("{value: 90, unit: percent, since: 2021-01-01, ", "{value: 90, unit: percent, ", "since"),
        (", reference: {title: Drawn for these tests, paragraph: '1'}}, multiplier", "}, multiplier", "reference"),
        ("multiplier: 1.645", "multiplier: 1.96", "1.645"),
        ("records_below: {value: 2,", "records_below: {value: 200,", "200"),
    ],
)
def test_limits_of_precision_that_cannot_be_meant(survey, refused, old, new, words):
    rewrite(survey / "definitions" / "precision.yaml", old, new)
    look(survey, refused, "definitions/precision.yaml", None, words)


@pytest.mark.parametrize(
    "file, old, new, words",
    [
        ("country.yaml", "code: XDL", "code: Drawnland", "`code`"),
        ("country.yaml", 'period: "2021"', 'period: "last year"', "is not understood"),
        ("country.yaml", 'period: "2021"', 'period: "0000"', "is not understood"),
        ("country.yaml", "residence: residence", "residence: elsewhere", "elsewhere"),
        ("country.yaml", "residence: residence\n", "", "no residence rule"),
        ("country.yaml", "threshold: 1", "treshold: 1", "`treshold` is not known"),
        ("country.yaml", "threshold: 1", "threshold: 0", "threshold"),
        ("country.yaml", "[register, ", "[visas, register, ", "visas"),
        ("sources/deaths.yaml", "from: 2019-01-01, until: 2023-01-01", "from: 2023-01-01, until: 2019-01-01", "coverage begins"),
        ("sources/deaths.yaml", "from: 2019-01-01", "from: 2020-01-01", "covers 2020-01-01"),
        ("sources/deaths.yaml", "event: death", "event: abduction", "abduction"),
        ("sources/deaths.yaml", "date: day\n", "", "on which date"),
        ("sources/births.yaml", "  sex:", "  shoe_size: size\n  sex:", "shoe_size"),
        ("sources/births.yaml", "id: births", "id: deaths", "Two files use the id"),
        ("sources/births.yaml", "owner: Office of Drawnland\n", "", "`owner` is missing"),
        ("sources/births.yaml", "evidence: civil_registration", "evidence: rumour", "evidence"),
    ],
)
def test_a_country_or_source_that_cannot_be_meant(persons, refused, file, old, new, words):
    rewrite(persons / file, old, new)
    said = refused(persons, "check", persons)
    assert words in said and refused(persons) and runs(persons) == []


@pytest.mark.parametrize("period", ["2018", "2018-12", "2023", "2022-01..2023-01"])
def test_a_period_outside_the_coverage(persons, refused, period):
    said = refused(persons, "run", persons, "--period", period)
    assert f"{persons / 'sources' / 'crossings.yaml'}:5: The period {period} is not inside the coverage" in said
    assert "`births`" in said and "`register`" not in said


@pytest.mark.parametrize("period", ["2021-13", "21", "2021..2022", "2021-06..2021-01", "9999", "0000", "-1"])
def test_a_period_that_cannot_be_read(persons, refused, period):
    refused(persons, "run", persons, f"--period={period}")
    assert runs(persons) == []


def test_all_problems_of_all_files_are_shown_at_once(persons, refused):
    rewrite(persons / RULE, ARRIVE, "arrive: 12 within 16 months")
    rewrite(persons / "country.yaml", "threshold: 1", "treshold: 1")
    rewrite(persons / "sources" / "births.yaml", "evidence:", "evidense:")
    rewrite(persons / "sources" / "deaths.yaml", "event: death", "event: abduction")
    said = refused(persons, "check", persons)
    for words in (f"{persons / RULE}:7: ", f"{persons / 'country.yaml'}:6: ", "births.yaml:7: ", "deaths.yaml:", "`evidence` is missing"):
        assert words in said, said


def test_faults_of_files_are_shown_beside_faults_of_definitions(persons, refused):
    rewrite(persons / RULE, ARRIVE, "arrive: 17 months within 16 months")
    (persons / "data" / "births.csv").write_bytes(b"")
    rewrite(persons / "data" / "deaths.csv", "passport,day", "passport,when")
    said = refused(persons, "check", persons)
    assert "do not fit into" in said and "births.csv: The file is empty" in said and "deaths.csv:1: " in said
