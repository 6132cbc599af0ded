"""One run at a time in a work folder. The system lets go of the lock when the process ends, killed or not."""

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
