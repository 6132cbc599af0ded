"""Date patterns: days and years that stand in far more records than chance would put there, and dates that lie ahead.

They are signs of the source, not faults of a record: nothing is rejected or changed for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sojourn.definitions.date_patterns import DatePatterns
from sojourn.definitions.source import Source
from sojourn.engine.portable import literal

DAY = "CAST(400 AS DOUBLE) / 146097"
"""The share of one day of the year, 29 February left aside, in the 400 years after which the common calendar repeats."""
MONTHLY = "CAST(4800 AS DOUBLE) / 146097"
LEAP_DAY = "CAST(97 AS DOUBLE) / 146097"
FIFTH = "CAST(1 AS DOUBLE) / 5"
NO_DAY = "CAST(0 AS DOUBLE)"


YEAR = 365
"""Days of coverage from which on every day of the year has occurred, 29 February left aside."""


@dataclass(frozen=True)
class Pattern:
    """A pattern of days: the value it is listed under, the days it holds of, the share of days alike, how far above is unusual."""

    name: str
    value: str
    condition: str
    expected: str
    excess: float


def tables(sources: Iterable[Source], rules: DatePatterns) -> dict[str, str]:
    """SQL of `date_patterns` over the records of every source; none where no source has a date."""
    each = [
        f"SELECT {literal(source.id)} AS source, {literal(name)} AS field, * FROM ({patterns(_standing(source), name, source, rules)})"
        for source in sources
        for name in dated_fields(source)
    ]
    return {"date_patterns": " UNION ALL ".join(each)} if each else {}


def dated_fields(source: Source) -> list[str]:
    """The date columns in which days should differ: not the day of receipt, nor the one day on which a list was drawn up."""
    named = [name for name in source.mappings() if source.kind_of(name) == "date" and name != "received_on"]
    listed = source.event_kinds() == ("enumeration",)
    return [] if source.unit == "count" else [name for name in named if not (listed and name == "date")]


def patterns(relation: str, column: str, source: Source, rules: DatePatterns) -> str:
    """SQL of the patterns of a date column of any FROM item. Grain: pattern x value.

    Columns: pattern, value, records, dates (how many records have such a date), share, expected_share, unusual. Days of the
    year are compared where a year is covered; another than 1 January is listed where it is unusual. Imputed days count among years alone; `source` says whether some
    were, and until when it covers.
    """
    partial = source.mappings()[column].partial if column in source.mappings() else None
    exact = f"{column}_precision = 'day'" if partial else "true"
    days = f"SELECT {column} AS day, {exact} AS exact, CAST(count(*) AS BIGINT) AS n FROM {relation} WHERE {column} IS NOT NULL GROUP BY ALL"
    whole = "SELECT day, CAST(sum(n) AS BIGINT) AS n FROM days WHERE exact GROUP BY day"
    listed = [*(_counted(each, "whole_days", rules) for each in _of_days(rules)), _days_of_year(rules)] if _alike(column, source) else []
    listed += [_single_days(rules), *(_counted(each, "days", rules) for each in _of_years(column, source, rules))]
    return f"WITH days AS ({days}), whole_days AS ({whole}) {' UNION ALL '.join(listed)}"


def _alike(column: str, source: Source) -> bool:
    """Whether days of the year can be alike: births, and events where a year is covered. A permission ends as a rule says."""
    covered = (source.covers.end - source.covers.begin).days
    return column == "birth_date" or (column != "admitted_until" and covered >= YEAR)


def _of_days(rules: DatePatterns) -> list[Pattern]:
    return [
        Pattern("first_of_january", "01-01", "month(day) = 1 AND day(day) = 1", DAY, rules.excess),
        Pattern("day_of_month", "01", "day(day) = 1", MONTHLY, rules.excess),
        Pattern("day_of_month", "15", "day(day) = 15", MONTHLY, rules.excess),
    ]


def _of_years(column: str, source: Source, rules: DatePatterns) -> list[Pattern]:
    """Patterns in which an imputed day counts too. A permission lies ahead by its nature."""
    ahead = Pattern("after_coverage", "", f"day >= DATE {literal(source.covers.end)}", NO_DAY, rules.excess)
    heaped = Pattern("years_ending_0_or_5", "", "year(day) % 5 = 0", FIFTH, rules.heaping)
    return ([heaped] if column == "birth_date" else []) + ([ahead] if column != "admitted_until" else [])


def _counted(each: Pattern, days: str, rules: DatePatterns) -> str:
    counts = f"SELECT CAST(coalesce(sum(n) FILTER (WHERE {each.condition}), 0) AS BIGINT) AS records, CAST(coalesce(sum(n), 0) AS BIGINT) AS dates FROM {days}"
    held = f"SELECT {literal(each.name)} AS pattern, {literal(each.value)} AS value, records, dates, {each.expected} AS expected FROM ({counts})"
    return _judged(held, each.excess, rules)


def _days_of_year(rules: DatePatterns) -> str:
    """Every other day of the year that is unusual."""
    text = "lpad(CAST(month(day) AS VARCHAR), 2, '0') || '-' || lpad(CAST(day(day) AS VARCHAR), 2, '0')"
    grouped = f"SELECT {text} AS value, CAST(sum(n) AS BIGINT) AS records FROM whole_days GROUP BY ALL"
    counted = f"SELECT value, records, CAST(sum(records) OVER () AS BIGINT) AS dates FROM ({grouped})"
    expected = f"CASE WHEN value = '02-29' THEN {LEAP_DAY} ELSE {DAY} END"
    held = f"SELECT 'day_of_year' AS pattern, value, records, dates, {expected} AS expected FROM ({counted})"
    return f"SELECT * FROM ({_judged(held, rules.excess, rules)}) WHERE unusual AND value <> '01-01'"


def _single_days(rules: DatePatterns) -> str:
    """The days that often stand for an unknown one, where they occur, against the other days of their year."""
    listed = ", ".join(f"DATE {literal(day)}" for day in rules.days)
    of_year = "CAST(CAST(sum(n) OVER (PARTITION BY year(day)) AS BIGINT) AS DOUBLE)"
    counted = f"SELECT day, n AS records, CAST(sum(n) OVER () AS BIGINT) AS dates, {of_year} AS of_year FROM whole_days"
    expected = f"of_year / nullif(dates, 0) * {DAY}"
    held = f"SELECT 'single_day' AS pattern, CAST(day AS VARCHAR) AS value, records, dates, {expected} AS expected FROM ({counted}) WHERE day IN ({listed})"
    return _judged(held, rules.excess, rules)


def _judged(counted: str, excess: float, rules: DatePatterns) -> str:
    """The share beside the one expected, and whether the count is beyond all three limits, or beyond one of nothing."""
    above = f"records - expected * dates > {rules.deviations} * sqrt(expected * dates * (1 - expected))"
    unusual = f"CASE WHEN expected = 0 THEN records > 0 ELSE records >= {rules.records} AND records > {excess} * expected * dates AND {above} END"
    share = "coalesce(CAST(records AS DOUBLE) / nullif(dates, 0), 0)"
    return f"SELECT pattern, value, records, dates, {share} AS share, expected AS expected_share, {unusual} AS unusual FROM ({counted})"


def _standing(source: Source) -> str:
    """The records of a source that no later delivery took the place of."""
    if len(source.delivered_in) == 1:
        return f"records_{source.id}"
    taken = f"SELECT record FROM issues WHERE source = {literal(source.id)} AND action = 'superseded'"
    return f"(SELECT * FROM records_{source.id} WHERE record NOT IN ({taken}))"
