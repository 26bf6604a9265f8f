"""The plan and the unit book of a county. Each unit has ten tasks, in proportions like those of the shipped plan."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from zhenggai.deadline.calendar import add_months

PLAN = "nian"
LAST = date.today() - timedelta(days=1)  # the year ends yesterday, as most queries are about the recent past
FIRST = LAST - timedelta(days=363)
LEAST = 10  # the least number of units
PER_UNIT = 1000  # entries of a unit in the year
OFFICES = ("县委组织部", "县委督查局", "县纪委监委", "县委办公室", "县委宣传部")
CLASSES = ("县直单位", "乡镇", "社区", "学校")
_SHARES = (20, 20, 45, 15)  # units of each class, of a hundred
_WORDS = re.findall("..", "制定完善召开开展党建责任制度支部会议整改自查督促落实考核培训台账问题书记乡镇机关走访谈心")
_PROBLEMS, _MEASURES = 6, 5


def month(nth: int) -> date:
    """The first day of a month of the year. Month 1 is the first whole month; numbers above 12 go on."""
    return add_months(FIRST.replace(day=1), nth)


def _month(nth: int) -> str:
    return f"{month(nth).year}年{month(nth).month}月"


_SORTS = (
    f"类别: 限期整改, 时限: {_month(6)}底前",
    f"类别: 限期整改, 时限: {_month(9)}底前",
    f"类别: 限期整改, 时限: {_month(11)}底前",
    "类别: 限期整改",
    f"类别: 分阶段整改, 时限: {_month(12)}20日前",
    f"类别: 限期整改, 时限: {_month(8)}15日前",
    f"类别: 长期坚持, 下次评估: {month(4)}",
    "类别: 例行, 频次: 每月",
    f"类别: 限期整改, 时限: {_month(10)}至{_month(13)}",
    "类别: 立行立改",
)
"""The sorts of a unit's ten tasks. Each of the thirty measures has one of these sorts and belongs to some classes."""
_HEAD = f"""\
编号: {PLAN}
标题: 全县整改方案
年度: {FIRST.year}
印发日期: {FIRST - timedelta(days=13)}
审核: {{初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局, 县纪委监委]}}
督办单位: 县委督查局
阶段:
- {{编号: 1, 名称: 集中整改, 时限: {_month(0)}至{_month(9)}}}
- {{编号: 2, 名称: 持续推进, 时限: {_month(9)}至{_month(12)}}}
- {{编号: 3, 名称: 融入经常, 时限: {_month(12)}以后}}
问题:
"""


@dataclass(frozen=True)
class Size:
    """The size of a county: numbers of units and of measures."""

    units: int
    measures: int = _PROBLEMS * _MEASURES

    @classmethod
    def of(cls, entries: int) -> "Size":
        """The size of a county that writes this number of entries in a year."""
        return cls(max(entries // PER_UNIT, LEAST))


def words(draw: random.Random, number: int) -> str:
    """A text of ``number`` random words of two characters."""
    return "".join(draw.choices(_WORDS, k=number))


def unit_names(size: Size) -> Iterator[tuple[str, str]]:
    """All units with their classes, "" for the offices that lead and review."""
    yield from ((name, "") for name in OFFICES)
    rest = size.units - len(OFFICES)
    for nth in range(rest):
        kind = next(k for k, most in enumerate(_cumulated(rest)) if nth < most)
        yield f"第{nth + 1:03}{('局', '镇', '社区', '学校')[kind]}", CLASSES[kind]


def _cumulated(units: int) -> Iterator[int]:
    total = 0
    for share in _SHARES:
        total += share
        yield units * total // 100 if total < 100 else units


def write_books(root: Path, size: Size, seed: int) -> None:
    """Write the plan and the unit book."""
    folder = root / "plans"
    folder.mkdir(parents=True)
    (folder / f"{PLAN}.yaml").write_bytes((_HEAD + "".join(_problems(size, random.Random(seed)))).encode())
    classes = "".join(f"- {{名称: {name}, 别名: [各{name}]}}\n" for name in CLASSES)
    units = "".join(
        f"- {{名称: {name}{f', 类别: {kind}' if kind else ''}, 身份: [u{nth}@x.example]}}\n"
        for nth, (name, kind) in enumerate(unit_names(size))
    )
    (folder / "units.yaml").write_bytes(f"类别:\n{classes}单位:\n{units}".encode())


def _problems(size: Size, draw: random.Random) -> Iterator[str]:
    """The problems as YAML. The thirty measures belong in turn to two classes and two offices, further ones to one unit each."""
    for number in range(1, _PROBLEMS + 1):
        yield f"- 编号: {number}\n  内容: {words(draw, 6)}\n  措施:\n"
        for nth in range(1, size.measures // _PROBLEMS + 1):
            serial = (number - 1) * _MEASURES + nth - 1
            yield _measure(f"{number}-{nth}", serial, size, draw)


def _measure(number: str, serial: int, size: Size, draw: random.Random) -> str:
    sort = _SORTS[serial % len(_SORTS)]
    if size.measures == _PROBLEMS * _MEASURES:
        turn = serial // len(_SORTS)  # three times ten measures, so that each class has at least ten
        given = [f"各{CLASSES[kind]}" for kind in ((0, 1), (2,), (3,))[turn]] + [OFFICES[serial % 2 + 2], OFFICES[4]]
    else:
        given = [list(unit_names(size))[serial % size.units][0]]
    lead = OFFICES[3 + serial % 2]
    return (
        f"  - {{编号: {number}, 内容: {words(draw, 15)}, {sort}, 牵头单位: {lead}, 责任单位: [{', '.join(given)}],"
        f" 责任人: 主要负责人, 阶段: [1, 2]}}\n"
    )
