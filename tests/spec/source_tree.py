"""The package as source text: what the architecture tests read instead of importing it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sojourn"


@dataclass(frozen=True)
class Finding:
    """One breach: the file, the line and what was found there."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Source:
    """One file: its path inside the package ("engine/session.py") and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)


def sources(*suffixes: str) -> list[Source]:
    """All files of the package with one of the suffixes, in a fixed order."""
    found = (path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and path.name.endswith(suffixes))
    return [Source(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")) for path in found]


def python_sources() -> list[Source]:
    return sources(".py")


def templates() -> list[Source]:
    return sources(".j2", ".jinja")


def report(findings: Iterator[Finding] | list[Finding]) -> str:
    """Findings as lines, for an assertion's message; empty when there are none."""
    return "\n".join(str(finding) for finding in findings)


def called_name(call: ast.Call) -> str:
    """Last part of the name of what is called: `say` for say(...), `parse_one` for sqlglot.parse_one(...)."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def name_lists(tree: ast.Module) -> set[int]:
    """Ids of the texts written as "a b c".split(): names, neither sentences nor SQL."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and called_name(node) == "split")
    return {id(call.func.value) for call in calls if isinstance(call.func, ast.Attribute)}
