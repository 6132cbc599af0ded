"""Make a bundle of a commit: nothing of the working tree goes in."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from string import Template

from ruamel.yaml import YAML

from bundle.archive import write_sums, write_zip
from bundle.fetch import fetch, installer, sha256
from bundle.lock import Refused, Wheel, declared_extras, needed
from bundle.platforms import Platform

ROOT = Path(__file__).resolve().parents[1]
FILES = Path(__file__).with_name("files")


def git(*words: str) -> bytes:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True).stdout


def unpack(commit: str, folder: Path) -> int:
    """Unpack a commit into folder; its time in seconds since 1970, the only time a bundle knows."""
    with tarfile.open(fileobj=BytesIO(git("archive", commit))) as archive:
        archive.extractall(folder, filter="data")
    return int(git("log", "-1", "--format=%ct", commit))


def build(source: Path, epoch: int, extras: Sequence[str], folder: Path) -> str:
    """Build sojourn's own wheel into folder with the locked backend; its line in the requirements."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)})
    (wheel,) = folder.glob("sojourn-*.whl")
    # With its extras, so that the installer notices where one of their libraries is missing.
    chosen = f"[{','.join(extras)}]" if extras else ""
    return f"sojourn{chosen}=={wheel.name.split('-')[1]} --hash=sha256:{sha256(wheel)}"


def copy_countries(source: Path, folder: Path) -> None:
    """The example countries that bring their own records: those that name no data folder."""
    for country in sorted(source.glob("countries/*/country.yaml")):
        if "data" not in YAML(typ="safe").load(country):
            shutil.copytree(country.parent, folder / "countries" / country.parent.name)


def write_files(source: Path, folder: Path, facts: dict[str, str]) -> None:
    """What the office reads and runs, with the facts of this bundle filled in."""
    (folder / "bundle.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8", newline="\n")
    for path in sorted((source / "bundle" / "files").iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = Template(text).safe_substitute(facts)
        # The command interpreter of Windows wants its own line ends.
        (folder / path.name).write_text(text, encoding="utf-8", newline="\r\n" if path.suffix == ".cmd" else "\n")


def chosen_wheels(source: Path, platform: Platform, python: str, extras: Sequence[str]) -> list[Wheel]:
    """The wheels of the lock that fit, and pip.

    Raises Refused for an unknown extra, and where a library has no wheel.
    """
    if unknown := sorted(set(extras) - set(declared_extras(source))):
        raise Refused(f"no extra is called {', '.join(unknown)}. What to do: choose from {', '.join(declared_extras(source))}.")
    wheels, missing = needed(source, extras, platform, python)
    if missing:
        raise Refused(
            f"no bundle for {platform.name} with Python {python}: the lock has no wheel for it of {', '.join(missing)}, "
            "and an office without a network cannot compile. What to do: choose another platform, version of Python or extras."
        )
    return [*wheels, installer()]


def assemble(source: Path, folder: Path, wheels: list[Wheel], extras: Sequence[str], kept: Path, facts: dict, epoch: int) -> None:
    """Fill the folder that becomes the bundle."""
    (folder / "wheels").mkdir(parents=True)
    for wheel in wheels:
        shutil.copy(kept / wheel.file, folder / "wheels")
    lines = [*(each.requirement for each in wheels if each.name != "pip"), build(source, epoch, extras, folder / "wheels")]
    (folder / "requirements.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    copy_countries(source, folder)
    write_files(source, folder, facts)
    write_sums(folder)


def make(platform: Platform, python: str, extras: Sequence[str], output: Path, kept: Path, commit: str = "HEAD") -> Path:
    """Make the bundle in the folder `output` and return its path. Wheels are kept in the folder `kept` for the next time.

    Raises Refused where the lock or the index lacks something.
    """
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".part-") as part:
        source = Path(part) / "source"
        epoch = unpack(commit, source)
        version = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        wheels = chosen_wheels(source, platform, python, extras)
        fetch(wheels, python, kept)
        name = "-".join(["sojourn", version, platform.name, f"cp{python.replace('.', '')}", *extras])
        facts = {"name": name, "version": version, "python": python, "platform": platform.name, "oldest": platform.oldest}
        assemble(source, Path(part) / name, wheels, extras, kept, facts, epoch)
        write_zip(Path(part) / name, Path(part) / f"{name}.zip", epoch)
        return (Path(part) / f"{name}.zip").replace(output / f"{name}.zip")
