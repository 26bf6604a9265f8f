"""``zhenggai correct``: corrects (更正) or withdraws (作废) an entry of the user's own unit. The original entry stays."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from zhenggai.cli.offers import ENTRIES, one_of
from zhenggai.cli.options import flag_option, read_as, text_option
from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.entry_log import EntryLog
from zhenggai.cli.writing.entry_options import OwnWriting, PercentOption, amounts, given_fields, recording_own
from zhenggai.cli.writing.entry_trial import tried, upset
from zhenggai.cli.writing.evidence_options import Evidence
from zhenggai.cli.writing.own_tasks import known_steps
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, UsageError
from zhenggai.model.book import Record
from zhenggai.model.entries import Correction, Election, Entry, WeakOrganisation
from zhenggai.model.entry_fields import CHANGEABLE
from zhenggai.model.labels import label_of
from zhenggai.model.money import Money
from zhenggai.model.numbers import ending, recorded_on
from zhenggai.model.source import Level
from zhenggai.reading.field_readers import read_value, readers_of
from zhenggai.reading.typed_entries import faults_as_written
from zhenggai.reading.values import Unreadable
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.registers.organisation_registers import registers
from zhenggai.rules.task.corrections import changes_of, correctable, corrected
from zhenggai.views.entry_history import field_text
from zhenggai.views.selection import record_named

_MOST_OFFERED = 50  # the newest entries, to pick one from
_HOW_TO_GIVE = {
    "编号": "写在命令后面：编号末尾 4 个以上字符，用 zhenggai show 3-2 查看",
    "改动": "写在编号后面，如 进度=40；或加 --void 作废",
}


@recording_own
def correct(
    writing: OwnWriting,
    number: Annotated[
        str | None, typer.Argument(metavar="编号", help="哪条记录：编号末尾 4 个以上字符", show_default=False), ENTRIES
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="字段=值",
            help="改成什么，如 至=2020-08-31，可写几项；措施、单位、事项、日期记错的，作废后重新记录",
            show_default=False,
        ),
        one_of(f"{label_of(name)}=" for name in CHANGEABLE),
    ] = None,
    percent: PercentOption = None,
    content: Annotated[str | None, text_option("--content", "--内容", about="内容改成什么", metavar="文字")] = None,
    void: Annotated[bool, flag_option("--void", "--作废", about="整条作废")] = False,
    why: Annotated[str | None, text_option("--why", "--说明", about="为什么更正", metavar="文字")] = None,
) -> Exit:
    """例：zhenggai correct k3f9 进度=40 --why 笔误　　zhenggai 更正 k3f9 --作废 --说明 记错措施

    只写编号则逐项询问。
    """
    writer, _, entries = writing
    given = given_fields(percent=percent, content=content)
    nothing = not (changes or given or void or entries.evidence.words)
    writer.need({"编号": number, "改动": "" if nothing else "有"}, _HOW_TO_GIVE)
    record = _chosen(writer, number)
    present = _present(writer, record)
    if void and (given or changes or entries.evidence.words):
        raise UsageError("作废就是整条不算，不能同时改动，没有写入\n  下一步：去掉 --void，或去掉其他改动")
    task = writer.snapshot.task_of(present.number)
    given |= _asked_changes(present, task) if nothing else dict(_change(present, word) for word in changes or ())
    if task and (money := given.keys() & set(Money._fields)):
        given |= amounts(task, **{name: given[name] for name in money})
    note = prompts.optional("为什么更正", why)
    words = (*entries.evidence.words, *given.pop("evidence", ()))
    kept = tuple(word for word in words if word in present.evidence)
    copied = Evidence(tuple(word for word in words if word not in kept), writer.today)
    entries = replace(entries, evidence=copied)
    stamp = entries.stamp(read=_beside(writer.snapshot, record))
    given["evidence"] = (*kept, *stamp.pop("evidence"))
    changes_made = {name: value for name, value in given.items() if value not in ((), getattr(present, name))}
    if not changes_made and not void:
        raise UsageError("和现在的一样，没有写入\n  下一步：核对编号，或写明改成什么")
    entry = Correction(**stamp, ref=present.number, void=void, note=note, **changes_made)
    return _record(entries, entry, present, None if void else corrected(present, changes_made))


def _chosen(writer: Writer, given: str | None) -> Record:
    """The given entry, else one of the unit's last entries that the user picks."""
    if given:
        return record_named(writer.snapshot, given)
    known = filter(writer.snapshot.knows, writer.snapshot.archive.recorded_by(writer.unit))
    newest = sorted(known, key=lambda record: record.entry.number, reverse=True)[:_MOST_OFFERED]
    choices = [Choice(ending(r.entry.number), _record_line(r.entry)) for r in newest]
    question = "更正哪条记录（编号末尾 4 个以上字符）"
    return prompts.ask(question, lambda word: record_named(writer.snapshot, word), choices=choices)


def _record_line(entry: Entry) -> str:
    words = (str(entry.date), entry.kind, entry.measure, getattr(entry, "content", None))
    return "　".join(filter(None, words))


def _present(writer: Writer, record: Record) -> Entry:
    """The entry with its earlier corrections applied. Raises ``UsageError`` if this unit, or nobody, may correct it."""
    entry = record.entry
    if isinstance(entry, Correction):
        raise UsageError(
            f"{entry.number} 本身是更正，没有写入\n  下一步：再更正原记录：zhenggai correct {ending(entry.ref)} …"
        )
    if (recorder := writer.snapshot.unit_name(record.recorder)) != writer.unit:
        raise UsageError(
            f"{entry.number} 是{recorder}记录的，{writer.unit}不能更正，没有写入\n  下一步：请{recorder}更正"
        )
    present = writer.snapshot.said(entry.number)
    if present is None:
        raise UsageError(f"{entry.number} 已经作废，没有写入\n  下一步：重新记录")
    return present


def _change(present: Entry, word: str) -> tuple[str, object]:
    """The name of a field and its new value, from 字段=值. Raises ``UsageError``."""
    key, *rest = re.split("[=＝：:]", word, maxsplit=1)
    if not rest:
        raise UsageError(f"“{word}”没有写改成什么，没有写入\n  下一步：写成 进度=40 的样子，有空格的加引号")
    name = next((name for name in correctable(present) if key in (name, label_of(name))), None)
    if name is None:
        can = "、".join(map(label_of, correctable(present)))
        again = f"zhenggai correct {ending(present.number)} --void"
        raise UsageError(
            f"“{present.kind}”的“{key}”不能更正，没有写入\n  能更正的有：{can}\n  其他记错的：作废后重新记录（{again}）"
        )
    try:
        return name, _value(name, rest[0])
    except Unreadable as error:
        remedy = error.remedy
        if name in Money._fields and rest[0].strip()[:1] in ("", "-", "－", "−"):
            remedy = f"写改正以后的数；这一笔整个不算的，写 {label_of(name)}=0"
        raise UsageError(f"{label_of(name)}：{error.what}，没有写入\n  下一步：{remedy}") from None


def _value(name: str, text: str) -> object:
    return read_value(readers_of(Correction)[label_of(name)], text, lambda _: None)


def _asked_changes(present: Entry, task: SnapshotTask | None) -> dict[str, object]:
    """Ask for each field, for money only where the plan or the entry has some. Returns the new values.

    Fields that stay as they are are left out.
    """
    tell(f"更正 {present.date} {present.kind} {present.number}，不改的直接回车")
    has_money = task is not None and task.task.money_unit is not None
    names = (n for n in correctable(present) if has_money or n not in Money._fields or getattr(present, n))
    return {name: value for name in names if (value := _asked_value(present, name)) is not None}


def _asked_value(present: Entry, name: str) -> object | None:
    """Ask for a field, its text to be edited. Returns the new value, or None if the field stays as it is."""
    before = field_text(getattr(present, name))

    def read(answer: str) -> object | None:
        return None if answer == before else read_as(lambda text, _: _value(name, text))(answer)

    return prompts.ask_optional(label_of(name), read, present=before)


def _beside(snapshot: Snapshot, record: Record) -> list[str]:
    """The numbers of an entry, of all entries of its task, and of the entries that refer to it."""
    number = record.entry.number
    task = snapshot.task_of(number)
    beside = [event.number for event in task.filed] if task else []
    answers = [record.entry.number for record in snapshot.archive.naming(number)]
    return [number, *beside, *answers]


def _record(entries: EntryLog, entry: Correction, present: Entry, after: Entry | None) -> Exit:
    """Write a correction and print what it changes. ``after`` is the corrected entry, None for a withdrawal.

    Raises ``UsageError`` if the correction is invalid or would make other entries invalid.
    """
    writer = entries.writer
    steps = changes_of(entry).get("steps")
    if steps and (task := writer.snapshot.task_of(present.number)):
        known_steps(task, list(steps))
    then = tried(writer, [entry]).then
    reasons = [f"{fault.what}\n    {fault.remedy}" for fault in (faults_as_written(after) if after else [])]
    if then.said(present.number) != after:
        late = max(present.date, recorded_on(present.number)) > writer.today
        how = f"作废后重新记录：zhenggai correct {ending(present.number)} --void" if late else "用不早于它们的日期"
        reasons.append(f"日期 {entry.date} 早于原记录或对它的上一次更正，不起作用\n    {how}")
    ended = entries.record(entry, [*reasons, *_unsettled(writer, then, present)])
    for line in _changed(present, after):
        say(line)
    return ended


def _unsettled(writer: Writer, then: Snapshot, present: Entry) -> list[str]:
    """Reasons against the correction of a register entry: other register entries that would become invalid.

    The trial covers tasks only, so that register entries need this check of their own.
    """
    if not isinstance(present, Election | WeakOrganisation):
        return []
    organisations = writer.ledger.with_organisations()[1]
    before, after = (registers(snapshot, organisations).diagnostics for snapshot in (writer.snapshot, then))
    return upset(p for p in after if p.level is Level.ERROR and p not in before)


def _changed(before: Entry, after: Entry | None) -> Iterator[str]:
    """The changed fields of an entry, one line each, with the old and the new value."""
    if after is None:
        yield f"作废 {before.date} {before.kind} {before.number}"
        return
    yield f"更正 {before.date} {before.kind} {before.number}"
    for name in correctable(before):
        was, now = field_text(getattr(before, name)), field_text(getattr(after, name))
        if was != now:
            yield f"  {label_of(name)}：{was or '（空）'} → {now}"
