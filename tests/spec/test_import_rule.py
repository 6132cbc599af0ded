"""Who may import whom: concepts, lists < definitions < tables < engine < stages < run < cli.

`trace`, `assess`, `sandbox` and `serve` stand beside `run`; `messages` and `errors` lie under everything.
No stage imports another stage. Only `engine` sees DuckDB or Spark. `reference` sees concepts, definitions
and the standard library alone, so that it can judge the fast path. A kernel (a file that imports numba)
sees no library but numpy. Imports inside functions and under TYPE_CHECKING count like any other.
"""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.spec.source_tree import Finding, Source, called_name, python_sources, report

LEVEL = {
    "messages": 0, "errors": 1, "compiled": 1,
    "concepts": 2, "lists": 2, "definitions": 3, "tables": 4, "engine": 5, "stages": 6,
    "run": 7, "sandbox": 7, "trace": 8, "assess": 8, "serve": 8,
    "cli": 9, "__init__": 10, "__main__": 10,
}
ENGINES = {"duckdb", "pyspark", "pyspark_client"}
REFERENCE_SEES = {"reference", "concepts", "definitions", "errors", "messages"}
REFERENCE_IS_SEEN_BY = {"reference", "run", "trace", "assess", "sandbox", "serve", "cli", "__init__"}


def imported(source: Source) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of each import; names taken from a package are added: sojourn.stages.link."""
    here = ["sojourn", *source.path.removesuffix(".py").split("/")]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level]) + "." * bool(node.module) if node.level else ""
            module = base + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"} and node.args:
            if isinstance(node.args[0], ast.Constant):
                yield node.lineno, str(node.args[0].value)


def room(parts: list[str]) -> str:
    """First name under sojourn: the package or module that the import rule places."""
    return parts[1] if len(parts) > 1 else "__init__"


def own_breach(here: list[str], there: list[str]) -> str | None:
    """Why a file of sojourn may not import this module of sojourn."""
    mine, other = room(here), room(there)
    if other == mine:
        if mine == "stages" and len(here) > 2 and len(there) > 2 and here[2] != there[2]:
            return f"stage {here[2]} imports stage {there[2]}"
        return None
    if mine == "reference":
        return None if other in REFERENCE_SEES else f"reference imports {other}"
    if other == "reference":
        return None if mine in REFERENCE_IS_SEEN_BY else f"{mine} imports reference"
    if other in LEVEL and LEVEL[mine] > LEVEL[other]:
        return None
    return f"{mine} imports {other}"


def foreign_breach(here: list[str], library: str, kernel: bool) -> str | None:
    """Why a file of sojourn may not import this library."""
    if library in sys.stdlib_module_names:
        return None
    if library in ENGINES and room(here) != "engine":
        return f"{library} outside engine"
    if room(here) == "reference":
        return f"reference imports {library}"
    if kernel and library not in {"numba", "numpy"}:
        return f"a kernel imports {library}"
    return None


def breaches(source: Source) -> list[Finding]:
    """Imports of one file that the rule refuses."""
    here = ["sojourn", *source.path.removesuffix(".py").split("/")]
    if room(here) not in {*LEVEL, "reference"}:
        return [Finding(source.path, 1, f"{room(here)} has no place in the import rule")]
    modules = [(line, module.split(".")) for line, module in imported(source)]
    kernel = any(parts[0] == "numba" or parts[:2] == ["sojourn", "compiled"] for _, parts in modules)
    reasons = (
        (line, own_breach(here, parts) if parts[0] == "sojourn" else foreign_breach(here, parts[0], kernel))
        for line, parts in modules
    )
    return [Finding(source.path, line, reason) for line, reason in reasons if reason]


def test_the_package_keeps_the_import_rule():
    findings = [finding for source in python_sources() for finding in breaches(source)]
    assert not findings, report(findings)


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("concepts/a.py", "from sojourn.definitions import country", "concepts imports definitions"),
        ("engine/a.py", "def f():\n    import sojourn.stages.link", "engine imports stages"),
        ("stages/link/a.py", "from sojourn.stages import ingest", "stage link imports stage ingest"),
        ("stages/link/a.py", "from ..ingest import b", "stage link imports stage ingest"),
        ("stages/link/a.py", "from ...run import graph", "stages imports run"),
        ("stages/link/a.py", "import duckdb", "duckdb outside engine"),
        ("stages/link/a.py", "from importlib import import_module\nimport_module('duckdb')", "duckdb outside engine"),
        ("stages/residence/k.py", "import numba\nimport pyarrow", "a kernel imports pyarrow"),
        ("reference/a.py", "import sqlglot", "reference imports sqlglot"),
        ("reference/a.py", "from sojourn.tables import spells", "reference imports tables"),
        ("stages/link/a.py", "from sojourn.reference import residence", "stages imports reference"),
        ("run/a.py", "from sojourn.trace import cells", "run imports trace"),
        ("tables/a.py", "from sojourn import run", "tables imports run"),
        ("attic/a.py", "", "attic has no place in the import rule"),
    ],
)
def test_a_breach_is_found(path, text, reason):
    assert [finding.what for finding in breaches(Source(path, text))] == [reason]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("engine/a.py", "import duckdb, sqlglot\nfrom sojourn.tables.spells import Spells"),
        ("stages/link/a.py", "from . import b\nfrom .c import d\nfrom sojourn.errors import problem"),
        ("stages/residence/k.py", "import numba\nimport numpy as np"),
        ("reference/a.py", "import datetime\nfrom sojourn.definitions.duration import Duration"),
        ("cli.py", "from sojourn.trace import cells\nfrom sojourn.run import graph"),
    ],
)
def test_what_the_rule_allows_passes(path, text):
    assert breaches(Source(path, text)) == []
