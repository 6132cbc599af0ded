"""By what right an office holds a source, for what it may use it, and what must be known of it before use.

Terms: UN National Quality Assurance Frameworks Manual (2019), principles 2, 9 and 14; E/CN.3/2021/11, paragraphs 36-39.
"""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from sojourn.definitions.duration import Duration
from sojourn.definitions.model import Model, as_tuple

OFFICIAL_STATISTICS = "official_statistics"
STATED = ("legal_basis", "purposes", "agreement", "reporting_lag", "known_defects", "residence_concept")
"""What a source file must say of its governance beside owner and coverage; `sojourn check` warns where it does not."""


class Agreement(Model):
    """The sharing agreement under which the owner delivers. `until`: its last day; none where it has no end."""

    title: str
    until: date | None = None


class Governance(Model):
    """`purposes`: what the source may be used for; a run for another purpose is refused.

    `reporting_lag`: after how long a fact is as a rule in the source. `residence_concept`: whom the source itself takes for
    a resident.
    """

    owner: str
    legal_basis: str | None = None
    purposes: Annotated[tuple[str, ...] | None, BeforeValidator(as_tuple)] = Field(default=None, min_length=1)
    agreement: Agreement | None = None
    reporting_lag: Duration | None = None
    known_defects: str | None = None
    residence_concept: str | None = None

    def unstated(self) -> list[str]:
        """What the source file leaves unsaid, in the order in which the manual asks for it."""
        return [name for name in STATED if getattr(self, name) is None]
