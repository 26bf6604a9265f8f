"""``list --layout``: the layouts (版式) of the ledger that are in use, and a snapshot in one of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.column_choice import in_order, keys_named, refuse_unmerged
from zhenggai.views.count_layouts import DUTIES, PROBLEMS, E
from zhenggai.views.layout import LaidOut, Layout, LayoutName
from zhenggai.views.measure_layouts import A, B
from zhenggai.views.task_layouts import TASKS, C, D

LAYOUTS: Mapping[LayoutName, Layout[Any]] = {layout.name: layout for layout in (A, B, C, D, E, PROBLEMS, TASKS, DUTIES)}


def laid_out(
    snapshot: Snapshot,
    name: LayoutName,
    columns: Sequence[str] = (),
    sort: str | None = None,
    *,
    down: bool = False,
    units: Collection[str] | None = None,
    merged: bool = False,
) -> LaidOut:
    """A snapshot in a layout, with columns and order as of ``task_list``.

    ``units`` limits the rows of 责任清单, which are made of all tasks, since a unit leads what others do.
    """
    terms = snapshot.plan.terms
    layout = LAYOUTS[name]
    lines = layout.make(snapshot)
    if units is not None:
        lines = [line for line in lines if line.unit in units]
    lines = in_order(lines, layout.columns, sort, terms, down=down)
    if layout.is_numbered:
        lines = [replace(line, nth=nth) for nth, line in enumerate(lines, 1)]
    keys = keys_named(layout.columns, columns, terms)
    if merged:
        refuse_unmerged(layout.columns.arranged(*keys or layout.columns.heads))
    return LaidOut(snapshot, layout, tuple(lines), keys, merged)
