"""How a change of the plan or the unit book is shown, confirmed and written; what it does to the tasks is told before."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import typer

from zhenggai.cli import who
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.book import Book
from zhenggai.model.source import Level
from zhenggai.rules.amending import Effect, effect_of
from zhenggai.rules.state import TaskState
from zhenggai.store.editing import FileEdit
from zhenggai.views.selection import state_word

_MOST = 10  # tasks that are named one by one


@frozen
class Wish:
    """How the user wants it done."""

    assured: bool
    only_shown: bool


def to_be_asked(given: Mapping[str, tuple[str | None, str]]) -> bool:
    """Whether something is missing that must be asked for; where nobody can be, it is refused, all of it at once.

    ``given`` has what was given, and how it is given.
    """
    missing = [(what, how) for what, (value, how) in given.items() if not (value or "").strip()]
    if missing and not who.at_terminal():
        lines = "\n".join(f"  缺 {what}：{how}" for what, how in missing)
        raise UsageError(f"还缺 {len(missing)} 项，没有写入\n{lines}")
    return bool(missing)


def carry_out(root: Path, edit: FileEdit, books: Sequence[tuple[Book, Book]], day: date, wish: Wish) -> bool:
    """Show what would be written and what that does as of ``day``, and write it; whether it was written.

    ``books`` has each plan's book before and after. Raises ``UsageError`` for what is wrong with the change.
    """
    effects = [effect_of(before, after, day) for before, after in books]
    faults = dict.fromkeys(p for effect in effects for p in effect.objections)
    if errors := [p for p in faults if p.level is Level.ERROR]:
        raise UsageError("没有写入：\n" + "\n".join(f"  {p.what}\n    {p.remedy}" for p in errors))
    _show(f"{edit.path}：", *edit.lines(), *(line for effect in effects for line in effect_lines(effect, day)))
    _show(*(f"注意：{p.what}（{p.remedy}）" for p in faults))
    _show(*(f"注意：记录不再符合（{p.source}）：{p.what}" for effect in effects for p in effect.refusals))
    if wish.only_shown:
        return False
    if who.at_terminal() and not wish.assured:
        typer.confirm("这样写入？", abort=True, err=True)
    edit.write(root)
    return True


def _show(*lines: str) -> None:
    for line in lines:
        typer.echo(line, err=True)


def effect_lines(effect: Effect, day: date) -> Iterator[str]:
    """What becomes of the tasks, a fact a line."""
    eve = day - timedelta(days=1)
    yield from _named("新增任务", effect.came)
    yield from _named(f"不再有任务（此前的记录保留，--as-of {eve} 仍可查）", effect.went)
    moved = [f"{_name(a)} 转由{b.unit}承担" for a, b in effect.changed if a.unit != b.unit]
    dated = [
        f"{_name(b)} 截止日 {a.head.due or '无'} → {b.head.due or '无'}"
        for a, b in effect.changed
        if a.head.due != b.head.due
    ]
    for lines in (moved, dated):
        yield from lines[:_MOST]
        if len(lines) > _MOST:
            yield f"……共 {len(lines)} 件"
    yield from _named("已办结而要求有变，请核实是否仍算办结", effect.suspect)
    if not (effect.came or effect.went or effect.changed):
        yield f"自 {day} 起，任务和截止日都不变"


def _named(what: str, tasks: tuple[TaskState, ...]) -> Iterator[str]:
    if tasks:
        more = f" 等 {len(tasks)} 件" if len(tasks) > _MOST else ""
        yield f"{what}：" + "、".join(f"{_name(t)}（{state_word(t)}）" for t in tasks[:_MOST]) + more


def _name(task: TaskState) -> str:
    return f"{task.measure} {task.unit}"
