"""The one decorator of kernels: compiled by Numba, cached under the hash of the package's own sources.

Numba's cache looks at the file of a function alone, so a change in a function that it calls, or in a constant, would go
unseen and old machine code would decide who is resident. The hash makes that impossible.
"""

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

import numba


def _user_cache() -> Path:
    """The user's folder for caches, by the custom of the system."""
    home = Path.home()
    default = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}.get(sys.platform, home / ".cache")
    return Path(os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or default)


@cache
def sources_hash() -> str:
    """Hash of every source file of the package."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _place_cache() -> bool:
    """Point Numba at the cache of these sources; False where no folder can be written, and nothing is cached."""
    folder = _user_cache() / "sojourn" / sources_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return False
    numba.config.CACHE_DIR = str(folder)
    return os.access(folder, os.W_OK)


kernel = numba.njit(cache=_place_cache(), nogil=True)
"""Decorator of every compiled function."""

inlined = numba.njit(inline="always", nogil=True)
"""Decorator of small functions that are called once or twice a row: written into their caller, which halves the chain's time."""
