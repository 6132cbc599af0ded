"""The definitions of a country as prose: what the report prints and `sojourn methodology` says."""

from sojourn.definitions.country import Country
from sojourn.messages import say
from sojourn.run.scope import definitions_in_use, observation, of_unit
from sojourn.stages import survey


def methodology(country: Country) -> list[tuple[str, str]]:
    """Title and text of each part, in reading order."""
    parts = [(say("methodology.sources_title"), _sources(country))]
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
    return "\n\n".join(
        say(
            "methodology.source",
            title=source.title,
            owner=source.owner,
            begin=source.covers.begin,
            end=source.covers.end,
            unit=say(f"methodology.unit_{source.unit}"),
            note=source.note,
        )
        for source in country.sources.values()
    )


def _counting(country: Country) -> str:
    begin, end = observation(country)
    keys = ("observation", "priority", "stock", "flows", "rates", "visits", "account", "pseudonym")
    order = ", ".join(source.title for source in country.sources.values())
    return "\n\n".join(say(f"methodology.{key}", begin=begin, end=end, order=order) for key in keys)
