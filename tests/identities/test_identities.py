"""What must add up, whoever the persons are: accounts, stocks, flows, time, and records."""

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from sojourn import load_country, parse_period, run
from sojourn.run.execute import Graph
from sojourn.run.histories import observed
from sojourn.run.plan import count_steps
from sojourn.run.step import Workshop
from sojourn.stages.count.cubes import day
from tests.identities.drawn import HEADERS, QUARTERS, YEARS, Country

SEEDS = (1, 2, 12)
CLASSES = ("native_born_national", "native_born_foreign", "foreign_born_national", "foreign_born_foreign")
COUNTED = ("cells_stocks", "cells_flows", "cells_visits", "cells_exposure")
NO_SUM = {"mean_stay"}
CUBES = ("stock_cube", "flow_cube", "time_cube", "visit_cube")


class Counted:
    """The tables of one country: persons' tables once, and for every period its cubes, cells and account."""

    def __init__(self, folder) -> None:
        country = load_country(folder)
        self.country = country
        with Graph(country, parse_period(country.file.period)) as graph:
            graph.run()
            rows = graph.session.rows
            self.tables = {name: rows(f"SELECT * FROM {name}") for name in graph.tables}
            self.accepted = {name: rows(f"SELECT count(*) AS n FROM accepted_{name}")[0]["n"] for name in HEADERS}
            self.periods = {label: self._count(graph, label) for label in (*YEARS, *QUARTERS)}

    def _count(self, graph, label: str) -> dict[str, list[dict]]:
        """The steps that count, over the statuses of the finished run, for another period."""
        folder = self.country.path / "counted" / label
        folder.mkdir(parents=True)
        period, made = parse_period(label), {}
        for step in count_steps(self.country, period):
            shop = Workshop(graph.session, self.country, period, folder, step)
            step.work(shop)
            made |= {name: graph.session.rows(f"SELECT * FROM {name}") for name in step.writes}
        made["cells"] = [row for name in COUNTED for row in made[name]]
        return made


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("drawn")
    return {seed: Country(seed).write(place / str(seed)) for seed in SEEDS}


@pytest.fixture(scope="module")
def every(folders):
    return {seed: Counted(folder) for seed, folder in folders.items()}


@pytest.fixture(params=SEEDS)
def counted(request, every) -> Counted:
    return every[request.param]


def account(counted: Counted, label: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in counted.periods[label]["account"]:
        found[row["subpopulation"]][row["component"]] = row["value"]
    return found


def cells(counted: Counted, label: str, indicator: str, measure: str, breakdown: str) -> dict[tuple[str, str], float]:
    """(period or moment, category) to value."""
    wanted = (indicator, measure, breakdown)
    rows = counted.periods[label]["cells"]
    return {(row["period"], row["category"]): row["value"] for row in rows if (row["indicator"], row["measure"], row["breakdown"]) == wanted}


def moment(label: str, end: str) -> int:
    return day(getattr(parse_period(label), end))


def test_the_countries_hold_what_they_are_meant_to(every):
    """Every kind of change, class, status and finding; otherwise the identities below would hold over nothing."""
    changes = {(row["kind"], row["trigger"]) for each in every.values() for row in each.tables["changes"]}
    assert {kind for kind, _ in changes} == {"immigration", "emigration", "undetermined", "birth", "death", "acquisition", "loss"}
    assert {"threshold", "imputed"} <= {trigger for _, trigger in changes}
    assert {row["status"] for each in every.values() for row in each.tables["statuses"]} == {"resident", "temporary", "absent", "undetermined"}
    assert {"stateless", "unknown"} <= {row["citizenship"] for each in every.values() for row in each.tables["citizenships"]}
    moved = Counter()
    for values in (values for each in every.values() for label in YEARS for values in account(each, label).values()):
        moved.update({component for component, value in values.items() if value})
    assert set(moved) == {"opening", "closing", "births", "deaths", "immigration", "emigration", "acquisition", "loss", "resolved"}


@pytest.mark.parametrize("label", (*YEARS, *QUARTERS))
def test_nothing_is_left_in_the_account(counted, label):
    found = account(counted, label)
    assert set(found) == {*CLASSES, "undetermined"}
    assert {name: values["residual"] for name, values in found.items()} == dict.fromkeys(found, 0)


@pytest.mark.parametrize(("before", "after"), [*pairwise(YEARS), *pairwise(QUARTERS)])
def test_a_period_opens_where_the_one_before_closed(counted, before, after):
    first, second = account(counted, before), account(counted, after)
    assert {name: each["closing"] for name, each in first.items()} == {name: each["opening"] for name, each in second.items()}
    meeting = parse_period(after).start.isoformat()
    stocks = [[row for row in counted.periods[label]["stock_cube"] if row["moment"] == meeting] for label in (before, after)]
    assert stocks[0] == stocks[1] != []


@pytest.mark.parametrize("label", YEARS)
def test_citizenship_moves_persons_and_makes_none(counted, label):
    found = account(counted, label)
    for turn in ("acquisition", "loss"):
        assert sum(values[turn] for values in found.values()) == 0


@pytest.mark.parametrize("label", (*YEARS, *QUARTERS))
def test_stock_changes_by_what_happened(counted, label):
    """Told from statuses and changes themselves, not from the cubes over them."""
    start, end = moment(label, "start"), moment(label, "end")
    flow = Counter()
    for row in counted.tables["changes"]:
        if start <= row["day"] < end and row["kind"] not in ("acquisition", "loss"):
            flow[row["kind"]] += (row["after"] == 1) - (row["kind"] != "birth" and row["before"] == 1)
    assert residents(counted, end) - residents(counted, start) == sum(flow.values())
    total = Counter()
    for values in account(counted, label).values():
        total.update(values)
    assert (total["opening"], total["closing"]) == (residents(counted, start), residents(counted, end))
    assert (total["births"], -total["deaths"], total["resolved"]) == (flow["birth"], flow["death"], flow["undetermined"])


def residents(counted: Counted, at: int) -> int:
    """Persons resident in the night before a day; on the first day of all, those who begin as residents."""
    return sum(
        row["status"] == "resident" and at <= row["end"] and (row["start"] < at or (row["start"] == at and row["opened_by"] == "begin"))
        for row in counted.tables["statuses"]
    )


@pytest.mark.parametrize("label", YEARS)
def test_classes_and_the_immigrant_population(counted, label):
    by_class = cells(counted, label, "RP", "stock", "subpopulation")
    total = cells(counted, label, "RP", "stock", "total")
    immigrant = cells(counted, label, "MI 1.1", "stock", "total")
    for (when, _), value in total.items():
        parts = {name: by_class.get((when, name), 0) for name in (*CLASSES, "undetermined")}
        assert sum(parts.values()) == value > 0
        assert immigrant[when, "total"] == sum(parts[name] for name in CLASSES[1:])


@pytest.mark.parametrize("label", ("2014", "2016", "2017", QUARTERS[0]))
def test_every_breakdown_adds_up(counted, label):
    sums: dict[tuple, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in counted.periods[label]["cells"]:
        if row["measure"] not in NO_SUM and row["breakdown"] != "of_which" and row["measure"] != "undetermined":
            sums[row["indicator"], row["measure"], row["period"]][row["breakdown"]] += row["value"] or 0
    names = {"total", "sex", "age_group", "subpopulation", "country_of_birth", "citizenship", "sex x age_group x birth"}
    for key, values in sums.items():
        wanted = {name: values["total"] for name in names} if values["total"] else {"total": 0}
        # Person-years are cut at the ninth decimal in every category.
        assert dict(values) == (pytest.approx(wanted, abs=1e-6) if "person_years" in key else wanted), key


def test_parts_of_a_flow_are_no_larger_than_the_flow(counted):
    for label in YEARS:
        for indicator in ("MI 1.3", "MI 1.4"):
            (total,) = cells(counted, label, indicator, "events", "total").values()
            total = total or 0  # no decided event beside open cases: not known, and no parts
            assert all(0 <= value <= total for value in cells(counted, label, indicator, "events", "of_which").values())


def test_quarters_add_up_to_the_year(counted):
    year, quarters = counted.periods["2016"], [counted.periods[label] for label in QUARTERS]
    assert events(year) == sum(map(events, quarters), Counter())
    assert nights(year) == sum(map(nights, quarters), Counter())
    assert visited(year) == sum(map(visited, quarters), Counter())
    for name in (*CLASSES, "undetermined"):
        for component in ("births", "deaths", "immigration", "emigration", "acquisition", "loss", "resolved"):
            parts = [account(counted, label)[name][component] for label in QUARTERS]
            assert account(counted, "2016")[name][component] == sum(parts)


def events(made: dict) -> Counter:
    found = Counter()
    for row in made["flow_cube"]:
        found[row["kind"], row["trigger"], row["before"], row["after"], row["subpopulation"], row["age_group"]] += row["events"]
    return found


def nights(made: dict) -> Counter:
    found = Counter()
    for row in made["time_cube"]:
        found[row["sex"], row["subpopulation"], row["country_of_birth"]] += row["nights"]
    return found


def visited(made: dict) -> Counter:
    """Nights, days and ended visits of visitors. Visits and persons do not add up: one can touch two quarters."""
    found = Counter()
    for row in made["visit_cube"]:
        found.update({name: row[name] for name in ("nights", "days", "ended", "ended_nights")})
    return found


@pytest.mark.parametrize("label", (*YEARS, *QUARTERS))
def test_time_lived_is_counted_night_by_night(counted, label):
    start, end = moment(label, "start"), moment(label, "end")
    shares = Counter()
    for row in counted.tables["statuses"]:
        shares[row["status"]] += max(0, min(row["end"], end) - max(row["start"], start))
    assert sum(nights(counted.periods[label]).values()) == shares["resident"]
    assert visited(counted.periods[label])["nights"] == shares["temporary"]


@pytest.mark.parametrize("label", (*YEARS, *QUARTERS))
def test_days_are_never_fewer_than_nights(counted, label):
    rows = counted.periods[label]["visit_cube"]
    assert all(row["days"] >= row["nights"] and row["visits"] >= max(row["persons"], row["ended"]) for row in rows)
    assert label not in YEARS or sum(row["days"] for row in rows) > sum(row["nights"] for row in rows)


def test_statuses_fill_each_life_without_gap_or_overlap(counted):
    begin, end = observed(counted.country)
    lives = defaultdict(list)
    for row in sorted(counted.tables["statuses"], key=lambda row: (row["person"], row["ordinal"])):
        lives[row["person"]].append(row)
    for life in lives.values():
        assert [row["ordinal"] for row in life] == list(range(life[0]["ordinal"], life[0]["ordinal"] + len(life)))
        assert all(earlier["end"] == later["start"] for earlier, later in pairwise(life))
        assert life[0]["start"] == begin or life[0]["opened_by"] == "birth"
        assert life[-1]["end"] == end or life[-1]["closed_by"] == "death"
        assert all(row["closed_by"] == "crossing" for row in life[:-1])
        assert all(later["opened_by"] in ("arrival", "departure") for later in life[1:])


def test_a_status_follows_from_the_one_before(counted):
    """What holds before a crossing is what held after the crossing before it."""
    for earlier, later in pairwise(sorted(counted.tables["statuses"], key=lambda row: (row["person"], row["ordinal"]))):
        if earlier["person"] == later["person"]:
            assert later["before"] == earlier["after"], (earlier, later)


def test_every_record_is_used_or_rejected(counted, folders):
    folder = counted.country.path
    for row in counted.tables["balance"]:
        lines = (folder / "data" / f"{row['source']}.csv").read_text(encoding="utf-8").splitlines()
        refused = {each["record"] for each in counted.tables["issues"] if each["source"] == row["source"] and each["action"] == "rejected"}
        assert row["read"] == len(lines) - 1 == row["used"] + row["rejected"]
        assert (row["used"], row["rejected"]) == (counted.accepted[row["source"]], len(refused))
    assert any(row["rejected"] for row in counted.tables["balance"])


def test_a_period_counted_alone_gives_the_same_cells(every, folders):
    """A run of a quarter, from the files to the table, against the quarter counted over the year's statuses."""
    import pyarrow.parquet as pq

    seed, label = SEEDS[0], QUARTERS[1]
    (path,) = (run(folders[seed], period=label).folder / "tables").glob("cells_given.*parquet")
    alone = {key(row): row["value"] for row in pq.read_table(path).to_pylist()}
    assert alone == {key(row): row["value"] for row in every[seed].periods[label]["cells"]}


def test_a_second_acquisition_is_flagged_and_is_no_event(counted):
    """Acquisitions and losses of a person take turns; those that do not are listed, and none is lost."""
    turns, issues = defaultdict(list), counted.tables["issues_persons"]
    for row in sorted(counted.tables["citizenship_events"], key=lambda row: (row["person"], row["day"], row["kind"])):
        turns[row["person"]].append(row["kind"])
    assert all(earlier != later for kinds in turns.values() for earlier, later in pairwise(kinds))
    repeated = [row for row in issues if row["reason"] == "nothing_changed"]
    assert len(repeated) + sum(map(len, turns.values())) == counted.accepted["decisions"]
    assert repeated


def key(row: dict) -> tuple[str, ...]:
    return tuple(row[name] for name in ("indicator", "measure", "period", "breakdown", "category"))


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_the_order_of_the_rows_in_the_files_does_not_count(seed, every, tmp_path):
    shuffled = Country(seed).write(tmp_path / "shuffled", shuffled=seed)
    country = load_country(shuffled)
    with Graph(country, parse_period(country.file.period)) as graph:
        graph.run()
        for name in ("cells", "account", "open_cases", "issue_counts", "persons", "citizenships", *CUBES):
            assert graph.session.rows(f"SELECT * FROM {name}") == every[seed].tables[name], name
