"""A manuscript as one text, so that marks are found wherever lines end, and the line of any place in it."""

import re
from bisect import bisect_right

from zhenggai.frozen import frozen
from zhenggai.importing.content import Manuscript, Paragraph, Sheet

_FOOTER = re.compile(r"[\s—–―─\-－·~]*(?:第?\s*[0-9０-９]{1,4}\s*页?)[\s—–―─\-－·~]*(?:共\s*[0-9０-９]{1,4}\s*页)?\s*")
_ENTRY = re.compile(
    r"(?P<head>.*?)\s*(?:[.．·…。—\-_]{3,}|\t)\s*[0-9０-９]{1,4}\s*"
)  # an entry of a table of contents, with its page


@frozen
class RunningText:
    """``text`` has a line end after each paragraph and at soft breaks. ``starts`` and ``lines`` say which line begins where."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    tables: tuple[tuple[int, Sheet], ...] = ()
    """Each table with the place in the text where it stands."""

    def line_at(self, offset: int) -> int:
        """The line of a place in the text."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)] if self.lines else 1

    def paragraphs(self) -> list[tuple[str, int]]:
        """The paragraphs, each with its line."""
        ends = (*self.starts[1:], len(self.text))
        return [
            (self.text[start:end].rstrip("\n"), line)
            for start, end, line in zip(self.starts, ends, self.lines, strict=True)
        ]


def running_text(manuscript: Manuscript) -> RunningText:
    """The text without page numbers and without the table of contents.

    >>> text = running_text((Paragraph("一、甲", 1), Paragraph("— 2 —", 2), Paragraph("二、乙", 3)))
    >>> text.text, text.line_at(4)
    ('一、甲\\n二、乙\\n', 3)
    """
    pieces: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    tables: list[tuple[int, Sheet]] = []
    length = 0
    for part in _without_contents(manuscript):
        if isinstance(part, Sheet):
            tables.append((length, part))
            continue
        if _FOOTER.fullmatch(part.text):
            continue
        starts.append(length)
        lines.append(part.line)
        pieces.append(f"{part.text}\n")
        length += len(part.text) + 1
    return RunningText("".join(pieces), tuple(starts), tuple(lines), tuple(tables))


def _without_contents(manuscript: Manuscript) -> Manuscript:
    """Leave out a table of contents: entries that end in a page number, and the lines under 目录 up to where the first comes again."""
    parts = tuple(
        part
        for part in manuscript
        if isinstance(part, Sheet) or len(part.text) > 200 or not _ENTRY.fullmatch(part.text)
    )
    texts = [re.sub(r"\s", "", part.text) if isinstance(part, Paragraph) else "" for part in parts]
    if "目录" not in texts:
        return parts
    at = texts.index("目录")
    first = next((number for number in range(at + 1, len(texts)) if texts[number]), len(texts))
    again = next((number for number in range(first + 1, len(texts)) if texts[number] == texts[first]), None)
    return parts[:at] + parts[again if again is not None else at + 1 :]
