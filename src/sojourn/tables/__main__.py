"""`python -m sojourn.tables` prints the reference page of the tables; docs/reference/tables.md holds it."""

from sojourn.tables.manual import page

print(page(), end="")
