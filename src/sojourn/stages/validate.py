"""Validate: what typed records of one source say that cannot be; each finding is counted with a reason code.

A record is rejected (left out), repaired (one value not used) or flagged (used as it is, and counted).
"""

from collections.abc import Iterable
from datetime import timedelta

from sojourn.concepts.counts import MEASURES
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal

OLDEST = 120
"""Completed years; older ages are flagged. The longest documented life is 122 years."""


REAL_TIME = (
    "(coalesce(TRY_CAST(substr(time, 1, 2) AS INTEGER) BETWEEN 0 AND 23, false) AND substr(time, 3, 1) = ':' "
    "AND coalesce(TRY_CAST(substr(time, 4, 2) AS INTEGER) BETWEEN 0 AND 59, false))"
)
"""Hours and minutes as two digits each. Another time orders nothing: it is not used, and the event is."""


def checks(source: Source) -> Iterable[tuple[str, str, str, str]]:
    """Field, reason, action and condition (over `records_<source>`) of every check that applies to the source."""
    begin, end = f"DATE {literal(source.covers.begin)}", f"DATE {literal(source.covers.end)}"
    if source.event is not None:
        yield "date", "before_coverage", "rejected", f"date < {begin}"
        yield "date", "after_coverage", "rejected", f"date >= {end}"
    if source.time is not None:
        yield "time", "impossible_time", "repaired", f"time IS NOT NULL AND NOT {REAL_TIME}"
    if "birth_date" in source.columns:
        yield "birth_date", "after_coverage", "flagged", f"birth_date >= {end}"
        yield "birth_date", "implausible_age", "flagged", f"birth_date < {begin} - INTERVAL {OLDEST} YEAR"
        yield "birth_date", "before_birth", "flagged", "birth_date > date" if source.event else "false"
    if "age" in source.columns:
        yield "age", "implausible_age", "flagged", f"age < 0 OR age > {OLDEST}"
    if _stay(source):
        yield "arrival_date", "outside_coverage", "rejected", f"arrival_date < {begin} OR arrival_date >= {end}"
        yield "departure_date", "departure_before_arrival", "repaired", "departure_date < arrival_date"
        yield "departure_date", "departure_after_coverage", "repaired", f"departure_date >= {end}"
    if source.counts:
        yield "value", "negative_count", "rejected", _below_zero(source)
    if source.unit == "trip":
        yield from _trip_checks(source)
    if source.unit in ("trip", "stage"):
        yield "nights", "negative_nights", "rejected", "nights < 0"
    if source.weight:
        yield "weight", "no_weight", "rejected", "weight IS NULL OR weight <= 0"


def _trip_checks(source: Source) -> Iterable[tuple[str, str, str, str]]:
    """Of a trip only year and month of the exit are known."""
    first, last = (day.year * 12 + day.month for day in (source.covers.begin, source.covers.end - timedelta(days=1)))
    yield "exit_month", "impossible_date", "rejected", "exit_month < 1 OR exit_month > 12"
    yield "exit_month", "outside_coverage", "rejected", f"exit_year * 12 + exit_month NOT BETWEEN {first} AND {last}"


def findings(source: Source) -> str:
    """SQL of the findings. Grain: record x field x reason; columns of `issues`."""
    each = [
        f"SELECT {literal(source.id)} AS source, record, {literal(field)} AS field, {literal(reason)} AS reason, "
        f"{literal(action)} AS action FROM {_standing(source)} WHERE {condition}"
        for field, reason, action, condition in checks(source)
    ]
    return " UNION ALL ".join(each + _repeated_events(source))


def _standing(source: Source) -> str:
    """The records whose place no later delivery took."""
    if all(each.kind == "partial" for each in source.delivered_in):
        return f"records_{source.id}"
    taken = f"SELECT record FROM issues_door WHERE source = {literal(source.id)} AND action = 'superseded'"
    return f"(SELECT * FROM records_{source.id} WHERE record NOT IN ({taken}))"


def _repeated_events(source: Source) -> list[str]:
    """Rows of one unit equal in kind, date, time and sequence are one event.

    Which of them counts is decided by what they say, never by their place in the file.
    """
    if source.event is None:
        return []
    names = ["unit", "event", "date", *(["time"] if source.time else []), *(["sequence"] if source.sequence else [])]
    said = [*source.columns, *(["received_on"] if source.says_received else []), "record"]
    order, key = ", ".join(f"{name} NULLS LAST" for name in said), ", ".join(names)
    # Few units have such rows: counting finds them at once, and only their rows are put in order.
    shared = f"SELECT unit FROM {_standing(source)} GROUP BY {key} HAVING count(*) > 1"
    return [
        f"SELECT {literal(source.id)} AS source, record, 'record' AS field, 'duplicate_event' AS reason, 'rejected' AS action "
        f"FROM {_standing(source)} WHERE unit IS NOT NULL AND unit IN ({shared}) "
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order}) > 1"
    ]


def issues(sources: list[Source]) -> str:
    """SQL of `issues`: what the door and the checks found, in order. Grain: record x field x reason."""
    parts = " UNION ALL ".join(["SELECT * FROM issues_door", *(each for each in map(findings, sources) if each)])
    return f"SELECT DISTINCT * FROM ({parts}) ORDER BY source NULLS LAST, record NULLS LAST, field NULLS LAST, reason NULLS LAST"


def accepted(source: Source) -> str:
    """SQL of the records in use: without the rejected ones, and without times and departures that cannot be.

    A departure not used is marked refused.
    """
    rejected = f"SELECT record FROM issues WHERE source = {literal(source.id)} AND action IN ('rejected', 'superseded')"
    kept = f"FROM records_{source.id} AS r LEFT JOIN (SELECT DISTINCT record AS out FROM ({rejected})) ON r.record = out"
    if source.time is not None:
        return f"SELECT r.* EXCLUDE (faults, time), CASE WHEN {REAL_TIME} THEN time END AS time {kept} WHERE out IS NULL"
    if not _stay(source):
        return f"SELECT r.* EXCLUDE (faults) {kept} WHERE out IS NULL"
    refused = f"(departure_date < arrival_date OR departure_date >= DATE {literal(source.covers.end)})"
    return (
        f"SELECT r.* EXCLUDE (faults, departure_date), CASE WHEN {refused} THEN NULL ELSE departure_date END AS departure_date, "
        f"coalesce({refused}, false) AS departure_refused {kept} WHERE out IS NULL"
    )


def balance(sources: list[Source]) -> str:
    """SQL of `balance`: per source, records read = used + superseded + rejected; of the used, repaired and flagged ones."""
    return " UNION ALL ".join(_balance(source) for source in sources)


def _balance(source: Source) -> str:
    worst = (
        "SELECT record, max(CASE action WHEN 'superseded' THEN 4 WHEN 'rejected' THEN 3 WHEN 'repaired' THEN 2 ELSE 1 END) AS worst "
        f"FROM issues WHERE source = {literal(source.id)} GROUP BY record"
    )
    counted = "CAST(count(*) FILTER (WHERE worst = {}) AS BIGINT)"
    return (
        f"SELECT {literal(source.id)} AS source, any_value(read) AS read, any_value(read) - {counted.format(3)} - {counted.format(4)} AS used, "
        f"{counted.format(4)} AS superseded, {counted.format(3)} AS rejected, {counted.format(2)} AS repaired, {counted.format(1)} AS flagged "
        f"FROM (SELECT count(*) AS read FROM records_{source.id}) LEFT JOIN ({worst}) ON true"
    )


def issue_counts(listed: list[str], counted: list[str]) -> str:
    """SQL of `issue_counts` over tables of issues and tables already counted. Grain: source x field x reason x action."""
    parts = [
        f"SELECT source, field, reason, action, CAST(count(*) AS BIGINT) AS records FROM {table} GROUP BY ALL" for table in listed
    ] + [f"SELECT source, field, reason, action, records FROM {table}" for table in counted]
    return (
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) "
        "ORDER BY source NULLS LAST, records DESC NULLS LAST, field NULLS LAST, reason NULLS LAST"
    )


def _below_zero(source: Source) -> str:
    """The condition under which a figure of a row is below zero although what it counts cannot be."""
    unsigned = ", ".join(literal(each.id) for each in MEASURES.values() if not each.signed)
    figures = [(place, each.measure) for place, each in enumerate(source.counts.values.values(), 1)]
    stated = [(place, f"measure IN ({unsigned})" if own is None else str(not MEASURES[own].signed)) for place, own in figures]
    return " OR ".join(f"(v{place} < 0 AND {unsigned_here})" for place, unsigned_here in stated)


def _stay(source: Source) -> bool:
    """Whether one record holds both the arrival and the departure."""
    return source.unit == "admission" and source.event is None and "arrival_date" in source.columns
