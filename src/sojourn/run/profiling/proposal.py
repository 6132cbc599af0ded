"""The proposed source file: everything the file shows, a reason beside each line, and TO DO where only a person can know."""

from collections.abc import Iterator, Mapping, Sequence

from sojourn.concepts.columns import COLUMNS
from sojourn.concepts.evidence import EVENTS, EVIDENCE
from sojourn.definitions.delivery import Format
from sojourn.messages import say
from sojourn.run.profiling.codes import code_path, listable, targets
from sojourn.run.profiling.column import Column
from sojourn.run.profiling.looks import Look, country_like, two_halves
from sojourn.run.profiling.mapping import mapped, with_todo
from sojourn.run.profiling.text import listed, quoted, scalar, shown_name

OWN = ("identifier", "record", "received_on", "event", "date", "time", "weight")
"""Roles that stand beside `columns:` and not in it."""
GOVERNANCE = ("legal_basis", "purposes", "agreement", "reporting_lag", "known_defects", "residence_concept")


def source_file(name: str, files: str, outside: bool, form: Format, columns: Sequence[Column], found: Mapping[str, Look], placeholders: Mapping[str, list[str]]) -> str:
    """The text of the source file. name: its id; files: where the data lie; outside: whether that is not in the country's
    folder; placeholders: column to days that stand for none."""
    records = columns[0].facts.records
    lines = [f"# {line}" for line in say("profile.opening", records=records, file=shown_name(files)).splitlines()]
    lines += ["", f"id: {name}", with_todo(f"title: {scalar(name)}", say("profile.todo_title")), _evidence(found)]
    lines += ["unit: respondent"] if "weight" in found else []
    lines += [with_todo("owner:", say("profile.todo_owner")), f"# {say('profile.governance')}"]
    lines += [f"# {key}:" for key in GOVERNANCE]
    stated = f"files: {listed([files])}"
    lines += [with_todo(stated, say("profile.todo_files")) if outside else stated, _format(form)]
    lines += [with_todo("covers: {from: , until: }", say("profile.todo_covers", seen=_seen(found))), *_identity(found), *_event(found, placeholders)]
    lines += _columns(name, columns, found, placeholders)
    return "\n".join(lines) + "\n"


def _evidence(found: Mapping[str, Look]) -> str:
    known = ", ".join(EVIDENCE)
    return with_todo(f"evidence: {_guessed(found)}".rstrip(), say("profile.todo_evidence", known=known))


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
    return with_todo(line, say("profile.todo_encoding")) if guessed else line


def _seen(found: Mapping[str, Look]) -> str:
    """The months that the event's dates span."""
    dated = [look.column.dates for role in ("date", "arrival_date", "departure_date") if (look := found.get(role)) and look.column.dates]
    spans = [each.months for each in dated if each.months]
    return f"{min(first for first, _ in spans)} - {max(last for _, last in spans)}" if spans else "-"


def _identity(found: Mapping[str, Look]) -> Iterator[str]:
    if "identifier" in found:
        look = found["identifier"]
        yield with_todo(f"identifier: {{column: {scalar(look.column.name)}, scheme: }}", say("profile.todo_scheme"), look.reason)
    else:
        yield with_todo("identifier: {column: , scheme: }", say("profile.todo_identifier"))
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
        yield with_todo(f"event: {kind}".rstrip(), say("profile.todo_event", known=", ".join(EVENTS)))
    if "date" in found:
        yield mapped("date", found["date"], placeholders)
    else:
        yield with_todo("date:", say("profile.todo_date"))
    for role in ("time", "received_on"):
        if role in found:
            yield mapped(role, found[role], placeholders)


def _coded_event(look: Look) -> str:
    meant = {value: target for value, target in targets(look.column, "event").items() if value in look.column.shown}
    codes = ", ".join(f"{quoted(value)}: {target}" for value, target in meant.items())
    asked = "" if meant and set(meant) == set(look.column.facts.values) else say("profile.todo_codes_of_events", known=", ".join(EVENTS))
    return with_todo(f"event: {{column: {scalar(look.column.name)}, codes: {{{codes}}}}}", asked, look.reason)


def _columns(name: str, columns: Sequence[Column], found: Mapping[str, Look], placeholders: Mapping[str, list[str]]) -> Iterator[str]:
    """The mapped columns in the order of the file, then the others as comments."""
    of_column = {id(look.column): role for role, look in found.items()}
    roles = [role for each in columns if (role := of_column.get(id(each))) and role not in OWN]
    more = say("profile.todo_columns", known=", ".join(COLUMNS))
    yield "columns:" if roles else with_todo("columns: {}", more)
    yield from (f"  {mapped(role, found[role], placeholders, name)}" for role in roles)
    if roles:
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
