"""What reports say for paper alone: attachments, notes, heads over columns, wide tables."""

from datetime import date
from functools import cache
from itertools import groupby

from small_repo import SHIPPED, ledger_in
from zhenggai.document import Document, Heading, Para, ParaRole, Table
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.periodical import periodical
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.report_period import WEEK, period_of
from zhenggai.views.status import status


@cache
def snapshot() -> Snapshot:
    return ledger_in(SHIPPED).snapshot(date(2020, 9, 30))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def heads_over(table: Table) -> list[tuple[str, list[str]]]:
    """The columns of a table by the heads over them, "" for those under none."""
    groups = groupby(table.columns, key=lambda column: column.group)
    return [(group, [column.head for column in columns]) for group, columns in groups]


def test_parts_of_a_number_stand_under_a_head_of_their_own() -> None:
    assert heads_over(tables(status(snapshot()).document())[0]) == [
        ("", ["号", "问题", "措施", "任务"]),
        ("其中", ["未启动", "整改中", "已完成", "已销号", "长期坚持", "持续推进", "例行", "不适用", "逾期"]),
        ("", ["完成率", "灯"]),
    ]
    for table in tables(phase(snapshot(), 1).document()):
        assert heads_over(table)[1:] == [("其中", ["按期", "超期", "未完成", "逾期"]), ("", ["按期率"])]


def test_the_ledger_of_a_weekly_report_is_an_attachment_with_room_for_its_texts() -> None:
    report = periodical(snapshot(), baseline_of(snapshot()), period_of(WEEK, snapshot().plan, snapshot().as_of))
    *_, heading, ledger = report.document().blocks
    assert heading == Heading("附件：台账", attachment=True)
    assert isinstance(ledger, Table)
    assert ledger.landscape
    assert [(column.head, column.weight) for column in ledger.columns[:3]] == [("措施", 1), ("内容", 5), ("任务", 1)]


def test_a_ranking_lies_on_its_side_and_ends_with_notes() -> None:
    document = rank(snapshot(), ()).document()
    assert all(table.landscape == (table.columns[0].head == "名次") for table in tables(document))
    notes = [block for block in document.blocks if isinstance(block, Para) and block.role is ParaRole.NOTE]
    assert notes == list(document.blocks[-3:])
