"""The encoding of a file that nobody states: found in its bytes, the commonest first where several would do."""

import pytest

from sojourn.engine.encodings import detected

SPANISH = "España;Perú\nMéxico;NÚÑEZ Ñúñez\n"
GERMAN = "Müller;Köln;Straße\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("one;é\n", "cp1252"),
        (SPANISH, "cp1252"),
        (GERMAN, "cp1252"),
        ("Côte d’Ivoire;Zoë;Élodie\n", "cp1252"),
        ("Łódź;Śląsk;Wałęsa\n", "cp1250"),
        ("Россия;Иванов\nУкраина;Киев\n", "cp1251"),
        ("Ελλάδα;Αθήνα\nΚύπρος\n", "cp1253"),
        ("日本;東京\n大阪;名古屋\n", "cp932"),
        (SPANISH, "utf-8"),
        (SPANISH, "utf-16"),
        ("plain\n", "utf-8"),
    ],
)
def test_the_encoding_that_was_written_is_found(tmp_path, text, encoding):
    file = tmp_path / "file.csv"
    file.write_bytes(text.encode(encoding))
    assert detected(file) == encoding


@pytest.mark.parametrize("text", ["Türkiye;Şişli;İstanbul\n", "Česko;Žižkov;Řím\n"])
def test_other_alphabets_are_not_taken_for_western_european(tmp_path, text):
    file = tmp_path / "file.csv"
    file.write_bytes(text.encode("cp1254" if "Ş" in text else "cp1250"))
    assert detected(file) != "cp1252"
