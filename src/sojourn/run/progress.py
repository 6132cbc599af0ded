"""How long a run takes, and from samples how long, how large and how heavy the whole would be.

What is measured is shown; no figure and no file of a run depends on it.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from time import perf_counter

from sojourn.engine.session import memory_limit

Progress = Callable[[str, int, int], None]
"""Called with the name of the step that begins, its place, and the number of steps; at the end with an empty name."""
SMALLER = 10
"""How many times smaller the other sample is: what both take alike does not grow with the persons."""


def peak_memory() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@dataclass(frozen=True)
class Meter:
    """Seconds and memory since it was made."""

    start: float = field(default_factory=perf_counter)
    before: int = field(default_factory=peak_memory)

    def taken(self, work: Path) -> "Taken":
        """What it took up to now, and what lies in the work folder."""
        disk = sum(each.stat().st_size for each in work.rglob("*.parquet"))
        return Taken(perf_counter() - self.start, peak_memory() - self.before, disk)


@dataclass(frozen=True)
class Taken:
    """What a run on a share took: seconds, growth of the peak memory in bytes, bytes of its tables."""

    seconds: float
    growth: int
    disk: int


@dataclass(frozen=True)
class Forecast:
    """What the whole would take: seconds; bytes of memory at most, 0 if unknown; bytes of disk in the work folder."""

    seconds: float
    memory: int
    disk: int


def forecast(share: Fraction, taken: Taken, smaller: Taken) -> Forecast:
    """The whole, from a run on a share of the persons and one on a tenth of it before.

    Reading the files and starting each step take both alike; what the larger took more grows with the persons. Memory
    grows until the engine's limit is reached; beyond it, work goes to disk.
    """
    times = float((1 - share) / (share - share / SMALLER))
    seconds = taken.seconds + max(taken.seconds - smaller.seconds, 0) * times
    disk = taken.disk + max(taken.disk - smaller.disk, 0) * times
    memory = peak_memory() and peak_memory() + min(int(max(taken.growth, 0) * times), memory_limit())
    return Forecast(seconds, memory, int(disk))
