"""An office installs what it needs: without a library, the message names the part of sojourn that brings it."""

import sys

import pytest

from sojourn.definitions.delivery import Format
from sojourn.engine.readers import odbc

CASES = [
    ("excel", "people.xlsx", "python_calamine", "files"),
    ("spss", "people.sav", "pyreadstat", "files"),
    ("stata", "people.dta", "pyreadstat", "files"),
    ("sas", "people.sas7bdat", "pyreadstat", "files"),
    ("postgresql", None, "adbc_driver_postgresql", "postgresql"),
    ("odbc", None, "arrow_odbc", "odbc"),
]


@pytest.mark.parametrize(("kind", "name", "library", "extra"), CASES)
def test_the_extra_is_named(tmp_path, monkeypatch, faults, kind, name, library, extra):
    monkeypatch.setenv("REGISTER", "nonsense")
    for module in [each for each in sys.modules if each.partition(".")[0] == library] + [library]:
        monkeypatch.setitem(sys.modules, module, None)
    form = Format(type=kind) if name else Format(type=kind, connection="REGISTER", table="people")
    path = tmp_path / name if name else None
    if path:
        path.touch()
    assert faults(form, path) == [("missing_extra", None, {"library": library, "extra": extra})]


def test_a_machine_without_a_driver_manager(monkeypatch, faults):
    def missing(name: str, extra: str):
        raise OSError("libodbc.so.2")

    monkeypatch.setattr(odbc, "library", missing)
    monkeypatch.setenv("REGISTER", "nonsense")
    form = Format(type="odbc", connection="REGISTER", table="people")
    assert faults(form, None) == [("no_driver_manager", None, {})]
