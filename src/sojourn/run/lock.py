"""One run at a time in a work folder. The system lets go of the lock when the process ends, killed or not."""

import shutil
from pathlib import Path
from typing import IO

from sojourn.errors import SojournError, problem

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


def hold(folder: Path) -> IO[bytes]:
    """Take the folder's lock and keep it while the file returned is open. Raises SojournError where another run has it."""
    file = (folder / "lock").open("ab")
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        file.close()
        raise SojournError(problem("run.busy", folder)) from None
    return file


def sweep_abandoned(folder: Path) -> None:
    """Empty the scratch folders beside a work folder that no run holds: a killed run may have left natural keys in them."""
    for scratch in sorted(folder.parent.glob("*/scratch")):
        if scratch.parent == folder or not any(scratch.iterdir()):
            continue
        try:
            with hold(scratch.parent):
                shutil.rmtree(scratch, ignore_errors=True)
        except SojournError:  # somebody is at work there
            continue
