"""Date columns: text as days of the common calendar, with what could not be read, what was imputed, and how precisely.

Whole dates of the common calendar are read by the engine. Everything else is read in parts: a form becomes a pattern, its
numbers one code (YYYYMMDD), and the code is looked up in the table of the calendar's days (`sojourn.engine.calendars`).
"""

from collections.abc import Iterable

from sojourn.definitions.calendars import YEARS, DateForm, directives, pieces
from sojourn.definitions.source import Mapping, Source
from sojourn.engine.portable import identifier, literal, parse_date
from sojourn.stages.ingest.column import Fault, Typed, action

DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "๐๑๒๓๔๕๖๗๘๙")
"""Arabic-Indic, Persian and Thai digits, each from nought to nine."""
ONES, TENS, HUNDRED = "፩፪፫፬፭፮፯፰፱", "፲፳፴፵፶፷፸፹፺", "፻"
"""Ethiopic numerals, which have no nought and no places: ፳፻፲፯ is 20 hundreds and 17."""
TYPED = ("DATE", "TIMESTAMP")


def date_tables(source: Source) -> dict[str, DateForm]:
    """Tables of calendars the source joins: table name to the reading whose days it holds."""
    dated = {name: mapping for name, mapping in source.mappings().items() if source.kind_of(name) == "date"}
    return {_table(source, name): mapping for name, mapping in dated.items() if not mapping.plain}


def date_column(name: str, mapping: Mapping, source: Source, value: str, kind: str) -> Typed:
    """The date of a column. `value`: its text, NULL where missing; `kind`: the engine's type of the raw column."""
    if kind.startswith(TYPED):
        return _marked(name, mapping, source, f"CAST({identifier(mapping.column)} AS DATE)")
    if mapping.plain:
        parsed = whole_date(value, mapping.formats)
        impossible = Fault(name, "impossible_date", action(name, mapping, source), f"{value} IS NOT NULL AND {parsed} IS NULL")
        return _marked(name, mapping, source, parsed, impossible)
    return _looked_up(name, mapping, source, value)


def precision_columns(source: Source, kinds: dict[str, str]) -> list[Typed]:
    """For each date column with stated partial dates, `<name>_precision`: day, month or year, NULL where there is no date."""
    dated = [(name, mapping) for name, mapping in source.mappings().items() if source.kind_of(name) == "date" and mapping.partial]
    return [Typed(f"{name}_precision", _precision(name, mapping, source, kinds[mapping.column])) for name, mapping in dated]


def whole_date(text: str, formats: Iterable[str]) -> str:
    """A text as a whole date, by the first form that reads it; its own digits are tried before those of other scripts."""
    each = [parse_date(written, form) for written in (text, ascii_digits(text)) for form in formats]
    return f"coalesce({', '.join(each)})"


def ascii_digits(text: str) -> str:
    """A text with the digits 0 to 9 in place of Arabic-Indic, Persian and Thai ones.

    Few files have any, and translating costs ten times what looking for them does.
    """
    translated = f"translate({text}, {literal(''.join(DIGITS))}, {literal('0123456789' * len(DIGITS))})"
    return f"CASE WHEN regexp_matches({text}, '[^ -~]') THEN {translated} ELSE {text} END"


def date_code(text: str, reading: DateForm) -> str:
    """The number YYYYMMDD of a text by the first form it fits, MM and DD nought where it has none; NULL where it fits none."""
    forms = [(form, literal(pattern(form, reading))) for form in reading.formats]
    cases = " ".join(f"WHEN regexp_matches({text}, {shape}) THEN {_number(text, form, reading)}" for form, shape in forms)
    return f"CASE {cases} END"


def pattern(form: str, reading: DateForm) -> str:
    """The regular expression of a form: one group for each number. Only numbers beside a sign may have fewer digits."""
    parts = list(pieces(form))
    beside = [bool(parts[place][0]) and any(parts[near][0] for near in (place - 1, place + 1) if 0 <= near < len(parts)) for place in range(len(parts))]
    each = [_group(directive, fixed, reading) if directive else f"[{sign}]" for (directive, sign), fixed in zip(parts, beside, strict=True)]
    return f"^{''.join(each)}$"


def _group(directive: str, fixed: bool, reading: DateForm) -> str:
    digits = {"Y": "[0-9]{4}", "y": "[0-9]{2}"}.get(directive, "[0-9]{2}" if fixed else "[0-9]{1,2}")
    return f"({digits}|[{ONES}{TENS}{HUNDRED}]+)" if reading.calendar == "ethiopian" and not fixed else f"({digits})"


def _number(text: str, form: str, reading: DateForm) -> str:
    groups = {directive: group for group, directive in enumerate(directives(form), 1)}
    found = {name: _part(text, form, group, reading) for name, group in groups.items()}
    year = found["Y"] if "Y" in found else f"({reading.century} + ({found['y']} + {-reading.century % 100}) % 100)"
    return f"10000 * {year} + 100 * {found.get('m', '0')} + {found.get('d', '0')}"


def _part(text: str, form: str, group: int, reading: DateForm) -> str:
    """One number of a text."""
    found = f"regexp_extract({text}, {literal(pattern(form, reading))}, {group})"
    whole = f"TRY_CAST({found} AS INTEGER)"
    return f"coalesce({whole}, {ethiopic_number(found)})" if reading.calendar == "ethiopian" else whole


def ethiopic_number(text: str) -> str:
    """A number up to 9999 in Ethiopic numerals; NULL for other text. Signs before ፻ count hundreds, one where there is none."""
    shape = f"^([{TENS}]?)([{ONES}]?)(?:({HUNDRED})([{TENS}]?)([{ONES}]?))?$"
    tens, ones, hundred, tens_after, ones_after = (f"regexp_extract({text}, {literal(shape)}, {group})" for group in range(1, 6))
    before, after = f"({_sign(tens, TENS)} * 10 + {_sign(ones, ONES)})", f"({_sign(tens_after, TENS)} * 10 + {_sign(ones_after, ONES)})"
    number = f"CASE WHEN {hundred} = '' THEN {before} ELSE 100 * greatest({before}, 1) + {after} END"
    return f"CASE WHEN {text} <> '' AND regexp_matches({text}, {literal(shape)}) THEN {number} END"


def _sign(text: str, signs: str) -> str:
    """The value of one sign, by its place in their row; nought where there is none."""
    return f"(strpos({literal(f'0{signs}')}, coalesce(nullif({text}, ''), '0')) - 1)"


def _looked_up(name: str, mapping: Mapping, source: Source, value: str) -> Typed:
    """A date read in parts. What the table does not hold is no date of the calendar, or lies outside the years converted."""
    table = _table(source, name)
    code = f"{table}_code"
    first, last = YEARS[mapping.calendar]
    other_year = f"coalesce({code} // 10000 NOT BETWEEN {first} AND {last}, false)"
    marks = {"impossible_date": f"({table}_raw IS NOT NULL AND {table}.code IS NULL AND NOT {other_year})"}
    marks["outside_calendar"] = f"({table}.precision = 'outside' OR ({table}.code IS NULL AND {other_year}))"
    marks |= {"placeholder_date": f"{table}.precision = 'placeholder'"} if mapping.placeholders else {}
    undone = action(name, mapping, source)
    faults = [Fault(name, reason, undone, condition) for reason, condition in marks.items()]
    join = f"LEFT JOIN {table} ON {table}.code = {code}"
    prepared = (f"{value} AS {table}_raw", f"{ascii_digits(f'{table}_raw')} AS {table}_text", f"{date_code(f'{table}_text', mapping)} AS {code}")
    return Typed(name, f"{table}.date", (*faults, *_partial(name, mapping, table)), join=join, prepared=prepared)


def _partial(name: str, mapping: Mapping, table: str) -> Iterable[Fault]:
    """Dates of which a part was imputed, and those rejected for it, as the source states."""
    if mapping.partial is None:
        return
    yield Fault(name, "imputed_day", "imputed", f"({table}.precision = 'month' AND {table}.date IS NOT NULL)")
    yield Fault(name, "imputed_month", "imputed", f"({table}.precision = 'year' AND {table}.date IS NOT NULL)")
    if "reject" in (mapping.partial.year_only, mapping.partial.month_only):
        yield Fault(name, "partial_date", "rejected", f"({table}.precision IN ('month', 'year') AND {table}.date IS NULL)")


def _marked(name: str, mapping: Mapping, source: Source, parsed: str, *faults: Fault) -> Typed:
    """A date read by the engine, missing where it is a placeholder."""
    if not mapping.placeholders:
        return Typed(name, parsed, faults)
    days = ", ".join(f"DATE {literal(each)}" for each in mapping.placeholders)
    placeholder = f"coalesce({parsed} IN ({days}), false)"
    marked = Fault(name, "placeholder_date", action(name, mapping, source), placeholder)
    return Typed(name, f"CASE WHEN {placeholder} THEN NULL ELSE {parsed} END", (*faults, marked))


def _precision(name: str, mapping: Mapping, source: Source, kind: str) -> str:
    if kind.startswith(TYPED):
        return f"CASE WHEN {identifier(mapping.column)} IS NOT NULL THEN 'day' END"
    table = _table(source, name)
    return f"CASE WHEN {table}.date IS NOT NULL THEN {table}.precision END"


def _table(source: Source, name: str) -> str:
    return f"dates_{source.id}_{name}"
