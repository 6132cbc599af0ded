"""In what an unknown file is written: by its ending, and by its first bytes where they say otherwise."""

import csv
from pathlib import Path

from sojourn.definitions.delivery import DETECT, Format
from sojourn.engine import delimited, encodings
from sojourn.engine.readers.spreadsheet import likely_header
from sojourn.errors import SojournError, problem

BY_SUFFIX = {
    ".parquet": "parquet", ".pq": "parquet", ".xlsx": "excel", ".xlsm": "excel", ".xls": "excel", ".ods": "excel",
    ".sav": "spss", ".zsav": "spss", ".por": "spss", ".dta": "stata", ".sas7bdat": "sas", ".xpt": "sas",
}  # fmt: skip
BY_START = {
    b"PAR1": "parquet", b"PK\x03\x04": "excel", b"\xd0\xcf\x11\xe0": "excel", b"$FL2": "spss", b"$FL3": "spss",
    b"<stata_dta>": "stata", b"HEADER RECORD*******LIB": "sas", b"\x00" * 12 + b"\xc2\xea\x81\x60": "sas",
}  # fmt: skip
"""First bytes of the kinds that are no text. An old Stata file has none of its own."""
_LOOKED_AT = 200
_NARROW = 20
"""Characters from which lines of one length are taken for fixed width rather than for a column of short codes."""


def form_of(path: Path, kind: str | None, sheet: str | None, layout: str | None, header_row: int | None = None) -> Format:
    """The format of a file, its encoding and delimiter found. kind, header_row: as the user states it, None to find it.

    Raises SojournError where the file is missing, empty, of another kind than its ending says, or of fixed width
    without a layout.
    """
    _refuse_without_records(path)
    kind = kind or ("fixed" if layout else _kind(path))
    if kind == "fixed":
        return Format(type="fixed", encoding=encodings.detected(path), layout=layout or _without_layout(path))
    if kind == "excel":
        stated = {"sheet": sheet} if sheet else {}
        row = header_row or likely_header(path, sheet)
        return Format(type="excel", **stated, **({"header_row": row} if row > 1 else {}))
    return _text_form(path) if kind == "csv" else Format(type=kind)


def _refuse_without_records(path: Path) -> None:
    if not path.is_file():
        raise SojournError(problem("profile.no_file", path))
    if path.stat().st_size == 0:
        raise SojournError(problem("files.empty", path))


def _kind(path: Path) -> str:
    """By the ending; text by default. Raises SojournError where the first bytes are those of another kind."""
    named = BY_SUFFIX.get(path.suffix.lower(), "csv")
    with path.open("rb") as stream:
        start = stream.read(32)
    found = next((kind for mark, kind in BY_START.items() if start.startswith(mark)), None)
    if found is not None and found != named:
        raise SojournError(problem("profile.other_content", path, found=found))
    return named


def _without_layout(path: Path) -> str:
    raise SojournError(problem("profile.no_layout", path))


def _text_form(path: Path) -> Format:
    """Delimited text. Raises SojournError where every line has one length and no delimiter divides them."""
    form = Format(type="csv", encoding=DETECT, delimiter=DETECT)
    try:
        form = delimited.resolved(path, form)
        single = len(delimited.header(path, form)) == 1
    except (csv.Error, UnicodeError):
        raise SojournError(problem("files.not_csv", path)) from None
    if single and _of_one_width(path, form):
        _without_layout(path)
    return form


def _of_one_width(path: Path, form: Format) -> bool:
    with encodings.opened(path, form.text_encoding) as stream:
        lines = [line.rstrip("\r\n") for line, _ in zip(stream, range(_LOOKED_AT))]
    return len(lines) > 2 and len({len(line) for line in lines}) == 1 and len(lines[0]) >= _NARROW
