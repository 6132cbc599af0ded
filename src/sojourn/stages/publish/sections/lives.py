"""Drawn lives on the page, so that every figure of a small invented country can be checked by hand."""

from datetime import date

from sojourn.messages import say
from sojourn.stages.publish import wording
from sojourn.stages.publish.blocks import Figure, Key, Section, Table, table
from sojourn.stages.publish.charts.svg import framed
from sojourn.stages.publish.charts.timeline import STYLES, Interval, Window, timeline
from sojourn.stages.publish.report import Row
from sojourn.stages.publish.view import View

YEARS_AROUND = 3
"""Years drawn before and after the reference period at most."""


def lives(view: View) -> Section | None:
    rows = view.rows("lives") if view.report.drawn else []
    if not rows:
        return None
    return Section("lives", say("report.lives_title"), say("report.lives_lead"), [figure(view, rows)])


def figure(view: View, rows: list[Row]) -> Figure:
    window = window_of(view, rows)
    people = [(name, intervals(rows, name, window)) for name in dict.fromkeys(str(row["person"]) for row in rows)]
    title, words = say("report.lives_chart"), say("report.lives_described")
    svg = framed("lives", title, words, lambda width: timeline(people, window, width))
    keys = [Key(style, say(f"report.status_{status}")) for status, style in STYLES.items() if any(row["status"] == status for row in rows)]
    note = say("report.lives_note", period=view.report.period)
    return Figure(title, words, svg, lives_table(rows), keys, note, open=True)


def as_date(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def window_of(view: View, rows: list[Row]) -> Window:
    """From the first to the last date of a life, at most YEARS_AROUND beyond the reference period."""
    period = view.period
    known = [each for row in rows for each in (as_date(row["start"]), as_date(row["end"])) if each]
    begin = max(min([*known, period.start]), period.start.replace(year=period.start.year - YEARS_AROUND))
    end = min(max([*known, period.end]), period.end.replace(year=period.end.year + YEARS_AROUND))
    return Window(begin, end, period.start, period.end)


def intervals(rows: list[Row], person: str, window: Window) -> list[Interval]:
    """The intervals of one person that touch the window, cut to it."""
    made = []
    for row in rows:
        start = max(as_date(row["start"]) or window.begin, window.begin)
        end = min(as_date(row["end"]) or window.end, window.end)
        if str(row["person"]) == person and start < end:
            made.append(Interval(start, end, bool(row["inside"]), str(row["status"]), str(row.get("text") or "")))
    return made


def lives_table(rows: list[Row]) -> Table:
    heads = [say(f"report.lives_{name}") for name in ("person", "from", "until", "where", "status", "why")]
    return table(say("report.lives_chart"), heads, [life_row(row) for row in rows], texts=len(heads))


def life_row(row: Row) -> list[str]:
    where = say("report.lives_in") if row["inside"] else say("report.lives_out")
    until = wording.moment(as_date(row["end"])) if row["end"] else say("report.lives_open")
    since = wording.moment(as_date(row["start"])) if row["start"] else say("report.lives_before")
    return [str(row["person"]), since, until, where, say(f"report.status_{row['status']}"), str(row.get("text") or "")]
