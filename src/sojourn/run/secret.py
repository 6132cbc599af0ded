"""The secret with which identifiers become pseudonyms: read from a file or the environment, never written to an output."""

import hashlib
import os
import secrets
from pathlib import Path

from sojourn.definitions.country import Country
from sojourn.engine.session import guarded
from sojourn.errors import SojournError, problem

LENGTH = 32
PUBLIC = "19d841a709f1e350"
"""Fingerprint of the public key that ships with drawn lives: under it, pseudonyms hide nobody."""


def needs_secret(country: Country) -> bool:
    """Whether any source has identifiers of persons or respondents. Admissions keep none."""
    return any(source.is_keyed for source in country.sources.values())


def read_secret(country: Country) -> str:
    """The secret. Raises SojournError where there is none, with the command that makes one; empty where none is needed."""
    if not needs_secret(country):
        return ""
    value = os.environ.get("SOJOURN_SECRET", "") or _from_file(country)
    if not value:
        raise SojournError(problem("run.no_secret", country.path / "country.yaml", folder=country.path))
    if len(value) < LENGTH:
        raise SojournError(problem("run.short_secret", country.path / "country.yaml", length=LENGTH))
    return value


def _from_file(country: Country) -> str:
    path = country.path / country.file.secret if country.file.secret else None
    if path is None or not path.is_file():
        return ""
    try:
        with guarded(path):
            return path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise SojournError(problem("run.secret_no_text", path)) from None


def make_secret(path: Path) -> None:
    """Write a new random secret, readable by the owner alone. Never overwrites. Raises SojournError if the file exists."""
    if path.exists():
        raise SojournError(problem("run.secret_exists", path))
    with guarded(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(LENGTH) + "\n")
        except OSError:
            path.unlink()
            raise


def secret_fingerprint(secret: str) -> str:
    """Tells two secrets apart without giving either away: 16 hex digits of a SHA-256 with its own prefix."""
    return hashlib.sha256(b"sojourn secret fingerprint" + secret.encode()).hexdigest()[:16] if secret else ""
