"""A manuscript as one text, so that marks are found wherever lines end, and the line of any place in it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from zhenggai.frozen import frozen
from zhenggai.importing.content import Manuscript, Paragraph, Sheet
from zhenggai.importing.fields.owner_labels import fields_of
from zhenggai.importing.paper.marks import NEED_A_RUN, possible_marks
from zhenggai.importing.paper.text_tables import with_tables

_FOOTER = re.compile(
    r"[\s—–―─\-－·~]*(?:第?\s*[0-9０-９]{1,4}\s*页?)[\s—–―─\-－·~]*(?:[/／共]\s*[0-9０-９]{1,4}\s*页?)?\s*"
)
_ENTRY = re.compile(r".{0,80}?\s*(?:[.．·…。—\-_]{3,}|\t)\s*[0-9０-９]{1,4}\s*")
_CONTENTS = "目录"
_SENTENCE_END = re.compile(r"[。；;：:！？）)】》”…]\s*$|(?:方案|通知|意见|报告|清单|办法|决定)\s*$")
_LABEL = re.compile(r"\s*(\S{2,10}?)\s*[：:]")
_LONGEST_WRAPPED = 60
_FULL = 0.7
_FEWEST_WRAPPED = 3
_SHARE_WRAPPED = 0.1


@frozen
class RunningText:
    """``text`` has a line end after each paragraph and at soft breaks. ``starts`` and ``lines`` say which line begins where.

    ``tables`` are those of the manuscript, each with the place in the text where it stands.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    tables: tuple[tuple[int, Sheet], ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of a place in the text."""
        return self.lines[max(bisect_right(self.starts, offset) - 1, 0)] if self.lines else 1

    def paragraphs(self) -> list[tuple[str, int]]:
        """The paragraphs, each with its line."""
        ends = (*self.starts[1:], len(self.text))
        return [
            (self.text[start:end].rstrip("\n"), line)
            for start, end, line in zip(self.starts, ends, self.lines, strict=False)
        ]


def running_text(manuscript: Manuscript) -> RunningText:
    """The text without page numbers and without the table of contents. A sentence that was cut into lines is whole again.

    >>> text = running_text((Paragraph("一、甲", 1), Paragraph("— 2 —", 2), Paragraph("二、乙", 3)))
    >>> text.text, text.line_at(4)
    ('一、甲\\n二、乙\\n', 3)
    """
    parts = [
        part for part in with_tables(_without_contents(manuscript)) if isinstance(part, Sheet) or not _is_footer(part)
    ]
    goes_on = _cut_lines([part.text if isinstance(part, Paragraph) else "" for part in parts])
    pieces: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    tables: list[tuple[int, Sheet]] = []
    length = 0
    for number, part in enumerate(parts):
        if isinstance(part, Sheet):
            tables.append((length, part))
            continue
        piece = part.text.rstrip() if number in goes_on else f"{part.text}\n"
        piece = piece.lstrip() if number - 1 in goes_on else piece
        starts.append(length)
        lines.append(part.line)
        pieces.append(piece)
        length += len(piece)
    return RunningText("".join(pieces), tuple(starts), tuple(lines), tuple(tables))


def _is_footer(paragraph: Paragraph) -> bool:
    return len(paragraph.text) < _LONGEST_WRAPPED and _FOOTER.fullmatch(paragraph.text) is not None


def _without_contents(manuscript: Manuscript) -> Manuscript:
    """Leave out a table of contents: entries that end in a page number, and the lines under 目录 up to where the first comes again."""
    parts = tuple(
        part
        for part in manuscript
        if isinstance(part, Sheet) or len(part.text) > _LONGEST_WRAPPED or not _ENTRY.fullmatch(part.text)
    )
    texts = [re.sub(r"\s", "", part.text) if isinstance(part, Paragraph) else "" for part in parts]
    if _CONTENTS not in texts:
        return parts
    at = texts.index(_CONTENTS)
    first = next((number for number in range(at + 1, len(texts)) if texts[number]), len(texts))
    again = next((number for number in range(first + 1, len(texts)) if texts[number] == texts[first]), None)
    return parts[:at] + parts[again if again is not None else at + 1 :]


def _cut_lines(texts: Sequence[str]) -> frozenset[int]:
    """The lines that go on in the next one, if the text was cut to a width, as what is copied from a PDF file."""
    widest = max((len(text.strip()) for text in texts), default=0)
    if not widest or widest > _LONGEST_WRAPPED:
        return frozenset()
    cut = frozenset(
        number
        for number, (text, after) in enumerate(pairwise(texts))
        if len(text.strip()) >= widest * _FULL and not _SENTENCE_END.search(text) and not _begins(text.strip(), after)
    )
    return cut if len(cut) >= max(_FEWEST_WRAPPED, len(texts) * _SHARE_WRAPPED) else frozenset()


def _begins(before: str, line: str) -> bool:
    """Whether a line begins something: a number or a label. A label may begin in the line before (责任 / 单位：)."""
    line = f"{line}\n"
    mark = next(possible_marks(line), None)
    if not line.strip() or (
        mark is not None and mark.at_start and (mark.style not in NEED_A_RUN or line[mark.end - 1] in " \t\u3000.．、")
    ):
        return True
    label = _LABEL.match(line)
    return (
        label is not None
        and bool(fields_of(label[1]))
        and not any(fields_of(before[-count:] + label[1]) for count in range(1, 5))
    )
