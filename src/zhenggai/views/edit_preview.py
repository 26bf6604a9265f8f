"""What a change to the plan or the unit book brings, as it is told before anything is written."""

from collections.abc import Iterator
from datetime import date, timedelta

from zhenggai.rules.checks.edit_effects import Consequences
from zhenggai.rules.day.snapshot import TaskState
from zhenggai.views.selection import state_word

_MOST = 10  # tasks that are named one by one


def consequence_lines(made: Consequences, day: date) -> Iterator[str]:
    """What becomes of the tasks, a fact a line."""
    eve = day - timedelta(days=1)
    yield from _named("新增任务", made.came)
    yield from _named(f"不再有任务（此前的记录保留，--as-of {eve} 仍可查）", made.went)
    moved = [f"{a.name} 转由{b.unit}承担" for a, b in made.changed if a.unit != b.unit]
    dated = [
        f"{b.name} 截止日 {a.head.due or '无'} → {b.head.due or '无'}"
        for a, b in made.changed
        if a.head.due != b.head.due
    ]
    for lines in (moved, dated):
        yield from lines[:_MOST]
        if len(lines) > _MOST:
            yield f"……共 {len(lines)} 件"
    yield from _named("已办结而要求有变，请核实是否仍算办结", made.suspect)
    if not (made.came or made.went or made.changed):
        yield f"自 {day} 起，任务和截止日都不变"


def _named(what: str, tasks: tuple[TaskState, ...]) -> Iterator[str]:
    if tasks:
        more = f" 等 {len(tasks)} 件" if len(tasks) > _MOST else ""
        yield f"{what}：" + "、".join(f"{t.name}（{state_word(t)}）" for t in tasks[:_MOST]) + more
