"""Spellings of countries in many languages, nationalities, and suggestions."""

import pytest

from sojourn.definitions.country_names import by_code, by_name, normalised, suggestion
from sojourn.lists import rows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DEU"), ("Alemania", "DEU"), ("ALLEMAGNE", "DEU"), ("Германия", "DEU"), ("ألمانيا", "DEU"), ("德国", "DEU"),
        ("Côte d’Ivoire", "CIV"), ("Cote dIvoire", "CIV"), ("COTE D'IVOIRE", "CIV"), ("Ivory Coast", "CIV"), ("Elfenbeinküste", "CIV"),
        ("the Netherlands", "NLD"), ("Bosnia & Herzegovina", "BIH"), ("bosnia and  herzegovina", "BIH"), ("Viet-Nam", "VNM"),
        ("Latvija", "LVA"), ("Eesti", "EST"), ("USSR", "SUN"), ("Burma", "MMR"), ("German", "DEU"), ("Latvian", "LVA"), ("Polish", "POL"),
    ],
)  # fmt: skip
def test_a_spelling_names_its_country(text, code):
    assert by_name(text) == code


@pytest.mark.parametrize("text", ["Korean", "Dominican", "Congolese", "Atlantis", "", "  ", "-", "Smith"])
def test_what_names_two_countries_or_none_matches_none(text):
    assert by_name(text) is None


def test_every_shipped_name_is_found_or_shared():
    """A name finds its own country; where two share one (after folding), neither."""
    for row in [*rows("country_names"), *rows("country_names_un")]:
        assert by_name(row["name"]) in (row["alpha3"], None), row
        assert by_name(row["name"].upper()) in (row["alpha3"], None), row


@pytest.mark.parametrize(("text", "code"), [("DE", "DEU"), ("deu", "DEU"), ("276", "DEU"), ("4", "AFG"), ("004", "AFG"), ("SU", None), ("999", None)])
def test_codes_of_iso(text, code):
    assert by_code(text) == code


@pytest.mark.parametrize(("text", "code"), [("Germny", "DEU"), ("Swizerland", "CHE"), ("DE", "DEU"), ("Qqqq", None), ("9", None), ("276", None)])
def test_suggestions(text, code):
    assert suggestion(text) == code


def test_folding():
    assert normalised("  The  CÔTE-d’Ivoire ") == "cote divoire"
    assert normalised("São Tomé & Príncipe") == "sao tome and principe"
