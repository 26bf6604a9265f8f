"""Writes a repository with one task of many entries: reports on the days of a year, some of them corrected."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from generated.county import FIRST, LAST, PLAN, words
from generated.lives import WRITER
from zhenggai.deadline.calendar import period_name
from zhenggai.model.entries import Correction, Entry, Occurrence, Progress
from zhenggai.model.numbers import entry_number, recorded_on
from zhenggai.reading.canonical_form import entry_text

UNIT, MEASURE = "第001局", "1-1"
_CORRECTED = 0.01  # share of the reports
_DAYS = (LAST - FIRST).days + 1
_SORTS = {False: f"类别: 限期整改, 时限: {LAST.year}年{LAST.month}月{LAST.day}日前", True: "类别: 例行, 频次: 每周"}
_PLAN = f"""\
编号: {PLAN}
标题: 整改方案
年度: {FIRST.year}
印发日期: {FIRST}
审核: {{初审: 县委组织部, 复核: 县委组织部}}
督办单位: 县委组织部
问题:
- 编号: 1
  内容: 一件任务
  措施:
  - {{编号: {MEASURE}, 内容: 一项措施, SORT, 责任单位: {UNIT}, 责任人: 主要负责人}}
"""


def write_one_task(root: Path, entries: int, *, recurring: bool) -> None:
    """Write a repository whose one task has this number of entries. Those of a recurring one are what was done of it each week, and reports."""
    (root / "plans").mkdir(parents=True)
    (root / f"plans/{PLAN}.yaml").write_bytes(_PLAN.replace("SORT", _SORTS[recurring]).encode())
    (root / "plans/units.yaml").write_bytes(f"单位: [县委组织部, {UNIT}]\n".encode())
    files: dict[str, list[str]] = {}
    for entry in sorted(_entries(entries, recurring=recurring), key=lambda entry: entry.number):
        files.setdefault(f"{recorded_on(entry.number):%Y-%m}", []).append(entry_text(entry))
    for month, texts in files.items():
        path = root / "ledgers" / PLAN / UNIT / f"{month}.{WRITER}.aa.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(texts).encode())


def _entries(count: int, *, recurring: bool) -> Iterator[Entry]:
    draw, reports = random.Random(1), list[str]()
    week = ""
    for nth in range(count):
        day = FIRST + timedelta(days=nth * _DAYS // count)
        stamp: dict[str, Any] = {"number": entry_number(day, nth, nth), "date": day, "writer": WRITER}
        before, week = week, period_name("week", day)
        if reports and draw.random() < _CORRECTED:
            yield Correction(**stamp, ref=draw.choice(reports), content=words(draw, 6))
        elif recurring and week != before:
            yield Occurrence(**stamp, measure=MEASURE, period=week, content=words(draw, 6))
        else:
            reports.append(stamp["number"])
            yield Progress(**stamp, measure=MEASURE, percent=95 * nth // count, content=words(draw, 9))
