"""Seconds of a piece of work, medians of several, and the peak memory of the process."""

import resource
import statistics
import sys
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternately(times: int, *works: Callable[[], object]) -> list[float]:
    """Medians of several pieces of work measured in turn, after one warm-up each, so that drift hits all alike."""
    for work in works:
        work()
    taken = [[seconds(work) for work in works] for _ in range(times)]
    return [statistics.median(each) for each in zip(*taken, strict=True)]


def peak_mebibytes() -> float:
    """Highest resident memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


def say(name: str, value: float, unit: str) -> None:
    print(f"{name:<58} {value:>12,.2f} {unit}", flush=True)
