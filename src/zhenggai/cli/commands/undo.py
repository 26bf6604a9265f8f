"""``zhenggai undo``: removes the writer's last entry, or all of its command, from its file, as long as nobody else can have it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from zhenggai.cli import clock
from zhenggai.cli.options import PlanOption, flag_option
from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import UnitOption, WriterOption
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, UsageError
from zhenggai.ledger import Ledger, plan_files
from zhenggai.model.book import Record
from zhenggai.model.name_keys import name_key
from zhenggai.model.numbers import is_ahead, moment, recorded_on
from zhenggai.reading.data_folders import is_tracked, root_of
from zhenggai.sharing import git
from zhenggai.sharing.take_back import Taken, refuse_shared, take_back
from zhenggai.views.entry_history import field_lines
from zhenggai.writing.append import Place

_MOST = 10  # the most entries that are shown


def undo(
    unit: UnitOption = None,
    writer: WriterOption = None,
    together: Annotated[bool, flag_option("--together", "--一起", about="同一条命令记的、导入的，全部撤销")] = False,
    yes: Annotated[bool, flag_option("--yes", "--不再确认", about="不再确认，直接撤销")] = False,
    plan: PlanOption = None,
) -> Exit:
    """例：zhenggai undo　　zhenggai 撤销 --一起 --不再确认

    已推送的不能撤销，用 correct --void 作废。
    """
    root = root_of(Path.cwd())
    first, *others = [Ledger(root, path) for path in plan_files(root, plan)]
    asked = _writer(first, unit, writer)
    asked.need({})
    who, record = _newest([asked, *(_writer(ledger, asked.unit, asked.name) for ledger in others)])
    beside = _beside(who, record)
    records = beside if together else (record,)
    _refuse_answered(who, records)
    refuse_shared(root, record.entry.number)
    _confirm(record, beside, together=together, assured=yes)
    numbers = [one.entry.number for one in records]
    taken = take_back(root, record.source.path, numbers, _only_theirs(who, records))
    asked.keep_answers()
    for line in _outcome_lines(root, record, len(records), taken):
        say(line)
    return Exit.OK


def _writer(ledger: Ledger, unit: str | None, name: str | None) -> Writer:
    now = clock.now_in(ledger.plan)
    return Writer(ledger, now, now.date(), unit, name)


def _newest(writers: Sequence[Writer]) -> tuple[Writer, Record]:
    """The writer's last entry of all plans, with the writer in its plan. Raises ``UsageError`` if there is none."""
    found = [(writer, record) for writer in writers if (record := _last(writer))]
    if not found:
        me = writers[0]
        raise UsageError(
            f"这台电脑上没有{me.unit}（{me.name}）记的条目，没有改动\n  下一步：在记录它的电脑上撤销，或用 zhenggai correct 编号 --void 作废"
        )
    return max(found, key=lambda pair: pair[1].entry.number)


def _last(writer: Writer) -> Record | None:
    """The writer's last entry in this clone's files of a plan, None if there is none.

    This is the entry with the highest number, with two exceptions for numbers made while the clock was ahead: an entry
    that refers to such an entry comes first, and a shared one of them is passed over.
    """
    place, me = Place(writer.ledger.root, writer.snapshot.plan.number, writer.unit, ""), name_key(writer.name)
    own = (r for r in writer.snapshot.archive.recorded_by(writer.unit) if name_key(r.entry.writer) == me)
    placed = ((r, replace(place, writer=r.entry.writer).file(recorded_on(r.entry.number))) for r in own)
    here = (r for r, file in placed if writer.ledger.root / r.source.path == file)
    found = sorted(here, key=lambda r: r.entry.number, reverse=True)
    for record in found:
        number = record.entry.number
        if not is_ahead(recorded_on(number), writer.today):
            return record
        if not _is_shared(writer, number):
            return next((r for r in found if getattr(r.entry, "ref", None) == number), record)
    return found[0] if found else None


def _beside(writer: Writer, record: Record) -> tuple[Record, ...]:
    """The entries of the command that recorded an entry, itself included, in the order of their file."""
    own = writer.snapshot.archive.recorded_by(writer.unit)
    of_command = (r for r in own if moment(r.entry.number) == moment(record.entry.number))
    return tuple(r for r in of_command if r.source.path == record.source.path)


def _is_shared(writer: Writer, number: str) -> bool:
    try:
        refuse_shared(writer.ledger.root, number)
    except UsageError:
        return True
    return False


def _refuse_answered(writer: Writer, records: Sequence[Record]) -> None:
    """Raise ``UsageError`` if other entries refer to one of the entries."""
    numbers = {record.entry.number for record in records}
    for number in numbers:
        answers = [r for r in writer.snapshot.archive.naming(number) if r.entry.number not in numbers]
        if answers:
            names = "、".join(f"{r.recorder}的{r.entry.kind} {r.entry.number}" for r in answers)
            raise UsageError(f"{number} 已有针对它的记录：{names}，没有改动\n  下一步：先撤销或作废那些记录")


def _confirm(record: Record, beside: Sequence[Record], *, together: bool, assured: bool) -> None:
    """Show the entry, or all of its command, and ask for consent. Raises ``UsageError`` without it."""
    if together:
        tell(f"撤销 {record.source.path} 里同一条命令记的 {len(beside)} 条：")
        for one in beside[:_MOST]:
            tell(
                f"  {one.entry.measure or ''} {one.entry.unit or one.recorder} {one.entry.kind} {one.entry.content or ''}"
            )
        if len(beside) > _MOST:
            tell("  ……")
    else:
        tell(f"撤销 {record.source}：")
        for line in field_lines(record.entry):
            tell(f"  {line}")
        if len(beside) > 1:
            tell(f"同一条命令还记了 {len(beside) - 1} 条；全部撤销：zhenggai undo --together")
    if assured:
        return
    if not prompts.at_terminal():
        raise UsageError("没有改动\n  下一步：核对后加 --yes 撤销")
    prompts.consent(f"撤销这 {len(beside)} 条？" if together else "撤销这一条？")


def _only_theirs(writer: Writer, records: Sequence[Record]) -> tuple[str, ...]:
    """The evidence that the entries name, and that no other entry in the unit's folder names."""
    numbers, recorder = {record.entry.number for record in records}, records[0].recorder
    beside = writer.snapshot.archive.recorded_by(writer.unit)
    others = (r for r in beside if r.entry.number not in numbers and r.recorder == recorder)
    named = {name for other in others for name in other.entry.evidence}
    own = dict.fromkeys(name for record in records for name in record.entry.evidence)
    return tuple(name for name in own if name not in named)


def _outcome_lines(root: Path, record: Record, number_of: int, taken: Taken) -> Iterator[str]:
    """The lines that say what was done to ``number_of`` entries, and what remains to do."""
    path, number = record.source.path, record.entry.number
    yield f"已撤销 {number}" if number_of == 1 else f"已撤销 {number_of} 条"
    yield f"{'删去' if taken.emptied else '改动'} {path}" + ("（已无记录）" if taken.emptied else "")
    yield from (f"删去 {name}" for name in taken.removed)
    yield from (f"{name} 留着：已推送，或不是 -e 拷入的原样" for name in taken.left)
    if is_tracked(root) and git.committed_text(root, number, path):
        yield f"{'这条' if number_of == 1 else '这些'}已在本机提交过（未推送），再运行 zhenggai sync 就一并改过来"
