"""How long stays last when some are still open: the product-limit curve, its mean and median, presence by day.

Kaplan and Meier (1958). Time is the number of nights. An open stay was last seen on the day before the data end and is
censored there, after the departures of that day. Departures that were refused are in no curve.
"""

from sojourn.stages.stays.setting import Setting

SHOWN = "breakdown IN ('total', 'type')"
"""Groups whose curves are shown; those of all others serve their mean and median."""


def stay_curves(setting: Setting) -> str:
    """SQL of `stay_curves`. Grain: breakdown, category, day (nights stayed, 0 to the last with somebody at risk).

    at_risk: stays seen to last at least `day` nights. surviving: estimated share of stays longer than `day` nights.
    """
    return f"""
WITH counted AS ({counted(setting)}),
risk AS (
  SELECT *, total - coalesce(sum(departed + censored) OVER (PARTITION BY breakdown, category ORDER BY day NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS at_risk
  FROM counted),
logs AS (
  SELECT *, CASE WHEN departed < at_risk THEN ln(1 - departed / CAST(nullif(at_risk, 0) AS DOUBLE)) ELSE 0 END AS step,
         CASE WHEN departed = at_risk THEN 1 ELSE 0 END AS emptied
  FROM risk WHERE at_risk > 0)
SELECT breakdown, category, day, CAST(at_risk AS BIGINT) AS at_risk, departed, censored,
       CASE WHEN max(emptied) OVER sofar = 1 THEN 0.0 ELSE round(exp(sum(step) OVER sofar), 9) END AS surviving
FROM logs
WINDOW sofar AS (PARTITION BY breakdown, category ORDER BY day NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"""


def counted(setting: Setting) -> str:
    """Departures and censorings of each group on each day up to the horizon."""
    return f"""
SELECT g.breakdown, g.category, d.day, g.total, coalesce(e.departed, 0) AS departed, coalesce(e.censored, 0) AS censored
FROM (SELECT breakdown, category, CAST(sum(admissions) AS BIGINT) AS total FROM stay_groups
      WHERE outcome <> 'refused' GROUP BY breakdown, category) AS g
CROSS JOIN {days(setting)} AS d
LEFT JOIN (
  SELECT breakdown, category, nights - CASE WHEN outcome = 'open' THEN 1 ELSE 0 END AS day,
         CAST(coalesce(sum(admissions) FILTER (WHERE outcome = 'completed'), 0) AS BIGINT) AS departed,
         CAST(coalesce(sum(admissions) FILTER (WHERE outcome = 'open'), 0) AS BIGINT) AS censored
  FROM stay_groups WHERE outcome <> 'refused'
  GROUP BY breakdown, category, nights - CASE WHEN outcome = 'open' THEN 1 ELSE 0 END) AS e
ON e.breakdown = g.breakdown AND e.category = g.category AND e.day = d.day"""


def days(setting: Setting) -> str:
    """The days 0 to the last on which a stay of the cohort could be seen."""
    return f"(SELECT UNNEST(generate_series(0, {setting.horizon - 1})) AS day)"


def stay_means() -> str:
    """SQL of `stay_means`, in nights. Grain: breakdown, category.

    limit: the first length that could not be seen; mean: area under the curve up to it (restricted mean); median: first
    length that half of the stays or fewer exceed, NULL where the curve stays above. *_completed: of completed stays alone.
    """
    return f"""
SELECT c.breakdown, c.category, CAST(max(c.day) + 1 AS INTEGER) AS "limit",
       round(sum(CAST(c.surviving AS DECIMAL(18, 9))), 9) AS mean,
       min(c.day) FILTER (WHERE c.surviving <= 0.5) AS median,
       max(n.mean_completed) AS mean_completed, max(n.median_completed) AS median_completed
FROM stay_curves AS c LEFT JOIN ({completed()}) AS n ON n.breakdown = c.breakdown AND n.category = c.category
GROUP BY c.breakdown, c.category"""


def completed() -> str:
    """Mean and median of completed stays alone: what a table would show that drops the open ones."""
    return """
SELECT breakdown, category, round(sum(nights * departed) / CAST(nullif(sum(departed), 0) AS DOUBLE), 9) AS mean_completed,
       min(nights) FILTER (WHERE 2 * upto >= total) AS median_completed
FROM (
  SELECT breakdown, category, day AS nights, departed, sum(departed) OVER (PARTITION BY breakdown, category) AS total,
         sum(departed) OVER (PARTITION BY breakdown, category ORDER BY day NULLS LAST
                             ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto
  FROM stay_curves)
WHERE total > 0
GROUP BY breakdown, category"""


def survival() -> str:
    """SQL of `survival`: the curves that are shown, by group (total, or a type of mobility)."""
    return f"""
SELECT category AS grp, day, at_risk, departed, censored, surviving FROM stay_curves WHERE {SHOWN}
ORDER BY grp NULLS LAST, day NULLS LAST"""


def presence(setting: Setting) -> str:
    """SQL of `presence`: admissions of the cohort still in the country on the night after so many days since arrival.

    undetermined: stays not seen for so long and not seen to end, and those whose departure was refused.
    """
    return f"""
SELECT g.category AS grp, d.day,
       CAST(coalesce(sum(g.admissions) FILTER (WHERE g.outcome <> 'refused' AND g.nights > d.day), 0) AS BIGINT) AS present,
       CAST(coalesce(sum(g.admissions) FILTER (
         WHERE g.outcome = 'refused' OR (g.outcome = 'open' AND g.nights <= d.day)), 0) AS BIGINT) AS undetermined
FROM (SELECT category, outcome, nights, sum(admissions) AS admissions FROM stay_groups
      WHERE {SHOWN} GROUP BY category, outcome, nights) AS g
CROSS JOIN {days(setting)} AS d
GROUP BY g.category, d.day
ORDER BY grp NULLS LAST, d.day NULLS LAST"""
