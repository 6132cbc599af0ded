"""Code lists of an unknown file: the codes that may be shown, what they mean where it is certain, and room for the rest."""

import csv
import io
import re
from collections.abc import Iterator

from sojourn.run.profiling import words
from sojourn.run.profiling.column import Column, country_of
from sojourn.run.profiling.looks import COUNTRY, INTEGER, country_like

HEAD = ("code", "label", "records", "target")
MOST_NUMBERS = 30
"""Different whole numbers up to which a column is taken for codes rather than for amounts."""

LONGEST = 60
"""Characters of a column's name in the name of a file."""


def listable(each: Column, role: str | None) -> bool:
    """Whether a column gets a code list: one that can be shown, or that the file labels, but for amounts, known codes, and
    one value alone."""
    if each.secret or not (each.shown or each.labels) or role in INTEGER or role == "event" or (role in COUNTRY and plain_countries(each)):
        return False
    if role is None and each.facts.distinct == 1:
        return False
    return each.kind == "text" or bool(each.labels) or each.facts.distinct <= MOST_NUMBERS


def plain_countries(each: Column) -> bool:
    """Whether the column holds the codes of ISO 3166-1 alpha-3, so that it needs no list."""
    return each.countries["iso3"] >= 0.95


def targets(each: Column, role: str | None) -> dict[str, str]:
    """Code to canonical value, where it is certain: by the value label, by a known list of codes, by the lists of countries."""
    if role in COUNTRY or (role is None and country_like(each)):
        return {value: country_of(each.labels.get(value, value)) for value in {**each.shown, **each.labels}}
    if role not in ("sex", "route", "event"):
        return {}
    spoken = {value: each.labels.get(value, value) for value in {**each.shown, **each.labels}}
    known = words.vocabulary(role, spoken.values())
    return {value: known[text] for value, text in spoken.items() if text in known}


def code_list(each: Column, role: str | None) -> str:
    """The code list as CSV: the codes shown, and those that the file itself labels."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_rows(each, role))
    return out.getvalue()


def _rows(each: Column, role: str | None) -> Iterator[tuple[str, str, object, str]]:
    meant = targets(each, role)
    for value in sorted({**each.shown, **each.labels}):
        if value not in each.missing:
            yield value, each.labels.get(value, ""), each.shown.get(value, ""), meant.get(value, "")


def code_path(name: str, each: Column) -> str:
    """Where the code list of a column lies: with the source's name, since other sources have columns of the same name."""
    kept = re.sub(r"[^a-z0-9]+", "_", each.name.lower())[:LONGEST]
    return f"codes/{name}_{kept}.csv" if kept == each.name.lower() else f"codes/{name}_{each.facts.place}_{kept}.csv"
