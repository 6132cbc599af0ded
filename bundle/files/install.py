"""Install sojourn from this folder, without a network and without administrator rights.

usage: python3 install.py [TARGET]

TARGET is the folder to install into, by default the folder `sojourn` in the home folder. It is written under
another name and renamed when it works, so an install that fails leaves what was there before. Nothing outside
TARGET is changed: to remove sojourn, delete the folder.

The standard library alone. The syntax is that of Python 3.6, so that an old Python can read why it is refused.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig

HERE = os.path.dirname(os.path.abspath(__file__))
SUMS = "SHA256SUMS"
OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"
SCRIPTS = "Scripts" if WINDOWS else "bin"
COMMAND = os.path.join(SCRIPTS, "sojourn.cmd" if WINDOWS else "sojourn")

# They find Python beside themselves, so that the folder can be renamed; -I keeps out the user's other libraries.
UNIX_LAUNCHER = """#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -I -c 'from sojourn.cli import main; main()' "$@"
"""
WINDOWS_LAUNCHER = '@"%~dp0python.exe" -I -c "from sojourn.cli import main; main()" %*\r\n'


class Refused(Exception):
    """Why nothing was installed."""

    def __init__(self, what, why, do):
        super().__init__("{}\n  why it matters: {}\n  what to do: {}".format(what, why, do))


def read(*names):
    with open(os.path.join(HERE, *names), "rb") as file:
        return file.read()


# Does the bundle fit?


def machine():
    """This platform, named as the bundles are: from what Python was built for, not from the processor."""
    built = sysconfig.get_platform()
    if built.startswith("macosx"):
        return "macos-" + platform.machine()
    return {"win-amd64": "windows-amd64"}.get(built, built)


def at_least(found, oldest):
    numbers = [[int(each) for each in text.split(".")[:2]] for text in (found, oldest)]
    return numbers[0] >= numbers[1]


def refuse_other_pythons(bundle):
    found = "{}.{}".format(*sys.version_info[:2])
    kind = platform.python_implementation()
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        kind = "free-threaded " + kind
    if (kind, found) != ("CPython", bundle["python"]):
        other = ", or make a bundle with: ./dev bundle --python {}".format(found) if sys.version_info >= OLDEST_PYTHON else ""
        raise Refused(
            "this is {} {} ({}), and the bundle is for CPython {}".format(kind, found, sys.executable, bundle["python"]),
            "compiled libraries work with one version of Python alone",
            "run install.py with python{}{}".format(bundle["python"], other),
        )


def refuse_other_machines(bundle):
    if machine() != bundle["platform"]:
        raise Refused(
            "this Python is built for {}, and the bundle is for {}".format(machine(), bundle["platform"]),
            "compiled libraries work on one system and kind of processor alone",
            "make a bundle for this machine with ./dev bundle --platform, or use another Python (a 64-bit one on Windows)",
        )
    if not bundle["oldest"]:
        return
    linux = sys.platform.startswith("linux")
    library, found = platform.libc_ver() if linux else ("macOS", platform.mac_ver()[0])
    if library not in ("glibc", "macOS") or not at_least(found, bundle["oldest"]):
        raise Refused(
            "this system has {} {}, and the bundle needs {} {} or newer".format(
                library or "no GNU C library", found, "glibc" if linux else "macOS", bundle["oldest"]
            ),
            "the compiled libraries would not load",
            "install on a newer system",
        )


# Is the bundle whole?


def sums():
    """Checksum of every file of the bundle by its name, as SHA256SUMS says."""
    lines = read(SUMS).decode("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def refuse_changed_files():
    faults = []
    for name, digest in sorted(sums().items()):
        if not os.path.isfile(os.path.join(HERE, *name.split("/"))):
            faults.append("{} is missing".format(name))
        elif hashlib.sha256(read(*name.split("/"))).hexdigest() != digest:
            faults.append("{} is not the file that was put into the bundle".format(name))
    if faults:
        raise Refused(
            "{}:\n    {}".format(os.path.join(HERE, SUMS), "\n    ".join(faults)),
            "a file that was damaged or exchanged on its way may compute wrong numbers, or do harm",
            "copy the bundle again from where it was made, compare its SHA-256 and unpack it anew",
        )


# Where to?


def holds_sojourn(folder):
    """Whether an install.py made this folder."""
    return os.path.isfile(os.path.join(folder, SUMS)) and os.path.isfile(os.path.join(folder, "pyvenv.cfg"))


def holds_this_bundle(folder):
    if not holds_sojourn(folder):
        return False
    with open(os.path.join(folder, SUMS), "rb") as file:
        return file.read() == read(SUMS)


def refuse_foreign_folders(target):
    if os.path.lexists(target) and not holds_sojourn(target) and not (os.path.isdir(target) and not os.listdir(target)):
        raise Refused(
            "{} exists and is no installation of sojourn".format(target),
            "installing replaces the folder as a whole, and what is in it would be lost",
            "name another folder: python3 install.py TARGET",
        )


# Installing


def run(command, what):
    """Run a command without the settings that this user has for Python and pip."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode:
        raise Refused(
            "{} failed:\n{}".format(what, (done.stderr or done.stdout).strip()),
            "sojourn would not work here; what was installed before is unchanged",
            "look at the message above, and send it to those who made the bundle",
        )
    return done.stdout.strip()


def make_environment(folder):
    """An environment without pip: python3 of Debian has no ensurepip, and the bundle brings its own."""
    try:
        import venv
    except ImportError:
        raise Refused(
            "this Python ({}) has no module venv".format(sys.executable),
            "sojourn is kept apart from other libraries in an environment that venv makes",
            "install the whole of Python {}.{}".format(*sys.version_info[:2]),
        )
    venv.EnvBuilder(symlinks=not WINDOWS, with_pip=False).create(folder)


def install_wheels(folder):
    """Install exactly the files in requirements.txt, by their hashes."""
    wheels = os.path.join(HERE, "wheels")
    pip = next(os.path.join(wheels, name, "pip") for name in sorted(os.listdir(wheels)) if name.startswith("pip-"))
    python = os.path.join(folder, SCRIPTS, "python.exe" if WINDOWS else "python")
    options = "--isolated --quiet --no-input --no-cache-dir --disable-pip-version-check --no-warn-script-location".split()
    source = ["--no-index", "--find-links", wheels, "--require-hashes", "--requirement", os.path.join(HERE, "requirements.txt")]
    run([python, "-I", pip, "install"] + options + source, "installing the wheels")


def write_launcher(folder):
    """Write the command, and remove the scripts that name the folder by its temporary name."""
    scripts = os.path.join(folder, SCRIPTS)
    for name in os.listdir(scripts):
        path = os.path.join(scripts, name)
        if os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            names_the_folder = os.fsencode(folder) in file.read()
        if names_the_folder:
            os.remove(path)
    command = os.path.join(folder, COMMAND)
    with open(command, "w", newline="") as file:
        file.write(WINDOWS_LAUNCHER if WINDOWS else UNIX_LAUNCHER)
    os.chmod(command, 0o755)


def put_in_place(folder, target):
    """Rename the new installation over the old one; the old one comes back if that fails."""
    old = target + ".old"
    shutil.rmtree(old, ignore_errors=True)
    if os.path.lexists(target):
        os.rename(target, old)
    try:
        os.rename(folder, target)
    except OSError:
        if os.path.lexists(old):
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def install(target):
    """Install beside target, try the command, then rename."""
    folder = target + ".part"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        make_environment(folder)
        install_wheels(folder)
        write_launcher(folder)
        shutil.copy(os.path.join(HERE, SUMS), folder)
        run([os.path.join(folder, COMMAND), "--version"], "sojourn --version")
        put_in_place(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(words):
    if len(words) > 1 or words and words[0].startswith("-"):
        sys.exit(__doc__.strip())
    target = os.path.abspath(os.path.expanduser(words[0] if words else os.path.join("~", "sojourn")))
    bundle = json.loads(read("bundle.json").decode("utf-8"))
    refuse_other_pythons(bundle)
    refuse_other_machines(bundle)
    refuse_changed_files()
    refuse_foreign_folders(target)
    if holds_this_bundle(target):
        print("already installed")
    else:
        print("installing sojourn {} into {} (about a minute)".format(bundle["version"], target), flush=True)
        install(target)
    command = os.path.join(target, COMMAND)
    print("sojourn {}".format(run([command, "--version"], "sojourn --version")))
    print(command)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("install: interrupted; nothing was installed")
    except Refused as refusal:
        sys.exit("install: nothing was installed: {}".format(refusal))
    except OSError as error:
        sys.exit(
            "install: nothing was installed: {} cannot be read or written: {}\n"
            "  why it matters: the installation would not be whole; what was there before is unchanged\n"
            "  what to do: name a folder that you may write to, on a disk with 1 GB free".format(error.filename, error.strerror)
        )
