"""What stops a run although every file could be read: figures from it would mislead."""

from collections.abc import Iterator, Mapping

from sojourn.definitions.country import Country
from sojourn.definitions.demographic_account import DemographicAccount
from sojourn.engine.portable import literal
from sojourn.engine.session import Session, Written
from sojourn.errors import Problem, SojournError, problem
from sojourn.messages import say
from sojourn.run.scope import has_complete_list


LAST = ""
"""In place of a step's name: when every step is done."""


def stop_if_senseless(session: Session, country: Country, step: str, tables: Mapping[str, Written]) -> None:
    """Look at what a step has made. Raises SojournError with every reason not to go on; the step's tables stay to be read."""
    checks = {"validate": too_many_rejected, "persons": no_nationals, "lexis": account_fails, LAST: nothing_counted}
    found = list(checks[step](session, country, tables)) if step in checks else []
    if found:
        raise SojournError(*found)


def too_many_rejected(session: Session, country: Country, tables: Mapping[str, Written]) -> Iterator[Problem]:
    """Sources with more rejected records than their file allows."""
    for row in session.rows("SELECT source, read, rejected FROM balance ORDER BY source NULLS LAST"):
        allowed = country.sources[row["source"]].stop_if_rejected_over
        if row["rejected"] > allowed * row["read"]:
            document, listed = country.documents[row["source"]], tables["issues"].path
            facts = {**row, "allowed": allowed, "reasons": reasons(session, row["source"]), "listed": listed}
            yield problem("run.too_many_rejected", document.file, document.line(("stop_if_rejected_over",)), **facts)


def reasons(session: Session, source: str) -> str:
    """Why records of a source were rejected, most frequent first."""
    rows = session.rows(
        f"SELECT field, reason, count(*) AS records FROM issues WHERE source = {literal(source)} AND action = 'rejected' "
        "GROUP BY ALL ORDER BY records DESC NULLS LAST, field NULLS LAST, reason NULLS LAST"
    )
    return ", ".join(f"{row['field']} {row['reason']} {row['records']}" for row in rows)


def no_nationals(session: Session, country: Country, tables: Mapping[str, Written]) -> Iterator[Problem]:
    """A complete list of residents on which nobody was born in the country or is its citizen: the country code is wrong."""
    code = literal(country.file.code)
    named = session.rows(
        "SELECT count(country_of_birth) + count(citizenship) AS known, "
        f"count(*) FILTER (WHERE country_of_birth = {code} OR citizenship = {code}) AS own FROM persons"
    )[0]
    if has_complete_list(country) and named["known"] and not named["own"]:
        document = country.documents[country.file.id]
        yield problem("run.no_nationals", document.file, document.line(("code",)), country=country.file.code)


def account_fails(session: Session, country: Country, tables: Mapping[str, Written]) -> Iterator[Problem]:
    """Checks of a demographic account that fail beyond what its definition allows."""
    definition = country.of_kind(DemographicAccount)[0]
    for row in session.rows("SELECT name, examined, failing FROM lexis_checks ORDER BY name NULLS LAST"):
        if not definition.allows(row["name"], row["failing"], row["examined"]):
            document, words = country.documents[definition.id], say(f"lexis.check_{row['name']}")
            facts = {"check": words, "failing": row["failing"], "examined": row["examined"]}
            yield problem("lexis.check_failed", document.file, document.line(("below_zero",)), **facts)


def nothing_counted(session: Session, country: Country, tables: Mapping[str, Written]) -> Iterator[Problem]:
    """A run without any figure, as for a period in which no record falls."""
    if "cells" not in tables or not session.rows("SELECT count(value) AS figures FROM cells")[0]["figures"]:
        document = country.documents[country.file.id]
        yield problem("run.nothing_counted", document.file, document.line(("period",)))
