"""A finished graph as the plain values that a report prints."""

from sojourn.definitions.country import Country
from sojourn.messages import say
from sojourn.run.external import system_rows
from sojourn.run.counted import account_groups
from sojourn.run.graph import Graph
from sojourn.run.lives import lives
from sojourn.run.scope import event_kinds, has_complete_list
from sojourn.run.sample import share_words
from sojourn.run.methodology import methodology
from sojourn.run.published import published_rows
from sojourn.stages.indicate import not_produced
from sojourn.stages.publish import ReportInput

SHOWN = ("cells", "account", "survival", "presence", "issue_counts", "date_patterns", "balance", "trip_lags", "open_cases", "unmapped_codes", "birthplace_effect", "comparison", "status_comparison", "lexis_checks", "counts_account", "age_account")
"""Small tables that the report prints as they are."""


def report_input(graph: Graph) -> ReportInput:
    """Everything the report needs, read from the tables of the graph."""
    country = graph.country
    tables = {name: graph.session.rows(f"SELECT * FROM {name}") for name in SHOWN if graph.has(name)}
    tables["not_produced"] = _not_produced(country, graph, tables.get("cells", []))
    counted = graph.session.rows("SELECT * FROM published_tables") if graph.has("published_tables") else []
    tables["published_tables"], tables["systems"] = published_rows(country, counted), system_rows(country)
    tables["account_groups"] = account_groups(country)
    if country.file.drawn:
        tables["lives"] = lives(graph)
    return ReportInput(
        country_id=country.file.id,
        country_name=country.file.name,
        country_code=country.file.code,
        period=graph.period.label,
        threshold=country.file.threshold,
        tables=tables,
        note=country.file.note,
        drawn=country.file.drawn,
        methodology=methodology(country),
        notes=_sample_notes(graph) + [say("report.note_of", source=source.title, note=source.note) for source in country.sources.values() if source.note],
        sources=[_source_row(source) for source in country.sources.values()],
        run_id=graph.name,
        definition_hashes=graph.facts["definitions"],
        versions=graph.facts["versions"],
    )


def _sample_notes(graph: Graph) -> list[str]:
    return [say("report.sample", share=share_words(graph.sample))] if graph.sample else []


def _not_produced(country: Country, graph: Graph, cells: list[dict]) -> list[dict]:
    """Indicators without a figure, or with a proxy alone; a stage's own reason is preferred to the registry's."""
    given = [cell for cell in cells if cell["value"] is not None]
    produced = {cell["indicator"] for cell in given}
    proxied = {each for each in produced if all("proxy" in cell["flag"] for cell in given if cell["indicator"] == each)}
    rows = not_produced({source.evidence for source in country.sources.values()}, produced, proxied)
    own = [row for name in sorted(graph.tables) if name.startswith("not_produced_") for row in graph.session.rows(f"SELECT * FROM {name}")]
    own += _lacking(country)
    said = {row["indicator"] for row in own}
    return [*own, *(row for row in rows if row["indicator"] not in said)]


def _lacking(country: Country) -> list[dict]:
    """What sources of persons lack, which their kind of evidence alone does not tell: a complete list, movements."""
    kinds = event_kinds(country)
    if not kinds:
        return []
    found = [] if has_complete_list(country) else [("RP", "no_list"), ("MI 1.1", "no_list")]
    found += [] if {"arrival", "departure"} <= kinds else [(each, "no_movements") for each in ("MI 1.3", "MI 1.4", "TM")]
    found += [] if "acquisition" in kinds else [("MI 1.2", "no_acquisitions")]
    return [{"indicator": "DA", "reason": say("lexis.lacking"), "unlock": say("lexis.lacking_unlock")}] + [
        {"indicator": indicator, "reason": say(f"report.lacking_{reason}"), "unlock": say(f"report.lacking_{reason}_unlock")}
        for indicator, reason in found
    ]


def _source_row(source) -> dict[str, object]:
    return {
        "title": source.title,
        "owner": source.owner,
        "evidence": source.evidence,
        "unit": source.unit,
        "begin": source.covers.begin,
        "end": source.covers.end,
    }
