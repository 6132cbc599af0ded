"""What only the files of a country together show of its published counts."""

from collections.abc import Iterator
from itertools import combinations

from sojourn.definitions.country import Country
from sojourn.definitions.population_account import PopulationAccount, names, needed
from sojourn.definitions.source import Source
from sojourn.errors import Problem, problem
from sojourn.run.scope import of_unit


def count_problems(country: Country) -> list[Problem]:
    """Accounts that name a source that is none, and figures that would be added twice."""
    return [*_unknown_sources(country), *_not_broken_down(country), *_given_twice(country)]


def _unknown_sources(country: Country) -> Iterator[Problem]:
    known = {source.id for source in of_unit(country, "count")}
    for account in country.of_kind(PopulationAccount):
        document = country.documents[account.id]
        for name, place in account.named_sources().items():
            if name not in known:
                yield problem("tabulated.no_such_source", document.file, document.line(place), source=name)


def _not_broken_down(country: Country) -> Iterator[Problem]:
    """Tables that cannot give a group's line, since they are not by what tells the group apart."""
    for account in country.of_kind(PopulationAccount):
        document = country.documents[account.id]
        for place, group in enumerate(account.groups):
            used = [("stock", account.stocks)] + [(name, each) for name in group.lines for each in group.sources(name)]
            for name, source in used:
                lacking = needed(group, name) - _dimensions(country, source)
                if lacking and source in country.sources:
                    facts = {"source": source, "group": group.id, "dimensions": ", ".join(sorted(lacking))}
                    yield problem("tabulated.line_not_broken_down", document.file, document.line(("groups", place)), **facts)


def _dimensions(country: Country, name: str) -> set[str]:
    """By what the figures of a source are broken down."""
    source = country.sources.get(name)
    if source is None or source.counts is None:
        return set()
    return {*source.columns, *(each for figure in source.counts.values.values() for each in figure.constants())}


def _given_twice(country: Country) -> Iterator[Problem]:
    """Sources of one indicator by one breakdown that do not each fix another category."""
    for first, second in combinations(of_unit(country, "count"), 2):
        if _apart(first, second) or first.counts.variant != second.counts.variant:
            continue
        for indicator, breakdowns in first.counts.gives.items():
            for breakdown in sorted(set(breakdowns) & set(second.counts.gives.get(indicator, ()))):
                document = country.documents[second.id]
                facts = {"sources": f"{first.id}, {second.id}", "indicator": indicator, "breakdown": breakdown}
                yield problem("tabulated.given_twice", document.file, document.line(("counts", "gives")), **facts)


def _apart(first: Source, second: Source) -> bool:
    fixed = [{name: each.value for name, each in source.columns.items() if each.value is not None} for source in (first, second)]
    return any(fixed[1].get(name, value) != value for name, value in fixed[0].items())


def account_groups(country: Country) -> list[dict[str, str]]:
    """What the page says of each group of the account."""
    return [
        {"id": group.id, "title": group.title, "lacking": names(group.not_published), "independence": account.independence}
        for account in country.of_kind(PopulationAccount)[:1]
        for group in account.groups
    ]
