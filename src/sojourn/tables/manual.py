"""The reference page of the tables, written from their contracts."""

from sojourn.messages import say
from sojourn.tables.contract import Column, Contract
from sojourn.tables.registry import CONTRACTS


def page() -> str:
    """Markdown: for every table its grain, key, columns and constraints, in the order of the registry."""
    parts = [say("tables.page_title"), say("tables.page_about"), *map(section, CONTRACTS.values())]
    return "\n\n".join(parts) + "\n"


def section(contract: Contract) -> str:
    key = ", ".join(f"`{name}`" for name in contract.key) or say("tables.no_key")
    lines = [
        say("tables.page_table", table=contract.name, grain=contract.describe(), key=key),
        "\n".join([say("tables.page_columns"), *map(line, contract.columns)]),
        "\n".join(f"- {each.describe()}" for each in contract.stated),
    ]
    return "\n\n".join(each for each in lines if each)


def line(column: Column) -> str:
    """One column as a row of its table."""
    presence = "optional" if column.optional else "nullable" if column.nullable else "always"
    return f"| `{column.name}` | {column.kind} | {say(f'tables.column_{presence}')} |"
