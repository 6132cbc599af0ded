"""Nights brought back from the month in which a trip ended to the months in which they were spent.

Only the month of exit is known. With the day of exit d equally likely to be each of the L days of that month, a trip of n
nights holds the nights d-n to d-1 (E/CN.3/2021/11, paragraph 39, average time in the country; the assumption is ours).
Days are numbered from the first of the month of exit. Over the L possible days of exit together, the nights on days up
to B (B not above 0) are the sum over d of max(0, n + B + 1 - d): whole numbers, so nothing is lost by rounding.
"""

from math import lcm

from sojourn.stages.trips.setting import Setting

EXIT_DAYS = (28, 29, 30, 31)
DAYS = lcm(*EXIT_DAYS)
"""A multiple of the days of every month: quotients by the days of exit months are added as whole numbers of its parts."""


def trip_calendar(setting: Setting) -> str:
    """SQL of `trip_calendar`. Grain: a calendar month. ended: records of trips that ended in it; observed: whether any did;
    complete: whether it and the months that its nights wait for were all observed."""
    awaited = setting.value.awaited.months
    counted = "SELECT exit_month, sum(trips) AS ended FROM trip_groups WHERE breakdown = 'total' GROUP BY exit_month"
    following = f"count(ended) OVER (ORDER BY month NULLS LAST ROWS BETWEEN CURRENT ROW AND {awaited} FOLLOWING)"
    return f"""
SELECT CAST(month AS INTEGER) AS month, label, CAST(days AS INTEGER) AS days, CAST(coalesce(ended, 0) AS BIGINT) AS ended,
       ended IS NOT NULL AS observed, {following} = {awaited + 1} AS complete
FROM ({setting.calendar()}) AS calendar LEFT JOIN ({counted}) AS counted ON counted.exit_month = calendar.month"""


def trip_spread(setting: Setting) -> str:
    """SQL of `trip_spread`. Grain: breakdown x category x month of the nights x month of exit, where any night falls.

    trips: records that may have a night there. nights: weighted nights there summed over the exit_days possible days of
    exit; divided by exit_days they are the expected ones. Over all months they are exit_days times the nights of the trips.
    """
    return f"""
WITH calendar AS ({setting.calendar()}),
lengths AS (SELECT DISTINCT exit_month, nights, later FROM trip_groups),
reached AS ({reached(setting)}),
falling AS (
  SELECT exit_month, nights, later, month, exit_days, {between("nights + later")} - ({between("later")}) AS falling
  FROM reached)
SELECT g.breakdown, g.category, CAST(f.month AS INTEGER) AS month, CAST(g.exit_month AS INTEGER) AS exit_month,
       CAST(f.exit_days AS INTEGER) AS exit_days, CAST(sum(g.trips) AS BIGINT) AS trips,
       CAST(sum(g.weight * f.falling) AS BIGINT) AS nights
FROM trip_groups AS g JOIN falling AS f ON f.exit_month = g.exit_month AND f.nights = g.nights AND f.later = g.later AND f.falling > 0
GROUP BY g.breakdown, g.category, f.month, g.exit_month, f.exit_days"""


def reached(setting: Setting) -> str:
    """Each length with the months in which its nights may fall: those up to the month of exit. lower_day and upper_day: the
    last days before the month and in it; in the month of exit itself every night that is left falls."""
    return f"""
SELECT l.exit_month, l.nights, l.later, m.month, e.days AS exit_days, m.first - e.first AS lower_day,
       CASE WHEN m.month = l.exit_month THEN NULL ELSE m.first - e.first + m.days END AS upper_day
FROM lengths AS l
JOIN calendar AS e ON e.month = l.exit_month
JOIN calendar AS m ON m.month <= l.exit_month AND m.month >= l.exit_month - {setting.reach}"""


def between(nights: str) -> str:
    """Of the last nights of a trip those in the month, summed over the possible days of exit.

    The nights of a stage are the last ones from its begin, without those after its end.
    """
    return f"{up_to('upper_day', nights)} - {up_to('lower_day', nights)}"


def up_to(day: str, nights: str) -> str:
    """Nights on days up to a day, summed over the possible days of exit; all nights where there is no such day."""
    most = f"({nights} + {day})"
    return f"""CASE WHEN {day} IS NULL THEN ({nights}) * exit_days WHEN {most} <= 0 THEN 0
  WHEN {most} <= exit_days THEN {most} * ({most} + 1) // 2
  ELSE exit_days * {most} - exit_days * (exit_days - 1) // 2 END"""


def parts_of_days() -> str:
    """Nights summed over the possible days of exit, as whole parts of DAYS."""
    factor = " ".join(f"WHEN {days} THEN {DAYS // days}" for days in EXIT_DAYS)
    return f"CASE exit_days {factor} END * CAST(nights AS DECIMAL(38, 0))"


def trip_lags() -> str:
    """SQL of `trip_lags`. Grain: months from the night to the exit. share: of the nights of all complete months."""
    return f"""
SELECT lag, round(CAST(nights AS DOUBLE) / CAST(nullif(sum(nights) OVER (), 0) AS DOUBLE), 9) AS share
FROM (
  SELECT s.exit_month - s.month AS lag, sum({parts_of_days()}) AS nights
  FROM trip_spread AS s JOIN trip_calendar AS c ON c.month = s.month AND c.complete
  WHERE s.breakdown = 'total' GROUP BY s.exit_month - s.month)"""
