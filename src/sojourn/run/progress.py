"""How long a run takes, and from a sample how long, how large and how heavy the whole would be.

What is measured is shown; no figure and no file of a run depends on it.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from time import perf_counter

from sojourn.definitions.country import Country
from sojourn.engine.read import relation
from sojourn.engine.session import memory_limit, passing_session

Progress = Callable[[str, int, int], None]
"""Called with the name of the step that begins, its place, and the number of steps; at the end with an empty name."""


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

    def seconds(self) -> float:
        return perf_counter() - self.start

    def growth(self) -> int:
        return peak_memory() - self.before


@dataclass(frozen=True)
class Forecast:
    """What the whole would take: seconds; bytes of memory at most, 0 if unknown; bytes of disk in the work folder."""

    seconds: float
    memory: int
    disk: int


def forecast(country: Country, share: Fraction, meter: Meter, work: Path) -> Forecast:
    """The whole, from a run on a share of the persons.

    Files are read whole for a sample too: the time to read them is counted once, and the rest grows with the number of
    persons. Memory grows with it until the engine's limit is reached; beyond it, work goes to disk.
    """
    seconds, growth, peak = meter.seconds(), meter.growth(), peak_memory()
    reading = _reading(country)
    disk = sum(each.stat().st_size for each in work.rglob("*.parquet"))
    memory = peak + min(int(growth / share) - growth, memory_limit())
    return Forecast(reading + max(seconds - reading, 0) / float(share), memory, int(disk / share))


def _reading(country: Country) -> float:
    """Seconds to read every source once."""
    meter = Meter()
    with passing_session() as session:
        for source in country.sources.values():
            found = relation(session, source, country.parts(source), country.path)
            session.rows(f"SELECT count(*) AS n FROM {found}")
    return meter.seconds()
