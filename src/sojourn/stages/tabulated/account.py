"""The account of published counts: opening stock, components, published adjustment, what remains, closing stock."""

from sojourn.concepts.counts import LINES, MEASURES, TRANSFERS
from sojourn.definitions.period import Period
from sojourn.definitions.population_account import Group, PopulationAccount, needed
from sojourn.engine.portable import literal, literals
from sojourn.stages.tabulated.spans import complete, spans

MAY_LACK = ("adjustment",)
"""Lines without which what remains is still a residual: an office that publishes no adjustment has none beside it."""


def account(definition: PopulationAccount, period: Period) -> str:
    """SQL of `counts_account`. Grain: period x group x component, all values with the sign by which they enter the closing stock.

    A group has an account for every period whose two stocks and at least one of whose components are published.
    """
    groups = " UNION ALL ".join(_group(definition, group, period) for group in definition.groups)
    return f"SELECT period, first_day, next_day, population, component, CAST(value AS BIGINT) AS value FROM ({groups})"


def _group(definition: PopulationAccount, group: Group, period: Period) -> str:
    """One group: its components, its two stocks, and the remainder under the name that it deserves."""
    wanted = spans(" UNION ALL ".join(_chosen(group, *each) for each in _pairs(group)), period)
    lines = " UNION ALL ".join(_line(group, name, wanted) for name in LINES if name in group.lines)
    stock = (
        f"SELECT first_day AS moment, sum(value) AS value FROM counts WHERE source = {literal(definition.stocks)} "
        f"AND measure = 'stock' AND finest{scope(group, 'stock')} GROUP BY first_day"
    )
    spanned = (
        f"SELECT l.label, l.span_from, l.span_to, sum(l.value) AS flows, {_separated(group)} AS separated, any_value(o.value) AS opening, "
        f"any_value(c.value) AS closing FROM lines l JOIN ({stock}) o ON o.moment = l.span_from JOIN ({stock}) c ON c.moment = l.span_to "
        "GROUP BY l.label, l.span_from, l.span_to"
    )
    remainder = "CASE WHEN separated THEN 'residual' ELSE 'not_separated' END"
    rows = [
        "SELECT label, span_from, span_to, 'opening' AS component, opening AS value FROM spanned",
        "SELECT l.label, l.span_from, l.span_to, l.component, l.value FROM lines l JOIN spanned s ON s.label = l.label",
        f"SELECT label, span_from, span_to, {remainder}, closing - opening - flows FROM spanned",
        "SELECT label, span_from, span_to, 'closing', closing FROM spanned",
    ]
    return (
        f"SELECT label AS period, span_from AS first_day, span_to AS next_day, {literal(group.id)} AS population, component, value "
        f"FROM (WITH lines AS ({lines}), spanned AS ({spanned}) {' UNION ALL '.join(rows)})"
    )


def _separated(group: Group) -> str:
    """Whether everything that moves the group's stock is a line of its own in the period."""
    needed = [name for name in group.lines if name not in MAY_LACK]
    if group.not_published:
        return "false"
    return f"count(DISTINCT CASE WHEN l.component IN ({literals(needed)}) THEN l.component END) = {len(needed)}"


def _pairs(group: Group) -> list[tuple[str, str]]:
    """Every component with every source of it."""
    return [(name, source) for name in LINES if name in group.lines for source in group.sources(name)]


def _chosen(group: Group, name: str, source: str) -> str:
    """The figures of one component in one source, of the group alone."""
    return f"SELECT * FROM counts WHERE source = {literal(source)} AND measure = {literal(name)} AND finest{scope(group, name)}"


def _line(group: Group, name: str, wanted: str) -> str:
    """One component by period, signed; of several sources the first that fills the period."""
    parts = []
    for place, source in enumerate(group.sources(name)):
        chosen = _chosen(group, name, source)
        filled = complete(chosen, wanted)
        parts.append(
            f"SELECT w.label, w.span_from, w.span_to, {place} AS place, sum(f.value) AS value FROM ({chosen}) f JOIN ({filled}) w "
            "ON f.source = w.source AND f.period = w.period GROUP BY w.label, w.span_from, w.span_to"
        )
    listed = " UNION ALL ".join(parts)
    first = f"SELECT * FROM ({listed}) QUALIFY row_number() OVER (PARTITION BY label ORDER BY place NULLS LAST) = 1"
    return f"SELECT label, span_from, span_to, {literal(name)} AS component, {sign(group, name)} * value AS value FROM ({first})"


def sign(group: Group, name: str) -> int:
    """A change of citizenship is the gain of the nationals and the loss of the foreigners; of the whole it moves nobody."""
    citizenship = group.where.get("citizenship_class")
    if name not in TRANSFERS:
        return MEASURES[name].sign
    return 0 if citizenship is None else MEASURES[name].sign * (1 if citizenship == "national" else -1)


def scope(group: Group, name: str) -> str:
    """The condition of a group on the figures of one measure."""
    return "".join(f" AND {key} = {literal(group.where[key])}" for key in sorted(needed(group, name)))
