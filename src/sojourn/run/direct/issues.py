"""What was done to crossings that are there twice, or missing: nothing of it is silent."""

import numpy as np

from sojourn.concepts.codes import NEVER, PRESENCE_ISSUES

REASONS = ("duplicate", "missing_counterpart")
TREATMENTS = ("counted_once", "person_rejected", "midpoint", "earliest", "latest", "undetermined", "same_day")
ISSUE = np.dtype([("person", "i8"), ("day", "i4"), ("revealed", "i4"), ("inside", "i1"), ("reason", "i1"), ("treatment", "i1")])
"""One crossing: where it leads, its day (NEVER where it has none), a code of REASONS and of TREATMENTS, and the day of the
crossing that revealed it."""
_SET_ASIDE = PRESENCE_ISSUES.index("missing_counterpart")


def found_issues(events: np.ndarray, repeated: np.ndarray, spells: np.ndarray, noted: np.ndarray, missing: str) -> np.ndarray:
    """ISSUEs of a batch, by person, day and reason. events: EVENTs, to whose places `record` of `noted` points."""
    found = np.concatenate([_repeated(repeated), _imputed(spells, missing), _set_aside(events, noted)])
    return found[np.lexsort((found["inside"], found["reason"], found["day"], found["revealed"], found["person"]))]


def _made(size: int, reason: str, treatment: str) -> np.ndarray:
    rows = np.empty(size, ISSUE)
    rows["reason"], rows["treatment"] = REASONS.index(reason), TREATMENTS.index(treatment)
    return rows


def _repeated(events: np.ndarray) -> np.ndarray:
    rows = _made(len(events), "duplicate", "counted_once")
    rows["person"], rows["day"], rows["revealed"], rows["inside"] = events["person"], events["day"], events["day"], events["code"]
    return rows


def _imputed(spells: np.ndarray, missing: str) -> np.ndarray:
    """Crossings put between two in one direction. Between two of one day nothing is unknown: no night lies there."""
    made = spells[spells["imputed"] == 1]
    unknown = missing == "unknown"
    rows = _made(len(made), "missing_counterpart", "undetermined" if unknown else missing if missing != "reject" else "person_rejected")
    rows["person"], rows["day"], rows["revealed"], rows["inside"] = made["person"], made["start"], made["received"], made["inside"]
    if unknown:
        one_day = made["end"] == made["start"]
        rows["treatment"][one_day] = TREATMENTS.index("same_day")
        rows["day"][~one_day] = NEVER
    return rows


def _set_aside(events: np.ndarray, noted: np.ndarray) -> np.ndarray:
    """Crossings missing in lives that were set aside for it."""
    revealing = events[noted["record"][noted["reason"] == _SET_ASIDE]]
    rows = _made(len(revealing), "missing_counterpart", "person_rejected")
    rows["person"], rows["day"], rows["revealed"], rows["inside"] = revealing["person"], NEVER, revealing["day"], 1 - revealing["code"]
    return rows
