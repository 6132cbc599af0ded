"""What the pages say is done here as a reader would do it: commands, code, definitions, links."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sojourn.definitions.case import check_case
from sojourn.definitions.rules.residence import ResidenceRule
from sojourn.definitions.yaml import load
from sojourn.reference.residence import decide
from tests.docs.pages import ROOT, Page, pages

PAGES = {page.name: page for page in pages()}
README = PAGES["README.md"]
DEV = (ROOT / "dev").read_text(encoding="utf-8")
NEEDS_DATA = tuple(f"countries/{each}" for each in ("acs", "basel", "egatur", "greenland", "i94", "nz_outcomes", "valencia"))
"""Countries whose runs read the data folder: run whole by the tests of real data."""


def at_a_prompt(command: str, folder: Path) -> subprocess.CompletedProcess:
    """A command in a shell, where `sojourn` is the installed script."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    return subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)


def succeeds(command: str, folder: Path) -> str:
    done = at_a_prompt(command, folder)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def toured(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The folder in which the tour was walked, line by line, and what each command printed."""
    folder = tmp_path_factory.mktemp("tour")
    (tour,) = README.blocks("sh")
    return folder, {line: succeeds(line, folder) for line in tour.splitlines()}


def test_the_tour_shows_something_at_every_stop(toured):
    folder, printed = toured
    words = {line.split()[1]: text for line, text in printed.items()}
    assert list(words) == ["init", "profile", "check", "run", "explain", "methodology", "sql", "feedback", "clean"]
    assert all(text.strip() for text in words.values())
    assert "MI 1.1" in words["run"] and "SELECT" in words["sql"] and "## " in words["methodology"]
    assert list(folder.glob("mycountry/runs/*/report*.html"))


def test_the_other_words_of_the_tour_hold_too(toured):
    """Profiles and periods that stand in the comments beside the commands."""
    init, period = (line for line in toured[1] if line.split()[1] in ("init", "run"))
    (used,) = re.findall(r"--profile (\w+)", init)
    profiles = set(re.findall(r"\w+", init.partition("# or ")[2].partition(":")[0])) - {"or"}
    assert {used, *profiles} == set(load(ROOT / "src" / "sojourn" / "template" / "profiles.yaml").data)
    folder = toured[0]
    for other in re.findall(r"[\d.-]*\d", period.partition("#")[2]):
        succeeds(f"sojourn run mycountry --period {other}", folder)


def test_the_same_from_python(toured):
    (snippet,) = README.blocks("python")
    done = subprocess.run([sys.executable, "-c", snippet], cwd=toured[0], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    explained = next(text for line, text in toured[1].items() if " explain " in line)
    assert explained.strip() in done.stdout


def test_the_definition_of_the_readme_is_a_rule_and_its_lives_hold(tmp_path):
    (snippet,) = README.blocks("yaml")
    (tmp_path / "usual-residence.yaml").write_text(snippet, encoding="utf-8")
    rule = load(tmp_path / "usual-residence.yaml").build(ResidenceRule)
    assert rule.lint() == []
    assert [each for case in rule.cases for each in check_case(case, rule, decide)] == []
    assert rule.cases and "Population Statistics Act" in rule.prose()


def every(of: str) -> list:
    """(page, one of its commands or links), each once."""
    return sorted({(page.name, each) for page in PAGES.values() for each in getattr(page, of)})


@pytest.mark.parametrize(("page", "link"), every("links"))
def test_links_lead_somewhere(page, link):
    assert (ROOT / page).parent.joinpath(link).exists()


NAMED = sorted(set(re.findall(r"`(?!\.\./)((?:[\w.-]+/)+[\w.-]*)`", PAGES["CONTRIBUTING.md"].text)))


@pytest.mark.parametrize("path", NAMED)
def test_files_and_folders_that_contributors_are_sent_to_exist(path):
    assert (ROOT / path).exists() or (ROOT / "src" / "sojourn" / path).exists()


def test_every_kind_of_test_is_in_the_table():
    folders = {f"tests/{each.name}" for each in (ROOT / "tests").iterdir() if list(each.glob("test_*.py"))}
    assert folders == {each for each in NAMED if re.fullmatch(r"tests/\w+", each)}


@pytest.mark.parametrize(("page", "command"), [each for each in every("commands") if each[1].split()[0] == "./dev" and " " in each[1]])
def test_dev_knows_the_command(page, command):
    word = command.split()[1]
    assert re.search(rf"^    {word}\)", DEV, re.MULTILINE) and re.search(rf"^    \./dev {word}\b", DEV, re.MULTILINE)


def runnable(page: str, command: str) -> str | None:
    """What to type for a command outside the tour: None where it needs data, a network, or is a test of its own."""
    command = command.replace("./dev demo", "sojourn run countries/lives").replace("./dev sojourn", "sojourn")
    words = shlex.split(command, comments=True)
    if words[0] != "sojourn" or len(words) < 3 or page == "README.md":
        return None
    return None if words[1] == "run" and words[2] in NEEDS_DATA else command


OUTSIDE = [(page, typed) for page, command in every("commands") if (typed := runnable(page, command))]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    """A folder that holds the countries, and a new country made by `init`, as the pages suppose."""
    folder = tmp_path_factory.mktemp("workplace")
    shutil.copytree(ROOT / "countries", folder / "countries", ignore=shutil.ignore_patterns("runs", ".sojourn"))
    for name in ("template", "mycountry"):
        succeeds(f"sojourn init {name}", folder)
    return folder


@pytest.mark.parametrize(("page", "command"), OUTSIDE)
def test_commands_of_the_other_pages(page, command, workplace):
    place = workplace / "template" if page.startswith("src/sojourn/template/") else workplace
    assert succeeds(command, place).strip()


def test_the_pages_have_commands_to_run():
    assert {"countries/lives/README.md", "countries/i94/README.md", "src/sojourn/template/README.md"} <= {page for page, _ in OUTSIDE}
    demo = re.search(r'^    demo\).*run "\$root/(\S+)"', DEV, re.MULTILINE)
    assert demo and demo[1] == "countries/lives"


def test_a_wrong_page_is_noticed(tmp_path):
    page = Page("wrong.md", "See [here](nowhere.md).\n\n```sh\nsojourn fly mycountry  # or not\n```\n\nOr `./dev levitate`.\n")
    assert page.links == ["nowhere.md"]
    assert page.commands == ["sojourn fly mycountry  # or not", "./dev levitate"]
    assert at_a_prompt(page.commands[0], tmp_path).returncode != 0
