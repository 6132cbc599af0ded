"""The kinds of definition a country can write, by the word that stands behind `kind:` in the file."""

KINDS: dict[str, type] = {}
