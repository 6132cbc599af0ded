"""What only statistical packages know: value labels, codes declared missing, extended missing values; and bad files."""

from datetime import date

import pyarrow as pa
import pytest

from sojourn.definitions.delivery import Format
from sojourn.engine.readers import statistical as reader
from sojourn.errors import SojournError

programs = pytest.mark.programs
TYPES = {"sav": "spss", "dta": "stata", "sas7bdat": "sas", "xpt": "sas"}


def columns(found) -> dict[str, list]:
    return pa.Table.from_batches(found.batches()).to_pydict()


@programs
def test_spss_declares_values_and_ranges_to_be_missing(statistical, read):
    found = read(Format(type="spss"), statistical / "missing.sav")
    assert columns(found) == {"code": ["A", "ZZ", "B"], "age": [30, 98, 99], "pay": [1.5, -1.0, 2.0], "idle": [1, 2, 3]}
    assert found.missing == {"code": ("ZZ",), "age": ("98", "99"), "pay": ("-1.0",)}
    assert found.labels == {"code": {"ZZ": "unbekannt"}, "age": {"98": "weiß nicht"}, "pay": {"-1.0": "keine Angabe"}}
    assert found.titles["age"] == "Alter in Jahren"


@programs
def test_extended_missing_values_of_stata_stay_apart(statistical, read):
    found = read(Format(type="stata"), statistical / "missing.dta")
    assert columns(found) == {"age": ["30", ".a", ".z", None], "born": [date(1986, 5, 1), None, None, None]}
    assert found.missing == {"age": (".a", ".z")}
    assert found.labels == {"age": {"30": "dreißig", ".a": "verweigert"}}


@programs
def test_special_missing_values_of_sas_stay_apart(statistical, read):
    found = read(Format(type="sas"), statistical / "missing.sas7bdat")
    assert (columns(found), found.missing) == ({"age": ["30", ".R", None]}, {"age": (".R",)})


@programs
@pytest.mark.parametrize("name", ["long.sav", "long.dta"])
def test_a_long_file_comes_in_batches_of_one_type(statistical, read, name):
    found = read(Format(type=TYPES[name[5:]]), statistical / name)
    batches = list(found.batches())
    whole = pa.Table.from_batches(batches)
    assert len(batches) == 2 and whole.num_rows == 70_000
    assert whole["number"].to_pylist() == list(range(1, 70_001)) and whole["half"].type == pa.float64()


@programs
def test_a_file_without_records_has_its_columns(statistical, read):
    found = read(Format(type="spss"), statistical / "none.sav")
    assert len(found.columns) == 7 and [batch.num_rows for batch in found.batches()] == [0]


@programs
def test_names_that_differ_in_capitals_alone(statistical, faults):
    assert faults(Format(type="stata"), statistical / "double.dta") == [
        ("double_column", None, {"column": "Sex"}), ("double_column", None, {"column": "sex"})
    ]  # fmt: skip


@programs
def test_dates_beyond_all_calendars(statistical, faults):
    assert faults(Format(type="spss"), statistical / "far.sav") == [("far_date", None, {"column": "day"})]


@programs
@pytest.mark.parametrize("ending", TYPES)
def test_no_cut_takes_records_away_without_a_word(statistical, tmp_path, read, ending):
    """Cut in many places: the file is refused, or only what fills its end is gone."""
    form, whole = Format(type=TYPES[ending]), (statistical / f"people.{ending}").read_bytes()
    full, refused = columns(read(form, statistical / f"people.{ending}")), 0
    for size in [*(len(whole) * part // 20 for part in range(1, 20)), len(whole) - 70, len(whole) - 1]:
        (tmp_path / f"cut.{ending}").write_bytes(whole[:size])
        try:
            assert columns(read(form, tmp_path / f"cut.{ending}")) == full
        except SojournError as error:
            assert error.problems[0].code in {"readers.not_of_type", "readers.cut_off"}
            refused += 1
    assert refused > 10


@pytest.mark.parametrize("ending", [*TYPES, "zsav", "por"])
def test_a_text_that_is_called_a_data_file(tmp_path, faults, ending):
    kind = TYPES.get(ending, "spss")
    (tmp_path / f"people.{ending}").write_text("key,sex\n1,2\n" * 40, encoding="utf-8")
    assert faults(Format(type=kind), tmp_path / f"people.{ending}") == [("not_of_type", None, {"type": kind})]


def test_a_file_of_another_package(tmp_path, faults):
    (tmp_path / "people.dta").touch()
    assert faults(Format(type="spss"), tmp_path / "people.dta")[0][0] == "other_suffix"


def test_an_encrypted_file_of_spss(tmp_path, faults):
    (tmp_path / "people.sav").write_bytes(b"\x1c" + bytes(7) + b"ENCRYPTEDSAV" + bytes(90))
    assert faults(Format(type="spss"), tmp_path / "people.sav") == [("protected", None, {})]


@programs
def test_an_encoding_can_be_stated_and_an_unknown_one_is_refused(statistical, read, faults):
    found = read(Format(type="spss", encoding="latin1"), statistical / "people.sav")
    assert columns(found)["name"][0] == "Zoë Šćž".encode().decode("latin1")
    assert faults(Format(type="spss", encoding="nonsense"), statistical / "people.sav") == [("encoding", None, {})]


class Facts:
    """What the library says of a SAS file: the format of each column."""

    variable_to_label = {"sex": "SEXF", "age": "UNKNOWN"}
    variable_value_labels: dict = {}
    value_labels = {"SEXF": {1.0: "male"}}


def test_labels_of_sas_stand_in_the_catalogue_beside_the_file(tmp_path, monkeypatch):
    """No free program writes a catalogue, so the library's answer is put in its place."""
    library = type("Library", (), {"read_sas7bcat": staticmethod(lambda path, output_format: ({}, Facts()))})
    monkeypatch.setattr(reader, "library", lambda name, extra: library)
    path = tmp_path / "people.sas7bdat"
    assert reader._labels(path, Facts()) == {}
    (tmp_path / "people.sas7bcat").touch()
    assert reader._labels(path, Facts()) == {"sex": {1.0: "male"}, "age": {}}
