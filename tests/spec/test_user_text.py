"""Everything said to a person stands in the message catalogues, so code and templates hold no sentences.

In code, a sentence is a text of three or more words separated by spaces. What is no sentence to a person:
docstrings (any text that is a statement by itself), keys of a mapping (they are looked up, such as the words
of a notation), lists of names written as "a b c".split(), and SQL.
A text counts as SQL when it starts like a statement or a clause (see SQL_START; one word of lower case,
such as "from" or "and", is not enough), when it is a list of columns with a comma after each, or when sqlglot
can parse it and it holds an upper-case SQL word or an operator. A placeholder of an f-string is no word; for
SQL it is read as a name.

In a template, every word in a text node, or in an attribute that a reader sees or hears, must come from {{ }}.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import jinja2
import pytest
import sqlglot
from sqlglot.errors import SqlglotError

from tests.spec.source_tree import Finding, Source, name_lists, python_sources, report, templates

WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
SENTENCE = re.compile(rf"(?<!\w){WORD}(?:[,;:.]? +{WORD}){{2,}}(?!\w)")
SQL_START = re.compile(
    r"[\s(]*("
    r"(?i:select\b|with\s+(recursive\s+)?\w+\s+as\s*\(|create\s+(or\s+replace\s+)?(temp\w*\s+)?(table|view|macro)\b"
    r"|insert\s+into\b|copy\s*\(|copy\s+\w+\s+(from|to)\s+'|order\s+by\b|group\s+by\b|partition\s+by\b)"
    r"|(FROM|WHERE|AND|OR|NOT|ON|USING|HAVING|QUALIFY|WINDOW|OVER|RANGE|ROWS|UNION|EXCEPT|INTERSECT|VALUES|SET"
    r"|JOIN|LEFT|RIGHT|INNER|FULL|CROSS|ASOF|CASE|WHEN|THEN|ELSE|END|FILTER|LIMIT|AS|DROP|ALTER|PRAGMA|ATTACH|ASC|DESC|NULLS)\b"
    r")"
)
COLUMNS = re.compile(r"\w+(, \w+)+")
SQL_MARK = re.compile(r"[=<>*/+|]|::|\b(AND|OR|NOT|NULL|IS|IN|BETWEEN|CASE|AS|OVER|LIKE|INTERVAL|DATE|ASC|DESC)\b")
SEEN_ATTRIBUTES = {"alt", "title", "aria-label", "aria-description", "placeholder", "label", "content", "summary"}
PLACEHOLDER = "\N{OBJECT REPLACEMENT CHARACTER}"


def parses_as_sql(text: str) -> bool:
    try:
        return bool(sqlglot.parse_one(text, read="duckdb"))
    except SqlglotError:
        return False


def is_sql(text: str) -> bool:
    """Whether a text is SQL; a placeholder before the first clause, f"{query} FROM ...", is passed over."""
    text = text.lstrip(PLACEHOLDER + " ,").replace(PLACEHOLDER, "x")
    if COLUMNS.fullmatch(text) or SQL_START.match(text):
        return True
    return bool(SQL_MARK.search(text)) and parses_as_sql(text)


def whole_text(node: ast.Constant | ast.JoinedStr) -> str:
    """The text of a constant, or of an f-string with PLACEHOLDER for what is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(part.value if isinstance(part, ast.Constant) else PLACEHOLDER for part in node.values)


def exempt(tree: ast.Module) -> set[int]:
    """Ids of nodes that are docstrings, keys, lists of names, or parts of an f-string (read with the whole)."""
    skipped = name_lists(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Dict):
            skipped.update(id(key) for key in node.keys)
        elif isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            skipped.update(id(part.format_spec) for part in node.values if isinstance(part, ast.FormattedValue))
    return skipped


def sentences_in_code(source: Source) -> Iterator[Finding]:
    """Texts of a Python file that should stand in a catalogue."""
    skipped = exempt(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in skipped:
            text = whole_text(node)
            found = SENTENCE.search(text)
            if found and not is_sql(text):
                yield Finding(source.path, node.lineno, repr(found.group()))


class TextNodes(HTMLParser):
    """Collects what a reader of the page sees or hears: (line, text)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"style", "script"}
        named = [value for name, value in attrs if name in SEEN_ATTRIBUTES and value]
        # <meta name="viewport" content="width=..."> is read by the browser alone.
        self.found += [(self.getpos()[0], value) for value in named if tag != "meta"]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append((self.getpos()[0], data))


def words_in_template(source: Source) -> Iterator[Finding]:
    """Words of a template outside its expressions."""
    tokens = jinja2.Environment().lex(source.text)
    outside = "".join(text if kind == "data" else PLACEHOLDER + "\n" * text.count("\n") for _, kind, text in tokens)
    page = TextNodes()
    page.feed(outside)
    page.close()
    for line, text in page.found:
        if word := re.search(rf"{WORD}", text):
            yield Finding(source.path, line, repr(word.group()))


def test_code_holds_no_sentences():
    speaking = (source for source in python_sources() if not source.path.startswith("messages/"))
    findings = [finding for source in speaking for finding in sentences_in_code(source)]
    assert not findings, report(findings)


def test_templates_hold_no_words():
    findings = [finding for source in templates() for finding in words_in_template(source)]
    assert not findings, report(findings)


@pytest.mark.parametrize(
    "text",
    [
        "raise ValueError('the file is missing')",
        "print(f'{count} rows were dropped')",
        "print(f'read {path} again and again')",
        "LABEL = 'born in the country'",
        "help = 'where to write the report'",
        "say('from the first day on')",
        "say('with a key of your own')",
        "say('not in the list')",
    ],
)
def test_a_sentence_in_code_is_found(text):
    assert len(list(sentences_in_code(Source("run/a.py", text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "'''A module that says what it does.'''",
        "def f():\n    '''Say what it does here.'''",
        "q = 'SELECT a, b FROM t WHERE a IS NULL'",
        "q = f'WITH x AS (SELECT 1) SELECT * FROM {t}'",
        "q = f'{a} IS NOT NULL AND {b} > 0'",
        "q = f'{a} FROM (SELECT DISTINCT b FROM {c})'",
        "q = 'LEFT JOIN links USING (record)'",
        "q = 'count(*) FILTER (WHERE kind = 1)'",
        "names = 'person start end'.split()",
        "column = ', m.unit AS mother'",
        "columns = 'person, start_date, end'",
        "order = f'{direction}' if x else 'ASC NULLS LAST'",
        "kinds = {'not resident on': 'exclusion'}",
        "text = f'{needed} within {window}'",
        "key = 'errors.missing_column'",
        "say('two words')",
    ],
)
def test_what_is_no_sentence_passes(text):
    assert list(sentences_in_code(Source("run/a.py", text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Report</h1>",
        "<p>{{ count }} persons</p>",
        "{% if a %}yes{% endif %}",
        "<img alt='chart of flows' src='a.svg'>",
    ],
)
def test_a_word_in_a_template_is_found(text):
    assert len(list(words_in_template(Source("report.html.j2", text)))) == 1


def test_markup_and_expressions_pass():
    text = "<style>p { color: red }</style>\n<p class='a'>{# a remark #}{{ say('report.title') }} &mdash; 12 {{ n }}</p>"
    assert list(words_in_template(Source("report.html.j2", text))) == []
