"""Two conflicting versions side by side, and the possible answers."""

from itertools import zip_longest

from zhenggai.document import Column, Document, Para, row, table
from zhenggai.model.question import Question

_OURS, _THEIRS, _BOTH = "1 本机的", "2 别人的", "3 两边都要（本机的在前）"
_NOTHING = "（没有）"
_MOST_LINES, _MOST_BEFORE = 40, 6


def side_by_side(question: Question) -> Document:
    """The earlier version, then a table with a column per side and a row per line."""
    q = question
    before = [] if q.base is None else [Para(f"原来的：{line}") for line in _lines(q.base)[:_MOST_BEFORE]]
    heads = (Column(_OURS, wrap=True), Column(f"{_THEIRS}{f'（{q.by}）' if q.by else ''}", wrap=True))
    rows = [row(*lines) for lines in zip_longest(_lines(q.ours), _lines(q.theirs), fillvalue="")]
    more = [Para(f"（只显示前 {_MOST_LINES} 行）")] if len(rows) > _MOST_LINES else []
    return Document("两边改了同一处", (Para(q.path), Para(q.about), *before, table(heads, rows[:_MOST_LINES]), *more))


def choices(question: Question) -> str:
    """The possible answers, each with its number."""
    return "，".join([_OURS, _THEIRS, *([_BOTH] if question.lines else []), "0 都先不动"])


def _lines(text: str | None) -> list[str]:
    return [_NOTHING] if text is None else text.splitlines() or [""]
