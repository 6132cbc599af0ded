"""A country folder: `country.yaml`, `sources/*.yaml`, `definitions/*.yaml`, `published/*.yaml`, code lists and, for small examples, data."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import Field

from sojourn.definitions.governance import OFFICIAL_STATISTICS
from sojourn.definitions.model import Model
from sojourn.definitions.published import PublishedTable
from sojourn.definitions.source import Source
from sojourn.definitions.yaml import Document

DATA_SETTING = "{data}"


class CountryFile(Model):
    """`country.yaml`. `threshold`: counts below it are not shown in report and headline CSV until a release is protected.

    `purpose`: what the statistics are for; every source must permit it. `produced_on`: the day on which they are produced,
    by which agreements hold or have ended: nothing reads a clock.
    """

    id: str
    name: str
    code: str = Field(pattern=r"^[A-Z]{3}$")
    period: str
    purpose: str = OFFICIAL_STATISTICS
    produced_on: date | None = None
    residence: str | None = None
    threshold: int = Field(default=5, ge=1)
    data: str | None = None
    secret: str | None = None
    drawn: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Country:
    """A loaded country folder. `definitions` and `published` by id; `documents` keep the lines for messages."""

    path: Path
    file: CountryFile
    sources: dict[str, Source]
    definitions: dict[str, object]
    documents: dict[str, Document] = field(repr=False, default_factory=dict)
    published: dict[str, PublishedTable] = field(default_factory=dict)

    @property
    def data(self) -> Path | None:
        """The folder behind `{data}`: SOJOURN_DATA, else `data:` resolved against the repository that holds the folder."""
        if self.file.data is None:
            return None
        if os.environ.get("SOJOURN_DATA"):
            return Path(os.environ["SOJOURN_DATA"]).resolve()
        return (repository(self.path) / self.file.data).resolve()

    def resolve(self, file: str) -> Path:
        """A path in a definition: relative to the country folder, or under `{data}`."""
        if file.startswith(DATA_SETTING):
            return (self.data or self.path) / file.removeprefix(DATA_SETTING).lstrip("/")
        return self.path / file

    def files(self, source: Source) -> list[Path]:
        """All files of a source, delivery by delivery."""
        return [path for _, paths in self.parts(source) for path in paths]

    def parts(self, source: Source) -> list[tuple[int, list[Path]]]:
        """The files of each delivery of a source in name order, by the delivery's number from 1."""
        return [(number, self._found(each.files)) for number, each in enumerate(source.delivered_in, 1)]

    def _found(self, patterns: Iterable[str]) -> list[Path]:
        """The files behind patterns; one that matches nothing is kept, so that the reader can name it."""
        paths = [self.resolve(pattern) for pattern in patterns]
        return [each for path in paths for each in sorted(path.parent.glob(path.name)) or [path]]

    def of_kind(self, model: type) -> list:
        """The definitions of one kind, in order of id."""
        return [self.definitions[key] for key in sorted(self.definitions) if isinstance(self.definitions[key], model)]

    @property
    def rule(self) -> object | None:
        """The residence rule that the country file names."""
        return self.definitions.get(self.file.residence) if self.file.residence else None


def repository(folder: Path) -> Path:
    """The nearest folder above (or at) `folder` that holds a version-control repository, else the folder itself."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
