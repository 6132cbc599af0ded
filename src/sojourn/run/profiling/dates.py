"""In which forms a column writes its days, told by the shapes of its values and proved by what the forms read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sojourn.definitions.calendars import clashes, directives
from sojourn.engine.profile import Facts, months, read_by
from sojourn.engine.session import Session
from sojourn.run.profiling.shown import LEAST

SHARE = 0.6
"""Of a column of dates at least this share of the values must be read as days."""
RARE = 0.001
_CLOCKS = {"": "", " 99:99": " %H:%M", " 99:99:99": " %H:%M:%S", "a99:99": "T%H:%M", "a99:99:99": "T%H:%M:%S", " 99:99:99.9+": " %H:%M:%S.%f"}
_BLOCK = {
    "99999999": ("%Y%m%d", "%d%m%Y", "%m%d%Y"),
    "99aaa9999": ("%d%b%Y",),
    "9999": ("%Y",),
}
"""Forms of days without signs between their parts. The first that reads most is taken."""


@dataclass(frozen=True)
class Form:
    """A form that reads a column. records: how many it reads; rivals: other forms of the same shape that read as many;
    proof: how many more it reads than the next, which are days after the 12th where day and month could be exchanged."""

    form: str
    records: int
    rivals: tuple[str, ...]
    proof: int


@dataclass(frozen=True)
class Dates:
    """The forms of a column, the most frequent first; its first and last month that at least five records share."""

    forms: tuple[Form, ...]
    months: tuple[str, str] | None

    @property
    def written(self) -> tuple[str, ...]:
        return tuple(each.form for each in self.forms)

    @property
    def records(self) -> int:
        return sum(each.records for each in self.forms)

    @property
    def ambiguous(self) -> bool:
        """Whether no value tells day from month."""
        return any(each.rivals for each in self.forms)

    def partial(self) -> list[str]:
        """The keys of `partial:` that the forms need: of a year, or a month, without a day."""
        parts = [set(directives(each)) for each in self.written]
        keys = {"month_only": any("d" not in each and {"m", "b", "B"} & each for each in parts)}
        keys["year_only"] = any(not {"m", "b", "B", "d"} & each for each in parts)
        return [key for key, needed in keys.items() if needed]

    @property
    def two_digits(self) -> bool:
        return any("y" in directives(each) for each in self.written)


def dates(session: Session, facts: Facts, years_too: bool) -> Dates | None:
    """The dates of a column, None where it holds none. years_too: whether years alone are dates, as the name says."""
    groups = {forms for shape in facts.shapes for forms in candidates(shape) if years_too or forms != ("%Y",)}
    counts = read_by(session, facts.place, sorted({form for forms in groups for form in forms}))
    told = [_best(forms, counts) for forms in sorted(groups)]
    kept = sorted((each for each in told if each.records > RARE * facts.present), key=lambda each: (-each.records, each.form))
    if sum(each.records for each in kept) < SHARE * (facts.present - sum(facts.words.values())) or not kept:
        return None
    kept = _without_clashes(kept)
    return Dates(tuple(kept), months(session, facts.place, [each.form for each in kept], LEAST))


def candidates(shape: str) -> Iterator[tuple[str, ...]]:
    """The rival forms that a shape can be."""
    for clock, reads in _CLOCKS.items():
        day = re.fullmatch(f"(.*?){clock}", shape) if clock else re.fullmatch("(.*)", shape)
        if day and (forms := _forms(day[1])):
            yield tuple(form + reads for form in forms)


def _forms(shape: str) -> tuple[str, ...]:
    if shape in _BLOCK:
        return _BLOCK[shape]
    parts = re.fullmatch(r"(9+|a+)([-/. ])(9+|a+)(?:\2(9+))?", shape)
    if not parts:
        return ()
    first, sign, second, third = parts.groups()
    if third is None:
        return _of_month(first, sign, second)
    if second.startswith("a"):
        return tuple(sign.join(("%d", "%b" if len(second) == 3 else "%B", year)) for year in _year(third))
    if len(first) == 4:
        return (sign.join(("%Y", "%m", "%d")),) if len(third) <= 2 else ()
    if first.startswith("a") or len(first) > 2 or len(second) > 2:
        return ()
    ends = [sign.join((*pair, year)) for year in _year(third) for pair in (("%d", "%m"), ("%m", "%d"))]
    return tuple(ends + ([sign.join(("%y", "%m", "%d"))] if len(third) == len(first) == 2 else []))


def _year(digits: str) -> list[str]:
    return {4: ["%Y"], 2: ["%y"]}.get(len(digits), [])


def _of_month(first: str, sign: str, second: str) -> tuple[str, ...]:
    """A year and a month alone."""
    lengths = (len(first), len(second))
    if "a" in first + second or sign == " ":
        return ()
    return {(4, 2): (f"%Y{sign}%m",), (2, 4): (f"%m{sign}%Y",), (1, 4): (f"%m{sign}%Y",)}.get(lengths, ())


def _best(forms: Sequence[str], counts: dict[str, int]) -> Form:
    best = max(forms, key=lambda form: counts[form])
    others = [form for form in forms if form != best]
    rivals = tuple(form for form in others if counts[form] == counts[best] > 0)
    return Form(best, counts[best], rivals, counts[best] - max((counts[form] for form in others), default=0))


def _without_clashes(forms: list[Form]) -> list[Form]:
    """No two forms under which one text is two days: the more frequent stays."""
    kept: list[Form] = []
    for each in forms:
        if not list(clashes((*(other.form for other in kept), each.form))):
            kept.append(each)
    return kept
