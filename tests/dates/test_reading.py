"""Random texts in every calendar and form, read by the door's SQL and by the oracle; and the SQL itself, kept portable."""

from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
import sqlglot

from sojourn.definitions.calendars import YEARS, DateForm
from sojourn.definitions.source import Source
from sojourn.engine import calendars
from sojourn.engine.portable import lint
from sojourn.engine.session import Session
from sojourn.stages import ingest
from sojourn.stages.ingest.dates import date_tables, ethiopic_number
from tests.dates.oracle import Reading, ethiopic, read

PLACEHOLDERS = ["1900-01-01", "9999-12-31"]
READINGS = [
    {"format": ["%Y-%m-%d", "%Y-%m", "%Y", "%m/%Y"], "partial": {"year_only": "07-01", "month_only": 15}, "placeholders": PLACEHOLDERS},
    {"format": ["%d.%m.%Y", "%Y"], "partial": {"year_only": "middle", "month_only": "last"}},
    {"format": "%Y%m%d", "partial": {"year_only": "last", "month_only": "first"}},
    {"format": "%Y-%m-%d", "partial": {"year_only": "reject", "month_only": "middle"}, "placeholders": PLACEHOLDERS},
    {"format": ["%d/%m/%Y"], "partial": {"month_only": "31"}},
    {"format": "%Y/%m/%d", "partial": {"year_only": "02-30"}},
]
TWO_DIGITS = [
    ("gregorian", {"format": ["%d%m%y"], "century": 1925}),
    ("gregorian", {"format": ["%d-%m-%y", "%d-%m-%Y"], "century": 1931, "partial": {"month_only": "1"}}),
    ("buddhist", {"format": "%d/%m/%y", "century": 2475}),
    ("persian", {"format": "%y/%m/%d", "century": 1320, "partial": {"year_only": "first"}}),
]
CASES = [(calendar, reading) for calendar in YEARS for reading in READINGS] + TWO_DIGITS
SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "๐๑๒๓๔๕๖๗๘๙")
ONES, TENS = "፩፪፫፬፭፮፯፰፱", "፲፳፴፵፶፷፸፹፺"


def source(calendar: str, reading: dict) -> Source:
    text = {"column": "born", "calendar": calendar} | reading
    return Source.model_validate(
        {
            "id": "drawn", "title": "Drawn", "owner": "Nobody", "evidence": "population_register", "files": ["drawn.csv"],
            "covers": {"from": "2019-01-01", "until": "2020-01-01"}, "identifier": {"column": "key", "scheme": "key"},
            "event": "enumeration", "date": {"value": "2019-01-01"}, "columns": {"birth_date": text},
        }
    )  # fmt: skip


def numeral(value: int) -> str:
    """A number in Ethiopic numerals."""
    hundreds, rest = divmod(value, 100)
    before = (numeral(hundreds) if hundreds > 1 else "") + "፻" if hundreds else ""
    return before + (TENS[rest // 10 - 1] if rest >= 10 else "") + (ONES[rest % 10 - 1] if rest % 10 else "")


def drawn(random: Random, calendar: str, form: DateForm) -> str | None:
    """A text: most are dates in one of the forms, some of parts, impossible or broken ones."""
    if random.random() < 0.03:
        return None
    first, last = YEARS[calendar]
    year = random.choice([random.randint(first, last)] * 6 + [first, last, first - 1, last + 1, 1900, 2483, 2484])
    month = random.choice([random.randint(1, 12)] * 6 + [0, 1, 2, 12, 13, 14])
    day = random.choice([random.randint(1, 28)] * 4 + [0, 0, 5, 6, 7, 29, 30, 31, 32])
    script = random.choice(SCRIPTS)
    plain = random.random() < 0.8
    letters = numeral if calendar == "ethiopian" and random.random() < 0.3 else str
    padded = lambda value: letters(value) if not plain or letters is numeral else f"{value:02}"
    text = random.choice(form.formats)
    if "%Y%m" in text or "%d%m" in text:
        padded, letters = (lambda value: f"{value:02}"), str
    for directive, value in (("%Y", letters(year)), ("%y", f"{year % 100:02}"), ("%m", padded(month)), ("%d", padded(day))):
        text = text.replace(directive, value)
    if random.random() < 0.05:
        text = random.choice([text[:-1], text + "x", text.replace("-", " "), "9999-12-31", "1900-01-01", "unknown", "1970-00-00", "19700000", "፻፻", "፩፲"])
    return text.translate(str.maketrans("0123456789", script))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    opened = Session(Path(tmp_path_factory.mktemp("scratch")), threads=1)
    yield opened
    opened.close()


def by_sql(session: Session, drawn_source: Source, texts: list[str | None]) -> list[Reading]:
    """Each text as the door reads it."""
    for name, reading in date_tables(drawn_source).items():
        session.table(name, calendars.table(reading))
    count = len(texts)
    session.table("raw_file", pa.table({"record": list(range(count)), "delivery": [1] * count, "key": ["k"] * count, "born": pa.array(texts, pa.string())}))
    kinds = {"born": "VARCHAR", "key": "VARCHAR"}
    rows = session.rows(f"SELECT * FROM ({ingest.typed_records(drawn_source, kinds, 'raw_file')}) ORDER BY record NULLS LAST")
    assert len(rows) == count
    faults = ingest.faults(drawn_source, kinds)
    marked = [tuple(fault.reason for bit, fault in enumerate(faults) if row["faults"] >> bit & 1) for row in rows]
    return [Reading(row["birth_date"], row.get("birth_date_precision"), found) for row, found in zip(rows, marked, strict=True)]


@pytest.mark.parametrize("calendar, reading", CASES)
def test_sql_reads_as_the_oracle(session, calendar, reading) -> None:
    stated = source(calendar, reading)
    form = stated.columns["birth_date"]
    random = Random(f"{calendar} {reading}")
    texts = [drawn(random, calendar, form) for _ in range(1200)]
    found = by_sql(session, stated, texts)
    expected = [read(text, form) for text in texts]
    if form.partial is None:
        expected = [Reading(each.day, None, each.found) for each in expected]
    differing = [each for each in zip(texts, found, expected, strict=True) if each[1] != each[2]]
    assert differing == []
    assert sum(each.day is not None for each in expected) > 200
    assert {"impossible_date"} <= {issue for each in expected for issue in each.found}


def test_ethiopic_numerals(session) -> None:
    values = list(range(1, 2300))
    texts = [numeral(value) for value in values] + ["", "12", "፩፲", "፻፻", "፩፩"]
    session.table("numerals", pa.table({"place": list(range(len(texts))), "text": texts}))
    rows = session.rows(f"SELECT {ethiopic_number('text')} AS value FROM numerals ORDER BY place NULLS LAST")
    assert [row["value"] for row in rows] == values + [None] * 5
    assert [ethiopic(text) for text in texts[:-5]] == values


@pytest.mark.parametrize("calendar, reading", CASES)
def test_the_sql_is_portable(calendar, reading) -> None:
    stated = source(calendar, reading)
    for kinds in ({"born": "VARCHAR", "key": "VARCHAR"}, {"born": "BIGINT", "key": "VARCHAR"}, {"born": "DATE", "key": "VARCHAR"}):
        queries = [ingest.typed_records(stated, kinds, "raw_file"), ingest.issues(stated, kinds, "raw_file"), ingest.typed_dates(stated, kinds, "raw_file")]
        for sql in queries:
            assert lint(sql, at_the_door=True) == []
            assert sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)


def test_whole_dates_in_other_digits(session) -> None:
    """A plain date needs no table: the engine reads it, in its own digits first."""
    stated = source("gregorian", {"format": ["%d.%m.%Y", "%Y-%m-%d"], "placeholders": ["1900-01-01"]})
    texts = ["٢٩.٠٢.٢٠٠٤", "2004-02-29", "۱۹۰۰-۰۱-۰۱", "๓๐.๐๒.๒๐๐๔", "1900-01-01", None]
    found = by_sql(session, stated, texts)
    assert [each.day and each.day.isoformat() for each in found] == ["2004-02-29", "2004-02-29", None, None, None, None]
    assert [each.found for each in found] == [(), (), ("placeholder_date",), ("impossible_date",), ("placeholder_date",), ()]
    assert date_tables(stated) == {}
