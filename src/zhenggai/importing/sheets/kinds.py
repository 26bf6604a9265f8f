"""What a table of somebody's workbook is: its layout, and whether it holds a plan, progress of one, or statistics."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from zhenggai.importing.sheets.records import Records


class SheetKind(StrEnum):
    """What comes of a table."""

    PLAN = "方案"
    PROGRESS = "进展"
    STATISTICS = "统计"
    FORM = "填报"


FREE: Final = "自定"
"""The layout that is none of the known ones."""

_LAYOUTS: Final[Mapping[str, frozenset[str]]] = {
    "A": frozenset(("序号", "问题", "整改目标", "内容", "责任领导", "单位", "时限")),
    "B": frozenset(
        (
            "序号", "方面", "重点内容", "问题", "内容", "进度", "整改描述", "责任领导", "分管领导", "牵头单位", "时限",
        )
    ),
    "C": frozenset(
        (
            "序号", "问题来源", "问题类别", "问题", "整改类型", "整改目标", "时限", "完成标准", "内容", "截止日", "第一责任人",
            "牵头整改部门责任人", "已采取的整改措施", "未整改到位原因及下一步计划", "是否已完成整改", "是否销号",
        )
    ),
    "D": frozenset(
        ("序号", "单位", "问题类别", "问题", "已采取的整改措施", "时限", "责任人", "整改情况", "完成日期", "复查人", "备注")
    ),
    "E": frozenset(
        (
            "单位", "应整改数", "已整改数", "完成率", "立行立改应整改数", "立行立改已整改数", "立行立改完成率", "问责组织数",
            "问责人员数",
        )
    ),
}  # fmt: skip
"""The layouts in use, by what their columns say."""

_COUNTS: Final = ("要完成的", "负责的措施")
"""Columns of the program's own lists that count: 问题清单, 责任清单."""

_MOST: Final = 0.6
_ALMOST_ALL: Final = 0.8


def layout_of(records: Records) -> str:
    """The letter of the layout that a table is in, or ``FREE``: the one that it has most of, and whose it mostly is."""
    found = {column.field for column in records.columns if column.field}
    if {"应整改数", "已整改数"} & found and "内容" not in found:
        return "E"
    shares = {
        letter: len(found & fields) / len(fields) + len(found & fields) / len(found) / 100
        for letter, fields in _LAYOUTS.items()
        if len(found & fields) >= max(_MOST * len(fields), _ALMOST_ALL * len(found))
        and (letter != "D" or "内容" not in found)
    }
    return max(shares, key=lambda letter: shares[letter], default=FREE)


def kind_of(records: Records) -> SheetKind | None:
    """What comes of a table; None if nothing does, as it has neither problems, measures nor counts."""
    if layout_of(records) == "E" or any(map(records.has, _COUNTS)):
        return SheetKind.STATISTICS
    if records.has("问题"):
        return SheetKind.PLAN
    return SheetKind.PROGRESS if records.has("措施") or records.has("内容") else None
