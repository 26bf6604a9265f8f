"""``zhenggai review``: first and second review (初审, 复核) of applications for close-out, one or many at a time.

With ``--extension``, the answer to requests for 延期 or 转长期.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Literal

import typer

from zhenggai.cli.offers import MEASURES_OR_PROBLEMS, STEPS, either, one_of
from zhenggai.cli.options import day_option, text_option, word_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import plain_choices
from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import OpinionOption, Oversight, overseeing
from zhenggai.cli.writing.others_tasks import show_tasks
from zhenggai.cli.writing.oversight_words import asked_word
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import ExtensionGrant, ExtensionRefusal, Review
from zhenggai.model.evidence_name import not_as_named
from zhenggai.model.kinds import PASSED, RETURNED, Kind
from zhenggai.model.numbers import measure_number
from zhenggai.model.units import UnitBook
from zhenggai.rules.day.digest import AppliedFor, applied_for
from zhenggai.rules.day.review_queue import answer_awaited, awaited, lacks_visit
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.steps import due_of
from zhenggai.views.selection import state_word
from zhenggai.writing.evidence_digests import digest_of

Answer = Literal[Kind.EXTENSION_GRANT, Kind.EXTENSION_REFUSAL]

ANSWERS: Mapping[str, Answer] = {
    "同意": Kind.EXTENSION_GRANT,
    "grant": Kind.EXTENSION_GRANT,
    "不同意": Kind.EXTENSION_REFUSAL,
    "refuse": Kind.EXTENSION_REFUSAL,
}


def answer_extensions(
    oversight: Oversight,
    which: str | None,
    given: Answer,
    step: str | None,
    to: date | None,
    reason: str | None,
    content: str | None,
) -> Exit:
    """Record one answer to a request of each chosen task that waits for this unit.

    It is the request about ``step``; without it, that about the whole task, else about the first of its steps.
    """
    writer, others, entries = oversight
    granted = given is Kind.EXTENSION_GRANT
    if granted and reason:
        raise UsageError("同意延期不用写原因，没有写入\n  下一步：意见写在 --content 里")
    if to and not granted:
        raise UsageError("不同意延期时不写 --to，没有写入\n  下一步：去掉 --to")
    oversight.need(which, {} if granted else {"原因": reason})
    tasks = others.waiting(which, answer_awaited, "答复延期")
    cause = None if granted else prompts.text("不同意的原因", reason)

    def build(task: SnapshotTask) -> Built:
        about = [request for request in task.head.pending if step in (None, request.step)]
        if not about:
            return f"{f'步骤 {step} ' if step else ''}没有待答复的延期或转长期申请"
        ref, requested, asked = min(about, key=lambda request: request.step)
        if not granted:
            return ExtensionRefusal(**entries.stamp(task), ref=ref, cause=cause, content=content)
        until = to or task.event(ref).until or writer.happened
        now = due_of(task.task, task.head, asked)
        if until <= writer.happened or (requested is Kind.EXTENSION_REQUEST and now and until <= now):
            return _too_early(now, requested, until)
        return ExtensionGrant(**entries.stamp(task), ref=ref, to=until, content=content)

    return entries.record_each(tasks, build, given)


def _too_early(now: date | None, requested: Kind, until: date) -> str:
    if requested is Kind.TO_LONG_TERM:
        return f"下次评估 {until} 已经到了，用 --to 另定日期"
    return f"延至 {until} 已经到了，或不晚于现时限 {now}，用 --to 另定日期"


Stage = Literal[Kind.FIRST_REVIEW, Kind.SECOND_REVIEW]
Verdict = Literal["通过", "退回"]

_STAGES: Mapping[str, Stage] = {
    "初审": Kind.FIRST_REVIEW,
    "first": Kind.FIRST_REVIEW,
    "复核": Kind.SECOND_REVIEW,
    "second": Kind.SECOND_REVIEW,
}
_VERDICTS: Mapping[str, Verdict] = {
    **dict.fromkeys(("pass", "通过", "同意", "ok"), "通过"),
    **dict.fromkeys(("return", "退回", "不同意", "不通过", "驳回"), "退回"),
}
_HOW_TO_GIVE = {"结论": "写 通过 或 退回"}


@overseeing
def review(
    oversight: Oversight,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[措施] 通过|退回",
            help="措施（3-2）或问题（3），不写则是等本单位审核的全部；结论写 通过 或 退回",
            show_default=False,
        ),
        either(MEASURES_OR_PROBLEMS, one_of((PASSED, RETURNED))),
    ] = None,
    stage: Annotated[
        Stage | None,
        word_option("--stage", "--环节", words=_STAGES, about="初审 或 复核，默认按任务走到哪一步", metavar="环节"),
        one_of((Kind.FIRST_REVIEW, Kind.SECOND_REVIEW)),
    ] = None,
    reason: Annotated[str | None, text_option("--reason", "--原因", about="退回、不同意的原因", metavar="文字")] = None,
    extension: Annotated[
        Answer | None,
        word_option("--extension", "--延期", words=ANSWERS, about="答复延期、转长期：同意 或 不同意", metavar="答复"),
        one_of(("同意", "不同意")),
    ] = None,
    step: Annotated[
        str | None, text_option("--step", "--步骤", about="只答复这个步骤的延期，如 3-5-1", metavar="步骤"), STEPS
    ] = None,
    to: Annotated[
        date | None, day_option("--to", "--至", about="同意延到哪一天（转长期：下次评估），默认同申请")
    ] = None,
    accepted_by: Annotated[
        str | None,
        text_option("--accepted-by", "--验收人", about="复核通过时谁验收的，如 省厅专家组", metavar="姓名"),
    ] = None,
    content: OpinionOption = None,
) -> Exit:
    """例：zhenggai review 3-2 通过 --unit 县教育局　　zhenggai 审核 退回 --问题 3 --原因 佐证不全　　zhenggai review 3-2 --extension 同意"""
    which, verdict = _sorted_out(words or [], oversight.writer.snapshot.units)
    if extension is not None:
        if verdict or stage:
            raise UsageError("答复延期时不写 通过、退回 和 --stage，没有写入\n  下一步：去掉它们，或去掉 --extension")
        about = step and (measure_number(step) or step)
        return answer_extensions(oversight, which, extension, about, to, reason, content)
    if to:
        raise UsageError("--to 只用于同意延期，没有写入\n  下一步：加 --extension 同意，或去掉 --to")
    if step:
        raise UsageError("--step 只用于答复延期，没有写入\n  下一步：加 --extension 同意，或去掉 --step")
    return _review(oversight, which, verdict, stage, reason, accepted_by, content)


def _sorted_out(words: Sequence[str], units: UnitBook) -> tuple[str | None, Verdict | None]:
    """The tasks and the verdict that the words name, in any order."""
    verdicts = [_VERDICTS[word] for word in words if word in _VERDICTS]
    places = [word for word in words if word not in _VERDICTS]
    if unclear := [word for word in places if not (word.isdecimal() or measure_number(word))]:
        unit = next((f"；只审一个单位的，加 --unit {word}" for word in unclear if units.unit_named(word)), "")
        raise UsageError(f"看不懂“{'、'.join(unclear)}”，没有写入\n  可写：措施（3-2）或问题（3），通过 或 退回{unit}")
    if len(verdicts) > 1 or len(places) > 1:
        raise UsageError(
            "只写一个措施（或问题）和一个结论，没有写入\n  下一步：分几次审核，或用 --problem、--unit 筛选"
        )
    return next(iter(places), None), next(iter(verdicts), None)


def _review(
    oversight: Oversight,
    which: str | None,
    verdict: Verdict | None,
    stage: Stage | None,
    reason: str | None,
    accepted_by: str | None,
    content: str | None,
) -> Exit:
    writer, others, entries = oversight
    if verdict == PASSED and reason:
        raise UsageError("通过不用写原因，没有写入\n  下一步：意见写在 --content 里")
    oversight.need(which, {"结论": verdict} | ({"原因": reason} if verdict == RETURNED else {}), _HOW_TO_GIVE)
    kinds: tuple[Stage, ...] = (stage,) if stage else (Kind.FIRST_REVIEW, Kind.SECOND_REVIEW)
    tasks = others.waiting(which, lambda task: awaited(task, *kinds), stage or "审核")
    stages = [due.kind for task in tasks if (due := awaited(task, *kinds))]
    if len(set(stages)) > 1:
        queued = "、".join(f"{kind} {stages.count(kind)} 件" for kind in dict.fromkeys(stages))
        raise UsageError(
            f"等{writer.unit}办的有{queued}，没有写入\n  下一步：加 --stage 初审 或 --stage 复核，分开审核"
        )
    if verdict is None:
        show_tasks(tasks, stage or "审核")
    conclusion = verdict or _VERDICTS[asked_word("结论", (PASSED, RETURNED), None)]
    cause = prompts.text("退回的原因", reason) if conclusion == RETURNED else None
    acceptance = conclusion == PASSED and Kind.SECOND_REVIEW in (stage, *stages)
    if accepted_by and not (acceptance and any(task.task.measure.acceptor for task in tasks)):
        raise UsageError(
            "--accepted-by 只用于有验收单位的措施复核通过，没有写入\n  下一步：去掉它，意见写在 --content 里"
        )
    if acceptance and not accepted_by and prompts.at_terminal():
        accepted_by = _asked_acceptor(tasks)

    read = partial(digest_of, writer.ledger.root)

    def build(task: SnapshotTask) -> Built:
        due = awaited(task)
        kind = stage or _STAGES.get(due.kind if due else "")
        if kind is None or not task.head.case:
            return f"任务{state_word(task)}，没有待审核的销号申请"
        seen = applied_for(writer.snapshot, task, task.head.case[0], read)
        if conclusion == PASSED and seen and (faults := _faults(seen)):
            return faults
        acceptor = accepted_by if task.task.measure.acceptor else None
        if acceptance and (lacking := _lacking(task, acceptor)):
            return lacking
        return Review(
            **entries.stamp(task),
            kind=kind,
            ref=task.head.case[-1],
            conclusion=conclusion,
            cause=cause,
            accepted_by=acceptor,
            application_digest=seen.digest if seen else None,
            content=content,
        )

    return entries.record_each(tasks, build, f"{next(iter(stages), stage or '审核')}{conclusion}")


def _asked_acceptor(tasks: Sequence[SnapshotTask]) -> str | None:
    """Ask who accepted the work, if somebody outside the unit book did; the acceptors that the plan names are proposed."""
    outside = plain_choices(dict.fromkeys(filter(None, (task.task.outside_acceptor for task in tasks))))
    return prompts.text("谁验收的", None, choices=outside) if outside else None


def _lacking(task: SnapshotTask, acceptor: str | None) -> str:
    """What the pass of a second review still lacks, and how to supply it: who accepted, the visit; "" if nothing."""
    lacking: list[tuple[str, str]] = []
    if task.task.outside_acceptor and not acceptor:
        lacking.append((f"由{task.task.outside_acceptor}验收，复核通过要写验收人", "加 --accepted-by 谁验收的"))
    if lacks_visit(task):
        visit = f"zhenggai visit {task.measure} --unit {task.unit}"
        lacking.append(("方案要求现场核查，本次申请还没有", f"先记：{visit}；不合格的，退回"))
    return "\n    ".join(["；".join(what for what, _ in lacking), *(how for _, how in lacking)])


def _faults(seen: AppliedFor) -> str:
    """Why an application cannot pass: evidence files that are missing or that do not match their digests."""
    parts = [
        f"佐证 {p.path} {'不存在' if not p.digest else not_as_named(p.digest)}（{p.number}）"
        for p in seen.papers
        if p.is_spoilt
    ]
    what = "；".join(parts)
    return what and f"{what}，不能通过\n    请责任单位放回原来的文件，或 zhenggai correct 编号 -e 文件；不全的，退回"
