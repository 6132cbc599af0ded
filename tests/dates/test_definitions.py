"""What a source file may say of its dates, and how it is told what it may not."""

import pytest
from ruamel.yaml import YAML

from sojourn.definitions.date_patterns import DatePatterns
from sojourn.definitions.load import load_country, read_country
from sojourn.definitions.source import Mapping
from tests.attack.lands import persons_land
from tests.docs.pages import pages


def told(folder, mapping: str) -> list[tuple[str, int | None]]:
    """The problems of a register whose birth dates are mapped so: codes and lines."""
    land = persons_land(folder / "land")
    source = land / "sources" / "register.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("  birth_date: born_on", f"  birth_date: {mapping}"), encoding="utf-8")
    found = [each for each in read_country(land)[1] if each.code.startswith("dates.")]
    assert all(each.part("") and each.part("_do") and each.file == source for each in found)
    return [(each.code.removeprefix("dates."), each.line) for each in found]


REFUSED = [
    ('{column: born_on, format: ["%d/%m/%Y", "%m/%d/%Y"]}', "ambiguous"),
    ('{column: born_on, format: ["%Y%m%d", "%d%m%Y"]}', "ambiguous"),
    ('{column: born_on, format: ["%y%m%d", "%d%m%y"], century: 1925}', "ambiguous"),
    ('{column: born_on, format: "%d.%m.%y"}', "two_digits"),
    ('{column: born_on, format: "%d.%m.%Y", century: 1925}', "idle_century"),
    ('{column: born_on, format: "%d %B %Y", calendar: persian}', "form"),
    ('{column: born_on, format: "%d.%m"}', "form"),
    ('{column: born_on, format: "%B %Y"}', "unstated"),
    ('{column: born_on, format: dd.mm.yyyy}', "form"),
    ('{column: born_on, format: "%d.%m", calendar: persian}', "form"),
    ('{column: born_on, format: "%d.%Y", partial: {year_only: first}}', "form"),
    ('{column: born_on, format: "%Y-%m-%d-%Y", partial: {year_only: first}}', "form"),
    ('{column: born_on, format: "%Y^%m", partial: {month_only: first}}', "form"),
    ('{column: born_on, format: ["%Y-%m-%d", "%Y"], partial: {month_only: 15}}', "unstated"),
    ('{column: born_on, format: ["%Y-%m-%d", "%Y"]}', "unstated"),
    ('{column: born_on, format: ["%Y-%m-%d", "%m/%Y"], partial: {year_only: first}}', "unstated"),
    ('{column: born_on, partial: {year_only: 13-01}}', "no_such_month"),
    ('{column: born_on, placeholders: ["1900-02-30"]}', "placeholder_form"),
    ('{column: born_on, placeholders: ["1/1/1900"]}', "placeholder_form"),
]


@pytest.mark.parametrize("mapping, code", REFUSED)
def test_what_would_be_guessed_is_refused(tmp_path, mapping, code) -> None:
    [(found, line)] = told(tmp_path, mapping)
    assert found == code and line is not None


ALLOWED = [
    '{column: born_on, format: ["%d.%m.%Y", "%Y"], partial: {year_only: 07-01}}',
    "{column: born_on, calendar: ethiopian, partial: {year_only: 13-05, month_only: middle}}",
    "{column: born_on, calendar: buddhist, placeholders: [2443-01-01]}",
    '{column: born_on, format: "%d %B %Y"}',
    '{column: born_on, format: ["%d/%m/%y", "%d/%m/%Y"], century: 1925}',
    "{column: born_on, placeholders: [1900-01-01, 9999-12-31]}",
    "{column: born_on, partial: {month_only: 15}}",
]


@pytest.mark.parametrize("mapping", ALLOWED)
def test_what_is_stated_is_read(tmp_path, mapping) -> None:
    assert told(tmp_path, mapping) == []


def test_only_dates_have_calendars(tmp_path) -> None:
    land = persons_land(tmp_path / "land")
    source = land / "sources" / "register.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("country_of_birth: born_in", "country_of_birth: {column: born_in, calendar: persian}"), encoding="utf-8")
    assert [each.code for each in read_country(land)[1]] == ["dates.not_a_date"]


def test_a_file_that_states_nothing_keeps_whole_dates(tmp_path) -> None:
    register = load_country(persons_land(tmp_path / "land")).sources["register"]
    assert register.columns["birth_date"].plain and register.columns["birth_date"].of_dates() == []


def test_the_examples_of_the_page_are_read() -> None:
    """Each block of the how-to page: mappings of date columns, and a definition."""
    (page,) = [each for each in pages() if each.name == "docs/how-to/dates.md"]
    blocks = [YAML(typ="safe").load(text) for text in page.blocks("yaml")]
    assert len(blocks) == 5
    for block in blocks:
        if "kind" in block:
            assert DatePatterns.model_validate(block).excess == 3
        else:
            assert Mapping.model_validate(next(iter(block.values()))).column
