"""A run depends on its inputs alone: no wall clock, no unseeded chance, in Python or in SQL.

The clock that measures speed (time.perf_counter) is allowed where progress is shown, and nowhere else.
The `secrets` module is allowed: a new pseudonym key must not be repeatable.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.spec.source_tree import Finding, Source, name_lists, python_sources, report

CLOCKS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.localtime", "time.gmtime",
    "time.ctime", "time.strftime", "uuid.uuid1", "uuid.uuid4", "os.urandom",
}  # fmt: skip
STOPWATCHES = {"time.perf_counter", "time.perf_counter_ns", "time.process_time"}
SHOWS_PROGRESS = re.compile(r"(^|/)(cli|progress)(\.py$|/)")
SEEDED_WHEN_GIVEN_ARGUMENTS = {
    "random.Random", "numpy.random.default_rng", "numpy.random.SeedSequence", "numpy.random.RandomState",
    "numpy.random.PCG64", "numpy.random.Philox",
}  # fmt: skip
PLAIN_NUMPY_NAMES = {"numpy.random.Generator"}
SQL_CHANCE = re.compile(
    r"\b(current_date|current_timestamp|current_time|localtimestamp"
    r"|(now|today|random|rand|uuid|gen_random_uuid|get_current_timestamp)\(\))",
    re.IGNORECASE,
)


def names_imported(tree: ast.Module) -> dict[str, str]:
    """Local name to full name, from the imports of the file."""
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                known[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            known.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return known


def full_name(node: ast.AST, known: dict[str, str]) -> str:
    """`datetime.datetime.now` for `dt.now` after `from datetime import datetime as dt`; empty if not imported."""
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = full_name(node.value, known)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def chance(name: str, has_arguments: bool) -> bool:
    """Whether a call draws from, or makes, a generator that nobody seeded."""
    if name in SEEDED_WHEN_GIVEN_ARGUMENTS:
        return not has_arguments
    return name.startswith(("random.", "numpy.random.")) and name not in PLAIN_NUMPY_NAMES


def outside_influences(source: Source) -> Iterator[Finding]:
    """Uses of the clock or of unseeded chance in one file."""
    known = names_imported(source.tree)
    names = name_lists(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            name = full_name(node, known)
            stopwatch = name in STOPWATCHES and not SHOWS_PROGRESS.search(source.path)
            if name in CLOCKS or stopwatch:
                yield Finding(source.path, node.lineno, name)
        elif isinstance(node, ast.Call) and chance(full_name(node.func, known), bool(node.args or node.keywords)):
            yield Finding(source.path, node.lineno, full_name(node.func, known))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = SQL_CHANCE.search(node.value)
            # A name alone ("current_date" in a list of refused functions) is no query.
            if found and not node.value.isidentifier() and id(node) not in names:
                yield Finding(source.path, node.lineno, found.group())


def test_nothing_reads_the_clock_or_draws_unseeded():
    findings = [finding for source in python_sources() for finding in outside_influences(source)]
    assert not findings, report(findings)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from datetime import datetime\ndatetime.now()", "datetime.datetime.now"),
        ("from datetime import date as d\nx = d.today", "datetime.date.today"),
        ("import datetime as t\nt.datetime.today()", "datetime.datetime.today"),
        ("import time\ntime.time()", "time.time"),
        ("from time import perf_counter\nperf_counter()", "time.perf_counter"),
        ("import random\nrandom.choice([1])", "random.choice"),
        ("import random\nrandom.Random()", "random.Random"),
        ("import numpy as np\nnp.random.default_rng()", "numpy.random.default_rng"),
        ("import numpy as np\nnp.random.normal(1, 2)", "numpy.random.normal"),
        ("import uuid\nuuid.uuid4()", "uuid.uuid4"),
        ("q = 'SELECT current_date'", "current_date"),
        ("q = f'SELECT random() FROM {t}'", "random()"),
    ],
)
def test_an_outside_influence_is_found(text, name):
    assert [finding.what for finding in outside_influences(Source("run/a.py", text))] == [name]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cli.py", "import time\ntime.perf_counter()"),
        ("run/progress.py", "import time\ntime.perf_counter()"),
        ("run/a.py", "import numpy as np\nnp.random.default_rng(7)"),
        ("run/a.py", "from datetime import date\ndate.fromisoformat('2020-01-01')"),
        ("engine/a.py", "REFUSED = {'current_date': 'clock'}"),
        ("engine/a.py", "REFUSED = 'hash current_date'.split()"),
    ],
)
def test_what_is_repeatable_passes(path, text):
    assert list(outside_influences(Source(path, text))) == []
