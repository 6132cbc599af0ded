"""Code lists that come with the package: each a CSV file in `data`, described in `lists.toml`.

Every list says where it comes from, in which version, under which licence, and what its file's SHA-256 is. The lists hold
public classifications and names alone; a country's own codes stand in its own folder.
"""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

Row = dict[str, str]


@dataclass(frozen=True)
class CodeList:
    """One list. `key`: the columns that name a row. `version`: of the origin; a date where it has no other."""

    id: str
    title: str
    version: str
    origin: str
    licence: str
    sha256: str
    key: tuple[str, ...]

    @property
    def file(self) -> Traversable:
        return files(__name__) / "data" / f"{self.id}.csv"


@cache
def lists() -> dict[str, CodeList]:
    """Every list by id, in the order of `lists.toml`."""
    described = tomllib.loads((files(__name__) / "lists.toml").read_text(encoding="utf-8"))
    return {name: CodeList(id=name, **{**each, "key": tuple(each["key"])}) for name, each in described.items()}


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a list, in file order; every value is text. Raises KeyError for a list that is not there."""
    text = lists()[name].file.read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def checksum() -> str:
    """One hash over the files of all lists: a result depends on what they say."""
    digest = hashlib.sha256()
    for each in lists().values():
        digest.update(each.file.read_bytes())
    return digest.hexdigest()[:16]
