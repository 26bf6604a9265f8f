"""Samples of checks: the files of a small ledger in which one check finds something, or nothing.

Every sample is the plan ``PLAN`` with the units ``UNITS``, but for what is given: ``plan`` and ``units`` replace texts in them,
``ledger`` adds entries.
"""

from collections.abc import Mapping
from datetime import date

from zhenggai.frozen import frozen

Files = Mapping[str, str | bytes]

UNITS = """\
单位:
- {名称: 县委办公室}
- {名称: 县委组织部}
- {名称: 县委督查局}
- {名称: 县教育局}
"""

PLAN = """\
编号: zg
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}
问题:
- 编号: 1
  内容: 学习不深入
  措施:
  - 编号: 1-1
    内容: 制定学习办法
    类别: 限期整改
    时限: 2020年6月底前
    牵头单位: 县委办公室
    责任单位: 县教育局
    责任人: 局长
"""


@frozen
class Sample:
    """The files of a small ledger, by path; the day as of which it is checked, which is also today by the clock."""

    files: Files
    as_of: date


def sample(*files: Files, as_of: str = "2020-03-31") -> Sample:
    """A sample: plan and units, but where the given files replace them, and the further ones."""
    given: dict[str, str | bytes] = {"plans/units.yaml": UNITS, "plans/zg.yaml": PLAN}
    for more in files:
        given |= more
    return Sample(given, date.fromisoformat(as_of))


def _with(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old!r} does not stand there once")
    return text.replace(old, new)


def plan_with(old: str, new: str) -> Files:
    """The plan with one text in place of another."""
    return {"plans/zg.yaml": _with(PLAN, old, new)}


STEPS = plan_with(
    "责任人: 局长",
    "责任人: 局长\n    步骤:\n    - {编号: 1-1-1, 内容: 摸底}\n    - {编号: 1-1-2, 内容: 印发}",
)
"""The plan with two steps."""


def units_with(old: str, new: str) -> Files:
    """The unit book with one text in place of another."""
    return {"plans/units.yaml": _with(UNITS, old, new)}


def ledger_file(*entries: str, unit: str = "县教育局", month: str = "2020-03") -> Files:
    """A unit's ledger file of a month."""
    return {f"ledgers/zg/{unit}/{month}.办公室.k3.yaml": "".join(entries)}


def entry_text(kind: str, *lines: str, on: str = "2020-03-10", recorded: str = "", nth: int = 1) -> str:
    """An entry of a day with further lines, recorded on that day or another; ``nth`` tells entries of one recording day apart."""
    head = (f"- 编号: {entry_number(recorded or on, nth)}", f"  日期: {on}", f"  事项: {kind}")
    return "".join(f"{line}\n" for line in (*head, *(f"  {line}" for line in lines), "  填报人: 办公室"))


def entry_number(recorded: str, nth: int = 1) -> str:
    """The number of an entry.

    >>> entry_number("2020-03-10", 2)
    '20200310-k3000002'
    """
    return f"{recorded.replace('-', '')}-k3{nth:06}"


BEGUN = entry_text("进展", "措施: 1-1", "内容: 办法初稿已完成")
"""The first entry about the measure."""
