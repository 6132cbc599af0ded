"""Copies of the drawn country with published tables of their own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

COLUMNS = "id: {0}\ntitle: Table {0}\nreference: {{title: Drawn, published_on: 2018-01-01}}\nfile: published/{0}.csv\n"


@pytest.fixture(scope="session")
def lives(countries, tmp_path_factory) -> Callable[..., Path]:
    """Makes a copy of the country without its yearbook and its other system. `threshold`: below which counts are hidden."""

    def made(threshold: int = 1) -> Path:
        folder = tmp_path_factory.mktemp("country") / "lives"
        left = shutil.ignore_patterns("runs", ".sojourn", "published", "other_system.*")
        shutil.copytree(countries / "lives", folder, ignore=left)
        (folder / "published").mkdir()
        country = folder / "country.yaml"
        country.write_text(country.read_text(encoding="utf-8").replace("threshold: 1", f"threshold: {threshold}"), encoding="utf-8")
        return folder

    return made


def publish(folder: Path, name: str, definition: str, data: str) -> None:
    """A published table as its two files."""
    (folder / "published" / f"{name}.yaml").write_text(COLUMNS.format(name) + definition, encoding="utf-8")
    (folder / "published" / f"{name}.csv").write_text(data, encoding="utf-8")
