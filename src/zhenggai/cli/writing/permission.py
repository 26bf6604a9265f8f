"""Refuses on this computer what the server would refuse: changes to plans and the unit book, and issued reports, by people
who are not entitled.

The clone's ``user.email`` in git is compared with the addresses in the files. Nothing is refused without git, without
``user.email``, and if the files name nobody.
"""

from collections.abc import Sequence
from pathlib import Path

from zhenggai.cli import clock
from zhenggai.errors import UsageError
from zhenggai.model.administrators import administrators, is_among, issuers, plan_administrators
from zhenggai.model.plan import Plan
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, is_tracked, plan_paths
from zhenggai.reading.load import load_plan, load_units
from zhenggai.sharing import git


def refuse_changing_plan(root: Path, units: UnitBook, plan: Plan | None) -> None:
    """Raise ``UsageError`` if the user may not change the plan. None means a new plan."""
    _refuse(root, plan_administrators(units, plan, _plans(root), clock.today(plan)), "改方案")


def refuse_changing_units(root: Path, units: UnitBook) -> None:
    """Raise ``UsageError`` if the user may not change the unit book."""
    _refuse(root, administrators(units, _plans(root), clock.today()), "改单位册")


def refuse_issuing(root: Path, plan: Plan) -> None:
    """Raise ``UsageError`` if the user may not issue a plan's reports."""
    emails = issuers(load_units(root)[0], plan, _plans(root), clock.today(plan))
    _refuse(root, emails, "印发报告", "由他们印发")


def _plans(root: Path) -> list[Plan]:
    found = (load_plan(root, path)[0] for path in plan_paths(root)) if (root / PLANS).is_dir() else ()
    return [plan for plan in found if plan is not None]


def _refuse(root: Path, emails: Sequence[str], act: str, step: str = "把要改的发给管理") -> None:
    me = git.setting(root, "user.email") if is_tracked(root) else None
    if me and emails and not is_among(emails, me):
        may = f"  可以{act}的：{'、'.join(emails)}"
        raise UsageError(f"{me} 不能{act}，没有写入\n{may}\n  下一步：{step}；邮箱设错的，照 zhenggai doctor 说的改")
