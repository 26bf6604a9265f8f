"""The columns and keys that say how many problems, measures and tasks are in each state, for all reports with counts."""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import NamedTuple

from zhenggai.model.labels import label_of
from zhenggai.rules.day.counts import STANDINGS, CountedBy, Counts, CountsBy, Turns
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, fields_of, rate_cell, warned


def _if_any(key: str, of_table: Callable[[Counts], int] | None = None) -> ReportColumn[Counts]:
    """A number that many tables do not need: they have the column only if it is not 0 everywhere.

    With ``of_table``, it is a difference of others that only tables show.
    """
    return ReportColumn(key, of_table, numeric=True, keep=5, group="其中", in_data=of_table is None, if_any=True)


COUNTS = ReportColumns[Counts](
    ReportColumn("measures", numeric=True, keep=8),
    ReportColumn("tasks", numeric=True, keep=3),
    ReportColumn("not_started", numeric=True, keep=5, group="其中", part=True),
    ReportColumn("in_progress", numeric=True, keep=5, group="其中", part=True),
    _if_any("basically_done")._replace(part=True),
    ReportColumn("completed", numeric=True, keep=2, group="其中", part=True),
    ReportColumn("completed_then_followed", in_table=False),
    _if_any("then_long_term", lambda c: c.completed_then_followed - c.completed_then_continuous)._replace(keep=9),
    _if_any("completed_then_continuous")._replace(keep=9),
    ReportColumn("closed", numeric=True, keep=7, group="其中"),
    ReportColumn("long_term", in_table=False),
    _if_any("lasting", lambda c: c.long_term - c.continuous)._replace(part=True),
    _if_any("continuous")._replace(part=True),
    _if_any("recurring")._replace(part=True),
    _if_any("not_applicable")._replace(part=True),
    _if_any("unread_deadline")._replace(keep=6),
    ReportColumn("overdue", cell=lambda c: warned(c.overdue), numeric=True, keep=1, group="其中"),
    _if_any("overdue_steps")._replace(keep=6),
    ReportColumn("denominator", in_table=False),
    ReportColumn("completion_rate", cell=lambda c: rate_cell(c.completion_rate), numeric=True, keep=1),
)


def _level_keys(what: CountedBy) -> Iterator[Key[Counts]]:
    """How many problems or measures are in each standing, and their rate."""
    for standing in STANDINGS:
        yield Key(f"{what.value}_{standing.value}")
    yield Key(f"{what.value}_completion_rate", lambda counts: counts.by(what).completion_rate, float | None)


TOTALS = Keys[Counts](Key("problems"), *COUNTS.keys, *_level_keys(CountedBy.PROBLEMS), *_level_keys(CountedBy.MEASURES))
"""The counts of a whole plan in JSON."""

LEVELS = ReportColumns[CountsBy](
    ReportColumn("what", lambda of: label_of(of.what.value), head="按什么计"),
    ReportColumn("all", head="合计", numeric=True, keep=1),
    ReportColumn("denominator", head="要完成的", numeric=True),
    ReportColumn("completed", numeric=True),
    ReportColumn("basically_done", numeric=True, keep=4),
    ReportColumn("in_progress", numeric=True, keep=3),
    ReportColumn("not_started", numeric=True, keep=2),
    ReportColumn("completion_rate", cell=lambda of: rate_cell(of.completion_rate), numeric=True),
)
"""The same counts by problem, by measure, by task."""


class Totals(NamedTuple):
    """The counts of some tasks, and how many of them were ever extended, returned or reopened."""

    counts: Counts
    turns: Turns


TOTALS_AND_TURNS = Keys[Totals](*TOTALS.through(attrgetter("counts")), *fields_of(Turns).through(attrgetter("turns")))
