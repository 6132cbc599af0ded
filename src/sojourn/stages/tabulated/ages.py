"""The account by the age reached at the end of a year, from events on Lexis triangles.

Who is a years old at the end of the year was a - 1 at its start. In the year they pass the upper triangle of age a - 1 (before
the birthday) and the lower triangle of age a (after it). Children born in the year are in the lower triangle of age 0.
"""

from sojourn.concepts.counts import MEASURES
from sojourn.definitions.period import Period
from sojourn.definitions.population_account import PopulationAccount
from sojourn.engine.portable import literal

AGE = "CAST(regexp_extract(age_group, '^[0-9]+') AS INTEGER)"
REACHED = f"{AGE} + CASE WHEN triangle = 'upper' THEN 1 ELSE 0 END"
FIVE = "reached // 5 * 5"
GROUP = f"CASE WHEN reached >= 85 THEN '85+' ELSE CAST({FIVE} AS VARCHAR) || '-' || CAST({FIVE} + 4 AS VARCHAR) END"


def ages(definition: PopulationAccount, period: Period) -> str:
    """SQL of `age_account`. Grain: calendar year x sex x five-year group of the age reached at its end x component.

    Of the lines of the definition's first group; values have the sign by which they enter the closing stock.
    """
    group = definition.groups[0]
    flows = " UNION ALL ".join(_line(name, group.sources(name)[0], period) for name in group.lines)
    years = "SELECT DISTINCT period, first_day, next_day FROM flows"
    parts = [
        "SELECT period, sex, reached, component, value FROM flows",
        _stock(definition.stocks, "opening", "first_day", f"{AGE} + 1"),
        _stock(definition.stocks, "closing", "next_day", AGE),
    ]
    grouped = f"SELECT period, sex, {GROUP} AS age_group, component, sum(value) AS value FROM ({' UNION ALL '.join(parts)}) GROUP BY ALL"
    signed = "sum(CASE WHEN component = 'closing' THEN value ELSE -value END)"
    residual = f"SELECT period, sex, age_group, 'residual', {signed} FROM grouped GROUP BY period, sex, age_group"
    return (
        f"WITH flows AS ({flows}), years AS ({years}), grouped AS ({grouped}) "
        f"SELECT period, sex, age_group, component, CAST(value AS BIGINT) AS value FROM (SELECT * FROM grouped UNION ALL {residual})"
    )


def _line(name: str, source: str, period: Period) -> str:
    """One component by the age that persons reach in the year; a table of births is by nothing but sex."""
    reached = "0" if name == "births" else REACHED
    return (
        f"SELECT period, first_day, next_day, sex, {reached} AS reached, {literal(name)} AS component, {MEASURES[name].sign} * value AS value "
        f"FROM counts WHERE source = {literal(source)} AND measure = {literal(name)} AND finest AND length(period) = 4 "
        f"AND first_day >= DATE {literal(period.start)} AND next_day <= DATE {literal(period.end)}"
    )


def _stock(source: str, component: str, moment: str, reached: str) -> str:
    return (
        f"SELECT y.period, s.sex, {reached} AS reached, {literal(component)} AS component, s.value FROM counts s "
        f"JOIN years y ON s.first_day = y.{moment} WHERE s.source = {literal(source)} AND s.measure = 'stock' AND s.finest"
    )
