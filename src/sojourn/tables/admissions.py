"""Contracts of temporary mobility: the cube of stays, what is counted from it, and the curves."""

from sojourn.concepts.mobility import TYPES
from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.groups import Unique
from sojourn.tables.neighbours import Sorted
from sojourn.tables.relations import Ordered

OUTCOMES = ("completed", "open", "refused")
PERMISSIONS = ("duration_of_status", "below", "reached", "implausible", "before_arrival", "unknown")
DUE = ("undated", "later", "left", "late", "none", "refused")
STATUSES = ("temporary", "reached", "undetermined_permission", "undetermined_departure", "undetermined_open")

CODED = (
    OneOf("outcome", OUTCOMES),
    OneOf("permission", PERMISSIONS),
    OneOf("due", DUE),
    OneOf("status", STATUSES),
    Between("nights", 0),
    Between("admissions", 1),
)
COUNTED = tuple("nights outcome permission due visa_class route citizenship residence".split())
GROUPED = tuple("breakdown category nights outcome status permission due".split())
CURVE = columns(at_risk="bigint", departed="bigint", censored="bigint", surviving="double")
CURVE_RULES = (
    *(Between(name, 0) for name in ("at_risk", "departed", "censored")),
    Ordered(("departed", "at_risk")),
    Ordered(("censored", "at_risk")),
    Between("surviving", 0, 1),
)
CONTRACTS = (
    Contract(
        "stays_cube",
        "stays_cube",
        COUNTED,
        columns(
            nights="smallint?", outcome="varchar", permission="varchar", due="varchar", visa_class="varchar?",
            route="varchar?", citizenship="varchar?", residence="varchar?", admissions="bigint", status="varchar",
            type="varchar",
        ),
        (*CODED, OneOf("type", tuple(TYPES)), Unique(COUNTED)),
    ),
    Contract(
        "stay_groups",
        "stay_groups",
        GROUPED,
        columns(
            breakdown="varchar", category="varchar?", nights="smallint?", outcome="varchar", status="varchar",
            permission="varchar", due="varchar", admissions="bigint",
        ),
        (*CODED, Unique(GROUPED)),
    ),
    Contract(
        "stay_curves",
        "stay_curves",
        ("breakdown", "category", "day"),
        (*columns(breakdown="varchar", category="varchar?", day="bigint"), *CURVE),
        (Between("day", 0), *CURVE_RULES, Unique(("breakdown", "category", "day"))),
    ),
    Contract(
        "stay_means",
        "stay_means",
        ("breakdown", "category"),
        columns(
            breakdown="varchar", category="varchar?", limit="integer", mean="decimal(38,9)",
            median="bigint?", mean_completed="double?", median_completed="bigint?",
        ),
        (
            *(Between(name, 0) for name in ("limit", "mean", "median", "mean_completed", "median_completed")),
            Ordered(("mean", "limit")),
            Unique(("breakdown", "category")),
        ),
    ),
    Contract(
        "survival",
        "survival",
        ("grp", "day"),
        (*columns(grp="varchar", day="bigint"), *CURVE),
        (Between("day", 0), *CURVE_RULES, Sorted(("grp", "day"))),
    ),
    Contract(
        "presence",
        "presence",
        ("grp", "day"),
        columns(grp="varchar", day="bigint", present="bigint", undetermined="bigint"),
        (*(Between(name, 0) for name in ("day", "present", "undetermined")), Sorted(("grp", "day"))),
    ),
)
