"""Encodings of text files: known, found, checked line by line, and converted where the engine does not read them."""

import codecs
import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from sojourn.engine.session import guarded

ENGINE = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "ascii": "utf-8", "iso8859-1": "latin-1", "utf-16": "utf-16"}
"""Python's name of an encoding to the engine's."""
WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜ’‘“”–«»°ºª¿¡€")
"""What Western European files hold beside ASCII. In windows-1252 text of other alphabets shows other signs, or longer runs of these."""
CODE_PAGES = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "cp850", "cp852", "cp866",
    "iso8859_2", "iso8859_5", "iso8859_7", "koi8_r", "cp932", "gb18030", "big5", "cp949",
)
"""What offices write; rarer ones can be stated. In a few bytes, any code page could be seen."""
_CHUNK = 1 << 20


def known(encoding: str) -> bool:
    """Whether text can be read in the encoding; codecs such as base64 turn bytes into bytes."""
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except (LookupError, ValueError):
        return False


def engine_name(encoding: str) -> str | None:
    """The engine's name of an encoding, None where it reads none of that name."""
    return ENGINE.get(codecs.lookup(encoding).name)


def opened(file: Path, encoding: str) -> TextIO:
    """The file as text; a byte order mark is no part of it."""
    name = codecs.lookup(encoding).name
    return file.open(encoding="utf-8-sig" if name == "utf-8" else name, newline="")


def undecodable_line(file: Path, encoding: str) -> int | None:
    """The first line that is not valid in the encoding, or None."""
    decoder, read = codecs.getincrementaldecoder(encoding)(), 0
    with file.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # What an earlier chunk left over stands at the head of the bytes that could not be read.
                return _line_of(file, encoding, read + len(chunk) - len(error.object) + error.start)
            if not chunk:
                return None
            read += len(chunk)


def _line_of(file: Path, encoding: str, place: int) -> int:
    """The line of a byte: one more than the line ends before it. All that is before it can be read."""
    with file.open("rb") as stream:
        return stream.read(place).decode(encoding, errors="ignore").count("\n") + 1


def detected(file: Path) -> str:
    """The encoding of a file: by its byte order mark; UTF-8 where all of it is; else the likeliest code page."""
    facts = file.stat()
    return _detected(file, facts.st_mtime_ns, facts.st_size)


@lru_cache
def _detected(file: Path, changed: int, size: int) -> str:
    with file.open("rb") as stream:
        start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8" if undecodable_line(file, "utf-8") is None else _code_page(file)


def _code_page(file: Path) -> str:
    """The likeliest code page of the lines that are not plain ASCII."""
    with file.open("rb") as stream:
        telling = b"".join(line for line, _ in zip((each for each in stream if not each.isascii()), range(500)))
    return "cp1252" if _western(telling) else _likeliest(telling)


def _western(telling: bytes) -> bool:
    """Whether the bytes are, in windows-1252, words of a Western European language: its letters, no five of them in a row."""
    text = telling.decode("cp1252", errors="replace")
    runs = re.findall(r"[^\x00-\x7f]+", text)
    return all(len(run) < 5 and WESTERN.issuperset(run) for run in runs)


def _likeliest(telling: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(telling, cp_isolation=list(CODE_PAGES)).best()
    return codecs.lookup(best.encoding).name if best is not None else "iso8859-1"


def converted(file: Path, encoding: str, folder: Path) -> Path:
    """The file as UTF-8 in a passing folder, once per folder."""
    name = hashlib.sha256(f"{file} {encoding}".encode()).hexdigest()[:16]
    target = folder / f"{name}.txt"
    if target.exists():
        return target
    with guarded(target), opened(file, encoding) as lines, target.open("w", encoding="utf-8", newline="") as copy:
        while chunk := lines.read(_CHUNK):
            copy.write(chunk)
    return target


@contextmanager
def passing_folder(encoding: str) -> Iterator[Path]:
    """A folder that is gone afterwards, for files of an encoding that must be converted; for others nothing is made."""
    if engine_name(encoding) is not None:
        yield Path()
        return
    with guarded(), tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
