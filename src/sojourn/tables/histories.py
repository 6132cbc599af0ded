"""Contracts of the tables of persons' histories: events, statuses, changes."""

from sojourn.concepts.codes import CHANGES, CLOSED_BY, OPENED_BY, REASONS
from sojourn.concepts.evidence import EVENT_CODE
from sojourn.concepts.populations import UNDETERMINED
from sojourn.tables.constraints import Between, OneOf
from sojourn.tables.contract import Contract, columns
from sojourn.tables.groups import Unique
from sojourn.tables.neighbours import Contiguous, Numbered, Sorted
from sojourn.tables.relations import Follows, Ordered

CITIZENSHIPS = ("national", "foreign", "stateless", "unknown")
TURNS = ("acquisition", "loss")
KINDS = ("immigration", "emigration", UNDETERMINED, "birth", "death", *TURNS)
TRIGGERS = ("border", "threshold", "imputed", "birth", "death", "citizenship")
KNOWN = (0, 1)
STATUS = {
    (1, True): "resident",
    (1, False): "resident",
    (0, True): "temporary",
    (0, False): "absent",
    (None, True): UNDETERMINED,
    (None, False): UNDETERMINED,
}
"""Residence after the opening of the interval, and whether inside the country, to the status word."""

CONTRACTS = (
    Contract(
        "events",
        "events",
        ("source", "record", "code", "person"),
        columns(
            person="bigint", code="tinyint", day="integer", received="integer", moment="bigint", source="smallint",
            record="bigint",
        ),
        (
            OneOf("code", tuple(EVENT_CODE.values())),
            Between("moment", 0),
            Between("source", 0),
            Between("record", -1),
            Ordered(("day", "received")),
            Sorted(("person", "day", "moment"), unique=False),
        ),
    ),
    Contract(
        "births",
        "births",
        ("person",),
        columns(person="bigint", day="integer", mother="bigint?"),
        (Sorted(("person",)),),
    ),
    Contract(
        "generations",
        "generations",
        ("person",),
        columns(person="bigint", mother="bigint", generation="integer"),
        (Between("generation", 1), Sorted(("person",))),
    ),
    Contract(
        "citizenship_events",
        "citizenship_events",
        ("source", "record"),
        columns(person="bigint", day="integer", received="integer", kind="varchar", source="smallint", record="bigint"),
        (OneOf("kind", TURNS), Ordered(("day", "received")), Unique(("source", "record"))),
    ),
    Contract(
        "statuses",
        "statuses",
        ("person", "ordinal"),
        columns(
            person="bigint", ordinal="integer", start="integer", end="integer", inside="boolean", status="varchar",
            before="tinyint?", after="tinyint?", opened_by="varchar", closed_by="varchar", imputed="boolean",
            rule="varchar", reason="varchar", decided_on="integer?", known_on="integer?", change="varchar",
            change_known_on="integer?", source="smallint?", record="bigint?",
        ),
        (
            OneOf("before", KNOWN),
            OneOf("after", KNOWN),
            OneOf("opened_by", OPENED_BY),
            OneOf("closed_by", CLOSED_BY),
            OneOf("reason", REASONS),
            OneOf("change", CHANGES),
            Follows("status", ("after", "inside"), STATUS),
            Ordered(("decided_on", "known_on")),
            Ordered(("start", "end")),
            Sorted(("person",), unique=False),
            Numbered("ordinal", "person"),
            Contiguous("person"),
        ),
    ),
    Contract(
        "permissions",
        "permissions",
        ("source", "record"),
        columns(source="smallint", record="bigint", admitted_until="integer"),
    ),
    Contract(
        "changes",
        "changes",
        ("person", "day", "kind", "source", "record"),
        columns(
            person="bigint", day="integer", kind="varchar", trigger="varchar", inside="boolean", before="tinyint?",
            after="tinyint?", resided_before="boolean", decided_on="integer?", known_on="integer?", source="smallint?",
            record="bigint?",
        ),
        (
            OneOf("kind", KINDS),
            OneOf("trigger", TRIGGERS),
            OneOf("before", KNOWN),
            OneOf("after", KNOWN),
            Sorted(("person", "day", "kind"), unique=False),
        ),
    ),
    Contract(
        "persons",
        "persons",
        ("person",),
        columns(
            person="bigint", sex="varchar?", birth_date="date?", country_of_birth="varchar?", citizenship="varchar?",
        ),
        (Sorted(("person",)),),
    ),
    Contract(
        "citizenships",
        "citizenships",
        ("person", "start", "end"),
        columns(person="bigint", start="integer", end="integer", citizenship="varchar"),
        (
            OneOf("citizenship", CITIZENSHIPS),
            Ordered(("start", "end")),
            Sorted(("person", "start"), unique=False),
            Contiguous("person"),
        ),
    ),
)
