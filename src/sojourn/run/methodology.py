"""The definitions of a country as prose: what the report prints and `sojourn methodology` says."""

from sojourn.definitions.country import Country
from sojourn.messages import say
from sojourn.run.scope import observation, of_unit
from sojourn.stages import survey


def methodology(country: Country) -> list[tuple[str, str]]:
    """Title and text of each part, in reading order."""
    parts = [(say("methodology.sources_title"), _sources(country))]
    parts += [(getattr(each, "concept", None) or each.id, each.prose()) for each in _definitions(country)]
    for source in of_unit(country, "respondent"):
        if source.replicates:
            parts.append((source.title, survey.prose(source)))
    if any(source.event for source in of_unit(country, "person")):
        parts.append((say("methodology.counting_title"), _counting(country)))
    return parts


def _definitions(country: Country) -> list:
    """The rule of the country first, then the other definitions; rules not in use are left out."""
    others = [country.definitions[key] for key in sorted(country.definitions) if key != country.file.residence]
    return [each for each in (country.rule, *others) if each is not None and hasattr(each, "prose")]


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
