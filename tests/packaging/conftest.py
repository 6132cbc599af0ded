"""A bundle of the last commit for this machine, and an office without a network in which to install it.

Making it needs the package index once: the wheels are kept in dist/wheels, as `./dev bundle` does. Tests of
the marker `bundle` fail where they are neither there nor to be had; `-m "not bundle"` leaves them out.
"""

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bundle.make import ROOT, git, make
from bundle.platforms import PLATFORMS, this_platform, this_python
from tests.packaging.office import Office, reachable_python, without_network


def make_here(output: Path, commit: str) -> Path:
    return make(PLATFORMS[this_platform()], this_python(), [], output, ROOT / "dist" / "wheels", commit)


@pytest.fixture(scope="session")
def commit() -> str:
    return git("rev-parse", "HEAD").decode().strip()


@pytest.fixture(scope="session")
def bundle_file(tmp_path_factory, commit) -> Path:
    """The bundle as one file."""
    return make_here(tmp_path_factory.mktemp("bundle"), commit)


@pytest.fixture(scope="session")
def office(bundle_file) -> Iterator[Office]:
    """Somebody without rights, in a folder of their own with a space in its name, with the bundle unpacked there."""
    # Not below pytest's own temporary folder: that is closed to every other user.
    place = Path(tempfile.mkdtemp(prefix="an office "))
    prefix, python = without_network(), reachable_python()
    if not prefix or not python:
        shutil.rmtree(place)
        pytest.skip("no office without a network here: unshare --net does not work, or no Python that another user may run")
    with zipfile.ZipFile(bundle_file) as archive:
        archive.extractall(place)
    subprocess.run(["chmod", "-R", "a+rwX", str(place)], check=True)
    yield Office(place, place / bundle_file.stem, prefix, python)
    shutil.rmtree(place)
