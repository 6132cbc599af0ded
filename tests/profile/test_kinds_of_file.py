"""Every kind of file is found by its name or content, and the same records give the same description."""

import csv
import io
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sojourn.definitions.yaml import load
from sojourn.errors import SojournError
from sojourn.run.profiling import profile, told
from tests.profile.outputs import profiled, said
from tests.profile.workbooks import workbook
from tests.readers.conftest import needed

HEADS = ["passport", "sex", "day", "nationality", "visits"]
ROWS = [[f"P{n:06}", "FM"[n % 2], (date(2016, 1, 1) + timedelta(days=n)).isoformat(), ["France", "Perú", "Côte d’Ivoire"][n % 3], str(n % 4)] for n in range(60)]
LAYOUT = "name,start,length\npassport,1,7\nsex,8,1\nday,9,10\nnationality,19,13\nvisits,32,1\n"


def text(delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADS, *ROWS])
    return out.getvalue()


def of_text(delimiter: str, encoding: str):
    return lambda path: path.write_bytes(text(delimiter).encode(encoding))


def of_parquet(path: Path) -> None:
    pq.write_table(pa.table(dict(zip(HEADS, zip(*ROWS, strict=True), strict=True))), path)


def of_fixed(path: Path) -> None:
    path.write_text("".join(f"{a}{b}{c}{d:<13}{e}\n" for a, b, c, d, e in ROWS), encoding="utf-8")
    path.with_name("layout.csv").write_text(LAYOUT, encoding="utf-8")


FILES = {
    "comma.csv": (of_text(",", "utf-8"), {"type": "csv", "encoding": "utf-8", "delimiter": ","}),
    # The letters of these names are the same in the code page of Central Europe, so the file cannot tell.
    "windows.csv": (of_text(";", "cp1252"), {"type": "csv", "encoding": "cp1252", "delimiter": ";"}),
    "tab.txt": (of_text("\t", "utf-16"), {"type": "csv", "encoding": "utf-16", "delimiter": "\t"}),
    "columns.parquet": (of_parquet, {"type": "parquet"}),
    "sheet.xlsx": (lambda path: workbook(path, records=[HEADS, *ROWS]), {"type": "excel"}),
    "fixed.dat": (of_fixed, {"type": "fixed", "encoding": "utf-8", "layout": "data/layout.csv"}),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_gives_the_same_description(tmp_path, name):
    make, form = FILES[name]
    make(tmp_path / name)
    layout = tmp_path / "layout.csv" if "layout" in form else None
    found = profile(tmp_path / name, tmp_path / "out", layout=layout)
    stated = load(found.written[0]).data
    assert stated["format"] == form
    assert ("accented letters" in found.written[0].read_text(encoding="utf-8")) == (form.get("encoding") == "cp1252")
    assert [row[1:] for row in told.rows(found)] == [
        ["text", "0.0%", "60", "identifier", ""],
        ["text", "0.0%", "2", "sex", "F 30, M 30"],
        ["a date", "0.0%", "60", "date", "%Y-%m-%d in 100.0%; 2016-01 to 2016-02"],
        ["text", "0.0%", "3", "citizenship", "Côte d’Ivoire 20, France 20, Perú 20"],
        ["whole numbers", "0.0%", "4", "-", "0 15, 1 15, 2 15, 3 15"],
    ]
    listed = {each.name.partition("_")[2]: list(csv.DictReader(each.open(encoding="utf-8"))) for each in found.written[1:]}
    assert [row["target"] for row in listed["nationality.csv"]] == ["CIV", "FRA", "PER"]
    assert [row["target"] for row in listed["sex.csv"]] == ["female", "male"]


@pytest.fixture(scope="module")
def statistical(tmp_path_factory) -> Path:
    program, _ = needed("Rscript", "/usr/lib/R/site-library/haven")
    folder = tmp_path_factory.mktemp("haven")
    subprocess.run([program, Path(__file__).with_name("write.R"), folder], check=True, capture_output=True)
    return folder


@pytest.mark.programs
@pytest.mark.parametrize("name", ["survey.sav", "survey.dta"])
def test_labels_of_the_file_tell_what_codes_mean(statistical, tmp_path, name):
    found = profile(statistical / name, tmp_path / name)
    lists = {each.name: each.read_text(encoding="utf-8") for each in found.written[1:]}
    assert "250,France,20,FRA\n276,Germany,30,DEU\n470,Malta,,MLT\n" in lists["survey_born_in.csv"]
    assert "1,Male,20,male\n2,Female,20,female\n" in lists["survey_sex.csv"]
    assert "Country of birth" in said(found)
    assert ("declared missing: 9" in said(found)) == (name == "survey.sav")


def refused(folder: Path, content: bytes, name: str = "unknown.csv") -> list[str]:
    with pytest.raises(SojournError) as error:
        profiled(folder, content, name)
    return [each.code for each in error.value.problems]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"PAR1....", "unknown.csv", "profile.other_content"),
        (b"", "unknown.csv", "files.empty"),
        (b"00000007 F2016-01-31FRA\n00000008 M2016-01-31FRA\n" * 3, "unknown.txt", "profile.no_layout"),
        (b"P0012345,F,2016-01-31\nP0012346,M,2016-02-01\n", "unknown.csv", "profile.no_head"),
        (b"Anna,Meyer\n" * 3, "unknown.csv", "profile.no_head"),
        (b"a,,c\n1,2,3\n", "unknown.csv", "profile.no_head"),
        (b"a,b,A\n1,2,3\n", "unknown.csv", "files.double_column"),
    ],
)
def test_files_that_cannot_be_described_are_refused(tmp_path, content, name, code):
    assert refused(tmp_path, content, name) == [code]


def test_nothing_is_overwritten(tmp_path):
    made = profiled(tmp_path, text(",").encode()).written
    made[0].unlink()
    made[1].write_text("mine", encoding="utf-8")
    with pytest.raises(SojournError) as error:
        profiled(tmp_path, text(",").encode())
    assert {each.code for each in error.value.problems} == {"profile.exists"}
    assert made[1].read_text(encoding="utf-8") == "mine" and not made[0].exists()


def test_torn_lines_are_named_and_left_out(tmp_path):
    found = profiled(tmp_path, b"sex,n\n" + b"F,1\n" * 10 + b"M\n" + b"M,2,3\n")
    assert [each.line for each in found.table.torn] == [12, 13] and found.table.records == 10


def test_repeated_records_and_keys_of_two_columns_are_found(tmp_path):
    rows = "".join(f"{n // 3},{n % 3},x\n" for n in range(30))
    assert profiled(tmp_path, f"household,line,c\n{rows}".encode()).keys == [("household", "line")]
    again = profiled(tmp_path, f"household,line,c\n{rows}0,0,x\n".encode(), "again.csv")
    assert again.keys == [] and again.repeated == 1


def test_namibia_is_a_country(tmp_path):
    lines = "".join(f"{code}\n" * 10 for code in ("NA", "ZA", "BW", "AO"))
    found = profiled(tmp_path, f"nationality\n{lines}".encode())
    assert "NA,,10,NAM" in found.written[1].read_text(encoding="utf-8") and found.columns[0].missing == []


def test_numbers_are_no_countries_without_labels(tmp_path):
    found = profiled(tmp_path, ("nationality\n" + "4\n" * 10 + "8\n" * 10 + "756\n" * 10).encode())
    assert "4,,10,\n" in found.written[1].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("date_birth", "birth_date"), ("fechaNacimiento", "birth_date"), ("Geburtsdatum", "birth_date"), ("تاريخ الميلاد", "birth_date"),
        ("data_nascimento", "birth_date"), ("date de naissance", "birth_date"), ("crossing_date", "date"), ("tarikh al haraka", "date"),
    ],
)  # fmt: skip
def test_names_of_columns_are_understood_in_several_languages(tmp_path, head, role):
    days = "".join(f"{date(2001, 1, 1) + timedelta(days=7 * n)}\n" for n in range(100))
    assert list(profiled(tmp_path, f"{head}\n{days}".encode()).looks) == [role]


def test_values_tell_what_names_do_not(tmp_path):
    rows = "".join(f"K{n % 40:07},{'ES'[n % 2]},{'HM'[n // 2 % 2]},{2016 + n % 2}-05-{1 + n % 28:02}\n" for n in range(80))
    found = profiled(tmp_path, f"a,b,c,d\n{rows}".encode())
    assert {role: look.column.name for role, look in found.looks.items()} == {"sex": "c", "event": "b", "identifier": "a", "date": "d"}


def test_codes_among_others_are_no_direction(tmp_path):
    lines = "I\n" * 50 + "O\n" * 900 + "K\n" * 40
    assert profiled(tmp_path, f"flag\n{lines}".encode()).looks == {}


def test_the_row_of_names_below_a_title_is_found(tmp_path):
    path = workbook(tmp_path / "titled.xlsx", records=[["Crossings of 2020"], [], HEADS, *ROWS])
    found = profile(path, tmp_path / "out")
    assert found.form.header_row == 3
    stated = profile(path, tmp_path / "stated", header_row=3)
    assert stated.form == found.form
