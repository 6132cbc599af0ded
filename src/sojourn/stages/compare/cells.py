"""Published figures beside our cells: one query, with what is hidden left out and what has no counterpart kept."""

from sojourn.stages.compare.figures import KEY

SERIES = ("indicator", "variant", "measure", "breakdown")
STATUSES = ("within", "breach", "published_only", "ours_only", "hidden", "not_given", "other_period")


def comparison() -> str:
    """SQL of `comparison`. Grain: published table x cell. Reads `published`, `cells` and `hidden_cells`.

    A cell that may not be shown enters as hidden, without value. Differences are rounded to nine decimals, beyond which they
    are traces of binary numbers.
    """
    both = ", ".join(f"p.{name}" for name in KEY)
    ours = ", ".join(f"o.{name}" for name in KEY)
    twins = (
        f"SELECT p.published_table, {both}, {_MEASURED} FROM published p LEFT JOIN ({_shown()}) o ON {_same('p', 'o')} "
        "LEFT JOIN (SELECT DISTINCT indicator, measure FROM cells) m ON p.indicator = m.indicator AND p.measure = m.measure "
        "LEFT JOIN (SELECT DISTINCT indicator, measure, period FROM cells) n "
        "ON p.indicator = n.indicator AND p.measure = n.measure AND p.period = n.period"
    )
    alone = (
        f"SELECT t.published_table, {ours}, {_ALONE} FROM ({_series()}) t "
        f"JOIN ({_shown()}) o ON {' AND '.join(f't.{name} = o.{name}' for name in (*SERIES, 'period'))} "
        f"LEFT JOIN published p ON p.published_table = t.published_table AND {_same('p', 'o')} WHERE p.indicator IS NULL"
    )
    return f"SELECT * FROM ({twins}) UNION ALL SELECT * FROM ({alone})"


def _same(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in KEY)


def _shown() -> str:
    """Our cells; hidden ones without value and error."""
    value, error = (f"CASE WHEN h.indicator IS NULL THEN c.{name} END AS {name}" for name in ("value", "standard_error"))
    columns = ", ".join(f"c.{name}" for name in KEY)
    hidden = "h.indicator IS NOT NULL AS hidden"
    return f"SELECT {columns}, c.unit, {value}, {error}, {hidden} FROM cells c LEFT JOIN hidden_cells h ON {_same('c', 'h')}"


def _series() -> str:
    """What a published table speaks of: each of its breakdowns in each of its periods."""
    series = ", ".join(SERIES)
    return (
        f"SELECT a.*, b.period FROM (SELECT DISTINCT published_table, {series} FROM published) a "
        "JOIN (SELECT DISTINCT published_table, period FROM published) b ON a.published_table = b.published_table"
    )


_DIFFERENCE = "round(o.value - p.value, 9)"
_ALLOWED = "round(greatest(p.absolute, p.relative * abs(p.value)), 9)"
_ERROR = "(coalesce(o.standard_error * o.standard_error, 0) + coalesce(p.standard_error * p.standard_error, 0))"
_STATUS = (
    "CASE WHEN p.value IS NULL THEN 'not_given' WHEN m.measure IS NOT NULL AND n.period IS NULL THEN 'other_period' "
    "WHEN o.indicator IS NULL THEN 'published_only' WHEN o.hidden THEN 'hidden' WHEN o.value IS NULL THEN 'published_only' "
    f"WHEN abs({_DIFFERENCE}) <= {_ALLOWED} THEN 'within' ELSE 'breach' END"
)
_MEASURED = ", ".join(
    (
        "o.unit", "o.value AS ours", "p.value AS published", f"{_DIFFERENCE} AS difference",
        f"round({_DIFFERENCE} / nullif(abs(p.value), 0), 9) AS relative_difference", f"{_ALLOWED} AS allowed", f"{_STATUS} AS status",
        "CASE WHEN o.standard_error IS NOT NULL OR p.standard_error IS NOT NULL THEN "
        f"{_DIFFERENCE} * {_DIFFERENCE} <= p.standard_errors * p.standard_errors * {_ERROR} END AS within_error",
        "p.vintage", "p.line",
    )
)  # fmt: skip
_NOTHING = {name: "DOUBLE" for name in ("published", "difference", "relative_difference", "allowed")}
_ALONE = ", ".join(
    (
        "o.unit", "o.value AS ours", *(f"CAST(NULL AS {kind}) AS {name}" for name, kind in _NOTHING.items()), "'ours_only' AS status",
        "CAST(NULL AS BOOLEAN) AS within_error", "CAST(NULL AS VARCHAR) AS vintage", "CAST(NULL AS BIGINT) AS line",
    )
)  # fmt: skip
