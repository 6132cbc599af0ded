"""The page of the direct door, done as its reader would."""

import shlex
import subprocess
import sys

from sojourn.definitions.rules.text import rule_of
from sojourn.run.direct.asked import POLICIES
from sojourn.run.direct.issues import REASONS, TREATMENTS
from tests.direct.reading import COLUMNS
from tests.docs.pages import ROOT, Page

PAGE = Page("residence", (ROOT / "docs" / "how-to" / "residence-from-a-file.md").read_text(encoding="utf-8"))


def test_the_example_runs_from_the_shell_and_from_python(desk) -> None:
    (lines,), (command,), (snippet,) = (PAGE.blocks(each) for each in ("csv", "text", "python"))
    desk.put("crossings.csv", *lines.splitlines())
    done = desk.type(*shlex.split(command)[2:])
    assert done.returncode == 0, done.stderr
    assert (desk.folder / "decided.csv").read_text().splitlines()[0] == ",".join(COLUMNS)
    printed = subprocess.run([sys.executable, "-c", snippet], cwd=desk.folder, capture_output=True, text=True)
    assert printed.stdout.split() == ["3", "{}"], printed.stderr


def test_every_word_is_on_the_page() -> None:
    for word in (*COLUMNS, *POLICIES, *REASONS, *TREATMENTS):
        assert f"`{word}`" in PAGE.text


def test_the_rules_of_the_page_are_rules() -> None:
    table = PAGE.text.partition("| text | meaning |")[2].partition("\n\n")[0]
    rules = [line.split("`")[1] for line in table.splitlines() if "`" in line]
    assert len([rule_of(each) for each in rules]) == 6
