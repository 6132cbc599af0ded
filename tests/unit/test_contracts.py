"""Contracts both ways: what they draw keeps them, and a row broken on purpose is found by the constraint it breaks."""

import fnmatch
from functools import singledispatch
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.engine.portable import lint
from sojourn.engine.session import Session
from sojourn.run.plan import plan
from sojourn.tables.constraint import Constraint
from sojourn.tables.constraints import Between, Finite, Length, NotNull, OneOf, Words
from sojourn.tables.contract import ARROW, Contract, columns
from sojourn.tables.groups import Balanced, Unique
from sojourn.tables.manual import page
from sojourn.tables.neighbours import Contiguous, Numbered, Sorted
from sojourn.tables.registry import CONTRACTS, contract_for
from sojourn.tables.relations import Adds, Follows, Ordered
from tests.conftest import ROOT
from tests.lists.land import land

ROWS = 60
SEEDS = range(3)
CASES = [(contract, each) for contract in CONTRACTS.values() for each in contract.constraints]
Row = dict[str, object]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    session = Session(tmp_path_factory.mktemp("scratch"), threads=1)
    yield session
    session.close()


def drawn(contract: Contract, seed: int = 0) -> pa.Table:
    return contract.generate(np.random.default_rng(seed), ROWS)


def counts(session: Session, contract: Contract, table: pa.Table) -> dict[str, int]:
    session.table("audited", table)
    return session.rows(contract.audit("audited"))[0]


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda each: each.name)
def test_drawn_rows_keep_the_contract(session, contract):
    for seed in SEEDS:
        table = drawn(contract, seed)
        assert table.num_rows
        assert not any(counts(session, contract, table).values())


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda each: each.name)
def test_drawn_columns_keep_the_schema(session, contract):
    session.table("audited", drawn(contract))
    assert contract.schema_problems(session.columns("SELECT * FROM audited")) == []


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda each: each.name)
def test_an_audit_is_portable(contract):
    assert lint(contract.audit("audited")) == []


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda each: each.name)
def test_constraints_of_a_contract_have_names_of_their_own(contract):
    names = [each.name for each in contract.constraints]
    assert len(names) == len(set(names))


@singledispatch
def spoil(constraint: Constraint, rows: list[Row]) -> None:
    """Break the constraint in one row."""
    raise NotImplementedError(constraint)


@spoil.register
def _(constraint: NotNull, rows):
    rows[-1][constraint.column] = None


@spoil.register
def _(constraint: Finite, rows):
    rows[-1][constraint.column] = float("nan")


@spoil.register
def _(constraint: OneOf, rows):
    rows[-1][constraint.column] = "elsewhere" if isinstance(constraint.values[0], str) else 99


@spoil.register
def _(constraint: Words, rows):
    rows[-1][constraint.column] = f"{constraint.values[0]} elsewhere"


@spoil.register
def _(constraint: Length, rows):
    rows[-1][constraint.column] += "0"


@spoil.register
def _(constraint: Between, rows):
    rows[-1][constraint.column] = constraint.low - 1


@spoil.register
def _(constraint: Ordered, rows):
    low, high = constraint.ascending[:2]
    rows[-1][low], rows[-1][high] = 90, 80


@spoil.register
def _(constraint: Adds, rows):
    rows[-1][constraint.total] += 1


@spoil.register
def _(constraint: Follows, rows):
    present = rows[-1][constraint.column]
    rows[-1][constraint.column] = next(value for value in constraint.values.values() if value != present)


@spoil.register
def _(constraint: Sorted, rows):
    """The last row goes first."""
    rows.insert(0, rows.pop())


@spoil.register
def _(constraint: Numbered, rows):
    rows[-1][constraint.column] += 1


@spoil.register
def _(constraint: Contiguous, rows):
    row = next(at for at in range(1, len(rows)) if rows[at][constraint.group] == rows[at - 1][constraint.group])
    rows[row - 1][constraint.end] += 1


@spoil.register
def _(constraint: Unique, rows):
    rows.append(dict(rows[-1]))


@spoil.register
def _(constraint: Balanced, rows):
    rows[-1][constraint.value] += 1


def spoiled(contract: Contract, constraint: Constraint) -> pa.Table:
    table = drawn(contract)
    rows = table.to_pylist()
    spoil(constraint, rows)
    return pa.Table.from_pylist(rows, schema=table.schema)


def spares(constraint: Constraint, other: Constraint) -> bool:
    """Whether breaking the one cannot touch the other: they share no column, and no row was moved or added."""
    whole_rows = isinstance(constraint, (Sorted, Unique)) and (other.previous or isinstance(other, (Unique, Balanced)))
    return not set(constraint.columns) & set(other.columns) and not whole_rows


@pytest.mark.parametrize(("contract", "constraint"), CASES, ids=lambda each: each.name)
def test_a_broken_row_is_found_by_its_constraint_alone(session, contract, constraint):
    found = counts(session, contract, spoiled(contract, constraint))
    assert found[constraint.name] > 0
    assert not [each.name for each in contract.constraints if found[each.name] and each != constraint and spares(constraint, each)]


BY_HAND = {
    "not_null_n": (NotNull("n"), [{"n": 1}, {"n": None}]),
    "between_n": (Between("n", 0, 5), [{"n": 0}, {"n": 5}, {"n": None}, {"n": 6}]),
    "at_least_n": (Between("n", 0), [{"n": 600}, {"n": -1}]),
    "one_of_n": (OneOf("n", (0, 1)), [{"n": 0}, {"n": None}, {"n": 2}]),
    "finite_x": (Finite("x"), [{"x": 1.5}, {"x": None}, {"x": float("-inf")}]),
    "words_t": (Words("t", ("old", "new")), [{"t": ""}, {"t": "old new"}, {"t": "oldnew"}]),
    "length_t": (Length("t", 2), [{"t": "ab"}, {"t": "abc"}]),
    "ordered_gap": (Ordered(("m", "n")), [{"m": 1, "n": 1}, {"m": None, "n": 0}, {"m": 2, "n": 1}]),
    "adds": (Adds("p", ("m", "n")), [{"p": 3, "m": 1, "n": 2}, {"p": 3, "m": 1, "n": 1}]),
    "follows": (
        Follows("t", ("n", "m"), {(None, 0): "a", (1, 0): "b"}),
        [{"n": None, "m": 0, "t": "a"}, {"n": 1, "m": 0, "t": "b"}, {"n": 1, "m": 0, "t": "a"}],
    ),
    "sorted": (Sorted(("m", "n")), [{"m": 1, "n": 9}, {"m": 2, "n": 1}, {"m": 2, "n": 2}, {"m": 2, "n": 2}]),
    "sorted_ties": (Sorted(("m", "n"), unique=False), [{"m": 1, "n": 9}, {"m": 2, "n": 1}, {"m": 2, "n": 1}, {"m": 1, "n": 1}]),
    "numbered": (Numbered("n", first=1), [{"n": 1}, {"n": 2}, {"n": 4}]),
    "numbered_first": (Numbered("n", first=1), [{"n": 0}]),
    "numbered_group": (Numbered("n", "m"), [{"m": 7, "n": 0}, {"m": 7, "n": 1}, {"m": 8, "n": 0}, {"m": 9, "n": 1}]),
    "contiguous": (
        Contiguous("p", "m", "n"),
        [{"p": 1, "m": 0, "n": 3}, {"p": 1, "m": 3, "n": 3}, {"p": 2, "m": 9, "n": 9}, {"p": 2, "m": 8, "n": 9}],
    ),
    "unique": (Unique(("n", "t")), [{"n": None, "t": "a"}, {"n": 1, "t": "a"}, {"n": None, "t": "a"}]),
    "balanced": (
        Balanced(("t",), "n", "m", {0: 1, 1: -1}),
        [{"t": "a", "n": 0, "m": 3}, {"t": "a", "n": 1, "m": 3}, {"t": "b", "n": 0, "m": 1}],
    ),
}
"""A constraint and rows written by hand, of which the last alone breaks it."""
SCHEMA = pa.schema([(each.name, ARROW[each.kind]) for each in columns(m="bigint", n="bigint", p="bigint", t="varchar", x="double")])


@pytest.mark.parametrize(("constraint", "rows"), BY_HAND.values(), ids=BY_HAND)
def test_a_row_written_by_hand_is_found(session, constraint, rows):
    session.table("audited", pa.Table.from_pylist(rows, schema=SCHEMA))
    assert session.rows(constraint.violations("audited")) == [{"violations": 1}]


@pytest.mark.parametrize(("constraint", "rows"), BY_HAND.values(), ids=BY_HAND)
def test_the_rows_before_it_are_not(session, constraint, rows):
    session.table("audited", pa.Table.from_pylist(rows[:-1], schema=SCHEMA))
    assert session.rows(constraint.violations("audited")) == [{"violations": 0}]


def test_a_family_gives_its_contract_to_each_of_its_tables():
    found = contract_for("records_border")
    assert (found.name, found.columns) == ("records_border", CONTRACTS["records_*"].columns)
    assert contract_for("issue_counts_stays").columns == CONTRACTS["issue_counts"].columns
    assert contract_for("unheard_of") is None


def test_every_table_of_a_run_has_a_contract_and_every_contract_a_table(countries, tmp_path):
    """Over the steps of all countries, and of one with former states; nothing is read but their definitions."""
    former = land(tmp_path / "former", "LVA", [("1970-01-01", "SU", "RIGA", "LV")])
    folders = [*(each.parent for each in sorted(countries.glob("*/country.yaml"))), former]
    written = {table for folder in folders for table in tables_of(folder)}
    assert [table for table in sorted(written) if contract_for(table) is None] == []
    assert [name for name in CONTRACTS if not fnmatch.filter(written, name)] == []


def tables_of(folder: Path) -> list[str]:
    country = load_country(folder)
    return [table for step in plan(country, parse_period(country.file.period), "secret") for table in step.writes]


def test_columns_that_are_not_as_agreed_are_named():
    found = contract_for("births").schema_problems({"person": "BIGINT", "day": "DATE", "child": "BIGINT"})
    assert [each.fields["constraint"] for each in found] == [
        "a column `day` of type integer",
        "a column `mother` of type bigint",
        "no column `child`",
    ]
    assert {each.code for each in found} == {"run.contract"}


def test_optional_columns_and_numbered_weights_may_be_there():
    records = contract_for("records_survey")
    own = {"record": "BIGINT", "delivery": "INTEGER", "unit": "BIGINT", "faults": "BIGINT"}
    assert records.schema_problems(own | {"sex": "VARCHAR", "weight": "BIGINT", "w80": "BIGINT"}) == []
    assert len(records.schema_problems(own | {"w0": "BIGINT"})) == 1


def test_what_an_audit_finds_is_said_in_words(session):
    contract = contract_for("births")
    table = pa.table({"person": [2, 1], "day": [0, 0], "mother": [None, 3]}, schema=drawn(contract).schema)
    found = contract.broken(counts(session, contract, table))
    assert [str(each).splitlines()[0] for each in found] == [
        "The table `births` breaks its contract: rows stand in ascending order of person, and no two rows are equal in them (1 rows)."
    ]


def test_the_reference_page_is_the_one_that_the_contracts_print():
    assert (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8") == page()
