"""Files whose rows have no weights, for the checks of files, which ask every source for its weights."""

from sojourn.definitions.model import Model


class Unweighted(Model):
    """Every row stands for itself."""

    def weights(self) -> tuple[str, ...]:
        """The columns of weights: none."""
        return ()

    @property
    def weight_decimals(self) -> int:
        return 0
