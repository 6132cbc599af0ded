"""A country with one register of residents on one day, whose codes go through concordances. Everybody in it is invented."""

from pathlib import Path

SECRET = "drawn-for-tests-0123456789abcdef-never-real"
COUNTRY = """id: drawnland
name: Drawnland
code: {code}
period: "2020"
residence: residence
threshold: {threshold}
secret: drawn.key
sources: [register]
"""
RULE = """id: residence
concept: resident population, drawn for tests
rule:
  first_decides: [death, cumulative_presence]
values:
  2019-01-01:
    cumulative_presence: {arrive: 12 months within 16 months, leave: 12 months within 16 months}
    reference: {title: Drawn for these tests, paragraph: '1'}
"""
REGISTER = """id: register
title: Register
evidence: population_register
owner: Drawn office
files: [data/register.csv]
covers: {from: 2020-01-01, until: 2020-01-02}
identifier: {column: key, scheme: personal_key}
event: enumeration
date: {value: 2020-01-01}
complete: true
columns:
  sex: {column: sex, codes: {F: female, M: male}}
  birth_date: born
"""
BIRTH = "  country_of_birth: {column: birthplace, codes: {concordance: birth, on: birth_date}}\n"
FINER = "  country_of_birth: {column: birthplace, codes: {concordance: birth, on: birth_date, finer: {column: town, concordance: birth}}}\n"
CITIZENSHIP = "  citizenship: {column: citizenship, codes: {concordance: citizens}}\n"
HEADS = ("key", "sex", "born", "birthplace", "town", "citizenship")
TABLE = """code,target,valid_from,valid_until,successor,note
SU,SUN,,1991-12-26,,USSR
YU,YUG,,2003-02-04,,
YU,SCG,2003-02-04,2006-06-03,,
CS,CSK,,1993-01-01,,
SD,SDN,,,,
SS,SSD,,,,
DE,DEU,,,,
DD,DDR,1949-10-07,1990-10-03,,
LV,LVA,,,,
RU,RUS,,,,
RIGA,LVA,,,,
SUR,SUN,,1991-12-26,RUS,RSFSR
"""
CITIZENS = "code,target\nLV,LVA\nDE,DEU\nNONE,XXA\nREF,XXB\nUNO,UNO\n"


def land(folder: Path, code: str, people: list[tuple[str, ...]], borders: str = "now", threshold: int = 1, **changed: str) -> Path:
    """A country folder. people: rows of (born, birthplace, town, citizenship). changed: other texts for a file."""
    files = {
        "country.yaml": COUNTRY.format(code=code, threshold=threshold),
        "drawn.key": SECRET,
        "definitions/residence.yaml": RULE,
        "definitions/birth.yaml": f"id: birth\nkind: concordance\nfile: codes/birth.csv\nmatching: [names]\nrule: {{borders: {borders}}}\n",
        "definitions/citizens.yaml": "id: citizens\nkind: concordance\nfile: codes/citizens.csv\nmatching: [names]\n",
        "codes/birth.csv": TABLE,
        "codes/citizens.csv": CITIZENS,
        "sources/register.yaml": REGISTER + BIRTH + CITIZENSHIP,
        "data/register.csv": "\n".join([",".join(HEADS), *(f"K{n:04},F,{','.join(row)}" for n, row in enumerate(people, 1))]) + "\n",
    }
    for name, text in {**files, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "drawn.key").chmod(0o600)
    return folder
