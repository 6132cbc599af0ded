"""Files that are not what their source file says: each fault named with its file and line, before a record is read."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.attack import lands
from tests.attack.traces import balance, runs


def rewrite(path, old: str, new: str, encoding: str = "utf-8") -> None:
    """Put one text in place of another that the file must hold."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode(encoding))


def both(folder, refused) -> str:
    """Check and run refuse alike, and no run is left."""
    said = refused(folder, "check", folder)
    refused(folder)
    assert runs(folder) == []
    return said


def test_missing_column(persons, refused):
    file = persons / "data" / "crossings.csv"
    rewrite(file, "direction", "way")
    said = both(persons, refused)
    assert f"{file}:1: " in said and "`direction`" in said and "number, passport, way" in said


def test_missing_column_of_parquet(stays, refused):
    table = pa.table(lands.STAYS).drop_columns(["left"])
    pq.write_table(table, stays / "data" / "admissions.parquet")
    assert "`left`" in both(stays, refused)


@pytest.mark.parametrize("values", [list(range(8)), [1.5] * 8, [True] * 8])
def test_wrong_type_of_a_date_in_parquet(tmp_path, refused, values):
    folder = lands.stays_land(tmp_path / "land", arrived=values)
    assert "`arrived`" in both(folder, refused)


def test_text_date_in_parquet_without_a_format(tmp_path, refused):
    folder = lands.stays_land(tmp_path / "land", left=["20210410"] * 8)
    assert "`left`" in both(folder, refused)


@pytest.mark.parametrize("wrong", [{"w0": ["x"] * 40}, {"w0r2": ["heavy"] * 40}])
def test_weights_that_are_no_numbers(survey, refused, wrong):
    pq.write_table(pa.table(lands.respondents() | wrong), survey / "data" / "survey.parquet")
    assert f"`{next(iter(wrong))}`" in both(survey, refused)


@pytest.mark.parametrize("name", ["data/crossings.csv", "data/deaths.csv"])
def test_empty_file(persons, refused, name):
    (persons / name).write_bytes(b"")
    assert f"{persons / name}: The file is empty" in both(persons, refused)


def test_empty_parquet(stays, refused):
    (stays / "data" / "admissions.parquet").write_bytes(b"")
    assert "The file is empty" in both(stays, refused)


@pytest.mark.parametrize("ending", ["\n", ""])
def test_header_only(persons, refused, ending):
    (persons / "data" / "deaths.csv").write_text("passport,day" + ending, encoding="utf-8")
    assert "deaths.csv: The file has a header and no records" in both(persons, refused)


def test_header_only_parquet(stays, refused):
    pq.write_table(pa.table(lands.STAYS).slice(0, 0), stays / "data" / "admissions.parquet")
    assert "no records" in both(stays, refused)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_truncated_parquet(stays, refused, share):
    file = stays / "data" / "admissions.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert f"{file}: The file is not a complete Parquet file" in both(stays, refused)


def test_parquet_with_pages_overwritten(stays, refused):
    """The footer is whole, the records are not: found while reading, still without a traceback."""
    file = stays / "data" / "admissions.parquet"
    whole = bytearray(file.read_bytes())
    whole[4:400] = b"\xff" * 396
    file.write_bytes(whole)
    assert "Traceback" not in refused(stays)
    assert runs(stays) == []


def test_latin_1_in_declared_utf_8(persons, refused):
    file = persons / "data" / "crossings.csv"
    rewrite(file, "1979-01-15,XFA,XFA,\n9,", "1979-01-15,Épire,XFA,\n9,", "latin-1")
    said = both(persons, refused)
    assert f"{file}:9: The line is not valid utf-8 text" in said


@pytest.mark.parametrize("encoding", ["latin-1", "windows-1252", "iso8859-2", "utf-16", "mac-roman"])
def test_the_right_encoding_is_read(persons, produced, encoding):
    file = persons / "data" / "crossings.csv"
    file.write_bytes(file.read_text(encoding="utf-8").replace("1979-01-15,XFA", "1979-01-15,Épire").encode(encoding))
    rewrite(persons / "sources" / "crossings.yaml", "evidence:", f"format: {{encoding: {encoding}}}\nevidence:")
    produced(persons)


@pytest.mark.parametrize("encoding", ["utf-9", "klingon", "base64", "''"])
def test_an_encoding_that_cannot_be_read(persons, refused, encoding):
    source = persons / "sources" / "crossings.yaml"
    rewrite(source, "evidence:", f"format: {{encoding: {encoding}}}\nevidence:")
    assert "encoding" in both(persons, refused)


@pytest.mark.parametrize("delimiter", ["''", "';;;;;'", "'\n'", "'\"'"])
def test_a_delimiter_that_cannot_be_used(persons, refused, delimiter):
    rewrite(persons / "sources" / "crossings.yaml", "evidence:", f"format: {{delimiter: {delimiter}}}\nevidence:")
    both(persons, refused)


def test_the_wrong_delimiter_is_one_problem_that_names_the_right_one(persons, refused):
    file = persons / "data" / "crossings.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    text = both(persons, refused)
    assert text.count("problem:") == 1 and 'delimiter: ";"' in text


@pytest.mark.parametrize("codes", ["{F: femal, M: male}", "{file: codes/sex.csv, from: code, to: target}"])
def test_codes_that_lead_to_no_canonical_value(persons, refused, codes):
    (persons / "codes" / "sex.csv").write_text("code,target\nF,femal\nM,male\n", encoding="utf-8")
    rewrite(persons / "sources" / "crossings.yaml", "{F: female, M: male}", codes)
    text = both(persons, refused)
    assert "femal" in text and "female, male, other, unknown" in text


def test_the_wrong_delimiter(persons, refused):
    rewrite(persons / "sources" / "crossings.yaml", "evidence:", "format: {delimiter: ;}\nevidence:")
    both(persons, refused)


def test_torn_lines_are_all_listed(persons, refused):
    file = persons / "data" / "crossings.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, torn in ((3, lines[3][:20]), (6, lines[6] + ",surplus"), (9, '9,"open')):
        lines[number] = torn
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = both(persons, refused)
    assert [f"{file}:{number + 1}: " in said for number in (3, 6, 9)] == [True] * 3


def test_many_torn_lines_are_counted(persons, refused):
    file = persons / "data" / "deaths.csv"
    file.write_text("passport,day\n" + "one,two,three\n" * 1500, encoding="utf-8")
    said = both(persons, refused)
    assert said.count("does not have the 2 fields") == 20 and "1480 further lines" in said


def test_two_columns_of_one_name(persons, refused):
    file = persons / "data" / "deaths.csv"
    rewrite(file, "passport,day", "day,day")
    assert f"{file}:1: Two columns have the same name" in both(persons, refused)


def test_source_file_missing(persons, refused):
    file = persons / "data" / "births.csv"
    file.unlink()
    assert f"{file}: The file of source `births` is not there" in both(persons, refused)


def test_a_folder_where_a_file_should_be(persons, refused):
    file = persons / "data" / "births.csv"
    file.unlink()
    file.mkdir()
    assert f"{file}: " in both(persons, refused)


def test_code_list_missing(stays, refused):
    (stays / "codes" / "types.csv").unlink()
    assert "types.csv" in both(stays, refused)


@pytest.mark.parametrize("text", ["", "class,type\nB1,holiday\n", "one,two\n1,2\n", "class,type\nB1\n", "cl\xe4ss,type\n"])
def test_code_list_that_cannot_be_used(stays, refused, text):
    (stays / "codes" / "types.csv").write_bytes(text.encode("latin-1"))
    assert "types.csv" in both(stays, refused)


def test_two_files_of_which_one_lacks_a_column(persons, refused):
    rewrite(persons / "sources" / "deaths.yaml", "data/deaths.csv", "data/deaths*.csv")
    (persons / "data" / "deaths2.csv").write_text("passport,when\nA,2021-01-01\n", encoding="utf-8")
    assert "deaths2.csv:1: The column `day`" in both(persons, refused)


def test_two_files_with_columns_in_another_order(persons, produced):
    """A second delivery with its columns turned round does not slide under the wrong names."""
    rewrite(persons / "sources" / "deaths.yaml", "data/deaths.csv", "data/deaths*.csv")
    (persons / "data" / "deaths2.csv").write_text(f"day,passport\n2021-11-11,{lands.PEOPLE[0]}\n", encoding="utf-8")
    run = produced(persons)
    assert balance(run)["deaths"] | {"flagged": 0} == {"source": "deaths", "read": 2, "used": 2, "superseded": 0, "rejected": 0, "repaired": 0, "flagged": 0}


def test_no_such_folder(tmp_path, refused):
    assert "country.yaml" in refused(tmp_path / "nowhere")
