"""usage: ./dev bundle [--python 3.11] [--platform linux-x86_64] [--extras files,postgresql]

Writes dist/sojourn-<version>-<platform>-cp<python>.zip from the last commit and prints its SHA-256.
"""

import argparse
import re
import sys

from bundle.fetch import sha256
from bundle.lock import Refused
from bundle.make import ROOT, git, make
from bundle.platforms import PLATFORMS, this_platform, this_python


def python_version(text: str) -> str:
    if not re.fullmatch(r"3\.\d+", text):
        raise argparse.ArgumentTypeError(f"{text} is not a version of Python such as 3.11")
    return text


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("./dev bundle", description="Make one file that installs sojourn without a network.")
    python, here = this_python(), this_platform()
    known = here in PLATFORMS
    parser.add_argument("--python", type=python_version, default=python, metavar="X.Y", help="Python at the office (here: %(default)s)")
    parser.add_argument("--platform", choices=PLATFORMS, default=here if known else None, required=not known)
    parser.add_argument("--extras", default="", help="extras of pyproject.toml, separated by commas")
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    extras = sorted({each.strip() for each in chosen.extras.split(",")} - {""})
    if git("status", "--porcelain"):
        print("bundle: what is not committed is not in the bundle", file=sys.stderr)
    try:
        made = make(PLATFORMS[chosen.platform], chosen.python, extras, ROOT / "dist", ROOT / "dist" / "wheels")
    except Refused as refusal:
        sys.exit(f"bundle: {refusal}")
    print(f"{sha256(made)}  {made.relative_to(ROOT)}  ({made.stat().st_size / 1e6:.0f} MB)")


main()
