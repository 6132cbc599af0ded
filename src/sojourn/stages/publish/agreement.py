"""Statuses of two systems crossed, as they may be shown, and how far the systems agree.

What is shown rests on what is shown: sums leave hidden counts out, and of the agreement, where a count of it is hidden,
only the bounds are given between which it must lie.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sojourn.stages.publish.cells import small
from sojourn.stages.publish.report import Row

Pair = tuple[str | None, str | None]
HIDDEN = -1


@dataclass(frozen=True)
class Crossed:
    """One day. `cells`: persons by our status and theirs, HIDDEN where the count may not be shown; None is a status that
    one system does not give. `rows`: the reasons behind them, persons None where hidden.
    """

    cells: Mapping[Pair, int]
    rows: Sequence[Row]
    threshold: int

    @property
    def known(self) -> dict[Pair, int]:
        """Cells of persons to whom both systems give a status."""
        return {pair: persons for pair, persons in self.cells.items() if None not in pair}

    @property
    def hidden(self) -> int:
        return sum(persons == HIDDEN for persons in self.known.values())

    @property
    def both(self) -> int:
        return sum(max(persons, 0) for persons in self.known.values())

    @property
    def same(self) -> int:
        return sum(max(persons, 0) for (ours, theirs), persons in self.known.items() if ours == theirs)

    @property
    def ours_only(self) -> int:
        return sum(max(persons, 0) for (_, theirs), persons in self.cells.items() if theirs is None)

    @property
    def theirs_only(self) -> int:
        return sum(max(persons, 0) for (ours, _), persons in self.cells.items() if ours is None)

    @property
    def rate(self) -> tuple[float | None, float | None]:
        """The share of persons with the same status among those with two: its bounds, equal where nothing is hidden."""
        most = self.threshold - 1
        hidden = [ours == theirs for (ours, theirs), persons in self.known.items() if persons == HIDDEN]
        alike, apart = sum(hidden), len(hidden) - sum(hidden)
        other = self.both - self.same
        return share(self.same + alike, other + apart * most), share(self.same + alike * most, other + apart)

    @property
    def kappa(self) -> float | None:
        """Agreement beyond what the margins alone would give (Cohen 1960, Educational and Psychological Measurement 20,
        pages 37-46); None where everybody has one status. It means nothing while a count is hidden.
        """
        ours, theirs = margin(self.known, 0), margin(self.known, 1)
        if not self.both:
            return None
        by_chance = sum(persons * theirs.get(status, 0) for status, persons in ours.items())
        square = self.both * self.both
        return (self.same * self.both - by_chance) / (square - by_chance) if square > by_chance else None


def share(part: int, rest: int) -> float | None:
    return part / (part + rest) if part + rest else None


def margin(cells: Mapping[Pair, int], place: int) -> dict[str | None, int]:
    """Persons by the status of one of the two systems."""
    found: dict[str | None, int] = {}
    for pair, persons in cells.items():
        found[pair[place]] = found.get(pair[place], 0) + max(persons, 0)
    return found


def crossed(rows: Sequence[Row], threshold: int) -> Crossed:
    """The rows of one system and day (columns of `status_comparison`) under the threshold."""
    groups: dict[Pair, list[Row]] = {}
    for row in rows:
        groups.setdefault((row["our_status"], row["their_status"]), []).append(row)
    sums = {pair: sum(row["persons"] for row in group) for pair, group in groups.items()}
    cells = {pair: HIDDEN if small(persons, threshold) else persons for pair, persons in sums.items()}
    listed = [row for pair, group in groups.items() for row in without_small(group, cells[pair] == HIDDEN, threshold)]
    listed.sort(key=lambda row: (row["our_status"] == row["their_status"], -(row["persons"] or 0), *map(str, row.values())))
    return Crossed(cells, listed, threshold)


def without_small(group: Sequence[Row], all_hidden: bool, threshold: int) -> list[Row]:
    """The reasons behind one shown count, so many hidden that none follows from the others by subtraction."""
    ordered = sorted(group, key=lambda row: row["persons"])
    hide = sum(small(row["persons"], threshold) for row in ordered)
    if hide:
        hide = next((count for count in range(hide, len(ordered)) if enough(ordered[:count], threshold)), len(ordered))
    hide = len(ordered) if all_hidden else hide
    return [{**row, "persons": None if place < hide else row["persons"]} for place, row in enumerate(ordered)]


def enough(hidden: Sequence[Row], threshold: int) -> bool:
    """Whether the sum of what is hidden, which anybody can find, tells nothing: a single small count never is."""
    return not small(sum(row["persons"] for row in hidden), threshold)


def shown_rows(rows: Sequence[Row], threshold: int) -> list[Row]:
    """All rows of `status_comparison` as they may be written to a file."""
    keys = sorted({(row["system"], row["day"]) for row in rows})
    groups = ([row for row in rows if (row["system"], row["day"]) == key] for key in keys)
    return [{**row, "day": day_date(row["day"])} for group in groups for row in crossed(group, threshold).rows]


def day_date(number: int) -> date:
    """A day number of the run's tables as a date."""
    return date(1970, 1, 1) + timedelta(number)
