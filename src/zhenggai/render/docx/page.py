"""Pages and sections: A4 upright or on its side, with the area of GB/T 9704-2012 and its page numbers."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.render.docx.markup import element, paragraph, run
from zhenggai.render.docx.styles import CHARACTER, FOOTER, twips

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_POINTS: Final = 72 / 25.4  # in a millimetre


class Page(NamedTuple):
    """A page by its size and margins, in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    footer: float  # from the page number to the lower edge

    @property
    def room(self) -> float:
        """The width of the text in points."""
        return (self.width - self.left - self.right) * _POINTS


UPRIGHT: Final = Page(210, 297, 37, 26, 35, 28, 25)
SIDEWAYS: Final = Page(297, 210, 28, 37, 26, 35, 17)
WIDE: Final = Page(420, 297, 28, 26, 26, 28, 17)  # A3, for ledgers that A4 cannot hold


FOOTERS: Final = {"default": "right", "even": "left"}  # of odd and of even pages: at which edge the number stands


def section_properties(
    page: Page, footers: Sequence["BaseOxmlElement"], *, from_one: bool = False
) -> "BaseOxmlElement":
    """The properties of a section of such pages; ``footers`` refers to what stands below them. ``from_one``: their numbers begin anew."""
    turned = {"orient": "landscape"} if page.width > page.height else {}
    sides = {side: twips(getattr(page, side) * _POINTS) for side in ("top", "right", "bottom", "left", "footer")}
    return element(
        "sectPr",
        *deepcopy(list(footers)),
        element("pgSz", w=twips(page.width * _POINTS), h=twips(page.height * _POINTS), **turned),
        element("pgMar", **sides, header=twips(page.footer * _POINTS), gutter=0),
        *([element("pgNumType", start=1)] if from_one else []),
    )


def footer_element(kind: str) -> "BaseOxmlElement":
    """The page number — 1 —, one character from the edge."""
    edge = FOOTERS[kind]
    indent = element("ind", **{edge: twips(CHARACTER)})
    return element("ftr", paragraph(FOOTER, _number(), indent, element("jc", val=edge)))


def _number() -> Iterator["BaseOxmlElement"]:
    yield run("— ")
    yield element("fldSimple", run("1"), instr=" PAGE ")
    yield run(" —")
