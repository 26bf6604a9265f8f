"""Workbooks made of the XML that matters to a test."""

from word_files import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    """A sheet: its rows, and what stands after and before them."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{_R}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def excel_parts(
    *sheets: str, strings: str = "", styles: str = "", settings: str = "", calculation: str = "", state: str = "visible"
) -> dict[str, bytes]:
    """The parts of a workbook: its sheets' XML, the insides of its strings and styles; ``state`` is that of the last sheet."""
    last = len(sheets)
    listed = "".join(
        f'<sheet name="表{n}" sheetId="{n}" state="{state if n == last else "visible"}" r:id="r{n}"/>'
        for n in range(1, last + 1)
    )
    parts = {f"worksheets/sheet{n}": xml for n, xml in enumerate(sheets, 1)}
    if strings:
        parts["sharedStrings"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        parts["styles"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{_R}">{settings}<sheets>{listed}</sheets>{calculation}</workbook>'
    sorts = {name: "worksheet" if "/" in name else name for name in parts}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/{sorts[name]}" Target="{name}.xml"/>' for n, name in enumerate(parts, 1)
    )
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPES}.{sort}+xml"/>'
        for name, sort in {"workbook": "sheet.main", **sorts}.items()
    )
    main = f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="xl/workbook.xml"/>'
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{f"xl/{name}.xml": xml for name, xml in parts.items()},
    }
    return {name: xml.encode() for name, xml in whole.items()}


def excel_file(*sheets: str, **parts: str) -> bytes:
    """A workbook."""
    return packed(excel_parts(*sheets, **parts))


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of cells."""
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def text(place: str, said: str) -> str:
    """A cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


def value(place: str, said: str, *, kind: str = "n", style: int = 0, formula: str | None = None) -> str:
    """A cell with a value of a kind, or a formula and its result."""
    made = "" if formula is None else f"<f>{formula}</f>"
    return f'<c r="{place}" t="{kind}" s="{style}">{made}{f"<v>{said}</v>" if said else ""}</c>'
