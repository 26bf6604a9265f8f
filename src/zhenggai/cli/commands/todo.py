"""``zhenggai todo``: lists what a unit has to do today, by default the user's own."""

from dataclasses import replace

from zhenggai.cli.list_options import listing
from zhenggai.cli.question import Asked
from zhenggai.cli.submissions import pending_in
from zhenggai.cli.writing import prompts, writer_identity
from zhenggai.errors import Exit, UsageError
from zhenggai.reading.data_folders import plan_paths
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.organisation_registers import registers
from zhenggai.rules.task.tasks import acceptors_of, overseers_of
from zhenggai.rules.todo.acts import Todo
from zhenggai.rules.todo.pending_acts import todo_of
from zhenggai.views.command_hints import Speaker
from zhenggai.views.selection import select, unit_names
from zhenggai.views.todo import TodoList, UnitTodo


@listing()
def todo(asked: Asked) -> Exit:
    """默认本单位。

    例：zhenggai todo　　zhenggai todo 县教育局　　zhenggai 待办 各乡镇 --as-of 2020-09-20
    """
    word = asked.selection.unit or writer_identity.my_unit(asked.ledger.root) or _asked_unit(asked)
    ledger, organisations = asked.ledger.with_organisations()
    snapshot = ledger.snapshot(asked.as_of, asked.known_by)
    found = registers(snapshot, organisations)
    me = snapshot.unit_name(writer_identity.my_unit(ledger.root) or "")  # after the question: its answer may be stored
    owed = pending_in(ledger, snapshot)
    plan = snapshot.plan.number if len(plan_paths(ledger.root)) > 1 else None
    names = unit_names(snapshot, word)
    books = (snapshot.plan, snapshot.units, snapshot.as_of)
    oversees = names & (overseers_of(*books) | acceptors_of(*books))
    ends = ledger.at_month_ends(snapshot) if oversees else ()  # skipped if not needed: this doubles the run time
    chosen = select(snapshot, replace(asked.selection, unit=None))
    lists = (
        UnitTodo(
            Speaker(unit, unit != me, plan),
            _among(todo_of(snapshot, unit, ends, found.terms, owed), snapshot, chosen),
        )
        for unit in snapshot.units.by_name
        if unit in names
    )
    reported = replace(snapshot, diagnostics=(*snapshot.diagnostics, *found.diagnostics))
    return replace(asked, ledger=ledger).answer(TodoList(snapshot, tuple(lists)), reported)


def _among(todos: tuple[Todo, ...], snapshot: Snapshot, chosen: Snapshot) -> tuple[Todo, ...]:
    """The items about the chosen tasks. All items if the filters left out no task."""
    keys = {task.key for task in chosen.tasks}
    return tuple(t for t in todos if chosen is snapshot or (t.task is not None and t.task.key in keys))


def _asked_unit(asked: Asked) -> str:
    """Ask for the unit, once for all plans. Without a terminal, raises ``UsageError`` that says how to give it."""
    if asked.together and asked.together.unit:
        return asked.together.unit
    if prompts.at_terminal() and not asked.selection.lead:
        unit, wished = writer_identity.asked_unit(asked.ledger.units)
        if wished:
            writer_identity.keep_unit(asked.ledger.root, unit)
        if asked.together:
            asked.together.unit = unit
        return unit
    if asked.selection.lead:
        raise UsageError(
            f"待办是一个单位的\n  下一步：看它牵头的，写 zhenggai todo {asked.selection.lead}，见“作为牵头单位”一段"
        )
    raise UsageError(
        "不知道是哪个单位\n"
        "  下一步：写在命令后面，如 zhenggai todo 县教育局；或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位"
    )
