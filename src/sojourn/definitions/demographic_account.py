"""Demographic account: from dated facts that name nobody, an account by age, cohort and Lexis triangle.

The facts come from files whose records are not linked, so that one number has to be laid down: on how many birth dates
more persons may leave than were there before the files count as records of different populations.
"""

from typing import Literal

from sojourn.definitions.model import Model
from sojourn.definitions.precision import Percent
from sojourn.messages import say

PROSE = ("triangles", "birthdays", "account", "exposure", "rates", "closure")
"""Paragraphs of the method that no setting changes."""


class DemographicAccount(Model):
    """`below_zero`: the share of birth dates, in percent, on which the number present may fall below zero."""

    id: str
    kind: Literal["demographic account"]
    below_zero: Percent

    def prose(self) -> str:
        """Methodology text, in paragraphs of markdown."""
        limit = self.below_zero
        said = [say(f"lexis.prose_{each}") for each in PROSE]
        return "\n\n".join([*said, say("lexis.prose_below_zero", value=limit.value, since=limit.since, reference=limit.reference)])

    def allows(self, check: str, failing: int, examined: int) -> bool:
        """Whether a run may go on although `failing` of `examined` fail a check of the account."""
        return not failing or (check == "below_zero" and failing * 100 <= self.below_zero.value * examined)
