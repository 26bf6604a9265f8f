"""Samples of checks: the files of a small ledger in which one check finds a fault, or none.

Every sample starts from the plan ``PLAN`` and the unit book ``UNITS``. ``plan_with`` and ``units_with`` replace a text in them,
``ledger_file`` adds entries.
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
    """A small ledger: its files by path, and the day of the check (``as_of``), which is also today for the check."""

    files: Files
    as_of: date


def sample(*files: Files, as_of: str = "2020-03-31") -> Sample:
    """A sample of ``PLAN``, ``UNITS`` and the given files; a given file replaces a file with the same path."""
    given: dict[str, str | bytes] = {"plans/units.yaml": UNITS, "plans/zg.yaml": PLAN}
    for more in files:
        given |= more
    return Sample(given, date.fromisoformat(as_of))


def _with(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"{old!r} does not stand there once")
    return text.replace(old, new)


def plan_with(old: str, new: str) -> Files:
    """The plan with ``old`` replaced by ``new``; ``ValueError`` unless ``old`` occurs exactly once."""
    return {"plans/zg.yaml": _with(PLAN, old, new)}


STEPS = plan_with(
    "责任人: 局长",
    "责任人: 局长\n    步骤:\n    - {编号: 1-1-1, 内容: 摸底}\n    - {编号: 1-1-2, 内容: 印发}",
)
"""The plan with two steps."""


def units_with(old: str, new: str) -> Files:
    """The unit book with ``old`` replaced by ``new``; ``ValueError`` unless ``old`` occurs exactly once."""
    return {"plans/units.yaml": _with(UNITS, old, new)}


def ledger_file(*entries: str, unit: str = "县教育局", month: str = "2020-03") -> Files:
    """A ledger file of a unit and a month, with the given entries."""
    return {f"ledgers/zg/{unit}/{month}.办公室.k3.yaml": "".join(entries)}


def entry_text(kind: str, *lines: str, on: str = "2020-03-10", recorded: str = "", nth: int = 1) -> str:
    """The text of an entry: its kind, its day ``on``, further ``lines``.

    ``recorded`` is the recording day, "" for the same day. ``nth`` gives entries of one recording day different numbers.
    """
    head = (f"- 编号: {entry_number(recorded or on, nth)}", f"  日期: {on}", f"  事项: {kind}")
    return "".join(f"{line}\n" for line in (*head, *(f"  {line}" for line in lines), "  填报人: 办公室"))


def entry_number(recorded: str, nth: int = 1) -> str:
    """The number of the ``nth`` entry of a recording day.

    >>> entry_number("2020-03-10", 2)
    '20200310-k3000002'
    """
    return f"{recorded.replace('-', '')}-k3{nth:06}"


BEGUN = entry_text("进展", "措施: 1-1", "内容: 办法初稿已完成")
"""A first progress entry about the measure."""
