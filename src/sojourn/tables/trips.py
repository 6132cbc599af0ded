"""Contracts of trips of visitors: by breakdown, month of exit and nights; the calendar; nights by the month they were spent in."""

from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.groups import Unique

EXIT_DAYS = (28, 29, 30, 31)
GROUPED = ("breakdown", "category", "exit_month", "nights", "later")
SPREAD = ("breakdown", "category", "month", "exit_month")

CONTRACTS = (
    Contract(
        "trip_groups",
        "trip_groups",
        GROUPED,
        columns(breakdown="varchar", category="varchar", exit_month="integer", nights="integer", later="integer", trips="bigint", weight="bigint"),
        (Between("nights", 0), Between("later", 0), Between("trips", 1), Between("weight", 1), Unique(GROUPED)),
    ),
    Contract(
        "trip_calendar",
        "trip_calendar",
        ("month",),
        columns(month="integer", label="varchar", days="integer", ended="bigint", observed="boolean", complete="boolean"),
        (OneOf("days", EXIT_DAYS), Between("ended", 0), Unique(("month",))),
    ),
    Contract(
        "trip_spread",
        "trip_spread",
        SPREAD,
        columns(
            breakdown="varchar", category="varchar", month="integer", exit_month="integer", exit_days="integer", trips="bigint",
            nights="bigint",
        ),
        (OneOf("exit_days", EXIT_DAYS), Between("trips", 1), Between("nights", 1), Unique(SPREAD)),
    ),
    Contract(
        "trip_lags",
        "trip_lags",
        ("lag",),
        columns(lag="integer", share="double"),
        (Between("lag", 0), Between("share", 0, 1), Unique(("lag",))),
    ),
)
