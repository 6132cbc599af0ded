"""One life in words: what the records say, what the rule decided on a date, and by which clause.

The reference evaluator tells the life; it is held against the statuses that the run counted, so that the words are
about the published figures and nothing else.
"""

from datetime import date, time, timedelta
from pathlib import Path

from sojourn.concepts.evidence import EVENTS
from sojourn.definitions.history import Decision, Event, History, decision_on
from sojourn.engine.portable import literal
from sojourn.errors import SojournError, problem
from sojourn.messages import say
from sojourn.reference.residence import decide
from sojourn.run.execute import checked
from sojourn.run.graph import Graph
from sojourn.run.histories import POLICY, observed
from sojourn.run.pseudonyms import pseudonym, schemes
from sojourn.run.scope import observation, of_unit
from sojourn.run.secret import read_secret

EPOCH = date(1970, 1, 1)
NO_TIME = 1440
NO_SEQUENCE = 999_999


def explain(folder: Path | str, person: str, on: date) -> str:
    """One person's life in words, with the status on a date.

    person: the source's own identifier, hashed in memory and never written. Raises SojournError where the country has no
    persons, or none of this identifier.
    """
    country, period = checked(folder, None)
    if not any(source.event for source in of_unit(country, "person")):
        raise SojournError(problem("explain.no_persons", country.path / "country.yaml"))
    with Graph(country, period) as graph:
        graph.run(until="residence")
        number = _number(graph, person)
        decisions = decide(_history(graph, number), country.rule, POLICY)
        _agree(graph, number, decisions)
        return "\n".join([*_records(graph, number), "", *_told(decisions), "", *_answer(graph, decisions, on)])


def _number(graph: Graph, person: str) -> int:
    """The person's number, by the pseudonym of the identifier under any scheme of the country."""
    secret = read_secret(graph.country)
    for scheme in schemes(of_unit(graph.country, "person")):
        hashed = literal(pseudonym(secret, scheme, person.strip()))
        found = graph.session.rows(f"SELECT unit FROM units WHERE scheme = {literal(scheme)} AND pseudonym = {hashed}")
        if found:
            return found[0]["unit"]
    raise SojournError(problem("explain.no_person", graph.country.path / "country.yaml"))


def _rows(graph: Graph, number: int) -> list[dict]:
    return graph.session.rows(
        f"SELECT * FROM events WHERE person = {number} ORDER BY day NULLS LAST, moment NULLS LAST, record NULLS LAST"
    )


def _history(graph: Graph, number: int) -> History:
    """The person's events as the reference reads them; a child with its mother's status at birth."""
    begin, end = observed(graph.country)
    events = tuple(_event(row) for row in _rows(graph, number))
    return History(events, _day(begin), _day(end), _mother(graph, number))


def _event(row: dict) -> Event:
    minute, sequence = divmod(row["moment"], NO_SEQUENCE + 1)
    return Event(
        kind=EVENTS[row["code"]],
        date=_day(row["day"]),
        received=_day(row["received"]),
        time=time(minute // 60, minute % 60) if minute < NO_TIME else None,
        sequence=sequence if sequence < NO_SEQUENCE else None,
        record=f"{row['record']:012d}",
        source=f"{row['source']:04d}",
    )


def _mother(graph: Graph, number: int) -> tuple[int, date] | None:
    """The mother's status on the day of birth, told by her own life."""
    born = graph.session.rows(f"SELECT day, mother FROM births WHERE person = {number} AND mother IS NOT NULL")
    if not born or not _rows(graph, born[0]["mother"]):
        return None
    decisions = decide(_history(graph, born[0]["mother"]), graph.country.rule, POLICY)
    day = _day(born[0]["day"])
    held = [each for each in decisions if each.start <= day <= each.end]
    if not held or held[-1].after is None:
        return None
    return held[-1].after, held[-1].known_on


def _agree(graph: Graph, number: int, decisions: tuple[Decision, ...]) -> None:
    """Raises SojournError where the life told differs from the life counted: a fault that nobody should publish over."""
    counted = graph.session.rows(f'SELECT start, "end", status FROM statuses WHERE person = {number} ORDER BY ordinal NULLS LAST')
    told = [(each.start, each.end, each.status) for each in decisions]
    if [(_day(row["start"]), _day(row["end"]), row["status"]) for row in counted] != told:
        raise SojournError(problem("explain.disagree", graph.country.path))


def _records(graph: Graph, number: int) -> list[str]:
    """The person's records in order of date, each with the place it came from."""
    names = [source.title for source in graph.country.sources.values()]
    lines = [say("explain.records")]
    for row in _rows(graph, number):
        kind = say(f"explain.event_{EVENTS[row['code']]}")
        key = "explain.record" if row["record"] >= 0 else "explain.not_listed"
        lines.append(say(key, date=_day(row["day"]), kind=kind, source=names[row["source"]], record=row["record"]))
    return lines


def _told(decisions: tuple[Decision, ...]) -> list[str]:
    return [say("explain.life"), *(_sentence(each) for each in decisions)]


def _sentence(decision: Decision) -> str:
    return say(
        "explain.interval",
        start=decision.start,
        end=decision.end,
        opened=say(f"explain.opened_{decision.opened_by}"),
        imputed=say("explain.imputed") if decision.imputed else "",
        status=say(f"explain.status_{decision.status}"),
        reason=say(f"explain.reason_{decision.reason}"),
        known=say("explain.known", date=decision.known_on) if decision.known_on else say("explain.not_known"),
        change=say(f"explain.change_{decision.change}"),
    )


def _answer(graph: Graph, decisions: tuple[Decision, ...], on: date) -> list[str]:
    """The status on the date asked for, and the clause that decided it."""
    decision = decision_on(decisions, on)
    if decision is None:
        begin, end = observation(graph.country)
        return [say("explain.outside", date=on, begin=begin, end=end)]
    night = decision_on(decisions, on - timedelta(days=1)) or decision
    rule = graph.country.rule
    value = max((day for day in rule.values if day <= decision.start), default=min(rule.values))
    return [
        say("explain.on_date", date=on, status=say(f"explain.status_{decision.status}"), reason=say(f"explain.reason_{decision.reason}")),
        say("explain.in_stock" if night.after == 1 else "explain.not_in_stock", date=on),
        say("explain.clause", rule=rule.id, concept=rule.concept, reference=rule.values[value].reference or ""),
    ]


def _day(number: int) -> date:
    return EPOCH + timedelta(int(number))
