"""Birthplaces under a rule of borders: which state a person was born in, and whether that is this country.

The rules in words are those of `definitions.concordance`; the history of territories is `lists.territories`. A country
without a rule reads the code as it stands.
"""

from sojourn.concepts.columns import PERSON_ATTRIBUTES
from sojourn.engine.portable import literal, literals
from sojourn.lists.territories import candidates, fates, holdings, states

RULES = ("now", "then")


def born(country: str, borders: str | None) -> str:
    """SQL of the view `born`: persons, `country_of_birth` under the rule, and `birth` (native, foreign or unknown)."""
    place, birth = placed(country, borders)
    named = ", ".join(f"{place} AS {name}" if name == "country_of_birth" else name for name in PERSON_ATTRIBUTES)
    return f"SELECT person, {named}, {birth} AS birth FROM persons"


def placed(country: str, borders: str | None) -> tuple[str, str]:
    """SQL of the country of birth, and of the birth class, over the columns country_of_birth and birth_date."""
    if borders == "then":
        return _then_state(), _then_class(country)
    if borders == "now":
        return _now_place(), _now_class(country)
    return "country_of_birth", _class(country, "country_of_birth", [], [])


def _class(country: str, place: str, native: list[str], unknown: list[str]) -> str:
    """The class by conditions: a country's own code is always its own; what may be here and may not be is unknown."""
    own = f"country_of_birth = {literal(country)} OR {place} = {literal(country)}"
    parts = [f"WHEN country_of_birth IS NULL THEN 'unknown' WHEN {own} THEN 'native'"]
    parts += [f"WHEN {each} THEN 'native'" for each in native] + [f"WHEN {each} THEN 'unknown'" for each in unknown]
    return f"CASE {' '.join(parts)} ELSE 'foreign' END"


def _within(begin: object, end: object) -> str:
    return f"birth_date >= DATE {literal(begin)} AND birth_date < DATE {literal(end)}"


def _then_state() -> str:
    """The state that held the whole of the place on the day of birth; the place itself where none did, or no day is known."""
    held = [
        f"WHEN country_of_birth = {literal(each.country)} AND {_within(each.begin, each.end)} THEN {literal(each.state)}"
        for each in holdings()
        if each.whole
    ]
    return f"CASE {' '.join(held)} ELSE country_of_birth END"


def _then_class(country: str) -> str:
    """Native: the state of birth then held this country's territory or a part of it. Unknown: the day is not known, and would tell."""
    here = [each for each in holdings() if each.country == country]
    native = [f"{_then_state()} = {literal(each.state)} AND {_within(each.begin, each.end)}" for each in here]
    shared = {each.state for each in here} | {country}
    near = {each.country for each in holdings() if each.state in shared} | shared - {country}
    unknown = [f"birth_date IS NULL AND country_of_birth IN ({literals(sorted(near - {country}))})"] if near - {country} else []
    unknown += [_at_no_such_day(each) for each in states() if country in candidates(each, None)]
    return _class(country, _then_state(), native, unknown)


def _now_place() -> str:
    """The present country in which the place must lie; a state whose territory is several countries now stays as it is."""
    settled = [
        f"WHEN country_of_birth = {literal(each.state)} AND {_within(each.begin, each.end)} THEN {literal(each.countries[0])}"
        for each in fates()
        if len(each.countries) == 1
    ]
    settled += [f"WHEN country_of_birth = {literal(each)} THEN {literal(candidates(each, None)[0])}" for each in states() if len(candidates(each, None)) == 1]
    return f"CASE {' '.join(settled)} ELSE country_of_birth END"


def _now_class(country: str) -> str:
    """Unknown: the place was in a state of whose territory this country is a part, and nothing tells which part."""
    mine = [each for each in fates() if country in each.countries and len(each.countries) > 1]
    unknown = [f"country_of_birth = {literal(each.state)} AND {_within(each.begin, each.end)}" for each in mine]
    unknown += [_at_no_such_day(each) for each in states() if country in candidates(each, None) and len(candidates(each, None)) > 1]
    return _class(country, _now_place(), [], unknown)


def _at_no_such_day(state: str) -> str:
    """Born in a state on a day that is not known, or, where the state is no more, on which it was not."""
    days = [f"({_within(each.begin, each.end)})" for each in fates() if each.state == state]
    outside = f" OR NOT ({' OR '.join(days)})" if state not in candidates(state, None) else ""
    return f"country_of_birth = {literal(state)} AND (birth_date IS NULL{outside})"


def effect(country: str, borders: str, moments: dict[str, int]) -> str:
    """SQL of `birthplace_effect`: residents by birth class under each rule of borders. Grain: moment x rule.

    moments: names of the moments to their day numbers. in_use: whether the rule is the country's.
    """
    classes = ", ".join(f"{placed(country, rule)[1]} AS birth_{rule}" for rule in RULES)
    described = f"SELECT person, {classes} FROM persons"
    each = " UNION ALL ".join(
        f"SELECT {literal(moment)} AS moment, {literal(rule)} AS rule, {str(rule == borders).lower()} AS in_use, "
        f"{_counted(rule)} FROM ({_residents(day)}) AS r LEFT JOIN ({described}) AS p ON p.person = r.person"
        for moment, day in moments.items()
        for rule in RULES
    )
    return f"SELECT * FROM ({each}) ORDER BY moment NULLS LAST, rule NULLS LAST"


def _residents(day: int) -> str:
    return (
        "SELECT person FROM statuses WHERE status = 'resident' AND "
        f"(start < {day} OR (start = {day} AND opened_by = 'begin')) AND {day} <= \"end\""
    )


def _counted(rule: str) -> str:
    kinds = {"native_born": "native", "foreign_born": "foreign", "undetermined": "unknown"}
    return ", ".join(
        f"CAST(count(*) FILTER (WHERE coalesce(birth_{rule}, 'unknown') = {literal(word)}) AS BIGINT) AS {name}" for name, word in kinds.items()
    )
