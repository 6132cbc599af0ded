"""What later deliveries do to the records of earlier ones: a snapshot and a correction take their place.

A record whose place was taken stays in `records_*`, is counted as superseded, and is left out of what follows.
"""

from sojourn.definitions.source import Source
from sojourn.engine.portable import as_text, literal, literals, present_key

SUPERSEDED = "superseded"


def received(source: Source) -> str:
    """SQL of the day on which each delivery came, NULL where the source does not say."""
    days = [(number, each.received_on) for number, each in enumerate(source.delivered_in, 1) if each.received_on]
    cases = " ".join(f"WHEN {number} THEN DATE {literal(day)}" for number, day in days)
    return f"CASE delivery {cases} END"


def numbers(source: Source, kind: str) -> list[int]:
    """The numbers of the deliveries of one kind."""
    return [number for number, each in enumerate(source.delivered_in, 1) if each.kind == kind]


def issues(source: Source, kinds: dict[str, str], relation: str) -> list[str]:
    """SQL of what deliveries supersede or leave open. Grain: record x field x reason."""
    found = [_found(source, "superseded_by_snapshot", SUPERSEDED, f"FROM {relation} WHERE delivery < {max(numbers(source, 'snapshot'))}")] if numbers(source, "snapshot") else []
    if numbers(source, "correction"):
        found += _corrections(source, kinds, relation)
    return found


def standing(source: Source, relation: str, kinds: dict[str, str]) -> str:
    """The records whose place no later delivery took, as a FROM item: among them alone a repeated key is a duplicate."""
    found = issues(source, kinds, relation)
    taken = " UNION ALL ".join(f"SELECT record FROM ({each}) WHERE action = {literal(SUPERSEDED)}" for each in found)
    return f"(SELECT * FROM {relation} WHERE record NOT IN (SELECT record FROM ({taken})))" if found else relation


def _corrections(source: Source, kinds: dict[str, str], relation: str) -> list[str]:
    """Records that a correction replaces or withdraws; withdrawals themselves; corrections of records nobody delivered."""
    key, listed = record_key(source, kinds), ", ".join(map(str, numbers(source, "correction")))
    snapshot = max(numbers(source, "snapshot"), default=0)
    last = f"SELECT {key} AS corrected, max(delivery) AS last FROM {relation} WHERE delivery IN ({listed}) GROUP BY {key}"
    first = f"SELECT {key} AS known, min(delivery) AS first FROM {relation} WHERE delivery >= {snapshot} GROUP BY {key}"
    withdrawn = _withdrawn(source, kinds)
    return [
        _found(source, "corrected", SUPERSEDED, f"FROM {relation} JOIN ({last}) ON {key} = corrected WHERE delivery < last"),
        *([_found(source, "withdrawal", SUPERSEDED, f"FROM {relation} WHERE {withdrawn}")] if withdrawn else []),
        _found(source, "correction_of_nothing", "flagged", f"FROM {relation} JOIN ({first}) ON {key} = known WHERE delivery = first AND delivery IN ({listed})"),
        _found(source, "correction_of_nothing", "flagged", f"FROM {relation} WHERE {key} IS NULL AND delivery IN ({listed})"),
    ]


def record_key(source: Source, kinds: dict[str, str]) -> str:
    """SQL of a record's key as trimmed text, NULL where it is missing: a key that is missing twice is not repeated."""
    return present_key((source.record,), kinds, source.missing)


def _withdrawn(source: Source, kinds: dict[str, str]) -> str | None:
    """The condition under which a row of a correction only takes a record back."""
    if source.withdraws is None:
        return None
    text = as_text(source.withdraws.column, kinds[source.withdraws.column])
    return f"{text} IN ({literals(source.withdraws.values)})"


def _found(source: Source, reason: str, action: str, rows: str) -> str:
    return f"SELECT {literal(source.id)} AS source, record, 'record' AS field, {literal(reason)} AS reason, {literal(action)} AS action {rows}"


def deliveries(sources: list[Source]) -> str:
    """SQL of `deliveries`: what each delivery brought, and how much of it still stands. Grain: source x delivery."""
    return " UNION ALL ".join(_delivery(source, number) for source in sources for number in range(1, len(source.delivered_in) + 1))


def _delivery(source: Source, number: int) -> str:
    each = source.delivered_in[number - 1]
    day = f"DATE {literal(each.received_on)}" if each.received_on else "CAST(NULL AS DATE)"
    taken = f"SELECT record AS out FROM issues WHERE source = {literal(source.id)} AND action = {literal(SUPERSEDED)} GROUP BY record"
    return (
        f"SELECT {literal(source.id)} AS source, {number} AS delivery, {literal(each.id)} AS name, {literal(each.kind)} AS kind, "
        f"{day} AS received_on, CAST(count(*) AS BIGINT) AS records, CAST(count(out) AS BIGINT) AS superseded "
        f"FROM records_{source.id} LEFT JOIN ({taken}) ON record = out WHERE delivery = {number}"
    )
