"""``import`` of forms (填报表): their rows become entries, 代录 for the unit; a form is written whole or not at all."""

from dataclasses import replace
from pathlib import Path

from zhenggai.cli.importing.form_files import Forms
from zhenggai.cli.importing.form_trial import TriedForms, tried_forms
from zhenggai.cli.importing.importer import Recorder, importer
from zhenggai.cli.importing.row_log import append_rows, is_agreed, kinds_counted, show_entries
from zhenggai.cli.output import put, say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, NothingToShow, UsageError
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, place_words
from zhenggai.importing.entries.fill_form import FilledForm
from zhenggai.importing.sheets.foreign_ledger import SheetUse
from zhenggai.ledger import Ledger, plan_files
from zhenggai.reading.data_folders import root_of
from zhenggai.views.form_preview import FormsPreview
from zhenggai.views.import_preview import said


@frozen
class Output:
    """The format and file of a preview, after which nothing is written. Without either, forms are told of in sentences and written."""

    format: str | None = None
    path: Path | None = None


def import_forms(found: Forms, who: Recorder, plan: str | None, wish: prompts.Wish, output: Output) -> Exit:
    """Write what is new in forms, after a question; a line for each form.

    Of several forms those without faults are written; the exit code then says whether any failed. Raises ``UsageError`` for
    the faults of a single one.
    """
    wish = wish if output == Output() else prompts.Wish(only_shown=True)
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
            of_plan = replace(found, forms=forms)
            tried = tried_forms(writer, of_plan, who.day)
            if alone and output == Output():
                refuse([str(fault) for fault in tried.faults])
            code = max(code, _write(writer, of_plan, tried, wish, output))
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


def _write(writer: Writer, found: Forms, forms: TriedForms, wish: prompts.Wish, output: Output) -> Exit:
    """Write the forms without faults, and say what became of each."""
    tried = forms.tried
    code = Exit.FOUND if forms.faults else Exit.OK
    if tried.trial is not None:
        refuse(tried.trial.upset())
    if output != Output():
        preview = _preview(writer, found, forms)
        put(preview, output.format, output.path)
        return Exit.FOUND if preview.doubts else Exit.OK
    _tell_each(writer, found, forms)
    if tried.trial is None:
        tell("没有要记的，什么也没有写")
        return code
    show_entries(tried, wish)
    return max(code, append_rows(writer, tried)) if is_agreed(tried, wish) else code


def _tell_each(writer: Writer, found: Forms, forms: TriedForms) -> None:
    """A line for each form, with its faults or doubts below."""
    for form in found.forms:
        say(f"{form.source}：{_became(writer, form, forms)}")
        for fault in (faults := forms.faults_of(form)):
            tell(f"  {fault}")
        for doubt in () if faults else forms.doubts[form.source]:
            tell(f"  {place_words(form.source, doubt.place)}: {said(doubt)}")


def _became(writer: Writer, form: FilledForm, forms: TriedForms) -> str:
    """What became of a form, in a sentence."""
    units = "、".join(map(writer.snapshot.unit_name, form.units))
    if faults := forms.faults_of(form):
        return f"{units}，{len(faults)} 处错误，没有记"
    entries = [one.entry for one in forms.made_of(form)]
    recorded = forms.recorded_of(form)
    parts = [f"{len(entries)} 条（{kinds_counted(entries)}）" if entries else "0 条"]
    parts += [f"台账里已有 {recorded} 条"] if recorded else []
    parts += [f"没有新进展 {form.blank} 件"] if form.blank else []
    return f"{units}，{'，'.join(parts)}"


def _preview(writer: Writer, found: Forms, forms: TriedForms) -> FormsPreview:
    """The same for programs. A fault is a doubt there, as nothing is written of it."""
    files = tuple(
        SheetUse(form.source, not forms.faults_of(form), _became(writer, form, forms)) for form in found.forms
    )
    faults = (Doubt(place=f.row.at_of(f.key), about=f.what, what=f.remedy) for f in forms.faults)
    doubts = (doubt for some in forms.doubts.values() for doubt in some)
    rows = tuple(one.row for one in forms.tried.new.made)
    return FormsPreview(writer.snapshot.plan.number, files, rows, (*faults, *doubts))
