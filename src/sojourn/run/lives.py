"""The lives of a drawn country for the page: its persons are invented and public, so they may be shown one by one."""

from datetime import date, timedelta

from sojourn.engine.read import relation
from sojourn.engine.portable import identifier
from sojourn.messages import say
from sojourn.run.graph import Graph
from sojourn.run.pseudonyms import pseudonym
from sojourn.run.scope import of_unit
from sojourn.run.secret import read_secret

EPOCH = date(1970, 1, 1)


def lives(graph: Graph) -> list[dict[str, object]]:
    """Rows of the report's table `lives`: person label, start, end, inside, status, text."""
    if not graph.has("statuses"):
        return []
    names = labels(graph)
    rows = graph.session.rows("SELECT * FROM statuses ORDER BY person NULLS LAST, ordinal NULLS LAST")
    made = [_row(names[row["person"]], row) for row in rows]
    return sorted(made, key=lambda row: row["person"])


def labels(graph: Graph) -> dict[int, str]:
    """Person number to the source's own identifier."""
    secret = read_secret(graph.country)
    numbers = {(row["scheme"], row["pseudonym"]): row["unit"] for row in graph.session.rows("SELECT * FROM units")}
    found = {}
    for source in of_unit(graph.country, "person"):
        key = identifier(source.identifier.column[0])
        found_in = relation(graph.session, source, graph.country.parts(source), graph.country.path)
        for row in graph.session.rows(f"SELECT DISTINCT {key} AS label FROM {found_in}"):
            hashed = pseudonym(secret, source.identifier.scheme, str(row["label"] or "").strip())
            if (source.identifier.scheme, hashed) in numbers:
                found[numbers[(source.identifier.scheme, hashed)]] = row["label"]
    return found


def _row(label: str, row: dict) -> dict[str, object]:
    return {
        "person": label,
        "start": None if row["opened_by"] == "begin" else EPOCH + timedelta(row["start"]),
        "end": None if row["closed_by"] == "end_of_observation" else EPOCH + timedelta(row["end"]),
        "inside": row["inside"],
        "status": row["status"],
        "text": say(f"explain.reason_{row['reason']}"),
    }
