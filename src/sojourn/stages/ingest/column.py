"""What one source column becomes: an SQL expression, and the conditions under which a record is at fault."""

from collections.abc import Iterable
from dataclasses import dataclass

from sojourn.definitions.source import Mapping, Source
from sojourn.engine.portable import as_text, literals

TEXT = "VARCHAR"


@dataclass(frozen=True)
class Fault:
    """A condition on a raw record: reason code, action (rejected, flagged or imputed), and the SQL that is true where it holds."""

    field: str
    reason: str
    action: str
    condition: str


@dataclass(frozen=True)
class Typed:
    """A canonical column: its expression over the raw record, its faults, and the code table it joins, if any.

    `join`: the clause of any other table that the expression needs, one row of it for a record at most. `prepared`: what is
    worked out of the raw record before, step by step and each under a name of its own, because it is needed more than once.
    """

    name: str
    expression: str
    faults: tuple[Fault, ...] = ()
    code_table: str | None = None
    join: str = ""
    prepared: tuple[str, ...] = ()


def rows(scan: str, made: Iterable[Typed]) -> str:
    """The raw records with what columns prepare and join, as a FROM item."""
    made = list(made)
    for place in range(max((len(column.prepared) for column in made), default=0)):
        step = ", ".join(column.prepared[place] for column in made if len(column.prepared) > place)
        scan = f"(SELECT *, {step} FROM {scan})"
    return " ".join([f"{scan} AS raw", *(column.join for column in made if column.join)])


def present(column: str, kind: str, missing: tuple[str, ...]) -> str:
    """The raw value as trimmed text, NULL where it is one of the missing codes."""
    text = as_text(column, kind)
    codes = [code for code in missing if code or kind == TEXT]
    return f"CASE WHEN {text} IN ({literals(codes)}) THEN NULL ELSE {text} END" if codes else text


def action(name: str, mapping: Mapping, source: Source) -> str:
    """What a value that cannot be used does to its record: an event without kind or date is no event."""
    needed = mapping.required or mapping.otherwise == "reject" or (source.event is not None and name in ("event", "date"))
    return "rejected" if needed else "flagged"
