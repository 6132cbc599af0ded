"""One column of an unknown file, as it is understood: its kind, its days, what its name speaks for, which countries it holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sojourn.definitions.country_names import by_code, by_name
from sojourn.engine.profile import Facts, facts, shape
from sojourn.engine.session import Session
from sojourn.engine.unknown_table import Table
from sojourn.lists.countries import is_known
from sojourn.run.profiling import words
from sojourn.run.profiling.dates import Dates, dates
from sojourn.run.profiling.shown import LEAST, code_like, shared
from sojourn.run.profiling.words import Match

KINDS = {"whole": r"[+-]?9+", "decimal": r"[+-]?9*[.,]9+(a[+-]?9+)?", "time": r"9{1,2}:99(:99)?"}
DATED = ("arrival_date", "departure_date", "admitted_until", "received_on", "death", "acquisition", "birth_date", "date")
SECRET = ("identifier", "mother", "record", "hidden")
"""Roles whose values are never shown."""
MOST = 0.9
"""Share of the values that must be of one kind."""


@dataclass(frozen=True)
class Column:
    """kind: empty, date, whole, decimal, time, text. labels, title: of the file. typed: whether the file stores it as dates."""

    facts: Facts
    kind: str
    dates: Dates | None
    matches: Sequence[Match]
    labels: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    typed: bool = False

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def present(self) -> int:
        """Records with a value that is not a word for nothing."""
        return self.facts.present - sum(self.facts.words.values())

    @property
    def secret(self) -> bool:
        """Whether the name alone forbids that values are shown."""
        return bool(self.matches) and self.matches[0].role in SECRET

    @cached_property
    def shown(self) -> dict[str, int]:
        """The values that may be shown, with their records; none of a column that is no list of codes."""
        codes = self.kind in ("text", "whole") and code_like(self.facts, self.secret)
        return shared(self.facts.values) if codes else {}

    @property
    def withheld(self) -> int:
        """How many different values of a list of codes too few records share, those left aside that the file itself labels."""
        return len(set(self.facts.values) - set(self.shown) - set(self.labels)) if self.shown or self.labels else 0

    @cached_property
    def missing(self) -> list[str]:
        """Words for nothing, and numbers of nines beyond every other value, that enough records share."""
        return [*shared(self.facts.words), *self.nines]

    @cached_property
    def nines(self) -> list[str]:
        numbers = {int(value) for value in self.facts.values if value.isascii() and value.isdigit()} if self.kind == "whole" else set()
        return [each for each in words.nines() if self.facts.values.get(each, 0) >= LEAST and int(each) > max(numbers - {int(each)}, default=int(each)) + 1]

    @cached_property
    def countries(self) -> dict[str, float]:
        """Share of the records whose value is a country: iso3 as it stands, code by another code of ISO 3166-1, name by its name."""
        known = {value: n for value, n in self.facts.values.items() if value not in self.facts.words}
        total = sum(known.values())
        each = {"iso3": is_known, "code": lambda value: by_code(value) is not None, "name": lambda value: by_name(value) is not None}
        return {form: sum(n for value, n in known.items() if holds(value)) / total if total else 0.0 for form, holds in each.items()}


def column(session: Session, found: Table, place: int) -> Column:
    """The column at `place`, from 1."""
    each = _without_codes(facts(session, found, place, words.missing_words()))
    matched = words.matches(each.name) or words.matches(found.titles.get(each.name, ""))
    named = any(match.role in DATED for match in matched[:1])
    days = dates(session, each, named) if each.present else None
    typed = found.kinds[each.name].startswith(("DATE", "TIMESTAMP"))
    labels, declared = found.labels.get(each.name, {}), found.declared.get(each.name, {})
    return Column(each, _kind(each, days), days, matched, labels, declared, found.titles.get(each.name, ""), typed)


def _kind(each: Facts, days: Dates | None) -> str:
    """What most values of a column are, the words for nothing left aside."""
    total = each.present - sum(each.words.values())
    if total <= 0 or days is not None:
        return "date" if days is not None else "empty"
    counts = {kind: sum(n for shape, n in each.shapes.items() if re.fullmatch(pattern, shape)) for kind, pattern in KINDS.items()}
    counts["decimal"] += counts["whole"] if counts["decimal"] else 0
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] >= MOST * total else "text"


def _without_codes(each: Facts) -> Facts:
    """Among codes of two letters NA is Namibia and ND North Dakota: a word in the form of most values is one of them."""
    own = {form for form, n in each.shapes.items() if 2 * n > each.present and set(form) == {"a"}}
    return replace(each, words={value: n for value, n in each.words.items() if shape(value) not in own})


def country_of(value: str) -> str:
    """The ISO 3166-1 alpha-3 code that a value is; empty where none, and for numbers, which offices count as they like."""
    return value if is_known(value) else "" if value.isdigit() else by_code(value) or by_name(value) or ""
