"""What `sojourn init` copies can be checked and run as it is, in every profile."""

import stat

import pytest

from tests.attack.conftest import command
from tests.attack.traces import contents, leftovers, runs

PROFILES = ("border", "register", "field", "combined")


@pytest.mark.parametrize("profile", PROFILES)
def test_a_new_folder_is_checked_and_run(tmp_path, profile):
    folder = tmp_path / "office"
    for words in (("init", folder, "--profile", profile), ("check", folder), ("run", folder)):
        code, _, said = command(*words)
        assert code == 0, said
    assert len(runs(folder)) == 1 and leftovers(folder) == []
    (key,) = folder.glob("*.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    ignored = (folder / ".gitignore").read_text().split()
    assert {"*.key", ".sojourn/", "runs/"} <= set(ignored)


def test_two_folders_have_two_secrets(tmp_path):
    for name in ("one", "other"):
        command("init", tmp_path / name, "--profile", "border")
    one, other = ((tmp_path / name / "sojourn.key").read_text() for name in ("one", "other"))
    assert one != other


@pytest.mark.parametrize("full", [True, False])
def test_a_folder_that_exists_is_left_alone(tmp_path, refused, full):
    folder = tmp_path / "office"
    folder.mkdir()
    if full:
        (folder / "country.yaml").write_text("id: mine\n", encoding="utf-8")
    before = contents(folder)
    refused(folder, "init", folder)
    assert contents(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office"]


def test_a_folder_that_cannot_be_made(tmp_path, refused):
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(tmp_path / "file" / "office", "init", tmp_path / "file" / "office")


def test_an_unknown_profile(tmp_path):
    code, _, _ = command("init", tmp_path / "office", "--profile", "imperial")
    assert code != 0 and list(tmp_path.iterdir()) == []
