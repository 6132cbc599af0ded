"""The manifest: what went in, what came out, and how much of it, without a clock and without a secret."""

from sojourn.definitions.country import Country
from sojourn.engine.read import detected
from sojourn.run.graph import Graph
from sojourn.run.sample import share_words
from sojourn.stages.publish.files import STAMP


def manifest(graph: Graph) -> dict[str, object]:
    """Facts of a finished run, ready for JSON."""
    steps = {
        name: {table: {"rows": each.rows, "sha256": each.checksum} for table, each in sorted(tables.items())}
        for name, tables in graph.made_by.items()
    }
    return {
        "stamp": STAMP,
        "run": graph.name,
        "country": graph.country.file.id,
        "period": graph.period.label,
        "purpose": graph.country.file.purpose,
        "sample": share_words(graph.sample) if graph.sample else None,
        "inputs": graph.facts["inputs"],
        "formats": _formats(graph.country),
        "definitions": graph.facts["definitions"],
        "versions": graph.facts["versions"],
        "secret_fingerprint": graph.facts["secret"],
        "steps": steps,
        "balance": graph.session.rows("SELECT * FROM balance ORDER BY source NULLS LAST"),
        "issues": graph.session.rows("SELECT * FROM issue_counts"),
    }


def _formats(country: Country) -> dict[str, dict[str, str]]:
    """Encoding and delimiter of every file for which they were found, not stated."""
    return {
        file.name: {"encoding": form.text_encoding, "delimiter": form.delimiter}
        for source in country.sources.values()
        for file, form in detected(source, country.parts(source)).items()
    }
