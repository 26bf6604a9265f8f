"""What ``zhenggai`` alone shows in the folder of a ledger: how my unit stands, and the commands to type next."""

from datetime import date
from pathlib import Path

from zhenggai.cli.help import ChineseFormatter
from zhenggai.cli.question import day_of
from zhenggai.cli.writing.writer_identity import my_unit
from zhenggai.errors import ZhenggaiError
from zhenggai.ledger import Ledger
from zhenggai.reading.data_folders import find_root, plan_paths
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.views.task_lines import longest_overdue


def front_page(start: Path) -> str | None:
    """The page; None where there is no plan."""
    root = find_root(start)
    paths = plan_paths(root) if root else []
    if root is None or not paths:
        return None
    page = ChineseFormatter()
    measures = [_written(page, root, path) for path in paths]
    measure = next(filter(None, measures), "3-2")
    page.write("\n")
    rows = [
        ("zhenggai todo", "今天要办什么"),
        (f"zhenggai add {measure} 做了什么 40%", "记一条进展"),
        ("zhenggai status", "看全局"),
        ("zhenggai week -o 周报.txt", "出周报"),
        ("zhenggai sync", "交出去，取回别人的"),
    ]
    if my_unit(root) is None:
        rows.insert(0, ("zhenggai init --unit 单位", "先记住是哪个单位"))
    with page.indentation():
        page.write_dl(rows)
    page.write("\n")
    page.write_text("全部命令：zhenggai --help")
    return page.getvalue()


def _written(page: ChineseFormatter, root: Path, path: str) -> str | None:
    """Write how a plan stands. Returns a measure to write about; None for a plan that cannot be read."""
    try:
        return _write_state(page, Ledger(root, path), my_unit(root))
    except ZhenggaiError as error:  # the commands are shown all the same
        page.write_text(str(error).replace("\n", "\n\n"))
        return None


def _write_state(page: ChineseFormatter, ledger: Ledger, unit: str | None) -> str:
    """Write how the unit stands, or all units. Returns a measure that it can write about."""
    snapshot = ledger.snapshot(day_of(ledger))
    name = snapshot.unit_name(unit) if unit else None
    tasks = snapshot.where(lambda task: name in (None, task.given, task.unit))
    page.write_text(f"{ledger.plan.title}（截至 {snapshot.as_of}）")
    page.write_text(f"{name or '全部单位'}：{_standing(tasks)}")
    return _next_measure(snapshot, tasks)


def _standing(tasks: tuple[SnapshotTask, ...]) -> str:
    """How many tasks there are, how many are overdue, and the one that is overdue longest."""
    late = longest_overdue(tasks)
    if not late:
        return f"{len(tasks)} 件任务，没有逾期的"
    first = late[0]
    return f"{len(tasks)} 件任务，逾期 {len(late)} 件，最久的是 {first.name}，{first.status.overdue_days} 天"


def _next_measure(snapshot: Snapshot, tasks: tuple[SnapshotTask, ...]) -> str:
    """The measure of the open task that is due first, else the first of the plan."""
    still = [task for task in tasks if task.status.days_left is not None]
    if still:
        return min(still, key=lambda task: task.due or date.max).measure
    return next(iter(snapshot.plan.measure_by_number), "3-2")
