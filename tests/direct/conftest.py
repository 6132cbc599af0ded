"""A folder in which the direct door is opened as a user would open it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sojourn.run.direct import residence
from tests.direct.reading import records


class Desk:
    """Files by name, and what comes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def events(self, *lines: str, name: str = "events.csv") -> Path:
        return self.put(name, "person,date,direction", *lines)

    def decide(self, events: Path, rule: str, out: str = "out.csv", **options: object) -> list[dict[str, object]]:
        """The decisions."""
        residence(events, rule, self.folder / out, **options)
        return records(self.folder / out)

    def issues(self, out: str = "out.csv") -> list[dict[str, object]]:
        return records(self.folder / f"{out}.issues.csv")

    def type(self, *words: object) -> subprocess.CompletedProcess:
        """The command as typed, in the folder."""
        script = Path(sys.executable).parent / "sojourn"
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
        return subprocess.run([script, "residence", *map(str, words)], cwd=self.folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
