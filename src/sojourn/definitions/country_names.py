"""Countries by name: spellings in the shipped languages, nationalities, and the codes of ISO 3166-1 themselves.

A name matches when it is the same after the differences that records bring are taken away: case, accents, punctuation,
spaces, a leading article. A name that could be two countries ("Korean", "Dominican") matches none; it is suggested at most.
"""

import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from sojourn.lists import rows
from sojourn.lists.countries import former, present
from sojourn.lists.territories import renamed

APOSTROPHES = "'’‘ʼ`´ʹ"
CLOSE = 0.85
"""Least likeness of a suggested name (difflib's ratio): about one wrong letter in seven."""


def normalised(text: str) -> str:
    """A name without case, accents, punctuation and a leading "the"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(_letter(each) for each in folded if unicodedata.category(each) != "Mn" and each not in APOSTROPHES)
    words = kept.replace("&", " and ").split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _letter(character: str) -> str:
    """Letters, their combining signs and figures stay; what stands between them becomes a space."""
    return character if character == "&" or unicodedata.category(character)[0] in "LMN" else " "


def by_name(text: str) -> str | None:
    """The country that a spelling or a nationality names; None where none does, or more than one."""
    return _names().get(normalised(text))


def by_code(text: str) -> str | None:
    """The country of an ISO 3166-1 code: two letters, three letters, or the number with or without leading zeros."""
    return _codes().get(text.strip().upper().zfill(3) if text.strip().isdigit() else text.strip().upper())


def suggestion(text: str) -> str | None:
    """The country that a value most likely means: by letters, by name, or by the nearest name. None where nothing is near.

    Numbers get none: national lists number countries in ways of their own, and ISO's number would mislead.
    """
    exact = by_name(text) or (None if text.isdigit() else by_code(text))
    near = () if exact else get_close_matches(normalised(text), _names(), n=1, cutoff=CLOSE)
    return exact or (_names()[near[0]] if near else None)


@cache
def _names() -> dict[str, str]:
    """Normalised name to code, without the names of two countries. A country's name comes before a nationality."""
    countries = _unique(_spellings())
    return {**_unique((row["name"], row["alpha3"]) for row in rows("nationalities")), **countries}


def _spellings() -> Iterator[tuple[str, str]]:
    """(spelling, code) of every country, present and former; a former country that was only renamed is its successor."""
    yield from ((name, code) for code, name in present().items())
    yield from ((name, renamed(code)) for code, name in former().items())
    for name in ("country_names", "country_names_un"):
        yield from ((row["name"], row["alpha3"]) for row in rows(name))


def _unique(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        found.setdefault(normalised(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if name and len(codes) == 1}


@cache
def _codes() -> dict[str, str]:
    return {row[form]: row["alpha3"] for row in rows("iso3166_1") for form in ("alpha2", "alpha3", "numeric")}
