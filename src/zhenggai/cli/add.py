"""``zhenggai add``: one progress entry, appended to the writer's own file."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock, who
from zhenggai.cli.options import PlanOption, day_option, text_option
from zhenggai.cli.output import say_problems
from zhenggai.errors import Exit, UsageError
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.model.book import Book, Record
from zhenggai.model.entries import Progress
from zhenggai.model.numbers import entry_number, measure_number, recorded_on
from zhenggai.model.source import Source
from zhenggai.model.wording import nearest_words
from zhenggai.rules.state import Picture, TaskState, state
from zhenggai.store.append import Place, append_entry, evidence_fault, name_fault
from zhenggai.store.values import Unreadable, read_percent
from zhenggai.views.history import claimed, task_facts
from zhenggai.views.selection import state_word


def parse_percent(text: str) -> int:
    """A percent from the command line, 40 or 40%."""
    try:
        return read_percent(text, lambda _: None)
    except Unreadable as error:
        raise typer.BadParameter(f"{error.what}，{error.remedy}") from None


def add(
    measure: Annotated[str | None, typer.Argument(metavar="措施", help="措施编号，如 3-2", show_default=False)] = None,
    content: Annotated[
        str | None, typer.Argument(metavar="内容", help="做了什么，一两句话", show_default=False)
    ] = None,
    percent: Annotated[
        int | None,
        typer.Option(
            "-p",
            "--percent",
            "--进度",
            help="进度，0 到 100",
            metavar="百分数",
            parser=parse_percent,
            show_default=False,
        ),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            "-e",
            "--evidence",
            "--佐证",
            help="佐证：文件（拷入附件）或文号，可多次",
            metavar="文件",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[str | None, text_option("--unit", "--单位", about="哪个单位记录", metavar="单位")] = None,
    writer: Annotated[
        str | None, text_option("--writer", "--填报人", about="填报人（岗位或科室）", metavar="填报人")
    ] = None,
    on_behalf: Annotated[
        str | None, text_option("--for", "--代录", about="代哪个责任单位记录（牵头、审核单位用）", metavar="单位")
    ] = None,
    day: Annotated[date | None, day_option("--date", "--日期", about="事情发生的日期，默认今天")] = None,
    step: Annotated[
        list[str] | None,
        typer.Option("--step", "--步骤", help="办结的步骤，如 3-5-1，可多次", metavar="步骤", show_default=False),
    ] = None,
    difficulty: Annotated[
        str | None, text_option("--difficulty", "--存在问题", about="遇到的困难", metavar="文字")
    ] = None,
    next_steps: Annotated[str | None, text_option("--next", "--下步打算", about="接下来做什么", metavar="文字")] = None,
    correct: Annotated[bool, typer.Option("--correct", "--确认降低", help="进度比上次低也照记")] = False,
    plan: PlanOption = None,
) -> Exit:
    """例：zhenggai add 3-2 "征求12个党支部意见" -p 40 -e 征求意见稿.docx　　不带参数运行则逐项询问"""
    ledger = open_ledger(Path.cwd(), plan)
    now = clock.now()
    picture = ledger.picture(now.date())
    text = (content or "").strip()
    my_unit = who.identity(ledger.root, unit, "ZHENGGAI_UNIT", "zhenggai.unit")
    my_name = who.identity(ledger.root, writer, "ZHENGGAI_WRITER", "zhenggai.writer")
    if not who.at_terminal():
        _all_given({"措施": measure, "内容": text, "单位": my_unit, "填报人": my_name})
    number = _known_measure(picture, measure or who.ask("哪项措施（如 3-2）"))
    me = _known_unit(ledger, my_unit or who.asked_once(ledger.root, "你是哪个单位", "zhenggai.unit"))
    task = _task(picture, number, me, on_behalf)
    name = my_name or who.asked_once(ledger.root, "填报人（岗位或科室，如 办公室）", "zhenggai.writer")
    if fault := name_fault(name):
        raise UsageError(f"填报人不能用：{fault}")
    text = text or who.ask("做了什么（一两句话）")
    if percent is None and who.at_terminal():
        percent = _asked_percent(task)
    happened = day or now.date()
    cited, files = _evidence(evidence or [])
    above = _last_number(task, now.date())
    entry = Progress(
        number=entry_number(now.date(), _second_of_day(now.hour, now.minute, now.second), secrets.randbits(20), above),
        date=happened,
        measure=number,
        unit=task.task.key.unit if me not in (task.task.key.unit, task.task.holder) else None,
        on_behalf=me not in (task.task.key.unit, task.task.holder),
        percent=percent,
        steps=_steps(task, step or []),
        difficulty=difficulty,
        next_steps=next_steps,
        content=text,
        evidence=cited,
        writer=name,
    )
    _refuse(ledger.book, task, entry, now.date(), correct)
    place = Place(ledger.root, ledger.book.plan.number, me, name)
    after = _after(ledger.book, entry, me, now.date())
    path = append_entry(place, entry, files)
    _say(entry, after, task, path.relative_to(ledger.root))
    return say_problems(ledger.errors(picture))


_HOW_TO_GIVE = {
    "措施": '写在命令后面，如 zhenggai add 3-2 "…"',
    "内容": "写在措施后面，加引号",
    "单位": "加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位",
    "填报人": "加 --writer 岗位，或设环境变量 ZHENGGAI_WRITER，或 git config zhenggai.writer 岗位",
}


def _all_given(given: Mapping[str, str | None]) -> None:
    """Refuse, naming everything that is missing at once: nobody is there to be asked."""
    if missing := [what for what, word in given.items() if not word]:
        lines = "\n".join(f"  缺 {what}：{_HOW_TO_GIVE[what]}" for what in missing)
        raise UsageError(f"还缺 {len(missing)} 项，没有写入\n{lines}")


def _known_measure(picture: Picture, word: str) -> str:
    number = measure_number(word)
    if number is None or number not in picture.plan.measure_by_number:
        near = nearest_words(number or word, list(picture.plan.measure_by_number))
        raise UsageError(f"计划中没有措施“{word}”\n  最接近的有：{near}")
    return number


def _known_unit(ledger: Ledger, word: str) -> str:
    """The recording unit's full name."""
    unit = ledger.book.units.unit_named(word)
    if unit is None:
        raise UsageError(f"没有单位“{word}”\n  最接近的有：{nearest_words(word, list(ledger.book.units.by_name))}")
    return unit.name


def _task(picture: Picture, number: str, me: str, on_behalf: str | None) -> TaskState:
    """The task that the entry is about; refused where the unit has no part in it."""
    tasks = picture.where(lambda t: t.measure == number)
    if on_behalf is not None:
        other = picture.units.unit_named(on_behalf)
        found = [t for t in tasks if other and other.name in (t.task.key.unit, t.unit)]
        if not found:
            raise UsageError(f"{on_behalf} 不是 {number} 的责任单位\n  责任单位有：{_names(tasks)}")
        return found[0]
    own = [t for t in tasks if me in (t.task.key.unit, t.task.holder)]
    if own:
        return next((t for t in own if t.task.key.unit == me), own[0])
    mine = "、".join(dict.fromkeys(t.measure for t in picture.tasks if t.unit == me)) or "无"
    raise UsageError(
        f"{me}不是 {number} 的责任单位，没有写入\n  {number} 的责任单位有：{_names(tasks)}\n  {me}的措施有：{mine}\n"
        "  若是代责任单位记录，加 --for 单位"
    )


def _names(tasks: tuple[TaskState, ...]) -> str:
    names = [t.unit for t in tasks]
    return "、".join(names[:8]) + (f" 等 {len(names)} 个" if len(names) > 8 else "") or "无"


def _asked_percent(task: TaskState) -> int | None:
    before = task.head.percent
    while True:
        answer = typer.prompt("进度（0 到 100，不填则不变）", default="" if before is None else str(before), err=True)
        if not str(answer).strip():
            return None
        try:
            return read_percent(str(answer), lambda _: None)
        except Unreadable as error:
            typer.echo(f"{error.what}，{error.remedy}", err=True)


def _evidence(words: list[str]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Papers that are cited by number, and files that are copied."""
    cited = [word for word in words if "〔" in word or (word.endswith("号") and not Path(word).exists())]
    files = [Path(word) for word in words if word not in cited]
    if faults := [fault for file in files if (fault := evidence_fault(file))]:
        raise UsageError("；".join(faults) + "，没有写入\n  下一步：核对路径；纸质文件请写文号，如 县组发〔2020〕12号")
    return tuple(cited), tuple(files)


def _steps(task: TaskState, words: list[str]) -> tuple[str, ...]:
    known = [step.number for step in task.task.measure.steps]
    steps = [measure_number(word) or word for word in words]
    if unknown := [step for step in steps if step not in known]:
        raise UsageError(
            f"措施 {task.measure} 没有步骤 {'、'.join(unknown)}\n  现有：{'、'.join(known) or '没有分步骤'}"
        )
    return tuple(steps)


def _last_number(task: TaskState, today: date) -> str:
    """The greatest number of the task's entries that today's must exceed."""
    numbers = [event.number for event in task.filed]
    if later := [number for number in numbers if recorded_on(number) > today]:
        raise UsageError(
            f"台账里已有 {recorded_on(max(later))} 记录的条目，晚于本机日期 {today}，没有写入\n  下一步：校正电脑的日期"
        )
    return max(numbers, default="")


def _second_of_day(hour: int, minute: int, second: int) -> float:
    return hour * 3600 + minute * 60 + second


def _refuse(book: Book, task: TaskState, entry: Progress, today: date, correct: bool) -> None:
    """Everything that speaks against the entry, at once."""
    reasons = []
    if entry.date > today:
        reasons.append(f"日期 {entry.date} 还没到（今天 {today}）")
    if entry.date < book.plan.issued:
        reasons.append(f"日期 {entry.date} 早于方案印发日期 {book.plan.issued}")
    before = task.head.percent
    if before is not None and entry.percent is not None and entry.percent < before and not correct:
        reasons.append(f"进度 {entry.percent}% 低于上次的 {before}%；确要降低，请加 --correct")
    if reasons:
        raise UsageError("没有写入：\n" + "\n".join(f"  {reason}" for reason in reasons))


def _after(book: Book, entry: Progress, me: str, today: date) -> TaskState:
    """The task with the entry; refused where the state does not allow it."""
    record = Record(entry, me, Source("（新记录）"))
    picture = state(replace(book, records=(*book.records, record)), today)
    if fault := next((p for p in picture.problems if p.source == record.source), None):
        raise UsageError(f"没有写入：{fault.what}\n  {fault.remedy}")
    return next(t for t in picture.tasks if any(e.number == entry.number for e in t.events))


def _say(entry: Progress, after: TaskState, before: TaskState, path: Path) -> None:
    """The number, and what has become of the task."""
    typer.echo(f"已记录 {entry.number}")
    was = "" if state_word(after) == state_word(before) else f"（原 {state_word(before)}）"
    typer.echo(f"{after.measure} {task_facts(after)[0]}{was}")
    if percent := claimed(after):
        typer.echo(f"进度 {percent}")
    typer.echo(f"写入 {path.as_posix()}")
