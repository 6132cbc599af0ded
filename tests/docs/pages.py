"""The pages of the project as text: their blocks of code, their commands, their links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^    (?=\S)(.+)$", re.MULTILINE)
INLINE = re.compile(r"`((?:\./dev|sojourn)(?: [^`\n]+)?)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMANDS = ("./dev", "sojourn", "uv", ".ci/run")


@dataclass(frozen=True)
class Page:
    """A page in markdown. `name`: its path in the repository."""

    name: str
    text: str

    @property
    def links(self) -> list[str]:
        """Targets of links and pictures that lie in the repository."""
        return [each.partition("#")[0] for each in LINK.findall(self.text) if "://" not in each and not each.startswith("#")]

    def blocks(self, language: str) -> list[str]:
        return [text for named, text in FENCE.findall(self.text) if named == language]

    @property
    def commands(self) -> list[str]:
        """Every command: lines of fenced and indented blocks, and those in running text."""
        plain = FENCE.sub("", self.text)
        lines = [line for text in self.blocks("sh") for line in text.splitlines()] + INDENTED.findall(plain) + INLINE.findall(plain)
        return [line for line in lines if line.split()[0] in COMMANDS]


def pages(root: Path = ROOT) -> list[Page]:
    """Every page that is part of the project; what runs and tools leave behind is not."""
    found = [root / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for folder in ("docs", "countries", "src"):
        found += (path for path in sorted((root / folder).rglob("*.md")) if not {"runs", ".sojourn"} & set(path.parts))
    return [Page(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in found]
