"""Birthplaces in the borders of then and now: worked cases, and every expression against plain Python over the holdings."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.concepts.columns import PERSON_ATTRIBUTES
from sojourn.engine.portable import lint
from sojourn.engine.session import Session
from sojourn.lists.countries import former, successors
from sojourn.lists.territories import holdings, states
from sojourn.stages import birthplace

NOW, THEN = "now", "then"
IN_1970, IN_1995, IN_2005 = date(1970, 5, 1), date(1995, 5, 1), date(2005, 5, 1)
CASES = [
    # country, place as recorded, day of birth, then (place, class), now (place, class)
    ("LVA", "SUN", IN_1970, ("SUN", "native"), ("SUN", "unknown")),
    ("DEU", "SUN", IN_1970, ("SUN", "foreign"), ("SUN", "foreign")),
    ("LVA", "RUS", IN_1970, ("SUN", "native"), ("RUS", "foreign")),
    ("LVA", "LVA", IN_1970, ("SUN", "native"), ("LVA", "native")),
    ("LVA", "LVA", date(1935, 5, 1), ("LVA", "native"), ("LVA", "native")),
    ("LVA", "SUN", date(1935, 5, 1), ("SUN", "foreign"), ("SUN", "foreign")),
    ("RUS", "LVA", IN_1970, ("SUN", "native"), ("LVA", "foreign")),
    ("RUS", "LVA", IN_1995, ("LVA", "foreign"), ("LVA", "foreign")),
    ("LVA", "SUN", None, ("SUN", "unknown"), ("SUN", "unknown")),
    ("DEU", "SUN", None, ("SUN", "foreign"), ("SUN", "foreign")),
    ("LVA", None, IN_1970, (None, "unknown"), (None, "unknown")),
    # Sudan before and after 9 July 2011
    ("SSD", "SDN", date(2011, 7, 8), ("SDN", "native"), ("SDN", "unknown")),
    ("SSD", "SDN", date(2011, 7, 9), ("SDN", "foreign"), ("SDN", "foreign")),
    ("SDN", "SDN", date(2011, 7, 8), ("SDN", "native"), ("SDN", "native")),
    ("SDN", "SSD", date(2011, 7, 8), ("SDN", "native"), ("SSD", "foreign")),
    ("SDN", "SSD", date(2011, 7, 9), ("SSD", "foreign"), ("SSD", "foreign")),
    # Yugoslavia: whole until 1991, Serbia and Montenegro until 2003, by another name until 2006
    ("SVN", "YUG", date(1991, 6, 24), ("YUG", "native"), ("YUG", "unknown")),
    ("SVN", "YUG", IN_1995, ("YUG", "foreign"), ("YUG", "foreign")),
    ("SRB", "YUG", IN_1995, ("YUG", "native"), ("YUG", "unknown")),
    ("SRB", "MNE", IN_2005, ("SCG", "native"), ("MNE", "foreign")),
    ("SRB", "SCG", IN_2005, ("SCG", "native"), ("SCG", "unknown")),
    ("SRB", "MNE", date(2006, 6, 3), ("MNE", "foreign"), ("MNE", "foreign")),
    ("AUT", "SCG", IN_2005, ("SCG", "foreign"), ("SCG", "foreign")),
    # An old code outlives its state: as if the day were not known
    ("SVN", "YUG", IN_2005, ("YUG", "unknown"), ("YUG", "unknown")),
    # Czechoslovakia on its last and the next day
    ("CZE", "CSK", date(1992, 12, 31), ("CSK", "native"), ("CSK", "unknown")),
    ("CZE", "SVK", date(1992, 12, 31), ("CSK", "native"), ("SVK", "foreign")),
    ("CZE", "SVK", date(1993, 1, 1), ("SVK", "foreign"), ("SVK", "foreign")),
    ("POL", "CSK", IN_1970, ("CSK", "foreign"), ("CSK", "foreign")),
    # A state that is a part of this country now, and the only successor of another
    ("DEU", "DDR", IN_1970, ("DDR", "native"), ("DEU", "native")),
    ("POL", "DDR", IN_1970, ("DDR", "foreign"), ("DEU", "foreign")),
    ("DEU", "DDR", None, ("DDR", "unknown"), ("DEU", "native")),
    ("BGD", "PAK", date(1960, 1, 1), ("PAK", "native"), ("PAK", "unknown")),
    ("ERI", "ETH", date(1980, 1, 1), ("ETH", "native"), ("ETH", "unknown")),
]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    opened = Session(Path(tmp_path_factory.mktemp("scratch")), threads=1)
    yield opened
    opened.close()


def placed(session: Session, country: str, borders: str | None, people: list[tuple[str | None, date | None]]) -> list[tuple]:
    """(country of birth, birth class) of people given as (place, day of birth), through the view."""
    kinds = {name: pa.date32() if name == "birth_date" else pa.string() for name in PERSON_ATTRIBUTES}
    rows = [{"person": n, "country_of_birth": place, "birth_date": day} for n, (place, day) in enumerate(people)]
    session.table("persons", pa.Table.from_pylist(rows, schema=pa.schema({"person": pa.int64(), **kinds})))
    found = session.rows(f"SELECT country_of_birth, birth FROM ({birthplace.born(country, borders)}) ORDER BY person NULLS LAST")
    return [(row["country_of_birth"], row["birth"]) for row in found]


@pytest.mark.parametrize(("country", "place", "day", "then", "now"), CASES)
def test_worked_cases(session, country, place, day, then, now):
    assert placed(session, country, THEN, [(place, day)]) == [then]
    assert placed(session, country, NOW, [(place, day)]) == [now]


def test_without_a_rule_a_code_is_what_it_says(session):
    people = [("LVA", IN_1970), ("SUN", IN_1970), (None, None)]
    assert placed(session, "LVA", None, people) == [("LVA", "native"), ("SUN", "foreign"), (None, "unknown")]


def held(country: str, day: date, parts: bool = False) -> set[str]:
    """States that held the whole (or also a part) of a country on a day."""
    return {each.state for each in holdings() if each.country == country and each.begin <= day < each.end and (each.whole or parts)}


def possible(place: str, day: date | None) -> set[str]:
    """Present countries in which the place may lie."""
    on_the_day = {each.country for each in holdings() if each.state == place and (day is None or each.begin <= day < each.end)}
    if place not in former():
        return on_the_day | {place}
    return on_the_day or ({each.country for each in holdings() if each.state == place} if place in states() else set(successors(place)))


def oracle_now(country: str, place: str, day: date | None) -> tuple[str, str]:
    choice = possible(place, day)
    shown = next(iter(choice)) if len(choice) == 1 and place in states() else place
    if country in (place, shown):
        return shown, "native"
    return shown, "unknown" if country in choice and len(choice) > 1 else "foreign"


def oracle_then(country: str, place: str, day: date | None) -> tuple[str, str]:
    shown = next(iter(held(place, day)), place) if day else place
    if country in (place, shown):
        return shown, "native"
    if day and shown in held(country, day, parts=True):
        return shown, "native"
    ever = {each.state for each in holdings() if each.country == country} | {country}
    neighbours = {each.country for each in holdings() if each.state in ever} | ever
    if day is None:
        return shown, "unknown" if place in neighbours else "foreign"
    gone = place in former() and place in states() and not any(each.state == place and each.begin <= day < each.end for each in holdings())
    return shown, "unknown" if gone and country in possible(place, None) else "foreign"


PLACES = sorted({each.country for each in holdings()} | set(states()) | {"DEU", "POL", "SDN", "XKX"})
EDGES = sorted({day for each in holdings() for day in (each.begin, each.end)})
DAYS = st.none() | st.sampled_from(EDGES) | st.sampled_from(EDGES).map(lambda day: date.fromordinal(day.toordinal() - 1)) | st.dates(date(1900, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(("borders", "oracle"), [(NOW, oracle_now), (THEN, oracle_then)])
def test_every_place_and_day_against_plain_python(session, borders, oracle):
    @settings(deadline=None, derandomize=True, max_examples=60)
    @given(st.sampled_from(PLACES), st.lists(st.tuples(st.sampled_from(PLACES), DAYS), min_size=1, max_size=40))
    def check(country, people):
        assert placed(session, country, borders, people) == [oracle(country, place, day) for place, day in people]

    check()


@pytest.mark.parametrize("country", ["LVA", "DEU", "SDN", "XDL"])
@pytest.mark.parametrize("borders", [NOW, THEN, None])
def test_the_queries_are_portable(country, borders):
    queries = [birthplace.born(country, borders), birthplace.effect(country, borders or NOW, {"2020-01-01": 18262})]
    for sql in queries:
        assert lint(sql) == []
        assert sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]
