"""Our statuses beside another system's, person by person: who lives where by whom, and who is known to one alone."""

from sojourn.engine.portable import literal

PAIR = ("system", "day", "our_status", "our_reason", "their_status", "their_reason")


def status_comparison(systems: list[str]) -> str:
    """SQL of `status_comparison`: persons by both statuses. Grain: system, day, statuses and reasons."""
    columns = ", ".join(PAIR)
    counted = f"SELECT {columns}, count(*) AS persons FROM beside GROUP BY {columns}"
    return f"WITH {_beside(systems)} {counted}"


def status_differences(systems: list[str]) -> str:
    """SQL of `status_differences`. Grain: system, day and person.

    An absent person whom the other system does not list is no difference: a list of residents names no absent ones.
    """
    listed = f"SELECT {', '.join(PAIR)}, person FROM beside"
    differ = "WHERE coalesce(our_status, '') <> coalesce(their_status, '') AND NOT (their_status IS NULL AND our_status = 'absent')"
    return f"WITH {_beside(systems)} {listed} {differ}"


def _beside(systems: list[str]) -> str:
    """The statuses of both on the days of the other. At the start of a day a person has the status of the night before, as
    in our stocks."""
    theirs = " UNION ALL ".join(
        f"SELECT {literal(each)} AS system, day, person, status AS their_status, reason AS their_reason FROM external_{each}"
        for each in systems
    )
    ours = (
        "SELECT d.system, d.day, s.person, s.status AS our_status, s.reason AS our_reason "
        'FROM (SELECT DISTINCT system, day FROM theirs) d JOIN statuses s ON s.start < d.day AND d.day <= s."end"'
    )
    both = (
        "SELECT coalesce(o.system, t.system) AS system, coalesce(o.day, t.day) AS day, coalesce(o.person, t.person) AS person, "
        "o.our_status, o.our_reason, t.their_status, t.their_reason FROM ours o "
        "FULL JOIN theirs t ON o.system = t.system AND o.day = t.day AND o.person = t.person"
    )
    return f"theirs AS ({theirs}), ours AS ({ours}), beside AS ({both})"
