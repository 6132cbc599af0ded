"""Code and catalogue agree: every key that code names exists, its fields match, and no entry is left over.

`say("part.entry", ...)` fills exactly the fields of its template. A problem's code names the entries `entry`
(what is wrong) and `entry_do` (what to do), and may name `entry_why`; together they use the fields it carries.
Keys made at run time count as used where an f-string of the code can make them: f"rules.{family}_prose" uses the
entries of that form. An f-string that could make any entry (f"rules.{key}") uses those whose name stands in the
code as a text, or as an error type of pydantic, which the loader looks up under `definitions`.
"""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from tests.spec.source_tree import PACKAGE, Finding, Source, called_name, python_sources, report, templates

LANGUAGES = sorted(path for path in (PACKAGE / "messages").iterdir() if any(path.glob("*.toml")))
SAYERS = {"say"}
PROBLEMS = {"problem", "warning", "Problem", "Refused"}
# `path` leads the loader to the line of the key; no template shows it.
NOT_FIELDS = {"file", "line", "path", "warning"}
KEY = re.compile(r"[a-z_]+\.\w+")
Catalogue = dict[str, str]


def catalogue(folder) -> Catalogue:
    """Key to template over all files of one language."""
    return {
        f"{path.stem}.{entry}": text
        for path in sorted(folder.glob("*.toml"))
        for entry, text in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def fields_of(template: str) -> set[str]:
    """Names that str.format fills in."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(template) if name}


def text_of(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def given_fields(call: ast.Call) -> set[str] | None:
    """Names of the fields a call fills; None where they are known only at run time."""
    if called_name(call) == "Problem":
        mapping = next((k.value for k in call.keywords if k.arg == "fields"), call.args[3] if len(call.args) > 3 else None)
        if mapping is None:
            return set()
        return {text_of(key) for key in mapping.keys} if isinstance(mapping, ast.Dict) else None
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else names - (NOT_FIELDS if called_name(call) in PROBLEMS else set())


def faults_of_call(call: ast.Call, known: Catalogue) -> Iterator[str]:
    """What is wrong with one call of say() or problem() whose key is a constant."""
    key = text_of(call.args[0])
    parts = [key] if called_name(call) in SAYERS else [key, f"{key}_do"]
    missing = [part for part in parts if part not in known]
    yield from (f"no catalogue entry {part}" for part in missing)
    given = given_fields(call)
    if missing or given is None:
        return
    optional = [f"{key}_why"] if called_name(call) in PROBLEMS else []
    wanted = set().union(*(fields_of(known[part]) for part in parts + optional if part in known))
    if wanted != given:
        yield f"{key} has the fields {sorted(wanted)}, given are {sorted(given)}"


def faulty_calls(source: Source, known: Catalogue) -> Iterator[Finding]:
    """Calls of one file that the catalogue cannot answer."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called_name(node) in SAYERS | PROBLEMS and node.args:
            if text_of(node.args[0]):
                yield from (Finding(source.path, node.lineno, fault) for fault in faults_of_call(node, known))


def keys_in_template(source: Source) -> list[tuple[int, str]]:
    """(line, key) of each say("...") in a Jinja template."""
    found = re.finditer(r"""\bsay\(\s*["']([^"']+)["']""", source.text)
    return [(source.text.count("\n", 0, match.start()) + 1, match.group(1)) for match in found]


def unknown_in_templates(source: Source, known: Catalogue) -> list[Finding]:
    return [Finding(source.path, line, f"no catalogue entry {key}") for line, key in keys_in_template(source) if key not in known]


def pattern(node: ast.JoinedStr) -> str:
    """Regular expression of the texts an f-string can make."""
    return "".join(re.escape(text_of(part)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)


def unused(all_sources: list[Source], known: Catalogue) -> list[str]:
    """Entries that nothing in the code or the templates can name."""
    nodes = [node for source in all_sources if source.path.endswith(".py") for node in ast.walk(source.tree)]
    words = {text_of(node) for node in nodes} | set(get_args(ErrorType))
    words |= {word for text in list(words) if " " in text for word in text.split()}
    words |= {key for source in all_sources if not source.path.endswith(".py") for _, key in keys_in_template(source)}
    patterns = {pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    narrow = {each for each in patterns if re.match(r"[a-z_]+\\\..*[a-z]", each.replace(r"\w+", ""))}
    wide = {each for each in patterns - narrow if re.match(r"[a-z_]+\\\.", each)}

    def named(key: str) -> bool:
        entry = key.partition(".")[2]
        made = any(re.fullmatch(each, key) for each in narrow)
        return key in words or made or (entry in words and any(re.fullmatch(each, key) for each in wide))

    return [key for key in known if not named(key) and not named(re.sub(r"_(why|do)$", "", key))]


@pytest.fixture(scope="module", params=LANGUAGES, ids=lambda folder: folder.name)
def known(request) -> Catalogue:
    return catalogue(request.param)


def test_every_key_in_the_code_has_an_entry_with_its_fields(known):
    findings = [finding for source in python_sources() for finding in faulty_calls(source, known)]
    findings += [finding for source in templates() for finding in unknown_in_templates(source, known)]
    assert not findings, report(findings)


def test_no_entry_is_left_over(known):
    assert unused(python_sources() + templates(), known) == []


def test_languages_hold_the_same_keys_and_fields():
    first, *others = ({key: fields_of(text) for key, text in catalogue(folder).items()} for folder in LANGUAGES)
    assert all(other == first for other in others)


SAMPLE = {
    "errors.lost": "{name} is lost.", "errors.lost_do": "Find {name}.",
    "errors.mute": "Nothing to do.", "rules.stay_prose": "", "rules.leave_lint": "", "rules.arrive": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("say('errors.absent')", "no catalogue entry errors.absent"),
        ("say('errors.lost')", "errors.lost has the fields ['name'], given are []"),
        ("say('errors.lost', name=1, age=2)", "errors.lost has the fields ['name'], given are ['age', 'name']"),
        ("problem('errors.mute')", "no catalogue entry errors.mute_do"),
        ("Refused('errors.lost', nome=1)", "errors.lost has the fields ['name'], given are ['nome']"),
        ("Problem('errors.lost', file, 3, {'nome': 1})", "errors.lost has the fields ['name'], given are ['nome']"),
    ],
)
def test_a_call_without_its_entry_is_found(text, fault):
    assert [finding.what for finding in faulty_calls(Source("run/a.py", text), SAMPLE)] == [fault]


def test_a_call_with_its_entry_passes():
    text = "say('errors.lost', name=1)\nproblem('errors.lost', file, line=3, name=1)\nsay('errors.lost', **rest)\nsay(key)"
    assert list(faulty_calls(Source("run/a.py", text), SAMPLE)) == []


def test_an_unknown_key_in_a_template_is_found():
    source = Source("publish/report.html.j2", "<p>\n{{ say('report.absent', n=1) }}")
    assert [(each.line, each.what) for each in unknown_in_templates(source, SAMPLE)] == [(2, "no catalogue entry report.absent")]


def test_an_entry_left_over_is_found():
    code = "say('errors.lost', name=1)\nsay(f'rules.{family}_prose')\nsay(f'rules.{key}')\nx = 'arrive'"
    assert unused([Source("run/a.py", code)], SAMPLE) == ["errors.mute", "rules.leave_lint"]


def test_an_entry_used_in_a_template_is_not_left_over():
    page = Source("publish/report.html.j2", "{{ say('errors.mute') }}")
    assert "errors.mute" not in unused([page], SAMPLE)
