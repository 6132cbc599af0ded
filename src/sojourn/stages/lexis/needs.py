"""What an account needs of a country's dated facts before anything is computed."""

from collections.abc import Iterator

from sojourn.concepts.lexis import FACTS
from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.errors import Problem, problem


def problems(country: Country, sources: list[Source]) -> list[Problem]:
    """Every reason why sources of dated facts make no account; none where there are no such sources."""
    if not sources:
        return []
    return [*kinds(country, sources), *(each for source in sources for each in dated(country, source)), *lists(country, sources)]


def kinds(country: Country, sources: list[Source]) -> Iterator[Problem]:
    """Kinds of fact that no source reports."""
    missing = [each for each in FACTS if all(each not in source.event_kinds() for source in sources)]
    if missing:
        yield problem("lexis.no_facts", country.path / "sources", missing=", ".join(missing))


def dated(country: Country, source: Source) -> Iterator[Problem]:
    """Facts without a birth date are in no triangle."""
    if "birth_date" not in source.columns:
        document = country.documents[source.id]
        yield problem("lexis.no_birth_date", document.file, document.line(("columns",)), source=source.id)


def lists(country: Country, sources: list[Source]) -> Iterator[Problem]:
    """The stock from which the account starts: one complete list on the first day that every other source covers."""
    listing = [source for source in sources if "enumeration" in source.event_kinds()]
    for source in listing:
        document = country.documents[source.id]
        if not source.complete:
            yield problem("lexis.list_incomplete", document.file, document.line(("event",)), source=source.id)
        if len(listing) > 1:
            yield problem("lexis.two_lists", document.file, document.line(("event",)), source=source.id)
        for other in sources:
            if other.covers.begin != source.covers.begin:
                place = country.documents[other.id]
                fields = {"source": other.id, "begin": other.covers.begin, "list": source.id, "day": source.covers.begin}
                yield problem("lexis.list_day", place.file, place.line(("covers",)), **fields)
