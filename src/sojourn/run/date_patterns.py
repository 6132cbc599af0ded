"""Dates that stand out, as a step of a run and as warnings of `sojourn check` before anything is run."""

from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.engine.read import relation
from sojourn.engine.session import passing_session
from sojourn.errors import Problem, warning
from sojourn.messages import say
from sojourn.run.codes import SHOWN, calendar_tables
from sojourn.run.scope import date_rules
from sojourn.run.step import Step, made
from sojourn.stages import date_patterns, ingest


def patterns_steps(country: Country) -> list[Step]:
    """The step `date_patterns`, where a source has dates."""
    sources = list(country.sources.values())
    tables = {table: sql for rules in date_rules(country) for table, sql in date_patterns.tables(sources, rules).items()}
    return [made("date_patterns", (*(f"records_{source.id}" for source in sources), "issues"), tables)] if tables else []


def pattern_warnings(country: Country) -> list[Problem]:
    """A warning for each share of dates that stands out. Reads the files; nothing else may be wrong with them."""
    return [found for source in country.sources.values() for found in _of_source(country, source)]


def _of_source(country: Country, source: Source) -> list[Problem]:
    fields, rules = date_patterns.dated_fields(source), date_rules(country)
    if not fields:
        return []
    with passing_session() as session:
        rows = relation(session, source, country.parts(source), country.path)
        kinds = session.columns(f"SELECT * FROM {rows}")
        calendar_tables(session, source)
        session.execute(f"CREATE TEMP TABLE dated AS {ingest.typed_dates(source, kinds, rows)}")
        found = {field: session.rows(date_patterns.patterns("dated", field, source, rules[0])) for field in fields}
    seen = {field: [row for row in each if row["unusual"] and row["records"] >= country.file.threshold] for field, each in found.items()}
    return [_warning(country, source, field, rows) for field, rows in seen.items() if rows]


def _warning(country: Country, source: Source, field: str, rows: list[dict]) -> Problem:
    """What stands out in one column, the most frequent first."""
    document = country.documents[source.id]
    line = document.line((field,) if field == "date" else ("columns", field))
    ordered = sorted(rows, key=lambda row: (-row["records"], row["pattern"], row["value"]))
    words = [say("dates.stands_out_one", share=f"{row['share']:.1%}", expected=f"{row['expected_share']:.1%}", pattern=in_words(row)) for row in ordered[:SHOWN]]
    words += [say("dates.stands_out_more", more=len(rows) - SHOWN)] if len(rows) > SHOWN else []
    return warning("dates.stands_out", document.file, line, column=source.mappings()[field].column, patterns="; ".join(words))


def in_words(row: dict) -> str:
    """Which dates a row of `date_patterns` is about."""
    return say(f"dates.pattern_{row['pattern']}", value=row["value"])
