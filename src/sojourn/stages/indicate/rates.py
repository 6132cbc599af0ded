"""Rates and shares from cells that stand beside each other: a numerator and a denominator of the same population.

Rates are per 1,000 person-years on the exact exposure (RP person_years) where the run has it, else on the mean of the
two stocks times the length of the period in years (design choice of the usual central rate). All results are rounded
at the ninth decimal so that a rerun gives the same bits.
"""

from sojourn.concepts.populations import FOREIGN
from sojourn.definitions.period import Period
from sojourn.engine.portable import literal

COLUMNS = ", ".join(
    "indicator measure variant period breakdown category value records standard_error lower upper unit flag".split()
)


def period_years(period: Period) -> tuple[int, int]:
    """Length of a period of whole months in years, as numerator and denominator."""
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    return months, 12


NETTED = ("total", "sex", "month")
"""Breakdowns in which immigration and emigration have the same categories, so that none is missing in the difference."""


def net(cells: str) -> str:
    """NM: immigration less emigration. It rests on the smaller of the two, so that it is hidden where one of them is."""
    return f"""
SELECT 'NM' AS indicator, 'net' AS measure, i.variant, i.period, i.breakdown, i.category, i.value - e.value AS value,
       least(coalesce(i.records, CAST(i.value AS BIGINT)), coalesce(e.records, CAST(e.value AS BIGINT))) AS records,
       CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper, 'balance' AS unit,
       CASE WHEN i.flag = e.flag OR e.flag = '' THEN i.flag WHEN i.flag = '' THEN e.flag ELSE i.flag || ' ' || e.flag END AS flag
FROM {cells} AS i
JOIN {cells} AS e ON i.variant = e.variant AND i.period = e.period AND i.breakdown = e.breakdown AND i.category = e.category
WHERE i.indicator = 'MI 1.3' AND e.indicator = 'MI 1.4' AND i.measure = 'events' AND e.measure = 'events'
  AND i.breakdown IN ({", ".join(literal(each) for each in NETTED)}) AND i.value IS NOT NULL AND e.value IS NOT NULL"""


def shares(cells: str) -> str:
    """MI 1.1 share of the resident population, per cell; not where a stage has given the share itself (with its error)."""
    return f"""
SELECT n.indicator, 'share' AS measure, n.variant, n.period, n.breakdown, n.category,
       round(CAST(n.value AS DOUBLE) * 100 / nullif(d.value, 0), 9) AS value, n.records,
       CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper,
       'percent' AS unit, n.flag
FROM {cells} AS n
JOIN {cells} AS d
  ON d.indicator = 'RP' AND d.measure = 'stock' AND d.variant = n.variant AND d.period = n.period
 AND d.breakdown = n.breakdown AND d.category = n.category
WHERE n.indicator = 'MI 1.1' AND n.measure = 'stock' AND n.breakdown <> 'subpopulation' AND d.value > 0
  AND {absent(cells, "n", "share")}"""


def absent(cells: str, row: str, measure: str) -> str:
    """The condition that no cell of `measure` stands beside `row` yet."""
    return f"""NOT EXISTS (
    SELECT 1 FROM {cells} AS given
    WHERE given.indicator = {row}.indicator AND given.measure = '{measure}' AND given.variant = {row}.variant
      AND given.period = {row}.period AND given.breakdown = {row}.breakdown AND given.category = {row}.category)"""


def exposure(cells: str, period: Period) -> str:
    """(variant, breakdown, category, years): exact person-years, else the mean of the two stocks times the length."""
    label, first = literal(period.label), literal(period.start.isoformat())
    ends = f"{literal(period.last_day.isoformat())}, {literal(period.end.isoformat())}"
    length, year = period_years(period)
    return f"""
SELECT variant, breakdown, category,
       coalesce(sum(value) FILTER (WHERE measure = 'person_years' AND period = {label}),
                (max(value) FILTER (WHERE measure = 'stock' AND period = {first})
                 + max(value) FILTER (WHERE measure = 'stock' AND period IN ({ends}))) * {length} / {2 * year}) AS years,
       min(records) FILTER (WHERE measure IN ('person_years', 'stock')) AS records
FROM {cells} WHERE indicator = 'RP'
GROUP BY variant, breakdown, category"""


def population_rates(cells: str, period: Period) -> str:
    """Immigration and emigration per 1,000 person-years of residents of the same class."""
    return rate(cells, exposure(cells, period), ("MI 1.3", "MI 1.4"), period, "n.breakdown <> 'of_which'")


def citizenship_rates(cells: str, period: Period) -> str:
    """Acquisitions per 1,000 person-years of foreign residents: the population that can acquire."""
    foreign = ", ".join(literal(each) for each in FOREIGN)
    at_risk = f"""
SELECT variant, 'total' AS breakdown, 'total' AS category, sum(years) AS years, min(records) AS records
FROM ({exposure(cells, period)}) WHERE breakdown = 'subpopulation' AND category IN ({foreign}) GROUP BY variant"""
    return rate(cells, at_risk, ("MI 1.2",), period, "n.breakdown = 'total'")


def rate(cells: str, exposed: str, indicators: tuple[str, ...], period: Period, scope: str) -> str:
    named = ", ".join(literal(each) for each in indicators)
    return f"""
SELECT n.indicator, 'rate' AS measure, n.variant, n.period, n.breakdown, n.category,
       round(CAST(n.value AS DOUBLE) * 1000 / nullif(d.years, 0), 9) AS value,
       least(coalesce(nullif(n.records, 0), d.records), d.records) AS records,
       CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper,
       'per_1000_person_years' AS unit, n.flag
FROM {cells} AS n
JOIN ({exposed}) AS d ON d.variant = n.variant AND d.breakdown = n.breakdown AND d.category = n.category
WHERE n.indicator IN ({named}) AND n.measure = 'events' AND n.period = {literal(period.label)}
  AND {scope} AND d.years > 0 AND {absent(cells, "n", "rate")}"""
