"""A kill in mid-run: whatever the moment, the same command goes on and gives the same bytes."""

import signal
import tempfile
from pathlib import Path

import pytest

import sojourn
from sojourn.run.plan import plan
from tests.attack import lands, victim
from tests.attack.conftest import CHILDREN
from tests.attack.traces import contents, differing, leftovers, runs


def steps() -> list[str]:
    """The steps of the drawn country, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        country = sojourn.load_country(lands.persons_land(Path(folder) / "drawnland"))
        return [step.name for step in plan(country, sojourn.parse_period("2021"), lands.SECRET)]


STEPS = steps()


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory) -> sojourn.Run:
    """The same country in another folder, run without trouble."""
    return sojourn.run(lands.persons_land(tmp_path_factory.mktemp("whole") / "elsewhere"))


def struck(blow, *arguments: object) -> None:
    """A child that must die by the blow."""
    child = CHILDREN.Process(target=blow, args=arguments)
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


def finished(folder: Path) -> set[str]:
    return {path.parent.name for path in (folder / ".sojourn").glob("*/*/done.json")}


def times(folder: Path) -> dict[str, int]:
    """When each finished step was written."""
    return {path.parent.name: path.stat().st_mtime_ns for path in (folder / ".sojourn").glob("*/*/done.json")}


def goes_on(folder: Path, uninterrupted: sojourn.Run) -> None:
    """Nothing half-made is shown as a run; the same command keeps what is done and ends with the same bytes."""
    assert not any(name.endswith("PROTECTED") for name in runs(folder))
    before = times(folder)
    again = sojourn.run(folder)
    after = times(folder)
    assert {name: after[name] for name in before} == before
    assert differing(again.folder, uninterrupted.folder) == []
    assert again.folder.name == uninterrupted.folder.name
    assert leftovers(folder) == []
    assert not list((folder / ".sojourn").glob("*/*.partial"))


@pytest.mark.parametrize("step", [*STEPS, victim.ASSEMBLING])
def test_killed_before_a_step(persons, uninterrupted, step):
    struck(victim.killed_before, persons, step)
    assert step not in finished(persons)
    goes_on(persons, uninterrupted)


@pytest.mark.parametrize("step", STEPS)
def test_killed_with_the_tables_of_a_step_written(persons, uninterrupted, step):
    struck(victim.killed_inside, persons, step)
    assert step not in finished(persons)
    goes_on(persons, uninterrupted)


def test_killed_when_the_run_folder_is_about_to_be_renamed(persons, uninterrupted):
    struck(victim.killed_assembling, persons)
    assert finished(persons) == set(STEPS)
    goes_on(persons, uninterrupted)


def test_a_second_run_makes_nothing_anew(persons):
    first = sojourn.run(persons)
    before, made = times(persons), contents(first.folder)
    second = sojourn.run(persons)
    assert second.folder == first.folder
    assert times(persons) == before and contents(second.folder) == made


@pytest.mark.parametrize("blow", ["one byte", "cut short", "gone", "other rows"])
def test_a_damaged_work_table_is_made_anew(persons, uninterrupted, blow):
    sojourn.run(persons)
    (table,) = persons.glob(".sojourn/*/residence/statuses.parquet")
    damage(table, blow)
    again = sojourn.run(persons)
    assert differing(again.folder, uninterrupted.folder) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"statuses": {}}', '{"statuses": {"rows": 1, "checksum": "0"}}'])
def test_a_damaged_note_of_a_finished_step_is_no_proof(persons, uninterrupted, text):
    sojourn.run(persons)
    (note,) = persons.glob(".sojourn/*/residence/done.json")
    note.write_text(text, encoding="utf-8")
    assert differing(sojourn.run(persons).folder, uninterrupted.folder) == []


def damage(table: Path, blow: str) -> None:
    """Damage a table in a file of its own: the run folder may hold a link to the same bytes."""
    whole = table.read_bytes()
    table.unlink()
    middle = len(whole) // 2
    damaged = {
        "one byte": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "cut short": whole[:middle],
        "other rows": (table.parent.parent / "events" / "events.parquet").read_bytes(),
    }
    if blow in damaged:
        table.write_bytes(damaged[blow])


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("data/deaths.csv", "2021-12-01", "2021-12-02"),
        ("definitions/residence.yaml", "leave: 12 months within", "leave: 11 months within"),
        ("sources/crossings.yaml", "The crossings", "Crossings"),
        ("country.yaml", "threshold: 1", "threshold: 2"),
        ("drawn.key", "drawn-for", "other-for"),
    ],
)
def test_whatever_changes_starts_anew_under_another_name(persons, file, old, new):
    first = sojourn.run(persons)
    before = contents(first.folder)
    path = persons / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    second = sojourn.run(persons)
    assert second.folder != first.folder and contents(first.folder) == before
    assert len(list((persons / ".sojourn").iterdir())) == 2
