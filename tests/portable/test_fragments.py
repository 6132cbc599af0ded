"""The blessed fragments against plain Python: pseudonyms, dense numbers, ages, days."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.engine.portable import age_at, day_date, day_number, days_between, parse_date, pseudonym
from sojourn.engine.session import Session
from sojourn.run import pseudonyms
from sojourn.stages import ingest

EPOCH = date(1970, 1, 1)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1)
KEYS = st.lists(TEXT, min_size=1, max_size=40, unique=True)
FIXED = {"deadline": None, "derandomize": True, "max_examples": 40}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    opened = Session(Path(tmp_path_factory.mktemp("scratch")), threads=1)
    yield opened
    opened.close()


def test_pseudonyms_are_those_of_hashlib(session: Session) -> None:
    """Whatever the letters of a key, and whatever its scheme."""

    @settings(**FIXED)
    @given(KEYS, TEXT, TEXT)
    def check(keys: list[str], scheme: str, secret: str) -> None:
        session.table("keys", pa.table({"scheme": [scheme] * len(keys), "key": keys}))
        session.variable("pseudonym_secret", secret)
        found = session.rows(f"SELECT key, {pseudonym('scheme', 'key')} AS hashed FROM keys")
        assert [row["hashed"] for row in found] == [pseudonyms.pseudonym(secret, scheme, row["key"]) for row in found]

    check()


def test_the_construction_by_hand() -> None:
    expected = hashlib.sha256("secret".encode() + "personal_key".encode() + b"\x1f" + "Ægir-1".encode()).hexdigest()[:32]
    assert pseudonyms.pseudonym("secret", "personal_key", "Ægir-1") == expected


def test_spark_is_told_the_same_construction() -> None:
    """Only the secret, a setting of the session, is reached in each engine's own way."""
    told = sqlglot.transpile(f"SELECT {pseudonym('scheme', 'key')}", read="duckdb", write="spark")[0]
    assert told == "SELECT SUBSTRING(SHA2(GETVARIABLE('pseudonym_secret') || scheme || CHR(31) || key, 256), 1, 32)"


def test_dense_numbers_follow_the_order_of_pseudonyms(session: Session) -> None:
    keys = [f"key {number}" for number in range(500)]
    hashed = [pseudonyms.pseudonym("secret", "s", key) for key in keys]
    session.table("unit_keys", pa.table({"scheme": ["s"] * 500, "natural_key": keys, "pseudonym": hashed}))
    numbered = session.rows(ingest.numbered_units())
    assert [row["pseudonym"] for row in sorted(numbered, key=lambda row: row["unit"])] == sorted(hashed)
    assert sorted(row["unit"] for row in numbered) == list(range(1, 501))


def pairs() -> list[tuple[date, date]]:
    """Births and later days, the end of February of every kind of year among them."""
    random = Random(29)
    births = [date(year, 2, day) for year in (1896, 1900, 1999, 2000, 2004) for day in (28, 29) if day == 28 or leap(year)]
    births += [date(1950, 1, 1) + timedelta(days=random.randrange(25_000)) for _ in range(300)]
    later = [birth + timedelta(days=random.randrange(40_000)) for birth in births]
    near = [date(year, month, day) for year in (2003, 2004, 2100) for month, day in ((2, 27), (2, 28), (3, 1), (3, 2))]
    near += [date(2004, 2, 29)]
    return list(zip(births, later, strict=True)) + [(birth, day) for birth in births for day in near if day >= birth]


def leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def age(birth: date, day: date) -> int:
    """Birthdays since birth, counted one by one; one on 29 February is reached on 1 March in other years."""
    reached = (birthday(birth, year) <= day for year in range(birth.year + 1, day.year + 1))
    return sum(reached)


def birthday(birth: date, year: int) -> date:
    return birth.replace(year=year) if (birth.month, birth.day) != (2, 29) or leap(year) else date(year, 3, 1)


def test_ages_dates_and_days(session: Session) -> None:
    born, days = zip(*pairs(), strict=True)
    session.table("pairs", pa.table({"born": born, "day": days}))
    found = session.rows(
        f"SELECT born, day, {age_at('born', 'day')} AS age, {days_between('born', 'day')} AS lived, {day_number('day')} AS number, "
        f"{day_date(day_number('day'))} AS again FROM pairs"
    )
    assert len(found) > 1000
    for row in found:
        assert row["age"] == age(row["born"], row["day"]), row
        assert row["lived"] == (row["day"] - row["born"]).days
        assert row["number"] == (row["day"] - EPOCH).days
        assert row["again"] == row["day"]


def test_before_birth_an_age_is_negative(session: Session) -> None:
    found = session.rows(f"SELECT {age_at('DATE $$2004-02-29$$', 'DATE $$2004-02-28$$')} AS age".replace("$$", "'"))
    assert found[0]["age"] < 0


@pytest.mark.parametrize("text", ["2003-02-29", "2004-13-01", "2004-02-30", "next week", "", "2004-1"])
def test_what_is_no_date_is_missing(session: Session, text: str) -> None:
    parsed = parse_date("text", "%Y-%m-%d")
    session.table("texts", pa.table({"text": [text]}))
    assert session.rows(f"SELECT {parsed} AS day FROM texts") == [{"day": None}]


def test_dates_as_text(session: Session) -> None:
    forms = {"%Y-%m-%d": "2004-02-29", "%d.%m.%Y": "29.02.2004", "%Y%m%d": "20040229"}
    for form, text in forms.items():
        session.table("texts", pa.table({"text": [text]}))
        assert session.rows(f"SELECT {parse_date('text', form)} AS day FROM texts") == [{"day": date(2004, 2, 29)}]
