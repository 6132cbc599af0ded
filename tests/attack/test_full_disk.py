"""A full disk, as a limit on file size: a clear error, nothing half-written, and the same command goes on."""

import subprocess
import sys

import pytest

import sojourn
from tests.attack import lands, victim
from tests.attack.conftest import CHILDREN
from tests.attack.test_kill import STEPS, finished, times
from tests.attack.traces import differing, leftovers, natural_identifiers, runs

SHELL = "ulimit -f {blocks}; exec {python} -m sojourn.cli {command} {folder}"
"""Blocks of 1024 bytes: no table fits in one, and nothing in none."""


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory) -> sojourn.Run:
    return sojourn.run(lands.persons_land(tmp_path_factory.mktemp("whole") / "elsewhere"))


def under_limit(folder, size: int, step: str | None) -> str:
    """The message of a run in a child whose files may not grow beyond `size` bytes from a step on; empty if it succeeds."""
    here, there = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=victim.full_disk, args=(folder, size, step, there))
    child.start()
    text = here.recv() if here.poll(60) else "no answer"
    child.join(60)
    assert child.exitcode == 0
    return text


def clear(text: str) -> None:
    """The message says what, why and what to do, without a traceback and without a person."""
    assert text.count("cannot be read or written") == 1, text
    assert "the disk may be full" in text.lower() and "what to do:" in text
    assert "uncaught" not in text and "Traceback" not in text
    assert [each for each in natural_identifiers() if each in text] == []


@pytest.mark.parametrize("step", [*STEPS, victim.ASSEMBLING])
def test_a_disk_that_is_full_from_a_step_on(persons, uninterrupted, step):
    clear(under_limit(persons, 40, step))
    assert finished(persons) == set(STEPS[: STEPS.index(step)] if step else STEPS)
    assert runs(persons) == [] and leftovers(persons) == []
    before = times(persons)
    again = sojourn.run(persons)
    assert {name: times(persons)[name] for name in before} == before
    assert differing(again.folder, uninterrupted.folder) == []


@pytest.mark.parametrize("size", [0, 700, 1500, 3000, 6000, 30_000])
def test_a_limit_strikes_wherever_a_file_grows_beyond_it(persons, uninterrupted, size):
    clear(under_limit(persons, size, None))
    assert runs(persons) == [] and leftovers(persons) == []
    assert differing(sojourn.run(persons).folder, uninterrupted.folder) == []


@pytest.mark.parametrize("land", [lands.stays_land, lands.survey_land])
@pytest.mark.parametrize("size", [200, 2500])
def test_other_countries_meet_it_too(tmp_path, land, size):
    folder = land(tmp_path / "land")
    clear(under_limit(folder, size, None))
    assert runs(folder) == [] and leftovers(folder) == []
    assert runs(folder) == [] and sojourn.run(folder).report.is_file()


def under_shell_limit(blocks: int, command: str, folder) -> str:
    """The message of a command that a user's shell holds to a file size."""
    line = SHELL.format(blocks=blocks, python=sys.executable, command=command, folder=folder)
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    clear(done.stderr)
    return done.stderr


def test_the_command_line_says_so_and_leaves_with_one(persons):
    under_shell_limit(1, "run", persons)
    assert runs(persons) == [] and leftovers(persons) == []


def test_no_empty_secret_and_no_half_folder_remain(persons, tmp_path):
    (persons / "drawn.key").unlink()
    under_shell_limit(0, "secret", persons)
    assert not (persons / "drawn.key").exists()
    under_shell_limit(0, "init", tmp_path / "office")
    assert not list(tmp_path.glob("office*"))
