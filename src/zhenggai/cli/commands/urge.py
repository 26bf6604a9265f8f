"""``zhenggai urge``: records a step of the ladder (提醒 to 问责) for tasks or for a unit as a whole."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from zhenggai.cli.offers import MEASURES_OR_PROBLEMS, either, one_of
from zhenggai.cli.options import MORE, day_option, flag_option, number_option, text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_log import Built
from zhenggai.cli.writing.entry_options import Oversight, given_fields, overseeing
from zhenggai.cli.writing.oversight_words import asked_word, sorted_out, words_argument
from zhenggai.cli.writing.paper import PaperWish, printing_letters
from zhenggai.cli.writing.pick_lists import measure_choices, units_of
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.document import Report
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import Entry, Escalation
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import ending
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.supervision.ladder import HEAD, REPLY_DAYS, Rung, addressee_words, addressees, ladder_of
from zhenggai.rules.task.address import Address
from zhenggai.rules.task.transitions import LADDER
from zhenggai.views.selection import state_word

_WHOM = "督办谁"
_HOW_TO_GIVE = {
    _WHOM: "写措施（如 3-2），或用 --unit、--problem、--phase 筛选",
    "事项": f"写 {'、'.join(LADDER)} 之一",
    "依据": "加 --basis 文字",
}

ReplyByOption = Annotated[
    date | None, day_option("--reply-by", "--期限", about=f"几号前回复，默认 {REPLY_DAYS} 天以后")
]


@overseeing
@printing_letters
def urge(
    wish: PaperWish,
    oversight: Oversight,
    words: Annotated[
        list[str] | None,
        words_argument(
            "[措施] [事项] [内容]",
            f"措施（3-2）或问题（3）；{'、'.join(LADDER)}，不写则是各任务按督办阶梯该办而没有办的一步；要求",
        ),
        either(MEASURES_OR_PROBLEMS, one_of(LADDER)),
    ] = None,
    to: Annotated[str | None, text_option("--to", "--对象", about="发给谁，默认按督办阶梯", metavar="对象")] = None,
    basis: Annotated[
        str | None, text_option("--basis", "--依据", about="依据，默认按督办阶梯，如 逾期7天", metavar="文字")
    ] = None,
    reply_by: ReplyByOption = None,
    organisations: Annotated[
        int | None, number_option("--organisations", "--组织数", about="涉及几个党组织", metavar="个数", panel=MORE)
    ] = None,
    people: Annotated[
        int | None, number_option("--people", "--人数", about="涉及几个人", metavar="人数", panel=MORE)
    ] = None,
    whole: Annotated[
        bool, flag_option("--whole", "--整个单位", about="督办整个单位，不分任务（与 --unit 单位 同用）")
    ] = False,
) -> Exit:
    """例：zhenggai urge 3-2 --unit 石桥镇 -o 督办单.txt　　zhenggai 督办 提醒 --单位 各乡镇　　zhenggai urge 约谈 --unit 石桥镇 --whole --basis 连续三个月红灯

    文书（提醒书、督办单、告诫书、约谈通知书、通报、问责建议书）随事项定：-o 文件 记录并写出，-o 文件夹/ 一份一个文件，--paper 只出文书。
    """
    writer, others, entries = oversight

    def letters(recorded: Sequence[Entry], _: Snapshot) -> Report:
        from zhenggai.views.remind import letters_of  # imported here: few steps are put on paper

        steps = [entry for entry in recorded if isinstance(entry, Escalation)]
        return letters_of(_on_the_day(writer), steps, writer.unit)

    oversight = oversight._replace(entries=entries.with_paper(wish, letters))
    which, kind, text = sorted_out(words or [], LADDER)
    nobody = which is None and others.selection.is_all
    oversight.need(which, {_WHOM: "" if nobody else "已写"}, _HOW_TO_GIVE)
    if nobody and not whole:
        which = prompts.ask(
            "督办哪项措施（如 3-2）", writer.measure_named, choices=measure_choices(writer.snapshot.plan)
        )
        unit = prompts.ask("哪个单位", writer.unit_named, choices=units_of(writer.snapshot, which))
        oversight = oversight._replace(others=others.of_unit(unit))
    common = given_fields(content=text, organisations=organisations, people=people)
    common["time_limit"] = reply_by or writer.happened + timedelta(days=REPLY_DAYS)
    if common["time_limit"] < writer.happened:
        raise UsageError(f"期限 {reply_by} 早于 {writer.happened}，没有写入\n  下一步：写更晚的日期")
    given = given_fields(addressee=to, basis=basis)
    if whole:
        return _urge_unit(oversight, which, kind, given, common)
    return _urge_each(oversight, which, Kind(kind) if kind else None, given, common, interactive=nobody)


Fields = dict[str, Any]


def _urge_unit(oversight: Oversight, which: str | None, kind: str | None, given: Fields, common: Fields) -> Exit:
    """Record one letter to a unit as a whole. The ladder applies to tasks, so kind and basis are required here."""
    writer, others, entries = oversight
    unit = others.whole_unit() if which is None else None
    if unit is None:
        raise UsageError("--whole 督办整个单位，没有写入\n  下一步：只写 --unit 单位，不写措施、问题、阶段")
    writer.need({"事项": kind, "依据": given.get("basis")}, _HOW_TO_GIVE)
    kind = asked_word("事项", LADDER, kind)
    basis = prompts.text("依据", given.get("basis"))
    fields: Fields = {"kind": Kind(kind), "addressee": HEAD} | given | common | {"basis": basis}
    return entries.record(Escalation(**entries.stamp(), unit=unit, **fields))


def _urge_each(
    oversight: Oversight, which: str | None, kind: Kind | None, given: Fields, common: Fields, *, interactive: bool
) -> Exit:
    """Record one letter for each task: the step that is due on the ladder, or, with ``kind`` and a basis, any step."""
    writer, others, entries = oversight
    tasks = others.chosen(which)
    steps = _steps(writer)
    if len(tasks) > 1 and "basis" not in given:
        tasks = tuple(task for task in tasks if task.key in steps)
        if not tasks:
            raise UsageError("所选任务都没有走到督办阶梯上，没有写入\n  下一步：确要督办，写明事项和 --basis")
    elif len(tasks) == 1 and prompts.at_terminal():
        due = _due(steps, tasks[0], kind)
        if interactive or (due is None and (kind is None or "basis" not in given)):
            given = _asked_fields(writer, tasks[0], due, kind, given)
            kind = given["kind"]

    def build(task: SnapshotTask) -> Built:
        due = _due(steps, task, kind)
        if due is not None:
            drafted: Fields = {"kind": due.kind, "basis": due.basis}
            words = due.addressee
        elif kind is None or "basis" not in given:
            return _why_not(steps.get(task.key), kind)
        elif task.head.is_complete and len(tasks) > 1:
            return f"任务{state_word(task)}"
        else:
            drafted = {"kind": kind}
            words = addressee_words(writer.snapshot.plan.rules, kind)
        drafted["addressee"] = "、".join(addressees(task, words))
        return Escalation(**entries.stamp(task) | {"unit": task.given}, **(drafted | given | common))

    return entries.record_each(tasks, build, kind or "督办", _preview_line)


def _due(steps: Mapping[Address, Rung], task: SnapshotTask, kind: Kind | None) -> Rung | None:
    """The step that a task has reached and that is not taken yet. None if there is none, or if it is not of this kind."""
    step = steps.get(task.key)
    return step if step and step.taken is None and kind in (None, step.kind) else None


def _steps(writer: Writer) -> dict[Address, Rung]:
    """The step of the ladder that each task had reached on the date of the entry."""
    snapshot = _on_the_day(writer)
    return {step.task.key: step for step in ladder_of(snapshot, writer.ledger.at_month_ends(snapshot))}


def _on_the_day(writer: Writer) -> Snapshot:
    """The snapshot as of the date of the entry."""
    return writer.snapshot if writer.happened == writer.today else writer.ledger.snapshot(writer.happened)


def _asked_fields(writer: Writer, task: SnapshotTask, due: Rung | None, kind: Kind | None, given: Fields) -> Fields:
    """Ask for kind, addressee and basis. The defaults come from the ladder."""
    kind = Kind(asked_word("事项", LADDER, kind, due.kind if due else None))
    fits = due if due and due.kind is kind else None
    words = fits.addressee if fits else addressee_words(writer.snapshot.plan.rules, kind)
    return {
        "kind": kind,
        "addressee": prompts.text("对象", given.get("addressee"), "、".join(addressees(task, words))),
        "basis": prompts.text("依据", given.get("basis"), fits.basis if fits else None),
    }


def _why_not(step: Rung | None, kind: Kind | None) -> str:
    """Why no letter of this kind is due on the ladder."""
    if step is None:
        return "没有走到督办阶梯上；确要督办，写明事项和 --basis"
    if step.taken is not None:
        return f"{step.taken.date} 已{step.taken.kind}（{ending(step.taken.number)}）；确要再办，写明事项和 --basis"
    return f"按督办阶梯应{step.kind}；确要{kind}，写明 --basis"


def _preview_line(entry: Entry) -> str:
    return f"{entry.kind}，{entry.addressee}，{entry.basis}" if isinstance(entry, Escalation) else entry.kind
