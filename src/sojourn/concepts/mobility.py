"""Types of temporary mobility: the seven of the framework's Annex I, and the examples its paragraphs name.

A type says why a person who is not a resident came. Only the seven types of Annex I are the framework's classification;
the examples of paragraphs 24 and 38 are its words and not its classes, and are marked so wherever they are printed.
"""

from dataclasses import dataclass
from typing import Literal

from sojourn.messages import say

ANNEX = "Annex I"


@dataclass(frozen=True)
class MobilityType:
    """One type. `paragraph`: its place in E/CN.3/2021/11. `status`: a class of Annex I, an example, or our own remainder."""

    id: str
    paragraph: str
    status: Literal["official", "example", "own"]

    @property
    def title(self) -> str:
        """The type in the reader's language."""
        return say(f"mobility.type_{self.id}")


OTHER = "other"
"""Class of admission that the country's table does not map. Counted, never dropped."""
RESIDENCE_UNDETERMINED = "residence_undetermined"
"""Permission without an end, or as long as residence asks for: not temporary mobility, whatever the stay."""
RESIDENCE_REACHED = "residence_reached"
"""Stay as long as residence asks for: not temporary mobility."""

TYPES = {
    each.id: each
    for each in (
        MobilityType("cross_border_workers", ANNEX, "official"),
        MobilityType("seasonal_workers", ANNEX, "official"),
        MobilityType("other_temporary_workers", ANNEX, "official"),
        MobilityType("training", ANNEX, "official"),
        MobilityType("health", ANNEX, "official"),
        MobilityType("asylum_seekers_in_transit", ANNEX, "official"),
        MobilityType("circular", ANNEX, "official"),
        MobilityType("tourism", "24", "example"),
        MobilityType("business", "24", "example"),
        MobilityType("visits_to_family_or_friends", "24", "example"),
        MobilityType("pilgrimage", "24", "example"),
        MobilityType("daily_commuting", "24", "example"),
        MobilityType("second_homes", "38", "example"),
        MobilityType(OTHER, "", "own"),
        MobilityType(RESIDENCE_UNDETERMINED, "", "own"),
        MobilityType(RESIDENCE_REACHED, "", "own"),
    )
}

ASSIGNABLE = tuple(each.id for each in TYPES.values() if each.status != "own") + (OTHER,)
"""What a country's table may map to; the two classes of residence follow from permission and stay alone."""
