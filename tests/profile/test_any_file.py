"""Whatever bytes a file holds, profiling ends in a proposal or in problems said in words, never in a traceback."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sojourn.definitions.yaml import load
from sojourn.errors import SojournError
from tests.profile.outputs import profiled, said

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "NA", "9", "99", "1", "2", "F", "M", "2016-02-30", "31/12/2016", "1/2/16", "Ñandú", '"', "a,b", "x\ny", "1e5", "-1", "12:30", "\x00"]),
)
HEADS = st.one_of(st.text(max_size=8), st.sampled_from(["sex", "date", "key", "birth_date", "passport", "age", "weight", "nationality", "entry exit"]))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])


@st.composite
def tables(draw) -> bytes:
    """A file as a program would write it: any heads, any cells, ragged or not, repeated or not."""
    heads = draw(st.lists(HEADS, min_size=1, max_size=4))
    width = st.just(len(heads)) if draw(st.booleans()) else st.integers(0, 6)
    rows = draw(st.lists(width.flatmap(lambda n: st.lists(CELLS, min_size=n, max_size=n)), max_size=6)) * draw(st.integers(1, 6))
    out = io.StringIO()
    ending, quoting = draw(st.sampled_from(["\n", "\r\n", "\r"])), draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(out, delimiter=draw(st.sampled_from(",;\t|")), lineterminator=ending, quoting=quoting).writerows([heads, *rows])
    return out.getvalue().encode(draw(ENCODINGS), errors="replace")


def ends_well(content: bytes, name: str = "unknown.csv") -> None:
    with TemporaryDirectory() as folder:
        try:
            found = profiled(Path(folder), content, name)
        except SojournError as error:
            assert str(error)
            return
        assert said(found)
        assert load(found.written[0]).data["id"] == "unknown"


@settings(max_examples=120, deadline=None)
@given(tables())
@example(b"")
@example(b"\n")
@example(b"a")
@example(b"a\n")
@example(b"a\n1\n")
@example(b"\xef\xbb\xbfsex;date\r\n")
@example(b"a,b\n1\n1,2,3\n\n")
@example(b'a,b\n"1,2\n')
@example("clé,prénom\n1,Zoë\n".encode("latin-1"))
@example(b"a,A\n1,2\n")
@example(b"date\n" + b"2016-02-30\n" * 30)
@example(b"sex\r1\r2\r")
def test_any_csv_ends_in_words(content):
    ends_well(content)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["unknown.csv", "unknown.txt", "unknown.xlsx", "unknown.sav", "unknown.dta", "unknown.parquet", "unknown.xpt"]))
def test_any_bytes_end_in_words(content, name):
    ends_well(content, name)
