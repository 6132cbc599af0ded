"""A file is profiled, the TO DO are filled in, and the country gives the figures of the source written by hand."""

import re
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sojourn import check, run
from sojourn.run.init import init
from sojourn.run.profiling import profile

OWNED = {"title": "title: Made up", "owner": "owner: Made up"}
DATED = "covers: {from: 2014-01-01, until: 2019-01-01}"
KEY = "scheme: personal_key}"

# What only a person can know, by the key of the line that says TO DO; a text replaces the line. `codes`: targets by code.
LIVES = {
    "births": {
        "evidence": "evidence: civil_registration", "covers": DATED, "scheme": KEY, "event": "event: birth_in",
        "sex": "  sex: {column: sex, codes: {M: male, F: female}}", "more": "  country_of_birth: {value: XDL}",
    },
    "border_crossings": {"evidence": "evidence: border_crossings", "covers": DATED, "scheme": KEY},
    "citizenship_decisions": {
        "evidence": "evidence: naturalisation_file", "covers": DATED, "scheme": KEY,
        "event": "event: {column: decision, codes: {A: acquisition, L: loss}}", "sex": "  sex: {column: sex, codes: {M: male, F: female}}",
    },
    "deaths": {"evidence": "evidence: civil_registration", "covers": DATED, "scheme": KEY, "event": "event: death", "columns": ""},
    "population_register": {
        "evidence": "evidence: population_register", "covers": "covers: {from: 2014-01-01, until: 2014-01-02}", "scheme": KEY,
        "event": "event: enumeration", "date": "date: {value: 2014-01-01}\ncomplete: true",
        "sex": "  sex: {column: sex, codes: {1: male, 2: female}}",
    },
}  # fmt: skip
OF_SEX = "  sex: {column: sex, codes: {1: male, 2: female}, missing: [\"9\"]}"
COMBINED = {
    "births": {
        "evidence": "evidence: civil_registration", "covers": DATED, "scheme": KEY, "event": "event: birth_in",
        "sex": OF_SEX, "more": "  country_of_birth: {value: XYZ}",
    },
    "border": {
        "evidence": "evidence: border_crossings", "covers": DATED, "scheme": KEY, "event": "event: {column: direction, codes: {E: arrival, X: departure}}",
        "sex": "  sex: {column: sex, codes: {F: female, M: male, X: other}, missing: [U]}",
    },
    "deaths": {"evidence": "evidence: civil_registration", "covers": DATED, "scheme": KEY, "event": "event: death", "columns": ""},
    "naturalisations": {"evidence": "evidence: naturalisation_file", "covers": DATED, "scheme": KEY, "event": "event: acquisition"},
    "register": {
        "evidence": "evidence: population_register", "covers": "covers: {from: 2014-01-01, until: 2014-01-02}", "scheme": KEY,
        "event": "event: enumeration", "date": "date: {value: 2014-01-01}\ncomplete: true", "sex": OF_SEX,
    },
}  # fmt: skip
FIELD = {
    "survey": {
        "evidence": "evidence: household_survey", "covers": "covers: {from: 2016-01-01, until: 2017-01-01}",
        "identifier": "identifier: {column: [household, line], scheme: survey_respondent}\n"
        "replicates: {prefix: rep, count: 8, method: successive difference, factor: 4}",
        "sex": "  sex: {column: sex, codes: {1: male, 2: female}, required: true}",
        "more": "  birth_class: {column: born, codes: {1: in_country, 2: abroad_of_nationals, 3: abroad}, required: true}\n"
        "  citizenship_class: {column: citizen, codes: {1: national, 2: foreign, 3: stateless}, required: true}\n"
        "  year_of_entry: entry\n  year_of_naturalisation: naturalised\n"
        "  residence_one_year_ago: {column: year_ago, codes: {1: same_dwelling, 2: same_country, 3: another_country}}",
    },
}  # fmt: skip


def filled(text: str, answers: dict[str, str]) -> str:
    """The proposed source file with an answer in place of every TO DO, and every other line as it is."""
    known = {**OWNED, **answers}
    return "\n".join(_answer(line, known) if "TO DO" in line else line for line in text.splitlines()) + "\n"


def _answer(line: str, known: dict[str, str]) -> str:
    if line.lstrip().startswith("#"):
        return known.get("more", "") if "map what else" in line else line
    key = line.split(":")[0].strip()
    if key == "identifier" and key not in known:
        return re.sub(r"scheme: }.*", known["scheme"], line)
    return known[key]


def proposed(folder: Path, answers: dict[str, dict[str, str]]) -> Path:
    """A copy of a country whose sources are those proposed from its data, the TO DO filled in."""
    copy = folder.with_name("proposed")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("runs", ".sojourn", "sources"))
    for name, each in answers.items():
        written = profile(copy / "data" / f"{name}.csv", copy).written[0]
        written.write_text(filled(written.read_text(encoding="utf-8"), each), encoding="utf-8")
    return copy


def cells(folder: Path) -> list[dict]:
    (path,) = (run(folder).folder / "tables").glob("cells.*parquet")
    return pq.read_table(path).to_pylist()


@pytest.fixture
def lives(countries, tmp_path) -> Path:
    copy = tmp_path / "lives"
    shutil.copytree(countries / "lives", copy, ignore=shutil.ignore_patterns("runs", ".sojourn", "published"))
    for path in (copy / "definitions").glob("other_system*"):
        path.unlink()
    return copy


@pytest.fixture
def combined(tmp_path) -> Path:
    return init(tmp_path / "land", "combined")


@pytest.fixture
def field(tmp_path) -> Path:
    return init(tmp_path / "land", "field")


@pytest.mark.parametrize(("country", "answers"), [("lives", LIVES), ("combined", COMBINED), ("field", FIELD)])
def test_the_proposed_sources_give_the_same_figures(country, answers, request):
    folder = request.getfixturevalue(country)
    sources = {path.stem: path for path in (folder / "sources").glob("*.yaml")}
    kept = [path for name, path in sources.items() if name not in answers]
    copy = proposed(folder, answers)
    for path in kept:
        shutil.copy(path, copy / "sources" / path.name)
    assert [each for each in check(copy) if not each.warning] == []
    assert cells(copy) == cells(folder)
    assert len(cells(copy)) > 50


def test_a_todo_left_open_is_a_problem_of_its_line(tmp_path):
    folder = init(tmp_path / "land", "border")
    (folder / "sources" / "border.yaml").unlink()
    written = profile(folder / "data" / "border.csv", folder).written[0]
    lines = written.read_text(encoding="utf-8").splitlines()
    found = {each.line: each.code for each in check(folder) if each.file == written}
    assert found and all("TO DO" in lines[line - 1] for line in found)
    assert {line.split(":")[0] for line in (lines[each - 1] for each in found)} >= {"evidence", "owner", "covers", "identifier"}
