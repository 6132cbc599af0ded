"""Names from other collections of countries, read at test time: how many are found, and that none is found wrongly."""

import csv

import pytest

from sojourn.definitions.country_names import by_name, normalised
from sojourn.lists import rows

FOLDER = "country_codes"


def pairs(data_folder, file: str, code: str, *columns: str) -> list[tuple[str, str]]:
    """(name, code) of every filled name in the columns."""
    with (data_folder / FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return [(row[column], row[code]) for row in csv.DictReader(lines) for column in columns if row[column] and row[code]]


NAMES = ("name", "name_ara", "name_deu", "name_fra", "name_por", "name_rus", "name_spa", "name_zho")


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "code", "columns", "least", "apart"),
    [
        # Apart: Congo, Dominica and Saint Martin in languages where the other list gives one name to two of them.
        ("mledoze_countries.csv", "cca3", NAMES, 0.92, 5),
        # Apart: territories to which the other list gives the nationality of their state (French, Dutch, American ...).
        ("mledoze_countries.csv", "cca3", ("demonym_m_en",), 0.8, 6),
        ("iom_countrynames.csv", "iso3", ("name",), 0.9, 0),
        # Apart: Guiana, which is Guyana in several languages.
        ("country_converter.csv", "ISO3", ("name_short", "name_official"), 0.6, 1),
    ],
)
def test_names_of_others_are_found_and_never_wrongly(data_folder, file, code, columns, least, apart):
    """`apart`: names that both lists know and read as different countries."""
    found = [(name, right, by_name(name)) for name, right in pairs(data_folder, file, code, *columns)]
    assert sum(read is not None for _, _, read in found) >= least * len(found)
    assert sum(read not in (right, None) for _, right, read in found) == apart


@pytest.mark.real_data
def test_codes_and_dates_agree_with_another_list(data_folder):
    """ISO 3166-1 and the withdrawal dates of ISO 3166-3, in the form of another project."""
    with (data_folder / FOLDER / "iso3166_1.csv").open(encoding="utf-8", newline="") as lines:
        theirs = {(row["alpha_2"], row["alpha_3"], row["numeric"].zfill(3)) for row in csv.DictReader(lines)}
    assert {(row["alpha2"], row["alpha3"], row["numeric"]) for row in rows("iso3166_1")} == theirs
    with (data_folder / FOLDER / "iso3166_3_historic.csv").open(encoding="utf-8", newline="") as lines:
        former = {(row["alpha_4"], row["alpha_3"], row["withdrawal_date"]) for row in csv.DictReader(lines)}
    assert {(row["alpha4"], row["alpha3"], row["withdrawn"]) for row in rows("iso3166_3")} == former


def test_folding_keeps_countries_apart():
    assert normalised("Niger") != normalised("Nigeria") and by_name("Niger") == "NER"
