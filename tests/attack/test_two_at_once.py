"""Two runs of one country at once: the second says so and touches nothing."""

import pytest

import sojourn
from sojourn.definitions.load import load_country
from sojourn.definitions.period import parse_period
from sojourn.run.graph import Graph
from sojourn.run.work import clean
from tests.attack import lands


def test_the_second_run_is_refused_and_the_first_goes_on(tmp_path):
    folder = lands.persons_land(tmp_path / "land")
    country = load_country(folder)
    with Graph(country, parse_period(country.file.period)) as first:
        with pytest.raises(sojourn.SojournError, match="under way"):
            sojourn.run(folder)
        first.run()
    assert sojourn.run(folder).report.is_file()


def test_clean_leaves_the_runs_alone(tmp_path):
    folder = lands.persons_land(tmp_path / "land")
    done = sojourn.run(folder)
    assert clean(folder) == 1 and not list((folder / ".sojourn").iterdir())
    assert done.report.is_file() and clean(folder) == 0
