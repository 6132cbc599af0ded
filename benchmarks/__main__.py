"""Runs each benchmark in a process of its own, so that its peak memory is its own."""

import subprocess
import sys

NAMES = ("crossings", "admissions", "intake")


def main(names: list[str]) -> None:
    for name in names or NAMES:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


main(sys.argv[1:])
