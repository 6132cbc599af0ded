"""Movements into and out of the resident population, and acquisitions of citizenship, over the period, or the last of several."""

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Block, Section
from sojourn.stages.publish.sections.common import CROSS, breakdown_figure
from sojourn.stages.publish.view import View

FLOWS = ("MI 1.3", "MI 1.4", "MI 1.2")
FIRST = ("subpopulation", "of_which", "country_of_birth", "citizenship", "age_group", "sex")


def flows(view: View) -> Section | None:
    blocks: list[Block] = []
    for indicator in FLOWS:
        every = view.main(indicator)
        cells = every.latest()
        found = [each for each in cells.where(measure="events").values("breakdown") if each != "total" and CROSS not in each]
        for breakdown in sorted(found, key=lambda each: (FIRST.index(each) if each in FIRST else len(FIRST), each)):
            title = say("report.flow_by", indicator=wording.indicator_title(indicator), breakdown=wording.breakdown(breakdown).lower())
            title = title if len(every.values("period")) < 2 else say("report.title_of", title=title, period=wording.moment(cells.values("period")[0]))
            name = f"{indicator}-{breakdown}".replace(" ", "-").lower()
            figure = breakdown_figure(name, title, cells, "events", breakdown)
            blocks += [figure] if figure else []
    return Section("flows", say("report.flows_title"), say("report.flows_lead"), blocks) if blocks else None
