"""Headline CSV files: the shown cells as UTF-8 with a header, one file for the totals and one per indicator."""

import csv
from collections.abc import Iterable
from pathlib import Path

from sojourn.concepts.indicators import INDICATORS
from sojourn.messages import say
from sojourn.stages.publish.cells import FIELDS, Cell, Cells
from sojourn.stages.publish.wording import plain_key

STAMP = ".INTERNAL-NOT-PROTECTED"


def stamped(folder: Path, name: str, suffix: str) -> Path:
    """The path of a published file: its name says that it is internal and not protected."""
    return folder / f"{name}{STAMP}.{suffix}"


def write_cells(cells: Cells, folder: Path) -> list[Path]:
    """`headline` holds the totals; `mi_1_1` and so on all cells of one indicator."""
    written = [write(stamped(folder, "headline", "csv"), cells.where(breakdown="total"))]
    for indicator in cells.values("indicator"):
        stem = INDICATORS[indicator].key if indicator in INDICATORS else plain_key(indicator).lower()
        written.append(write(stamped(folder, stem, "csv"), cells.where(indicator=indicator)))
    return written


def write(path: Path, cells: Iterable[Cell]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*FIELDS, "notice"])
        writer.writerows(line(cell) for cell in cells)
    return path


def line(cell: Cell) -> list[object]:
    """A hidden cell keeps its place with empty numbers and the flag `not_shown`."""
    fields = [getattr(cell, name) for name in FIELDS[:-1]]
    flags = " ".join((*cell.flags, "not_shown")) if cell.hidden else cell.flag
    return ["" if each is None else plain(each) for each in fields] + [flags, say("report.stamp")]


def plain(value: object) -> object:
    """Whole numbers without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
