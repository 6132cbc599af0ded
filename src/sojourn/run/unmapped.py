"""What `sojourn check` says of values that no code list knows, before anything is run."""

from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.engine.read import relation
from sojourn.engine.session import passing_session
from sojourn.errors import Problem, warning
from sojourn.messages import say
from sojourn.run.codes import SHOWN, fill, place_of, unmapped_rows
from sojourn.run.door import read_codes
from sojourn.stages import ingest
from sojourn.stages.ingest import unmapped


def unmapped_warnings(country: Country) -> list[Problem]:
    """A warning for each code column with values that its list does not know. Reads the files; nothing else may be wrong."""
    return [each for source in country.sources.values() for each in _unmapped_warnings(country, source)]


def _unmapped_warnings(country: Country, source: Source) -> list[Problem]:
    if not any(each.codes is not None for each in source.mappings().values()):
        return []
    with passing_session() as session:
        rows = relation(session, source, country.parts(source), country.path)
        kinds = session.columns(f"SELECT * FROM {rows}")
        for name, each in ingest.code_files(source).items():
            session.table(name, read_codes(country, each))
        fill(session, country, source, kinds, rows)
        found = unmapped.suggested(unmapped_rows(session, source, kinds, rows)).to_pylist()
    fields = dict.fromkeys(row["field"] for row in found)
    return [_unmapped_warning(country, source, field, [row for row in found if row["field"] == field]) for field in fields]


def _unmapped_warning(country: Country, source: Source, field: str, rows: list[dict]) -> Problem:
    """The most frequent values; those of few records are counted and not shown."""
    shown = [row for row in rows if row["records"] >= country.file.threshold][:SHOWN]
    words = [_said(row) for row in shown]
    words += [say("concordance.unmapped_rare", values=len(rows) - len(shown))] if len(rows) > len(shown) else []
    return warning(
        "concordance.unmapped",
        *place_of(country, source, field),
        records=sum(row["records"] for row in rows),
        source=source.id,
        column=source.mappings()[field].column,
        values=", ".join(words),
        field=field,
        threshold=country.file.threshold,
    )


def _said(row: dict) -> str:
    if row["suggestion"] is None:
        return say("concordance.unmapped_plain", value=row["value"], records=row["records"])
    return say("concordance.unmapped_value", value=row["value"], records=row["records"], suggestion=row["suggestion"])
