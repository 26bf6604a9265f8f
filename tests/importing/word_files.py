"""Word files made of the XML that matters to a test."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word_parts(body: str, *, numbering: str = "", styles: str = "") -> dict[str, bytes]:
    """The parts of a Word file: what stands in its body, its definitions of lists, its styles."""
    parts = {"document.main": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"}
    if numbering:
        parts["numbering"] = f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>"
    if styles:
        parts["styles"] = f"<w:styles {_NAMESPACES}>{styles}</w:styles>"
    names = {kind: kind.removesuffix(".main") for kind in parts}
    types = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for kind, n in names.items()
    )
    own = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/{n}" Target="{n}.xml"/>' for n in names.values() if n != "document"
    )
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    main = f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": content_types.encode(),
        "_rels/.rels": _RELATIONS.format(main).encode(),
        **{f"word/{names[kind]}.xml": xml.encode() for kind, xml in parts.items()},
        "word/_rels/document.xml.rels": _RELATIONS.format(own).encode(),
    }


def packed(parts: dict[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    """The parts as a file."""
    file = BytesIO()
    with ZipFile(file, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def word_file(body: str, *, numbering: str = "", styles: str = "") -> bytes:
    """A Word file."""
    return packed(word_parts(body, numbering=numbering, styles=styles))


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph: its runs are texts, or XML."""
    within = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{within}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run with a text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def in_list(number: int, level: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def levels(*formats: tuple[str, str], name: int = 0, more: str = "", of_level: str = "") -> str:
    """A definition of lists: the format and the text of each level; ``more`` goes into it, ``of_level`` into each level."""
    within = "".join(
        f'<w:lvl w:ilvl="{nth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{of_level}<w:lvlText w:val="{text}"/></w:lvl>'
        for nth, (kind, text) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="{name}">{more}{within}</w:abstractNum>'


def a_list(number: int, name: int = 0, override: str = "") -> str:
    """A list that follows a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{name}"/>{override}</w:num>'


def table(*rows: str) -> str:
    """A table of rows of cells."""
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell; its paragraphs are texts, or XML."""
    within = "".join(one if one.startswith("<") else paragraph(one) for one in paragraphs or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{within}</w:tc>"
