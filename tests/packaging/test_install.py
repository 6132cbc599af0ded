"""The installer by its parts: which machines it refuses, and that a failure leaves what was there."""

import ast
import importlib.util
import json
import sys
from types import ModuleType

import pytest

from bundle.make import FILES
from bundle.platforms import PLATFORMS, this_platform, this_python

FITS = {"python": this_python(), "platform": this_platform(), "oldest": ""}


@pytest.fixture
def installer(tmp_path) -> ModuleType:
    """install.py as a module, beside an empty bundle."""
    spec = importlib.util.spec_from_file_location("install", FILES / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HERE = str(tmp_path / "bundle")
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "SHA256SUMS").write_text("")
    (tmp_path / "bundle" / "bundle.json").write_text(json.dumps({**FITS, "version": "1.0"}))
    return module


def installed(installer, tmp_path):
    """A folder that an earlier bundle left."""
    folder = tmp_path / "sojourn"
    folder.mkdir()
    for name in ("SHA256SUMS", "pyvenv.cfg", "old"):
        (folder / name).write_text("earlier")
    return folder


def test_an_old_python_can_read_why_it_is_refused():
    ast.parse((FILES / "install.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_standard_library_is_enough():
    tree = ast.parse((FILES / "install.py").read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert named <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))


def test_this_machine_is_called_as_the_bundles_are(installer):
    assert installer.machine() == this_platform()
    installer.refuse_other_pythons(FITS)
    installer.refuse_other_machines(FITS)


def test_another_python_is_refused(installer):
    with pytest.raises(installer.Refused, match=r"the bundle is for CPython 3\.99(.|\n)*--python"):
        installer.refuse_other_pythons({**FITS, "python": "3.99"})


@pytest.mark.parametrize("platform", sorted(set(PLATFORMS) - {this_platform()}))
def test_another_platform_is_refused(installer, platform):
    with pytest.raises(installer.Refused, match=f"the bundle is for {platform}"):
        installer.refuse_other_machines({**FITS, "platform": platform})


@pytest.mark.parametrize("found", [("glibc", "2.17"), ("", "")])
def test_an_old_or_other_c_library_is_refused(installer, monkeypatch, found):
    monkeypatch.setattr(installer.sys, "platform", "linux")
    monkeypatch.setattr(installer.platform, "libc_ver", lambda: found)
    with pytest.raises(installer.Refused, match="needs glibc 2.28 or newer"):
        installer.refuse_other_machines({**FITS, "oldest": "2.28"})


def test_versions_are_compared_as_numbers(installer):
    assert installer.at_least("2.36", "2.28") and installer.at_least("12.0", "12.0") and installer.at_least("14", "12.0")
    assert not installer.at_least("2.5", "2.28") and not installer.at_least("11.7.1", "12.0")


def test_an_install_that_fails_leaves_the_earlier_one(installer, tmp_path, monkeypatch):
    def fail(folder):
        raise installer.Refused("it failed", "why", "do")

    folder = installed(installer, tmp_path)
    monkeypatch.setattr(installer, "make_environment", lambda folder: (tmp_path / "sojourn.part").mkdir())
    monkeypatch.setattr(installer, "install_wheels", fail)
    with pytest.raises(installer.Refused):
        installer.main([str(folder)])
    assert (folder / "old").read_text() == "earlier" and not (tmp_path / "sojourn.part").exists()


def test_a_rename_that_fails_brings_the_earlier_one_back(installer, tmp_path):
    folder = installed(installer, tmp_path)
    with pytest.raises(OSError):
        installer.put_in_place(str(tmp_path / "nothing"), str(folder))
    assert (folder / "old").read_text() == "earlier" and not (tmp_path / "sojourn.old").exists()


def test_a_new_bundle_replaces_the_earlier_one_whole(installer, tmp_path):
    folder = installed(installer, tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "fresh").touch()
    installer.put_in_place(str(tmp_path / "new"), str(folder))
    assert [each.name for each in folder.iterdir()] == ["fresh"] and not (tmp_path / "sojourn.old").exists()
