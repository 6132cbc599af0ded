"""Identifiers to persons, in memory: the same construction as the door's, for the one who holds the identifier."""

import hashlib

from sojourn.definitions.source import Source


def pseudonym(secret: str, scheme: str, key: str) -> str:
    """SHA-256 of secret, scheme, unit separator and key, cut to 128 bits, as 32 hexadecimal digits."""
    return hashlib.sha256(f"{secret}{scheme}\x1f{key}".encode()).hexdigest()[:32]


def schemes(sources: list[Source]) -> list[str]:
    """The key schemes of the sources, each once, in their order."""
    return list(dict.fromkeys(source.identifier.scheme for source in sources))
