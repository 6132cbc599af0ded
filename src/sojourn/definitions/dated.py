"""Dated values: what holds from an effective date on, and the text that says so."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from sojourn.definitions.duration import FROZEN

Value = TypeVar("Value")


class Reference(BaseModel):
    """Where a value is laid down: the document, the place in it, an address if there is one."""

    model_config = FROZEN
    title: str
    paragraph: str
    url: str | None = None

    def __str__(self) -> str:
        return ", ".join(part for part in (self.title, self.paragraph, self.url) if part)


def in_force(values: Mapping[date, Value], day: date) -> Value:
    """The value with the latest effective date up to `day`; before all of them, the earliest (it reaches back)."""
    effective = [start for start in values if start <= day]
    return values[max(effective) if effective else min(values)]
