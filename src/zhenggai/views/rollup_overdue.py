"""``rollup overdue``: the tasks of all counties that are longest overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhenggai.document import Block, Document, Para
from zhenggai.frozen import frozen
from zhenggai.rollup.answers import OverdueTask
from zhenggai.rules.day.lights import Light
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, list_of
from zhenggai.views.rollup_coverage import COVERAGE, NOTE_HEAD, Coverage
from zhenggai.views.task_lines import light_cell

_COLUMNS = ReportColumns[OverdueTask](
    ReportColumn("county", head="县", wrap=True),
    ReportColumn("plan", keep=4, wrap=True),
    ReportColumn("problem", head="问题号", in_table=False),
    ReportColumn("measure", keep=1),
    ReportColumn("unit", wrap=True),
    ReportColumn("category", keep=5, wrap=True),
    ReportColumn("state", keep=3),
    ReportColumn("due", keep=2),
    ReportColumn("days", head="逾期天数", numeric=True),
    ReportColumn("light", cell=lambda task: light_cell(Light(task.light)), keep=6),
)
_KEEP_OF_PLANS: Mapping[str, int] = {"plan": 0, "unit": 1}
"""Where a county has several plans, a task is known by its plan and measure: they stay when the unit goes."""

_COLUMNS_OF_PLANS = ReportColumns[OverdueTask](
    *(column._replace(keep=_KEEP_OF_PLANS.get(column.key, column.keep)) for column in _COLUMNS.columns)
)


def _has_several_plans(tasks: Sequence[OverdueTask]) -> bool:
    """Whether the tasks of a county are of several plans."""
    return len({(task.county, task.plan) for task in tasks}) > len({task.county for task in tasks})


@frozen
class RollupOverdue:
    """``rollup overdue``: how many tasks are overdue, and those that are longest."""

    coverage: Coverage
    total: int
    tasks: tuple[OverdueTask, ...]

    keys = Keys["RollupOverdue"](
        *COVERAGE, Key("overdue", lambda report: report.total, int), list_of("tasks", _COLUMNS)
    )

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {**_COLUMNS.heads, **NOTE_HEAD}

    def record(self) -> dict[str, object]:
        """The JSON of ``rollup overdue``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per task, then what is to be known of counties."""
        return [*_COLUMNS.records(self.tasks), *self.coverage.rows("county")]

    def document(self) -> Document:
        """The list for people to read."""
        blocks: list[Block] = [*self.coverage.blocks()]
        if self.total:
            rest = f"，列出最久的 {len(self.tasks)} 件" if len(self.tasks) < self.total else ""
            shown = [replace(task, county=self.coverage.marked(task.county)) for task in self.tasks]
            columns = _COLUMNS_OF_PLANS if _has_several_plans(shown) else _COLUMNS
            blocks.append(columns.table(shown, f"逾期任务共 {self.total} 件{rest}"))
        else:
            blocks.append(Para("没有逾期的任务。"))
        return Document(f"{self.coverage.title}：逾期任务", tuple(blocks))


def overdue(coverage: Coverage, total: int, tasks: Sequence[OverdueTask]) -> RollupOverdue:
    """The report of some of ``total`` overdue tasks, longest first."""
    return RollupOverdue(coverage, total, tuple(tasks))
