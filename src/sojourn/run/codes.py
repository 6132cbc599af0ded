"""Concordances at work: their tables filled from the files' own values, what is wrong with them, and what they do not know."""

from collections.abc import Iterator
from pathlib import Path

from sojourn.definitions.concordance import Concordance
from sojourn.definitions.concordance_table import Meaning, dated_codes, read_table, table_warnings
from sojourn.definitions.country import Country
from sojourn.definitions.source import ConcordanceRef, Source
from sojourn.engine import calendars
from sojourn.engine.session import Session
from sojourn.errors import Problem, SojournError, problem
from sojourn.run.scope import concordances
from sojourn.stages import ingest
from sojourn.stages.ingest import concordance, unmapped
from sojourn.stages.ingest.dates import date_tables

SHOWN = 10
"""How many codes a message names."""


def meanings(country: Country, definition: Concordance) -> list[Meaning]:
    """The rows of a concordance's table, none where it only matches. Raises SojournError."""
    return read_table(country.resolve(definition.file), definition.sheet) if definition.file else []


def fill(session: Session, country: Country, source: Source, kinds: dict[str, str], rows: str) -> None:
    """Make the tables of a source's calendars and concordances in the session. rows: the FROM item of its raw records."""
    calendar_tables(session, source)
    for each in concordance.tables(source):
        definition = country.definitions[each.concordance]
        found = session.rows(unmapped.distinct(each, kinds, rows)) if definition.matching else []
        session.table(each.name, concordance.code_rows(meanings(country, definition), definition, [row["value"] for row in found]))


def calendar_tables(session: Session, source: Source) -> None:
    """Make the tables of a source's calendars in the session."""
    for name, reading in date_tables(source).items():
        session.table(name, calendars.table(reading))


def unmapped_rows(session: Session, source: Source, kinds: dict[str, str], rows: str, records: str | None = None) -> list[dict]:
    """Values outside the code lists of a source, most frequent first. records: its typed table, which tells what to look for."""
    queries = ingest.unmapped_values(source, kinds, rows)
    if records and queries:
        counts = ", ".join(f"count(*) FILTER (WHERE (faults // {1 << bit}) % 2 = 1) AS bit_{bit}" for bit in queries)
        counted = session.rows(f"SELECT {counts} FROM {records}")[0]
        queries = {bit: sql for bit, sql in queries.items() if counted[f"bit_{bit}"]}
    return [row for sql in queries.values() for row in session.rows(sql)]


def concordance_problems(country: Country) -> list[Problem]:
    """Concordances that are not there, cannot be read, or lack the day by which their codes are told apart."""
    found = [each for source in country.sources.values() for each in _missing(country, source)]
    if found:
        return found
    for definition in country.of_kind(Concordance):
        try:
            found += table_warnings(country.resolve(definition.file or ""), meanings(country, definition))
        except SojournError as error:
            found += error.problems
    if any(not each.warning for each in found):
        return found
    return found + [each for source in country.sources.values() for each in _undated(country, source)] + _two_borders(country)


def _references(source: Source) -> Iterator[tuple[str, ConcordanceRef]]:
    """The mappings of a source that go through a concordance."""
    return ((name, each.codes) for name, each in source.mappings().items() if isinstance(each.codes, ConcordanceRef))


def place_of(country: Country, source: Source, name: str) -> tuple[Path, int | None]:
    """File and line of a mapping."""
    return country.documents[source.id].place(("columns", name))


def _missing(country: Country, source: Source) -> Iterator[Problem]:
    for name, reference in _references(source):
        named = [reference.concordance, *([reference.finer.concordance] if reference.finer else [])]
        for each in named:
            if not isinstance(country.definitions.get(each), Concordance):
                yield problem("concordance.not_found", *place_of(country, source, name), concordance=each)
        if reference.on and not _is_date(source, reference.on):
            yield problem("concordance.no_such_date", *place_of(country, source, name), on=reference.on)


def _is_date(source: Source, name: str) -> bool:
    return (name == "date" and source.date is not None) or (name in source.columns and source.kind_of(name) == "date")


def _undated(country: Country, source: Source) -> Iterator[Problem]:
    """Codes that mean one country on some days and another on others, mapped without a day."""
    for name, reference in _references(source):
        codes = [] if reference.on else dated_codes(meanings(country, country.definitions[reference.concordance]))
        if codes:
            yield problem("concordance.needs_date", *place_of(country, source, name), codes=", ".join(codes[:SHOWN]), column=name)


def _two_borders(country: Country) -> list[Problem]:
    ruled = [each for each in concordances(country, "country_of_birth") if each.borders]
    if len({each.borders for each in ruled}) < 2:
        return []
    document = country.documents[ruled[-1].id]
    return [problem("concordance.two_borders", document.file, document.line(("rule",)), ids=", ".join(each.id for each in ruled))]
