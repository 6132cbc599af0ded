"""Three small countries to attack: one of persons (CSV), one of stays (Parquet), one with a survey (Parquet).

Everybody in them is invented. Identifiers are long and odd, so that one can be looked for in every byte a run leaves.
"""

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SECRET = "drawn-for-tests-0123456789abcdef-never-real"
PEOPLE = tuple(f"PASS{7301 + 17 * number}QX" for number in range(12))
REFERENCE = "{title: Drawn for these tests, paragraph: '1'}"
COVERS = "{from: 2019-01-01, until: 2023-01-01}"

COUNTRY = """id: drawnland
name: Drawnland
code: XDL
period: "2021"
residence: residence
threshold: 1
secret: drawn.key
sources: [register, births, deaths, decisions, crossings]
"""

RULE = f"""id: residence
concept: resident population, drawn for tests
rule:
  first_decides: [death, cumulative_presence]
values:
  2019-01-01:
    cumulative_presence: {{arrive: 12 months within 16 months, leave: 12 months within 16 months}}
    reference: {REFERENCE}
"""

ATTRIBUTES = """columns:
  sex: {column: gender, codes: {F: female, M: male}}
  birth_date: born_on
  country_of_birth: born_in
  citizenship: nationality
"""

SOURCES = {
    "register": """evidence: population_register
event: enumeration
date: {value: 2019-01-01}
complete: true
"""
    + ATTRIBUTES,
    "crossings": """evidence: border_crossings
record: number
event: {column: direction, codes: {I: arrival, O: departure}}
date: {column: day, format: "%Y-%m-%d"}
time: hour
"""
    + ATTRIBUTES
    + "  admitted_until: permit\n",
    "births": """evidence: civil_registration
event: birth_in
date: day
columns:
  mother: mother
  sex: {column: gender, codes: {F: female, M: male}}
  citizenship: nationality
  country_of_birth: {value: XDL}
""",
    "deaths": "evidence: civil_registration\nevent: death\ndate: day\n",
    "decisions": """evidence: naturalisation_file
event: {column: decision, codes: {A: acquisition, L: loss}}
date: day
columns:
  former_citizenship: former
""",
}

REGISTER = [
    ("passport", "gender", "born_on", "born_in", "nationality"),
    (PEOPLE[0], "F", "1985-05-01", "XDL", "XDL"),
    (PEOPLE[1], "M", "1955-03-10", "XDL", "XDL"),
    (PEOPLE[2], "F", "1990-09-09", "XFA", "XFA"),
    (PEOPLE[3], "M", "1972-12-31", "XFB", "XFB"),
    (PEOPLE[4], "F", "1940-02-29", "XDL", "XDL"),
    (PEOPLE[5], "M", "2001-01-01", "XDL", "XDL"),
]
CROSSINGS = [
    ("number", "passport", "direction", "day", "hour", "gender", "born_on", "born_in", "nationality", "permit"),
    (1, PEOPLE[1], "O", "2020-11-05", "", "M", "1955-03-10", "XDL", "XDL", ""),
    (2, PEOPLE[6], "I", "2021-02-01", "08:30", "F", "1994-06-06", "XFA", "XFA", "2021-07-31"),
    (3, PEOPLE[7], "I", "2021-03-01", "", "M", "1988-08-08", "XFB", "XFB", ""),
    (4, PEOPLE[7], "O", "2021-05-20", "", "M", "1988-08-08", "XFB", "XFB", ""),
    (5, PEOPLE[5], "O", "2021-06-10", "", "M", "2001-01-01", "XDL", "XDL", ""),
    (6, PEOPLE[5], "I", "2021-08-10", "", "M", "2001-01-01", "XDL", "XDL", ""),
    (7, PEOPLE[8], "I", "2021-09-01", "10:00", "F", "1979-01-15", "XFA", "XFA", ""),
    (8, PEOPLE[8], "O", "2021-09-01", "19:45", "F", "1979-01-15", "XFA", "XFA", ""),
    (9, PEOPLE[9], "I", "2022-10-01", "", "M", "1999-10-10", "XFB", "XFB", ""),
    (10, PEOPLE[3], "O", "2021-04-04", "", "M", "1972-12-31", "XFB", "XFB", ""),
]
BIRTHS = [
    ("passport", "mother", "day", "gender", "nationality"),
    (PEOPLE[10], PEOPLE[0], "2021-07-07", "F", "XDL"),
    (PEOPLE[11], "", "2021-10-10", "M", "XFA"),
]
DEATHS = [("passport", "day"), (PEOPLE[4], "2021-12-01")]
DECISIONS = [("passport", "decision", "day", "former"), (PEOPLE[2], "A", "2021-05-05", "XFA")]
RECORDS = {"register": REGISTER, "crossings": CROSSINGS, "births": BIRTHS, "deaths": DEATHS, "decisions": DECISIONS}


def write_csv(path: Path, rows: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def skeleton(folder: Path, country: str) -> Path:
    """Country file, secret and the empty folders."""
    for name in ("sources", "definitions", "data", "codes"):
        (folder / name).mkdir(parents=True)
    (folder / "country.yaml").write_text(country, encoding="utf-8")
    (folder / "drawn.key").write_text(SECRET + "\n", encoding="utf-8")
    return folder


def source(name: str, rest: str, suffix: str = "csv") -> str:
    """A source file: what all have in common, then the rest."""
    head = f"id: {name}\ntitle: The {name} of Drawnland\nowner: Office of Drawnland\nfiles: [data/{name}.{suffix}]\n"
    key = "" if "identifier:" in rest else "identifier: {column: passport, scheme: passport}\n"
    return head + f"covers: {COVERS}\n" + key + rest


def persons_land(folder: Path, records: dict[str, list[tuple]] | None = None) -> Path:
    """A country of twelve persons: a register, crossings, births, deaths, naturalisations."""
    skeleton(folder, COUNTRY)
    (folder / "definitions" / "residence.yaml").write_text(RULE, encoding="utf-8")
    for name, rest in SOURCES.items():
        text = source(name, rest)
        text = text.replace(COVERS, "{from: 2019-01-01, until: 2019-01-02}") if name == "register" else text
        (folder / "sources" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, rows in (records or RECORDS).items():
        write_csv(folder / "data" / f"{name}.csv", rows)
    return folder


STAYS_COUNTRY = 'id: stayland\nname: Stayland\ncode: XDL\nperiod: "2021-04"\nthreshold: 1\nsources: [admissions]\n'
STAYS_SOURCE = """evidence: admissions
unit: admission
format: {type: parquet}
identifier: {column: form, scheme: form}
record: form
columns:
  arrival_date: {column: arrived, required: true}
  departure_date: left
  admitted_until: {column: until, format: "%Y-%m-%d", missing: [D/S]}
  permission: {column: until, codes: {D/S: duration_of_status}, otherwise: missing}
  age: age
  sex: {column: gender, codes: {F: female, M: male}}
  citizenship: nationality
  residence: lives_in
  route: {column: mode, codes: {1: air, 2: sea, 3: land}}
  visa_class: class
"""
MOBILITY = f"""id: temporary-mobility
kind: temporary mobility
types: {{file: codes/types.csv, from: class, to: type}}
values:
  2021-01-01:
    lengths:
      - {{length: 90 nights, reference: {REFERENCE}}}
      - {{length: 365 nights, reference: {REFERENCE}}}
    residence: {{length: 365 nights, reference: {REFERENCE}}}
    implausible_permission: {{length: 3653 nights, reference: {REFERENCE}}}
    bands: {{unit: nights, starts: [0, 1, 8, 29, 90, 365], reference: {REFERENCE}}}
"""
FORMS = tuple(f"FORM{5501 + 13 * number}ZY" for number in range(8))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


STAYS = {
    "form": list(FORMS),
    "arrived": [day(f"2021-04-{number:02}") for number in (1, 2, 3, 5, 8, 13, 21, 30)],
    "left": [day(text) for text in ("2021-04-09", "2021-05-02", "", "2021-04-05", "2021-08-20", "2021-04-14", "", "2021-05-30")],
    "until": ["2021-07-01", "2021-07-02", "2021-05-03", "D/S", "2021-09-01", "", "2021-10-20", "2021-07-30"],
    "age": [30, 41, 7, 19, 66, 50, 33, 28],
    "gender": list("FMFMFMFM"),
    "nationality": ["XFA", "XFB"] * 4,
    "lives_in": ["XFA"] * 8,
    "mode": list("11213111"),
    "class": ["B1", "B2", "B2", "F1", "B2", "B1", "Q9", "B2"],
}


def stays_land(folder: Path, **changed: list) -> Path:
    """A country of eight admissions. `changed`: columns in place of the drawn ones."""
    skeleton(folder, STAYS_COUNTRY)
    (folder / "sources" / "admissions.yaml").write_text(source("admissions", STAYS_SOURCE, "parquet"), encoding="utf-8")
    (folder / "definitions" / "temporary-mobility.yaml").write_text(MOBILITY, encoding="utf-8")
    write_csv(folder / "codes" / "types.csv", [("class", "type"), ("B1", "business"), ("B2", "tourism"), ("F1", "training")])
    pq.write_table(pa.table(STAYS | changed), folder / "data" / "admissions.parquet")
    return folder


SURVEY_COUNTRY = 'id: surveyland\nname: Surveyland\ncode: XDL\nperiod: "2021"\nthreshold: 1\nsecret: drawn.key\nsources: [survey]\n'
SURVEY_SOURCE = """evidence: household_survey
unit: respondent
format: {type: parquet}
identifier: {column: [household, member], scheme: respondent}
weight: w0
replicates: {prefix: w0r, count: 4, method: successive difference, factor: 4}
columns:
  sex: {column: gender, codes: {1: male, 2: female}, required: true}
  age: {column: age, required: true}
  birth_class: {column: born, codes: {1: in_country, 2: abroad}, required: true}
  citizenship_class: {column: nation, codes: {1: national, 2: foreign}, required: true}
  country_of_birth: born_in
  year_of_entry: entered
  year_of_naturalisation: naturalised
  residence_one_year_ago: {column: moved, codes: {1: same_dwelling, 2: another_country, 3: same_country}}
"""
BIRTHPLACE = f"id: birthplace\nkind: birthplace\nnative_born: [in_country]\nreference: {REFERENCE}\n"
PRECISION = f"""id: precision
kind: precision
bounds: {{level: {{value: 90, unit: percent, since: 2021-01-01, reference: {REFERENCE}}}, multiplier: 1.645}}
unreliable:
  records_below: {{value: 30, unit: records, since: 2021-01-01, reference: {REFERENCE}}}
  relative_standard_error_over: {{value: 30, unit: percent, since: 2021-01-01, reference: {REFERENCE}}}
suppressed:
  records_below: {{value: 2, unit: records, since: 2021-01-01, reference: {REFERENCE}}}
"""
HOUSES = tuple(f"HOUSE{9103 + 19 * number}KJ" for number in range(20))


def survey_land(folder: Path) -> Path:
    """A country of forty respondents in twenty households."""
    skeleton(folder, SURVEY_COUNTRY)
    (folder / "sources" / "survey.yaml").write_text(source("survey", SURVEY_SOURCE, "parquet"), encoding="utf-8")
    (folder / "definitions" / "birthplace.yaml").write_text(BIRTHPLACE, encoding="utf-8")
    (folder / "definitions" / "precision.yaml").write_text(PRECISION, encoding="utf-8")
    pq.write_table(pa.table(respondents()), folder / "data" / "survey.parquet")
    return folder


def respondents() -> dict[str, list]:
    """Answers by column; every third respondent is born abroad, every sixth is foreign."""
    each = range(40)
    answers = {
        "household": [HOUSES[number // 2] for number in each],
        "member": [number % 2 + 1 for number in each],
        "gender": [number % 2 + 1 for number in each],
        "age": [5 + 2 * number for number in each],
        "born": [2 if number % 3 == 0 else 1 for number in each],
        "nation": [2 if number % 6 == 0 else 1 for number in each],
        "born_in": ["XFA" if number % 3 == 0 else "XDL" for number in each],
        "entered": [2000 + number // 3 if number % 3 == 0 else None for number in each],
        "naturalised": [2020 if number == 3 else None for number in each],
        "moved": [number % 3 + 1 for number in each],
        "w0": [100 + number for number in each],
    }
    return answers | {f"w0r{column}": [100 + number + (number * column) % 7 for number in each] for column in range(1, 5)}
