"""``unit`` alone: the units of the unit book, with their classes, short names, identities and numbers of tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Document, Para
from zhenggai.frozen import frozen
from zhenggai.model.units import Unit, UnitBook
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import VERSION, Keys, ReportColumn, ReportColumns, list_of


@frozen
class UnitLine:
    """A unit as of a day. ``category``: its classes then, joined; ``tasks``: how many it has in all plans."""

    name: str
    category: str
    short_names: tuple[str, ...]
    identities: tuple[str, ...]
    tasks: int
    until: date | None


_COLUMNS = ReportColumns[UnitLine](
    ReportColumn("name", head="单位", wrap=True),
    ReportColumn("category", head="类别", wrap=True, keep=1),
    ReportColumn("short_names", cell=lambda unit: "、".join(unit.short_names), wrap=True, keep=2),
    ReportColumn("tasks", numeric=True),
    ReportColumn("identities", cell=lambda unit: "、".join(unit.identities), wrap=True, keep=3),
    ReportColumn("until", head="撤销", keep=4, if_any=True),
)


@frozen
class UnitList:
    """All units, in the order of the unit book."""

    lines: tuple[UnitLine, ...]

    heads: ClassVar[Mapping[str, str]] = _COLUMNS.heads

    keys = Keys["UnitList"](VERSION, list_of("units", _COLUMNS, attrgetter("lines"), head="单位"))

    def record(self) -> dict[str, object]:
        """The JSON of ``unit``: all units."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per unit."""
        return _COLUMNS.records(self.lines)

    def document(self) -> Document:
        """The units as a table."""
        hint = "更名、合并、新增：zhenggai unit rename、merge、add；其余直接改 plans/units.yaml"
        return Document(f"单位册：{len(self.lines)} 个单位", (_COLUMNS.table(self.lines), Para(hint)))


def unit_list(book: UnitBook, snapshots: Iterable[Snapshot], day: date) -> UnitList:
    """The units of a book, with their tasks in the snapshots."""
    tasks = Counter(task.unit for snapshot in snapshots for task in snapshot.tasks)
    return UnitList(tuple(_line(unit, tasks[unit.name], day) for unit in book.members))


def _line(unit: Unit, tasks: int, day: date) -> UnitLine:
    classes = "、".join(unit.classes_on(day))
    return UnitLine(unit.name, classes, unit.short_names, unit.identities, tasks, unit.until)
