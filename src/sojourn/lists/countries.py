"""Countries by their ISO 3166-1 alpha-3 codes: present ones, former ones (ISO 3166-3), and the codes of travel documents
that stand where a citizenship would (ICAO Doc 9303, part 3, section 5).
"""

import re
from functools import cache

from sojourn.lists import rows

UNKNOWN = "unknown"
"""Not stated: in a concordance, the target of codes that say so."""
REGION = "M49_"
"""Before the code of a region where a country would stand: a place of which no more is known."""
LABEL = 40
"""Characters of a label on a chart."""
OWN = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
"""Codes that ISO 3166-1 leaves to its users."""


@cache
def present() -> dict[str, str]:
    """Alpha-3 code to English name (United Nations, M49) of the countries and areas of ISO 3166-1."""
    return {row["alpha3"]: row["name"] for row in rows("iso3166_1")}


@cache
def former() -> dict[str, str]:
    """Alpha-3 code to English name of withdrawn codes that are not in use again."""
    return {row["alpha3"]: row["name"] for row in rows("iso3166_3") if row["alpha3"] not in present()}


@cache
def special() -> dict[str, str]:
    """Code of a travel document to what its holder's citizenship counts as: stateless, foreign or unknown."""
    return {row["code"]: row["counts_as"] for row in rows("special_codes")}


@cache
def names() -> dict[str, str]:
    """English names by code, short enough for a label: present and former countries, travel documents."""
    return {**present(), **_shorter(), **former(), **{row["code"]: row["name"] for row in rows("special_codes")}}


def _shorter() -> dict[str, str]:
    """The English names of CLDR where the United Nations' are too long for a label; of several, the longest."""
    long = {code for code, name in present().items() if len(name) > LABEL}
    found = [(row["alpha3"], row["name"]) for row in rows("country_names") if row["language"] == "en" and row["alpha3"] in long]
    return dict(sorted(found, key=lambda each: len(each[1])))


@cache
def regions() -> dict[str, str]:
    """English names of the regions of M49 by their three-digit code."""
    return {row["code"]: row["name"] for row in rows("m49_regions")}


@cache
def successors(code: str) -> tuple[str, ...]:
    """Present countries that the code of a former country was replaced by; none for any other code."""
    return next((tuple(row["successors"].split()) for row in rows("iso3166_3") if row["alpha3"] == code), ())


def is_known(code: str) -> bool:
    """Whether a code can stand for a place or a citizenship: on the lists, a region, or one that ISO leaves to its users."""
    return code == UNKNOWN or code in names() or code.removeprefix(REGION) in regions() or bool(OWN.fullmatch(code))
