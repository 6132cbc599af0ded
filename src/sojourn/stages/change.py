"""Change: statuses become dated changes of persons: migration, birth, death, acquisition and loss of citizenship.

E/CN.3/2021/11, paragraphs 31 (change of residence), 34 (citizenship) and 37 (a temporary person who passes the
threshold in the country becomes a resident without a crossing at that moment).
"""

from sojourn.concepts.evidence import EVENT_CODE
from sojourn.definitions.source import Source
from sojourn.engine.portable import day_number


def citizenship_events() -> str:
    """SQL of `citizenship_events`. Grain: one acquisition or loss of a person.

    An acquisition after an acquisition, or a loss after a loss, changes nothing and is no event: the earliest one counts.
    """
    codes = f"WHEN {EVENT_CODE['acquisition']} THEN 'acquisition' WHEN {EVENT_CODE['loss']} THEN 'loss'"
    order = ", ".join(f"{name} NULLS LAST" for name in ("day", "kind", "source", "record"))
    return (
        f"SELECT * FROM (SELECT person, day, received, CASE code {codes} END AS kind, source, record FROM events "
        f"WHERE code IN ({EVENT_CODE['acquisition']}, {EVENT_CODE['loss']})) "
        f"QUALIFY coalesce(lag(kind) OVER (PARTITION BY person ORDER BY {order}), '') <> kind"
    )


def permissions(sources: list[Source]) -> str:
    """SQL of `permissions`: until when an arrival was admitted. Grain: source x record."""
    each = [
        f"SELECT CAST({number} AS SMALLINT) AS source, record, {day_number('admitted_until')} AS admitted_until "
        f"FROM accepted_{source.id} WHERE admitted_until IS NOT NULL"
        for number, source in enumerate(sources)
        if "admitted_until" in source.columns
    ]
    none = "SELECT CAST(0 AS SMALLINT) AS source, CAST(0 AS BIGINT) AS record, CAST(0 AS INTEGER) AS admitted_until WHERE false"
    return " UNION ALL ".join(each) or none


_ORDER = ", ".join(f"{name} NULLS LAST" for name in ("person", "day", "kind", "source", "record", "trigger"))


def changes() -> str:
    """SQL of `changes`. Grain: one change of one person on one date.

    kind: immigration, emigration, undetermined (residence before or after is not known), birth, death, acquisition,
    loss. trigger: threshold where the permission to stay ended before the nights were reached, so that the person
    became a resident without a crossing at that moment; else border. before, after: 1 resident, 0 not, NULL unknown.
    """
    parts = [_migration(), _births(), _deaths(), _citizenship()]
    return f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY {_ORDER}"


def _migration() -> str:
    """An immigration is a conversion where the permission of the very stay in which the nights were reached ended before.

    The joins of persons compare columns of the two sides alone: with any other condition an outer join is done pair by pair.
    """
    trigger = (
        "CASE WHEN s.change = 'immigration' AND p.admitted_until < s.decided_on THEN 'threshold' "
        "WHEN s.imputed THEN 'imputed' ELSE 'border' END"
    )
    return f"""
SELECT s.person, s.start AS day, s.change AS kind, {trigger} AS trigger, s.inside, s.before, s.after, s.resided_before,
       s.decided_on, s.change_known_on AS known_on, s.source, s.record
FROM (SELECT *, CASE WHEN change = 'immigration' THEN decided_on END AS reached_on,
             coalesce(max(after) OVER (PARTITION BY person ORDER BY ordinal NULLS LAST
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) = 1 AS resided_before FROM statuses) s
LEFT JOIN (SELECT person, start, "end", source, record FROM statuses WHERE inside) stay
      ON stay.person = s.person AND stay.start < s.reached_on AND s.reached_on <= stay."end"
LEFT JOIN permissions p ON p.source = stay.source AND p.record = stay.record
WHERE s.change <> 'none' AND s.opened_by IN ('arrival', 'departure')"""


def _births() -> str:
    return """
SELECT person, start, 'birth', 'birth', inside, before, after, false, decided_on, known_on, source, record
FROM statuses WHERE opened_by = 'birth'"""


def _deaths() -> str:
    return """
SELECT person, "end", 'death', 'death', inside, after, CAST(NULL AS TINYINT), false, "end", known_on,
       CAST(NULL AS SMALLINT), CAST(NULL AS BIGINT)
FROM statuses WHERE closed_by = 'death'"""


def _citizenship() -> str:
    """`before`: whether the person was a resident in the night before the day; on the first day of all, at its beginning."""
    return """
SELECT c.person, c.day, c.kind, 'citizenship', coalesce(s.inside, false), s.after, s.after, false, c.day,
       greatest(c.received, s.known_on), c.source, c.record
FROM citizenship_events c
LEFT JOIN (SELECT *, CASE WHEN opened_by = 'begin' THEN start - 1 ELSE start END AS after_day FROM statuses) s
      ON s.person = c.person AND c.day <= s."end" AND s.after_day < c.day"""
