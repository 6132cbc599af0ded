"""The work folder: finished steps, each renamed into place with its checksums, under the hash of everything that went in.

The same inputs, definitions and versions find the same folder and go on from the last finished step; anything else
starts anew.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from sojourn.compiled import sources_hash
from sojourn.definitions.country import Country
from sojourn.definitions.delivery import DATABASES
from sojourn.definitions.external_status import ExternalStatuses
from sojourn.definitions.maps import WithMap
from sojourn.definitions.period import Period
from sojourn.definitions.temporary_mobility import TemporaryMobility
from sojourn.engine.read import snapshot
from sojourn.engine.session import Written, guarded, sha256
from sojourn.lists import checksum
from sojourn.run.sample import share_words
from sojourn.run.scope import concordances
from sojourn.run.step import Step
from sojourn.stages.ingest import code_files

LIBRARIES = ("sojourn", "duckdb", "sqlglot", "pyarrow", "numba", "numpy", "pydantic")


def inputs(country: Country) -> dict[str, str]:
    """Checksum of every data file and code list, by a name that holds no path of the machine."""
    found = {}
    for source in country.sources.values():
        for place, file in enumerate(country.files(source), 1):
            found[f"{source.id}/{place}/{file.name}"] = sha256(file)
        if source.format.type in DATABASES:
            found[f"{source.id}/rows"] = snapshot(source, country.path)
        if source.format.layout:
            found[f"{source.id}/layout"] = sha256(country.resolve(source.format.layout))
        document = country.documents.get(source.id)
        found |= {f"{source.id}/columns": sha256(document.table)} if isinstance(document, WithMap) else {}
        for table, codes in code_files(source).items():
            found[f"{source.id}/{table}"] = sha256(country.resolve(codes.file))
    for definition in concordances(country):
        found |= {f"{definition.id}/table": sha256(country.resolve(definition.file))} if definition.file else {}
    for definition in country.of_kind(TemporaryMobility):
        found[f"{definition.id}/types"] = sha256(country.resolve(definition.types.file))
    for external in country.of_kind(ExternalStatuses):
        found |= {f"{external.id}/{place}/{file.name}": sha256(file) for place, file in enumerate(country.files(external), 1)}
    for table in country.published.values():
        files = {"file": table.file} | {name: each.file for name, each in table.code_files().items()}
        found |= {f"published/{table.id}/{name}": sha256(country.resolve(file)) for name, file in files.items()}
    return found


def definitions(country: Country) -> dict[str, str]:
    """Checksum of every definition, source, country and code file in the country folder."""
    patterns = ("country.yaml", "sources/*.yaml", "definitions/*.yaml", "published/*.yaml", "codes/*.csv")
    files = sorted(file for pattern in patterns for file in country.path.glob(pattern))
    return {file.relative_to(country.path).as_posix(): sha256(file) for file in files}


def versions() -> dict[str, str]:
    """Versions of the libraries on which a result can depend, and the hashes of sojourn's own sources and code lists."""
    return {name: version(name) for name in LIBRARIES} | {"sources": sources_hash(), "lists": checksum()}


def fingerprint(country: Country, period: Period, secret: str, sample: Fraction | None = None) -> dict[str, object]:
    """Everything that a run's tables depend on."""
    return {
        "period": period.label,
        "purpose": country.file.purpose,
        "sample": share_words(sample) if sample else None,
        "inputs": inputs(country),
        "definitions": definitions(country),
        "versions": versions(),
        "secret": secret,
    }


def digest(facts: Mapping[str, object]) -> str:
    """The hash that names a run."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def clean(folder: Path | str) -> int:
    """Remove the work folders of a country, which hold tables of persons; finished runs stay. Returns how many were removed."""
    place = Path(folder) / ".sojourn"
    names = sorted(each for each in place.iterdir() if each.is_dir()) if place.is_dir() else []
    for each in names:
        with guarded(each):
            shutil.rmtree(each)
    return len(names)


class WorkFolder:
    """`FOLDER/.sojourn/<hash>`: one folder per finished step, with `done.json` beside its tables."""

    def __init__(self, country: Country, name: str) -> None:
        self.path = country.path / ".sojourn" / name
        with guarded(self.path):
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.parent.chmod(0o700)

    def finished(self, step: Step) -> dict[str, Written] | None:
        """The tables of a finished step, None where it is not finished or a table no longer has its checksum."""
        done = self.path / step.name / "done.json"
        facts = _noted(done)
        if sorted(facts) != sorted(step.writes):
            return None
        tables = {name: Written(done.parent / f"{name}.parquet", each["rows"], each["checksum"]) for name, each in facts.items()}
        holds = all(each.path.is_file() and sha256(each.path) == each.checksum for each in tables.values())
        return tables if holds else None

    @contextmanager
    def passing(self, name: str) -> Iterator[Path]:
        """An empty folder beside the steps. What is still in it at the end is removed: a full disk is not kept full."""
        partial = self.path / f"{name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        with guarded(partial):
            partial.mkdir(mode=0o700)
        try:
            yield partial
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def begin(self, step: Step) -> AbstractContextManager[Path]:
        """A passing folder in which the step makes its tables; what an earlier run left of the step goes."""
        shutil.rmtree(self.path / step.name, ignore_errors=True)
        return self.passing(step.name)

    def finish(self, step: Step, written: Mapping[str, Written]) -> dict[str, Written]:
        """Rename the step's folder into place, its checksums written before."""
        partial, final = self.path / f"{step.name}.partial", self.path / step.name
        facts = {name: {"rows": each.rows, "checksum": each.checksum} for name, each in sorted(written.items())}
        with guarded(final):
            (partial / "done.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
            os.replace(partial, final)
        return {name: Written(final / f"{name}.parquet", each.rows, each.checksum) for name, each in written.items()}


def _noted(done: Path) -> dict[str, dict]:
    """What a finished step noted of its tables; nothing where the note is missing or damaged."""
    try:
        facts = json.loads(done.read_text(encoding="utf-8"))
        return {name: {"rows": int(each["rows"]), "checksum": str(each["checksum"])} for name, each in facts.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
