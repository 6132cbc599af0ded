"""Many persons at once through the door to the kernels: the same as one by one, however the batches fall.

And through the steps of a run: three generations of a generated country, in which a child's status is its mother's.
"""

import csv
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise, product
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from sojourn.definitions.history import Decision, Event, History
from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.yaml import Refused
from sojourn.engine.histories import whole_persons
from sojourn.reference.residence import decide
from sojourn.run.graph import Graph
from sojourn.run.histories import decided
from sojourn.run.pseudonyms import pseudonym
from sojourn.run.secret import read_secret
from tests.generative.fast import day_of, number, rows
from tests.generative.strategies import SMALL, draw_life, rule_of
from tests.generative.test_kernel import spoilt

BEGIN, END = date(2003, 6, 1), date(2005, 3, 1)
RULE = rule_of(SMALL[0])


def batches_of(table: pa.Table, sizes: Iterable[int]) -> Iterator[pa.RecordBatch]:
    """The rows of a table in batches of given sizes."""
    start = 0
    for size in sizes:
        yield from table.slice(start, size).combine_chunks().to_batches()
        start += size


def every_cut(length: int) -> Iterator[list[int]]:
    """The sizes of the batches in every way of cutting so many rows."""
    for cuts in product((False, True), repeat=length - 1):
        places = [0, *(place for place, cut in enumerate(cuts, 1) if cut), length]
        yield [after - before for before, after in pairwise(places)]


@pytest.mark.parametrize("persons", [[1, 1, 1, 2, 2, 3, 4, 4], [1] * 8, [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2, 2, 2, 2, 3]], ids=str)
def test_persons_stay_whole_however_batches_fall(persons: list[int]) -> None:
    table = pa.table({"person": persons, "place": range(8)})
    for sizes in every_cut(8):
        found = list(whole_persons(batches_of(table, sizes)))
        assert pa.concat_tables(found).equals(table)
        held = [set(each.column("person").to_pylist()) for each in found]
        assert all(before.isdisjoint(after) for before, after in pairwise(held))


def drawn_lives(count: int) -> list[History]:
    """Lives of all kinds, whose records also lie outside the days observed here."""
    made = [draw_life(Random(seed), 40, most=8, late=20) for seed in range(count)]
    made += [spoilt(seed, 40) for seed in range(count)]
    return [replace(each, begin=BEGIN, end=END) for each in made]


def table_of(lives: list[History]) -> pa.Table:
    """The sorted events of persons numbered from 1."""
    every = [rows(replace(life, begin=date.min, end=date.max), person) for person, life in enumerate(lives, 1)]
    events = np.concatenate([each for each in every if len(each)])
    return pa.table({name: np.ascontiguousarray(events[name]) for name in events.dtype.names})


def by_reference(life: History, rule: ResidenceRule) -> list[tuple] | None:
    """None for a person of whom no record lies in the observation."""
    if not any(life.begin <= each.date <= life.end for each in life.events):
        return None
    try:
        return [told(each) for each in decide(life, rule)]
    except Refused:
        return None


def told(each: Decision) -> tuple:
    crossed = each.opened_by in ("arrival", "departure") or (each.inside and each.opened_by == "birth")
    change = (each.change, each.change_known_on) if crossed else ()
    where = (each.start, each.end, each.inside, each.opened_by, each.closed_by, each.imputed)
    return (*where, each.before, each.after, each.status, each.reason, each.decided_on, each.known_on, *change)


def as_decision(row: dict) -> Decision:
    days = {name: None if row[name] is None else day_of(row[name]) for name in ("start", "end", "decided_on", "known_on", "change_known_on")}
    names = ("inside", "opened_by", "closed_by", "imputed", "before", "after", "status", "reason", "change")
    return Decision(**days, **{name: row[name] for name in names})


def by_person(found: Iterable[dict]) -> dict[int, list[tuple]]:
    persons: dict[int, list[tuple]] = {}
    for row in found:
        persons.setdefault(row["person"], []).append(told(as_decision(row)))
    return persons


def through_the_door(table: pa.Table, lives: list[History], size: int, workers: int) -> list[dict]:
    mothers = {person: (life.mother[0], number(life.mother[1])) for person, life in enumerate(lives, 1) if life.mother}
    made = decided(table.to_batches(max_chunksize=size), RULE, number(BEGIN), number(END), mothers, workers)
    return [row for statuses, _ in made for row in statuses.to_pylist()]


@pytest.mark.parametrize(("size", "workers"), [(1, 1), (2, 3), (3, 1), (7, 2), (50, 2), (100_000, 1)])
def test_many_persons_are_decided_as_one_by_one(size: int, workers: int) -> None:
    lives = drawn_lives(80)
    table = table_of(lives)
    found = through_the_door(table, lives, size, workers)
    assert [row["person"] for row in found] == sorted(row["person"] for row in found)
    persons = by_person(found)
    compared = 0
    for person, life in enumerate(lives, 1):
        expected = by_reference(life, RULE)
        if expected is not None:
            compared += 1
            assert persons[person] == expected, life
    assert compared > 100


def test_batches_make_no_difference_to_issues() -> None:
    lives = drawn_lives(80)
    table = table_of(lives)
    found = []
    for size in (1, 5, 100_000):
        made = decided(table.to_batches(max_chunksize=size), RULE, number(BEGIN), number(END), {}, 2)
        found.append([row for _, issues in made for row in issues.to_pylist()])
    assert found[0] == found[1] == found[2] != []


FIRST, LAST = date(2014, 1, 1), date(2019, 1, 1)
HEADERS = {
    "population_register": "key,sex,birth_date,country_of_birth,citizenship",
    "births": "key,mother,date,sex,citizenship",
    "deaths": "key,date,place",
    "border_crossings": "number,key,direction,date,time,admitted_until,citizenship,country_of_birth,sex,birth_date",
    "citizenship_decisions": "key,decision,date,former_citizenship,sex,birth_date,country_of_birth",
}


class Family:
    """Persons of three generations: the rows of the office's files, and the same as histories for the reference."""

    def __init__(self, seed: int, founders: int = 40) -> None:
        self.random = Random(seed)
        self.files: dict[str, list[list[object]]] = {name: [] for name in HEADERS}
        self.events: dict[str, list[Event]] = {}
        self.mothers: dict[str, tuple[str, date]] = {}
        for founder in range(founders):
            self.founder(f"F{founder}")
        self.files["citizenship_decisions"].append(["F0", "A", "2016-05-05", "XFA", "F", "1980-01-01", "XFA"])

    def founder(self, key: str) -> None:
        listed = self.random.random() < 0.5
        self.events[key] = [Event("enumeration" if listed else "exclusion", FIRST)]
        if listed:
            self.files["population_register"].append([key, 2, "1980-01-01", "XDL", "XDL"])
        self.moves(key, FIRST)
        self.child(key, 1, self.day(FIRST))

    def child(self, mother: str, generation: int, born: date) -> None:
        """A child of a known mother, born on a day on which she may be moving, and its own children."""
        key = f"{mother}.{generation}"
        linked = self.random.random() < 0.9
        self.files["births"].append([key, mother if linked else "", born, "F", "XDL"])
        self.events[key] = [Event("birth_in", born)]
        if linked:
            self.mothers[key] = (mother, born)
        self.moves(key, born)
        if generation < 3:
            self.child(key, generation + 1, self.day(born))

    def moves(self, key: str, since: date) -> None:
        day, inward = since, self.random.random() < 0.5
        for _ in range(self.random.randrange(6)):
            day += timedelta(days=self.random.choice((0, 1, 20, 130, 365, 366, 490)))
            clock = self.random.choice((None, time(9), time(17)))
            if day < LAST:
                self.crossing(key, day, inward, clock)
            inward = inward if self.random.random() < 0.1 else not inward
        if self.random.random() < 0.1 and day < LAST:
            self.files["deaths"].append([key, day, "home"])
            self.events[key].append(Event("death", day))

    def crossing(self, key: str, day: date, inward: bool, clock: time | None) -> None:
        place = len(self.files["border_crossings"]) + 1
        written = clock.strftime("%H:%M") if clock else ""
        self.files["border_crossings"].append([place, key, "I" if inward else "O", day, written, "", "XDL", "XDL", "F", ""])
        self.events[key].append(Event("arrival" if inward else "departure", day, time=clock))

    def day(self, since: date) -> date:
        """A day on which a child is born: often one on which something happened."""
        days = [each.date for events in list(self.events.values())[-2:] for each in events if since <= each.date < LAST]
        other = since + timedelta(days=self.random.randrange((LAST - since).days))
        return self.random.choice([*days, other, other])

    def expected(self, rule: ResidenceRule) -> dict[str, list[tuple]]:
        """By the reference, mothers first."""
        lives: dict[str, tuple[Decision, ...]] = {}
        for key, events in self.events.items():
            mother, born = self.mothers.get(key, (None, None))
            known = at_birth(lives[mother], born) if mother else None
            lives[key] = decide(History(tuple(events), FIRST, LAST, known), rule)
        return {key: [told(each) for each in life] for key, life in lives.items()}

    def write(self, folder: Path, shuffled: int | None = None) -> Path:
        """The country folder of drawn lives with these persons in its files."""
        for name, listed in self.files.items():
            inside = list(listed)
            if shuffled is not None:
                Random(shuffled).shuffle(inside)
            with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADERS[name].split(","), *inside])
        return folder


def at_birth(mother: tuple[Decision, ...], born: date) -> tuple[int, date] | None:
    """The mother's status on the day of birth: of the last of her intervals that has begun, the day of her death included."""
    holding = [each for each in mother if each.start <= born <= each.end]
    return (holding[-1].after, holding[-1].known_on) if holding and holding[-1].after is not None else None


def country_folder(countries: Path, into: Path) -> Path:
    return Path(shutil.copytree(countries / "lives", into, ignore=shutil.ignore_patterns("runs")))


def statuses(folder: Path) -> tuple[dict[str, int], list[dict]]:
    """Pseudonym to number, and the statuses of a run of the steps."""
    country = load_country(folder)
    with Graph(country, parse_period(country.file.period)) as graph:
        graph.run()
        numbers = {row["pseudonym"]: row["unit"] for row in graph.session.rows("SELECT * FROM units")}
        return numbers, graph.session.rows("SELECT * FROM statuses ORDER BY person, ordinal")


@pytest.mark.parametrize("seed", [1, 2])
def test_children_take_the_status_of_their_mothers(seed: int, countries: Path, tmp_path: Path) -> None:
    family = Family(seed)
    folder = family.write(country_folder(countries, tmp_path / "country"))
    numbers, found = statuses(folder)
    country = load_country(folder)
    persons, secret = by_person(found), read_secret(country)
    for key, expected in family.expected(country.rule).items():
        assert persons[numbers[pseudonym(secret, "personal_key", key)]] == expected, (key, family.events[key])
    born = [key for key in family.mothers if key.count(".") == 3]
    assert len(born) > 20


def test_the_order_of_rows_in_the_files_never_matters(countries: Path, tmp_path: Path) -> None:
    family = Family(3)
    folder = country_folder(countries, tmp_path / "country")
    first = statuses(family.write(folder))
    for seed in (1, 2):
        again = statuses(family.write(folder, shuffled=seed))
        assert again[0] == first[0]
        assert list(map(without_record, again[1])) == list(map(without_record, first[1]))


def test_a_country_without_persons(countries: Path, tmp_path: Path) -> None:
    """Files with a header alone give tables without rows, not an error."""
    nobody = Family(4, founders=0)
    nobody.files["citizenship_decisions"].clear()
    assert statuses(nobody.write(country_folder(countries, tmp_path / "country"))) == ({}, [])


def without_record(row: dict) -> dict:
    """A status without the place in its file of the record that opened it."""
    return {name: value for name, value in row.items() if name != "record"}
