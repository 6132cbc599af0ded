"""The same records from a spreadsheet, a file of SPSS, fixed width, PostgreSQL and ODBC: the same figures as from CSV."""

import csv
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

import sojourn
from tests.readers.conftest import needed

pytestmark = pytest.mark.programs
TO_SPSS = 'd <- read.csv("{0}", na.strings = "", colClasses = "character"); for (n in c("date", "birth_date")) d[[n]] <- as.Date(d[[n]]); haven::write_sav(d, "{1}")'


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def put(folder: Path, source: str, form: str, files: str | None, dates: str | None = None) -> None:
    """Write the source file anew: another format, other files or none, dates that are text of the form `dates`."""
    path = folder / "sources" / f"{source}.yaml"
    text = re.sub(r"^files: .*\n", f"files: {files}\n" if files else "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if dates:
        text = re.sub(r"^( *)(date|birth_date|admitted_until): (\w+)$", rf'\1\2: {{column: \3, format: "{dates}"}}', text, flags=re.MULTILINE)
    path.write_text(f"{text}format: {form}\n", encoding="utf-8")


def to_spreadsheet(folder: Path) -> None:
    (program,) = needed("soffice")
    save = [program, f"-env:UserInstallation=file://{folder}/settings", "--headless", "--convert-to", "xlsx", "--outdir", folder / "data"]
    subprocess.run([*save, folder / "data" / "births.csv"], check=True, capture_output=True)
    put(folder, "births", "{type: excel}", "data/births.xlsx")


def to_spss(folder: Path) -> None:
    program, _ = needed("Rscript", "/usr/lib/R/site-library/haven")
    path = folder / "data" / "citizenship_decisions.csv"
    subprocess.run([program, "-e", TO_SPSS.format(path, path.with_suffix(".sav"))], check=True, capture_output=True)
    put(folder, "citizenship_decisions", "{type: spss}", "data/citizenship_decisions.sav")


def to_fixed_width(folder: Path) -> None:
    lines = [f"{row['key']:5}{row['date']}" for row in rows(folder / "data" / "deaths.csv")]
    (folder / "data" / "deaths.txt").write_text("\n".join(lines) + "\n", encoding="utf-16")
    (folder / "layout.csv").write_text("name,start,length\nkey,1,5\ndate,6,10\n", encoding="utf-8")
    put(folder, "deaths", "{type: fixed, layout: layout.csv, encoding: utf-16}", "data/deaths.txt", "%Y-%m-%d")


def to_postgresql(folder: Path, register) -> None:
    register("CREATE TABLE residents (key text, sex smallint, birth_date date, country_of_birth char(3), citizenship text)")
    values = [", ".join(f"'{value}'" if value else "NULL" for value in row.values()) for row in rows(folder / "data" / "population_register.csv")]
    register(f"INSERT INTO residents VALUES ({'), ('.join(values)})")
    register("GRANT SELECT ON residents TO clerk")
    put(folder, "population_register", "{type: postgresql, connection: REGISTER, table: residents}", None)


def to_odbc(folder: Path) -> str:
    _, driver = needed("odbcinst", "/usr/lib/*/odbc/libsqlite3odbc.so")
    found = rows(folder / "data" / "border_crossings.csv")
    with sqlite3.connect(folder / "border.db") as connection:
        connection.execute(f"CREATE TABLE crossings ({', '.join(f'{name} varchar(20)' for name in found[0])})")
        connection.executemany(f"INSERT INTO crossings VALUES ({', '.join('?' * len(found[0]))})", [list(row.values()) for row in found])
    connection.close()
    put(folder, "border_crossings", "{type: odbc, connection: BORDER, query: SELECT * FROM crossings}", None, "%Y-%m-%d")
    return f"Driver={driver};Database={folder / 'border.db'}"


def test_figures_do_not_depend_on_the_form_of_the_records(countries, tmp_path, register, monkeypatch):
    plain, other = tmp_path / "plain", tmp_path / "other"
    for folder in (plain, other):
        shutil.copytree(countries / "lives", folder, ignore=shutil.ignore_patterns("runs", ".sojourn"))
    to_spreadsheet(other)
    to_spss(other)
    to_fixed_width(other)
    to_postgresql(other, register)
    monkeypatch.setenv("REGISTER", register.uri("clerk"))
    monkeypatch.setenv("BORDER", to_odbc(other))
    for source in ("births", "citizenship_decisions", "deaths", "population_register", "border_crossings"):
        (other / "data" / f"{source}.csv").unlink()
    expected, found = (sojourn.run(folder, period="2016").headline for folder in (plain, other))
    assert len(expected) >= 20
    assert found == expected
