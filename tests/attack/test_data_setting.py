"""SOJOURN_DATA moves the folder behind {data}, and nothing else."""

import shutil

import pytest

import sojourn
from tests.attack.test_bad_files import rewrite
from tests.attack.traces import differing


@pytest.fixture
def elsewhere(persons, tmp_path):
    """The country with its data in a folder of their own, named by `data:`."""
    shutil.move(persons / "data", tmp_path / "delivered")
    for source in (persons / "sources").glob("*.yaml"):
        rewrite(source, "files: [data/", 'files: ["{data}/')
        rewrite(source, ".csv]", '.csv"]')
    rewrite(persons / "country.yaml", "threshold: 1", "threshold: 1\ndata: ../delivered")
    return persons


def test_data_are_resolved_against_the_folder(elsewhere):
    assert sojourn.run(elsewhere).report.is_file()


def test_the_setting_moves_them(elsewhere, tmp_path, monkeypatch, refused):
    before = sojourn.run(elsewhere)
    shutil.copytree(before.folder, tmp_path / "kept")
    (tmp_path / "delivered").rename(tmp_path / "moved")
    assert "SOJOURN_DATA" in refused(elsewhere)
    monkeypatch.setenv("SOJOURN_DATA", str(tmp_path / "moved"))
    assert differing(sojourn.run(elsewhere).folder, tmp_path / "kept") == []


def test_a_country_without_the_word_does_not_care(persons, tmp_path, monkeypatch):
    monkeypatch.setenv("SOJOURN_DATA", str(tmp_path / "nowhere"))
    assert sojourn.run(persons).report.is_file()


def test_the_word_without_the_setting_in_the_country_file(elsewhere, refused):
    rewrite(elsewhere / "country.yaml", "data: ../delivered\n", "")
    assert "is not there" in refused(elsewhere)
