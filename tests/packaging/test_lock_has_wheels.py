"""By construction: every library that runs with sojourn has a wheel in the lock for every platform and Python.

What the lock lacks is named here, so that a dependency that would need a compiler at an office is noticed
on the day it is added.
"""

import pytest
from packaging.markers import Marker

from bundle.lock import Wheel, best, declared_extras, needed
from bundle.make import ROOT
from bundle.platforms import PLATFORMS

PYTHONS = ("3.11", "3.12", "3.13")
CHOICES = [(), *((extra,) for extra in declared_extras(ROOT))]
# Numba and llvmlite make no wheels for Macs with Intel processors any more: no bundle for them.
WITHOUT_WHEEL = {"macos-x86_64": {"llvmlite", "numba"}}


@pytest.mark.parametrize("extras", CHOICES, ids=lambda extras: "-".join(extras) or "core")
@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.name)
@pytest.mark.parametrize("python", PYTHONS)
def test_every_library_has_a_wheel(extras, platform, python):
    wheels, missing = needed(ROOT, extras, platform, python)
    assert {each.split()[0] for each in missing} == WITHOUT_WHEEL.get(platform.name, set())
    assert {"duckdb", "pyarrow", "numpy"} <= {each.name for each in wheels}


def test_what_only_developers_need_stays_out():
    names = {each.name for each in needed(ROOT, declared_extras(ROOT), PLATFORMS["linux-x86_64"], "3.11")[0]}
    assert not {"pytest", "hatchling", "uv", "sojourn"} & names


def test_each_library_stands_in_one_version():
    """The lock may hold several, with markers: NumPy differs between versions of Python."""
    for python in PYTHONS:
        wheels, _ = needed(ROOT, declared_extras(ROOT), PLATFORMS["linux-x86_64"], python)
        assert len({each.name for each in wheels}) == len(wheels)


def test_markers_read_as_on_the_platform():
    markers = {name: platform.markers("3.12") for name, platform in PLATFORMS.items()}
    on_windows = Marker("sys_platform == 'win32' and platform_machine == 'AMD64' and os_name == 'nt'")
    assert [name for name, each in markers.items() if on_windows.evaluate(each)] == ["windows-amd64"]
    newer = Marker("python_full_version >= '3.12' and platform_system != 'Windows' and implementation_name == 'cpython'")
    assert {name for name, each in markers.items() if newer.evaluate(each)} == set(PLATFORMS) - {"windows-amd64"}


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("linux-x86_64", "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64"),
        ("linux-x86_64", "cp39-abi3-manylinux_2_28_x86_64"),
        ("linux-aarch64", "py3-none-manylinux_2_28_aarch64"),
        ("macos-arm64", "cp311-cp311-macosx_11_0_universal2"),
        ("macos-x86_64", "cp311-cp311-macosx_10_9_x86_64"),
        ("windows-amd64", "cp311-cp311-win_amd64"),
        ("windows-amd64", "py2.py3-none-any"),
    ],
)
def test_a_wheel_that_fits_is_taken(platform, tag):
    wheel = Wheel("a", "1", f"a-1-{tag}.whl", "")
    assert best([wheel], PLATFORMS[platform], "3.11") == wheel


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("linux-x86_64", "cp312-cp312-manylinux_2_17_x86_64"),
        ("linux-x86_64", "cp311-cp311-manylinux_2_34_x86_64"),
        ("linux-x86_64", "cp311-cp311-musllinux_1_2_x86_64"),
        ("linux-x86_64", "cp312-abi3-manylinux_2_17_x86_64"),
        ("linux-aarch64", "cp311-cp311-manylinux_2_28_x86_64"),
        ("macos-arm64", "cp311-cp311-macosx_14_0_arm64"),
        ("macos-arm64", "cp311-cp311-macosx_10_9_x86_64"),
        ("windows-amd64", "cp311-cp311-win32"),
        ("windows-amd64", "cp311-cp311-win_arm64"),
    ],
)
def test_a_wheel_that_does_not_fit_is_none(platform, tag):
    assert best([Wheel("a", "1", f"a-1-{tag}.whl", "")], PLATFORMS[platform], "3.11") is None


def test_the_exact_wheel_goes_before_the_general_one():
    files = [f"a-1-{tag}.whl" for tag in ("py3-none-any", "cp311-cp311-win_amd64", "cp311-abi3-win_amd64")]
    wheels = [Wheel("a", "1", file, "") for file in files]
    assert best(wheels, PLATFORMS["windows-amd64"], "3.11").file == files[1]
