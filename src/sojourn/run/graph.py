"""Walk through the steps: reuse what holds, make the rest, keep every finished step."""

from fractions import Fraction
from pathlib import Path

from sojourn.definitions.country import Country
from sojourn.definitions.period import Period
from sojourn.engine.session import Session, Written
from sojourn.errors import SojournError
from sojourn.run.lock import hold, sweep_abandoned
from sojourn.run.plan import plan
from sojourn.run.progress import Progress
from sojourn.run.sense import LAST, stop_if_senseless
from sojourn.run.secret import read_secret, secret_fingerprint
from sojourn.run.step import Step, Workshop
from sojourn.run.work import WorkFolder, digest, fingerprint
from sojourn.tables.registry import contract_for

class Graph:
    """A country's steps for a period, and the tables made so far."""

    def __init__(self, country: Country, period: Period, progress: Progress | None = None, sample: Fraction | None = None) -> None:
        secret = read_secret(country)
        self.country, self.period, self.sample = country, period, sample
        self.facts = fingerprint(country, period, secret_fingerprint(secret), sample)
        self.name = digest(self.facts)
        self.work = WorkFolder(country, self.name)
        self.lock = hold(self.work.path)
        sweep_abandoned(self.work.path)
        self.steps = plan(country, period, secret, sample)
        self.session = Session(self.work.path / "scratch")
        self.tables: dict[str, Written] = {}
        self.made_by: dict[str, dict[str, Written]] = {}
        self.progress = progress or (lambda name, place, count: None)

    def __enter__(self) -> "Graph":
        return self

    def __exit__(self, *error: object) -> None:
        self.session.close()
        self.lock.close()

    def run(self, until: str | None = None) -> None:
        """Every step in order, or those up to the step named `until`."""
        for place, step in enumerate(self.steps):
            self.progress(step.name, place, len(self.steps))
            self._take(step)
            if step.name == until:
                return
        stop_if_senseless(self.session, self.country, LAST, self.tables)
        self.progress("", len(self.steps), len(self.steps))

    def has(self, table: str) -> bool:
        return table in self.tables

    def _take(self, step: Step) -> None:
        written = self.work.finished(step) or self._make(step)
        for table, each in written.items():
            self.session.view(table, each.path)
        for view, sql in step.views.items():
            self.session.execute(f"CREATE OR REPLACE VIEW {view} AS {sql}")
        self.tables |= written
        self.made_by[step.name] = written
        stop_if_senseless(self.session, self.country, step.name, self.tables)

    def _make(self, step: Step) -> dict[str, Written]:
        with self.work.begin(step) as folder:
            shop = Workshop(self.session, self.country, self.period, folder, step)
            step.work(shop)
            for table in step.writes:
                audit(self.session, table)
            _sweep(folder, shop.written)
            return self.work.finish(step, shop.written)


def audit(session: Session, table: str) -> None:
    """Hold a table against its contract. Raises SojournError with every constraint that does not hold."""
    contract = contract_for(table)
    if contract is None:
        return
    found = list(contract.schema_problems(session.columns(f"SELECT * FROM {table}")))
    found += contract.broken(session.rows(contract.audit(table))[0]) if not found else []
    if found:
        raise SojournError(*found)


def _sweep(folder: Path, written: dict[str, Written]) -> None:
    """Remove passing files that a step made beside its tables."""
    kept = {each.path for each in written.values()}
    for path in folder.iterdir():
        if path not in kept:
            path.unlink()
