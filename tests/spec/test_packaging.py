"""What an office installs: the wheel holds all of the package, and works with its declared requirements alone.

The empty environment is made without a network. It gets the wheel and links to exactly those installed
distributions that the wheel's metadata requires, directly or through another; a library that the code uses
and the metadata forgets is therefore missing there.
"""

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.spec.source_tree import PACKAGE, ROOT

PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this tree, built with the locked backend."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def required(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """The installed distribution and all it requires here, by canonical name."""
    key = canonicalize_name(name)
    if key in found:
        return found
    try:
        found[key] = distribution(name)
    except PackageNotFoundError:
        return found
    for line in found[key].requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            required(requirement.name, found)
    return found


def link(installed: Distribution, site: Path) -> None:
    """Link the top-level files and folders of a distribution into site."""
    tops = {file.parts[0] for file in installed.files or [] if file.parts[0] not in {"..", "__pycache__"}}
    for top in tops:
        target = site / top
        if not target.exists():
            target.symlink_to(installed.locate_file(top))


@pytest.fixture(scope="module")
def office(wheel, tmp_path_factory) -> Path:
    """Interpreter of an environment that holds the wheel and its declared requirements."""
    folder = tmp_path_factory.mktemp("an office") / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    install = ["-m", "uv", "pip", "install", "--offline", "--no-deps", "--python", str(folder / "bin/python"), str(wheel)]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    for name, installed in required("sojourn", {}).items():
        if name != "sojourn":
            link(installed, site)
    return folder / "bin/python"


def clean(*command: str | Path, folder: Path) -> subprocess.CompletedProcess:
    """Run a command with none of this session's settings."""
    environment = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def missing_from(names: set[str], package: Path) -> list[str]:
    """Files of the package that are not among the names in a wheel."""
    files = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(name for path in files if (name := path.relative_to(package.parent).as_posix()) not in names)


def foreign_hosts(lock: str) -> set[str]:
    """Hosts in a lock that are not the public index."""
    return set(re.findall(r"https?://([^/\"\s]+)", lock)) - PUBLIC_HOSTS


def test_the_wheel_holds_every_file_of_the_package(wheel):
    assert missing_from(set(zipfile.ZipFile(wheel).namelist()), PACKAGE) == []


def test_a_missing_file_is_found(tmp_path):
    (tmp_path / "sojourn/messages/en").mkdir(parents=True)
    (tmp_path / "sojourn/messages/en/errors.toml").touch()
    assert missing_from({"sojourn/__init__.py"}, tmp_path / "sojourn") == ["sojourn/messages/en/errors.toml"]


def test_the_wheel_imports_with_its_declared_requirements_alone(office, tmp_path):
    """Every module is imported: a lazy import at the top of a rarely used module shows here too."""
    modules = [path.relative_to(PACKAGE.parent).with_suffix("").parts for path in PACKAGE.rglob("*.py")]
    names = sorted(".".join(parts).removesuffix(".__init__") for parts in modules if parts[-1] != "__main__")
    done = clean(office, "-c", f"import importlib\nfor name in {names!r}: importlib.import_module(name)", folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_command_answers(office, tmp_path):
    done = clean(office.parent / "sojourn", "--help", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout and "run" in done.stdout


def test_the_empty_environment_lacks_what_was_not_declared(office, tmp_path):
    assert "No module named 'pytest'" in clean(office, "-c", "import pytest", folder=tmp_path).stderr


def test_the_locks_name_public_hosts_alone():
    assert foreign_hosts((ROOT / "uv.lock").read_text()) == set()
    assert foreign_hosts('url = "https://mirror.example/simple"') == {"mirror.example"}


def test_both_locks_say_the_same():
    export = "export --frozen --offline --quiet --no-emit-project --group dev --no-annotate --no-header".split()
    done = subprocess.run([sys.executable, "-m", "uv", *export], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == (ROOT / "requirements.lock").read_text()


def declared_requirements() -> set[tuple[str, str, str]]:
    """(name, versions, extra) of every requirement in pyproject.toml; the extra of a core requirement is empty."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    parsed = ((Requirement(line), extra) for extra, lines in groups.items() for line in lines)
    return {(canonicalize_name(each.name), str(each.specifier), extra) for each, extra in parsed}


def test_the_lock_follows_the_declared_requirements():
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    locked = next(package for package in packages if package["name"] == "sojourn")["metadata"]["requires-dist"]
    extras = ((each, re.search(r"extra == '(\w+)'", each.get("marker", ""))) for each in locked)
    written = {(each["name"], str(Requirement(each["name"] + each["specifier"]).specifier), extra[1] if extra else "") for each, extra in extras}
    assert written == declared_requirements()
