"""Effects of an entry or an edit, shown before and after it is written: state, dates, owner, steps left, who acts next."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from zhenggai.model.money import money_text
from zhenggai.rules.checks.edit_effects import Consequences
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.rules.task.steps import dated_steps, is_done, steps_of
from zhenggai.views.fact_lines import claimed, state_fact
from zhenggai.views.selection import state_word


def course(before: SnapshotTask, after: SnapshotTask) -> str:
    """One line for a preview: the task's state, its next state, and the dates that change."""
    states = dict.fromkeys((state_word(before), state_word(after)))
    return "，".join([" → ".join(states), *_new_dates(before, after)])


def course_lines(before: SnapshotTask, after: SnapshotTask) -> Iterator[str]:
    """The task's state after the entry, then each difference on a line of its own."""
    was = "" if state_word(after) == state_word(before) else f"（原 {state_word(before)}）"
    yield f"{after.measure} {state_fact(after)}{was}"
    yield from _new_dates(before, after)
    yield from _news(before, after)
    if percent := claimed(after):
        yield f"进度 {percent}"
    if after.row.money != before.row.money:
        from zhenggai.views.money import done_words  # imported here: few entries are about money

        yield f"累计{done_words(after.row.money, after.task.money_unit) or '0元'}"


def money_warning(before: SnapshotTask, after: SnapshotTask, then: Snapshot) -> Iterator[str]:
    """A line if more is rectified now than there is of 问题金额: most often the unit is wrong, or the sum was written again."""
    if after.row.money.rectified <= before.row.money.rectified:
        return
    from zhenggai.rules.day.money_sums import plan_money  # imported here, as above
    from zhenggai.views.money import in_words

    around = plan_money(then).around(after)
    name, sums = next(((name, sums) for name, sums in around if sums.excess), ("", None))
    if sums and sums.amount is not None:
        done, amount = in_words(sums.done.rectified, sums), in_words(sums.amount, sums)
        yield f"注意：{name} 已整改{done}，多于问题金额{amount}；核对单位，整改金额只写这一次新增的"
        yield "　　写错了的，用 zhenggai undo 收回这一条"


_DATES = {"due": "截止", "visited": "现场核查", "notice_end": "公示至", "filed": "备案"}


def _step_dates(before: SnapshotTask, after: SnapshotTask) -> list[str]:
    """The due dates of steps that the entry sets."""
    was = {step.number: step.due for step in steps_of(before.task, before.head)}
    now = [step for step in steps_of(after.task, after.head) if step.due and step.due != was.get(step.number)]
    return [f"{step.name} 截止 {step.due}（原 {was.get(step.number)}）" for step in now]


def _new_dates(before: SnapshotTask, after: SnapshotTask) -> list[str]:
    """The dates that the entry sets, each with the previous one."""
    pairs = [(label, getattr(before.head, name), getattr(after.head, name)) for name, label in _DATES.items()]
    pairs.insert(1, ("下次评估", before.next_review, after.next_review))
    dates = [f"{label} {new}" + (f"（原 {old}）" if old else "") for label, old, new in pairs if new and new != old]
    return [*dates, *_step_dates(before, after)]


def _news(before: SnapshotTask, after: SnapshotTask) -> Iterator[str]:
    if after.head.claimed and (_people(before), before.head.claimed) != (_people(after), after.head.claimed):
        yield f"已认领：{_people(after) or '责任人未写明'}"
    if steps_of(before.task, before.head) != steps_of(after.task, after.head) or before.head.steps != after.head.steps:
        yield from _steps(after)
    if after.head.is_complete and not before.head.is_complete:
        left = [step.step.name for step in before.status.steps if not is_done(step.step.number, after.head)]
        yield from [f"没有办结、今后不再跟踪的：{'、'.join(left)}"] if left else []
    if after.head.state is State.APPLIED and before.head.state is not State.APPLIED:
        yield f"等待初审：{'、'.join(sorted(after.task.first_reviewers)) or '方案未指定'}"
    if after.head.state is State.FIRST_PASSED is not before.head.state and (outside := after.task.outside_acceptor):
        yield f"等待{outside}验收，由{after.task.second_reviewer or '（方案未指定）'}代为记录"
    if set(after.head.pending) - set(before.head.pending):
        yield f"等待答复：{after.task.second_reviewer or '方案未指定'}"
    if after.head.duties != before.head.duties and (missing := after.status.duties.unfilled):
        yield f"仍缺期次：{'、'.join(duty.name for duty in missing)}"


def _people(task: SnapshotTask) -> str:
    named = (("责任领导", task.leader), ("责任人", task.person))
    return "；".join(f"{label} {name}" for label, name in named if name)


def _steps(task: SnapshotTask) -> Iterator[str]:
    """One line per step, with whether it is done."""
    for step in steps_of(task.task, task.head):
        ends = step.to_be_done or step.due
        done = "已办结" if is_done(step.number, task.head) else "未办结" if ends else "经常"
        yield f"步骤 {step.number} {step.content}（{done}）"


_MOST = 10  # tasks that are listed by name


def consequence_lines(made: Consequences, day: date) -> Iterator[str]:
    """The effects of an edit on the tasks, one per line."""
    eve = day - timedelta(days=1)
    yield from _named("新增任务", made.came)
    yield from _named(f"不再有任务（此前的记录保留，--as-of {eve} 仍可查）", made.went)
    moved = [f"{a.name} 转由{b.unit}承担" for a, b in made.changed if a.unit != b.unit]
    dated = [
        f"{b.name} 截止日 {a.head.due or '无'} → {b.head.due or '无'}"
        for a, b in made.changed
        if a.head.due != b.head.due
    ]
    steps = [line for a, b in made.changed for line in _other_dates(a, b)]
    for lines in (moved, dated, steps):
        yield from lines[:_MOST]
        if len(lines) > _MOST:
            yield f"……共 {len(lines)} 件"
    yield from _money_lost(made)
    yield from _named("已办结而要求有变，请核实是否仍算办结", made.suspect)
    if not (made.came or made.went or made.changed):
        yield f"自 {day} 起，任务和截止日都不变"


def _money_lost(made: Consequences) -> Iterator[str]:
    """The money that the sums lose together with tasks: 不再计入合计：问题金额20万元、已整改8万元."""
    before, after = made.money
    parts = (
        ("问题金额", (before.amount or 0) - (after.amount or 0)),
        ("已整改", before.done.rectified - after.done.rectified),
        ("追缴", before.done.recovered - after.done.recovered),
        ("挽回损失", before.done.loss_avoided - after.done.loss_avoided),
    )
    lost = [f"{name}{money_text(Decimal(yuan), before.unit)}{before.unit}" for name, yuan in parts if yuan > 0]
    if made.went and lost:
        yield f"不再计入合计：{'、'.join(lost)}"


def _other_dates(before: SnapshotTask, after: SnapshotTask) -> Iterator[str]:
    """The dates of steps that an edit brings or takes away."""
    was, now = ({s.number: s for s in steps_of(t.task, t.head) if s.due} for t in (before, after))
    for step in (was[number] for number in was if number not in now):
        done = "（已办结）" if is_done(step.number, before.head) else ""
        yield f"{after.name} 不再有{step.name}，截止 {step.due}{done}"
    open_ = [step.number for step in dated_steps(after.task, after.head)]
    for step in (now[number] for number in now if number not in was):
        past = "" if step.number in open_ else "（调整时已过，不跟踪）"
        yield f"{after.name} 新增{step.name}，截止 {step.due}{past}"


def _named(what: str, tasks: tuple[SnapshotTask, ...]) -> Iterator[str]:
    if tasks:
        more = f" 等 {len(tasks)} 件" if len(tasks) > _MOST else ""
        yield f"{what}：" + "、".join(f"{t.name}（{state_word(t)}）" for t in tasks[:_MOST]) + more
