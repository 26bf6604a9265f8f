"""What the words of a ledger say of a task's state. A word that is not known has no meaning here; it is never guessed."""

import re
from enum import Enum
from typing import Final
from unicodedata import normalize

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_MARKS: Final = re.compile(r"[\s。.；;！!]")


class Standing(Enum):
    """How a task stands, the most that can be said first."""

    CLOSED = "已销号"
    DONE = "已完成"
    BASICALLY_DONE = "基本完成"
    GOING_ON = "整改中"
    NOT_BEGUN = "未启动"


_LASTING: Final = r"(并|,|，|、)?(长期|持续|常态化?)?(坚持|推进|巩固)?"
_WORK: Final = r"(整改|办理|任务|工作|问题|措施)?"
_WORDS: Final = (
    (
        Standing.CLOSED,
        rf"(已|完成|已完成|已整改|整改到位|已办结)?{_WORK},?已?(完成)?销号",
    ),
    (
        Standing.BASICALLY_DONE,
        rf"已?(经)?(基本|阶段性|主体|大体){_WORK}(完成|到位|办结|落实|解决){_WORK}{_LASTING}",
    ),
    (
        Standing.DONE,
        rf"(已经?|现已)?(全部|全面|按期|如期|提前|均已?)*{_WORK}(完成|完毕|到位|办结|办毕|落实|解决|兑现|完结){_WORK}(到位|完成)?{_LASTING}|已整改|已兑现",
    ),
    (
        Standing.GOING_ON,
        rf"(正在|正)?(有序|持续|加快|扎实|稳步)?(整改|推进|进行|办理|落实|实施|开展){_WORK}(之?中)?|(长期|持续|常态化?)(坚持|推进)"
        rf"|(部分|未全部|尚未全部)(已)?{_WORK}(完成|整改|到位|落实|办结){_WORK}|(未|尚未|还未|没有|暂未|正在)(按期|如期)?{_WORK}(完成|办结|到位|落实|解决|销号){_WORK}|序时推进|达到?序时进度|已启动|已开展|进行中|在办|跟踪督办",
    ),
    (Standing.NOT_BEGUN, rf"(未|尚未|还未|没有|暂未|待)(启动|开展|开始|整改|着手|实施|推进){_WORK}"),
)
_KNOWN: Final = tuple((standing, re.compile(words)) for standing, words in _WORDS)
_OWN: Final = ("申请销号", "初审通过", "复核通过", "公示中")
"""The program's own words for what comes after 已完成."""

_YES: Final = frozenset(("是", "√", "✓", "✔", "对", "yes", "y", "true", "已"))
_NO: Final = frozenset(("否", "×", "✗", "✘", "no", "n", "false", "未", "不"))


def standing_said(text: str) -> Standing | None:
    """What a cell of states says; None for words without a known meaning.

    >>> [said and said.value for said in map(standing_said, ("已完成", "已整改到位，长期坚持", "基本完成", "未完成", "大概吧"))]
    ['已完成', '已完成', '基本完成', '整改中', None]
    """
    word = _plain(text)
    if word in _OWN:
        return Standing.DONE
    return next((standing for standing, known in _KNOWN if known.fullmatch(word)), None)


def is_yes(text: str) -> bool | None:
    """Whether a cell of yes and no says yes; None for words that say neither.

    >>> [is_yes(text) for text in ("是", "√", "否", "未完成", "已销号", "也许")]
    [True, True, False, False, True, None]
    """
    word = _plain(text)
    if word in _YES or word in _NO:
        return word in _YES
    standing = standing_said(text)
    return None if standing is None else standing in (Standing.CLOSED, Standing.DONE)


def _plain(text: str) -> str:
    """A word as it is compared: half-width, small letters, without marks and what stands in brackets."""
    return _MARKS.sub("", _BRACKETS.sub("", normalize("NFKC", text))).lower()
