"""The gallery's frame: a plan of one measure to which a sample adds its lines, and what one check says of it, line by line."""

from datetime import date
from pathlib import Path

from small_repo import HEAD, UNITS, ledger_files, write
from zhenggai.ledger.whole import check_root
from zhenggai.rules.checks.table import CHECKS

MEASURE = (
    HEAD  # lines 1 to 11
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - 编号: 1-1
    内容: 制定办法
    牵头单位: 县委办公室
    责任单位: 县教育局
    责任人: 局长
    阶段: [1]
"""
)  # a sample's own lines begin at line 21, four blanks in

DATED = "    类别: 限期整改\n    时限: 2020年6月底前\n"


def plan_with(*lines: str) -> str:
    """The plan of one measure with a sample's own lines, from line 21 on."""
    return MEASURE + "".join(f"    {line}\n" for line in lines)


def said(
    root: Path,
    *names: str,
    plan: str = MEASURE + DATED,
    units: str = UNITS,
    ledger: str = "",
    files: dict[str, str] | None = None,
    as_of: str = "2020-03-15",
    today: date | None = None,
) -> list[str]:
    """What reading and the checks of those names say of a small repo, as ``check`` prints it; no other check has a say."""
    checks = [check for check in CHECKS if check.name in names]
    assert len(checks) == len(names), names
    write(root, {"plans/units.yaml": units, "plans/p.yaml": plan} | ledger_files(ledger) | (files or {}))
    return [str(diagnostic) for diagnostic in check_root(root, None, date.fromisoformat(as_of), today, checks=checks)]
