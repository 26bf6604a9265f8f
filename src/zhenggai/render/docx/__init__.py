"""Word files as GB/T 9704-2012 wants them: its page, its fonts and levels, its tables.

Each block of a document becomes paragraphs or a table (``blocks``), in sections of upright pages and pages on their side
(``sections``); ``package`` makes the file of them with python-docx. Lengths are in points where nothing else is said.
"""

from typing import TYPE_CHECKING

from zhenggai.render.docx.package import word_file
from zhenggai.render.docx.sections import body_elements

if TYPE_CHECKING:
    from zhenggai.document import Document, Report


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> bytes:
    """The report's document as a Word file; ``width`` and ``colour`` have no effect."""
    return docx_of(report.document())


def docx_of(document: "Document") -> bytes:
    """``document`` as a Word file; the same document is the same file."""
    return word_file(lambda footers: list(body_elements(document, footers)))
