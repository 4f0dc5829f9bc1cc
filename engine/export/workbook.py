"""The smallest workbook that spreadsheets open: sheets of texts, numbers and formulas, in a zip of XML."""

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from engine.export.markup import safe

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEAD, MOVED = ' s="1"', ' s="2"'  # the looks of a cell: bold, or bold on yellow for a number to change
WRONG = "#NUM!"
FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
PLAIN = 'numFmtId="0" borderId="0"'
STYLES = f"""<styleSheet xmlns="{MAIN}">\
<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>\
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
<fill><patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/></patternFill></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf {PLAIN} fontId="0" fillId="0"/></cellStyleXfs>\
<cellXfs count="3"><xf {PLAIN} fontId="0" fillId="0" xfId="0"/>\
<xf {PLAIN} fontId="1" fillId="0" xfId="0" applyFont="1"/>\
<xf {PLAIN} fontId="1" fillId="2" xfId="0" applyFont="1" applyFill="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""
CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # spreadsheets read a character's number out of this


class Formula(NamedTuple):
    """A formula, and what its cell shows until it is computed."""

    text: str
    value: float


class Moved(NamedTuple):
    """A number that is there to be changed."""

    value: float


Cell: TypeAlias = str | float | Formula | Moved | None
Sheet: TypeAlias = Iterable[Sequence[Cell]]


def workbook(sheets: Mapping[str, tuple[Sequence[str], Sheet]]) -> bytes:
    """A file with these sheets: by name a head and rows; the same sheets give the same bytes."""
    names = list(sheets)
    numbers = range(1, len(names) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{CONTENT}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{CONTENT}.worksheet+xml"/>' for n in numbers
        )
        + "</Types>",
        "_rels/.rels": relations({1: ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{names[n - 1]}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        + '</sheets><calcPr fullCalcOnLoad="1"/></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            {n: ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers} | {len(names) + 1: ("styles", "styles.xml")}
        ),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": sheet(*sheets[names[n - 1]]) for n in numbers},
    }
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=3) as packed:
        for name, text in parts.items():
            packed.writestr(ZipInfo(name), XML + text, ZIP_DEFLATED)
    return file.getvalue()


def relations(targets: Mapping[int, tuple[str, str]]) -> str:
    """What belongs to a part, and as what."""
    rows = (
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def sheet(head: Sequence[str], rows: Sheet) -> str:
    """A sheet; its head stays in sight."""
    heads = "".join(text(name, f'"{chr(65 + column)}1"{HEAD}') for column, name in enumerate(head))
    lines = (line(place, row) for place, row in enumerate(rows, 2))
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(head)}" width="16" customWidth="1"/></cols>'
        f'<sheetData><row r="1">{heads}</row>{"".join(lines)}</sheetData></worksheet>'
    )


def line(place: int, row: Sequence[Cell]) -> str:
    """A row of cells."""
    cells = (cell(one, f'"{chr(65 + column)}{place}"') for column, one in enumerate(row) if one is not None)
    return f'<row r="{place}">{"".join(cells)}</row>'


def cell(content: str | float | Formula | Moved, place: str) -> str:
    """A cell; a number that spreadsheets do not have is an error there."""
    match content:
        case str():
            return text(content, place)
        case Formula(formula, value):
            return number(value, place, f"<f>{safe(formula)}</f>")
        case Moved(value):
            return number(value, place + MOVED)
        case _:
            return number(content, place)


def text(content: str, place: str) -> str:
    """A cell that is text, whatever it says."""
    return f'<c r={place} t="inlineStr"><is><t xml:space="preserve">{safe(CODED.sub("_x005F_", content))}</t></is></c>'


def number(value: float, place: str, formula: str = "") -> str:
    """A cell with a number."""
    if math.isfinite(value):
        return f"<c r={place}>{formula}<v>{value!r}</v></c>"
    return f'<c r={place} t="e">{formula}<v>{WRONG}</v></c>'
