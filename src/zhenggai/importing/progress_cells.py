"""What the cells of a ledger's row say of the work: its state, percent, day and texts. Words are read, never guessed at."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final
from unicodedata import normalize

from zhenggai.frozen import frozen
from zhenggai.importing.cell_values import day_of, percent_of
from zhenggai.importing.records import Record
from zhenggai.model.kinds import Kind

TEXTS: Final = ("整改描述", "整改情况", "已采取的整改措施")
"""The columns that say what was done."""

_DONE: Final = re.compile(
    r"(已经?)?(全部|按期|如期)?(完成|整改完成|完成整改|整改到位|整改完毕|办结|整改|落实|解决|兑现)(到位|完成|完毕)?(并长期坚持)?"
)
_CLOSED: Final = re.compile(r"已?销号|已完成销号|(已?完成|整改到位)[,，、(（]?已?销号[)）]?")
_BASICALLY: Final = re.compile(
    r"(已)?(基本|阶段性|主体|大体)(完成|整改到位|整改完成|完成整改)(整改|任务)?(并?长期坚持)?"
)
_GOING_ON: Final = re.compile(
    r"(正在)?(整改|推进|进行|办理|落实|实施|持续整改|持续推进|有序推进)(中|之中)?|长期坚持|持续坚持|部分(完成|整改)|(未|尚未|没有|正在)(完成|办结|整改到位|完成整改)(整改)?|序时推进|达到序时进度"
)
_NOT_BEGUN: Final = re.compile(r"(未|尚未|还未|没有|待)(启动|开展|开始|整改|着手)(整改)?")
_YES: Final = frozenset(("是", "√", "✓", "✔", "对", "yes", "y", "true", "已", "1"))
_NO: Final = frozenset(("否", "×", "✗", "✘", "no", "n", "false", "未", "0", "不"))
_SPOILT: Final = re.compile(r"#(REF|VALUE|DIV/0|N/A|NAME\?|NULL|NUM)!?")


class NotRead(Exception):
    """The words of a cell cannot be read; ``field`` is its column."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


@frozen
class Stand:
    """How a row says that the work stands: the kind of entry that this is, None if nothing was done; the cell that says it.

    ``closed``: the row says 销号. ``words``: head and text of the cell, for a row without another text.
    """

    kind: Kind | None
    field: str = ""
    words: str = ""
    closed: bool = False


def stand_of(record: Record) -> Stand | None:
    """How the work of a row stands; None if no cell says it. Raises ``NotRead`` for words that have no known meaning.

    Of several cells, the one that says the most counts: 销号, 完成, 基本完成, then 进展.
    """
    found: list[Stand] = []
    for field, when_yes in (("是否销号", _CLOSED_STAND), ("是否已完成整改", Stand(Kind.DONE))):
        if text := record.text(field):
            yes = _yes_or_no(field, text)
            found += [_of(when_yes, field, text)] if yes else []
            found += [_of(Stand(Kind.PROGRESS), field, text)] if yes is False and field != "是否销号" else []
    if text := record.text("状态"):
        found.append(_of(_state(text), "状态", text))
    elif (text := record.text("整改情况")) and _is_state(text):
        found.append(_of(_state(text), "整改情况", text))
    order = (Kind.DONE, Kind.BASICALLY_DONE, Kind.PROGRESS, None)
    return min(found, key=lambda stand: (not stand.closed, order.index(stand.kind)), default=None)


_SHORT: Final = 12  # characters of a 整改情况 that is a state, not a text
_CLOSED_STAND: Final = Stand(Kind.DONE, closed=True)


def _of(stand: Stand, field: str, text: str) -> Stand:
    return Stand(stand.kind, field, f"{field}：{text}", stand.closed)


def _plain(text: str) -> str:
    return re.sub(r"[\s。.；;]", "", normalize("NFKC", text)).lower()


def _yes_or_no(field: str, text: str) -> bool:
    word = _plain(text)
    if word in _YES or _DONE.fullmatch(word) or _CLOSED.fullmatch(word):
        return True
    if (
        word in _NO
        or _GOING_ON.fullmatch(word)
        or _NOT_BEGUN.fullmatch(word)
        or re.fullmatch(r"(未|尚未|没有|待)销号|正在(申请|审核)|申请销号", word)
    ):
        return False
    raise NotRead(field, text)


def _state(text: str) -> Stand:
    stand = _state_or_none(text)
    if stand is None:
        raise NotRead("状态", text)
    return stand


def _state_or_none(text: str) -> Stand | None:
    """The meaning of a word for a state.

    >>> [stand and stand.kind for stand in map(_state_or_none, ("已完成", "基本完成", "正在整改", "未启动", "很好"))]
    [<Kind.DONE: '完成'>, <Kind.BASICALLY_DONE: '基本完成'>, <Kind.PROGRESS: '进展'>, None, None]
    """
    word = _plain(text)
    if _CLOSED.fullmatch(word):
        return _CLOSED_STAND
    if _BASICALLY.fullmatch(word):
        return Stand(Kind.BASICALLY_DONE)
    if word in _REVIEWED or _DONE.fullmatch(word):
        return Stand(Kind.DONE)
    if _GOING_ON.fullmatch(word):
        return Stand(Kind.PROGRESS)
    return Stand(None) if _NOT_BEGUN.fullmatch(word) else None


_REVIEWED: Final = frozenset(("申请销号", "初审通过", "复核通过", "公示中"))  # our own words for states after 已完成


_MONTH: Final = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?[底末]?")


def percent_in(record: Record) -> int | None:
    """The percent of a row, None for an empty cell. Raises ``NotRead`` for other words."""
    percent = percent_of(record.cell("进度"))
    if percent is None and record.text("进度"):
        raise NotRead("进度", record.text("进度"))
    return percent


def day_in(record: Record, field: str) -> tuple[date | None, bool]:
    """The day in a cell, None for an empty one; and whether the cell names a month only, whose last day this is.

    Raises ``NotRead`` for other words.
    """
    text = normalize("NFKC", record.text(field))
    day = day_of(record.cell(field))
    if day or not text:
        return day, False
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise NotRead(field, record.text(field))
    year, month = int(found[1]), int(found[2])
    return date(year, month, monthrange(year, month)[1]), True


_SHEETS_DAY: Final = re.compile(
    r"(?:截至|截止|填报(?:日期|时间)|填表(?:日期|时间)|更新(?:日期|时间)|报送(?:日期|时间)|日期)[^\d]{0,6}"
    + r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})"
)


def sheets_day(above: Sequence[str]) -> date | None:
    """The day of a ledger, from what stands above its heads.

    >>> sheets_day(["整改台账", "填报单位：县教育局　　填报日期：2020年6月30日"])
    datetime.date(2020, 6, 30)
    """
    for text in above:
        if found := _SHEETS_DAY.search(normalize("NFKC", text)):
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def said_in(record: Record) -> tuple[str, str]:
    """What a row says was done, "" if nothing; and the first column that says it."""
    found = {field: record.text(field) for field in TEXTS}
    found = {
        field: text
        for field, text in found.items()
        if text and not _SPOILT.fullmatch(text) and not (field == "整改情况" and _is_state(text))
    }
    return "\n".join(dict.fromkeys(found.values())), next(iter(found), "")


def _is_state(text: str) -> bool:
    return len(text) <= _SHORT and _state_or_none(text) is not None
