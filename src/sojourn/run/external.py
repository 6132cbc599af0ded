"""Another system's statuses: a second, smaller door for its file, and the step that lays its statuses beside ours."""

from sojourn.definitions.country import Country
from sojourn.definitions.external_status import ExternalStatuses
from sojourn.engine.read import inspect, relation, release
from sojourn.errors import Problem, SojournError, problem
from sojourn.run.codes import calendar_tables
from sojourn.run.door import reading
from sojourn.run.scope import observation, of_unit
from sojourn.run.step import Step, Workshop, in_key_order, made
from sojourn.stages.compare.statuses import status_comparison, status_differences
from sojourn.stages.ingest import external as door

MOST_REASONS = 100
"""Different reasons of another system: a column with more holds something else, such as names, and goes on no page."""


def external_steps(country: Country, secret: str, steps: list[Step]) -> list[Step]:
    """The steps `external` and `side_by_side`, where the country has such a file and statuses of its own."""
    externals = country.of_kind(ExternalStatuses)
    if not externals or not any("statuses" in step.writes for step in steps):
        return []
    names = [each.id for each in externals]
    written = tuple(f"external_{name}" for name in names)
    tables = {"status_comparison": status_comparison(names), "status_differences": status_differences(names)}
    listed = tuple(f"issues_external_{name}" for name in names)
    entry = Step("external", ("units",), (*written, *listed), lambda shop: _enter(shop, externals, secret))
    return [entry, made("side_by_side", ("statuses", *written), tables)]


def _enter(shop: Workshop, externals: list[ExternalStatuses], secret: str) -> None:
    """Keys become numbers here; no table that stays holds one."""
    for each in externals:
        _read(shop, each)
    shop.session.variable("pseudonym_secret", secret)
    shop.session.execute(f"CREATE OR REPLACE TEMP TABLE external_keys AS {door.external_units(externals)}")
    shop.session.variable("pseudonym_secret", "")
    for each in externals:
        shop.session.execute(f"CREATE OR REPLACE TEMP TABLE placed_{each.id} AS {door.placed(each)}")
        shop.write(f"external_{each.id}", in_key_order(f"external_{each.id}", door.accepted(each)))
        shop.write(f"issues_external_{each.id}", in_key_order(f"issues_external_{each.id}", door.issues(each)))
        for table in (f"typed_{each.id}", f"placed_{each.id}"):
            shop.session.execute(f"DROP TABLE {table}")
        release(shop.session, each, shop.country.parts(each))
    shop.session.execute("DROP TABLE external_keys")


def _read(shop: Workshop, external: ExternalStatuses) -> None:
    """The file in a passing table. Raises SojournError where its reasons are too many to be codes."""
    with reading(shop, external):
        scan = relation(shop.session, external, shop.country.parts(external), shop.country.path)
        kinds = shop.session.columns(f"SELECT * FROM {scan}")
        calendar_tables(shop.session, external)
        query = door.typed_statuses(external, kinds, scan)
        shop.session.execute(f"CREATE OR REPLACE TEMP TABLE typed_{external.id} AS {query}")
    found = shop.session.rows(f"SELECT count(DISTINCT reason) AS reasons FROM typed_{external.id}")[0]["reasons"]
    if found > MOST_REASONS:
        document = shop.country.documents[external.id]
        raise SojournError(problem("compare.too_many_reasons", document.file, document.line(("reason",)), reasons=found, most=MOST_REASONS))


def external_problems(country: Country) -> list[Problem]:
    """Every problem of the files of other systems' statuses, and of what they can be compared with."""
    found: list[Problem] = []
    for each in country.of_kind(ExternalStatuses):
        found += inspect(each, country.parts(each), country.path) + _unmatched(country, each)
    return found


def _unmatched(country: Country, external: ExternalStatuses) -> list[Problem]:
    """A scheme of keys that no source of persons uses, and a day on which nobody has a status."""
    document, sources = country.documents[external.id], of_unit(country, "person")
    known = sorted({source.identifier.scheme for source in sources})
    scheme, day = external.identifier.scheme, external.date.value
    line = document.line
    found = [] if scheme in known else [problem("compare.unknown_scheme", document.file, line(("identifier",)), scheme=scheme, known=", ".join(known))]
    if day is not None and any(source.event for source in sources):
        begin, end = observation(country)
        if not str(begin) < str(day) <= str(end):
            found.append(problem("compare.day_outside", document.file, line(("date",)), day=day, begin=begin, end=end))
    return found


def system_rows(country: Country) -> list[dict[str, object]]:
    """What the page says of each other system."""
    return [{"id": each.id, "title": each.title, "note": each.note} for each in country.of_kind(ExternalStatuses)]
