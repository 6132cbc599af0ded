"""How many records of each source a run would reject: said by `sojourn check`, before anything is run.

Records that repeat others are left to the run, which sorts them.
"""

from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.engine.read import relation
from sojourn.engine.session import Session, passing_session
from sojourn.errors import Problem, problem
from sojourn.run.codes import fill
from sojourn.run.door import read_codes
from sojourn.stages import ingest, validate

REJECTED = "rejected"


def rejection_problems(country: Country) -> list[Problem]:
    """Sources of which a run would reject more records than their file allows. Reads the files; nothing else may be wrong."""
    return [found for source in country.sources.values() if (found := _too_many(country, source)) is not None]


def _too_many(country: Country, source: Source) -> Problem | None:
    with passing_session() as session:
        rows = relation(session, source, country.parts(source), country.path)
        kinds = session.columns(f"SELECT * FROM {rows}")
        for name, each in ingest.code_files(source).items():
            session.table(name, read_codes(country, each))
        fill(session, country, source, kinds, rows)
        session.execute(f"CREATE TEMP TABLE typed AS {ingest.typed_records(source, kinds, rows)}")
        read, rejected, reasons = _counted(session, _conditions(source, kinds))
    if rejected <= source.stop_if_rejected_over * read:
        return None
    document = country.documents[source.id]
    facts = {"source": source.id, "read": read, "rejected": rejected, "allowed": source.stop_if_rejected_over, "reasons": reasons}
    return problem("run.would_reject", document.file, document.line(("stop_if_rejected_over",)), **facts)


def _conditions(source: Source, kinds: dict[str, str]) -> dict[str, str]:
    """Field and reason to the condition over typed records under which a record is rejected."""
    faults = enumerate(ingest.faults(source, kinds))
    found = {f"{fault.field} {fault.reason}": f"(faults // {1 << bit}) % 2 = 1" for bit, fault in faults if fault.action == REJECTED}
    return found | {f"{field} {reason}": condition for field, reason, action, condition in validate.checks(source) if action == REJECTED}


def _counted(session: Session, conditions: dict[str, str]) -> tuple[int, int, str]:
    """Records read and rejected, and the reasons with their records, most frequent first."""
    each = [f"count(*) FILTER (WHERE {condition}) AS c{place}" for place, condition in enumerate(conditions.values())]
    together = " OR ".join(f"coalesce({condition}, false)" for condition in conditions.values()) or "false"
    row = session.rows(f"SELECT {', '.join(['count(*) AS read', f'count(*) FILTER (WHERE {together}) AS rejected', *each])} FROM typed")[0]
    counts = sorted(((row[f"c{place}"], name) for place, name in enumerate(conditions)), reverse=True)
    return row["read"], row["rejected"], ", ".join(f"{name} {records}" for records, name in counts if records)
