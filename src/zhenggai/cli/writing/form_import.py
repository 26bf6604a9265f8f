"""``import`` of forms (填报表): their rows become entries, 代录 for the unit; a form is written whole or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.form_files import Forms
from zhenggai.cli.writing.importer import Recorder, importer
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.row_log import append_rows, entry_lines, kinds_counted
from zhenggai.cli.writing.row_making import Placed, missing_evidence, placed_rows
from zhenggai.cli.writing.row_trial import NewRows, TriedRows, in_order, new_rows, tried_rows, without_settled
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, NothingToShow, UsageError
from zhenggai.importing.entry_row import EntryRow, RowFault, parts_of
from zhenggai.importing.fill_form import FilledForm, as_meant
from zhenggai.ledger import Ledger, plan_files
from zhenggai.reading.data_folders import root_of
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.views.entry_clash import clash_lines


def import_forms(found: Forms, who: Recorder, plan: str | None, wish: prompts.Wish) -> Exit:
    """Write what is new in forms, after a question; a line for each form.

    Of several forms those without faults are written; the exit code then says whether any failed. Raises ``UsageError`` for
    the faults of a single one.
    """
    alone = len(found.forms) + len(found.failed) == 1
    code = Exit.FOUND if found.failed else Exit.OK
    for name, why in found.failed.items():
        tell(f"{name}：没有记。{why}")
    if found.others:
        tell(f"不是填报表，没有读：{'、'.join(found.others)}")
    for number in sorted({form.plan for form in found.forms}):
        forms = tuple(form for form in found.forms if form.plan == number)
        try:
            writer = importer(_ledger_of(number, plan), who, wish)
        except UsageError as error:
            if alone:
                raise
            tell(f"{'、'.join(form.source for form in forms)}：没有记。{error}")
            code = Exit.FOUND
        else:
            code = max(code, _Batch(writer, replace(found, forms=forms), who.day).write(wish, alone=alone))
    return code


def _ledger_of(number: str, plan: str | None) -> Ledger:
    """The ledger of the plan that forms are of. ``plan`` is the one that was asked for, if any."""
    if plan and plan != number:
        raise UsageError(f"这是方案 {number} 的填报表，不是 {plan} 的\n  下一步：去掉 --plan")
    root = root_of(Path.cwd())
    try:
        return Ledger(root, plan_files(root, number)[0])
    except (NothingToShow, UsageError):
        raise UsageError(f"这是方案 {number} 的填报表，这里没有这个方案\n  下一步：到它的文件夹里导入") from None


class _Batch:
    """The forms of one plan, and what is to be said of each. ``notes``: form → lines about it."""

    def __init__(self, writer: Writer, found: Forms, day: date | None) -> None:
        self.writer, self.found, self.day = writer, found, day
        self.forms = {form.source: form for form in found.forms}
        self.notes: dict[str, list[str]] = {name: list(self._changed(form)) for name, form in self.forms.items()}

    def write(self, wish: prompts.Wish, *, alone: bool) -> Exit:
        """Write the forms without faults, and say what became of each."""
        rows = [row for form in self.forms.values() for row in form.rows]
        placed, faults = placed_rows(self.writer, rows)
        parts = [Placed(part, task) for row, task in placed for part in self._parts(row, task)]
        new = new_rows(self.writer, parts, self.found.folders, lenient=True)
        new, settled = without_settled(new)
        for row, note in settled:
            self.notes[row.source].append(f"{row.place}: {note}")
        tried, faults = self._without_faulty(new, [*faults, *new.faults])
        faults = in_order(faults, rows)
        if alone:
            refuse([str(fault) for fault in faults])
        self._note(tried)
        code = Exit.FOUND if faults else Exit.OK
        if tried.trial is None:
            self._say(tried, faults)
            tell("没有要记的，什么也没有写")
            return code
        refuse(tried.trial.upset())
        self._say(tried, faults)
        if wish.only_shown or not wish.assured:
            for line in entry_lines(tried):
                tell(line)
        if wish.only_shown:
            tell("只是预览，没有写入")
            return code
        if not wish.assured and not prompts.at_terminal():
            raise UsageError(f"共 {len(tried.entries)} 条，没有写入\n  下一步：核对后加 --yes 写入")
        if not wish.assured:
            prompts.consent(f"写入这 {len(tried.entries)} 条？")
        return max(code, append_rows(self.writer, tried))

    def _parts(self, row: EntryRow, task: SnapshotTask) -> Iterator[EntryRow]:
        """The entries of a row, as it was meant."""
        meant, notes = as_meant(row, self.day or self.forms[row.source].as_of, self.writer.today)
        self.notes[row.source] += [f"{row.place}: {note}" for note in notes]
        yield from parts_of(meant, started=task.head.state is not State.NOT_STARTED)

    def _without_faulty(self, new: NewRows, faults: list[RowFault]) -> tuple[TriedRows, list[RowFault]]:
        """The trial of the entries of forms without faults, and all faults."""
        while True:
            bad = {fault.row.source for fault in faults}
            tried = tried_rows(
                self.writer, replace(new, made=tuple(one for one in new.made if one.row.source not in bad)), lower=True
            )
            if not tried.faults:
                return tried, faults
            faults = [*faults, *tried.faults]

    def _note(self, tried: TriedRows) -> None:
        """Note what somebody should look at: newer entries, lower percents, evidence that is not there."""
        for one in tried.new.made:
            notes = self.notes[one.row.source]
            as_of = self.forms[one.row.source].as_of
            if clash := "\n  ".join(clash_lines(self.writer.snapshot, one.task, one.entry, as_of)):
                notes.append(f"{one.row.place}: {clash}")
            for word in missing_evidence(one.row, self.found.folders[one.row.source]):
                about = "" if one.task.unit == self.writer.unit else f" --for {one.task.unit}"
                command = f"zhenggai add {one.task.measure} 补佐证{about} -e {word}"
                notes.append(f"{one.row.place_of('佐证')}: 佐证 {word} 不在表旁边，没有附上；找到后 {command}")

    def _say(self, tried: TriedRows, faults: Sequence[RowFault]) -> None:
        """A line for each form, with its faults or notes below."""
        for form in self.forms.values():
            units = "、".join(map(self.writer.snapshot.unit_name, form.units))
            wrong = [fault for fault in faults if fault.row.source == form.source]
            entries = [one.entry for one in tried.new.made if one.row.source == form.source]
            recorded = sum(row.source == form.source for row in tried.new.recorded)
            parts = [f"{len(entries)} 条（{kinds_counted(entries)}）" if entries else "0 条"]
            parts += [f"台账里已有 {recorded} 条"] if recorded else []
            parts += [f"没有新进展 {form.blank} 件"] if form.blank else []
            say(f"{form.source}：{units}，{f'{len(wrong)} 处错误，没有记' if wrong else '，'.join(parts)}")
            for line in map(str, wrong) if wrong else self.notes[form.source]:
                tell(f"  {line}")

    def _changed(self, form: FilledForm) -> Iterator[str]:
        """The measures that the plan has in other words than the form."""
        measures = self.writer.snapshot.plan.measure_by_number
        for number, text in form.texts.items():
            measure = measures.get(number)
            if measure and text and "".join(text.split()) != "".join(measure.content.split()):
                yield f"措施 {number} 的内容与方案现在的不同，方案后来调整过：{measure.content}"
