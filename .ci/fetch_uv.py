"""Fetch the locked uv wheel with the standard library alone, for a python3 without ensurepip.

usage: fetch_uv.py index         print the package index that the user has set for uv or pip, if any
       fetch_uv.py LOCK FOLDER   unpack the locked uv into FOLDER

The version and the allowed hashes come from LOCK (requirements.lock), so a file that the lock
does not know is refused.
"""

import configparser
import hashlib
import io
import os
import pathlib
import platform
import re
import ssl
import sys
import urllib.parse
import urllib.request
import zipfile

PUBLIC_INDEX = "https://pypi.org/simple"


def pip_setting(name):
    """Value of [global] name in pip's configuration files; the later file wins, as in pip."""
    config = configparser.RawConfigParser()
    home = pathlib.Path.home()
    config.read([
        "/etc/pip.conf",
        home / ".pip/pip.conf",
        home / ".config/pip/pip.conf",
        home / "Library/Application Support/pip/pip.conf",
        os.environ.get("PIP_CONFIG_FILE", os.devnull),
    ])
    return config.get("global", name, fallback="")


def chosen_index():
    """The simple index (PEP 503) set for uv or pip, by environment or by pip's configuration; empty if none."""
    named = (os.environ.get(name) for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"))
    return next(filter(None, named), "") or pip_setting("index-url")


def locked(lock_text):
    """Version and hashes of uv in the lock."""
    entry = re.search(r"^uv==(\S+)((?:[^\n]*\\\n)+[^\n]*)", lock_text, re.MULTILINE)
    return entry.group(1), set(re.findall(r"sha256:([0-9a-f]{64})", entry.group(2)))


def fits(wheel, system=None, machine=None, libc=None):
    """Whether the wheel's platform tag names this machine."""
    system, machine = system or platform.system(), machine or platform.machine()
    libc = libc or platform.libc_ver()[0]
    family = {"Darwin": "macosx", "Linux": "manylinux" if libc == "glibc" else "musllinux"}.get(system)
    tag = wheel.removesuffix(".whl").rsplit("-", 1)[-1]
    return family is not None and family in tag and tag.endswith(machine)


def wheels(index, context):
    """Wheels of uv on the index: (file name, address)."""
    page = index.rstrip("/") + "/uv/"
    with urllib.request.urlopen(page, context=context) as answer:
        html = answer.read().decode()
    for link in re.findall(r'href="([^"]+)"', html):
        address = urllib.parse.urljoin(page, link.replace("&amp;", "&"))
        yield urllib.parse.unquote(urllib.parse.urlsplit(address).path.rsplit("/", 1)[-1]), address


def fetch(lock, folder):
    """Unpack the uv program of the locked wheel into folder."""
    version, hashes = locked(pathlib.Path(lock).read_text())
    index = chosen_index() or PUBLIC_INDEX
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or pip_setting("cert") or None)
    offered = [a for name, a in wheels(index, context) if name.startswith(f"uv-{version}-") and fits(name)]
    if not offered:
        sys.exit(f"fetch_uv: {index} has no wheel of uv {version} for {platform.platform()}; install uv by hand")
    with urllib.request.urlopen(offered[0], context=context) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() not in hashes:
        sys.exit("fetch_uv: the wheel's hash is not in the lock; nothing was unpacked")
    wheel = zipfile.ZipFile(io.BytesIO(content))
    program = next(name for name in wheel.namelist() if name.endswith("scripts/uv"))
    target = pathlib.Path(folder) / "uv"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(wheel.read(program))
    target.chmod(0o755)


if __name__ == "__main__":
    if sys.argv[1:] == ["index"]:
        print(chosen_index())
    else:
        fetch(*sys.argv[1:])
