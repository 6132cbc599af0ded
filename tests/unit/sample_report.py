"""An invented country with something in every section of the report: plain rows, no database.

The figures are made by formulas and mean nothing; they are of the size and shape that real runs give.
"""

from math import exp

from sojourn.concepts.lexis import CHECKS
from sojourn.concepts.populations import AGE_GROUPS, SUBPOPULATIONS
from sojourn.stages.publish import ReportInput

CLOSING = {"native_born_national": 4_812_340, "native_born_foreign": 61_204, "foreign_born_national": 238_915, "foreign_born_foreign": 402_118, "undetermined": 1_877}
CHANGES = {
    "births": (51_320, 2_104, 0, 0, 41),
    "deaths": (44_871, 212, 1_644, 1_930, 6),
    "immigration": (8_412, 655, 2_310, 47_220, 388),
    "emigration": (11_904, 502, 1_877, 18_643, 97),
    "acquisition": (1_940, -1_940, 9_811, -9_811, 0),
    "loss": (-77, 77, -31, 31, 0),
    "residual": (12, -3, 4, -29, 1),
}
SIGNS = {"deaths": -1, "emigration": -1}
COUNTRIES = {"ROU": 61_330, "UKR": 54_021, "IND": 33_870, "TUR": 30_442, "POL": 28_019, "BRA": 24_470, "SYR": 21_208, "PHL": 17_655, "CHN": 16_901, "MAR": 15_230, "NGA": 12_118, "VNM": 9_644, "PAK": 9_020, "ITA": 8_740, "USA": 7_551, "GBR": 6_313, "AFG": 5_212, "TUV": 3, "other": 44_090}
TYPES = {"tourism": 2_114_009, "business": 522_079, "visit": 301_455, "training": 43_366, "other_workers": 61_870, "health": 4_021, "other": 50_917}
BANDS = {"0": 48_211, "1-3": 512_330, "4-7": 803_448, "8-14": 701_224, "15-28": 388_100, "29-90": 290_554, "91-182": 61_004, "open": 142_457}


def cell(indicator, measure, period, breakdown, category, value, records=None, unit="persons", error=None, flag="", variant=""):
    bounds = (None, None) if error is None or value is None else (value - 1.645 * error, value + 1.645 * error)
    return dict(
        indicator=indicator, measure=measure, variant=variant, period=period, breakdown=breakdown, category=category, value=value,
        records=records, standard_error=error, lower=bounds[0], upper=bounds[1], unit=unit, flag=flag,
    )  # fmt: skip


def count(indicator, measure, period, breakdown, values, unit="persons"):
    return [cell(indicator, measure, period, breakdown, each, float(value), value, unit) for each, value in values.items()]


def opening():
    net = {name: sum(SIGNS.get(change, 1) * row[place] for change, row in CHANGES.items()) for place, name in enumerate(CLOSING)}
    return {name: CLOSING[name] - net[name] for name in CLOSING}


def stocks():
    cells = []
    for moment, values in (("2016-01-01", opening()), ("2016-12-31", CLOSING)):
        immigrants = sum(values[each] for each in values if each not in ("native_born_national", "undetermined"))
        cells += count("RP", "stock", moment, "total", {"total": sum(values.values())})
        cells += count("RP", "stock", moment, "subpopulation", values)
        cells += count("MI 1.1", "stock", moment, "total", {"total": immigrants})
        cells.append(cell("MI 1.1", "share", moment, "total", "total", immigrants / sum(values.values()) * 100, immigrants, "percent"))
    cells += count("MI 1.1", "stock", "2016-12-31", "country_of_birth", COUNTRIES)
    return cells


def pyramid():
    cells = []
    for number, age in enumerate(AGE_GROUPS):
        whole = 178_000 * exp(-(((number - 7) / 9.5) ** 2))
        for sex, tilt in (("male", 1.0 - 0.02 * max(number - 9, 0)), ("female", 0.97 + 0.012 * number)):
            foreign = 0.31 * exp(-(((number - 7) / 4.2) ** 2))
            for birth, share in (("native_born", 1 - foreign), ("foreign_born", foreign)):
                cells += count("RP", "stock", "2016-12-31", "sex x age_group x birth", {f"{sex}|{age}|{birth}": int(whole * tilt * share)})
    return cells + count("RP", "stock", "2016-12-31", "sex x age_group x birth", {"other|30-34|foreign_born": 3})


def flows():
    cells = []
    for indicator, change in (("MI 1.3", "immigration"), ("MI 1.4", "emigration")):
        values = dict(zip(CLOSING, CHANGES[change], strict=True))
        cells += count(indicator, "events", "2016", "total", {"total": sum(values.values())}, "events")
        cells += count(indicator, "events", "2016", "subpopulation", values, "events")
        cells.append(cell(indicator, "rate", "2016", "total", "total", sum(values.values()) / 5_500, sum(values.values()), "per_1000_person_years"))
    groups = {"returning_citizens": 9_120, "returning_native_born": 8_604, "conversion_without_crossing": 4}
    cells += count("MI 1.3", "events", "2016", "of_which", groups, "events")
    cells += count("MI 1.2", "events", "2016", "total", {"total": 11_751}, "events")
    cells.append(cell("MI 1.2", "rate", "2016", "total", "total", 25.4, 11_751, "per_1000_person_years"))
    return cells


def temporary():
    cells = [*count("TM", "visits", "2016", "total", {"total": 3_097_717}, "admissions")]
    cells.append(cell("TM", "person_nights", "2016", "total", "total", 41_668_067.0, 2_953_478, "nights"))
    cells.append(cell("TM", "mean_stay", "2016", "total", "total", 15.4, 2_953_478, "nights"))
    cells.append(cell("TM", "median_stay", "2016", "total", "total", 9.0, 2_953_478, "nights"))
    cells += count("TM", "visits", "2016", "type", TYPES, "admissions") + count("TM", "visits", "2016", "duration_band", BANDS, "admissions")
    cells += [cell("TM", "mean_stay", "2016", "type", each, 8.0 + place * 9.7, 1000, "nights") for place, each in enumerate(TYPES)]
    cells.append(cell("OV", "share", "2016", "total", "total", 2.852, 1_728_672, "percent", flag="additional experimental"))
    routes = {"air": (2.61, 1_650_880), "sea": (4.90, 11_002), "land": (8.44, 66_790)}
    cells += [cell("OV", "share", "2016", "route", name, share, records, "percent", flag="additional experimental") for name, (share, records) in routes.items()]
    months = {f"2016-{month:02}": 900_000.0 + 1_000 * month for month in range(1, 13)}
    cells += [cell("TP", "visits", each, "total", "total", value, 5_000, "visits") for each, value in {**months, "2016": 10_878_000.0}.items()]
    return cells


def survey():
    """A second definition with errors, a proxy, an unreliable and a structural cell."""
    return [
        cell("MI 1.1", "stock", "2016-12-31", "total", "total", 640_180.0, 3_941, error=8_870.0, variant="national birthplace"),
        cell("MI 1.1", "share", "2016-12-31", "total", "total", 15.183, 3_941, "percent", error=0.922, variant="national birthplace"),
        cell("MI 1.1", "stock", "2016-12-31", "sex", "female", 365_000.0, 2_200, error=5_100.0),
        cell("MI 1.1", "stock", "2016-12-31", "sex", "male", 337_237.0, 1_900, error=6_020.0),
        cell("MI 1.1", "stock", "2016-12-31", "sex", "other", 960.0, 7, error=410.0, flag="unreliable"),
        cell("MI 1.2", "events", "2016", "subpopulation", "native_born_foreign", 0.0, 0, "events", flag="structural_zero"),
        cell("MI 1.2", "events", "2016", "subpopulation", "foreign_born_foreign", 1_204.0, 12, "events", error=402.0, flag="proxy unreliable"),
        cell("MI 1.2", "events", "2016", "subpopulation", "foreign_born_national", None, 2, "events", flag="suppressed"),
    ]


def dated():
    """A demographic account of a few ages, of which some facts are too few to show."""
    components = dict(opening=90_400, births=1_020, entries=3_310, deaths=880, exits=1_270, closing=92_580)
    cells = count("DA", "opening", "2016", "age", {str(age): 1_400 - 12 * age for age in range(100)})
    for measure, value in components.items():
        cells += count("DA", measure, "2016", "total", {"total": value})
        cells += count("DA", measure, "2016", "cohort", {"1916": value // 40_000, "1980": value // 90})
        cells += count("DA", measure, "2016", "age_group", {age: value // 18 for age in AGE_GROUPS})
    for number, measure in enumerate(("entry_rate", "exit_rate", "death_rate"), 1):
        rates = {"age": [str(age) for age in range(100)], "age_group": AGE_GROUPS, "total": ["total"]}
        for breakdown, ages in rates.items():
            cells += [cell("DA", measure, "2016", breakdown, age, 9.0 * number, 40 - place // 2, "per_1000_person_years") for place, age in enumerate(ages)]
    return cells


def account_checks():
    return [{"name": name, "examined": 1_200, "failing": 7 if name == "below_zero" else 0} for name in CHECKS]


def counts_account():
    """An account of published tables over three years."""
    lines = {"opening": 5_000, "natural_increase": -120, "net_migration": 340, "adjustment": -15, "residual": 8, "closing": 5_213}
    years = ("2014", "2015", "2016")
    return [
        {"period": year, "first_day": f"{year}-01-01", "next_day": f"{int(year) + 1}-01-01", "population": "all", "component": name, "value": value}
        for year in years
        for name, value in lines.items()
    ]


def account():
    rows = []
    for component, values in (("opening", opening()), *CHANGES.items(), ("closing", CLOSING)):
        listed = values.values() if isinstance(values, dict) else values
        rows += [dict(period="2016", subpopulation=name, component=component, value=value) for name, value in zip(CLOSING, listed, strict=True)]
    return rows


def curves():
    survival, presence = [], []
    for group, size, scale in (("all", 3_096_313, 14), ("tourism", 2_114_009, 11), ("business", 522_079, 8), ("training", 43_366, 95)):
        for day in range(0, 143):
            staying = exp(-((day / scale) ** 0.85))
            base = int(size * staying)
            survival.append(dict(grp=group, day=day, at_risk=base, departed=base // 20, censored=0, surviving=staying))
            presence.append(dict(grp=group, day=day, present=base, undetermined=int(size * 0.03 * day / 142)))
    return {"survival": survival, "presence": presence}


LIVES = (
    ("Ama", (("1990-05-02", None, True, "resident", "born in the country"),)),
    ("Ben", (("2012-01-01", "2016-03-10", False, "absent", "born abroad"), ("2016-03-10", None, True, "resident", "immigration: 12 months reached"))),
    ("Chen", (("2014-02-01", "2015-06-20", True, "resident", ""), ("2015-06-20", "2016-09-01", False, "absent", "emigration"), ("2016-09-01", None, True, "resident", "returning citizen"))),
    ("Dara", tuple((f"2016-{month:02}-05", f"2016-{month:02}-19", True, "temporary", "short visit") for month in (2, 5, 8, 11))),
    ("Efe", (("2016-10-01", None, True, "undetermined", "stay still open at the end of data"),)),
    ("Finn", (("2010-01-01", "2016-04-02", True, "resident", ""), ("2016-04-02", "2016-08-15", False, "resident", "on holiday; died abroad"))),
)  # fmt: skip


def lives():
    return [
        dict(person=person, start=start, end=end, inside=inside, status=status, text=text)
        for person, intervals in LIVES
        for start, end, inside, status, text in intervals
    ]


def beside(period, ours, published, status, breakdown="total", category="total", **more):
    """One line of a published table beside ours."""
    known = ours is not None and published is not None
    return dict(
        published_table="yearbook", indicator="RP", variant="", measure="stock", period=period, breakdown=breakdown, category=category,
        unit="persons", ours=ours, published=published, difference=ours - published if known else None,
        relative_difference=(ours - published) / published if known and published else None, allowed=1000.0, status=status,
    ) | dict(within_error=None, vintage="final", line=7) | more  # fmt: skip


def comparisons():
    """A published table with something of every status, and another system's statuses on two days."""
    lines = [beside(f"{year}-01-01", 5_400_000.0 + year, 5_400_500.0 + year, "within") for year in range(2008, 2017)]
    lines += [beside("2016-01-01", 61_330.0, 70_000.0, "breach", "country_of_birth", name, within_error=True) for name in COUNTRIES]
    lines.append(beside("2016-01-01", None, 8_000.0, "hidden", "sex", "other"))
    lines += [beside("2016-01-01", None, 9_000.0, each, "sex", each) for each in ("published_only", "other_period")]
    lines.append(beside("2016-01-01", 9_000.0, None, "ours_only", "sex", "male", vintage=None, line=None))
    pairs = (("resident", "resident", 5_000_000), ("resident", None, 9_431), ("absent", "resident", 20_118), ("temporary", "resident", 3))
    statuses = [
        dict(system="old", day=day, our_status=ours, our_reason="reached", their_status=theirs, their_reason="card", persons=persons)
        for day in (16_801, 16_802)
        for ours, theirs, persons in pairs
    ]
    table = dict(id="yearbook", title="Statistical yearbook", reference="Yearbook, 2017", absolute=1000.0, relative=0.001, note="A note.", passed_over=12)
    system = dict(id="old", title="The register's own statuses", note="")
    return {"comparison": lines, "published_tables": [table], "status_comparison": statuses, "systems": [system]}


def sample(threshold=5, drawn=True, **changes):
    """A report input with every table; `changes` replace fields."""
    tables = {
        "cells": stocks() + pyramid() + flows() + temporary() + survey() + dated(),
        "lexis_checks": account_checks(),
        "account": account(),
        "counts_account": counts_account(),
        "account_groups": [{"id": "all", "title": "Whole population", "lacking": "", "independence": "Two tables."}],
        **curves(),
        **comparisons(),
        "lives": lives(),
        "balance": [dict(source="crossings", read=12_340_118, used=12_338_900, superseded=0, rejected=1_218, repaired=378, flagged=20_734)],
        "issue_counts": [
            dict(source="crossings", field="departure_date", reason="departure_before_arrival", action="repaired", records=375),
            dict(source="crossings", field="departure_date", reason="departure_after_data_end", action="repaired", records=3),
            dict(source="crossings", field="sex", reason="unknown_code", action="flagged", records=20_734),
            dict(source="crossings", field="identifier", reason="missing_identifier", action="rejected", records=1_218),
        ],
        "open_cases": [
            dict(indicator="MI 1.3", period="2016", decided=58_985, undetermined=4_410),
            dict(indicator="MI 1.4", period="2016", decided=33_023, undetermined=2),
        ],
        "not_produced": [
            dict(indicator="MI 1.2", reason="proxy_only", unlock="naturalisation_file | population_register"),
            dict(indicator="RP", reason="no_source", unlock="population_register | household_survey | border_crossings + civil_registration"),
            dict(indicator="OV", reason="incomplete_source", unlock="admitted_until"),
        ],
    }
    assert set(SUBPOPULATIONS) < set(CLOSING)
    given = dict(
        country_id="sampleland", country_name="Sampleland", country_code="XSL", period="2016", threshold=threshold, tables=tables, drawn=drawn,
        note="An invented country that holds something for every section.",
        methodology=[("Usual residence", METHOD)],
        notes=["One month of arrivals gives **no stock** and no seasonality."],
        sources=[dict(title="Border crossing register", owner="Border Guard", evidence="border_crossings", unit="person", begin="2014-01-01", end="2017-07-01")],
        run_id="7f3c2a91d0", definition_hashes={"usual-residence": "b1946ac92492d234"}, versions={"sojourn": "0.1.0", "duckdb": "1.5.6"},
    )  # fmt: skip
    return ReportInput(**(given | changes))


METHOD = """A person **becomes resident** on arrival if the nights in the country reach *12 months within 16 months*
(Population Statistics Act, paragraph 4(2)).

- Nights are counted, half open.
- Months are calendar months; `31 January` plus one month is the last day of February.

## Unknown before

Where the status before is unknown, both branches are followed. See [the framework](https://unstats.un.org/unsd/demographic-social/migration-expert-group/).
"""
