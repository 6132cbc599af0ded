"""The platforms a bundle can be made for: which wheels they take, and how their environment markers read.

Tags and markers: packaging.python.org, "Platform compatibility tags" and "Dependency specifiers". The oldest
system is the newest that any locked wheel needs today: glibc 2.28 (RHEL 8, Debian 10) and macOS 12 (PyArrow).
"""

import platform as here
import sys
from dataclasses import dataclass

from packaging import tags
from packaging.tags import Tag

GLIBC = (2, 28)
MACOS = (12, 0)
OLD_LINUX_TAGS = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
MARKERS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


@dataclass(frozen=True)
class Platform:
    """One system and one kind of processor, as the processor is called there: Platform("linux", "x86_64")."""

    system: str
    machine: str

    @property
    def name(self) -> str:
        return f"{self.system}-{self.machine}"

    @property
    def oldest(self) -> str:
        """Oldest C library (Linux) or system (macOS) that the wheels run on; empty for Windows."""
        return ".".join(map(str, {"linux": GLIBC, "macos": MACOS}.get(self.system, ())))

    def platform_tags(self) -> list[str]:
        """Platform tags of the wheels it takes, the best first."""
        if self.system == "windows":
            return [f"win_{self.machine}"]
        if self.system == "macos":
            return list(tags.mac_platforms(MACOS, self.machine))
        minors = range(GLIBC[1], 4, -1)
        both = ((f"manylinux_{GLIBC[0]}_{minor}", OLD_LINUX_TAGS.get(minor)) for minor in minors)
        return [f"{tag}_{self.machine}" for pair in both for tag in pair if tag]

    def tags(self, python: str) -> list[Tag]:
        """Tags of the wheels that CPython `python` ("3.11") takes here, the best first."""
        version = tuple(map(int, python.split(".")))
        interpreter = f"cp{version[0]}{version[1]}"
        found = self.platform_tags()
        own = tags.cpython_tags(version, abis=[interpreter], platforms=found)
        return [*own, *tags.compatible_tags(version, interpreter=interpreter, platforms=found)]

    def markers(self, python: str) -> dict[str, str]:
        """Values of the environment markers there."""
        machine = "AMD64" if self.system == "windows" else self.machine
        cpython = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        versions = {"python_version": python, "python_full_version": f"{python}.0", "implementation_version": f"{python}.0"}
        unknown = {"platform_release": "", "platform_version": "", "extra": ""}
        return {**MARKERS[self.system], **cpython, **versions, **unknown, "platform_machine": machine}


PLATFORMS = {
    each.name: each
    for each in (
        Platform("linux", "x86_64"),
        Platform("linux", "aarch64"),
        Platform("macos", "arm64"),
        Platform("macos", "x86_64"),
        Platform("windows", "amd64"),
    )
}


def this_platform() -> str:
    """Name of the platform this runs on, whether or not a bundle can be made for it."""
    system = {"Darwin": "macos"}.get(here.system(), here.system().lower())
    return f"{system}-{here.machine().lower()}"


def this_python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"
