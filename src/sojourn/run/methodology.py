"""The definitions of a country as prose: what the report prints and `sojourn methodology` says."""

from sojourn.definitions.calendars import prose
from sojourn.definitions.country import Country
from sojourn.definitions.source import Source
from sojourn.messages import say
from sojourn.run.scope import definitions_in_use, observation, of_unit
from sojourn.stages import survey


def methodology(country: Country) -> list[tuple[str, str]]:
    """Title and text of each part, in reading order."""
    parts = [(say("methodology.sources_title"), _sources(country))]
    parts += [(say("dates.prose_title"), dates)] if (dates := _dates(country)) else []
    parts += [(getattr(each, "concept", None) or each.kind.capitalize(), each.prose()) for each in definitions_in_use(country)]
    if country.rule in definitions_in_use(country) and country.rule.cases:
        parts.append((say("methodology.lives_title"), _lives(country)))
    for source in of_unit(country, "respondent"):
        if source.replicates:
            parts.append((source.title, survey.prose(source)))
    if any(source.event for source in of_unit(country, "person")):
        parts.append((say("methodology.counting_title"), _counting(country)))
    return parts


def _lives(country: Country) -> str:
    """The drawn lives of the rule: what it must decide, and does, since `check` tries them."""
    return "\n\n".join(
        say("methodology.life", name=case.name, life=case.life, expect="; ".join(map(str, case.expect))) for case in country.rule.cases
    )


def _sources(country: Country) -> str:
    return "\n\n".join(" ".join([_source(source), *_governance(source)]) for source in country.sources.values())


def _source(source: Source) -> str:
    return say(
        "methodology.source",
        title=source.title,
        owner=source.owner,
        begin=source.covers.begin,
        end=source.covers.end,
        unit=say(f"methodology.unit_{source.unit}"),
        note=source.note,
    ).strip()


def _agreement(source: Source) -> str | None:
    if source.agreement is None or source.agreement.until is None:
        return source.agreement and source.agreement.title
    return say("methodology.agreement", title=source.agreement.title, until=source.agreement.until)


def _governance(source: Source) -> list[str]:
    """By what right the source is held, and what its file says of its limits."""
    said = {
        "legal_basis": source.legal_basis,
        "purposes": ", ".join(source.purposes or ()),
        "agreed": _agreement(source),
        "reporting_lag": source.reporting_lag,
        "known_defects": source.known_defects,
        "residence_concept": source.residence_concept,
    }
    return [say(f"methodology.{key}", text=str(text).strip().rstrip(".")) for key, text in said.items() if text]


def _dates(country: Country) -> str:
    """How the dates of each source are read, where they are not whole days of the common calendar."""
    mapped = [(source, mapping) for source in country.sources.values() for mapping in source.mappings().values()]
    found = [(source, prose(mapping.column, mapping)) for source, mapping in mapped]
    return "\n\n".join(f"{source.title}: {' '.join(sentences)}" for source, sentences in found if sentences)


def _counting(country: Country) -> str:
    begin, end = observation(country)
    keys = ("observation", "priority", "stock", "flows", "rates", "visits", "account", "pseudonym")
    order = ", ".join(source.title for source in country.sources.values())
    return "\n\n".join(say(f"methodology.{key}", begin=begin, end=end, order=order) for key in keys)
