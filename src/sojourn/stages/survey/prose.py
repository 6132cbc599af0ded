"""What a household survey can and cannot say, in words, for the methodology and the report."""

from sojourn.definitions.source import Source
from sojourn.engine.portable import literal
from sojourn.messages import say
from sojourn.stages.survey.period import label, last_full_year


def prose(source: Source) -> str:
    """Paragraphs of markdown: reference of the stock, standard errors, shares, and how the proxies differ from flows."""
    period, replicates = label(source), source.replicates
    return "\n\n".join(
        [
            say("survey.stock_reference", period=period),
            say("survey.variance", weight=source.weight, count=replicates.count, factor=replicates.factor),
            say("survey.denominators"),
            say("survey.proxy_naturalisation", period=period, year=last_full_year(source)),
            say("survey.proxy_immigration", period=period),
        ]
    )


def not_produced() -> str:
    """Grain: one row per indicator that a household survey does not give. Columns: indicator, reason, unlock."""
    rows = (("MI 1.4", "no_emigration", "no_emigration_unlock"), ("TM", "no_temporary", "no_temporary_unlock"))
    return " UNION ALL ".join(
        f"SELECT '{indicator}' AS indicator, {text(reason)} AS reason, {text(unlock)} AS unlock"
        for indicator, reason, unlock in rows
    )


def text(key: str) -> str:
    """A catalogue entry as an SQL literal."""
    return literal(say(f"survey.{key}"))
