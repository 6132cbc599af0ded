"""Names and codes of a file as YAML and the terminal can hold them, whatever characters they are made of."""

import json
import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def scalar(value: str) -> str:
    """A text as YAML: bare where it can only be text, else in double quotes."""
    return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML else quoted(value)


def quoted(value: str) -> str:
    """A text in double quotes on one line; characters that no terminal shows are written as their numbers."""
    parts = (json.dumps(each, ensure_ascii=False)[1:-1] if each.isprintable() else f"\\U{ord(each):08x}" for each in value)
    return f'"{"".join(parts)}"'


def shown_name(value: str) -> str:
    """A name for a comment or the terminal: as it is, where it is printable."""
    return value if value.isprintable() else quoted(value)


def listed(values: Iterable[str]) -> str:
    return f"[{', '.join(quoted(each) for each in values)}]"
