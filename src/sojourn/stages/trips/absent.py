"""Periods without a figure, and why: a year of which a month is missing has no annual figure."""

from sojourn.engine.portable import literal
from sojourn.messages import say
from sojourn.stages.trips.setting import Setting, listed, number

PERIOD, MONTHS = "\N{OBJECT REPLACEMENT CHARACTER}1", "\N{OBJECT REPLACEMENT CHARACTER}2"
"""Stand in a message for what only the data tell."""


def not_produced(setting: Setting) -> str:
    """SQL of `not_produced_trips`: one row with every year, and the period, of which a month is missing; none if none is.

    Columns: indicator, reason, unlock.
    """
    periods = {label: held for label, held in setting.periods().items() if len(held) > 1} | setting.partial_years()
    known = [(number(each), f"{each:%Y-%m}") for held in periods.values() for each in held]
    months = ", ".join(f"({place}, {literal(label)})" for place, label in sorted(set(known)) or [(0, "")])
    sentence = literal(say("trips.no_figure", period=PERIOD, months=MONTHS))
    sentence = sentence.replace(PERIOD, "' || period || '").replace(MONTHS, "' || months || '")
    return f"""
WITH missing AS (
  SELECT p.period, m.label FROM ({listed(periods or setting.periods())}) AS p
  JOIN (SELECT * FROM (VALUES {months}) AS named(month, label)) AS m ON m.month = p.month
  LEFT JOIN trip_calendar AS c ON c.month = p.month AND c.observed WHERE c.month IS NULL),
told AS (SELECT period, string_agg(label, ', ' ORDER BY label NULLS LAST) AS months FROM missing GROUP BY period)
SELECT 'TP' AS indicator, string_agg({sentence}, ' ' ORDER BY period NULLS LAST) AS reason,
       {literal(say("trips.no_figure_unlock"))} AS unlock
FROM told HAVING count(*) > 0"""
