"""The blocks a page is built of. Sections make them, the template prints them; a block knows nothing of its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup

from sojourn.stages.publish.cells import Cell
from sojourn.stages.publish.wording import HIDDEN, cell_text


@dataclass(frozen=True)
class Entry:
    """One field of a table. `flags` are codes, printed as words beside the text."""

    text: str
    flags: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        return self.text == HIDDEN


def entry(value: object) -> Entry:
    """A cell with its flags, or any text."""
    return Entry(cell_text(value), value.flags) if isinstance(value, Cell) else Entry(str(value))


@dataclass(frozen=True)
class Column:
    title: str
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """A table; the first column names the row. `flags` hold for every value in it. A broad one scrolls inside its frame."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Entry]]
    note: str = ""
    flags: tuple[str, ...] = ()


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[object]], texts: int = 1, note: str = "") -> Table:
    """A table whose first `texts` columns are words and whose others are numbers."""
    columns = [Column(head, number >= texts) for number, head in enumerate(heads)]
    common = shared([value for row in rows for value in row if isinstance(value, Cell)])
    return Table(caption, columns, [[without(entry(value), common) for value in row] for row in rows], note, common)


def shared(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The flags that all cells of a table bear: said once beside its title."""
    return tuple(each for each in cells[0].flags if all(each in cell.flags for cell in cells)) if cells else ()


def without(field: Entry, common: Sequence[str]) -> Entry:
    return replace(field, flags=tuple(each for each in field.flags if each not in common))


@dataclass(frozen=True)
class Key:
    """One entry of a chart's legend: the class that colours it and its words."""

    style: str
    text: str
    value: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart (as drawn for a wide and for a narrow page), its legend, and the table of its data."""

    kind: ClassVar[str] = "figure"
    title: str
    description: str
    svg: Markup
    data: Table
    keys: Sequence[Key] = ()
    note: str = ""
    open: bool = False


@dataclass(frozen=True)
class Folded:
    """Tables that few readers need, closed until asked for."""

    kind: ClassVar[str] = "folded"
    title: str
    tables: Sequence[Table]


@dataclass(frozen=True)
class Card:
    """A headline indicator."""

    code: str
    title: str
    status: str
    status_long: str
    kind: str
    value: str
    unit: str
    when: str
    flags: tuple[str, ...]
    details: Sequence[tuple[str, str]]
    definition: str
    citation: str
    link: str


@dataclass(frozen=True)
class Cards:
    kind: ClassVar[str] = "cards"
    cards: Sequence[Card]


@dataclass(frozen=True)
class Prose:
    """Text that is already HTML, under an optional title."""

    kind: ClassVar[str] = "prose"
    html: Markup
    title: str = ""


Block = Table | Figure | Folded | Cards | Prose


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    lead: str
    blocks: Sequence[Block]
