"""Problems a user can mend: what is wrong, where, why it matters, what to do.

Problems are collected, so that one run shows all of them; `SojournError` carries the collection to the command line.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sojourn.messages import has, say


@dataclass(frozen=True)
class Problem:
    """One problem. `code` names three catalogue entries: `code` (what), `code_why`, `code_do`.

    `fields` fill the templates and hold names, counts and patterns, never a value read from a person's record.
    `warning` marks a problem that does not stop a run.
    """

    code: str
    file: Path | str | None = None
    line: int | None = None
    fields: dict[str, object] = field(default_factory=dict)
    warning: bool = False

    @property
    def where(self) -> str:
        """`file:line`, as far as known."""
        place = str(self.file) if self.file is not None else ""
        return f"{place}:{self.line}" if place and self.line else place

    def part(self, suffix: str) -> str:
        """The text of one of the entries `code`, `code_why`, `code_do`; empty where the catalogue has none."""
        key = self.code + suffix
        return say(key, **self.fields) if has(key) else ""

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.part('')}" if self.where else self.part("")]
        lines += [say("errors.why", text=self.part("_why"))] if self.part("_why") else []
        lines += [say("errors.do", text=self.part("_do"))] if self.part("_do") else []
        return "\n".join(lines)


def problem(code: str, file: Path | str | None = None, line: int | None = None, **fields: object) -> Problem:
    """A problem that stops a run."""
    return Problem(code, file, line, fields)


def warning(code: str, file: Path | str | None = None, line: int | None = None, **fields: object) -> Problem:
    """A problem that is reported and lets a run go on."""
    return Problem(code, file, line, fields, warning=True)


class SojournError(Exception):
    """One or more problems that stopped the work. The command line prints each and exits with 1."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n\n".join(str(each) for each in self.problems)
