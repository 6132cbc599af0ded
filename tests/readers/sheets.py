"""The workbook of the tests as flat OpenDocument, which LibreOffice saves as .xlsx, .xls and .ods."""

from datetime import date, datetime
from xml.sax.saxutils import escape

from tests.readers.table import COLUMNS, ROWS

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">
<office:automatic-styles>
<number:date-style style:name="n1"><number:year number:style="long"/><number:text>-</number:text><number:month
 number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:date-style style:name="n2"><number:year number:style="long"/><number:text>-</number:text><number:month
 number:style="long"/><number:text>-</number:text><number:day number:style="long"/><number:text> </number:text><number:hours
 number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds
 number:style="long"/></number:date-style>
<style:style style:name="date" style:family="table-cell" style:data-style-name="n1"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="n2"/>
</office:automatic-styles><office:body><office:spreadsheet>
"""
EPOCH = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'


class Formula(str):
    """A formula in OpenDocument's notation; LibreOffice computes it when it opens the file."""


class Merged(str):
    """A text in three merged cells of a row."""


def cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, Formula):
        return f'<table:table-cell table:formula="of:{escape(value)}"/>'
    if isinstance(value, datetime):
        return f'<table:table-cell table:style-name="moment" office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, date):
        return f'<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    span = ' table:number-columns-spanned="3"' if isinstance(value, Merged) else ""
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>' if span else ""
    blanks = escape(value).replace(" ", "<text:s/>")
    return f'<table:table-cell office:value-type="string"{span}><text:p>{blanks}</text:p></table:table-cell>{covered}'


def sheet(name: str, *rows: tuple, hidden: int | None = None) -> str:
    """A sheet; `hidden` is the row, from 1, that is not shown."""
    shown = [' table:visibility="collapse"' if number == hidden else "" for number in range(1, len(rows) + 1)]
    lines = "".join(f"<table:table-row{how}>{''.join(map(cell, row))}</table:table-row>" for row, how in zip(rows, shown, strict=True))
    return f'<table:table table:name="{escape(name)}">{lines or "<table:table-row><table:table-cell/></table:table-row>"}</table:table>'


def book(*sheets: str, before: str = "") -> str:
    return f"{HEAD}{before}{''.join(sheets)}</office:spreadsheet></office:body></office:document>"


BOOKS = {
    "people": book(
        sheet("notes", ("read me",)),
        sheet("Pèrsons & co", (Merged("People"),), COLUMNS, ROWS[0], (), *ROWS[1:], hidden=5),
        sheet(
            "cells",
            ("mixed", "sum", None, "day or text", "whole", "late"),
            (3, Formula("=[.A2]*1.5"), None, date(2016, 1, 31), 3, date(2016, 1, 31)),
            ("x1", Formula("=[.A2]+1"), None, "31.1.2016", 2, datetime(2016, 1, 31, 12, 30)),
        ),
        sheet("errors", ("a", "b"), (1, Formula("=1/0")), (Formula("=NA()"), 2)),
        sheet("many errors", ("a",), *[(Formula("=NA()"),)] * 23),
        sheet("merged", ("a", "b", "c"), (Merged("one"),), ("x", "y", "z")),
        sheet("merged header", (Merged("a"), "d"), (1, 2, 3, 4)),
        sheet("blank", ("a", None, "c"), (1, 2, 3)),
        sheet("double", ("a", "A"), (1, 2)),
        sheet("names alone", ("a", "b")),
        sheet("empty"),
    ),
    "alone": book(sheet("Sheet1", COLUMNS, *ROWS), sheet("Sheet2"), sheet("Sheet3")),
    "epoch": book(sheet("Sheet1", ("day",), (date(2016, 1, 31),)), before=EPOCH),
    "nothing": book(sheet("Sheet1")),
}
