"""The page: sections in order, the signs they use, and one HTML file that needs nothing else."""

from collections.abc import Iterable, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Cards, Entry, Figure, Folded, Section, Table
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.sections.absent import absent
from sojourn.stages.publish.sections.account import account
from sojourn.stages.publish.sections.comparison import comparison
from sojourn.stages.publish.sections.flows import flows
from sojourn.stages.publish.sections.headline import headline
from sojourn.stages.publish.sections.lexis import lexis
from sojourn.stages.publish.sections.lives import lives
from sojourn.stages.publish.sections.method import method, run_facts
from sojourn.stages.publish.sections.population import population
from sojourn.stages.publish.sections.quality import quality
from sojourn.stages.publish.sections.side_by_side import side_by_side
from sojourn.stages.publish.sections.stays import overstay, stays
from sojourn.stages.publish.sections.tabulated import tabulated
from sojourn.stages.publish.sections.trips import trips
from sojourn.stages.publish.view import View

SECTIONS = (headline, population, flows, account, tabulated, lexis, stays, overstay, trips, comparison, side_by_side, lives, quality, absent, method, run_facts)
FLAGS = "unreliable suppressed structural_zero proxy experimental additional undetermined provisional".split()


def page(view: View) -> str:
    """The whole report as one HTML text."""
    sections = [made for make in SECTIONS if (made := make(view))]
    environment = Environment(
        loader=PackageLoader("sojourn.stages.publish"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(say=say, flag=wording.flag, moment=wording.moment, style=style(environment))
    return environment.get_template("report.html.j2").render(
        report=view.report,
        note=html(view.report.note),
        notes=[html(each) for each in view.report.notes],
        sections=sections,
        signs=signs(view, sections),
    )


def style(environment: Environment) -> Markup:
    source, _, _ = environment.loader.get_source(environment, "style.css")
    return Markup(source)


def entries(sections: Sequence[Section]) -> Iterable[Entry]:
    """Every field of every table on the page."""
    for section in sections:
        for each in (table for block in section.blocks for table in tables_of(block)):
            for row in each.rows:
                yield from row


def tables_of(block: Block) -> Sequence[Table]:
    """The tables that a block holds."""
    if isinstance(block, Figure):
        return [block.data]
    return block.tables if isinstance(block, Folded) else [block] if isinstance(block, Table) else []


def signs(view: View, sections: Sequence[Section]) -> list[tuple[str, str]]:
    """The legend: the signs and flags that this page uses, with their meaning."""
    fields = list(entries(sections))
    cards = [card for section in sections for block in section.blocks if isinstance(block, Cards) for card in block.cards]
    texts = {field.text for field in fields} | {card.value for card in cards} | {text for card in cards for _, text in card.details}
    tables = [each for section in sections for block in section.blocks for each in tables_of(block)]
    used = {each for flagged in (*fields, *cards, *tables) for each in flagged.flags}
    hidden = say("report.sign_hidden", threshold=view.report.threshold)
    meanings = ((wording.HIDDEN, hidden), (wording.NIL, say("report.sign_nil")), (wording.MISSING, say("report.sign_missing")))
    legend = [(sign, meaning) for sign, meaning in meanings if sign in texts]
    return legend + [(wording.flag(each), say(f"report.flag_{each}_long")) for each in FLAGS if each in used]
