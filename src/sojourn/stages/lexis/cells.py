"""Published values of the account: its components, person-years, and rates per 1,000 person-years."""

from sojourn.concepts.lexis import COMPONENTS
from sojourn.engine.portable import literals

INDICATOR = "DA"
RATES = {"entries": "entry_rate", "exits": "exit_rate", "deaths": "death_rate"}
BIRTHDAYS = ("reached", "passed")
"""They are no part of the account in total or of a cohort."""
STOCKS_OF_COHORTS = (*BIRTHDAYS, "closing")
"""Left out by single age: each is a stock of one cohort, which would tell what is hidden in the cohort's account."""
COLUMNS = "indicator, measure, variant, period, breakdown, category, value, records, standard_error, lower, upper, unit, flag"


def cells() -> str:
    """SQL of `cells_lexis`.

    records: the smallest count behind a value. A closing stock is the sum of its row, so that it is hidden with any small
    component of it, which could otherwise be had by subtraction.
    """
    parts = " UNION ALL ".join([components(), person_years(), *(rate(*each) for each in RATES.items())])
    return f"SELECT {COLUMNS} FROM ({parts})"


def components() -> str:
    unit = " ".join(f"WHEN '{each.id}' THEN 'persons'" for each in COMPONENTS if not each.sign)
    least = "min(CASE WHEN value > 0 THEN value END) OVER (PARTITION BY period, breakdown, category)"
    counted = f"SELECT *, coalesce({least}, 0) AS least FROM lexis_account"
    records = "CASE WHEN component = 'closing' THEN least ELSE abs(value) END"
    made = _cell("component", "value", records, f"CASE component {unit} ELSE 'events' END")
    return f"""{made}
FROM ({counted}) WHERE NOT (breakdown = 'age' AND component IN ({literals(STOCKS_OF_COHORTS)}))
  AND NOT (breakdown IN ('total', 'cohort') AND component IN ({literals(BIRTHDAYS)}))"""


def exposed() -> str:
    """Person-years of a category, with the persons who were at any time in it."""
    signs = "sum(value) FILTER (WHERE component IN ('opening', 'births', 'reached', 'entries'))"
    persons = f"SELECT period, breakdown, category, {signs} AS persons FROM lexis_account GROUP BY period, breakdown, category"
    return f"""
SELECT e.*, greatest(a.persons, 0) AS persons FROM lexis_exposure AS e
JOIN ({persons}) AS a ON a.period = e.period AND a.breakdown = e.breakdown AND a.category = e.category"""


def person_years() -> str:
    years = "CAST(person_days AS DOUBLE) / nullif(days_of_year, 0)"
    made = _cell("'person_years'", years, "persons", "'person_years'")
    return f"{made} FROM ({exposed()})"


def rate(component: str, measure: str) -> str:
    """Facts of one kind per 1,000 person-years; none where nobody was exposed."""
    value = "CAST(a.value AS DOUBLE) * 1000 * e.days_of_year / nullif(e.person_days, 0)"
    records = "least(coalesce(nullif(a.value, 0), e.persons), e.persons)"
    made = _cell(f"'{measure}'", value, records, "'per_1000_person_years'", "e.")
    return f"""{made}
FROM ({exposed()}) AS e JOIN lexis_account AS a
  ON a.period = e.period AND a.breakdown = e.breakdown AND a.category = e.category AND a.component = '{component}'
WHERE e.person_days > 0"""


def _cell(measure: str, value: str, records: str, unit: str, table: str = "") -> str:
    """The columns of a cell, rounded at the ninth decimal so that a rerun gives the same bits."""
    return f"""
SELECT '{INDICATOR}' AS indicator, {measure} AS measure, '' AS variant, {table}period AS period, {table}breakdown AS breakdown,
       {table}category AS category, round(CAST({value} AS DOUBLE), 9) AS value, CAST({records} AS BIGINT) AS records,
       CAST(NULL AS DOUBLE) AS standard_error, CAST(NULL AS DOUBLE) AS lower, CAST(NULL AS DOUBLE) AS upper,
       {unit} AS unit, '' AS flag"""
