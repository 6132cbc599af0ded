"""Load a country folder: every file is read, every problem is collected, and all are shown at once."""

from pathlib import Path

from sojourn.definitions.country import Country, CountryFile
from sojourn.definitions.kinds import KINDS
from sojourn.definitions.maps import with_columns
from sojourn.definitions.period import parse_period
from sojourn.definitions.published import PublishedTable
from sojourn.definitions.source import Source
from sojourn.definitions.yaml import Document, load
from sojourn.errors import Problem, SojournError, problem


def load_country(folder: Path | str) -> Country:
    """The country in `folder`. Raises SojournError with every problem that stops a run; warnings do not raise."""
    country, problems = read_country(folder)
    stopping = [each for each in problems if not each.warning]
    if stopping or country is None:
        raise SojournError(*stopping)
    return country


def read_country(folder: Path | str) -> tuple[Country | None, list[Problem]]:
    """The country (None where `country.yaml` cannot be read) and all problems of its definitions."""
    path = Path(folder).resolve()
    if path.is_file():
        return None, [problem("definitions.not_a_folder", path)]
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    file = _build(path / "country.yaml", CountryFile, documents, problems)
    sources = _build_all(path / "sources", lambda _: Source, documents, problems)
    definitions = _build_all(path / "definitions", _model_of, documents, problems)
    published = _build_all(path / "published", lambda _: PublishedTable, {}, problems)
    if file is None:
        return None, problems
    country = Country(path, file, _ordered(file, sources), definitions, documents, published)
    return country, problems + ([] if problems else _cross_check(country))


def _build_all(folder: Path, model_of, documents, problems) -> dict[str, object]:
    """Every YAML file of a folder, by id."""
    found: dict[str, object] = {}
    for path in sorted(folder.glob("*.yaml")):
        built = _build(path, model_of, documents, problems)
        if built is None:
            continue
        if built.id in found:
            problems.append(problem("definitions.duplicate_id", path, documents[built.id].line(("id",)), id=built.id))
        found[built.id] = built
    return found


def _build(path: Path, model, documents: dict[str, Document], problems: list[Problem]):
    """One file as its model; its problems are collected, not raised."""
    try:
        document = load(path)
        model = model if isinstance(model, type) else model(document)
        document = with_columns(document, path.parent.parent) if model is Source else document
        built = document.build(model)
    except SojournError as error:
        problems.extend(error.problems)
        return None
    documents[built.id] = document
    problems.extend(_located(document, built.lint() if hasattr(built, "lint") else []))
    return built


def _model_of(document: Document) -> type:
    """The model that `kind:` names. A file with a `rule:` is a residence rule."""
    kind = document.data.get("kind", "residence rule" if "rule" in document.data else None)
    if kind not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise SojournError(problem("definitions.unknown_kind", document.file, document.line(("kind",)), kind=kind, known=known))
    return KINDS[kind]


def _located(document: Document, found: list[Problem]) -> list[Problem]:
    """Lint findings with the file, and the line where the finding names a key path."""
    return [
        Problem(each.code, document.file, each.line or document.line(each.fields.get("path", ())), each.fields, each.warning)
        for each in found
    ]


def _ordered(file: CountryFile, sources: dict[str, Source]) -> dict[str, Source]:
    """Sources in the order of the country file (the priority for a person's attributes), else by id."""
    named = [each for each in file.sources if each in sources]
    return {each: sources[each] for each in [*named, *sorted(set(sources) - set(named))]}


def _cross_check(country: Country) -> list[Problem]:
    """What only the files together show."""
    place = country.path / "country.yaml"
    line = country.documents[country.file.id].line if country.file.id in country.documents else lambda _: None
    found = [
        problem("definitions.source_not_found", place, line(("sources",)), source=each)
        for each in country.file.sources
        if each not in country.sources
    ]
    if country.file.residence and country.rule is None:
        found.append(problem("definitions.rule_not_found", place, line(("residence",)), rule=country.file.residence))
    if not country.sources:
        found.append(problem("definitions.no_sources", country.path / "sources"))
    try:
        parse_period(country.file.period)
    except SojournError as error:
        found += [Problem(each.code, place, line(("period",)), each.fields) for each in error.problems]
    return found
