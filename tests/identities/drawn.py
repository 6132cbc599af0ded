"""Countries drawn at random: persons of every kind, and the files of the offices that saw them.

Every choice is keyed by the seed and the person, so that a country is the same on every machine. Many dates are first or
last days of a quarter, since that is where statistics of two periods must meet.
"""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random

FIRST, LAST = date(2014, 1, 1), date(2018, 1, 1)
SECRET = "drawn-for-identities-0123456789abcdef-never-real"
YEARS = ("2014", "2015", "2016", "2017")
QUARTERS = ("2016-01..2016-03", "2016-04..2016-06", "2016-07..2016-09", "2016-10..2016-12")
EDGES = tuple(
    date(year, month, 1) - timedelta(days=before) for year in range(2014, 2018) for month in (1, 4, 7, 10) for before in (1, 0)
)
RULES = (
    "cumulative_presence: {arrive: 12 months within 16 months, leave: 12 months within 16 months}",
    "cumulative_presence: {arrive: 91 days within 122 days, leave: 6 months within 8 months}",
    "continuous_stay: {arrive: 6 months, leave: 6 months}",
)
HEADERS = {
    "register": "key,sex,born,birthplace,nationality",
    "births": "key,mother,day,sex,nationality",
    "births_abroad": "key,mother,day,sex,nationality,birthplace",
    "decisions": "key,decision,day",
    "deaths": "key,day,place",
    "crossings": "number,key,direction,day,hour,until,sex,born,birthplace,nationality",
}
SEX = "sex: {column: sex, codes: {F: female, M: male}}"
SOURCES = {
    "register": f"""evidence: population_register
event: enumeration
date: {{value: 2014-01-01}}
complete: true
columns: {{{SEX}, birth_date: born, country_of_birth: birthplace, citizenship: nationality}}
""",
    "births": f"""evidence: civil_registration
event: birth_in
date: day
columns: {{mother: mother, {SEX}, citizenship: nationality, country_of_birth: {{value: XDL}}}}
""",
    "births_abroad": f"""evidence: civil_registration
event: birth_abroad
date: day
columns: {{mother: mother, {SEX}, citizenship: nationality, country_of_birth: birthplace}}
""",
    "decisions": """evidence: naturalisation_file
event: {column: decision, codes: {A: acquisition, L: loss}}
date: day
""",
    "deaths": "evidence: civil_registration\nevent: death\ndate: day\n",
    "crossings": f"""evidence: border_crossings
record: number
event: {{column: direction, codes: {{I: arrival, O: departure}}}}
date: {{column: day, format: "%Y-%m-%d"}}
time: hour
columns: {{admitted_until: until, {SEX}, birth_date: born, country_of_birth: birthplace, citizenship: nationality}}
""",
}


class Country:
    """The files of a drawn country: for every source its rows, without the header."""

    def __init__(self, seed: int, persons: int = 150) -> None:
        self.seed, self.rows = seed, {name: [] for name in HEADERS}
        for number in range(persons):
            self.person(f"P{number}", Random(f"{seed} {number}"))

    def person(self, key: str, random: Random) -> None:
        """Someone on the list, born in the window, or first seen at the border; some are in no list at all."""
        self.origin, since = random.choice(("list", "list", "birth", "birth_abroad", "border", "border")), FIRST
        traits = drawn_traits(random)
        if self.origin == "list":
            self.rows["register"].append((key, *traits))
        elif self.origin != "border":
            since = drawn_day(random, FIRST)
            self.birth(key, random, since, traits)
        day = self.crossings(key, random, since, traits)
        self.decisions(key, random, day)
        if random.random() < 0.2:
            self.rows["deaths"].append((key, random.choice((day, drawn_day(random, day))), random.choice(("home", "abroad"))))

    def birth(self, key: str, random: Random, day: date, traits: tuple) -> None:
        """A birth; the mother is a person drawn before, one of whom nothing is known, or not named."""
        number = int(key[1:])
        mother = random.choice(("", "NOBODY", *(f"P{each}" for each in range(max(0, number - 12), number))))
        sex, _, birthplace, nationality = traits
        if self.origin == "birth":
            self.rows["births"].append((key, mother, day, sex, nationality))
        else:
            self.rows["births_abroad"].append((key, mother, day, sex, nationality, birthplace))

    def crossings(self, key: str, random: Random, since: date, traits: tuple) -> date:
        """Crossings in both directions, now and then one missing, several on a day, twice, or impossible. The last day."""
        day, inward = since, random.random() < (0.2 if self.origin in ("list", "birth") else 0.8)
        for _ in range(random.choice((0, 1, 1, 2, 3, 5, 8))):
            day = drawn_day(random, day) if random.random() < 0.3 else day + timedelta(days=random.choice((0, 0, 1, 20, 91, 130, 183, 366)))
            if day >= LAST:
                return LAST - timedelta(days=1)
            self.crossing(key, random, day, inward, traits)
            inward = inward if random.random() < 0.1 else not inward
        return day

    def crossing(self, key: str, random: Random, day: date, inward: bool, traits: tuple) -> None:
        number = len(self.rows["crossings"]) + 1
        until = day + timedelta(days=90) if inward and random.random() < 0.3 else ""
        other = drawn_traits(random) if random.random() < 0.05 else traits
        row = (number, key, "I" if inward else "O", day, random.choice(("", "", "08:00", "19:30")), until, *other)
        self.rows["crossings"].append(row)
        if random.random() < 0.03:
            self.rows["crossings"].append((number + 1, *row[1:]))
        if random.random() < 0.03:
            wrong = random.choice(("2015-02-30", "2013-12-31", LAST))
            self.rows["crossings"].append((len(self.rows["crossings"]) + 1, key, "I", wrong, "", "", *traits))

    def decisions(self, key: str, random: Random, crossed: date) -> None:
        """Acquisitions and losses: also on the day of a crossing, on the first day of all, and one that changes nothing."""
        day, kind = FIRST, random.choice("AL")
        for _ in range(random.choice((0, 0, 0, 1, 1, 2, 3))):
            day = max(day, random.choice((FIRST, crossed, drawn_day(random, day))))
            self.rows["decisions"].append((key, kind, day))
            kind = kind if random.random() < 0.2 else "AL".replace(kind, "")

    def write(self, folder: Path, shuffled: int | None = None) -> Path:
        """The country folder. `shuffled`: the rows of every file in another order."""
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("sources", "definitions", "data"):
            (folder / name).mkdir(parents=True)
        (folder / "country.yaml").write_text(COUNTRY, encoding="utf-8")
        (folder / "drawn.key").write_text(SECRET + "\n", encoding="utf-8")
        (folder / "definitions" / "residence.yaml").write_text(rule_file(RULES[self.seed % len(RULES)]), encoding="utf-8")
        for name, rows in self.rows.items():
            (folder / "sources" / f"{name}.yaml").write_text(source_file(name), encoding="utf-8")
            listed = rows if shuffled is None else Random(shuffled).sample(rows, len(rows))
            with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([HEADERS[name].split(","), *listed])
        return folder


COUNTRY = f"""id: drawn
name: Drawn country
code: XDL
period: "2016"
residence: residence
threshold: 1
secret: drawn.key
sources: [{", ".join(HEADERS)}]
"""


def rule_file(parameters: str) -> str:
    family = parameters.partition(":")[0]
    return f"""id: residence
concept: resident population, drawn for tests
rule: {{first_decides: [death, {family}]}}
values:
  2014-01-01:
    {parameters}
    reference: {{title: Drawn for these tests, paragraph: "1"}}
"""


def source_file(name: str) -> str:
    until = "2014-01-02" if name == "register" else LAST
    return f"""id: {name}
title: The file of {name}
owner: Drawn office
files: [data/{name}.csv]
covers: {{from: {FIRST}, until: {until}}}
identifier: {{column: key, scheme: key}}
stop_if_rejected_over: 0.5
{SOURCES[name]}"""


def drawn_traits(random: Random) -> tuple:
    """Sex, birth date, birthplace, citizenship; each sometimes unknown, a code that no list has, or stateless."""
    born = FIRST - timedelta(days=random.randrange(33_000))
    return (
        random.choice(("F", "M", "F", "M", "9", "")),
        random.choice((born, born, born, "")),
        random.choice(("XDL", "XDL", "XFA", "XFB", "")),
        random.choice(("XDL", "XDL", "XFA", "XFB", "XXA", "")),
    )


def drawn_day(random: Random, since: date) -> date:
    """A day from `since` on; half of them first or last days of a quarter."""
    edges = [each for each in EDGES if since <= each < LAST]
    other = since + timedelta(days=random.randrange(max((LAST - since).days, 1)))
    return min(random.choice(edges) if edges and random.random() < 0.5 else other, LAST - timedelta(days=1))
