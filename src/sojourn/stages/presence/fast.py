"""The fast form of presence: sorted events of whole persons in, spells and issues out."""

import numpy as np
import pyarrow as pa

from sojourn.concepts.codes import OPENED_BY, POLICIES
from sojourn.engine.histories import structured
from sojourn.stages.presence.kernel import spells_of
from sojourn.tables.layouts import EVENT


def spells(events: pa.Table, begin: int, end: int, policy: str) -> tuple[np.ndarray, np.ndarray]:
    """Spells (SPELL) and issues (ISSUE). begin, end: observed day numbers, half open; policy: one of POLICIES."""
    return spells_of(structured(events, EVENT), begin, end, POLICIES.index(policy))


def with_mothers(spells: np.ndarray, mothers: dict[int, tuple[int, int]]) -> np.ndarray:
    """Give children born in the country the status of their mothers at birth (status, day known), before it is used."""
    born = (spells["opened"] == OPENED_BY.index("birth")) & (spells["inside"] == 1)
    for row in np.flatnonzero(born) if mothers else ():
        status = mothers.get(int(spells["person"][row]))
        if status is not None:
            spells["initial"][row], spells["initial_known"][row] = status
            spells["initial_day"][row] = spells["initial_known"][row]
    return spells
