"""The secret and the identifiers it hides: asked for, guarded, and in no file that a run leaves."""

import os
import stat

import pytest

import sojourn
from tests.attack import lands
from tests.attack.conftest import command
from tests.attack.traces import STAMP, contents, manifest, natural_identifiers, runs, texts

LANDS = (lands.persons_land, lands.stays_land, lands.survey_land)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_without_a_secret_the_command_that_makes_one_is_named(persons, refused, text):
    (persons / "drawn.key").unlink()
    if text is not None:
        (persons / "drawn.key").write_text(text)
    said = refused(persons)
    assert "There is no secret" in said and f"`sojourn secret {persons}`" in said
    assert runs(persons) == []


def test_the_command_named_makes_the_run_possible(persons):
    (persons / "drawn.key").unlink()
    code, _, _ = command("secret", persons)
    assert code == 0 and mode(persons / "drawn.key") == 0o600
    assert len((persons / "drawn.key").read_text().strip()) >= 32
    assert command("run", persons)[0] == 0


@pytest.mark.parametrize("text", ["feeble", "x" * 31, "é" * 8])
def test_a_short_secret_is_refused_and_not_repeated(persons, refused, text):
    (persons / "drawn.key").write_text(text, encoding="utf-8")
    said = refused(persons)
    assert "fewer than 32 characters" in said and text not in said


def test_a_secret_that_is_no_text(persons, refused):
    (persons / "drawn.key").write_bytes(bytes(range(128, 192)))
    assert "drawn.key" in refused(persons)


def test_a_secret_that_exists_is_never_overwritten(persons, refused):
    before = (persons / "drawn.key").read_bytes()
    assert "exists already" in refused(persons, "secret", persons)
    assert (persons / "drawn.key").read_bytes() == before


def test_a_country_that_names_no_file_for_its_secret(persons, refused):
    path = persons / "country.yaml"
    path.write_text(path.read_text().replace("secret: drawn.key\n", ""))
    assert "does not name a file" in refused(persons, "secret", persons)
    assert "no secret" in refused(persons)


def test_the_environment_gives_the_secret_too(persons, monkeypatch):
    from_file = sojourn.run(persons).manifest["secret_fingerprint"]
    monkeypatch.setenv("SOJOURN_SECRET", lands.SECRET)
    assert sojourn.run(persons).manifest["secret_fingerprint"] == from_file
    monkeypatch.setenv("SOJOURN_SECRET", "another-secret-of-more-than-32-characters")
    assert sojourn.run(persons).manifest["secret_fingerprint"] != from_file


@pytest.mark.parametrize("land", LANDS)
def test_neither_secret_nor_identifier_is_in_any_file_left_behind(tmp_path, land):
    folder = land(tmp_path / "land")
    run = sojourn.run(folder).folder
    hidden = [each.encode() for each in (lands.SECRET, *natural_identifiers())]
    left = [path for place in (run, folder / ".sojourn") for path in place.rglob("*") if path.is_file()]
    found = {f"{path.relative_to(folder)}: {each.decode()}" for path in left for text in texts(path) for each in hidden if each in text}
    assert found == set()
    assert len(left) > 15


@pytest.mark.parametrize("land", LANDS)
def test_nor_after_a_run_that_failed(tmp_path, land, monkeypatch):
    """Whatever a step left when it broke holds pseudonyms alone."""
    from sojourn.run.work import WorkFolder

    folder = land(tmp_path / "land")
    monkeypatch.setattr(WorkFolder, "finish", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sojourn.run(folder)
    hidden = [each.encode() for each in (lands.SECRET, *natural_identifiers())]
    left = [path for path in (folder / ".sojourn").rglob("*") if path.is_file()]
    assert [path.name for path in left for text in texts(path) for each in hidden if each in text] == []


def test_a_natural_identifier_that_stands_in_another_column_is_the_offices_own_affair(persons):
    """Only mapped columns are read: what the source file does not name never enters."""
    path = persons / "data" / "deaths.csv"
    path.write_text(f"passport,day,remark\n{lands.PEOPLE[4]},2021-12-01,UNMAPPEDREMARK\n", encoding="utf-8")
    run = sojourn.run(persons).folder
    left = [path for place in (run, persons / ".sojourn") for path in place.rglob("*") if path.is_file()]
    assert [path.name for path in left for text in texts(path) if b"UNMAPPEDREMARK" in text] == []


@pytest.mark.parametrize("land", LANDS)
def test_only_the_owner_can_enter_and_every_name_says_internal(tmp_path, land):
    folder = land(tmp_path / "land")
    run = sojourn.run(folder)
    assert [mode(path) for path in (folder / "runs", run.folder, run.folder / "tables", folder / ".sojourn")] == [0o700] * 4
    names = list(contents(run.folder))
    assert [name for name in names if STAMP not in name.rpartition("/")[2]] == []
    assert {name.rpartition(".")[2] for name in names} >= {"html", "csv", "json", "parquet"}
    assert STAMP in run.folder.name and manifest(run.folder)["stamp"] in (STAMP, "INTERNAL, NOT PROTECTED", f".{STAMP}")
    assert "INTERNAL, NOT PROTECTED" in run.report.read_text(encoding="utf-8")


def test_the_modes_hold_under_a_lax_umask(persons):
    before = os.umask(0)
    try:
        (persons / "drawn.key").unlink()
        command("secret", persons)
        run = sojourn.run(persons)
    finally:
        os.umask(before)
    assert mode(persons / "drawn.key") == 0o600
    assert [mode(path) for path in (persons / "runs", run.folder, persons / ".sojourn")] == [0o700] * 3


def test_what_another_killed_run_left_in_its_scratch_goes(persons, produced):
    left = persons / ".sojourn" / "0123456789abcdef" / "scratch" / "duckdb_temp_storage.tmp"
    left.parent.mkdir(parents=True)
    left.write_text(lands.PEOPLE[0], encoding="utf-8")
    produced(persons)
    assert not left.exists()
