"""What all tests share: the folders they read, and a count of the tests that touch the outside.

A test that is skipped looks like a test that passed. Tests marked `real_data`, `browser`, `bundle` or
`programs` are therefore counted as run or skipped, and the counts are printed at the end of every session and
written as JSON to the path in SOJOURN_TEST_COUNTS, where .ci/run reads them.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COUNTED = {"real_data": "real-data", "browser": "browser", "programs": "other-program", "bundle": "bundle"}
"""Marker to what the count is called."""


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Folder of real data: SOJOURN_DATA, else ../shared/data beside the repository."""
    named = os.environ.get("SOJOURN_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if named and not folder.is_dir():
        pytest.fail(f"SOJOURN_DATA names {named}, which is not a folder")
    if not folder.is_dir():
        pytest.skip("no real data: set SOJOURN_DATA to the data folder to run this test")
    return folder


@pytest.fixture(scope="session")
def countries() -> Path:
    """The repository's folder of countries."""
    return ROOT / "countries"


class OutsideCounter:
    """Counts run and skipped tests per marker, in the session that prints (not in xdist workers)."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, str]] = {marker: {} for marker in COUNTED}

    def pytest_runtest_logreport(self, report) -> None:
        # An expected failure reports as skipped, yet it ran.
        skipped = report.skipped and not hasattr(report, "wasxfail")
        for marker in COUNTED:
            if marker in report.keywords and (skipped or report.when == "call" or report.failed):
                self.seen[marker][report.nodeid] = "skipped" if skipped else "run"

    def pytest_collectreport(self, report) -> None:
        """A module skipped as a whole has no tests to count: its text says what it would have had."""
        if not report.skipped:
            return
        source = ROOT / report.nodeid.partition("::")[0]
        text = source.read_text(encoding="utf-8") if source.is_file() else ""
        for marker in COUNTED:
            if f"mark.{marker}" in text:
                self.seen[marker][report.nodeid] = "skipped"

    def counts(self) -> dict[str, dict[str, int]]:
        totals = {marker: Counter(seen.values()) for marker, seen in self.seen.items()}
        return {marker: {"run": total["run"], "skipped": total["skipped"]} for marker, total in totals.items()}

    def pytest_terminal_summary(self, terminalreporter) -> None:
        counts = self.counts()
        for marker, label in COUNTED.items():
            total = counts[marker]
            terminalreporter.write_line(f"{label} tests: {total['run']} run, {total['skipped']} skipped")
        target = os.environ.get("SOJOURN_TEST_COUNTS")
        if target:
            Path(target).write_text(json.dumps(counts), encoding="utf-8")


def pytest_configure(config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(OutsideCounter(), "outside-counter")
