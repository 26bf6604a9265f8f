"""One row gives a column its key in JSON, its head in CSV and in tables, and its values."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from small_repo import SHIPPED
from zhenggai.document import Cell, Document, Report, Table
from zhenggai.ledger import open_ledger
from zhenggai.render import render
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views import columns
from zhenggai.views.check_guide import CheckList
from zhenggai.views.columns import ReportColumn, ReportColumns
from zhenggai.views.due import due, overdue
from zhenggai.views.find import find
from zhenggai.views.groups import By
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import laid_out
from zhenggai.views.lookback import lookback
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.remind_ladder import ladder
from zhenggai.views.selection import EVERYTHING
from zhenggai.views.status import status
from zhenggai.views.task_list import task_list
from zhenggai.views.trend import Per, trend

COLUMNS = ReportColumns[date](
    ReportColumn("year"),
    ReportColumn("weekday", lambda day: day.isoweekday(), head="星期", cell=lambda day: f"周{day.isoweekday()}"),
    ReportColumn("words", str, head="全写", in_data=False),
    ReportColumn("leap", lambda day: day.year % 4 == 0, head="闰年", in_table=False, numeric=True),
)
DAY = date(2020, 7, 1)


def _day(pair: tuple[str, date]) -> date:
    return pair[1]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in line] for line in table.rows]


def test_a_column_stands_under_one_word_in_csv_and_in_tables() -> None:
    assert COLUMNS.heads == {"year": "年度", "weekday": "星期", "leap": "闰年"}
    assert COLUMNS.records([DAY]) == [{"year": 2020, "weekday": 3, "leap": True}]
    table = COLUMNS.table([DAY], "一天", footer=date(2021, 1, 1))
    assert [column.head for column in table.columns] == ["年度", "星期", "全写"]
    assert cells(table) == [["2020", "周3", "2020-07-01"]]
    assert (table.title, table.footer[1]) == ("一天", Cell("周5"))


def test_columns_can_be_arranged_anew_and_taken_over_by_what_holds_their_item() -> None:
    table = COLUMNS.arranged("weekday", "year", year="那年").table([DAY])
    assert [column.head for column in table.columns] == ["星期", "那年"]
    assert cells(table) == [["周3", "2020"]]
    held = ReportColumns[tuple[str, date]](ReportColumn("name", lambda pair: pair[0]), *COLUMNS.of(_day))
    assert held.record(("甲", DAY)) == {"name": "甲", "year": 2020, "weekday": 3, "leap": True}
    assert cells(held.table([("甲", DAY)])) == [["甲", "2020", "周3", "2020-07-01"]]


def test_a_number_to_worry_about_is_red_unless_it_is_none() -> None:
    assert [columns.warned(number).tone for number in (0, 1)] == ["", "红"]


REPORTS: dict[str, tuple[Callable[[Snapshot], Report], set[str]]] = {
    "status": (status, {"长期坚持", "已完成并长期坚持"}),  # in CSV with 持续推进
    "status --by": (lambda snapshot: status(snapshot, By.SOURCE), {"长期坚持", "已完成并长期坚持"}),
    "overdue": (overdue, {"逾期天数", "应办", "步骤"}),  # days without a sign; duties stand under 时限 in CSV
    "due": (lambda snapshot: due(snapshot, 60), {"剩余天数", "应办", "步骤"}),
    "list": (task_list, set()),
    "find": (
        lambda snapshot: find(snapshot, snapshot, EVERYTHING, ["党"], lambda: snapshot.whole),
        {"号", "所在", "编号"},
    ),
    **{
        f"list --layout {name}": (partial(laid_out, name=name), set[str]())
        for name in LayoutName
        if name is not LayoutName.E  # in which two columns are called 完成率, as in the ledgers in use
    },
    "phase": (lambda snapshot: phase(snapshot, 1), {"号", "问题", "按期率"}),  # the problem is a number in CSV
    "rank": (lambda snapshot: rank(snapshot, ()), set()),
    "trend": (lambda snapshot: trend(snapshot, [snapshot], Per.WEEK), {"走势"}),  # a bar
    "lookback": (lookback, set()),
    "remind --ladder": (lambda snapshot: ladder(snapshot, (), snapshot), {"办理"}),
    "check --list": (lambda _: CheckList(), set()),
}


def heads_of(document: Document) -> set[str]:
    """The heads of a report's own tables, without those that stand beside them."""
    beside = ("逾期最久的", "按规则应约谈的单位", "按问题、措施、任务")
    tables = [block for block in document.blocks if isinstance(block, Table) and not block.title.startswith(beside)]
    assert tables
    return {column.head for table in tables for column in table.columns}


@pytest.mark.parametrize("name", REPORTS)
def test_every_head_of_a_report_s_tables_is_the_word_of_its_csv(name: str) -> None:
    made, of_tables_only = REPORTS[name]
    report = made(open_ledger(SHIPPED, "jcdj-2020").snapshot(date(2020, 12, 31)))
    assert heads_of(report.document()) - set(report.heads.values()) <= of_tables_only
    assert len(set(report.heads.values())) == len(report.heads)


@pytest.mark.parametrize("name", REPORTS)
def test_every_column_of_csv_is_a_key_of_the_rows_and_of_json(name: str) -> None:
    made, _ = REPORTS[name]
    report = made(open_ledger(SHIPPED, "jcdj-2020").snapshot(date(2020, 12, 31)))
    assert set(report.heads) == {key for line in report.rows() for key in line}
    written = render(report, "json")
    assert {key for key in report.heads if f'"{key}": ' not in written} <= {"finding"}  # a problem's number there
