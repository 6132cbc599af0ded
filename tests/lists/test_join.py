"""Codes joined by code and day in SQL, against plain Python that looks at one record at a time."""

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.definitions.concordance import Concordance
from sojourn.definitions.concordance_table import Meaning
from sojourn.engine.session import Session
from sojourn.stages.ingest import concordance

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
START = date(2000, 1, 1)
CODES, PLACES = ("A", "B", "C"), ("LVA", "EST", "LTU")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    opened = Session(Path(tmp_path_factory.mktemp("scratch")), threads=1)
    yield opened
    opened.close()


@st.composite
def meanings(draw) -> list[Meaning]:
    """Rows of a table: for each code, spans that follow each other, some with days between, some open."""
    found = []
    for code in draw(st.lists(st.sampled_from(CODES), unique=True)):
        cuts = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=6)))
        spans = [(START + timedelta(a), START + timedelta(b)) for a, b in zip(cuts, cuts[1:], strict=False)]
        kept = [each for each in spans if draw(st.booleans())] or spans[:1]
        kept[0] = (FIRST, kept[0][1]) if draw(st.booleans()) else kept[0]
        kept[-1] = (kept[-1][0], LAST) if draw(st.booleans()) else kept[-1]
        found += [Meaning(code, draw(st.sampled_from(PLACES)), begin, end, "", 0) for begin, end in kept]
    return found


RECORDS = st.lists(st.tuples(st.sampled_from((*CODES, "Estonia", "eesti", "LV", "?")), st.none() | st.integers(-3, 45)), min_size=1, max_size=30)


def expected(rows: list[Meaning], code: str, day: date | None, matching: tuple[str, ...]) -> str | None:
    mine = [each for each in rows if each.code == code]
    if not mine:
        known = {"names": {"Estonia": "EST", "eesti": "EST"}, "codes": {"LV": "LVA"}}
        return next((known[each][code] for each in matching if code in known[each]), None)
    if day is None:
        return mine[0].target if len({each.target for each in mine}) == 1 else None
    return next((each.target for each in mine if each.begin <= day < each.end), None)


def test_a_code_means_what_it_meant_on_the_day(session):
    @settings(deadline=None, derandomize=True, max_examples=80)
    @given(meanings(), RECORDS, st.sampled_from([("names",), ("codes", "names"), ("codes",)]), st.booleans())
    def check(rows, drawn, matching, dated):
        records = [(code, START + timedelta(days) if days is not None and dated else None) for code, days in drawn]
        definition = Concordance(id="c", kind="concordance", file="c.csv", matching=matching)
        session.table("codes", concordance.code_rows(rows, definition, {code for code, _ in records}))
        held = [{"record": n, "code": code, "day": day} for n, (code, day) in enumerate(records)]
        session.table("raw", pa.Table.from_pylist(held, schema=pa.schema({"record": pa.int64(), "code": pa.string(), "day": pa.date32()})))
        join = concordance.join("codes", "raw.code", "raw.day" if dated else None)
        found = session.rows(f"SELECT codes.target FROM raw {join} ORDER BY record NULLS LAST")
        assert [row["target"] for row in found] == [expected(rows, code, day, matching) for code, day in records]

    check()
