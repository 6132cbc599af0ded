"""The steps of a country: what its sources allow, and nothing else. Adoption is step by step."""

from fractions import Fraction

from sojourn.definitions.country import Country
from sojourn.definitions.demographic_account import DemographicAccount
from sojourn.definitions.period import Period
from sojourn.definitions.population_account import PopulationAccount
from sojourn.definitions.precision import Precision
from sojourn.definitions.source import Source
from sojourn.definitions.temporary_mobility import TemporaryMobility
from sojourn.definitions.trips import Trips
from sojourn.run.date_patterns import patterns_steps
from sojourn.run.door import door
from sojourn.run.external import external_steps
from sojourn.run.histories import change_step, events_step, residence_step
from sojourn.run.published import published_step
from sojourn.run.scope import borders, event_kinds, has_complete_list, observation, of_unit
from sojourn.run.step import Step, in_order, made
from sojourn.stages import account, birthplace, indicate, lexis, persons, stays, survey, tabulated, trips, validate
from sojourn.stages.count import cells, cubes
from sojourn.stages.ingest.deliveries import deliveries


def plan(country: Country, period: Period, secret: str, sample: Fraction | None = None) -> list[Step]:
    """The steps in the order in which they can run. Raises SojournError where a table has no writer.

    Figures of a sample are laid beside nobody else's: every difference would be one of the sample.
    """
    steps = [door(country, secret, sample), validate_step(country), *patterns_steps(country)]
    steps += stay_steps(country, period) + trip_steps(country, period) + survey_steps(country) + count_table_steps(country, period) + person_steps(country, period)
    steps += lexis_steps(country, period) + ([] if sample else external_steps(country, secret, steps))
    parts = [table for step in steps for table in step.writes if table.startswith("cells_")]
    compared = published_step(country) if parts and not sample else []
    return in_order([*steps, quality_step(steps), *indicate_steps(parts, period), *compared])


def validate_step(country: Country) -> Step:
    sources = list(country.sources.values())
    records = tuple(f"records_{source.id}" for source in sources)
    tables = {"issues": validate.issues(sources), "balance": validate.balance(sources), "deliveries": deliveries(sources)}
    views = {f"accepted_{source.id}": validate.accepted(source) for source in sources}
    return made("validate", (*records, "issues_door"), tables, views)


def stay_steps(country: Country, period: Period) -> list[Step]:
    """Temporary mobility from admissions."""
    sources, found = of_unit(country, "admission"), country.of_kind(TemporaryMobility)
    if not sources or not found:
        return []
    tables = stays.tables(country, sources[0], found[0], period)
    view = {"stays": tables.pop("stays")}
    return [made("stays", (f"accepted_{sources[0].id}",), tables, view)]


def trip_steps(country: Country, period: Period) -> list[Step]:
    """The tourist part of the temporary population, from trips."""
    sources, found = of_unit(country, "trip"), country.of_kind(Trips)
    if not sources or not found:
        return []
    source = sources[0]
    known = [each for each in of_unit(country, "stage") if source.identifier and each.identifier.scheme == source.identifier.scheme]
    tables = trips.tables(country, source, found[0], period, known[0] if known else None)
    return [made("trips", tuple(f"accepted_{each.id}" for each in (source, *known[:1])), tables)]


def survey_steps(country: Country) -> list[Step]:
    """Estimates from a sample survey."""
    sources = [source for source in of_unit(country, "respondent") if source.weight]
    if not sources or not country.of_kind(Precision):
        return []
    tables = survey.tables(country, sources[0], country.definitions)
    return [made("survey", (f"accepted_{sources[0].id}",), tables)]


def lexis_steps(country: Country, period: Period) -> list[Step]:
    """A demographic account from dated facts that name nobody."""
    sources = of_unit(country, "dated")
    if not sources or not country.of_kind(DemographicAccount):
        return []
    reads = tuple(f"accepted_{source.id}" for source in sources)
    return [made("lexis", reads, lexis.tables(sources, period))]


def count_table_steps(country: Country, period: Period) -> list[Step]:
    """Published counts, the indicators that they give, and their account."""
    sources = of_unit(country, "count")
    if not sources:
        return []
    made_of = tuple(f"accepted_{source.id}" for source in sources)
    return [made("tabulated", made_of, tabulated.tables(sources, country.of_kind(PopulationAccount), period))]


def person_steps(country: Country, period: Period) -> list[Step]:
    """Residence of persons and everything that follows from it."""
    sources = [source for source in of_unit(country, "person")]
    if not any(source.event for source in sources) or country.rule is None:
        return []
    return [
        events_step(country, sources),
        residence_step(country),
        *persons_steps(country, sources),
        change_step(sources),
        *count_steps(country, period),
    ]


def persons_steps(country: Country, sources: list[Source]) -> list[Step]:
    accepted = tuple(f"accepted_{source.id}" for source in sources)
    end = cubes.day(observation(country)[1]) + 1
    tables = {"persons": persons.persons(sources), "issues_persons": persons.conflicts(sources)}
    later = {"citizenships": persons.citizenships(country.file.code, end)}
    view = {"born": birthplace.born(country.file.code, borders(country))}
    return [made("persons", accepted, tables, view), made("citizenships", ("persons", "citizenship_events"), later)]


def count_steps(country: Country, period: Period) -> list[Step]:
    """Cubes and cells. Without a complete list of residents there is no stock: who never crossed is in no record."""
    code, kinds = country.file.code, event_kinds(country)
    cubed = {"flow_cube": cubes.flow_cube(period, code), "visit_cube": cubes.visit_cube(period, code)}
    counted = {"cells_flows": cells.flows(period, kinds), "open_cases": cells.open_cases(period, kinds)}
    if {"arrival", "departure"} <= kinds:
        counted["cells_visits"] = cells.visits(period)
    if has_complete_list(country) and period.start <= observation(country)[1]:
        cubed["stock_cube"] = cubes.stock_cube(period, code, observation(country)[1])
        counted["cells_stocks"] = cells.stocks()
    if has_complete_list(country) and {"arrival", "departure"} <= kinds:
        cubed["time_cube"] = cubes.time_cube(period, code)
        counted |= {"cells_exposure": cells.exposure(period), "account": account.account(period)}
    counted = {table: sql for table, sql in counted.items() if sql}
    return [
        made("cubes", ("statuses", "changes", "born", "citizenships"), cubed),
        made("count", tuple(cubed), counted),
        *effect_steps(country, period, "stock_cube" in cubed),
    ]


def effect_steps(country: Country, period: Period, has_stock: bool) -> list[Step]:
    """What the rule of borders does to the foreign-born stock, beside the other rule."""
    rule, last = borders(country), observation(country)[1]
    if rule is None or not has_stock:
        return []
    moments = {str(moment): cubes.day(moment) for moment in (period.start, period.end) if moment <= last}
    query = birthplace.effect(country.file.code, rule, moments)
    return [made("birthplace_effect", ("statuses", "persons"), {"birthplace_effect": query})]


def quality_step(steps: list[Step]) -> Step:
    """Issues per reason over every stage that lists any."""
    written = [table for step in steps for table in step.writes]
    listed = [table for table in written if table == "issues" or (table.startswith("issues_") and table != "issues_door")]
    counted = [table for table in written if table.startswith("issue_counts_")]
    return made("quality", (*listed, *counted), {"issue_counts": validate.issue_counts(listed, counted)})


def indicate_steps(parts: list[str], period: Period) -> list[Step]:
    return [made("indicate", tuple(parts), indicate.tables(parts, period))] if parts else []
