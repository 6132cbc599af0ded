"""Which sources concern persons, and over which days persons are observed."""

from datetime import date

from sojourn.definitions.concordance import Concordance
from sojourn.definitions.country import Country
from sojourn.definitions.date_patterns import DatePatterns
from sojourn.definitions.source import ConcordanceRef, Source


def of_unit(country: Country, unit: str) -> list[Source]:
    """The country's sources whose records are of one unit."""
    return [source for source in country.sources.values() if source.unit == unit]


def observation(country: Country) -> tuple[date, date]:
    """The days over which persons are observed, half open: the coverage of the sources of crossings, else of events."""
    sources = [source for source in of_unit(country, "person") if source.event]
    moving = [source for source in sources if {"arrival", "departure"} & set(source.event_kinds())] or sources
    return max(source.covers.begin for source in moving), min(source.covers.end for source in moving)


def definitions_in_use(country: Country) -> list:
    """The definitions that decide something: the rule that the country file names, and those of the units it has sources of."""
    needed = {"birthplace": "respondent", "demographic account": "dated", "population account": "count", "precision": "respondent", "temporary mobility": "admission", "trips": "trip", "external statuses": "person"}
    found = [country.rule] if country.rule is not None and of_unit(country, "person") else []
    others = [country.definitions[name] for name in sorted(country.definitions)]
    found += [each for each in others if each.kind in needed and of_unit(country, needed[each.kind])]
    return found + concordances(country) + date_rules(country)


def date_rules(country: Country) -> list[DatePatterns]:
    """The limits beyond which a date stands out: the country's own, else those of the package; none without dates."""
    dated = any(source.kind_of(name) == "date" for source in country.sources.values() for name in source.mappings())
    return (country.of_kind(DatePatterns) or [DatePatterns()])[:1] if dated else []


def concordances(country: Country, *names: str) -> list[Concordance]:
    """The concordances that sources use, in order of id; those of the canonical columns named, where any are."""
    uses = [
        reference
        for source in country.sources.values()
        for name, mapping in source.mappings().items()
        if isinstance(mapping.codes, ConcordanceRef) and (not names or name in names)
        for reference in (mapping.codes, mapping.codes.finer)
        if reference is not None
    ]
    used = sorted({each.concordance for each in uses} & set(country.definitions))
    return [country.definitions[each] for each in used]


def borders(country: Country) -> str | None:
    """In which borders birthplaces are read: then or now; None where no concordance states it."""
    return next((each.borders for each in concordances(country, "country_of_birth") if each.borders), None)


def event_kinds(country: Country) -> set[str]:
    """The kinds of event that the country's sources of persons can report."""
    return {kind for source in of_unit(country, "person") for kind in source.event_kinds()}


def has_complete_list(country: Country) -> bool:
    """Whether some source lists every resident on a date, so that persons who never crossed are counted too."""
    return any(source.complete and "enumeration" in source.event_kinds() for source in of_unit(country, "person"))
