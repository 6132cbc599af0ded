"""Databases: their own types, what they refuse, and that nothing is written and no password is said."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from sojourn.definitions.delivery import Format
from tests.readers.conftest import PASSWORD

pytestmark = pytest.mark.programs


@pytest.fixture
def postgresql(register, monkeypatch):
    """A format of a table or query, read by the clerk."""
    monkeypatch.setenv("REGISTER", register.uri("clerk"))
    return lambda **what: Format(type="postgresql", connection="REGISTER", **what)


@pytest.fixture
def lite(odbc, monkeypatch):
    monkeypatch.setenv("REGISTER", odbc)
    return lambda **what: Format(type="odbc", connection="REGISTER", **what)


def rows(found) -> list[dict]:
    return pa.Table.from_batches(found.batches()).to_pylist()


KINDS = """SELECT 1::numeric AS whole, 2.5::numeric AS part, 'NaN'::numeric AS none, 3::bigint AS big, 1.5::real AS real,
    'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS id, 'ab'::char(4) AS padded, true AS flag, time '23:59' AS hour,
    timestamptz '2016-01-31 22:30:00+00' AS moment, date 'infinity' AS until, '{"a": 1}'::jsonb AS more -- all kinds"""


def test_types_of_postgresql(postgresql, read):
    """A moment with a time zone is the local time of the database, here Helsinki: the next day."""
    (row,) = rows(read(postgresql(query=KINDS)))
    assert row == {
        "whole": 1, "part": 2.5, "none": None, "big": 3, "real": 1.5, "id": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "padded": "ab", "flag": "true", "hour": "23:59:00", "moment": datetime(2016, 2, 1, 0, 30), "until": None, "more": '{"a": 1}',
    }  # fmt: skip


def test_enumerations_and_names_with_capitals(register, postgresql, read):
    register("CREATE SCHEMA \"Reg 1\" CREATE TABLE \"People\" (status text)")
    register("CREATE TYPE way AS ENUM ('in', 'out'); ALTER TABLE \"Reg 1\".\"People\" ADD COLUMN way way")
    register("INSERT INTO \"Reg 1\".\"People\" VALUES ('x', 'out'); GRANT USAGE ON SCHEMA \"Reg 1\" TO clerk; GRANT SELECT ON \"Reg 1\".\"People\" TO clerk")
    assert rows(read(postgresql(table="Reg 1.People"))) == [{"status": "x", "way": "out"}]


def test_a_large_result_streams(postgresql, read):
    found = read(postgresql(query="SELECT n, repeat('x', 100) AS text FROM generate_series(1, 300000) AS n;"))
    sizes = [batch.num_rows for batch in found.batches()]
    assert sum(sizes) == 300_000 and max(sizes) < 300_000


@pytest.mark.parametrize("kind", ["postgresql", "lite"])
def test_a_query_without_rows_has_columns(request, read, kind):
    found = read(request.getfixturevalue(kind)(query="SELECT 'x' AS a WHERE 1 = 0"))
    assert (found.columns, [batch.num_rows for batch in found.batches()]) == (("a",), [0])


@pytest.mark.parametrize(
    ("what", "entry"),
    [
        ({"table": "nowhere"}, "no_table"),
        ({"table": "nowhere.people"}, "no_table"),
        ({"table": "closed"}, "no_right"),
        ({"query": "DELETE FROM people"}, "query_refused"),
        ({"query": "WITH gone AS (DELETE FROM people RETURNING *) SELECT * FROM gone"}, "query_writes"),
        ({"query": "SELECT nextval('numbers')"}, "query_failed"),
        ({"query": "SELECT 1; DROP TABLE people"}, "query_refused"),
        ({"query": "SELECT 1 / (sex - 1) AS quotient FROM people"}, "query_failed"),
        ({"query": "SELECT 1 AS a, 2 AS \"A\""}, "double_column"),
    ],
)
def test_what_postgresql_refuses(register, postgresql, faults, what, entry):
    register("CREATE TABLE IF NOT EXISTS closed (a int)")
    register("CREATE SEQUENCE IF NOT EXISTS numbers; GRANT ALL ON numbers TO clerk; GRANT DELETE ON people TO clerk")
    assert faults(postgresql(**what), None)[0][0] == entry


def test_nothing_can_be_written_even_with_the_right_to(register, postgresql, read, faults):
    test_what_postgresql_refuses(register, postgresql, faults, {"query": "WITH x AS (DELETE FROM people RETURNING 1) SELECT * FROM x"}, "query_writes")
    assert len(rows(read(postgresql(table="people")))) == 3


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        (lambda uri: uri.replace(PASSWORD, "wrong"), "login_refused"),
        (lambda uri: uri.replace("/postgres?", "/nothing?"), "login_refused"),
        (lambda uri: uri.replace("host=", "host=/nowhere"), "unreachable"),
        (lambda uri: f"postgresql://clerk:{PASSWORD}@127.0.0.1:1/postgres", "unreachable"),
        (lambda uri: f"{PASSWORD} nonsense", "unreachable"),
        (lambda uri: "", "no_connection_string"),
    ],
)
def test_a_database_that_does_not_let_us_in(register, postgresql, monkeypatch, faults, change, entry):
    """`faults` holds that the password stands in no message."""
    monkeypatch.setenv("REGISTER", change(register.uri("clerk")))
    assert faults(postgresql(table="people"), None)[0][0] == entry


@pytest.mark.parametrize(
    ("what", "entry"),
    [
        ({"table": "nowhere"}, "no_table"),
        ({"table": "people; DROP TABLE people"}, "table_name"),
        ({"query": "DELETE FROM people"}, "query_writes"),
        ({"query": "WITH x AS (SELECT 1) DELETE FROM people"}, "query_writes"),
        ({"query": "SELECT 1; DROP TABLE people"}, "query_writes"),
        ({"query": "SELECT nonsense FROM people WHERE"}, "query_refused"),
        ({"query": "SELECT replace(hex(zeroblob(9000)), '0', 'x') AS long"}, "text_too_long"),
        ({"query": "SELECT 1 AS a, 2 AS A"}, "double_column"),
        ({"table": "pictures"}, "column_type"),
    ],
)
def test_what_odbc_refuses(lite, faults, what, entry):
    assert faults(lite(**what), None)[0][0] == entry


def test_words_in_quotes_and_remarks_write_nothing(lite, read):
    assert rows(read(lite(query="SELECT 'delete' AS \"into\" -- update\n"))) == [{"into": "delete"}]


@pytest.mark.parametrize(
    ("string", "entry"),
    [
        (f"Driver=Nonsense;PWD={PASSWORD}", "no_driver"),
        (f"DSN={PASSWORD}", "no_driver"),
        (PASSWORD, "no_driver"),
        ("", "no_connection_string"),
    ],
)
def test_an_odbc_source_that_does_not_let_us_in(lite, monkeypatch, faults, string, entry):
    monkeypatch.setenv("REGISTER", string)
    assert faults(lite(table="people"), None)[0][0] == entry


def test_an_odbc_database_that_is_not_there(lite, odbc, monkeypatch, faults):
    monkeypatch.setenv("REGISTER", odbc.replace("register.db", "nowhere/register.db"))
    assert faults(lite(table="people"), None) == [("unreachable", None, {"source": "crossings", "variable": "REGISTER"})]


def test_dates_of_odbc_are_dates(lite, read):
    assert rows(read(lite(query="SELECT crossed FROM people WHERE crossed IS NOT NULL ORDER BY key DESC")))[0] == {"crossed": date(2016, 1, 31)}
