"""Which wheels of the lock a bundle holds."""

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from bundle.platforms import Platform

EXPORT = "export --frozen --offline --quiet --no-emit-project --no-dev --no-hashes --no-annotate --no-header".split()


class Refused(Exception):
    """A bundle that cannot be made. The text says what is wrong and what to do."""


@dataclass(frozen=True)
class Wheel:
    """One file of the lock. `sha256`: in hexadecimal."""

    name: str
    version: str
    file: str
    sha256: str

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


def declared_extras(source: Path) -> list[str]:
    """Extras that pyproject.toml of a source tree declares."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(project.get("optional-dependencies", {}))


def required(source: Path, extras: Iterable[str]) -> list[Requirement]:
    """What runs with sojourn and these extras: each library of the lock with its exact version and its marker."""
    chosen = [word for extra in extras for word in ("--extra", extra)]
    command = [sys.executable, "-m", "uv", *EXPORT, "--project", str(source), *chosen]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [Requirement(line) for line in done.stdout.splitlines()]


def locked_wheels(source: Path) -> dict[tuple[str, str], list[Wheel]]:
    """Every wheel of the lock by name and version."""
    packages = tomllib.loads((source / "uv.lock").read_text(encoding="utf-8"))["package"]
    found = {}
    for package in packages:
        name, version = package["name"], package.get("version", "")
        files = ((unquote(urlsplit(each["url"]).path.rsplit("/", 1)[-1]), each["hash"]) for each in package.get("wheels", []))
        found[name, version] = [Wheel(name, version, file, digest.removeprefix("sha256:")) for file, digest in files]
    return found


def best(wheels: list[Wheel], platform: Platform, python: str) -> Wheel | None:
    """The wheel that an installer would take there."""
    order = {tag: rank for rank, tag in enumerate(platform.tags(python))}
    ranked = [
        (order[tag], each.file, each) for each in wheels for tag in parse_wheel_filename(each.file)[3] if tag in order
    ]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def needed(source: Path, extras: Iterable[str], platform: Platform, python: str) -> tuple[list[Wheel], list[str]]:
    """Wheels for a platform and a version of Python, and "name version" of each library that has none for it."""
    locked, markers = locked_wheels(source), platform.markers(python)
    found, missing = [], []
    for each in required(source, extras):
        if each.marker is None or each.marker.evaluate(markers):
            (pin,) = each.specifier
            wheel = best(locked[canonicalize_name(each.name), pin.version], platform, python)
            found.append(wheel) if wheel else missing.append(f"{each.name} {pin.version}")
    return found, missing
