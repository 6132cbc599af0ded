"""The offline bundle: made, installed by a user without rights in a namespace without a network, and used there."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bundle.make import unpack
from bundle.platforms import this_python
from tests.packaging.conftest import make_here
from tests.packaging.office import Office

pytestmark = pytest.mark.bundle

WITHOUT_ENSUREPIP = """
import runpy, sys
sys.modules["ensurepip"] = None
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def command(office) -> Path:
    """The command of a bundle that was installed as its README says."""
    printed = office.succeeds("sh", office.bundle / "install.sh").splitlines()
    assert printed[-2] == f"sojourn {json.loads((office.bundle / 'bundle.json').read_text())['version']}"
    return Path(printed[-1])


def published(country: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in country.glob("runs/*/*.csv")}


def test_the_office_has_no_network(office):
    seen = office.succeeds(office.python, "-c", "import socket; print(socket.if_nameindex())")
    assert "lo" in seen and seen.count("(") == 1


def test_the_office_installs_and_runs(office, command):
    assert command == office.place / "home" / "sojourn" / "bin" / "sojourn"
    home = office.place / "home"
    assert office.succeeds(command, "init", "mycountry", folder=home).strip()
    assert office.succeeds(command, "check", "mycountry", folder=home).strip()
    assert "MI 1.1" in office.succeeds(command, "run", "mycountry", folder=home)
    assert list(home.glob("mycountry/runs/*/report*.html"))


def test_its_figures_are_those_of_the_source_byte_for_byte(office, command, commit, tmp_path):
    office.succeeds(command, "run", office.bundle / "countries" / "lives")
    unpack(commit, tmp_path)
    run = [sys.executable, "-m", "sojourn.cli", "run", "countries/lives"]
    subprocess.run(run, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path / "src")}, check=True, capture_output=True)
    here = published(tmp_path / "countries" / "lives")
    assert any(name.startswith("headline") for name in here)
    assert published(office.bundle / "countries" / "lives") == here


def test_installing_again_changes_nothing(office, command):
    before = command.stat().st_mtime_ns
    assert "already installed" in office.succeeds(office.python, office.bundle / "install.py")
    assert command.stat().st_mtime_ns == before


def test_the_installation_can_be_moved(office, command):
    moved = office.place / "moved"
    folder = command.parents[1].rename(moved)
    try:
        assert office.succeeds(folder / "bin" / "sojourn", "--version").strip()
    finally:
        moved.rename(command.parents[1])


def test_a_python_without_ensurepip_is_enough(office):
    target = office.place / "bare"
    printed = office.succeeds(office.python, "-c", WITHOUT_ENSUREPIP, office.bundle / "install.py", target)
    assert office.succeeds(printed.splitlines()[-1], "--version").strip()


def refused(office: Office, target: str) -> str:
    """The message of an install that must leave nothing behind."""
    before = sorted(office.place.iterdir())
    done = office.install(target)
    assert done.returncode == 1 and "nothing was installed" in done.stderr and "Traceback" not in done.stderr
    assert "why it matters:" in done.stderr and "what to do:" in done.stderr
    assert sorted(office.place.iterdir()) == before
    return done.stderr


@pytest.mark.parametrize("pattern", ["wheels/rich-*.whl", "requirements.txt", "wheels/pip-*.whl"])
def test_a_changed_byte_is_refused(office, pattern):
    (path,) = office.bundle.glob(pattern)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    try:
        assert f"{path.relative_to(office.bundle)} is not the file" in refused(office, "changed")
    finally:
        path.write_bytes(whole)


def test_a_missing_file_is_refused(office):
    (path,) = office.bundle.glob("wheels/rich-*.whl")
    away = path.rename(office.place / "away.whl")
    try:
        assert f"wheels/{path.name} is missing" in refused(office, "missing")
    finally:
        away.rename(path)


def test_a_folder_that_is_not_ours_is_refused(office):
    (office.place / "letters").mkdir()
    (office.place / "letters" / "one.txt").touch()
    assert "is no installation of sojourn" in refused(office, "letters")


def test_a_folder_of_others_is_refused(office):
    assert "cannot be read or written" in refused(office, "/usr/share/sojourn")


def test_the_same_commit_gives_the_same_bytes(bundle_file, commit, tmp_path):
    assert make_here(tmp_path, commit).read_bytes() == bundle_file.read_bytes()


def test_the_bundle_holds_what_its_readme_names(bundle_file):
    names = {name.partition("/")[2] for name in zipfile.ZipFile(bundle_file).namelist()}
    assert {"README.txt", "install.py", "install.sh", "install.cmd", "SHA256SUMS", "countries/lives/country.yaml"} <= names
    assert not any(name.startswith(("countries/i94", "countries/acs")) for name in names)
    readme = zipfile.ZipFile(bundle_file).read(f"{bundle_file.stem}/README.txt").decode()
    assert f"CPython {this_python()}" in readme and "$" not in readme
