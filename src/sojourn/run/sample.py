"""A share of a country's persons, whole: the same ones in every source, by their pseudonyms."""

import re
from fractions import Fraction

from sojourn.definitions.source import Source
from sojourn.engine.portable import literal, present_key, pseudonym
from sojourn.errors import SojournError, problem

DIGITS = 8
"""Hexadecimal digits of the pseudonym that decide: shares are met to one in four thousand million."""


def parse_share(text: str) -> Fraction:
    """`1%`, `0.5%` or `0.01` as a share above 0 and below 1. Raises SojournError for anything else."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*", text)
    share = Fraction(found.group(1)) / (100 if found.group(2) else 1) if found else Fraction(0)
    if not 0 < share < 1:
        raise SojournError(problem("run.sample_form", text=text))
    return share


def share_words(share: Fraction) -> str:
    """A share as it was written: 1%, 0.5%."""
    return f"{float(share * 100):g}%"


def sampled(relation: str, source: Source, kinds: dict[str, str], share: Fraction) -> str:
    """The records of the chosen units of a source, as a FROM item.

    A unit is chosen where its pseudonym, read as a number, is small enough, so that a person is in the sample with all
    records of all sources of the scheme or with none. A record without an identifier is chosen by its number.
    """
    scheme = source.identifier.scheme if source.identifier else source.id
    key = present_key(source.identifier.column, kinds, source.missing) if source.identifier else "NULL"
    hashed = pseudonym(literal(scheme), f"coalesce({key}, CAST(record AS VARCHAR))")
    bound = format(int(share * 16**DIGITS), f"0{DIGITS}x")
    return f"(SELECT * FROM {relation} WHERE substr({hashed}, 1, {DIGITS}) < {literal(bound)})"
