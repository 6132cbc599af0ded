"""One source column as a canonical column: an SQL expression, and the conditions under which a record is at fault.

A fault never stops a run here: it is an expression that marks the record, so that it is counted and can be listed.
"""

from dataclasses import replace

from sojourn.concepts.columns import COLUMNS
from sojourn.concepts.evidence import EVENTS
from sojourn.definitions.source import CodeFile, ConcordanceRef, Mapping, Source
from sojourn.engine.portable import literal, literals
from sojourn.stages.ingest import concordance
from sojourn.stages.ingest.column import Fault, Typed, action, present
from sojourn.stages.ingest.dates import date_column


def typed(name: str, mapping: Mapping, source: Source, kinds: dict[str, str]) -> Typed:
    """The canonical column `name` of a source. `kinds`: engine types of the raw columns."""
    if mapping.column is None:
        return Typed(name, _constant(mapping, source.kind_of(name)))
    kind = kinds[mapping.column]
    value = present(mapping.column, kind, source.missing + mapping.missing)
    build = {"date": date_column, "integer": _integer, "code": _code, "country": _code, "text": _code}[source.kind_of(name)]
    built = build(name, mapping, source, value, kind)
    return replace(built, faults=(*built.faults, *_required(name, mapping, source, value)))


def _constant(mapping: Mapping, kind: str) -> str:
    return f"DATE {literal(mapping.value)}" if kind == "date" else literal(mapping.value)


def _required(name: str, mapping: Mapping, source: Source, value: str) -> tuple[Fault, ...]:
    """An event without kind or date is no event; other columns are required where the source file says so."""
    needed = mapping.required or (source.event is not None and name in ("event", "date"))
    return (Fault(name, "missing_value", "rejected", f"{value} IS NULL"),) if needed else ()


def _integer(name: str, mapping: Mapping, source: Source, value: str, kind: str) -> Typed:
    number = f"TRY_CAST({value} AS INTEGER)"
    fault = Fault(name, "not_a_number", action(name, mapping, source), f"{value} IS NOT NULL AND {number} IS NULL")
    return Typed(name, number, (fault,))


def _code(name: str, mapping: Mapping, source: Source, value: str, kind: str) -> Typed:
    """A coded column: by a concordance, a code file, codes in the source file, or already in canonical codes."""
    if isinstance(mapping.codes, ConcordanceRef):
        return _through_concordance(name, mapping, source, value)
    if isinstance(mapping.codes, CodeFile):
        table = f"codes_{source.id}_{name}"
        return _mapped(name, mapping, source, value, f"{table}.target", table)
    if mapping.codes is not None:
        cases = " ".join(f"WHEN {literal(code)} THEN {literal(target)}" for code, target in mapping.codes.items())
        return _mapped(name, mapping, source, value, f"CASE {value} {cases} END")
    allowed = EVENTS if name == "event" else COLUMNS[name].codes if name in COLUMNS else ()
    if not allowed:
        return Typed(name, value)
    return _mapped(name, mapping, source, value, f"CASE WHEN {value} IN ({literals(allowed)}) THEN {value} END")


def _through_concordance(name: str, mapping: Mapping, source: Source, value: str) -> Typed:
    """A country code by code and day; values that the concordance read otherwise than by its table are counted."""
    table = concordance.table_name(source, name)
    made = _mapped(name, mapping, source, value, concordance.target(source, name, mapping), table)
    matched = (Fault(name, f"matched_by_{word}", "flagged", f"{table}.matched = {literal(word)}") for word in concordance.MATCHED)
    return Typed(name, made.expression, (*made.faults, *matched), table)


def _mapped(name: str, mapping: Mapping, source: Source, value: str, target: str, table: str | None = None) -> Typed:
    """A value through its code list; what the list does not know is kept, unknown, missing or rejected."""
    other = {"keep": value, "missing": "NULL"}.get(mapping.otherwise, "'unknown'")
    expression = f"CASE WHEN {value} IS NULL THEN NULL ELSE coalesce({target}, {other}) END"
    fault = Fault(name, "unknown_code", action(name, mapping, source), f"{value} IS NOT NULL AND {target} IS NULL")
    return Typed(name, expression, () if mapping.otherwise == "missing" else (fault,), table)
