"""The account: what leads from the opening to the closing stock, as a picture and as a table of four columns."""

from collections.abc import Iterable

from sojourn.concepts.populations import ACCOUNT, SUBPOPULATIONS, UNDETERMINED
from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Figure, Section, Table, table
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.charts.waterfall import Step, floor, place, waterfall
from sojourn.stages.publish.view import View

Values = dict[tuple[str, str], int]
"""(component, subpopulation) to value; ALL is the sum over the subpopulations."""

ALL = "total"


def account(view: View) -> Section | None:
    rows = [row for row in view.rows("account") if row["value"] is not None]
    figures = [figure(view, period, totals(each for each in rows if each["period"] == period)) for period in periods(rows)]
    return Section("account", say("report.account_title"), say("report.account_lead"), figures) if figures else None


def periods(rows: Iterable) -> list[str]:
    return list(dict.fromkeys(row["period"] for row in rows))


def totals(rows: Iterable) -> Values:
    """The account's values, with the sum over subpopulations where the account does not give it."""
    values: Values = {(row["component"], row["subpopulation"]): row["value"] for row in rows}
    for component in {key[0] for key in values}:
        parts = [value for (name, group), value in values.items() if name == component and group != ALL]
        values.setdefault((component, ALL), sum(parts))
    return values


def figure(view: View, period: str, values: Values) -> Figure:
    title = say("report.account_of", period=wording.moment(period))
    steps = [step(view, each.id, each.sign, values) for each in ACCOUNT if not each.sign or values.get((each.id, ALL))]
    words = "; ".join(say("report.described_part", label=each.label, value=each.shown) for each in steps)
    description = say("report.described", title=title, parts=words)
    svg = framed(f"account-{period}", title, description, lambda width: waterfall(steps, width))
    return Figure(title, description, svg, as_table(view, title, values), note=note(steps), open=True)


def note(steps: list[Step]) -> str:
    """What a reader must know of the picture: a cut axis, and that transfers between columns cancel."""
    cut = say("report.account_cut") + " " if floor(place(steps)) > 0 else ""
    return cut + say("report.account_note")


def step(view: View, component: str, sign: int, values: Values) -> Step:
    value = values.get((component, ALL))
    signed = None if value is None else value * (sign or 1)
    seen = view.visible(signed)
    text = wording.HIDDEN if seen is None and signed is not None else wording.number(seen)
    plus = "+" if sign and seen is not None and seen > 0 else ""
    return Step(say(f"report.component_{component}"), seen, plus + text, stock=not sign)


def as_table(view: View, title: str, values: Values) -> Table:
    groups = [each for each in (*SUBPOPULATIONS, UNDETERMINED) if any(key[1] == each for key in values)]
    heads = [say("report.component"), *(heading(each) for each in groups), say("report.all")]
    rows = [
        [say(f"report.component_{each.id}"), *(signed_text(view, values.get((each.id, group)), each.sign) for group in (*groups, ALL))]
        for each in ACCOUNT
        if any(key[0] == each.id for key in values)
    ]
    return table(title, heads, rows)


def signed_text(view: View, value: int | None, sign: int) -> str:
    return view.count(None if value is None else value * (sign or 1))


def heading(group: str) -> str:
    """A subpopulation's name; residents of unknown class are not persons of undetermined residence."""
    return say("report.account_undetermined") if group == UNDETERMINED else wording.category(group)
