"""What the direct door is asked for: the options, read and checked together, so that one run shows all that is wrong."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.rules.text import rule_of
from sojourn.engine.export import SUFFIXES
from sojourn.errors import Problem, SojournError, problem

POLICIES = ("reject", "midpoint", "earliest", "latest", "unknown")
"""What is done about a crossing missing between two in one direction."""
COMPATIBLE = ("migstat",)
DATES = ("--data-start", "--data-end", "--as-of")


@dataclass(frozen=True)
class Asked:
    """The options. A rule is None only where `problems` say why."""

    rule: ResidenceRule | None
    events: Path
    initial: Path | None
    out: Path
    data_start: date | None
    data_end: date | None
    as_of: date | None
    missing: str
    strict: bool
    problems: tuple[Problem, ...]

    @property
    def issues_file(self) -> Path:
        """Beside the decisions, named after them."""
        return self.out.with_name(self.out.name + ".issues.csv")


def asked(
    rule: str, out: Path | str, events: Path | str, initial: Path | str | None, days: tuple[date | str | None, ...], missing: str, compatible: str | None
) -> Asked:
    """The options as they are meant, and everything wrong with them. days: those of DATES."""
    found: list[Problem] = []
    read = [_day(name, text, found) for name, text in zip(DATES, days, strict=True)]
    if read[0] and read[1] and read[0] >= read[1]:
        found.append(problem("direct.end_before_start", start=read[0], end=read[1]))
    for option, word, known in (("--missing", missing, POLICIES), ("--compatible", compatible, (None, *COMPATIBLE))):
        if word not in known:
            found.append(problem("direct.unknown_word", option=option, word=word, known=", ".join(filter(None, known))))
    paths = Path(events), Path(initial) if initial is not None else None
    found += _out(Path(out), [each for each in paths if each is not None])
    return Asked(_rule(rule, found), *paths, Path(out), read[0], read[1], read[2], missing, compatible is not None, tuple(found))


def _rule(text: str, found: list[Problem]) -> ResidenceRule | None:
    try:
        return rule_of(text)
    except SojournError as error:
        found += error.problems
        return None


def _day(option: str, text: date | str | None, found: list[Problem]) -> date | None:
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        found.append(problem("direct.no_day", option=option, text=text))
        return None


def _out(out: Path, inputs: list[Path]) -> list[Problem]:
    """A file of a known suffix in a folder that is there, and not a file that is read."""
    if out.suffix.lower() not in SUFFIXES:
        return [problem("direct.out_suffix", out, known=", ".join(SUFFIXES))]
    if out.is_dir() or not out.parent.is_dir():
        return [problem("direct.out_folder", out)]
    if out.resolve() in [each.resolve() for each in inputs]:
        return [problem("direct.out_is_read", out)]
    return []
