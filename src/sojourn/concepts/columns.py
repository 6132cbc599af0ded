"""The canonical columns a source may map its own columns to: one name, one type, one meaning.

A country writes only where a value stands and how it is coded; what it means is written here once. Sources of the
terms: E/CN.3/2021/11, Annex I, and paragraphs 29 (disaggregation), 33 (citizenship history), 38-39 (event, duration, purpose).
"""

from dataclasses import dataclass

from sojourn.concepts.counts import MEASURES

SEX = ("female", "male", "other")
ROUTE = ("air", "sea", "land", "road", "rail")
"""Land stands where road and rail are not told apart."""
BIRTH_CLASS = ("in_country", "in_territory", "abroad_of_nationals", "abroad")
CITIZENSHIP_CLASS = ("national", "foreign", "stateless")
RESIDENCE_ONE_YEAR_AGO = ("same_dwelling", "same_country", "another_country")
PERMISSION = ("dated", "duration_of_status")
VISIT_KIND = ("staying", "in_transit")
ACCOMMODATION = ("hotel", "other_market", "non_market")
TRIANGLE = ("lower", "upper")
VINTAGE = ("provisional", "final")


@dataclass(frozen=True)
class Column:
    """A canonical column: `kind` is text, date, time, integer, country or code; `codes` are the only values of a code column."""

    name: str
    kind: str
    codes: tuple[str, ...] = ()


COLUMNS = {
    column.name: column
    for column in (
        Column("arrival_date", "date"),
        Column("departure_date", "date"),
        Column("admitted_until", "date"),
        Column("permission", "code", PERMISSION),
        Column("sex", "code", SEX),
        Column("birth_date", "date"),
        Column("age", "integer"),
        Column("country_of_birth", "country"),
        Column("birth_class", "code", BIRTH_CLASS),
        Column("citizenship", "country"),
        Column("citizenship_class", "code", CITIZENSHIP_CLASS),
        Column("former_citizenship", "country"),
        Column("residence", "country"),
        Column("destination", "country"),
        Column("purpose", "text"),
        Column("visa_class", "text"),
        Column("route", "code", ROUTE),
        # Of trips, where only the month of exit is known and not the day.
        Column("exit_year", "integer"),
        Column("exit_month", "integer"),
        Column("nights", "integer"),
        Column("visit_kind", "code", VISIT_KIND),
        Column("region_group", "text"),
        Column("accommodation", "code", ACCOMMODATION),
        Column("mother", "text"),
        Column("year_of_entry", "integer"),
        Column("year_of_naturalisation", "integer"),
        Column("residence_one_year_ago", "code", RESIDENCE_ONE_YEAR_AGO),
        Column("cluster", "text"),
        # Of published counts alone. Lower triangle: events after the birthday of the year; upper: before it.
        Column("measure", "code", tuple(MEASURES)),
        Column("age_group", "text"),
        Column("region", "text"),
        Column("triangle", "code", TRIANGLE),
        Column("cohort", "integer"),
        Column("vintage", "code", VINTAGE),
    )
}

PERSON_ATTRIBUTES = ("sex", "birth_date", "country_of_birth", "citizenship")
"""Attributes of the person, not of the movement: resolved once per person over all sources."""
