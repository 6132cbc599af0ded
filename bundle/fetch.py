"""Wheels from the package index, each checked against its hash in the lock before it is used."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.utils import parse_wheel_filename

from bundle.lock import Refused, Wheel

PIP = Path(__file__).with_name("pip.lock")
CHOSEN_INDEX = Path(__file__).resolve().parents[1] / ".ci" / "fetch_uv.py"


def installer() -> Wheel:
    """The wheel of pip that travels in the bundle."""
    requirement = next(line for line in PIP.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    pin, digest = requirement.split(" --hash=sha256:")
    version = pin.removeprefix("pip==")
    return Wheel("pip", version, f"pip-{version}-py3-none-any.whl", digest)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_here(wheel: Wheel, folder: Path) -> bool:
    return (folder / wheel.file).is_file() and sha256(folder / wheel.file) == wheel.sha256


def accepted(wheels: list[Wheel]) -> list[str]:
    """Options that make pip take these wheels, whatever system it runs on."""
    found = {tag for wheel in wheels for tag in parse_wheel_filename(wheel.file)[3]}
    platforms = sorted({tag.platform for tag in found} - {"any"})
    abis = sorted({tag.abi for tag in found} | {"none"})
    return [word for each in platforms for word in ("--platform", each)] + [word for each in abis for word in ("--abi", each)]


def index_settings() -> dict[str, str]:
    """Environment in which pip and uv read the same index: what is set for one holds for both."""
    done = subprocess.run([sys.executable, str(CHOSEN_INDEX), "index"], check=True, capture_output=True, text=True)
    index = done.stdout.strip()
    return {"UV_DEFAULT_INDEX": index, "PIP_INDEX_URL": index} if index else {}


def run(command: list[str], settings: dict[str, str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **settings})
    if done.returncode:
        raise Refused(
            f"the package index did not give every wheel of the lock; nothing was made.\n{done.stderr.strip()}\n"
            "What to do: look at the network and at the index set for pip, then repeat the command."
        )


def download(wheels: list[Wheel], python: str, folder: Path) -> None:
    """Ask the chosen index for exactly these files; pip refuses one whose hash is not the lock's."""
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(each.requirement for each in wheels), encoding="utf-8")
    target = ["--only-binary=:all:", "--no-deps", "--implementation", "cp", "--python-version", python, *accepted(wheels)]
    options = ["--require-hashes", "--quiet", "--disable-pip-version-check", "--dest", str(folder / "found")]
    # pip of a known version, beside the environment: one made by uv has none.
    own, settings = folder / "pip", index_settings()
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(own)]
    run([*uv, "--require-hashes", "--requirement", str(PIP)], settings)
    run([sys.executable, "-m", "pip", "download", *target, *options, "--requirement", str(wanted)], {**settings, "PYTHONPATH": str(own)})


def fetch(wheels: list[Wheel], python: str, kept: Path) -> None:
    """Bring the wheels into the folder `kept`; those that are there already need no network."""
    absent = [each for each in wheels if not is_here(each, kept)]
    if not absent:
        return
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept, prefix=".part-") as part:
        download(absent, python, Path(part))
        for each in absent:
            if not is_here(each, Path(part) / "found"):
                raise Refused(f"the index gave another file for {each.file}; nothing was made. What to do: use another index.")
            shutil.move(Path(part) / "found" / each.file, kept / each.file)
