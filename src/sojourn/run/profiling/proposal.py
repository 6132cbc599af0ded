"""The proposed source file: everything the file shows, a reason beside each line, and TO DO where only a person can know."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sojourn.concepts.columns import COLUMNS
from sojourn.concepts.evidence import EVENTS, EVIDENCE
from sojourn.definitions.delivery import Format
from sojourn.messages import say
from sojourn.run.profiling.codes import listable, plain_countries, targets
from sojourn.run.profiling.column import DATED, MOST, Column
from sojourn.run.profiling.looks import COUNTRY, Look, country_like, two_halves
from sojourn.run.profiling.text import listed, quoted, scalar, shown_name

OWN = ("identifier", "record", "received_on", "event", "date", "time", "weight")
"""Roles that stand beside `columns:` and not in it."""
ERAS = {"buddhist": ("2400", "2700"), "persian, hijri": ("1200", "1550")}
LONGEST = 60
"""Characters of a column's name in the name of a file."""
GOVERNANCE = ("legal_basis", "purposes", "agreement", "reporting_lag", "known_defects", "residence_concept")


def source_file(name: str, files: str, outside: bool, form: Format, columns: Sequence[Column], found: Mapping[str, Look], placeholders: Mapping[str, list[str]]) -> str:
    """The text of the source file. name: its id; files: where the data lie; outside: whether that is not in the country's
    folder; placeholders: column to days that stand for none."""
    records = columns[0].facts.records
    lines = [f"# {line}" for line in say("profile.opening", records=records, file=shown_name(files)).splitlines()]
    lines += ["", f"id: {name}", _todo(f"title: {scalar(name)}", say("profile.todo_title")), _evidence(found)]
    lines += ["unit: respondent"] if "weight" in found else []
    lines += [_todo("owner:", say("profile.todo_owner")), f"# {say('profile.governance')}"]
    lines += [f"# {key}:" for key in GOVERNANCE]
    stated = f"files: {listed([files])}"
    lines += [_todo(stated, say("profile.todo_files")) if outside else stated, _format(form)]
    lines += [_todo("covers: {from: , until: }", say("profile.todo_covers", seen=_seen(found))), *_identity(found), *_event(found, placeholders)]
    lines += _columns(name, columns, found, placeholders)
    return "\n".join(lines) + "\n"


def _todo(line: str, text: str, reason: str = "") -> str:
    """A line with what is to be done about it; without a text, with its reason alone."""
    return f"{line}  # {'. '.join(each for each in (reason, f'TO DO: {text}' if text else '') if each)}"


def _evidence(found: Mapping[str, Look]) -> str:
    known = ", ".join(EVIDENCE)
    return _todo(f"evidence: {_guessed(found)}".rstrip(), say("profile.todo_evidence", known=known))


def _guessed(found: Mapping[str, Look]) -> str:
    if {"arrival_date", "departure_date"} <= set(found):
        return "admissions"
    if "weight" in found:
        return "household_survey"
    dated = found["date"].event if "date" in found else ""
    return {"birth_in": "civil_registration", "death": "civil_registration", "acquisition": "naturalisation_file"}.get(dated, "")


def _format(form: Format) -> str:
    stated = {key: value for key, value in form.model_dump(exclude_unset=True).items() if value is not None and key != "type"}
    line = f"format: {{{', '.join([f'type: {form.type}', *(f'{key}: {quoted(str(value))}' for key, value in stated.items())])}}}"
    guessed = form.encoding is not None and not form.encoding.startswith("utf")
    return _todo(line, say("profile.todo_encoding")) if guessed else line


def _seen(found: Mapping[str, Look]) -> str:
    """The months that the event's dates span."""
    dated = [look.column.dates for role in ("date", "arrival_date", "departure_date") if (look := found.get(role)) and look.column.dates]
    spans = [each.months for each in dated if each.months]
    return f"{min(first for first, _ in spans)} - {max(last for _, last in spans)}" if spans else "-"


def _identity(found: Mapping[str, Look]) -> Iterator[str]:
    if "identifier" in found:
        look = found["identifier"]
        yield _todo(f"identifier: {{column: {scalar(look.column.name)}, scheme: }}", say("profile.todo_scheme"), look.reason)
    else:
        yield _todo("identifier: {column: , scheme: }", say("profile.todo_identifier"))
    if "record" in found:
        yield f"record: {scalar(found['record'].column.name)}  # {found['record'].reason}"
    if "weight" in found:
        yield f"weight: {scalar(found['weight'].column.name)}  # {found['weight'].reason}"


def _event(found: Mapping[str, Look], placeholders: Mapping[str, list[str]]) -> Iterator[str]:
    """What each record reports and when; nothing for surveys and for records of an arrival and a departure."""
    if "weight" in found or {"arrival_date", "departure_date"} & set(found):
        return
    if "event" in found:
        yield _coded_event(found["event"])
    else:
        kind = found["date"].event if "date" in found else ""
        yield _todo(f"event: {kind}".rstrip(), say("profile.todo_event", known=", ".join(EVENTS)))
    if "date" in found:
        yield _mapped("date", found["date"], placeholders)
    else:
        yield _todo("date:", say("profile.todo_date"))
    for role in ("time", "received_on"):
        if role in found:
            yield _mapped(role, found[role], placeholders)


def _coded_event(look: Look) -> str:
    meant = {value: target for value, target in targets(look.column, "event").items() if value in look.column.shown}
    codes = ", ".join(f"{quoted(value)}: {target}" for value, target in meant.items())
    todo = "" if meant and set(meant) == set(look.column.facts.values) else say("profile.todo_codes_of_events", known=", ".join(EVENTS))
    return _todo(f"event: {{column: {scalar(look.column.name)}, codes: {{{codes}}}}}", todo, look.reason)


def _columns(name: str, columns: Sequence[Column], found: Mapping[str, Look], placeholders: Mapping[str, list[str]]) -> Iterator[str]:
    """The mapped columns in the order of the file, then the others as comments."""
    of_column = {id(look.column): role for role, look in found.items()}
    mapped = [role for each in columns if (role := of_column.get(id(each))) and role not in OWN]
    more = say("profile.todo_columns", known=", ".join(COLUMNS))
    yield "columns:" if mapped else _todo("columns: {}", more)
    yield from (f"  {_mapped(role, found[role], placeholders, name)}" for role in mapped)
    if mapped:
        yield f"  # TO DO: {more}"
    for each in columns:
        if id(each) not in of_column:
            yield f"  # {shown_name(each.name)}: {'; '.join(remarks(each, name))}"


def remarks(each: Column, name: str) -> list[str]:
    """What can be said of a column that no line maps."""
    found = [say("profile.label", title=shown_name(each.title))] if each.title else []
    found += [say(f"profile.kind_{each.kind}")]
    found += [say("profile.like_countries")] if country_like(each) else []
    found += [say("profile.two_halves")] if two_halves(each) else []
    found += [say("profile.listed_in", file=code_path(name, each))] if listable(each, None) else []
    return found


def code_path(name: str, each: Column) -> str:
    """Where the code list of a column lies: with the source's name, since other sources have columns of the same name."""
    kept = re.sub(r"[^a-z0-9]+", "_", each.name.lower())[:LONGEST]
    return f"codes/{name}_{kept}.csv" if kept == each.name.lower() else f"codes/{name}_{each.facts.place}_{kept}.csv"


def _mapped(role: str, look: Look, placeholders: Mapping[str, list[str]], name: str = "") -> str:
    """One line: the canonical column, where it comes from and how it is coded."""
    each = look.column
    keys, todo = {"column": scalar(each.name)}, []
    if role in DATED:
        _dated(each, keys, todo, placeholders.get(each.name, []))
    elif role in COUNTRY or role in COLUMNS and COLUMNS[role].codes:
        _coded(role, each, keys, todo, name)
    if each.missing:
        keys["missing"] = listed(each.missing)
        todo += [say("profile.todo_nines")] if each.nines else []
    value = keys["column"] if len(keys) == 1 else f"{{{', '.join(f'{key}: {text}' for key, text in keys.items())}}}"
    return _todo(f"{role}: {value}", " ".join(todo), look.reason)


def _dated(each: Column, keys: dict[str, str], todo: list[str], placeholders: list[str]) -> None:
    """The forms of a date, and what they leave open."""
    if each.dates is None or each.typed:
        return
    forms = each.dates.written
    keys["format"] = quoted(forms[0]) if len(forms) == 1 else listed(forms)
    if each.dates.ambiguous:
        rivals = [rival for form in each.dates.forms for rival in form.rivals]
        todo.append(say("profile.todo_day_or_month", other=", ".join(rivals)))
    if each.dates.partial():
        keys["partial"] = f"{{{', '.join(f'{key}: reject' for key in each.dates.partial())}}}"
        todo.append(say("profile.todo_partial"))
    if each.dates.two_digits:
        keys["century"] = ""
        todo.append(say("profile.todo_century"))
    if placeholders:
        keys["placeholders"] = listed(placeholders)
        todo.append(say("profile.todo_placeholders"))
    todo += [say("profile.todo_era", calendars=era) for era, (first, last) in ERAS.items() if each.dates.months and first <= each.dates.months[0] < last]


def _coded(role: str, each: Column, keys: dict[str, str], todo: list[str], name: str) -> None:
    """The codes of a column: none where they are those of ISO 3166-1, else a list, or room for one."""
    if role in COUNTRY and (plain_countries(each) or not each.facts.values):
        return
    if not listable(each, role):
        keys["codes"] = "{}"
        todo.append(say("profile.todo_codes", known=_targets(role)))
        return
    keys["codes"] = f"{{file: {quoted(code_path(name, each))}}}"
    known = targets(each, role)
    if role in COUNTRY and each.facts.shapes.get("aa", 0) >= MOST * each.present:
        todo.append(say("profile.todo_two_letters"))
    if each.withheld or not all(known.get(value) for value in {**each.shown, **each.labels} if value not in each.missing):
        todo.append(say("profile.todo_code_list", known=_targets(role), withheld=each.withheld))


def _targets(role: str) -> str:
    return ", ".join(COLUMNS[role].codes) or "ISO 3166-1 alpha-3"
