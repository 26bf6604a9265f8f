"""What each block of a document is on paper."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

from zhenggai.document import Bar, Block, Document, Heading, Para, ParaRole, Table
from zhenggai.render.docx import styles
from zhenggai.render.docx.column_widths import fit
from zhenggai.render.docx.markup import element, lines, paragraph, run, shown
from zhenggai.render.docx.page import UPRIGHT, Page
from zhenggai.render.docx.styles import twips
from zhenggai.render.docx.tables import table_element
from zhenggai.render.text import width_of
from zhenggai.render.title import title_lines
from zhenggai.render.visible import visible

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_STYLES: Final = {
    ParaRole.BODY: styles.BODY,
    ParaRole.SALUTATION: styles.PLAIN,
    ParaRole.NOTE: styles.NOTE,
    ParaRole.COMMAND: styles.PLAIN,
}
_BESIDE_DAY: Final = 4  # characters right of the day under a letter, which stands in the middle under who signs
_BLANK: Final = "　"


def title_element(document: Document, page: Page) -> "BaseOxmlElement":
    """The title of the document."""
    return paragraph(styles.TITLE, lines(_title_lines(document.title, page)))


def _title_lines(title: str, page: Page) -> list[str]:
    return title_lines(shown(title), int(page.room / styles.TITLE_SIZE))


def block_elements(blocks: Sequence[Block], page: Page, *, on_new_page: bool) -> Iterator["BaseOxmlElement"]:
    """Blocks that stand on such pages, one after the other. ``on_new_page``: the first of them is the first on its page."""
    kept_with_next = _kept_with_next(blocks)
    for nth, block in enumerate(blocks):
        match block:
            case Heading(separate=True):
                yield paragraph(styles.TITLE, lines(_title_lines(block.text, page)))
            case Heading(attachment=True):
                begins = [] if on_new_page and nth == 0 else [element("pageBreakBefore")]
                yield paragraph(styles.ATTACHMENT, [run(shown(block.text))], *begins)
            case Heading():
                style = styles.HEADINGS[min(block.level, len(styles.HEADINGS)) - 1]
                yield paragraph(style, [run(shown(block.text))])
            case Para(role=ParaRole.SIGNATURE):
                yield _signature(blocks, nth, kept=kept_with_next[nth])
            case Para():
                # a line to copy keeps its own hyphens
                text = visible(block.text).strip() if block.role is ParaRole.COMMAND else shown(block.text)
                kept = [element("keepNext")] if kept_with_next[nth] else []
                yield paragraph(_STYLES[block.role], [run(text)], *kept)
            case Bar():
                yield paragraph(styles.BODY, [run(bar_text(block))])
            case Table():
                if block.title:
                    yield paragraph(styles.TABLE_TITLE, [run(shown(block.title))])
                elif nth and isinstance(blocks[nth - 1], Para | Bar):
                    yield paragraph(styles.GAP, (), element("keepNext"))
                sizes = styles.TABLE_SIZES if page is UPRIGHT else styles.TABLE_SIZES[1:]  # ledgers are smaller
                yield table_element(block, fit(block, page.room, sizes))
                yield paragraph(styles.GAP, ())


def bar_text(bar: Bar) -> str:
    """A bar as a line of text.

    >>> bar_text(Bar("集中整改", 0.49, "4月至9月", about="时间已过")), bar_text(Bar("融入经常", None))
    ('集中整改：时间已过49%（4月至9月）', '融入经常')
    """
    share = f"{shown(bar.about)}{bar.percent}" if bar.share is not None else ""
    words = "：".join(filter(None, (shown(bar.label), share)))
    return f"{words}（{note}）" if (note := shown(bar.note)) else words


def _signs(block: Block | None) -> bool:
    return isinstance(block, Para) and block.role is ParaRole.SIGNATURE


def _kept_with_next(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks no page may end with: the text above who signs, and all up to the last line below the day (联系人, 抄送).

    >>> signed = [Para("县委督查局", role=ParaRole.SIGNATURE), Para("2020年6月30日", role=ParaRole.SIGNATURE)]
    >>> _kept_with_next([Para("1．……"), Para("特此告诫。"), *signed, Para("（联系人：，电话：）")])
    [False, True, True, True, False]
    """
    kept, is_signed = list[bool](), False
    for block, following in pairwise((*blocks, None)):
        is_body = isinstance(block, Para) and block.role is ParaRole.BODY
        is_signed = _signs(block) or (is_signed and is_body)
        goes_on = isinstance(following, Para) and following.role is ParaRole.BODY
        kept.append(isinstance(block, Para) and (_signs(following) or (is_signed and goes_on)))
    return kept


def _signature(blocks: Sequence[Block], nth: int, *, kept: bool) -> "BaseOxmlElement":
    """A line of who signs and when: in the middle above the last one, which stands four characters from the edge.

    Blanks at its end are the place to sign, and stay free.
    """
    line, *below = (block for block in takewhile(_signs, blocks[nth:]) if isinstance(block, Para))
    text, last = (each.text.rstrip(_BLANK) for each in (line, (line, *below)[-1]))
    free = len(line.text) - len(text)
    middle = _BESIDE_DAY + (width_of(shown(last)) - width_of(shown(text))) / 4
    is_below_text = nth > 0 and not (_signs(blocks[nth - 1]) or isinstance(blocks[nth - 1], Table))
    keep = [element("keepNext")] if kept else []
    space = [element("spacing", before=twips(styles.LINE))] if is_below_text else []
    edge = element("ind", right=twips(max(free or middle, 0) * styles.CHARACTER))
    return paragraph(styles.SIGNATURE, [run(shown(text))], *keep, *space, edge)
