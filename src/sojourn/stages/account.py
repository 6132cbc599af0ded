"""Account: opening stock + births - deaths + immigration - emigration + transfers of citizenship = closing stock.

For each of the four subpopulations (E/CN.3/2021/11, paragraph 35 names the tables; the layout is a reconstruction, the
algebra follows from Annex I) and for residents whose class is undetermined.
"""

from sojourn.concepts.populations import SUBPOPULATIONS, UNDETERMINED
from sojourn.definitions.period import Period
from sojourn.engine.portable import literal

FLOWS = {
    "births": "kind = 'birth' AND after = 1",
    "deaths": "kind = 'death' AND before = 1",
    "immigration": "kind = 'immigration'",
    "emigration": "kind = 'emigration'",
}
RESOLVED = (
    "sum(CASE WHEN kind = 'undetermined' AND after = 1 AND coalesce(before, 0) = 0 THEN events "
    "WHEN kind = 'undetermined' AND before = 1 AND coalesce(after, 0) = 0 THEN -events ELSE 0 END)"
)
"""Persons who enter or leave the resident stock because their status becomes known or unknown, not by a known move."""


def account(period: Period) -> str:
    """SQL of `account`. Grain: subpopulation x component. `residual` is what the components do not explain.

    A change of citizenship of a resident moves one person inside the same birth row; it is zero in sum.
    """
    parts = [_stock("opening", period.start), _stock("closing", period.end), *map(_flow, FLOWS), *_transfers(), _resolved()]
    components = f"SELECT subpopulation, component, CAST(sum(value) AS BIGINT) AS value FROM ({' UNION ALL '.join(parts)}) GROUP BY ALL"
    signs = "CASE component WHEN 'closing' THEN value WHEN 'deaths' THEN value WHEN 'emigration' THEN value ELSE -value END"
    residual = f"SELECT subpopulation, 'residual', CAST(sum({signs}) AS BIGINT) FROM components GROUP BY subpopulation"
    return f"""
WITH components AS ({components})
SELECT {literal(period.label)} AS period, subpopulation, component, value FROM (SELECT * FROM components UNION ALL {residual})
ORDER BY subpopulation NULLS LAST, component NULLS LAST"""


def _rows(component: str, value: str, rest: str) -> str:
    """One component for every class, zero where nothing happened."""
    classes = " UNION ALL ".join(f"SELECT {literal(name)} AS subpopulation" for name in (*SUBPOPULATIONS, UNDETERMINED))
    return (
        f"SELECT c.subpopulation, {literal(component)} AS component, coalesce(v.value, 0) AS value FROM ({classes}) c "
        f"LEFT JOIN (SELECT subpopulation, {value} AS value {rest} GROUP BY subpopulation) v ON v.subpopulation = c.subpopulation"
    )


def _stock(component: str, moment) -> str:
    return _rows(component, "sum(persons)", f"FROM stock_cube WHERE status = 'resident' AND moment = {literal(moment)}")


def _flow(component: str) -> str:
    return _rows(component, "sum(events)", f"FROM flow_cube WHERE {FLOWS[component]}")


def _resolved() -> str:
    return _rows("resolved", RESOLVED, "FROM flow_cube")


def _transfers() -> list[str]:
    """Each acquisition and loss twice: out of the one class and into the other of the same birth row."""
    turns = {"acquisition": ("foreign", "national"), "loss": ("national", "foreign")}
    parts = []
    for kind, (old, new) in turns.items():
        moved = (
            f"SELECT birth || '_born_{new}' AS subpopulation, events FROM flow_cube WHERE kind = '{kind}' AND before = 1 AND birth <> 'unknown' "
            f"UNION ALL SELECT birth || '_born_{old}', -events FROM flow_cube WHERE kind = '{kind}' AND before = 1 AND birth <> 'unknown'"
        )
        parts.append(_rows(kind, "sum(events)", f"FROM ({moved})"))
    return parts
