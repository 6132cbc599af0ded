"""The template of `init`: every profile checks clean and runs as it is, and gives what its made-up records say."""

import os
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sojourn import check, run
from sojourn.definitions.yaml import load
from sojourn.run.init import init

TEMPLATE = Path(str(files("sojourn") / "template"))
PROFILES = load(TEMPLATE / "profiles.yaml").data

# Counted on the ten to fourteen records of each file. register: ten on the list, P16 since 2015, the children C01 and C02;
# then C03, C04 and P11 more, P04 and P09 fewer. combined is without P16, who is in the registrations alone.
STOCKS = {"register": [13, 14], "combined": [12, 13]}
# P11 immigrates and P04 emigrates. P12, P13 and P14 visit, 14 + 0 + 121 nights.
FLOWS = {
    "register": {"MI 1.2": 1, "MI 1.3": 1, "MI 1.4": 1},
    "combined": {"MI 1.2": 1, "MI 1.3": 1, "MI 1.4": 1, "visits": 3, "person_nights": 135, "person_days": 136},
    "border": {"MI 1.3": 1, "MI 1.4": 1, "visits": 3, "person_nights": 135, "person_days": 136},
}


@pytest.fixture(scope="module", params=list(PROFILES))
def made(request, tmp_path_factory):
    """Profile, and the folder that `init` made."""
    return request.param, init(tmp_path_factory.mktemp("made") / "country", request.param)


def test_every_file_belongs_to_a_profile():
    entries = [name for names in PROFILES.values() for name in names]
    listed = {next(iter(name)) if isinstance(name, dict) else name for name in entries}
    present = {path.relative_to(TEMPLATE).as_posix() for path in TEMPLATE.rglob("*") if path.is_file()}
    assert listed == present - {"profiles.yaml"}


def test_made_folder_has_no_problems_and_a_key_of_its_own(made):
    _, folder = made
    assert check(folder) == []
    assert os.stat(folder / "sojourn.key").st_mode & 0o777 == 0o600
    assert "*.key" in (folder / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_made_folder_runs_and_gives_what_its_records_say(made):
    profile, folder = made
    (path,) = (run(folder).folder / "tables").glob("cells.*parquet")
    totals = [row for row in pq.read_table(path).to_pylist() if row["breakdown"] == "total"]
    stocks = [row["value"] for row in totals if (row["indicator"], row["measure"]) == ("RP", "stock")]
    flows = {_name(row): row["value"] for row in totals}
    assert stocks == STOCKS.get(profile, stocks)
    wanted = FLOWS.get(profile, {})
    assert {name: flows.get(name) for name in wanted} == wanted


def _name(row: dict) -> str:
    """The indicator of a count of events, else the measure."""
    return row["indicator"] if row["measure"] == "events" else row["measure"]
