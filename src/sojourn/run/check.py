"""Check a country folder: definitions, sources, files, coverage, drawn lives; every problem at once."""

from datetime import date
from pathlib import Path

from sojourn.definitions.case import check_case
from sojourn.definitions.country import Country
from sojourn.definitions.demographic_account import DemographicAccount
from sojourn.definitions.load import read_country
from sojourn.definitions.period import Period
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.source import CodeFile, Source, allowed_codes
from sojourn.definitions.temporary_mobility import TemporaryMobility, read_types
from sojourn.engine.read import detected, inspect
from sojourn.errors import Problem, SojournError, problem, warning
from sojourn.reference.residence import decide
from sojourn.run.codes import concordance_problems
from sojourn.run.counted import count_problems
from sojourn.run.date_patterns import pattern_warnings
from sojourn.run.door import read_codes
from sojourn.run.external import external_problems
from sojourn.run.published import published_problems
from sojourn.run.governance import doubts, refusals
from sojourn.run.rejected import rejection_problems
from sojourn.run.scope import definitions_in_use, observation, of_unit
from sojourn.run.secret import PUBLIC, read_secret, secret_fingerprint
from sojourn.run.unmapped import unmapped_warnings
from sojourn.stages import lexis


def check(folder: Path | str) -> list[Problem]:
    """Every problem of the definitions and sources of a country folder, warnings included."""
    country, found = read_country(folder)
    if country is None:
        return found
    if any(not each.warning for each in found):
        # What does not load is missing from the country: what the rest lacks for want of it would lead astray.
        return found + source_problems(country)
    looked_at = (refusals, doubts, _data_and_codes, detected_formats, case_problems, secret_problems, idle_definitions)
    return found + [each for look in looked_at for each in look(country)]


def _data_and_codes(country: Country) -> list[Problem]:
    """Problems of the data; and, where they can be read, the values that no code list knows, and the dates that stand out."""
    found = data_problems(country)
    if not all(each.warning for each in found):
        return found
    return found + rejection_problems(country) + unmapped_warnings(country) + pattern_warnings(country)


def data_problems(country: Country) -> list[Problem]:
    """Problems of the files, and of sources that do not fit together."""
    looked_at = (
        source_problems, published_problems, external_problems, concordance_problems, _coverage_problems, _account_problems,
        count_problems, _drawn_problems,
    )  # fmt: skip
    return [each for look in looked_at for each in look(country)]


def source_problems(country: Country) -> list[Problem]:
    """Problems of the files and code lists of each source alone."""
    found = [each for source in country.sources.values() for each in inspect(source, country.parts(source), country.path)]
    return found + _code_problems(country)


def detected_formats(country: Country) -> list[Problem]:
    """A warning with what was found for each file whose encoding or delimiter is not stated."""
    return [
        warning("files.detected", file, encoding=form.text_encoding, delimiter=form.delimiter)
        for source in country.sources.values()
        for file, form in detected(source, country.parts(source)).items()
    ]


def _account_problems(country: Country) -> list[Problem]:
    """Dated facts that make no account, and an account of which nobody says how far its files may differ."""
    sources = of_unit(country, "dated")
    found = lexis.problems(country, sources)
    defined = not sources or country.of_kind(DemographicAccount)
    return found if defined else [*found, problem("lexis.no_definition", country.path / "definitions")]


def _drawn_problems(country: Country) -> list[Problem]:
    """A drawn country shows its persons one by one: it must be one whose pseudonyms hide nobody, by the public key."""
    if not country.file.drawn:
        return []
    try:
        public = secret_fingerprint(read_secret(country)) == PUBLIC
    except SojournError as error:
        return list(error.problems)
    document = country.documents[country.file.id]
    return [] if public else [problem("run.drawn_but_secret", document.file, document.line(("drawn",)))]


def _code_problems(country: Country) -> list[Problem]:
    """Code lists that cannot be used."""
    mapped = [(allowed_codes(name, source.unit), name, each.codes) for source in country.sources.values() for name, each in source.mappings().items()]
    lists = [lambda each=each: _targets(country, *each) for each in mapped if isinstance(each[-1], CodeFile)]
    lists += [lambda each=each: read_types(country.path, each) for each in country.of_kind(TemporaryMobility)]
    found: list[Problem] = []
    for read in lists:
        try:
            read()
        except SojournError as error:
            found.extend(error.problems)
    return found


def _targets(country: Country, allowed: frozenset[str], name: str, codes: CodeFile) -> None:
    """Read the code list of a canonical column. Raises SojournError where it leads to values that the column cannot have."""
    found = set(read_codes(country, codes).column("target").to_pylist())
    if allowed and found - allowed:
        facts = {"column": name, "targets": ", ".join(sorted(found - allowed)), "known": ", ".join(sorted(allowed))}
        raise SojournError(problem("definitions.unknown_target", country.resolve(codes.file), **facts))


def case_problems(country: Country) -> list[Problem]:
    """Drawn lives that the rule decides otherwise than they expect."""
    found = []
    for rule in country.of_kind(ResidenceRule):
        document = country.documents[rule.id]
        for number, case in enumerate(rule.cases):
            line = document.line(("cases", number))
            found += [Problem(each.code, document.file, line, each.fields) for each in check_case(case, rule, decide)]
    return found


def secret_problems(country: Country) -> list[Problem]:
    """A warning where a run would stop for want of a secret: definitions can be checked without one."""
    try:
        read_secret(country)
    except SojournError as error:
        return [Problem(each.code, each.file, each.line, each.fields, warning=True) for each in error.problems]
    return []


def idle_definitions(country: Country) -> list[Problem]:
    """A warning for each definition that decides nothing in this country; the methodology leaves it out."""
    used = [each.id for each in definitions_in_use(country)]
    return [
        warning("definitions.not_used", country.documents[name].file, 1, id=name) for name in country.definitions if name not in used
    ]


def _coverage_problems(country: Country) -> list[Problem]:
    """Sources of persons' events must cover one observation; and someone must decide who is resident."""
    sources = [source for source in of_unit(country, "person") if source.event]
    if not sources:
        return []
    first, last = observation(country)
    found = [each for source in sources for each in _coverage_of(country, source, first, last)]
    return found + ([] if country.rule else [problem("run.no_rule", country.path / "country.yaml")])


def _coverage_of(country: Country, source: Source, first: date, last: date) -> list[Problem]:
    """A list may stand on its own date inside the observation; every other source of events must cover the whole of it."""
    begin, end = source.covers.begin, source.covers.end
    listed = source.event_kinds() == ("enumeration",)
    if first <= begin <= last if listed else (begin, end) == (first, last):
        return []
    document = country.documents[source.id]
    code = "run.list_outside" if listed else "run.coverage_differs"
    facts = {"source": source.id, "begin": begin, "end": end, "first": first, "last": last}
    return [problem(code, document.file, document.line(("covers",)), **facts)]


def period_problems(country: Country, period: Period) -> list[Problem]:
    """Sources whose coverage does not hold the period. Lists on one date need not, nor published tables, each of its own years."""
    return [
        problem(
            "run.period_not_covered",
            country.documents[source.id].file,
            country.documents[source.id].line(("covers",)),
            period=period.label,
            source=source.id,
            begin=source.covers.begin,
            end=source.covers.end,
        )
        for source in country.sources.values()
        if source.event_kinds() != ("enumeration",)
        and source.unit != "count"
        and not (source.covers.begin <= period.start and period.end <= source.covers.end)
    ]
