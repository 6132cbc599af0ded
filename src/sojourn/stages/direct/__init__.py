"""The direct door: one file of crossings, and one of statuses, checked and sorted in SQL.

All of it is at the door, over files and raw values: it runs on DuckDB alone and is no step of a run.
"""

from collections.abc import Mapping, Sequence

from sojourn.engine.portable import day_number, identifier

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
"""Types of persons that are their own number in a kernel."""
TEXT = ("VARCHAR", "UBIGINT", "HUGEINT", "UHUGEINT")
"""Other types of persons: their number is their place among all."""
CROSSING_FAULTS = {"person": 1, "date": 2, "direction": 4, "time": 8, "sequence": 16}
"""What can be wrong with a row of crossings: the column, and its bit in `fault`."""
STATUS_FAULTS = {"person": 1, "status": 2, "date": 4}
NEEDED = ("person", "date", "direction")
ORDER = ("time", "sequence", "other")
"""Columns of `crossings` that are there only if the file has them; they order the rows of a day, then tell them apart."""


def is_person(kind: str) -> bool:
    """Whether a column of the engine's type can name persons: text or whole numbers."""
    return kind in WHOLE + TEXT


def crossings(relation: str, kinds: Mapping[str, str]) -> str:
    """SQL of the file's rows as they come. Grain: one row.

    kinds: the file's columns with the engine's types. Columns: person, day (since 1970-01-01), code (0 departure, 1
    arrival), fault (bits of CROSSING_FAULTS); time (microseconds), sequence, other (tells rows apart that differ in a column not used
    here) where the file has them.
    """
    faults = [_fault("person", CROSSING_FAULTS, _no_person()), _fault("date", CROSSING_FAULTS, f"{_date(kinds['date'])} IS NULL")]
    faults.append(_fault("direction", CROSSING_FAULTS, "coalesce(CAST(direction AS VARCHAR), '') NOT IN ('arrival', 'departure')"))
    columns = ["person", f"{day_number(_date(kinds['date']))} AS day", "CAST(CASE CAST(direction AS VARCHAR) WHEN 'arrival' THEN 1 ELSE 0 END AS TINYINT) AS code"]
    for name, made in (("time", _time), ("sequence", _sequence)):
        if name in kinds:
            columns.append(f"{made(kinds[name])} AS {name}")
            faults.append(_fault(name, CROSSING_FAULTS, f"{_given(kinds[name], name)} AND {made(kinds[name])} IS NULL"))
    others = sorted(set(kinds) - set(CROSSING_FAULTS))
    if others:
        columns.append(f"hash({', '.join(map(identifier, others))}) AS other")
    return f"SELECT {', '.join(columns)}, CAST({' + '.join(faults)} AS TINYINT) AS fault FROM {relation}"


def statuses(relation: str, kinds: Mapping[str, str]) -> str:
    """SQL of a file of statuses as its rows come. Columns: person (text), day (NULL without a date), status (1 resident, 0 not), fault."""
    faults = [_fault("person", STATUS_FAULTS, _no_person())]
    faults.append(_fault("status", STATUS_FAULTS, "coalesce(CAST(status AS VARCHAR), '') NOT IN ('resident', 'non_resident')"))
    day = "CAST(NULL AS INTEGER)"
    if "date" in kinds:
        day = day_number(_date(kinds["date"]))
        faults.append(_fault("date", STATUS_FAULTS, f"{_given(kinds['date'], 'date')} AND {_date(kinds['date'])} IS NULL"))
    status = "CAST(CASE CAST(status AS VARCHAR) WHEN 'resident' THEN 1 ELSE 0 END AS TINYINT) AS status"
    return f"SELECT CAST(person AS VARCHAR) AS person, {day} AS day, {status}, CAST({' + '.join(faults)} AS TINYINT) AS fault FROM {relation}"


def _fault(name: str, bits: Mapping[str, int], condition: str) -> str:
    return f"CASE WHEN {condition} THEN {bits[name]} ELSE 0 END"


def _no_person() -> str:
    return "coalesce(CAST(person AS VARCHAR), '') = ''"


def _given(kind: str, name: str) -> str:
    """Whether a value stands there at all. Not a number is none."""
    if kind in ("DOUBLE", "FLOAT"):
        return f"coalesce(NOT isnan({name}), false)"
    return f"coalesce(CAST({name} AS VARCHAR), '') <> ''"


def _date(kind: str) -> str:
    """A day of the calendar; a moment only where it is midnight; NULL otherwise."""
    if kind == "DATE":
        return "CASE WHEN isfinite(date) THEN date END"
    if kind.startswith("TIMESTAMP"):
        return "CASE WHEN isfinite(date) AND date = date_trunc('day', date) THEN CAST(date AS DATE) END"
    text = "CAST(date AS VARCHAR)"
    return f"CASE WHEN length({text}) = 10 AND {text} >= '0001' THEN CAST(try_strptime({text}, '%Y-%m-%d') AS DATE) END"


def _time(kind: str) -> str:
    """Microseconds since midnight."""
    moment = "time" if kind == "TIME" else "TRY_CAST(CAST(time AS VARCHAR) AS TIME)"
    return f"CAST(date_diff('microsecond', TIME '00:00:00', {moment}) AS BIGINT)"


def _sequence(kind: str) -> str:
    """A whole number; 2.0 is one, 2.5 is none."""
    if kind in WHOLE:
        return "CAST(sequence AS BIGINT)"
    whole = "TRY_CAST(sequence AS BIGINT)"
    return f"CASE WHEN TRY_CAST(sequence AS DECIMAL(38, 6)) = {whole} THEN {whole} END"


def persons() -> str:
    """SQL of each person once, in the order in which they are written; their place is their number in the kernels."""
    return "SELECT person FROM (SELECT DISTINCT person FROM crossings) ORDER BY person NULLS LAST"


def ordered(own_number: bool, columns: Sequence[str]) -> str:
    """SQL of the crossings in the order of their persons, days and columns that order a day. own_number: a person is a number."""
    extra = "".join(f", {name}" for name in columns)
    keys = ", ".join(f"{name} NULLS LAST" for name in ("person", "day", *columns, "code"))
    if own_number:
        return f"SELECT CAST(person AS BIGINT) AS person, day, code{extra} FROM crossings ORDER BY {keys}"
    joined = "FROM crossings AS c JOIN persons AS p ON c.person = p.person"
    return f"SELECT p.rowid AS person, day, code{extra} {joined} ORDER BY {keys.replace('person', 'p.rowid', 1)}"


def evidence(own_number: bool) -> str:
    """SQL of the statuses with the persons' numbers, NULL for persons of whom there is no crossing. Columns: line, person, day, status."""
    if own_number:
        known = "(SELECT DISTINCT CAST(person AS BIGINT) AS number, CAST(person AS VARCHAR) AS name FROM crossings)"
    else:
        known = "(SELECT rowid AS number, CAST(person AS VARCHAR) AS name FROM persons)"
    return (
        f"SELECT s.rowid AS line, k.number AS person, s.day, s.status FROM statuses AS s LEFT JOIN {known} AS k ON k.name = s.person "
        "ORDER BY k.number NULLS LAST, s.day NULLS FIRST, s.rowid NULLS LAST"
    )
