"""Ingest: the office's files become typed records whose identifiers are pseudonyms, and faults become counted issues.

The door is the one place that sees a natural key. It writes one table of units (pseudonym, and a dense number in
pseudonym order); every later table carries the number alone.
"""

from dataclasses import replace

from sojourn.definitions.source import CodeFile, ConcordanceRef, Source, allowed_codes
from sojourn.engine.portable import identifier, literal, present_key, pseudonym
from sojourn.stages.ingest import concordance, deliveries, unmapped
from sojourn.stages.ingest.column import rows
from sojourn.stages.ingest.dates import precision_columns
from sojourn.stages.ingest.counted import counted, row_key
from sojourn.stages.ingest.typed import Fault, Typed, present, typed


def code_files(source: Source) -> dict[str, CodeFile]:
    """Code tables the source joins: table name to the file that holds it."""
    mapped = source.mappings().items()
    return {f"codes_{source.id}_{name}": each.codes for name, each in mapped if isinstance(each.codes, CodeFile)}


def columns(source: Source, kinds: dict[str, str]) -> list[Typed]:
    """The canonical columns of a source, its event's own first."""
    own = {"event": source.event, "date": source.date, "time": source.time, "sequence": source.sequence}
    named = {name: mapping for name, mapping in own.items() if mapping is not None}
    named |= {"received_on": source.received_on} if source.received_on else {}
    made = [typed(name, mapping, source, kinds) for name, mapping in {**named, **source.columns}.items()]
    return [*(_with_delivery(column, source) for column in made), *_delivery_day(source), *precision_columns(source, kinds)] + counted(source, kinds)


def _with_delivery(column: Typed, source: Source) -> Typed:
    """A record without a day of receipt of its own came with its delivery."""
    if column.name != "received_on" or not source.deliveries:
        return column
    return replace(column, expression=f"coalesce({column.expression}, {deliveries.received(source)})")


def _delivery_day(source: Source) -> list[Typed]:
    return [Typed("received_on", deliveries.received(source))] if source.says_received and source.received_on is None else []


def faults(source: Source, kinds: dict[str, str]) -> list[Fault]:
    """Every fault a record of the source can have, in the order of its columns; the identifier's first."""
    key = [Fault("identifier", "missing_identifier", "rejected", f"{_key(source, kinds)} IS NULL")] if source.is_keyed else []
    return [*key, *(fault for column in columns(source, kinds) for fault in column.faults)]


def in_one_pass(source: Source, kinds: dict[str, str]) -> bool:
    """Whether the records can be typed while they are read, and numbered by their place afterwards: nothing is joined to
    them, which could change their order, and nothing in them takes the place of another record."""
    made = columns(source, kinds)
    joined = any(column.code_table or column.join for column in made)
    return source.is_keyed and not joined and all(each.kind == "partial" for each in source.delivered_in)


def typed_records(source: Source, kinds: dict[str, str], scan: str, numbered: bool = True) -> str:
    """SQL of the typed records: canonical columns and `faults`, one bit per fault. Grain: one raw record.

    Records of persons and respondents still hold their natural keys; those of other units do not, and need no numbering:
    each is its own unit. Where the raw records are not `numbered`, the key of the record stands in place of its number.
    """
    made = columns(source, kinds)
    parts = ["record"] if numbered else [f"{identifier(source.record) if source.record else 'NULL'} AS record_key"]
    parts += ["delivery", *(f"{column.expression} AS {column.name}" for column in made), *_weights(source)]
    parts.append(f"{_bits(faults(source, kinds))} AS faults")
    parts += [f"{_key(source, kinds)} AS natural_key"] if source.is_keyed else ["record AS unit"]
    order = "" if source.is_keyed else " ORDER BY record NULLS LAST"
    return f"SELECT {', '.join(parts)} FROM {_rows(source, kinds, scan, made)}{order}"


def typed_dates(source: Source, kinds: dict[str, str], scan: str) -> str:
    """SQL of the date columns alone, with their precision. Grain: one raw record."""
    dated = {name for name in source.mappings() if source.kind_of(name) == "date"}
    made = [column for column in columns(source, kinds) if column.name.removesuffix("_precision") in dated]
    return f"SELECT {', '.join(f'{column.expression} AS {column.name}' for column in made)} FROM {rows(scan, made)}"


def _rows(source: Source, kinds: dict[str, str], scan: str, made: list[Typed]) -> str:
    """The raw records with their calendars and code tables: at most one row of each, so that no record is read twice.

    Calendars come first, since a date can decide what a code means.
    """
    joins = [_join(column, source, kinds, made) for column in made if column.code_table]
    return " ".join([rows(scan, made), *joins])


def _bits(listed: list[Fault]) -> str:
    """Faults as one integer, so that a record is read once and can still be listed by reason."""
    each = [f"CASE WHEN {fault.condition} THEN {1 << bit} ELSE 0 END" for bit, fault in enumerate(listed)]
    return f"CAST({' + '.join(each)} AS BIGINT)"


def closed_codes(source: Source) -> dict[str, list[str]]:
    """The columns that a source fills from a column of its files and whose values are all known beforehand, with these."""
    mapped = {name: mapping for name, mapping in source.mappings().items() if mapping.otherwise != "keep"}
    return {name: sorted(found) for name in mapped if (found := allowed_codes(name, source.unit))}


def unit_keys(sources: list[Source]) -> str:
    """SQL of the distinct natural keys with their pseudonyms, over the typed records of all sources."""
    named = [(source, "natural_key") for source in sources]
    named += [(source, "mother") for source in sources if "mother" in source.columns]
    schemes = sorted({source.identifier.scheme for source in sources})
    each = " UNION ALL ".join(_keys_of(scheme, [pair for pair in named if pair[0].identifier.scheme == scheme]) for scheme in schemes)
    each = each or "SELECT CAST(NULL AS VARCHAR) AS scheme, CAST(NULL AS VARCHAR) AS natural_key WHERE false"
    return f"SELECT scheme, natural_key, {pseudonym('scheme', 'natural_key')} AS pseudonym FROM ({each})"


def _keys_of(scheme: str, named: list[tuple[Source, str]]) -> str:
    """SQL of the distinct natural keys of one scheme."""
    each = (f"SELECT {column} AS natural_key FROM typed_{source.id} WHERE {column} IS NOT NULL" for source, column in named)
    return f"SELECT {literal(scheme)} AS scheme, natural_key FROM (SELECT DISTINCT natural_key FROM ({' UNION ALL '.join(each)}))"


def numbered_units() -> str:
    """SQL that numbers the units densely in pseudonym order, from 1. Grain: one natural key of a scheme."""
    return "SELECT row_number() OVER (ORDER BY pseudonym NULLS LAST) AS unit, scheme, natural_key, pseudonym FROM unit_keys"


def records(source: Source, numbered: bool = True) -> str:
    """SQL of `records_<source>` for persons and respondents: the unit's number in place of every natural key, in file order."""
    scheme = literal(source.identifier.scheme)
    mother = "mother" in source.columns
    hidden = ", ".join(["natural_key", *(["mother"] if mother else []), *([] if numbered else ["record_key"])])
    made = f"SELECT t.* EXCLUDE ({hidden}), u.unit{', m.unit AS mother' if mother else ''} FROM typed_{source.id} t"
    made += f" LEFT JOIN numbered u ON u.scheme = {scheme} AND u.natural_key = t.natural_key"
    if mother:
        made += f" LEFT JOIN numbered m ON m.scheme = {scheme} AND m.natural_key = t.mother"
    return f"{made} ORDER BY t.record NULLS LAST"


def issues(source: Source, kinds: dict[str, str], scan: str, numbered: bool = True) -> str:
    """SQL of the faults found at the door. Grain: record x field x reason.

    Repeated record keys and form numbers are found in the files themselves, or in the passing table of typed records, so
    that no table of the run keeps them.
    """
    each = [
        f"SELECT {literal(source.id)} AS source, record, {literal(fault.field)} AS field, {literal(fault.reason)} AS reason, "
        f"{literal(fault.action)} AS action FROM records_{source.id} WHERE (faults // {1 << bit}) % 2 = 1"
        for bit, fault in enumerate(faults(source, kinds))
    ]
    if not numbered:
        said = dict.fromkeys((column.name for column in columns(source, kinds)), "")
        repeated = _repeated(source, f"typed_{source.id}", said, ("record_key",), "record", "duplicate_key", "rejected")
        return " UNION ALL ".join([*each, *([repeated] if source.record else [])])
    standing = deliveries.standing(source, scan, kinds)
    if source.record:
        each.append(_repeated(source, standing, kinds, (source.record,), "record", "duplicate_key", "rejected"))
    if source.counts and row_key(source):
        each.append(_repeated(source, standing, kinds, row_key(source), "record", "repeated_count", "rejected"))
    if not source.is_keyed and source.identifier and source.identifier.column != (source.record,):
        each.append(_repeated(source, standing, kinds, source.identifier.column, "identifier", "repeated_form_number", "flagged"))
    return " UNION ALL ".join([*each, *deliveries.issues(source, kinds, scan)])


def _key(source: Source, kinds: dict[str, str]) -> str:
    return present_key(source.identifier.column, kinds, source.missing)


def _repeated(
    source: Source, scan: str, kinds: dict[str, str], names: tuple[str, ...], field: str, reason: str, action: str
) -> str:
    """SQL of the records that share a value with another one, but for one of them: what the rows say decides which."""
    key = ", ".join(identifier(name) for name in names)
    order = ", ".join(f"{identifier(name)} NULLS LAST" for name in (*sorted(set(kinds) - {"record", "delivery"}), "record"))
    shared = f"SELECT {key} FROM {scan} GROUP BY {key} HAVING count(*) > 1"
    return (
        f"SELECT {literal(source.id)} AS source, record, {literal(field)} AS field, {literal(reason)} AS reason, "
        f"{literal(action)} AS action FROM {scan} WHERE ({key}) IN ({shared}) "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order}) > 1"
    )


def _weights(source: Source) -> list[str]:
    """Weights as integers, in units of the last decimal that the source keeps, so that sums are exact."""
    named = [(source.weight, "weight")] if source.weight else []
    named += [(column, f"w{number}") for number, column in enumerate(source.replicate_columns(), 1)]
    scale = 10**source.weight_decimals
    return [f"CAST(round(CAST({identifier(column)} AS DOUBLE) * {scale}) AS BIGINT) AS {name}" for column, name in named]


def _join(column: Typed, source: Source, kinds: dict[str, str], made: list[Typed]) -> str:
    mapping = source.mappings()[column.name]
    missing = source.missing + mapping.missing
    value = present(mapping.column, kinds[mapping.column], missing)
    if not isinstance(mapping.codes, ConcordanceRef):
        return f"LEFT JOIN {column.code_table} ON {column.code_table}.code = {value}"
    day = next((each.expression for each in made if each.name == mapping.codes.on), None)
    finer = mapping.codes.finer
    closer = present(finer.column, kinds[finer.column], missing) if finer else ""
    second = [concordance.join(concordance.finer_table(source, column.name), closer, day)] if finer else []
    return " ".join([concordance.join(column.code_table, value, day), *second])


def unmapped_values(source: Source, kinds: dict[str, str], scan: str) -> dict[int, str]:
    """SQL of the values outside each code list, by the number of the fault that counts their records."""
    listed = [(bit, fault) for bit, fault in enumerate(faults(source, kinds)) if fault.reason == unmapped.REASON]
    return {bit: unmapped.counted(source, fault, kinds, _one_column(source, kinds, scan, fault.field)) for bit, fault in listed}


def _one_column(source: Source, kinds: dict[str, str], scan: str, name: str) -> str:
    """The raw records with what one column is read by: its code table, and the date that decides."""
    day = getattr(source.mappings()[name].codes, "on", None)
    return _rows(source, kinds, scan, [column for column in columns(source, kinds) if column.name in (name, day)])
