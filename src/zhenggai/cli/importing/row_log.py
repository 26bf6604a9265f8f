"""Writes the entries of many rows at once: shown whole, confirmed once, appended all or none."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zhenggai.cli.importing.row_trial import TriedRows
from zhenggai.cli.output import say, say_diagnostics, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import Entry
from zhenggai.model.name_keys import name_key
from zhenggai.model.names import name_fault
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.change_lines import course, money_warning
from zhenggai.views.entry_history import entry_phrases
from zhenggai.views.selection import state_word
from zhenggai.writing.append import NO_COPIES, Batch, Place, append_to
from zhenggai.writing.atomic import writing
from zhenggai.writing.edit.edit_text import FileEdit


def record_rows(writer: Writer, tried: TriedRows, wish: prompts.Wish) -> Exit:
    """Write the entries of rows without faults, after a question at a terminal.

    Elsewhere nobody can be asked: what was given is meant.
    """
    if tried.new.recorded:
        tell(f"台账里已有或表里重复、不再记的 {len(tried.new.recorded)} 行：{_places(tried)}")
    if tried.trial is None:
        tell("没有要记的，什么也没有写")
        return Exit.OK
    refuse(tried.trial.upset())
    wish = replace(wish, assured=wish.assured or not prompts.at_terminal())
    show_entries(tried, wish)
    return append_rows(writer, tried) if is_agreed(tried, wish) else Exit.OK


def show_entries(tried: TriedRows, wish: prompts.Wish) -> None:
    """Show the entries if somebody is to look at them before they are written."""
    if wish.only_shown or not wish.assured:
        for line in entry_lines(tried):
            tell(line)


def is_agreed(tried: TriedRows, wish: prompts.Wish) -> bool:
    """Whether the entries are to be written: as wished, else after a question. Raises ``UsageError`` where nobody can be asked."""
    if wish.only_shown:
        tell("只是预览，没有写入")
        return False
    if not wish.assured:
        if not prompts.at_terminal():
            raise UsageError(f"共 {len(tried.entries)} 条，没有写入\n  下一步：核对后加 --yes 写入")
        prompts.consent(f"写入这 {len(tried.entries)} 条？")
    return True


def entry_lines(tried: TriedRows) -> Iterator[str]:
    """Each entry with its row, whole."""
    yield f"要记 {len(tried.entries)} 条（{kinds_counted(tried.entries)}）："
    for row, task, entry in tried.new.made:
        yield f"  {row.place} {task.name} {entry.date} {entry.kind} {'；'.join(entry_phrases(entry))}"


def append_rows(writer: Writer, tried: TriedRows, edit: FileEdit | None = None) -> Exit:
    """Append the new entries, of which there are some, together with an edit of the plan; print what became of their tasks."""
    ledger, then = writer.ledger, tried.then
    if fault := name_fault(writer.unit):
        raise UsageError(f"单位名称不能用作文件夹：{fault}")
    lines = [
        f"已记录 {len(tried.entries)} 条（{kinds_counted(tried.entries)}）",
        *_changes(writer.snapshot, then, tried),
    ]
    errors = ledger.errors(then)  # computed before the write, so that an error here leaves nothing written
    with writing(ledger.root) as changes:
        if edit:
            edit.write_with(changes, ledger.root)
        paths = [append_to(changes, batch) for batch in batches(writer, tried, ledger.root)]
    writer.keep_answers()
    for line in [*lines, *(f"写入 {path.relative_to(ledger.root).as_posix()}" for path in paths)]:
        say(line)
    if edit:
        say(f"写入 {edit.path}")
    return say_diagnostics(errors)


def batches(writer: Writer, tried: TriedRows, root: Path) -> Iterator[Batch]:
    """The entries by the file below ``root`` that they go to: each 填报人 has one. The evidence goes with the first."""
    parts: dict[str, list[Entry]] = {}
    for entry in tried.entries:
        parts.setdefault(name_key(entry.writer), []).append(entry)
    copies = tried.copies
    for entries in parts.values():
        place = Place(root, writer.snapshot.plan.number, writer.unit, entries[0].writer)
        yield Batch(place, entries, copies)
        copies = NO_COPIES


def _changes(before: Snapshot, then: Snapshot, tried: TriedRows) -> Iterator[str]:
    """The tasks whose state the entries change, one per line."""
    numbers = {entry.number for entry in tried.entries}
    for old, new in zip(before.tasks, then.tasks, strict=True):
        if old is not new and any(event.number in numbers for event in new.filed):
            if state_word(old) != state_word(new):
                yield f"{new.name}：{course(old, new)}"
            yield from money_warning(old, new, then)


def kinds_counted(entries: Sequence[Entry]) -> str:
    """How many entries of each kind there are: 进展 10、完成 2."""
    return "、".join(f"{kind} {count}" for kind, count in Counter(entry.kind for entry in entries).items())


_MOST = 5


def _places(tried: TriedRows) -> str:
    places = [row.place for row in tried.new.recorded]
    return "、".join(places[:_MOST]) + (" 等" if len(places) > _MOST else "")
