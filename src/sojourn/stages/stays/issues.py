"""What is wrong with admissions beyond what the reading finds, counted by reason: nothing is rejected for it."""

from sojourn.engine.portable import literal
from sojourn.stages.stays.setting import Setting


def issue_counts(setting: Setting) -> str:
    """SQL of `issue_counts_stays`: source, field, reason, action, records. All are flagged and stay in the counts."""
    rows = [
        flagged(setting, "admitted_until", "before_arrival", where("permission = 'before_arrival'")),
        flagged(setting, "admitted_until", "implausible", where("permission = 'implausible'")),
        flagged(setting, "admitted_until", "permission_unknown", where("permission = 'unknown'")),
        flagged(setting, "visa_class", "type_unmapped", where(unmapped(setting))),
    ]
    return "\nUNION ALL\n".join(rows)


def where(condition: str) -> str:
    return f"SELECT coalesce(sum(admissions), 0) FROM stays_cube WHERE {condition}"


def unmapped(setting: Setting) -> str:
    mapped = ", ".join(literal(each) for each in setting.types)
    return f"visa_class NOT IN ({mapped})"


def flagged(setting: Setting, field: str, reason: str, records: str) -> str:
    return f"""
SELECT {literal(setting.source.id)} AS source, {literal(field)} AS field, {literal(reason)} AS reason,
       'flagged' AS action, CAST(({records}) AS BIGINT) AS records"""
