"""Prints the page of the code lists: `python -m sojourn.lists > docs/reference/lists.md`."""

from sojourn.lists import CodeList, lists, rows
from sojourn.messages import say


def page() -> str:
    """Every list as a part of a markdown page."""
    parts = [f"# {say('lists.page_title')}", say("lists.page_lead")]
    return "\n\n".join([*parts, *(part for each in lists().values() for part in described(each))])


def described(each: CodeList) -> list[str]:
    """One list: title, version, origin, licence."""
    held = rows(each.id)
    facts = {"version": each.version, "rows": len(held), "key": ", ".join(each.key), "columns": ", ".join(held[0])}
    licence = say("lists.page_licence", licence=each.licence, sha256=each.sha256)
    return [f"## {each.id}", f"{each.title}.", say("lists.page_version", **facts), say("lists.page_origin", origin=each.origin), licence]


if __name__ == "__main__":
    print(page())
