"""A new country folder from the template that ships with the package."""

import os
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from sojourn.definitions.country import CountryFile
from sojourn.definitions.yaml import load
from sojourn.engine.session import guarded
from sojourn.errors import SojournError, problem
from sojourn.run.secret import make_secret

IGNORED = ("*.key", ".sojourn/", "runs/")
"""What version control must never take up: the secret, and tables of persons."""


def init(folder: Path | str, profile: str) -> Path:
    """Copy the template with the profile's sources alone, and make a secret. Raises SojournError if the folder exists.

    An entry of `profiles.yaml` is a file, or `file: name` for one that gets another name in the new folder.
    """
    target = Path(folder)
    if target.exists():
        raise SojournError(problem("init.exists", target))
    partial = target.with_name(target.name + ".partial")
    with guarded(target):
        try:
            _copy(profile, partial)
            os.replace(partial, target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return target


def _copy(profile: str, folder: Path) -> None:
    """The profile's files, what version control ignores, and a secret."""
    shutil.rmtree(folder, ignore_errors=True)
    with as_file(files("sojourn") / "template") as template:
        names = load(template / "profiles.yaml").data[profile]
        for name in names:
            origin, place = next(iter(name.items())) if isinstance(name, dict) else (name, name)
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(template / origin, folder / place)
    (folder / ".gitignore").write_text("\n".join(IGNORED) + "\n", encoding="utf-8")
    make_secret(folder / "sojourn.key")


def secret_file(folder: Path | str) -> Path:
    """The file that the country file names for its secret. Raises SojournError where it names none."""
    path = Path(folder) / "country.yaml"
    country = load(path).build(CountryFile)
    if country.secret is None:
        raise SojournError(problem("run.secret_not_named", path))
    return path.parent / country.secret
