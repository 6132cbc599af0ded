"""Every sentence that sojourn says to a person, by key: one folder per language, one TOML file per part of the program.

`say("errors.missing_column", column="sex")` reads the entry `missing_column` of `en/errors.toml` and fills its named
fields. Code holds keys alone, so that a language can be added without touching it.
"""

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGE = "en"


class UnknownMessage(KeyError):
    """A key that no catalogue holds: a fault of the program, never of the user."""


@cache
def catalogue(part: str, language: str = LANGUAGE) -> dict[str, str]:
    """The entries of one catalogue file, key to template."""
    path = files(__name__) / language / f"{part}.toml"
    if not path.is_file():
        raise UnknownMessage(part)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def has(key: str) -> bool:
    """Whether the catalogue knows `part.entry`."""
    part, _, entry = key.partition(".")
    return (files(__name__) / LANGUAGE / f"{part}.toml").is_file() and entry in catalogue(part)


def say(key: str, /, **fields: object) -> str:
    """The text of `part.entry` with its named fields filled in. Raises UnknownMessage for a key not in the catalogue."""
    part, _, entry = key.partition(".")
    entries = catalogue(part)
    if entry not in entries:
        raise UnknownMessage(key)
    return entries[entry].format(**fields)
