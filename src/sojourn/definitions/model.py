"""What every definition is: frozen, and no key that the model does not know."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A misspelt key is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def as_tuple(value: Any) -> Any:
    """One text where a list may stand means the list of that one."""
    return (value,) if isinstance(value, str) else value
