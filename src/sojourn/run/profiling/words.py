"""What columns are called in the languages of `words.toml`, and what their codes are."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sojourn.definitions.country_names import normalised

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTICLES = frozenset("of the de d du des la le l del da do dos das der al el".split())
"""Words between the others that are left out: date_birth is the date of birth."""


@dataclass(frozen=True)
class Match:
    """A role that a name speaks for. length: words of the name that say so. exact: whether they are the whole name."""

    role: str
    language: str
    length: int
    exact: bool


@cache
def _data() -> Mapping:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> tuple[tuple[frozenset[str], str, str], ...]:
    """(words, role, language) of every entry, in the order of the file."""
    roles = _data()["roles"].items()
    return tuple((_telling(text), role, language) for role, each in roles for language, texts in each.items() for text in texts)


def _telling(name: str) -> frozenset[str]:
    """The words of a name that mean something, in no order."""
    return frozenset(plain(name)) - _PARTICLES


def plain(name: str) -> tuple[str, ...]:
    """The words of a name, also of one written like thisName or like_this."""
    return tuple(normalised(_CAMEL.sub(" ", name)).split())


def matches(name: str) -> list[Match]:
    """What a column's name speaks for: the whole name first, then the most words of it; one match for each role."""
    words = _telling(name)
    found = [Match(role, language, len(phrase), phrase == words) for phrase, role, language in _phrases() if phrase and phrase <= words]
    best: dict[str, Match] = {}
    for each in sorted(found, key=lambda match: (not match.exact, -match.length)):
        best.setdefault(each.role, each)
    return list(best.values())


def missing_words() -> list[str]:
    return list(_data()["missing"]["words"])


def nines() -> list[str]:
    """Numbers of nines alone, which stand for nothing where they lie beyond every other value."""
    return list(_data()["missing"]["nines"])


def vocabulary(role: str, values: Iterable[str]) -> dict[str, str]:
    """Value to canonical code, by the list of which most values are present, two at least; else nothing."""
    known = {value: " ".join(plain(value)) for value in values}
    each = [{value: codes[text] for value, text in known.items() if text in codes} for codes in _data()["vocabularies"].get(role, ())]
    best = max(each, key=lambda found: len(set(found.values())), default={})
    return best if len(set(best.values())) > 1 else {}
