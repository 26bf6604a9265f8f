"""The forms (填报表) of one plan, tried: their new entries, the faults by which a form is left out, the doubts about the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from zhenggai.cli.importing.form_files import Forms
from zhenggai.cli.importing.row_making import Made, Placed, placed_rows
from zhenggai.cli.importing.row_trial import (
    NewRows,
    TriedRows,
    in_order,
    missing_evidence,
    new_rows,
    tried_rows,
    without_settled,
)
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, Place
from zhenggai.importing.entries.entry_row import RowFault, parts_of
from zhenggai.importing.entries.fill_form import CONTENT_HEAD, FilledForm, as_meant
from zhenggai.model.plan import Plan
from zhenggai.rules.task.life import State
from zhenggai.views.entry_clash import clash_doubt


@frozen
class TriedForms:
    """What became of forms. ``tried`` has the new entries of those without faults; ``doubts`` are by the form's file."""

    tried: TriedRows
    faults: tuple[RowFault, ...]
    doubts: Mapping[str, Sequence[Doubt]]

    def made_of(self, form: FilledForm) -> tuple[Made, ...]:
        """The new entries of a form."""
        return tuple(one for one in self.tried.new.made if one.row.source == form.source)

    def faults_of(self, form: FilledForm) -> tuple[RowFault, ...]:
        """The faults of a form."""
        return tuple(fault for fault in self.faults if fault.row.source == form.source)

    def recorded_of(self, form: FilledForm) -> int:
        """How many entries of a form the ledger has already."""
        return sum(row.source == form.source for row in self.tried.new.recorded)


def tried_forms(writer: Writer, found: Forms, day: date | None) -> TriedForms:
    """The forms of the writer's plan, all together. ``day`` is that of rows that have none, by default the form's."""
    forms = {form.source: form for form in found.forms}
    doubts = {name: [*_changed(writer.snapshot.plan, form), *form.doubts] for name, form in forms.items()}
    rows = [row for form in found.forms for row in form.rows]
    placed, faults = placed_rows(writer, rows)
    parts: list[Placed] = []
    for row, task in placed:
        meant, more = as_meant(row, day or forms[row.source].as_of, writer.today)
        doubts[row.source] += more
        started = task.head.state is not State.NOT_STARTED
        parts += [Placed(part, task) for part in parts_of(meant, started=started)]
    new, settled = without_settled(new_rows(writer, parts, found.folders, lenient=True))
    for row, doubt in settled:
        doubts[row.source].append(doubt)
    tried, faults = _without_faulty(writer, new, [*faults, *new.faults])
    for one in tried.new.made:
        clash = clash_doubt(writer.snapshot, *one, forms[one.row.source].as_of)
        doubts[one.row.source] += [clash] if clash else []
        doubts[one.row.source] += missing_evidence(writer, one, found.folders[one.row.source])
    return TriedForms(tried, tuple(map(_as_headed, in_order(faults, rows))), doubts)


def _as_headed(fault: RowFault) -> RowFault:
    """A fault that calls the content as the form does."""
    return fault._replace(what=fault.what.replace("“内容”", f"“{CONTENT_HEAD}”"))


def _without_faulty(writer: Writer, new: NewRows, faults: list[RowFault]) -> tuple[TriedRows, list[RowFault]]:
    """The trial of the entries of forms without faults, and all faults."""
    while True:
        bad = {fault.row.source for fault in faults}
        good = tuple(one for one in new.made if one.row.source not in bad)
        tried = tried_rows(writer, replace(new, made=good), lower=True)
        if not tried.faults:
            return tried, faults
        faults = [*faults, *tried.faults]


def _changed(plan: Plan, form: FilledForm) -> Iterator[Doubt]:
    """The measures that the plan has in other words than the form."""
    for number, text in form.texts.items():
        measure = plan.measure_by_number.get(number)
        if measure and text and "".join(text.split()) != "".join(measure.content.split()):
            yield Doubt(place=Place(), about="方案后来调整过", what=f"{number} 现在是“{measure.content}”")
