"""The sections of a document: upright pages for text, pages on their side for wide tables and what belongs to them.

Each letter among letters is a paper of its own, with pages from 1.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from zhenggai.document import Block, Document, Heading, Letterhead, Para, ParaRole, Table
from zhenggai.render.docx import styles
from zhenggai.render.docx.blocks import block_elements, title_element
from zhenggai.render.docx.column_widths import fit
from zhenggai.render.docx.letterhead import head_elements, imprint_elements
from zhenggai.render.docx.markup import paragraph
from zhenggai.render.docx.page import SIDEWAYS, UPRIGHT, WIDE, Page, section_properties
from zhenggai.render.text import width_of
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_READABLE: Final = styles.TABLE_SIZES[:3]  # of tables on upright pages; others lie on their side
_LITTLE: Final = 20  # lines of text that a document of wide tables has at most
_FEW: Final = 8  # lines that are no page of their own between wide tables, such as who signs
_CHARACTERS: Final = 28  # a line


class Section(NamedTuple):
    """Blocks that stand on pages of one kind."""

    page: Page
    blocks: Sequence[Block]


def body_elements(document: Document, footers: Sequence["BaseOxmlElement"]) -> Iterator["BaseOxmlElement"]:
    """The text of a document in its sections."""
    sections = [
        (section, nth == 0) for paper in papers_of(document.blocks) for nth, section in enumerate(sections_of(paper))
    ]
    letterhead = document.letterhead or Letterhead()
    for nth, (section, begins_paper) in enumerate(sections):
        is_titled = nth == 0 and bool(document.title) and not _has_own_title(section.blocks)
        if nth == 0:
            yield from head_elements(letterhead, section.page)
        if is_titled:
            yield title_element(document, section.page)
        yield from block_elements(section.blocks, section.page, on_new_page=not is_titled)
        properties = section_properties(section.page, footers, from_one=begins_paper and nth > 0)
        if nth == len(sections) - 1:
            yield from imprint_elements(letterhead, section.page)
            yield properties
        else:
            yield paragraph(styles.END, (), properties)


def papers_of(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """The blocks of each paper: one, or those of each letter.

    >>> letter = Heading("整改提醒书", separate=True)
    >>> [len(paper) for paper in papers_of([letter, Para("甲"), letter])], papers_of([])
    ([2, 1], [[]])
    """
    begins = [nth for nth, block in enumerate(blocks) if nth == 0 or _has_own_title([block])]
    return [blocks[start:end] for start, end in pairwise((*begins, len(blocks)))] or [[]]


def _has_own_title(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Heading) and block.separate for block in blocks[:1])


def sections_of(blocks: Sequence[Block]) -> list[Section]:
    """The sections in order, at least one. What little text a document of wide tables has stands on their pages."""
    sections = _stretches(zip(_pages(blocks), blocks, strict=True))
    if sum(_height(section) for section in sections if section.page is UPRIGHT) <= _LITTLE:
        wide = next((section.page for section in sections if section.page is not UPRIGHT), UPRIGHT)
        return _stretches((wide if page is UPRIGHT else page, block) for page, blocks in sections for block in blocks)
    pages = [section.page for section in sections]
    for nth, section in enumerate(sections):
        if section.page is UPRIGHT and _height(section) <= _FEW:
            pages[nth] = (pages[:nth] or pages[1:2] or [UPRIGHT])[-1]
    return _stretches((page, block) for page, section in zip(pages, sections, strict=True) for block in section.blocks)


def _stretches(pairs: Iterable[tuple[Page, Block]]) -> list[Section]:
    found = groupby(pairs, key=lambda pair: pair[0])
    return [Section(page, [block for _, block in pairs]) for page, pairs in found] or [Section(UPRIGHT, ())]


def _height(section: Section) -> int:
    return sum(map(_lines, section.blocks))


def _pages(blocks: Sequence[Block]) -> list[Page]:
    """The page of each block. A heading goes with what it is above, a note with what it is below."""
    pages: list[Page] = []
    for block in blocks:
        is_note = isinstance(block, Para) and block.role is ParaRole.NOTE
        pages.append(pages[-1] if is_note and pages else _page_of_table(block) if isinstance(block, Table) else UPRIGHT)
    for n in reversed(range(len(blocks) - 1)):
        if isinstance(blocks[n], Heading):
            pages[n] = pages[n + 1]
    return pages


def _page_of_table(table: Table) -> Page:
    if not table.landscape and fit(table, UPRIGHT.room, _READABLE).is_whole:
        return UPRIGHT
    return SIDEWAYS if fit(table, SIDEWAYS.room, styles.TABLE_SIZES).is_whole else WIDE


def _lines(block: Block) -> int:
    """How many lines a block takes on an upright page, about."""
    if isinstance(block, Table):
        return 2 + len(block.rows)
    text = block.text if isinstance(block, Heading | Para) else ""
    return 1 + (width_of(visible(text)) + 4) // (2 * _CHARACTERS)
