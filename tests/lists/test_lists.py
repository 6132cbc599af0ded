"""The code lists that come with the package: whole, licensed, and of one mind about countries."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest

from sojourn.lists import lists, rows
from sojourn.lists.__main__ import page
from sojourn.lists.countries import LABEL, former, is_known, names, present, regions, special, successors
from sojourn.lists.territories import candidates, fates, holdings, lifetime, renamed, states

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src" / "sojourn" / "lists"
THIRD_PARTY = (FOLDER / "THIRD_PARTY.md").read_text(encoding="utf-8")
NAMES = sorted(lists())


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_the_file_that_was_described(name):
    each = lists()[name]
    assert hashlib.sha256(each.file.read_bytes()).hexdigest() == each.sha256
    assert each.title and each.version and each.origin and each.licence


@pytest.mark.parametrize("name", NAMES)
def test_its_key_names_a_row(name):
    keys = [tuple(row[column] for column in lists()[name].key) for row in rows(name)]
    assert len(set(keys)) == len(keys) > 0
    assert all(value == value.strip() and None not in row for row in rows(name) for value in row.values())


def test_every_file_is_described_and_every_licence_answered():
    assert {path.stem for path in (FOLDER / "data").glob("*.csv")} == set(NAMES)
    for each in lists().values():
        assert f"`{each.id}`" in THIRD_PARTY
    assert "UNICODE LICENSE V3" in THIRD_PARTY and "provided that" in THIRD_PARTY
    open_licences = ("ODC-PDDL-1.0", "Unicode-3.0", "Public domain", "Facts of the classification")
    assert all(each.licence.startswith(open_licences) for each in lists().values())


def test_the_page_is_made_from_the_lists():
    assert (ROOT / "docs" / "reference" / "lists.md").read_text(encoding="utf-8") == page() + "\n"


def test_iso_and_m49_agree():
    iso = {row["alpha3"]: row["numeric"] for row in rows("iso3166_1")}
    assert {row["alpha3"]: row["code"] for row in rows("m49_countries")} == iso
    assert len(iso) == len(set(iso.values())) == 249
    assert {row["region"] for row in rows("m49_countries")} - {""} <= set(regions())
    assert {row["parent"] for row in rows("m49_regions")} - {""} <= set(regions())


def test_every_country_has_its_names():
    for name in ("country_names", "country_names_un", "nationalities"):
        assert {row["alpha3"] for row in rows(name)} <= set(present())
    languages = {row["language"] for row in rows("country_names")}
    assert len(languages) == 40
    assert all({row["alpha3"] for row in rows("country_names") if row["language"] == each} == set(present()) for each in languages)
    assert all(0 < len(names()[code]) <= LABEL for code in present())


def test_former_countries_and_their_successors():
    assert len(rows("iso3166_3")) == 31
    assert all(set(row["successors"].split()) <= set(present()) for row in rows("iso3166_3"))
    for state in set(states()) & set(former()):
        assert set(successors(state)) <= set(candidates(state, None)), state
    assert set(states()) <= set(former()) | set(present())
    assert (renamed("BUR"), renamed("ZAR"), renamed("DDR"), renamed("LVA")) == ("MMR", "COD", "DDR", "LVA")


def test_no_country_was_wholly_held_by_two_states_on_one_day():
    for country in {each.country for each in holdings()}:
        whole = sorted((each.begin, each.end) for each in holdings() if each.country == country and each.whole)
        assert all(begin < end for begin, end in whole)
        assert all(first[1] <= second[0] for first, second in pairwise(whole)), country


def test_fates_cover_the_life_of_each_state_without_a_gap():
    for state in states():
        mine = [each for each in fates() if each.state == state]
        assert (mine[0].begin, mine[-1].end) == lifetime(state)
        assert all(first.end == second.begin for first, second in pairwise(mine))
        assert all(each.countries for each in mine)


def test_classifications_have_their_known_sizes():
    sizes = {name: len(rows(name)) for name in ("isced2011", "isco08", "icse18", "iso639")}
    assert sizes == {"isced2011": 10, "isco08": 10 + 43, "icse18": 5 + 10, "iso639": 486}
    for name in ("isco08", "icse18"):
        codes = {row["code"] for row in rows(name)}
        assert all(row["parent"] in codes and row["code"].startswith(row["parent"]) for row in rows(name) if row["parent"])


@pytest.mark.parametrize(("code", "known"), [("LVA", True), ("SUN", True), ("XXA", True), ("XKX", True), ("M49_150", True), ("unknown", True), ("LV", False), ("ZZZ", True), ("LAT", False), ("", False)])
def test_codes_that_can_stand_for_a_place(code, known):
    assert is_known(code) == known


def test_documents_without_a_nationality():
    assert special()["XXA"] == "stateless"
    assert {special()[code] for code in ("XXB", "XXC")} == {"foreign"}
    assert {special()[code] for code in ("UNO", "UNA", "XXX")} == {"unknown"}
