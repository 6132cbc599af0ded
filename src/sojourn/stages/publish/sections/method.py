"""The methodology as prose, and the facts of the run that made the figures."""

from sojourn.messages import say
from sojourn.stages.publish.blocks import Prose, Section, table
from sojourn.stages.publish.markdown import html
from sojourn.stages.publish.view import View


def method(view: View) -> Section | None:
    blocks = [Prose(html(text), title) for title, text in view.report.methodology]
    return Section("method", say("report.method_title"), say("report.method_lead"), blocks) if blocks else None


def run_facts(view: View) -> Section | None:
    """What a rerun must have to give the same figures."""
    report = view.report
    facts = [(say("report.run_id"), report.run_id)] if report.run_id else []
    facts += [(say("report.run_definition", id=name), value) for name, value in sorted(report.definition_hashes.items())]
    facts += [(say("report.run_version", name=name), value) for name, value in sorted(report.versions.items())]
    if not facts:
        return None
    heads = [say("report.run_fact"), say("report.value")]
    return Section("run", say("report.run_title"), say("report.run_lead"), [table(say("report.run_title"), heads, facts, texts=2)])
