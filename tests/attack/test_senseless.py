"""Runs that could be made and would mislead."""

import shutil

import pytest

import sojourn
from tests.attack import lands


def test_a_country_code_that_nobody_has(tmp_path):
    folder = lands.persons_land(tmp_path / "land")
    file = folder / "country.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("code: XDL", "code: XYX"), encoding="utf-8")
    with pytest.raises(sojourn.SojournError, match="nobody was born in XYX"):
        sojourn.run(folder)


def only_the_register(tmp_path):
    folder = lands.persons_land(tmp_path / "land")
    for each in (folder / "sources").glob("*.yaml"):
        if each.stem != "register":
            each.unlink()
    file = folder / "country.yaml"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("sources:")]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    shutil.rmtree(folder / ".sojourn", ignore_errors=True)
    return folder


def test_a_register_list_alone_gives_the_stock_of_its_date_and_reasons_for_the_rest(tmp_path):
    done = sojourn.run(only_the_register(tmp_path), period="2019")
    shown = {(row["indicator"], row["measure"]): row["period"] for row in done.headline}
    assert shown["RP", "stock"] == "2019-01-01"
    assert not {"MI 1.3", "MI 1.4", "TM"} & {indicator for indicator, _ in shown}
    assert "No source reports arrivals and departures" in done.report.read_text(encoding="utf-8")


def test_a_register_list_alone_has_nothing_to_say_of_a_later_year(tmp_path):
    with pytest.raises(sojourn.SojournError, match="nothing to print"):
        sojourn.run(only_the_register(tmp_path), period="2021")


def test_a_list_of_the_day_before_the_observation_is_not_ignored_in_silence(tmp_path):
    folder = lands.persons_land(tmp_path / "land")
    file = folder / "sources" / "register.yaml"
    text = file.read_text(encoding="utf-8")
    assert "2019-01-01" in text
    file.write_text(text.replace("2019-01-02", "2019-01-01").replace("from: 2019-01-01", "from: 2018-12-31"), encoding="utf-8")
    with pytest.raises(sojourn.SojournError, match="The list `register` stands on 2018-12-31"):
        sojourn.run(folder)
