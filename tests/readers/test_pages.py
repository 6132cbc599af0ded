"""The sources in the pages on reading files are sources, and together they show every type there is."""

from typing import get_args

import pytest

from sojourn.definitions.delivery import Format
from sojourn.definitions.source import Source
from sojourn.definitions.yaml import load
from sojourn.engine.readers.layout import layout
from sojourn.engine.readers.statistical import READERS
from tests.docs.pages import pages

PAGES = {page.name.rpartition("/")[2]: page for page in pages() if page.name.startswith("docs/how-to/read-")}
BLOCKS = [(name, number) for name, page in PAGES.items() for number in range(len(page.blocks("yaml")))]


def built(name: str, number: int, folder) -> Source:
    path = folder / "source.yaml"
    path.write_text(PAGES[name].blocks("yaml")[number], encoding="utf-8")
    return load(path).build(Source)


@pytest.mark.parametrize(("name", "number"), BLOCKS)
def test_a_source_of_a_page_is_a_source(tmp_path, name, number):
    assert built(name, number, tmp_path).format.type


def test_every_type_has_its_page(tmp_path):
    shown = {built(name, number, tmp_path).format.type for name, number in BLOCKS}
    told = "".join(page.text for page in PAGES.values())
    assert shown | {kind for kind in READERS if f"`{kind}`" in told} == set(get_args(Format.model_fields["type"].annotation))


def test_the_layout_of_the_page_is_one(tmp_path):
    (text,) = PAGES["read-fixed-width.md"].blocks("csv")
    (tmp_path / "layout.csv").write_text(text, encoding="utf-8")
    assert [(each.name, each.start, each.end) for each in layout(tmp_path / "layout.csv")][:2] == [("passport", 0, 9), ("day", 9, 17)]
