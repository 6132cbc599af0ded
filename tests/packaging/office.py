"""A user without rights on a machine without a network: a network namespace with nothing in it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NOBODY = "65534"
AS_ROOT = ["unshare", "--net", "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
AS_USER = ["unshare", "--user", "--map-root-user", "--net"]
"""Root inside its own namespace has no more rights outside than the user."""


@dataclass(frozen=True)
class Office:
    """`place`: folder that the user may write to; `bundle`: the unpacked bundle; `prefix`: what keeps the network away."""

    place: Path
    bundle: Path
    prefix: list[str]
    python: str

    def run(self, *command: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess:
        """Run a command there, with none of this session's settings."""
        environment = {"PATH": os.defpath, "HOME": str(self.place / "home"), "LANG": "C.UTF-8", "COLUMNS": "200"}
        words = [*self.prefix, *map(str, command)]
        return subprocess.run(words, cwd=folder or self.place, env=environment, capture_output=True, text=True)

    def succeeds(self, *command: str | Path, folder: Path | None = None) -> str:
        done = self.run(*command, folder=folder)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def install(self, target: str) -> subprocess.CompletedProcess:
        return self.run(self.python, self.bundle / "install.py", target)


def works(command: list[str]) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, capture_output=True).returncode == 0


def without_network() -> list[str]:
    """Words to put before a command; empty where this machine makes no namespace."""
    prefix = AS_ROOT if hasattr(os, "geteuid") and os.geteuid() == 0 else AS_USER
    return prefix if works([*prefix, "true"]) else []


def reachable_python() -> str:
    """A Python of the running version that another user may run; root's own often lies in root's home."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    named = [str(Path(sys.base_prefix) / "bin" / f"python{version}"), shutil.which(f"python{version}", path=os.defpath)]
    # Through a shell: setpriv itself still has root's rights when it starts its command.
    start = ["sh", "-c", 'exec "$0" -c "import venv"']
    return next((each for each in named if each and works([*without_network(), *start, each])), "")
