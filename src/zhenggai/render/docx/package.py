"""The file of a Word document: its parts in a package, without names, times or anything else of the computer that wrote it."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import nspfxmap, qn
from docx.oxml.parser import OxmlElement
from docx.package import Package

from zhenggai.render.docx.markup import element
from zhenggai.render.docx.page import FOOTERS, footer_element
from zhenggai.render.docx.styles import font_elements, style_elements

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

MakeBody = Callable[[Sequence["BaseOxmlElement"]], Sequence["BaseOxmlElement"]]
"""Makes the text of a document, given what each of its sections says of footers."""


def word_file(make_body: MakeBody) -> bytes:
    """The file of a text; the same text is the same file."""
    package = Package()

    def part(name: str, content_type: str, content: "BaseOxmlElement") -> XmlPart:
        return XmlPart(PackURI(f"/word/{name}.xml"), content_type, content, package)

    body = element("body")
    document = part("document", CONTENT_TYPE.WML_DOCUMENT_MAIN, element("document", body))
    package.relate_to(document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    for name, content_type, relation, content in (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, style_elements()),
        ("fonts", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, font_elements()),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, _settings()),
    ):
        document.relate_to(part(name, content_type, element(name, *content)), relation)
    footers = []
    for kind in FOOTERS:
        footer = part(f"footer-{kind}", CONTENT_TYPE.WML_FOOTER, footer_element(kind))
        names = {qn("w:type"): kind, qn("r:id"): document.relate_to(footer, RELATIONSHIP_TYPE.FOOTER)}
        footers.append(cast("BaseOxmlElement", OxmlElement("w:footerReference", names, nspfxmap("w", "r"))))
    body.extend(make_body(footers))
    return _saved(package)


def _settings() -> list["BaseOxmlElement"]:
    """Page numbers at the outer edge; punctuation as wide as it is; Word's own layout, not that of an older version."""
    version = element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return [
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", version),
    ]


def _saved(package: Package) -> bytes:
    written, packed = BytesIO(), BytesIO()
    package.save(written)
    with ZipFile(written) as parts, ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            archive.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)  # without the time
    return packed.getvalue()
