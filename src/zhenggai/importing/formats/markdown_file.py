"""A text in Markdown, as it would be printed: without marks of headings, lists and emphasis; its tables as tables."""

import re
from collections.abc import Iterator

from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet

_BEFORE = re.compile(r"^(?:>\s?)*(?:#{1,6}\s+|[-*+]\s+(?=\S))?")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE = re.compile(r"^(?:[-*_]\s*){3,}$")  # a line across the page
_TABLE_LINE = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")  # below the heads of a table
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def as_printed(paragraphs: Manuscript) -> Manuscript:
    """The paragraphs of a Markdown text without its marks."""
    return tuple(_printed([item for item in paragraphs if isinstance(item, Paragraph)]))


def _printed(lines: list[Paragraph]) -> Iterator[Paragraph | Sheet]:
    rows: list[Row] = []
    for line in lines:
        if line.text.startswith("|"):
            if not _TABLE_LINE.match(line.text):
                cells = _BAR.split(line.text.strip().removeprefix("|").removesuffix("|"))
                rows.append(Row(line.line, tuple(Cell(_plain(_BREAK.sub("\n", cell))) for cell in cells)))
            continue
        if rows:
            yield Sheet("", tuple(rows))
            rows = []
        if not _LINE.match(line.text) and (text := _plain(_BEFORE.sub("", line.text))):
            yield Paragraph(text, line.line)
    if rows:
        yield Sheet("", tuple(rows))


def _plain(text: str) -> str:
    r"""The text without emphasis and escapes.

    >>> _plain("**（一）学习** 1\\. 甲 * 乙")
    '（一）学习 1. 甲 * 乙'
    """
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", text)).strip()
