"""The files of these tests, each written by another program than the one that reads it."""

import glob
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sojourn.definitions.delivery import Format
from sojourn.engine.readers import Content, content
from sojourn.errors import SojournError
from tests.readers.sheets import BOOKS
from tests.readers.table import COLUMNS, ROWS, written

HERE = Path(__file__).parent
PASSWORD = "hush-hush"


def needed(*patterns: str) -> list[str]:
    """The programs or files of these names; skips loudly where one is absent."""
    found = [shutil.which(each) or next(iter(sorted(glob.glob(each))), None) for each in patterns]
    if None in found:
        pytest.skip(f"NOT TESTED: {patterns[found.index(None)]} is not installed; ./dev system installs it")
    return found


@pytest.fixture(scope="session")
def statistical(tmp_path_factory) -> Path:
    """Folder of files that R wrote with haven."""
    program, _ = needed("Rscript", "/usr/lib/R/site-library/haven")
    folder = tmp_path_factory.mktemp("haven")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    subprocess.run([program, HERE / "write.R", folder], check=True, capture_output=True, env=environment)
    return folder


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Path:
    """Folder of workbooks that LibreOffice saved in three formats."""
    (program,) = needed("soffice")
    folder = tmp_path_factory.mktemp("office")
    for name, text in BOOKS.items():
        (folder / f"{name}.fods").write_text(text, encoding="utf-8")
    own = f"-env:UserInstallation=file://{folder}/settings"
    for kind in ("xlsx", "xls", "ods"):
        save = [program, own, "--headless", "--convert-to", kind, "--outdir", folder, *folder.glob("*.fods")]
        subprocess.run(save, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL of our own in a passing folder: a function that runs SQL as its owner, with `.uri(user)` beside it."""
    (initdb,) = needed("/usr/lib/postgresql/*/bin/initdb")
    folder, programs = Path(tempfile.mkdtemp(prefix="pg-")), Path(initdb).parent
    user = _unprivileged()
    os.chown(folder, pwd.getpwnam(user).pw_uid if user else -1, -1)
    secret = folder / "secret"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)

    def run(*command: str | Path, **more) -> None:
        subprocess.run(list(map(str, command)), check=True, capture_output=True, user=user, cwd=folder, **more)

    access = ["-A", "scram-sha-256", "-U", "owner", f"--pwfile={secret}"]
    run(programs / "initdb", "-D", folder / "data", "--no-sync", "-E", "UTF8", "--locale=C", *access)
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c timezone=Europe/Helsinki"
    run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    psql = [programs / "psql", "-h", folder, "-U", "owner", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]

    def sql(text: str) -> None:
        run(*psql, "-c", text, env=os.environ | {"PGPASSWORD": PASSWORD})

    sql.uri = lambda name, password=PASSWORD: f"postgresql://{name}:{password}@/postgres?host={folder}"
    yield sql
    run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: an account without rights, where the tests have that of root."""
    if os.geteuid() != 0:
        return None
    return next(name for name in ("postgres", "nobody") if name in {each.pw_name for each in pwd.getpwall()})


@pytest.fixture(scope="session")
def register(cluster):
    """The cluster with the table of the contract, and a clerk who may read it."""
    cluster("CREATE TABLE people (key text, sex smallint, amount numeric, crossed date, stamp timestamp, name varchar(20), visits numeric(12, 0))")
    values = ", ".join("(" + ", ".join("NULL" if value is None else f"'{value}'" for value in row) + ")" for row in ROWS)
    cluster(f"INSERT INTO people VALUES {values}")
    cluster(f"CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'")
    cluster("GRANT SELECT ON people TO clerk")
    return cluster


@pytest.fixture(scope="session")
def odbc(tmp_path_factory) -> str:
    """The connection string of a SQLite file behind Debian's ODBC driver."""
    _, driver = needed("odbcinst", "/usr/lib/*/odbc/libsqlite3odbc.so")
    path = tmp_path_factory.mktemp("odbc") / "register.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE people (key varchar(10), sex integer, amount double, crossed date, stamp timestamp, name text, visits bigint)")
        stored = [[value if isinstance(value, (int, float)) else written(value) for value in row] for row in ROWS]
        connection.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", stored)
        connection.execute("CREATE TABLE pictures (key varchar(10), face blob)")
    connection.close()
    return f"Driver={driver};Database={path}"


@pytest.fixture
def fixed(tmp_path) -> tuple[Format, Path]:
    """The table in fixed width, with its layout."""
    widths = (6, 3, 7, 10, 19, 8, 12)
    starts = [1 + sum(widths[:place]) for place in range(len(widths))]
    layout = [f"{name},{start},{width},{name} of the person" for name, start, width in zip(COLUMNS, starts, widths, strict=True)]
    (tmp_path / "layout.csv").write_text("\n".join(["name,start,length,title", *layout]) + "\n", encoding="utf-8")
    lines = ["".join((written(value) or "").ljust(width) for value, width in zip(row, widths, strict=True)) for row in ROWS]
    (tmp_path / "people.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Format(type="fixed", layout="layout.csv"), tmp_path / "people.txt"


@pytest.fixture
def faults() -> Callable[..., list[tuple]]:
    """The problems that a reader finds, as (entry, line, fields); none of their texts holds a brace or a traceback."""

    def found(form: Format, path: Path | None, folder: Path = Path()) -> list[tuple]:
        with pytest.raises(SojournError) as error:
            list(content(form, path, "crossings", folder).batches())
        assert "Traceback" not in str(error.value) and PASSWORD not in str(error.value)
        return [(each.code.partition(".")[2], each.line, each.fields) for each in error.value.problems]

    return found


@pytest.fixture
def read() -> Callable[..., Content]:
    """A file as Content; the country's folder is that of the file."""
    return lambda form, path=None: content(form, path, "crossings", path.parent if path else Path())
