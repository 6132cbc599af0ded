"""Indicators that a country cannot produce yet, each with its reason and the evidence that would unlock it."""

from collections.abc import Collection

from sojourn.concepts.indicators import INDICATORS, Alternative, Indicator

NO_SOURCE, INCOMPLETE, PROXY_ONLY = "no_source", "incomplete_source", "proxy_only"

ALTERNATIVES, TOGETHER = " | ", " + "
"""How `unlock` is written: alternatives, each of kinds of evidence (or columns) that are needed together."""


def not_produced(
    evidence_present: Collection[str], produced: Collection[str], proxied: Collection[str] = ()
) -> list[dict[str, str]]:
    """Rows (indicator, reason, unlock) for every indicator of the registry that is not in `produced`.

    `proxied` are indicators for which only cells flagged proxy exist: they stay in the list. reason is a code:
    no_source, incomplete_source (the right kind is there, its records or columns do not suffice), proxy_only.
    """
    missing = [each for each in INDICATORS.values() if each.id not in produced or each.id in proxied]
    return [row(each, frozenset(evidence_present), each.id in proxied) for each in missing]


def row(indicator: Indicator, present: frozenset[str], proxied: bool) -> dict[str, str]:
    reason = PROXY_ONLY if proxied else INCOMPLETE if sufficient(indicator, present) else NO_SOURCE
    unlock = columns(indicator) if reason == INCOMPLETE and indicator.columns else evidence(indicator, present)
    return {"indicator": indicator.id, "reason": reason, "unlock": unlock}


def sufficient(indicator: Indicator, present: frozenset[str]) -> bool:
    """Whether the kinds of evidence present would do, if their records were complete."""
    return any(alternative <= present for alternative in indicator.evidence)


def columns(indicator: Indicator) -> str:
    return TOGETHER.join(indicator.columns)


def evidence(indicator: Indicator, present: frozenset[str]) -> str:
    """What is still lacking for each alternative; the whole alternative where nothing is lacking."""
    return ALTERNATIVES.join(written(each - present or each) for each in indicator.evidence)


def written(alternative: Alternative) -> str:
    return TOGETHER.join(sorted(alternative))
