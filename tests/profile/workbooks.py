"""Excel workbooks written part by part, without another library: what the tests need and no more."""

from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
{sheets}</Types>"""
SHEET_TYPE = '<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
LINKS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>"""
LINK = '<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>"""
SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""


class Failed(str):
    """A cell whose formula failed."""


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with the sheets named; None is an empty cell."""
    numbers = range(1, len(sheets) + 1)
    with ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", TYPES.format(sheets="".join(SHEET_TYPE.format(n=n) for n in numbers)))
        parts.writestr("_rels/.rels", LINKS.format(links=LINK.format(n=1, kind="officeDocument", target="xl/workbook.xml")))
        links = "".join(LINK.format(n=n, kind="worksheet", target=f"worksheets/sheet{n}.xml") for n in numbers)
        parts.writestr("xl/_rels/workbook.xml.rels", LINKS.format(links=links))
        listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
        parts.writestr("xl/workbook.xml", BOOK.format(sheets=listed))
        for n, rows in enumerate(sheets.values(), 1):
            lines = "".join(f'<row r="{place}">{_cells(place, row)}</row>' for place, row in enumerate(rows, 1))
            parts.writestr(f"xl/worksheets/sheet{n}.xml", SHEET.format(rows=lines))
    return path


def _cells(row: int, values: list[object]) -> str:
    return "".join(_cell(f"{chr(ord('A') + place)}{row}", value) for place, value in enumerate(values) if value is not None)


def _cell(name: str, value: object) -> str:
    if isinstance(value, Failed):
        return f'<c r="{name}" t="e"><v>{value}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{name}"><v>{value}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
