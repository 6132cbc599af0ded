"""The two comparisons as queries over small tables: fractions, negative figures, and the first moment of a day."""

from datetime import date

import pyarrow as pa
import pytest

from sojourn.engine.session import passing_session
from sojourn.stages.compare.cells import comparison
from sojourn.stages.compare.figures import KEY
from sojourn.stages.compare.statuses import status_comparison, status_differences
from sojourn.tables.contract import ARROW
from sojourn.tables.registry import contract_for

CELL = dict(indicator="RP", variant="", measure="rate", period="2016", breakdown="total", category="total")


def table(name, rows):
    """Rows as a table of the run; what a row does not say is missing."""
    schema = pa.schema([(each.name, ARROW[each.kind]) for each in contract_for(name).columns])
    return pa.Table.from_pylist(rows, schema=schema)


def compared(ours, published, absolute=0.0, relative=0.0, our_error=None, their_error=None):
    figure = dict(
        published_table="t", vintage="final", line=2, value=published, absolute=absolute, relative=relative, standard_errors=1.96,
        standard_error=their_error,
    )  # fmt: skip
    with passing_session() as session:
        session.table("published", table("published", [CELL | figure]))
        session.table("cells", table("cells", [CELL | dict(value=ours, unit="percent", flag="", standard_error=our_error)]))
        session.table("hidden_cells", pa.table({name: pa.array([], pa.string()) for name in KEY}))
        (row,) = session.rows(comparison())
    return row


@pytest.mark.parametrize(
    ("ours", "published", "tolerances", "status"),
    [
        (0.3, 0.1 + 0.2, {}, "within"),
        (12.34, 12.3, {"absolute": 0.04}, "within"),
        (12.35, 12.3, {"absolute": 0.04}, "breach"),
        (-95.0, -100.0, {"relative": 0.05}, "within"),
        (-94.0, -100.0, {"relative": 0.05}, "breach"),
        (106.0, 100.0, {"relative": 0.05, "absolute": 6}, "within"),
    ],
)
def test_tolerances(ours, published, tolerances, status):
    assert compared(ours, published, **tolerances)["status"] == status


def test_differences_of_fractions_and_negative_figures():
    row = compared(12.35, 12.3)
    assert (row["difference"], row["relative_difference"]) == (0.05, pytest.approx(0.05 / 12.3, abs=1e-9))
    assert compared(-120.0, -100.0)["relative_difference"] == -0.2


@pytest.mark.parametrize(
    ("errors", "within"), [({}, None), ({"our_error": 3.0}, False), ({"our_error": 3.0, "their_error": 4.0}, True), ({"their_error": 5.0}, True)]
)
def test_errors_of_both_sides_add_as_squares(errors, within):
    """9 apart: 1.96 x 3 is 5.88, and 1.96 x 5 is 9.8."""
    assert compared(109.0, 100.0, **errors)["within_error"] is within


DAY = (date(2017, 1, 1) - date(1970, 1, 1)).days


def beside(query, intervals, theirs):
    """Rows of a query over intervals (person, start, end, status) and statuses (person, day, status) of another system."""
    with passing_session() as session:
        session.table("statuses", table("statuses", [dict(zip(("person", "start", "end", "status"), each, strict=True)) for each in intervals]))
        session.table("external_other", table("external_other", [dict(zip(("person", "day", "status"), each, strict=True)) for each in theirs]))
        return session.rows(query)


def test_at_the_start_of_a_day_a_person_has_the_status_of_the_night_before():
    """Who arrives, leaves or dies on the day is still what they were; who died the day before has none."""
    intervals = [(1, 0, DAY, "absent"), (1, DAY, DAY + 9, "resident"), (2, 0, DAY, "resident"), (3, 0, DAY - 1, "resident")]
    rows = beside(status_comparison(["other"]), intervals, [(each, DAY, "resident") for each in (1, 2, 3)])
    assert {row["our_status"]: row["persons"] for row in rows} == {"absent": 1, "resident": 1, None: 1}


def test_an_absent_person_whom_the_other_does_not_list_is_no_difference():
    intervals = [(1, 0, DAY + 1, "absent"), (2, 0, DAY + 1, "temporary"), (3, 0, DAY + 1, "resident")]
    rows = beside(status_differences(["other"]), intervals, [(3, DAY, "resident")])
    assert [row["person"] for row in rows] == [2]
