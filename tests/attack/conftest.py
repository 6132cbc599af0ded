"""What attacks share: countries in a passing folder, the command line in this process, children that may be killed."""

import contextlib
import io
import multiprocessing
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sojourn import cli
from tests.attack import lands
from tests.attack.traces import leftovers, natural_identifiers

CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["sojourn.cli", "sojourn.run.execute", "tests.attack.victim"])


@pytest.fixture(autouse=True)
def alone(monkeypatch) -> None:
    """No setting of the user reaches a test."""
    for name in ("SOJOURN_SECRET", "SOJOURN_DATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def persons(tmp_path) -> Path:
    return lands.persons_land(tmp_path / "drawnland")


@pytest.fixture
def stays(tmp_path) -> Path:
    return lands.stays_land(tmp_path / "stayland")


@pytest.fixture
def survey(tmp_path) -> Path:
    return lands.survey_land(tmp_path / "surveyland")


def command(*words: object) -> tuple[int, str, str]:
    """Exit code, output and messages of `sojourn WORDS`, as a user would give it."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.argv = sys.argv, ["sojourn", *map(str, words)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            cli.main()
        code = 0
    except SystemExit as exit:
        code = int(exit.code or 0)
    finally:
        sys.argv = before
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def refused() -> Callable[..., str]:
    """Runs a command that must fail: exit 1, a message with reason and remedy, nothing left behind, nobody named."""

    def look(folder: Path, *words: object) -> str:
        code, _, text = command(*(words or ("run", folder)))
        assert code == 1, text
        assert "problem:" in text and "what to do:" in text, text
        assert leftovers(folder) == []
        assert [each for each in natural_identifiers() if each in text] == []
        return text

    return look


@pytest.fixture
def produced() -> Callable[[Path], str]:
    """Runs a country that must succeed; its one run folder as a path."""

    def look(folder: Path) -> Path:
        code, _, text = command("run", folder)
        assert code == 0, text
        assert leftovers(folder) == []
        return max((folder / "runs").iterdir(), key=lambda path: path.stat().st_mtime_ns)

    return look
