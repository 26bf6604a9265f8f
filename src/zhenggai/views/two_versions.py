"""Two versions of one thing side by side, for whoever has to choose between them."""

from itertools import zip_longest

from zhenggai.document import Column, Document, Para, row, table
from zhenggai.frozen import frozen

_OURS, _THEIRS, _BOTH = "1 本机的", "2 别人的", "3 两边都要（本机的在前）"
_NOTHING = "（没有）"
_MOST_LINES, _MOST_BEFORE = 40, 6


@frozen
class TwoVersions:
    """The versions of a field, of some lines or of a file; None where a side has none.

    ``about`` says what it is, ``by`` who made the other version, and when.
    """

    path: str
    about: str
    base: str | None
    ours: str | None
    theirs: str | None
    by: str = ""
    both_possible: bool = False

    def document(self) -> Document:
        """What stood there before, then a column a side, a row a line."""
        before = (
            () if self.base is None else tuple(Para(f"原来的：{line}") for line in _lines(self.base)[:_MOST_BEFORE])
        )
        heads = (Column(_OURS, wrap=True), Column(f"{_THEIRS}{f'（{self.by}）' if self.by else ''}", wrap=True))
        rows = [row(*lines) for lines in zip_longest(_lines(self.ours), _lines(self.theirs), fillvalue="")]
        more = (Para(f"（只显示前 {_MOST_LINES} 行）"),) if len(rows) > _MOST_LINES else ()
        where = (Para(self.path), Para(self.about))
        return Document("两边改了同一处", (*where, *before, table(heads, rows[:_MOST_LINES]), *more))

    def choices(self) -> str:
        """What may be answered."""
        return "，".join([_OURS, _THEIRS, *([_BOTH] if self.both_possible else []), "0 都先不动"])


def _lines(text: str | None) -> list[str]:
    return [_NOTHING] if text is None else text.splitlines() or [""]
