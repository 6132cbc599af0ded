"""One line of the proposed source file: a column in its role, with its forms or codes, and what is to be done about it."""

from collections.abc import Mapping

from sojourn.concepts.columns import COLUMNS
from sojourn.messages import say
from sojourn.run.profiling.codes import code_path, listable, plain_countries, targets
from sojourn.run.profiling.column import DATED, MOST, Column
from sojourn.run.profiling.looks import COUNTRY, Look
from sojourn.run.profiling.text import listed, quoted, scalar

ERAS = {"buddhist": ("2400", "2700"), "persian, hijri": ("1200", "1550")}
"""Calendars by the years, as they count them, in which anybody alive was born, and some more."""


def with_todo(line: str, text: str, reason: str = "") -> str:
    """A line with what is to be done about it; without a text, with its reason alone."""
    return f"{line}  # {'. '.join(each for each in (reason, f'TO DO: {text}' if text else '') if each)}"


def mapped(role: str, look: Look, placeholders: Mapping[str, list[str]], name: str = "") -> str:
    """One line: the canonical column, where it comes from and how it is coded."""
    each = look.column
    keys, asked = {"column": scalar(each.name)}, [say("profile.todo_only_date")] if look.reason == say("profile.only_date") else []
    if role in DATED:
        _dated(each, keys, asked, placeholders.get(each.name, []))
    elif role in COUNTRY or role in COLUMNS and COLUMNS[role].codes:
        _coded(role, each, keys, asked, name)
    if each.missing:
        keys["missing"] = listed(each.missing)
        asked += [say("profile.todo_nines")] if each.nines else []
    value = keys["column"] if len(keys) == 1 else f"{{{', '.join(f'{key}: {text}' for key, text in keys.items())}}}"
    return with_todo(f"{role}: {value}", " ".join(asked), look.reason)


def _dated(each: Column, keys: dict[str, str], asked: list[str], placeholders: list[str]) -> None:
    """The forms of a date, and what they leave open."""
    if each.dates is None or each.typed:
        return
    forms = each.dates.written
    keys["format"] = quoted(forms[0]) if len(forms) == 1 else listed(forms)
    if each.dates.ambiguous:
        rivals = [rival for form in each.dates.forms for rival in form.rivals]
        asked.append(say("profile.todo_day_or_month", other=", ".join(rivals)))
    if each.dates.partial():
        keys["partial"] = f"{{{', '.join(f'{key}: reject' for key in each.dates.partial())}}}"
        asked.append(say("profile.todo_partial"))
    if each.dates.two_digits:
        keys["century"] = ""
        asked.append(say("profile.todo_century"))
    if placeholders:
        keys["placeholders"] = listed(placeholders)
        asked.append(say("profile.todo_placeholders"))
    asked += [say("profile.todo_era", calendars=era) for era, (first, last) in ERAS.items() if each.dates.months and first <= each.dates.months[0] < last]


def _coded(role: str, each: Column, keys: dict[str, str], asked: list[str], name: str) -> None:
    """The codes of a column: none where they are those of ISO 3166-1, else a list, or room for one."""
    if role in COUNTRY and (plain_countries(each) or not each.facts.values):
        return
    if not listable(each, role):
        keys["codes"] = "{}"
        asked.append(say("profile.todo_codes", known=_targets(role)))
        return
    keys["codes"] = f"{{file: {quoted(code_path(name, each))}}}"
    known = targets(each, role)
    if role in COUNTRY and each.facts.shapes.get("aa", 0) >= MOST * each.present:
        asked.append(say("profile.todo_two_letters"))
    if each.withheld or not all(known.get(value) for value in {**each.shown, **each.labels} if value not in each.missing):
        asked.append(say("profile.todo_code_list", known=_targets(role), withheld=each.withheld))


def _targets(role: str) -> str:
    return ", ".join(COLUMNS[role].codes) or "ISO 3166-1 alpha-3"
