"""Published counts on small files whose figures can be added on paper: the door, the table of counts, cells, accounts."""

from pathlib import Path

import duckdb
import pytest

import sojourn
from sojourn.errors import SojournError
from sojourn.run.check import check

COUNTRY = """\
id: toy
name: Toy
code: TOY
period: "{period}"
threshold: 1
"""
SOURCE = """\
id: {id}
title: Table {id}
evidence: published_tables
unit: count
owner: Office
files: data/{id}.csv
format: {{delimiter: "{delimiter}"}}
covers: {{from: 2000-01-01, until: 2030-01-01}}
{rest}"""


@pytest.fixture
def country(tmp_path):
    return Folder(tmp_path)


class Folder:
    """A country folder that a test fills file by file."""

    def __init__(self, path: Path, period: str = "2014-01..2016-12") -> None:
        self.path = path
        for name in ("sources", "data", "definitions"):
            (path / name).mkdir()
        (path / "country.yaml").write_text(COUNTRY.format(period=period), encoding="utf-8")

    def table(self, name: str, rest: str, *lines: str, delimiter: str = ",") -> "Folder":
        (self.path / "data" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = SOURCE.format(id=name, rest=rest, delimiter=delimiter)
        (self.path / "sources" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return self

    def account(self, text: str) -> "Folder":
        head = "id: account\nkind: population account\nindependence: Two tables.\nreference: {title: T, paragraph: p}\n"
        (self.path / "definitions" / "account.yaml").write_text(head + text, encoding="utf-8")
        return self

    def rows(self, table: str) -> list[dict]:
        done = sojourn.run(self.path)
        (path,) = (done.folder / "tables").glob(f"{table}.INTERNAL*")
        return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").to_arrow_table().to_pylist()

    def codes(self) -> list[str]:
        return [each.code for each in check(self.path) if not each.warning]


STOCK = """\
counts:
  period: {year: year}
  stock_at: end
  values: {persons: {measure: stock}}
  gives: {RP: total}
"""
FLOWS = """\
counts:
  period: {year: year}
  values:
    births: {measure: births}
    deaths: {measure: deaths}
    net: {measure: net_migration}
    corrections: {measure: adjustment}
"""
GROUP = """\
stocks: stocks
groups:
  - id: all
    title: All
    lines: {births: flows, deaths: flows, net_migration: flows, adjustment: flows}
"""


def lines(rows, period):
    return {row["component"]: row["value"] for row in rows if row["period"] == period}


def test_an_account_with_adjustment_and_residual(country):
    """100 + 10 - 4 - 3 + 2 = 105, published are 106."""
    country.table("stocks", STOCK, "year,persons", "2014,100", "2015,106", "2016,108")
    country.table("flows", FLOWS, "year,births,deaths,net,corrections", "2015,10,4,-3,2", "2016,9,6,-1,")
    rows = country.account(GROUP).rows("counts_account")
    assert lines(rows, "2015") == {"opening": 100, "births": 10, "deaths": -4, "net_migration": -3, "adjustment": 2, "residual": 1, "closing": 106}
    assert lines(rows, "2016") == {"opening": 106, "births": 9, "deaths": -6, "net_migration": -1, "residual": 0, "closing": 108}


def test_without_a_component_what_remains_is_not_called_a_residual(country):
    country.table("stocks", STOCK, "year,persons", "2014,100", "2015,106")
    country.table("flows", FLOWS, "year,births,deaths,net,corrections", "2015,10,4,,2")
    found = lines(country.account(GROUP).rows("counts_account"), "2015")
    assert found["not_separated"] == -2 and "residual" not in found


def test_a_stock_of_the_beginning_of_the_year(country):
    """The same labels, one year apart: the stock of 2015 opens 2015."""
    country.table("stocks", STOCK.replace("end", "start"), "year,persons", "2015,100", "2016,106")
    country.table("flows", FLOWS, "year,births,deaths,net,corrections", "2015,10,4,-3,2")
    assert lines(country.account(GROUP).rows("counts_account"), "2015")["residual"] == 1


def test_naturalisation_moves_people_and_adds_nobody(country):
    """Nationals 60 + 5 = 65, foreigners 40 - 5 + 1 = 36; 101 in all, of whom 1 came."""
    wide = "counts: {period: {year: y}, stock_at: end, values: {n: {measure: stock, citizenship_class: national}, f: {measure: stock, citizenship_class: foreign}}}\n"
    country.table("stocks", wide, "y,n,f", "2014,60,40", "2015,65,36")
    country.table("papers", "counts: {period: {year: y}, values: {n: {measure: acquisition}}, gives: {MI 1.2: total}}\n", "y,n", "2015,5")
    country.account(
        "stocks: stocks\ngroups:\n"
        "  - {id: national, title: N, where: {citizenship_class: national}, lines: {acquisition: papers}, not_published: [net_migration]}\n"
        "  - {id: foreign, title: F, where: {citizenship_class: foreign}, lines: {acquisition: papers}, not_published: [net_migration]}\n"
        "  - {id: all, title: A, lines: {acquisition: papers}, not_published: [net_migration]}\n"
    )
    rows = country.rows("counts_account")
    moved = {each: lines([row for row in rows if row["population"] == each], "2015") for each in ("national", "foreign", "all")}
    assert {name: each["acquisition"] for name, each in moved.items()} == {"national": 5, "foreign": -5, "all": 0}
    assert {name: each["not_separated"] for name, each in moved.items()} == {"national": 0, "foreign": 1, "all": 1}


def test_months_fill_years_and_the_last_twelve_months(tmp_path):
    months = [f"{year}-{month:02},{month},F" for year in (2014, 2015) for month in range(1, 13)] + ["2016-01,100,P", "2016-02,200,P"]
    country = Folder(tmp_path, "2014-01..2016-02")
    rest = "columns: {vintage: {column: s, codes: {F: final, P: provisional}}}\ncounts: {period: {column: m}, values: {n: {measure: immigration}}, gives: {MI 1.3: [total, month]}}\n"
    rows = country.table("moves", rest, "m,n,s", *months).rows("cells")
    totals = {row["period"]: (row["value"], row["flag"]) for row in rows if row["breakdown"] == "total"}
    assert totals == {"2014": (78, ""), "2015": (78, ""), "2015-03..2016-02": (78 - 3 + 300, "provisional")}
    assert {row["period"]: row["value"] for row in rows if row["breakdown"] == "month"}["2016-02"] == 200


def test_a_year_with_a_month_missing_is_no_year(country):
    months = [f"2015-{month:02},1" for month in range(1, 12)]
    rest = "counts: {period: {column: m}, values: {n: {measure: immigration}}, gives: {MI 1.3: [total, month]}}\n"
    rows = country.table("moves", rest, "m,n", *months).rows("cells")
    assert {row["breakdown"] for row in rows} == {"month"}


def test_cells_are_made_of_the_parts_and_not_of_their_total(country):
    """Men 3 and women 4 are 7; the published total of 8 is another rounding."""
    rest = (
        "columns: {sex: {column: sex, codes: {M: male, F: female, T: total}}}\n"
        "counts: {period: {year: y}, values: {n: {measure: immigration, standard_error: e}}, gives: {MI 1.3: [total, sex]}}\n"
    )
    country.table("moves", rest, "y,sex,n,e", "2015,M,3,1", "2015,F,4,1", "2015,T,8,2")
    assert {row["category"]: row["value"] for row in country.rows("cells")} == {"female": 4, "male": 3, "total": 7}
    assert [(row["sex"], row["finest"], row["standard_error"]) for row in country.rows("counts")] == [("female", True, 1), ("male", True, 1), ("total", False, 2)]


def test_two_sources_give_an_indicator_only_where_both_have_it(country):
    for name, code in (("ours", "national"), ("others", "foreign")):
        rest = f"columns: {{citizenship_class: {{value: {code}}}}}\n" + STOCK
        country.table(name, rest, "year,persons", "2014,10", *(["2015,11"] if name == "ours" else []))
    found = {row["period"]: row["value"] for row in country.rows("cells") if row["breakdown"] == "total"}
    assert found == {"2014-12-31": 20}


def test_numbers_as_offices_write_them(country):
    """In thousands, with a comma and spaces between thousands."""
    rest = "counts: {period: {year: y}, stock_at: end, decimal: ',', thousands: ' ', factor: 1000, values: {n: {measure: stock}}, gives: {RP: total}}\n"
    country.table("stocks", rest, "y;n", "2014;1 234,5", "2015;12\N{NO-BREAK SPACE}000", delimiter=";")
    assert [row["value"] for row in country.rows("counts")] == [1_234_500, 12_000_000]


@pytest.mark.parametrize(
    ("row", "reason", "action"),
    [
        ("2015,x", "not_a_number", "rejected"),
        ("2015,-3", "negative_count", "rejected"),
        ("15,3", "impossible_period", "rejected"),
        ("2014,3", "repeated_count", "rejected"),
        ("2015,2.5", "not_whole", "flagged"),
    ],
)
def test_every_faulty_figure_is_counted(country, row, reason, action):
    good = [f"{year},7" for year in range(1990, 2015)]
    country.table("stocks", STOCK, "year,persons", *good, row)
    assert [(each["reason"], each["action"], each["records"]) for each in country.rows("issue_counts")] == [(reason, action, 1)]
    (balance,) = country.rows("balance")
    assert balance["read"] == balance["used"] + balance["rejected"] == 26


def test_one_unreadable_figure_of_a_wide_row_leaves_the_others(country):
    rest = "counts: {period: {year: y}, stock_at: end, values: {m: {measure: stock, sex: male}, f: {measure: stock, sex: female}}, gives: {RP: sex}}\n"
    country.table("stocks", rest, "y,m,f", "2014,x,4", "2015,3,4")
    assert [(row["reason"], row["action"]) for row in country.rows("issue_counts")] == [("not_a_number", "repaired")]
    assert {(row["period"], row["sex"]): row["value"] for row in country.rows("counts")} == {("2014", "female"): 4, ("2015", "female"): 4, ("2015", "male"): 3}


def test_rows_are_added_only_over_columns_that_are_named(country):
    flow = "counts: {{period: {{year: y}}, {over}values: {{n: {{measure: immigration}}}}, gives: {{MI 1.3: total}}}}\n"
    lines = ("y,region,n", *(f"2015,{each},1" for each in range(30)))
    country.table("moves", flow.format(over="over: region, "), *lines)
    assert [row["value"] for row in country.rows("cells")] == [30]
    country.table("moves", flow.format(over=""), *lines)
    with pytest.raises(SojournError, match="repeated_count 29"):
        country.rows("cells")


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("counts: {period: {year: y, column: y}, values: {n: {measure: births}}}", "tabulated.period_origin"),
        ("counts: {period: {year: y}, values: {n: {measure: stock}}}", "tabulated.stock_at"),
        ("counts: {period: {year: y}, values: n}", "tabulated.no_measure"),
        ("counts: {period: {year: y}, values: {n: {measure: moves}}}", "tabulated.unknown_constant"),
        ("counts: {period: {year: y}, decimal: ',', thousands: ',', values: {n: {measure: births}}}", "tabulated.same_signs"),
        ("counts: {period: {year: y}, values: {n: {measure: immigration}}, gives: {TM: total}}", "tabulated.not_given"),
        ("counts: {period: {year: y}, values: {n: {measure: immigration}}, gives: {MI 1.3: colour}}", "tabulated.unknown_breakdown"),
        ("counts: {period: {year: y}, values: {n: {measure: immigration}}, gives: {MI 1.3: sex}}", "tabulated.not_broken_down"),
        ("columns: {route: {value: air}}\ncounts: {period: {year: y}, values: {n: {measure: births}}}", "tabulated.no_dimension"),
        ("columns: {measure: {column: m}}\ncounts: {period: {year: y}, stock_at: end, values: n}", "tabulated.measure_rejects"),
        ("", "tabulated.unit_count"),
    ],
)
def test_a_source_that_cannot_be_understood_is_refused(country, rest, code):
    assert country.table("t", rest + "\n", "y,n,m", "2015,1,births").codes() == [code]


def test_an_account_of_a_table_that_is_not_there(country):
    country.table("stocks", STOCK, "year,persons", "2014,100").account(GROUP)
    assert country.codes() == ["tabulated.no_such_source"]


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("", "tabulated.no_group"),
        ("{id: g, title: G, lines: {moves: stocks}}", "tabulated.unknown_line"),
        ("{id: g, title: G, where: {colour: red}, lines: {births: stocks}}", "tabulated.unknown_dimension"),
        ("{id: g, title: G, where: {sex: male}, lines: {births: stocks}}", "tabulated.line_not_broken_down"),
    ],
)
def test_a_group_that_cannot_be_made_is_refused(country, group, code):
    country.table("stocks", STOCK, "year,persons", "2014,100").account(f"stocks: stocks\ngroups: [{group}]\n")
    assert set(country.codes()) == {code}


def test_the_same_figures_given_twice_are_refused(country):
    country.table("stocks", STOCK, "year,persons", "2014,100").table("again", STOCK, "year,persons", "2014,100")
    assert country.codes() == ["tabulated.given_twice"]
