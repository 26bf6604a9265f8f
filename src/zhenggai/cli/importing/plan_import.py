"""A workbook becomes a new plan with the ledger that it is: the plan's file, units, and entries, written all or none.

The entries are tried in a copy of the folder that has the plan already.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from zhenggai.cli import clock
from zhenggai.cli.importing.draft_file import surroundings, tell_missing, units_edit
from zhenggai.cli.importing.importer import Recorder, importer
from zhenggai.cli.importing.ledger_import import LedgerEntries, entries_under
from zhenggai.cli.importing.row_log import batches, entry_lines, kinds_counted
from zhenggai.cli.importing.row_trial import NewRows, TriedRows
from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.beginning import plan_number
from zhenggai.cli.writing.permission import refuse_changing_plan
from zhenggai.cli.writing.refusals import refuse
from zhenggai.cli.writing.writer_identity import Writer, identity, my_unit
from zhenggai.errors import Exit, UsageError
from zhenggai.importing.plan.plan_text import plan_text
from zhenggai.importing.plan.plan_to_be import PlanToBe, plan_to_be
from zhenggai.importing.sheets.foreign_ledger import ForeignLedger
from zhenggai.importing.sheets.measure_matching import Found
from zhenggai.ledger import Ledger
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, UNITS_FILE, find_root
from zhenggai.reading.load import load_units
from zhenggai.setup.new_books import proposed_number
from zhenggai.views.draft_doubts import counted
from zhenggai.views.import_preview import doubt_lines
from zhenggai.views.missing_units import missing_units
from zhenggai.writing.append import NO_COPIES, append_to
from zhenggai.writing.atomic import read_bytes, writing
from zhenggai.writing.edit.edit_text import FileEdit


def import_plan(ledger: ForeignLedger, number: str | None, who: Recorder, wish: prompts.Wish) -> Exit:
    """Write a workbook's plan and entries, after a question. Raises ``UsageError`` where nobody can be asked."""
    root = find_root(Path.cwd())
    if root is None:
        raise UsageError("这里没有台账，没有写入\n  下一步：先用 zhenggai init 建台账，在它的文件夹里再导入")
    if not wish.assured and not prompts.at_terminal():
        raise UsageError("没有写入\n  下一步：核对后加 --yes 写入")
    book = load_units(root)[0]
    refuse_changing_plan(root, book, None)
    path = _new_path(root, ledger, number, wish)
    made = _made(ledger, path.stem, book)
    missing = missing_units(made.unknown_units, book)
    tell_missing(missing)
    edit = units_edit(root, missing, assured=wish.assured)
    text = plan_text(made, ledger.source)
    with _staged(root, path, text, edit) as stage:
        entries, writer = _entries(root, stage, ledger, made, who, wish)
        found = f"{path.relative_to(root).as_posix()}：{counted(ledger.draft)}"
        tried = entries.tried
        for line in (
            *doubt_lines(ledger.source, entries.doubts),
            *(entry_lines(tried) if tried.trial and not wish.assured else ()),
        ):
            tell(line)
        refuse([str(fault) for fault in entries.faults])
        if not wish.assured:
            prompts.consent(f"写入 {found}" + (f"，和 {len(tried.entries)} 条记录？" if tried.entries else "？"))
        with writing(root) as changes:
            if edit:
                edit.write_with(changes, root)
            changes.replace(path, None, text.encode())
            paths = [append_to(changes, batch) for batch in batches(writer, tried, root)] if writer else []
    say(f"已写入 {found}" + (f"；{edit.path}" if edit else ""))
    if tried.entries:
        say(f"已记录 {len(tried.entries)} 条（{kinds_counted(tried.entries)}）")
    for written in paths:
        say(f"写入 {written.relative_to(root).as_posix()}")
    say(f"下一步：zhenggai edit {path.stem}，填好写着“待定”的；再看 zhenggai check、zhenggai status")
    return Exit.FOUND if entries.doubts else Exit.OK


def _new_path(root: Path, ledger: ForeignLedger, number: str | None, wish: prompts.Wish) -> Path:
    """The file of the new plan. Raises ``UsageError`` for one that is there."""
    draft = ledger.draft
    proposed = proposed_number(draft.title, draft.year or clock.today().year)
    if number is None and not wish.assured:
        number = prompts.ask("方案编号（方案文件的名字）", plan_number, proposed)
    path = root / PLANS / f"{plan_number(number or proposed)}.yaml"
    if read_bytes(path) is not None:
        raise UsageError(
            f"{PLANS}/{path.name} 已在，可是里面多半没有这些措施，没有写入\n  下一步：加 --plan 另写一个编号"
        )
    return path


def _made(ledger: ForeignLedger, number: str, book: UnitBook) -> PlanToBe:
    """The plan to be, issued no later than its first entry, with 期初 at its last one; an entry without a day is of today."""
    made = plan_to_be(ledger.draft, surroundings(number, book))
    plan, rows = made.plan, ledger.entries.rows
    days = [date.fromisoformat(day) for row in rows if (day := row.text("日期"))]
    last = max(days, default=None) if len(days) == len(rows) else clock.today(plan)
    if days and not ledger.draft.issued and min(days) < plan.issued:
        plan = replace(plan, issued=min(days).replace(day=1))
    return replace(made, plan=replace(plan, opening=last))


@contextmanager
def _staged(root: Path, path: Path, text: str, edit: FileEdit | None) -> Iterator[Ledger]:
    """The ledger of the plan in a folder that lasts as long as the context, with the unit book as it will be."""
    with TemporaryDirectory() as folder:
        stage = Path(folder)
        (stage / PLANS).mkdir()
        units = edit.new if edit else read_bytes(root / UNITS_FILE)
        (stage / UNITS_FILE).write_bytes(units or b"")
        (stage / PLANS / path.name).write_text(text, "utf-8")
        yield Ledger(stage, f"{PLANS}/{path.name}")


def _entries(
    root: Path, stage: Ledger, ledger: ForeignLedger, made: PlanToBe, who: Recorder, wish: prompts.Wish
) -> tuple[LedgerEntries, Writer | None]:
    """What the rows are under the plan, and who records them; nobody if there are none."""
    rows = ledger.entries.rows
    if not rows:
        return LedgerEntries(TriedRows(NewRows((), (), (), NO_COPIES), None, ())), None
    day = who.day or ledger.day
    name = identity(root, who.name, "zhenggai.writer")
    writer = importer(stage, Recorder(who.by or my_unit(root), name, day), wish)
    numbers = dict(_numbers(ledger, made))
    return entries_under(writer, rows, lambda word: Found(numbers.get(word), "方案里没有这项措施")), writer


def _numbers(ledger: ForeignLedger, made: PlanToBe) -> Iterator[tuple[str, str]]:
    """The number of each measure in the draft, and in the plan."""
    for drafted, problem in zip(ledger.draft.problems, made.plan.problems, strict=True):
        for one, measure in zip(drafted.measures, problem.measures, strict=True):
            if one.number:
                yield one.number, measure.number
