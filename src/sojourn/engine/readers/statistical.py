"""Files of SPSS, Stata and SAS, with their value labels, their variable labels and the codes they declare to be missing.

Read twice: once to learn what each column holds (a column is whole numbers only if all its values are), once to give it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from sojourn.definitions.delivery import Format
from sojourn.engine.readers.contents import ROWS, Content, library
from sojourn.engine.readers.moments import CLOCKS
from sojourn.engine.readers.variables import Variable
from sojourn.errors import SojournError, problem

READERS = {
    "spss": {".sav": "read_sav", ".zsav": "read_sav", ".por": "read_por"},
    "stata": {".dta": "read_dta"},
    "sas": {".sas7bdat": "read_sas7bdat", ".xpt": "read_xport"},
}
_WITHOUT_MISSING = {".por", ".xpt"}
"""Files whose reader knows no declared missing values."""
_BLOCK = 80
"""Bytes of a block of a SAS transport file (SAS technical paper TS-140); a whole file is a multiple of it."""
Chunk = dict[str, list]


def read(form: Format, path: Path, source: str, folder: Path) -> Content:
    """A file of a statistical package."""
    reader = _reader(form, path)
    _complete(path)
    with _guarded(form, path):
        _, facts = reader(metadataonly=True)
        variables = _variables(form, facts)
        _see(reader, variables, facts.number_rows, path)
        labels = _labels(path, facts)
    _refuse_far(path, variables)
    return Content(
        columns=tuple(each.name for each in variables),
        batches=lambda: _batches(reader, variables, form, path),
        labels={each.name: each.labels(labels[each.name]) for each in variables if labels.get(each.name)},
        missing={each.name: each.missing() for each in variables if each.missing()},
        titles={name: title for name, title in facts.column_names_to_labels.items() if title},
    )


def _reader(form: Format, path: Path) -> Callable:
    """The library's function for the file, with what holds for every call."""
    kinds, suffix = READERS[form.type], path.suffix.lower()
    if suffix not in kinds:
        raise SojournError(problem("readers.other_suffix", path, type=form.type, known=", ".join(kinds)))
    function = getattr(library("pyreadstat", "files"), kinds[suffix])
    options = {"output_format": "dict", "disable_datetime_conversion": True}
    options |= {} if suffix in _WITHOUT_MISSING else {"user_missing": True}
    options |= {"encoding": form.encoding} if form.encoding and suffix != ".por" else {}
    return lambda **more: function(path, **options, **more)


def _complete(path: Path) -> None:
    """What the library does not notice: an encrypted file, a transport file that was cut off."""
    with path.open("rb") as stream:
        if b"ENCRYPTED" in stream.read(64):
            raise SojournError(problem("readers.protected", path))
    if path.suffix.lower() == ".xpt" and path.stat().st_size % _BLOCK:
        raise SojournError(problem("readers.cut_off", path))


class _guarded:
    """Turns errors of the library into problems; its own texts can quote a value."""

    def __init__(self, form: Format, path: Path) -> None:
        self.form, self.path = form, path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, trace) -> None:
        pyreadstat = library("pyreadstat", "files")
        if isinstance(error, UnicodeDecodeError) or "character set" in str(error) or "requested encoding" in str(error):
            raise SojournError(problem("readers.encoding", self.path)) from None
        if isinstance(error, (pyreadstat.ReadstatError, pyreadstat.PyreadstatError)):
            raise SojournError(problem("readers.not_of_type", self.path, type=self.form.type)) from None


def _chunks(reader: Callable) -> Iterator[Chunk]:
    """Columns of some rows at a time; the last chunk may have none."""
    offset, size = 0, ROWS
    while size == ROWS:
        chunk, _ = reader(row_offset=offset, row_limit=ROWS)
        size = len(next(iter(chunk.values()), []))
        offset += size
        yield chunk


def _variables(form: Format, facts) -> list[Variable]:
    """The columns as the file describes them, before a value was seen."""
    clock, declared = CLOCKS[form.type], facts.missing_ranges or {}
    found = []
    for name in facts.column_names:
        text = facts.readstat_variable_types[name].startswith("string")
        kind = "text" if text else clock.kind(facts.original_variable_types[name])
        found.append(Variable(name, kind, clock, [(each["lo"], each["hi"]) for each in declared.get(name, ())]))
    return found


def _see(reader: Callable, variables: list[Variable], announced: int | None, path: Path) -> None:
    """The first reading. A file with fewer rows than it announces was cut off."""
    rows = 0
    for chunk in _chunks(reader):
        for variable in variables:
            variable.see(chunk[variable.name])
        rows += len(chunk[variables[0].name]) if variables else 0
    if announced is not None and announced > rows:
        raise SojournError(problem("readers.cut_off", path))


def _refuse_far(path: Path, variables: list[Variable]) -> None:
    far = [problem("readers.far_date", path, column=each.name) for each in variables if each.far]
    if far:
        raise SojournError(*far)


def _batches(reader: Callable, variables: list[Variable], form: Format, path: Path) -> Iterator[pa.RecordBatch]:
    names = [each.name for each in variables]
    with _guarded(form, path):
        for chunk in _chunks(reader):
            yield pa.RecordBatch.from_arrays([each.array(chunk[each.name]) for each in variables], names)


def _labels(path: Path, facts) -> dict[str, dict]:
    """Value labels by column; those of SAS stand in a format catalogue beside the data, of the same name."""
    catalogue = path.with_suffix(".sas7bcat")
    if path.suffix.lower() != ".sas7bdat" or not catalogue.is_file():
        return facts.variable_value_labels
    _, formats = library("pyreadstat", "files").read_sas7bcat(catalogue, output_format="dict")
    return {name: formats.value_labels.get(label, {}) for name, label in facts.variable_to_label.items()}
