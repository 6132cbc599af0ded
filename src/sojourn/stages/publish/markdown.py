"""The little markdown that methodology prose uses: headings, paragraphs, lists, **strong**, *emphasis*, `code`, links."""

import re

from markupsafe import Markup, escape

_INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*\s][^*]*)\*"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)"), r'<a href="\2">\1</a>'),
    (re.compile(r"&lt;(https?://[^\s&]+)&gt;"), r'<a href="\1">\1</a>'),
)
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+(.*)$")
HIGHEST = 4
"""The level of the highest heading inside a section of the page."""


def html(text: str) -> Markup:
    """Markdown as HTML; everything else in the text is escaped."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return Markup("\n").join(block(each) for each in blocks if each.strip())


def block(text: str) -> Markup:
    """One block: a heading (and what follows it), a list, or a paragraph."""
    first, _, rest = text.strip("\n").partition("\n")
    heading = _HEADING.match(first)
    if heading:
        level = min(HIGHEST - 1 + len(heading.group(1)), 6)
        title = Markup(f"<h{level}>{inline(heading.group(2))}</h{level}>")
        return title + block(rest) if rest.strip() else title
    if _ITEM.match(first):
        return listed(text.splitlines())
    before, items = until_list(text.splitlines())
    return Markup(f"<p>{inline(' '.join(before))}</p>") + (listed(items) if items else "")


def until_list(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the first item of a list, and the rest."""
    start = next((number for number, each in enumerate(lines) if _ITEM.match(each)), len(lines))
    return [each.strip() for each in lines[:start]], lines[start:]


def listed(lines: list[str]) -> Markup:
    items: list[str] = []
    for each in lines:
        item = _ITEM.match(each)
        if item:
            items.append(item.group(1))
        elif items:
            items[-1] += " " + each.strip()
    tag = "ol" if re.match(r"\s*\d", lines[0]) else "ul"
    return Markup(f"<{tag}>{''.join(f'<li>{inline(each)}</li>' for each in items)}</{tag}>")


def inline(text: str) -> str:
    escaped = str(escape(text))
    for pattern, replacement in _INLINE:
        escaped = pattern.sub(replacement, escaped)
    return escaped
