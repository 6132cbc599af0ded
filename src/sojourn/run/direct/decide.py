"""Sorted crossings through the kernels, in batches of whole persons: decisions and issues, person for person in order."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sojourn.concepts.codes import NEVER, POLICIES
from sojourn.engine.histories import in_parallel, whole_persons
from sojourn.engine.session import Session
from sojourn.messages import say
from sojourn.run.direct.asked import Asked
from sojourn.run.direct.columns import decision_batch, issue_batch
from sojourn.run.direct.events import distinct
from sojourn.run.direct.issues import ISSUE, found_issues
from sojourn.run.direct.persons import Numbers, Persons, Ranked
from sojourn.run.direct.read import Loaded
from sojourn.stages import direct
from sojourn.stages.count.cubes import day
from sojourn.stages.presence.kernel import spells_of
from sojourn.stages.residence.listed import Evidence, Terms, rows_of
from sojourn.tables.layouts import ROW

WORKERS = os.cpu_count() or 1
Batches = tuple[pa.RecordBatch, pa.RecordBatch]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Observation:
    """begin, end: observed days, half open. first, last: the days that hold all crossings, observed or not, half open."""

    begin: int
    end: int
    first: int
    last: int


def decide(session: Session, ask: Asked, loaded: Loaded, evidence: Evidence, progress: Progress) -> Iterator[Batches]:
    """Decisions and issues as Arrow batches, in the order of persons, days, and crossings inside a day."""
    seen = observation(ask, loaded)
    as_of = day(ask.as_of) if ask.as_of else NEVER
    terms = Terms(ask.rule, seen.begin, seen.end, as_of, ask.missing == "unknown", ask.strict)
    persons: Persons = Numbers(loaded.kind) if loaded.own_number else Ranked(session)
    done = 0

    def work(table: pa.Table) -> tuple[pa.Table, np.ndarray, np.ndarray]:
        return table, *decided(table, seen, terms, ask.missing, evidence)

    in_order = session.batches(direct.ordered(loaded.own_number, loaded.columns))
    for table, rows, issues in in_parallel(whole_persons(in_order), work, WORKERS):
        persons.advance(table.column("person"))
        yield decision_batch(rows, persons.of(rows["person"])), issue_batch(issues, persons.of(issues["person"]))
        done += table.num_rows
        progress(say("direct.deciding"), done, loaded.rows)


def observation(ask: Asked, loaded: Loaded) -> Observation:
    """The nights observed, as stated, or from the earliest crossing to the latest, both included."""
    begin = day(ask.data_start) if ask.data_start else loaded.first
    end = day(ask.data_end) if ask.data_end else loaded.last + 1
    return Observation(begin, end, min(begin, loaded.first), max(end, loaded.last + 1))


def decided(table: pa.Table, seen: Observation, terms: Terms, missing: str, evidence: Evidence) -> tuple[np.ndarray, np.ndarray]:
    """ROWs and ISSUEs of sorted crossings of whole persons. An undated crossing is held in the place of the earliest."""
    events, repeated = distinct(table)
    if not len(events):
        return np.empty(0, ROW), np.empty(0, ISSUE)
    policy = POLICIES.index("earliest" if terms.unknown else missing)
    spells, noted = spells_of(events, seen.first, seen.last, policy)
    return rows_of(spells, terms, evidence), found_issues(events, repeated, spells, noted, missing)
