"""The offline bundle: everything an office without a network needs to install sojourn. `./dev bundle` makes one.

A bundle is a function of the last commit, its lock, a platform, a version of Python and the extras: the same
five give the same bytes. What the office runs, `install.py`, stands in `bundle/files`.
"""
