"""Cubes over persons: stocks at the two ends of the period, flows inside it, time spent.

The stock at a moment is who spent the night before it: events dated on the first day belong to the period.
"""

from datetime import date

from sojourn.definitions.period import Period
from sojourn.engine.portable import age_at, day_date, literal

DIMENSIONS = ("sex", "age_group", "birth", "citizenship", "subpopulation", "country_of_birth", "country_of_citizenship")
EPOCH_DAY = 719_163
"""`date.toordinal` of 1970-01-01."""


def day(moment) -> int:
    """A date as its day number."""
    return moment.toordinal() - EPOCH_DAY


def age_group(age: str) -> str:
    """Five-year groups up to 80-84, then 85+; `unknown` without a birth date."""
    low = f"({age} // 5) * 5"
    return (
        f"CASE WHEN {age} IS NULL OR {age} < 0 THEN 'unknown' WHEN {age} >= 85 THEN '85+' "
        f"ELSE CAST({low} AS VARCHAR) || '-' || CAST({low} + 4 AS VARCHAR) END"
    )


def described(rows: str, country: str) -> str:
    """SQL that gives (person, day) rows, with any other columns, the person's attributes on the day.

    `on_day` decides age, `citizen_on` citizenship. Birthplace is that of the view `born`: native, foreign or unknown.
    """
    age = age_at("p.birth_date", day_date("r.on_day"))
    return f"""
SELECT d.*, CASE WHEN birth = 'unknown' OR citizenship = 'unknown' THEN 'undetermined'
       WHEN citizenship = 'national' THEN birth || '_born_national' ELSE birth || '_born_foreign' END AS subpopulation
FROM (
    SELECT r.* EXCLUDE (on_day), coalesce(p.sex, 'unknown') AS sex, {age_group(age)} AS age_group, coalesce(p.birth, 'unknown') AS birth,
           coalesce(c.citizenship, 'unknown') AS citizenship, coalesce(p.country_of_birth, 'unknown') AS country_of_birth,
           CASE WHEN c.citizenship = 'national' THEN {literal(country)} ELSE coalesce(nullif(p.citizenship, {literal(country)}), 'unknown') END
           AS country_of_citizenship
    FROM ({rows}) r
    LEFT JOIN born p ON p.person = r.person
    LEFT JOIN citizenships c ON c.person = r.person AND c.start <= r.citizen_on AND r.citizen_on < c."end") d"""


def stock_cube(period: Period, country: str, until: date) -> str:
    """SQL of `stock_cube`. Grain: moment x status x dimensions; persons.

    At the beginning of the observation there is no night before: the first status stands for it. until: the end of the
    observation, after which there is no stock.
    """
    moments = " UNION ALL ".join(
        f"SELECT s.person, {literal(moment)} AS moment, s.status, {day(moment)} AS on_day, {day(moment) - 1} AS citizen_on FROM statuses s "
        f"WHERE (s.start < {day(moment)} OR (s.start = {day(moment)} AND s.opened_by = 'begin')) AND {day(moment)} <= s.\"end\""
        for moment in (period.start, period.end)
        if moment <= until
    )
    names = ", ".join(DIMENSIONS)
    return (
        f"SELECT moment, status, {names}, CAST(count(*) AS BIGINT) AS persons FROM ({described(moments, country)}) "
        "GROUP BY ALL ORDER BY ALL NULLS LAST"
    )


def flow_cube(period: Period, country: str) -> str:
    """SQL of `flow_cube`. Grain: kind x trigger x inside x before x after x resided_before x dimensions; events."""
    rows = (
        "SELECT person, kind, trigger, inside, before, after, resided_before, day AS on_day, day AS citizen_on FROM changes "
        f"WHERE day >= {day(period.start)} AND day < {day(period.end)}"
    )
    names = ", ".join(DIMENSIONS)
    return (
        f"SELECT kind, trigger, inside, before, after, resided_before, {names}, CAST(count(*) AS BIGINT) AS events "
        f"FROM ({described(rows, country)}) GROUP BY ALL ORDER BY ALL NULLS LAST"
    )


def time_cube(period: Period, country: str) -> str:
    """SQL of `time_cube`: nights of residents in the period, by calendar year. Grain: year x dimensions; nights, persons.

    A night counts for the citizenship held on it; age is that at the middle of the person's nights in the year.
    """
    years = " UNION ALL ".join(
        f"SELECT {year} AS year, {days} AS days, {start} AS first, {end} AS last" for year, days, start, end in _years(period)
    )
    rows = f"""
SELECT s.person, y.year, y.days, least(s."end", y.last, c."end") - greatest(s.start, y.first, c.start) AS nights,
       (least(s."end", y.last, c."end") + greatest(s.start, y.first, c.start)) // 2 AS on_day,
       greatest(s.start, y.first, c.start) AS citizen_on
FROM statuses s
JOIN ({years}) y ON s.start < y.last AND y.first < s."end"
JOIN citizenships c ON c.person = s.person AND c.start < least(s."end", y.last) AND greatest(s.start, y.first) < c."end"
WHERE s.status = 'resident'"""
    names = ", ".join(DIMENSIONS)
    return (
        f"SELECT year, days, {names}, CAST(sum(nights) AS BIGINT) AS nights, CAST(count(DISTINCT person) AS BIGINT) AS persons "
        f"FROM ({described(rows, country)}) "
        "GROUP BY ALL ORDER BY ALL NULLS LAST"
    )


def _years(period: Period):
    """Calendar years that the period touches: year, its days, first and last day number inside the period."""
    for year in range(period.start.year, period.last_day.year + 1):
        first, last = period.start.replace(year=year, month=1, day=1), period.start.replace(year=year + 1, month=1, day=1)
        yield year, (last - first).days, max(day(first), day(period.start)), min(day(last), day(period.end))


def visit_cube(period: Period, country: str) -> str:
    """SQL of `visit_cube`: visits of non-residents that touch the period. Grain: dimensions; visits, nights, days, ended.

    nights: inside the period. days: nights, a same-day visit one day. ended, ended_nights: visits whose last night (or
    only day) lies in the period, and their whole length: a visit ends in one period, also where two periods meet.
    persons: each person once, in the cell of the first visit.
    """
    start, end = day(period.start), day(period.end)
    rows = f"""
SELECT person, greatest(start, {start}) AS on_day, greatest(start, {start}) AS citizen_on,
       least("end", {end}) - greatest(start, {start}) AS nights, CASE WHEN start = "end" THEN 1 ELSE 0 END AS same_day,
       CASE WHEN closed_by = 'crossing' AND "end" <= {end} THEN 1 ELSE 0 END AS ended, "end" - start AS length,
       row_number() OVER (PARTITION BY person ORDER BY ordinal NULLS LAST) AS visit
FROM statuses WHERE status = 'temporary' AND start < {end} AND ("end" > {start} OR (start = "end" AND start >= {start}))"""
    names = ", ".join(DIMENSIONS)
    return f"""
SELECT {names}, CAST(count(*) AS BIGINT) AS visits, CAST(count(*) FILTER (WHERE visit = 1) AS BIGINT) AS persons,
       CAST(sum(nights) AS BIGINT) AS nights, CAST(sum(nights + same_day) AS BIGINT) AS days,
       CAST(sum(ended) AS BIGINT) AS ended, CAST(sum(ended * length) AS BIGINT) AS ended_nights
FROM ({described(rows, country)}) GROUP BY ALL ORDER BY ALL NULLS LAST"""
