"""Whether the sources may be used for what the run is for, and what their files leave unsaid.

Nothing here reads a clock: whether an agreement has ended is decided by the day on which the country file says that the
statistics are produced, and by the days on which deliveries came.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.errors import Problem, problem, warning


def for_purpose(country: Country, purpose: str | None) -> Country:
    """The country with another purpose than its file's, where one is given."""
    return replace(country, file=country.file.model_copy(update={"purpose": purpose})) if purpose else country


def refusals(country: Country) -> list[Problem]:
    """Why a run for the country's purpose is not permitted."""
    return [each for source in country.sources.values() for each in (*_purpose(country, source), *_ended(country, source))]


def doubts(country: Country) -> list[Problem]:
    """What the source files do not say, and what nobody can say without more."""
    return [each for source in country.sources.values() for each in (*_unstated(country, source), *_open(country, source), *_early(country, source))]


def _purpose(country: Country, source: Source) -> Iterator[Problem]:
    """A source says for what it may be used. One that says nothing is doubted, not refused."""
    if source.purposes is not None and country.file.purpose not in source.purposes:
        facts = {"source": source.id, "purpose": country.file.purpose, "permitted": ", ".join(source.purposes)}
        yield problem("governance.purpose", *_place(country, source, "purposes"), **facts)


def _ended(country: Country, source: Source) -> Iterator[Problem]:
    """Nothing is taken or used after the agreement has ended."""
    until = source.agreement.until if source.agreement else None
    if until is None:
        return
    place = _place(country, source, "agreement")
    if country.file.produced_on and country.file.produced_on > until:
        yield problem("governance.ended", *place, source=source.id, until=until, day=country.file.produced_on)
    late = [each for each in source.delivered_in if each.received_on and each.received_on > until]
    for each in late:
        yield problem("governance.delivered_after", *place, source=source.id, until=until, delivery=each.id, day=each.received_on)


def _unstated(country: Country, source: Source) -> Iterator[Problem]:
    if source.unstated():
        yield warning("governance.unstated", country.documents[source.id].file, 1, source=source.id, keys=", ".join(source.unstated()))


def _open(country: Country, source: Source) -> Iterator[Problem]:
    """An agreement with an end needs the day on which the statistics are produced."""
    if source.agreement and source.agreement.until and country.file.produced_on is None:
        yield warning("governance.day_unknown", *_place(country, source, "agreement"), source=source.id, until=source.agreement.until)


def _early(country: Country, source: Source) -> Iterator[Problem]:
    """A delivery that came before its owner's lag had passed lacks some of what the coverage claims."""
    came = max((each.received_on for each in source.delivered_in if each.received_on), default=None)
    if came is None or source.reporting_lag is None:
        return
    complete: date = source.reporting_lag.end_from(source.covers.end)
    if came < complete:
        facts = {"source": source.id, "came": came, "lag": source.reporting_lag, "end": source.covers.end, "complete": complete}
        yield warning("governance.early", *_place(country, source, "reporting_lag"), **facts)


def _place(country: Country, source: Source, key: str) -> tuple[object, int | None]:
    document = country.documents[source.id]
    return document.file, document.line((key,))
