"""Runs a child process is made to do, and the blows that fall on it."""

import contextlib
import io
import os
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import sojourn
from sojourn.run.work import WorkFolder

ASSEMBLING = ""
"""The name with which progress is called when every step is done and the run folder is about to be made."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_before(folder: Path, step: str) -> None:
    """Run, and be killed when the step is about to begin."""
    sojourn.run(folder, progress=lambda name, place, count: die() if name == step else None)


def killed_inside(folder: Path, step: str) -> None:
    """Run, and be killed when the step's tables are written and its folder is about to be renamed."""
    finish = WorkFolder.finish

    def struck(self, each, written):
        return die() if each.name == step else finish(self, each, written)

    WorkFolder.finish = struck
    sojourn.run(folder)


def killed_assembling(folder: Path) -> None:
    """Run, and be killed when the run folder is whole and about to be renamed."""
    replace = os.replace

    def struck(source, target):
        return die() if str(source).endswith("run.partial") else replace(source, target)

    os.replace = struck
    sojourn.run(folder)


def limit(size: int) -> None:
    """No file of this process may grow beyond so many bytes: what a full disk looks like to a program."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def full_disk(folder: Path, size: int, step: str | None, result: Connection) -> None:
    """Run with a limit from a step on (None: from the start), and send the message, empty if the run succeeded."""
    if step is None:
        limit(size)
    noise = io.StringIO()
    with contextlib.redirect_stderr(noise), contextlib.redirect_stdout(noise):
        try:
            sojourn.run(folder, progress=lambda name, place, count: limit(size) if name == step else None)
            text = ""
        except sojourn.SojournError as error:
            text = str(error)
        except BaseException as error:
            text = f"uncaught {type(error).__name__}: {error}"
    result.send(text + noise.getvalue())
