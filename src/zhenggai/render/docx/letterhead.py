"""The letterhead of a paper (版头): masthead, number, sender, day; and its imprint (版记): recipients, sender, day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from zhenggai.document import Letterhead
from zhenggai.render.docx import styles
from zhenggai.render.docx.column_widths import extent
from zhenggai.render.docx.markup import element, paragraph, run, shown, tab
from zhenggai.render.docx.page import Page
from zhenggai.render.docx.styles import twips

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_LARGEST: Final = 44.0  # points of the red words, which stand in one line
_SMALLEST: Final = 22.0
_MARGIN: Final = 14.0  # points: a character at either side of the imprint


def head_elements(letterhead: Letterhead, page: Page) -> Iterator["BaseOxmlElement"]:
    """The letterhead above the title: red masthead, number, sender and day, a red line. Nothing without a masthead."""
    if not letterhead.masthead:
        return
    words = shown(letterhead.masthead)
    size = round(2 * min(_LARGEST, max(_SMALLEST, page.room / extent(words))))  # in half points
    yield paragraph(styles.MASTHEAD, [run(words, element("sz", val=size), element("szCs", val=size))])
    if letterhead.number:
        yield paragraph(styles.ISSUE, [run(shown(letterhead.number))])
    line = element("bottom", val="single", sz=16, space=4, color=styles.RED)
    yield paragraph(styles.RULE, _ends(letterhead.issuer, letterhead.day), element("pBdr", line), _stop_at(page.room))


def imprint_elements(letterhead: Letterhead, page: Page) -> Iterator["BaseOxmlElement"]:
    """The imprint at the foot of the last page: recipients, sender, day of printing. Nothing without recipients."""
    lines = [[run(shown(recipients))] for recipients in letterhead.recipients]
    if not lines:
        return
    lines.append(list(_ends(letterhead.issuer, letterhead.printed)))
    # paragraphs of one frame, with one border around them: LibreOffice makes a frame of no others
    frame: dict[str, str | int] = {
        "hRule": "auto",
        "hSpace": 0,
        "wrap": "around",
        "vAnchor": "margin",
        "hAnchor": "margin",
    }
    for line in lines:
        yield paragraph(
            styles.IMPRINT,
            line,
            element("framePr", w=twips(page.room), **frame, xAlign="center", yAlign="bottom"),
            element("pBdr", _rule("top"), _rule("bottom")),
            _stop_at(page.room - _MARGIN),
            element("ind", left=twips(_MARGIN), right=twips(_MARGIN)),
        )
    yield paragraph(styles.END, ())


def _ends(left: str, right: str) -> Iterator["BaseOxmlElement"]:
    """Words at the left and at the right end of a line."""
    yield run(shown(left))
    yield tab()
    yield run(shown(right))


def _stop_at(place: float) -> "BaseOxmlElement":
    return element("tabs", element("tab", val="right", pos=twips(place)))


def _rule(side: str) -> "BaseOxmlElement":
    return element(side, val="single", sz=8, space=1, color="000000")
