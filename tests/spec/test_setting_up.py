"""The parts of the set-up that can be judged without a network: the uv fetcher and the count of tests."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.spec.source_tree import ROOT


@pytest.fixture(scope="module")
def fetch_uv():
    spec = importlib.util.spec_from_file_location("fetch_uv", ROOT / ".ci" / "fetch_uv.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_fetcher_reads_uv_from_the_lock(fetch_uv):
    version, hashes = fetch_uv.locked((ROOT / "requirements.lock").read_text())
    assert version[0].isdigit() and len(hashes) > 5 and {len(each) for each in hashes} == {64}


@pytest.mark.parametrize(
    ("tag", "machine", "fits"),
    [
        ("manylinux_2_17_x86_64.manylinux2014_x86_64", ("Linux", "x86_64", "glibc"), True),
        ("manylinux_2_28_aarch64", ("Linux", "aarch64", "glibc"), True),
        ("musllinux_1_1_x86_64", ("Linux", "x86_64", "musl"), True),
        ("macosx_11_0_arm64", ("Darwin", "arm64", "-"), True),
        ("manylinux_2_17_x86_64", ("Linux", "x86_64", "musl"), False),
        ("manylinux_2_28_aarch64", ("Linux", "x86_64", "glibc"), False),
        ("win_amd64", ("Linux", "x86_64", "glibc"), False),
    ],
)
def test_the_fetcher_takes_the_wheel_of_this_machine(fetch_uv, tag, machine, fits):
    assert fetch_uv.fits(f"uv-1.0-py3-none-{tag}.whl", *machine) is fits


def test_the_index_comes_from_the_environment_then_from_pips_files(fetch_uv, monkeypatch, tmp_path):
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://from.file/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    assert fetch_uv.chosen_index() == "https://from.file/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://from.pip/simple")
    assert fetch_uv.chosen_index() == "https://from.pip/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://from.uv/simple")
    assert fetch_uv.chosen_index() == "https://from.uv/simple"


SAMPLE = """
import pytest

@pytest.mark.real_data
def test_run(): pass

@pytest.mark.real_data
def test_skipped_inside(): pytest.skip("no data")

@pytest.mark.real_data
@pytest.mark.skipif(True, reason="never")
def test_skipped_before(): pass

@pytest.mark.real_data
@pytest.mark.xfail
def test_expected_to_fail(): assert False

@pytest.mark.browser
def test_page(): pass

def test_plain(): pass
"""
SKIPPED_AS_A_WHOLE = "import pytest\npytestmark = pytest.mark.browser\npytest.importorskip('no_such_browser')\n"


@pytest.mark.parametrize("workers", ["0", "2"])
def test_skipped_tests_are_counted(tmp_path, workers):
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    (tmp_path / "tests" / "test_sample.py").write_text(SAMPLE)
    (tmp_path / "tests" / "test_page.py").write_text(SKIPPED_AS_A_WHOLE)
    counts = tmp_path / "counts.json"
    environment = {**os.environ, "SOJOURN_TEST_COUNTS": str(counts)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    command = [sys.executable, "-m", "pytest", "-n", workers]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "real-data tests: 2 run, 2 skipped" in done.stdout
    assert json.loads(counts.read_text()) == {
        "real_data": {"run": 2, "skipped": 2},
        "browser": {"run": 1, "skipped": 1},
        "programs": {"run": 0, "skipped": 0},
        "bundle": {"run": 0, "skipped": 0},
    }
