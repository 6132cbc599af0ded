"""By what right a source is used: what it forbids is refused before a record is read, what it leaves unsaid is warned of."""

import pytest

from tests.attack.conftest import command
from tests.attack.test_bad_files import rewrite
from tests.attack.traces import manifest, runs

STATED = """legal_basis: Border Act, paragraph 12
purposes: [official_statistics, research]
agreement: {title: Agreement of 2018, until: 2023-06-30}
reporting_lag: 30 days
known_defects: none known
residence_concept: none
"""


@pytest.fixture
def stated(persons):
    rewrite(persons / "sources" / "crossings.yaml", "evidence:", STATED + "evidence:")
    return persons


def checked(folder) -> str:
    return command("check", folder)[2]


def test_what_is_not_stated_is_warned_of_by_name(persons, stated):
    text = checked(persons)
    assert "`deaths` does not state: legal_basis, purposes, agreement, reporting_lag, known_defects, residence_concept" in text
    assert "`crossings` does not state" not in text


def test_a_purpose_that_is_not_permitted_is_refused(stated, refused):
    text = refused(stated, "run", stated, "--purpose", "taxation")
    assert "crossings.yaml:8" in text and "`taxation`" in text and "official_statistics, research" in text
    assert runs(stated) == []


def test_the_purpose_of_the_country_file_counts_too(stated, refused):
    rewrite(stated / "country.yaml", "period:", "purpose: taxation\nperiod:")
    assert "taxation" in refused(stated) and "taxation" in refused(stated, "check", stated)


def test_a_permitted_purpose_is_in_the_manifest(stated, produced):
    assert manifest(produced(stated))["purpose"] == "official_statistics"
    assert command("run", stated, "--purpose", "research")[0] == 0


@pytest.mark.parametrize("day, ended", [("2023-06-30", False), ("2023-07-01", True)])
def test_an_agreement_that_has_ended_on_the_day_of_production(stated, day, ended):
    rewrite(stated / "country.yaml", "period:", f"produced_on: {day}\nperiod:")
    code, _, text = command("run", stated)
    assert (code == 1) == ended and ("ended on 2023-06-30" in text) == ended


def test_without_the_day_of_production_nobody_can_say(stated):
    assert "produced_on:" in checked(stated)


@pytest.mark.parametrize("day, late", [("2023-06-30", False), ("2023-07-02", True)])
def test_a_delivery_after_the_end_of_the_agreement(stated, day, late):
    delivery = f"deliveries: [{{id: first, received_on: {day}, files: data/crossings.csv}}]\n"
    rewrite(stated / "sources" / "crossings.yaml", "files: [data/crossings.csv]\n", delivery)
    code, _, text = command("run", stated)
    assert (code == 1) == late and ("came on 2023-07-02" in text) == late


@pytest.mark.parametrize("day, early", [("2023-01-31", False), ("2023-01-30", True)])
def test_a_delivery_before_its_lag_had_passed(stated, day, early):
    delivery = f"deliveries: [{{id: first, received_on: {day}, files: data/crossings.csv}}]\n"
    rewrite(stated / "sources" / "crossings.yaml", "files: [data/crossings.csv]\n", delivery)
    assert ("lag of 30 days" in checked(stated)) == early
