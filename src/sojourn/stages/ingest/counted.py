"""The own columns of a source of published counts: the period of a row, its figures `v1` ... and their standard errors `e1` ...

Figures are whole persons. A figure that cannot be read is not used; a row without a readable period, or whose only figure
cannot be read, is rejected.
"""

from dataclasses import replace

from sojourn.definitions.source import Source
from sojourn.engine.portable import literal, parse_date
from sojourn.stages.ingest.typed import Fault, Typed, present

NUMBER = "DECIMAL(24, 6)"
LABEL = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"
SPACES = (" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}")


def counted(source: Source, kinds: dict[str, str]) -> list[Typed]:
    """The columns, none for a source of another unit. `kinds`: engine types of the raw columns."""
    if source.counts is None:
        return []
    figures = [(f"v{place}", column) for place, column in enumerate(source.counts.values, 1)]
    errors = [(f"e{place}", each.standard_error) for place, each in enumerate(source.counts.values.values(), 1) if each.standard_error]
    read = [Typed(name, whole(source, column, kinds)) for name, column in figures]
    read += [Typed(name, f"CAST({number(source, column, kinds)} AS DOUBLE)") for name, column in errors]
    return [period(source, kinds), replace(read[0], faults=faults(source, kinds)), *read[1:]]


def period(source: Source, kinds: dict[str, str]) -> Typed:
    """The label of the period: 2016, 2016-04, or 2015-07..2016-06."""
    given = source.counts.period
    if given.value is not None:
        return Typed("period", literal(given.value))
    label = year_month(source, kinds) if given.year else written(source, kinds)
    known = f"CASE WHEN regexp_matches({label}, {literal(LABEL)}) THEN {spanned(label, given.year_ends)} END"
    return Typed("period", known, (Fault("period", "impossible_period", "rejected", f"{known} IS NULL"),))


def spanned(label: str, month: int) -> str:
    """A year that does not end with December as its months: 2016 that ends with June is 2015-07..2016-06."""
    if month == 12:
        return label
    before = f"CAST(TRY_CAST({label} AS INTEGER) - 1 AS VARCHAR)"
    return f"{before} || '-{month + 1:02}..' || {label} || '-{month:02}'"


def year_month(source: Source, kinds: dict[str, str]) -> str:
    given = source.counts.period
    year = text(source, given.year, kinds)
    return f"{year} || '-' || lpad({text(source, given.month, kinds)}, 2, '0')" if given.month else year


def written(source: Source, kinds: dict[str, str]) -> str:
    """A period from one column: as it stands, or by the format of the source."""
    given = source.counts.period
    value = text(source, given.column, kinds)
    if given.format is None:
        return value
    length = 7 if any(sign in given.format for sign in ("%m", "%b", "%B")) else 4
    return f"substr(CAST({parse_date(value, given.format)} AS VARCHAR), 1, {length})"


def text(source: Source, column: str, kinds: dict[str, str]) -> str:
    return present(column, kinds[column], source.missing)


def plain(source: Source, column: str, kinds: dict[str, str]) -> str:
    """A figure as it is written, with a point before its decimals and no sign between thousands."""
    found = text(source, column, kinds)
    for sign in SPACES if source.counts.thousands == " " else (source.counts.thousands,):
        found = f"replace({found}, {literal(sign)}, '')" if sign else found
    return found if source.counts.decimal == "." else f"replace({found}, ',', '.')"


def number(source: Source, column: str, kinds: dict[str, str]) -> str:
    return f"TRY_CAST({plain(source, column, kinds)} AS {NUMBER}) * {source.counts.factor}"


def whole(source: Source, column: str, kinds: dict[str, str]) -> str:
    return f"CAST(round({number(source, column, kinds)}, 0) AS BIGINT)"


def faults(source: Source, kinds: dict[str, str]) -> tuple[Fault, ...]:
    """What can be wrong with the figures of a row, all columns together."""
    columns = list(source.counts.values)
    read = {each: number(source, each, kinds) for each in columns}
    unread = " OR ".join(f"({text(source, each, kinds)} IS NOT NULL AND {read[each]} IS NULL)" for each in columns)
    broken = " OR ".join(f"coalesce({read[each]} <> round({read[each]}, 0), false)" for each in columns)
    lost = "rejected" if len(columns) == 1 else "repaired"
    return (Fault("value", "not_a_number", lost, unread), Fault("value", "not_whole", "flagged", broken))


def row_key(source: Source) -> tuple[str, ...]:
    """The raw columns that tell two rows of a table apart: period, what it is broken down by, and what is added up."""
    dimensions = [mapping.column for mapping in source.columns.values() if mapping.column]
    return tuple(dict.fromkeys((*source.counts.period.columns(), *dimensions, *source.counts.over)))
