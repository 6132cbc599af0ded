"""What may be shown of a column: the one place through which a value of a record reaches the terminal or a file.

Two conditions hold together. The column must be a list of codes: few values, each frequent, and nothing in name or form that
points to a key, a name or free text. And a value must be shared by LEAST records; how many are not is said.
"""

import re
from collections.abc import Mapping

from sojourn.engine.profile import Facts

LEAST = 5
"""Records that must share a value for it to be shown."""
OFTEN = 5
"""Records for each value, on average, of a list of codes."""
OFTEN_LIKE_KEYS = 100
"""The same for values that could be numbers of documents."""
LONGEST = 60
"""Characters of the longest value of a list of codes, the long names of countries included."""
_LIKE_A_KEY = re.compile(r"(?=.*9)(?=.*a).{3,}|.*9{5,}.*")
_YEAR_OR_NAME = re.compile(r"9{4}|[^9]*")


def code_like(facts: Facts, hidden: bool) -> bool:
    """Whether a column is a list of codes. hidden: its name, or its place as a key, forbids that it is shown."""
    if hidden or facts.unique or not facts.values or facts.longest > LONGEST:
        return False
    like_keys = any(_LIKE_A_KEY.fullmatch(shape) and not _YEAR_OR_NAME.fullmatch(shape) for shape in facts.shapes)
    return facts.present >= (OFTEN_LIKE_KEYS if like_keys else OFTEN) * facts.distinct


def shared(values: Mapping[str, int]) -> dict[str, int]:
    """The values that enough records share, the most frequent first."""
    return {value: n for value, n in values.items() if n >= LEAST}
