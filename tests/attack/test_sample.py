"""A sample holds whole persons, the same ones in every source; it is marked, and it is not the whole."""

import csv
from fractions import Fraction

import pytest

from sojourn.errors import SojournError
from sojourn.run.sample import parse_share
from tests.attack import lands
from tests.attack.conftest import command
from tests.attack.traces import manifest, table


@pytest.fixture
def many(tmp_path):
    """A country of 4,000 persons with two crossings and one entry of the register each."""
    people = [f"PASS{number}QX" for number in range(4000)]
    crossings = [lands.CROSSINGS[0]]
    for number, person in enumerate(people):
        for place, (direction, day) in enumerate((("I", "2020-02-01"), ("O", "2021-05-20"))):
            crossings.append((2 * number + place, person, direction, day, "", "F", "1990-09-09", "XFA", "XFA", ""))
    register = [lands.REGISTER[0], *((person, "F", "1990-09-09", "XDL", "XFA") for person in people)]
    return lands.persons_land(tmp_path / "many", lands.RECORDS | {"crossings": crossings, "register": register, "births": lands.BIRTHS[:1] + lands.BIRTHS[2:]})


def sampled(folder, share: str):
    code, out, text = command("run", folder, "--sample", share)
    assert code == 0, text
    (run,) = (folder / "runs").glob("*sample*")
    return run, out


def test_persons_are_whole_and_the_same_in_every_source(many):
    run, _ = sampled(many, "10%")
    crossings = [row["unit"] for row in table(run, "records_crossings")]
    registered = {row["unit"] for row in table(run, "records_register")}
    assert set(crossings) == registered and all(crossings.count(unit) == 2 for unit in list(registered)[:50])
    assert 300 < len(registered) < 500


def test_a_larger_sample_holds_the_smaller(many):
    small, _ = sampled(many, "5%")
    pseudonyms = {row["pseudonym"] for row in table(small, "units")}
    for path in (many / "runs").iterdir():
        path.rename(many / path.name)
    large, _ = sampled(many, "20%")
    assert pseudonyms < {row["pseudonym"] for row in table(large, "units")}


def test_the_sample_is_marked_and_the_whole_is_forecast(many):
    run, out = sampled(many, "10%")
    assert "sample-10pc" in run.name and manifest(run)["sample"] == "10%"
    assert "A sample of 10% of the persons" in next(run.glob("report*.html")).read_text(encoding="utf-8")
    assert "The whole would take about" in out


def test_a_run_is_the_whole(many):
    sampled(many, "10%")
    assert command("run", many)[0] == 0
    (run,) = (path for path in (many / "runs").iterdir() if "sample" not in path.name)
    assert manifest(run)["sample"] is None and len(table(run, "units")) == 4001 + len({*lands.DEATHS[1:], *lands.DECISIONS[1:]})


def test_admissions_are_sampled_by_their_form(stays):
    run, _ = sampled(stays, "50%")
    assert 0 < len(table(run, "records_admissions")) < 8


def test_records_read_are_those_of_the_sample(many):
    run, _ = sampled(many, "10%")
    balance = {row["source"]: row["read"] for row in manifest(run)["balance"]}
    with (many / "data" / "crossings.csv").open(encoding="utf-8") as file:
        assert 0 < balance["crossings"] < len(list(csv.reader(file))) / 5


@pytest.mark.parametrize("text, share", [("1%", Fraction(1, 100)), ("0.5 %", Fraction(1, 200)), ("0.01", Fraction(1, 100))])
def test_shares(text, share):
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["", "0", "100%", "1", "-1%", "a tenth", "1e-3"])
def test_what_is_no_share(text):
    with pytest.raises(SojournError):
        parse_share(text)
