"""Guards: conditions on entries that the transition table cannot express, such as dates, references, needs of a close-out.

A guard raises ``Refused`` or does nothing; it never changes ``head``. The table in ``transitions`` assigns guards to kinds.
"""

from datetime import date

from zhenggai.deadline.calendar import period_bounds, period_name
from zhenggai.model.entry_fields import Mark
from zhenggai.model.event_of_entry import Event
from zhenggai.model.kinds import PASSED, Kind
from zhenggai.model.labels import label_of
from zhenggai.rules.task.life import Sort, State
from zhenggai.rules.task.reported_money import bare_amounts
from zhenggai.rules.task.steps import due_of, is_done, step_name, undone_steps
from zhenggai.rules.task.task import Task
from zhenggai.rules.task.task_row import routine_of, routines
from zhenggai.rules.task.task_state import TaskState


class Refused(Exception):
    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


NO_LETTER = "“{}”不是要回复的记录"
LETTERS_ARE = "回复只针对提醒至问责、督查、回头看、退回、不同意延期、重新整改"
NOT_BEFORE = "针对的记录 {} 在它之前不存在或已作废"
LOOK_AT_BOTH = "核对“针对”的编号与两条记录的日期"
WITHDRAWN = "针对的记录 {} 已另行作废，这条更正不起作用"  # a doubt: two computers wrote without knowing of each other
RECORD_ANEW = "不必处理；原记录要恢复的，重新记录"


def missing_for_application(task: Task, head: TaskState, *, with_evidence: bool = False) -> dict[str, str]:
    """What a task lacks before it may apply for 销号: what is missing → the command that supplies it.

    No 进展 is needed, since a 完成 always says what was done. ``with_evidence`` says that the application itself has evidence.
    """
    undone = undone_steps(task, head)
    measure = task.measure.number
    each = "".join(f" --step {number}" for number in undone)
    needed = (
        ("完成记录", f'zhenggai done {measure} "完成情况"', not head.is_complete),
        (
            "一份佐证材料",
            f'申请时加 -e 文件，或 zhenggai add {measure} "说明" -e 文件',
            head.evidence == 0 and not with_evidence,
        ),
        (f"步骤 {'、'.join(undone)} 办结", f'zhenggai add {measure} "办结情况"{each}', bool(undone)),
    )
    return {what: remedy for what, remedy, lacking in needed if lacking}


def application(task: Task, head: TaskState, event: Event) -> None:
    if missing := missing_for_application(task, head, with_evidence=bool(event.flags & Mark.EVIDENCE)):
        remedies = "；".join(f"{what}：{remedy}" for what, remedy in missing.items())
        raise Refused(f"申请销号还缺 {len(missing)} 项：{'、'.join(missing)}", remedies)


def money(task: Task, head: TaskState, event: Event) -> None:
    if task.money_unit is None and event.more:
        for name, amount in bare_amounts(event):
            what = f"{label_of(name)}“{amount}”没有写单位，方案也没有写问题金额"
            raise Refused(what, f"写成 {amount}万元、{amount}元 的样子")


def case(task: Task, head: TaskState, event: Event) -> None:
    if event.ref not in head.case:
        raise Refused(f"针对的 {event.ref} 不是本次销号申请", f"应针对 {head.case[-1] if head.case else '本次申请'}")


def second_review(task: Task, head: TaskState, event: Event) -> None:
    case(task, head, event)
    if event.value == PASSED and task.outside_acceptor and not event.flags & Mark.ACCEPTED_BY:
        raise Refused(f"由{task.outside_acceptor}验收，复核通过没有写验收人", "补上一行 验收人: …，写谁验收的")


def on_site(task: Task, head: TaskState, event: Event) -> None:
    if not event.flags & Mark.EVIDENCE:
        raise Refused("现场核查没有佐证", "附上照片或核查记录（-e 文件），或写文号")


def of_close_out(task: Task, head: TaskState, event: Event) -> None:
    if event.ref != head.case[-1]:
        raise Refused(f"针对的 {event.ref} 不是本轮的销号", f"应针对 {head.case[-1]}")


def close_out(task: Task, head: TaskState, event: Event) -> None:
    case(task, head, event)
    if head.state is State.SECOND_PASSED and task.notice_days:
        raise Refused("尚未公示，不能销号", "先记“销号公示”")
    if head.notice_end and event.date <= head.notice_end:
        raise Refused(f"公示到 {head.notice_end} 才满，不能销号", "公示期满次日起再销号")


def reopening(task: Task, head: TaskState, event: Event) -> None:
    if head.state is State.IN_PROGRESS and (head.relapse is None or head.relapse != event.ref):
        raise Refused("任务正在整改，无需重新整改", "只有针对本轮反弹的记录，才可为整改中的任务另定时限")
    if event.until is not None and event.until <= event.date:
        raise Refused(f"时限 {event.until} 不晚于重新整改的 {event.date}", "写明以后的日期")


def extension_request(task: Task, head: TaskState, event: Event) -> None:
    step = event.step
    due = due_of(task, head, step)
    if due is None:
        raise Refused(f"{f'步骤 {step} ' if step else '任务'}没有截止日，无从延期", "核对措施和步骤的编号")
    if step and is_done(step, head):
        raise Refused(f"步骤 {step} 已办结，不用延期", "核对步骤编号")
    _in_time(due, event)
    _later(due, event)
    if step:
        _within(head, event)


def _in_time(due: date | None, event: Event) -> None:
    if due is not None and event.date > due:
        what = "转长期" if event.kind is Kind.TO_LONG_TERM else "延期"
        raise Refused(f"{what}须在到期（{due}）之前申请", "逾期后请向督办单位说明")


def _later(due: date | None, event: Event) -> None:
    if event.until is not None and due is not None and event.until <= due:
        raise Refused(f"延至 {event.until} 不晚于现时限 {due}", "写明更晚的日期")


def _within(head: TaskState, event: Event) -> None:
    """Refuse a date of a step that is after the due date of the task."""
    if head.due and event.until and event.until > head.due:
        raise Refused(
            f"步骤延至 {event.until}，晚于整项措施的截止日 {head.due}", "先申请整项措施延期，或写早一些的日期"
        )


def extension_answer(task: Task, head: TaskState, event: Event) -> None:
    if head.request(event.ref) is None:
        raise Refused(f"{event.ref} 不是待批的延期申请", "针对尚未答复的那条申请")


def extension_grant(task: Task, head: TaskState, event: Event) -> None:
    extension_answer(task, head, event)
    request = head.request(event.ref)
    if request and request.kind is Kind.TO_LONG_TERM:
        next_review(task, head, event)
    elif request:
        _later(due_of(task, head, request.step), event)
        if request.step:
            _within(head, event)


def occurrence(task: Task, head: TaskState, event: Event) -> None:
    period = str(event.value)
    try:
        start, end = period_bounds(period)
    except ValueError:
        start, end = date.max, date.max
    step = event.step
    routine = routine_of(task, head, step)
    if routine is None and not step and task.sort is Sort.RECURRING:
        raise Refused(f"频次“{task.schedule.words}”读不出，没有期次", "请管方案的单位改正频次的写法")
    if routine is None:
        having = "、".join(r.step or "整项措施" for r in routines(task, head))
        raise Refused(
            f"{step_name(step, '') if step else '整项措施'}没有频次，不记例行", f"有频次的是：{having or '无'}"
        )
    known = [r.recurrence for r in routine.rhythms if r.until is None or start < r.until]
    if not any(period == o.period for recurrence in known for o in recurrence.occurrences(start, end)):
        now = routine.rhythm
        written = period_name(now.recurrence.step, event.date) if now else "2020-05、2020-Q2"
        raise Refused(f"期次“{period}”与频次“{routine.words}”不符", f"期次写成 {written} 的样子")
    if start > event.date:
        raise Refused(f"期次 {period} 尚未开始", "核对期次与日期")
    if any((duty.step, duty.period) == (step, period) for duty in head.duties):
        raise Refused(f"期次 {period} 已有记录", "如需改动，请记“更正”")


def to_long_term(task: Task, head: TaskState, event: Event) -> None:
    """转长期 is a kind of extension: the request must come before the due date."""
    _in_time(head.due, event)
    next_review(task, head, event)


def next_review(task: Task, head: TaskState, event: Event) -> None:
    if event.until is not None and event.until <= event.date:
        raise Refused(f"下次评估 {event.until} 不晚于这次的日期 {event.date}", "写明以后的日期")
