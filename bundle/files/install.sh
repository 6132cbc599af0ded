#!/bin/sh
# Finds the Python of this bundle and runs install.py beside this file.
here=$(dirname "$0")
command -v python$python >/dev/null && exec python$python "$here/install.py" "$@"
exec python3 "$here/install.py" "$@"
