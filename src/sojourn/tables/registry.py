"""Every table of a run and its contract."""

from dataclasses import replace

from sojourn.tables import admissions, comparison, counts, histories, lexis, records, tabulated, trips
from sojourn.tables.contract import Contract

CONTRACTS = {each.name: each for part in (trips, records, histories, counts, admissions, lexis, tabulated, comparison) for each in part.CONTRACTS}
"""By name; a family of tables by its prefix and `*`."""


def contract_for(table: str) -> Contract | None:
    """The contract of a table, under the table's own name; None for a table that is in no contract."""
    if table in CONTRACTS:
        return CONTRACTS[table]
    family = next((name for name in CONTRACTS if name.endswith("*") and table.startswith(name[:-1])), None)
    return replace(CONTRACTS[family], name=table) if family else None
