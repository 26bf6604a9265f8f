"""All reports of a day say the same: sentences, tables and JSON of status, week, month, phase and rank."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from random_histories import book_from, histories, plans
from small_repo import SHIPPED
from zhenggai.deadline.calendar import month_end
from zhenggai.document import Document, Heading, Para, Table
from zhenggai.ledger import open_ledger
from zhenggai.model.book import Book
from zhenggai.model.rates import rate
from zhenggai.render import render
from zhenggai.rules.day.money_sums import plan_money
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.day.state import state
from zhenggai.rules.todo.acts import Act
from zhenggai.rules.todo.pending_acts import todo_of
from zhenggai.rules.todo.submissions import pending_submissions, reporting_unit
from zhenggai.views.breakdown import Breakdown, breakdown
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.due import due, overdue
from zhenggai.views.groups import By
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import laid_out
from zhenggai.views.narrowing import narrowed
from zhenggai.views.periodical import Periodical, periodical
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.report_period import MONTH, WEEK, Cadence, period_of
from zhenggai.views.selection import Selection, select
from zhenggai.views.show import show
from zhenggai.views.status import status
from zhenggai.views.task_list import task_list
from zhenggai.views.trend import Per, trend

GROUPS = ("not_started", "in_progress", "basically_done", "completed", "long_term", "recurring", "not_applicable")
GROUP_HEADS = ("未启动", "整改中", "基本完成", "已完成", "长期坚持", "持续推进", "例行", "不适用")
DAYS = st.dates(date(2020, 4, 1), date(2021, 2, 1))


def periodical_on(book: Book, as_of: date, cadence: Cadence) -> Periodical:
    now = state(book, as_of)
    period = period_of(cadence, now.plan, as_of)
    before = baseline_of(state(book, period.start - timedelta(days=1)))
    return periodical(now, before, period, pending=pending_submissions(now, ()))


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Para)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def numbers(table: Table) -> Iterator[Mapping[str, str]]:
    heads = [column.head for column in table.columns]
    for cells in (*table.rows, *([table.footer] if table.footer else [])):
        if sum(bool(cell.text) for cell in cells) == 1:  # a heading
            continue
        yield dict(zip(heads, [cell.text for cell in cells], strict=True))


def said(sentence: str, words: str) -> int:
    """The number that follows words in a sentence, 0 if they are not in it."""
    found = re.search(rf"(?<!已完成并){words}(\d+)[个件]", sentence)
    return int(found[1]) if found else 0


def assert_adds_up(table: Table) -> None:
    for shown in numbers(table):
        assert sum(int(shown.get(head, "0")) for head in GROUP_HEADS) == int(shown["任务"])
        assert sum(int(shown.get(head, "0")) for head in ("已完成并长期坚持", "已完成并持续推进")) <= int(
            shown["已完成"]
        )
        assert int(shown["已销号"]) <= int(shown["已完成"])


def assert_sentence_says(sentence: str, totals: Mapping[str, Any]) -> None:
    assert said(sentence, "已完成整改") == totals["completed"]
    assert said(sentence, "其中销号") == totals["closed"]
    followed = [int(n) for n in re.findall(r"已完成并(?:长期坚持|持续推进)(\d+)个", sentence)]
    assert sum(followed) == totals["completed_then_followed"]
    assert said(sentence, "基本完成并持续整改") == totals["basically_done"]
    assert said(sentence, "正在推进") == totals["in_progress"]
    assert said(sentence, "未启动") == totals["not_started"]
    assert said(sentence, "长期坚持") + said(sentence, "持续推进") == totals["long_term"]
    assert said(sentence, "例行") == totals["recurring"]
    assert said(sentence, "不适用") == totals["not_applicable"]
    assert said(sentence, "，逾期") == totals["overdue"]
    assert said(sentence, "另有步骤逾期") == totals["overdue_steps"]
    assert said(sentence, "其中时限读不出") == totals["unread_deadline"]
    assert f"以{totals['denominator']}件为分母" in sentence
    assert totals["completion_rate"] == rate(totals["completed"], totals["denominator"])
    if totals["denominator"]:
        assert f"总体完成率{totals['completion_rate']:.2f}%" in sentence


def measure_of(task: SnapshotTask) -> Iterable[object]:
    return [task.measure]


def problems_of(now: Snapshot, task: SnapshotTask) -> Iterable[object]:
    """The problems that a task answers: the one in which its measure stands, and those that share the measure."""
    return [task.problem, *(f.number for f in now.plan.problems if task.measure in f.shared_measures)]


def assert_levels(sentence: str, totals: Mapping[str, Any], now: Snapshot) -> None:
    """Problems and measures, counted here one by one: completed is what has nothing left to complete."""
    needed = [t for t in now.tasks if t.status.group in GROUPS[:4]]
    for level, noun, of in (("problems", "问题", partial(problems_of, now)), ("measures", "措施", measure_of)):
        together: dict[object, set[str]] = {}
        for task in needed:
            for name in of(task):
                together.setdefault(name, set()).add(str(task.status.group))
        done = sum(groups == {"completed"} for groups in together.values())
        basically = sum(
            "basically_done" in groups and groups <= {"basically_done", "completed"} for groups in together.values()
        )
        untouched = sum(groups == {"not_started"} for groups in together.values())
        names = ("completed", "basically_done", "in_progress", "not_started")
        found = [totals[f"{level}_{name}"] for name in names]
        assert found == [done, basically, len(together) - done - basically - untouched, untouched]
        assert totals[f"{level}_completion_rate"] == rate(done, len(together))
        assert f"{noun}：{f'{len(together)}' if together else '没有要完成的'}" in sentence


def assert_counts(totals: Mapping[str, Any]) -> None:
    assert sum(totals[group] for group in GROUPS) == totals["tasks"]
    assert totals["denominator"] == sum(totals[group] for group in GROUPS[:4])
    assert totals["completed_then_continuous"] <= totals["completed_then_followed"] <= totals["completed"]
    assert totals["continuous"] <= totals["long_term"]
    assert totals["closed"] <= totals["completed"]


def course(document: Document, problem: str) -> str:
    """The first sentence about a problem in a weekly report."""
    blocks = list(document.blocks)
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and f"“{problem}”" in block.text)
    following = blocks[place + 1]
    assert isinstance(following, Para)
    return following.text.partition("。")[0]


def course_of(tasks: list[SnapshotTask]) -> str:
    open_, groups = {"not_started", "in_progress", "basically_done"}, {t.status.group.value for t in tasks}
    if not groups & {*open_, "completed"}:
        return "该问题"
    if not groups & open_:
        return "该问题已完成整改"
    return "该问题尚未启动" if groups & {*open_, "completed"} == {"not_started"} else "该问题正在推进"


@given(histories(), DAYS, plans())
def test_all_reports_of_a_day_agree(history: str, as_of: date, plan: str) -> None:
    book = book_from(history, plan)
    now = state(book, as_of)
    totals = assert_all_lists(now)
    assert_money(now)
    for unit in {task.unit for task in now.tasks}:
        totals_of_overview(select(now, Selection(unit=unit)))
    for cadence in (WEEK, MONTH):
        report = periodical_on(book, as_of, cadence)
        assert_periodical(report, totals, now)


@pytest.mark.parametrize("month", range(1, 13))
def test_all_lists_of_the_shipped_plan_agree(month: int) -> None:
    ledger = open_ledger(SHIPPED, "jcdj-2020")
    now = ledger.snapshot(month_end(2020, month))
    assert_all_lists(now)
    for unit in ("各乡镇", "县教育局"):
        assert_all_lists(select(now, Selection(unit=unit)))


def assert_all_lists(now: Snapshot) -> Any:
    """Every list, layout and breakdown of a day adds up to the totals of ``status``, which are returned."""
    totals, problems = totals_of_overview(now)
    assert_lists(now, totals)
    assert_ledger(now, totals, problems)
    assert_layouts(now, totals, problems)
    assert_units(now, totals)
    assert_trend(now, totals)
    assert_breakdowns(now, totals)
    assert_submissions(now, totals)
    return totals


def totals_of_overview(now: Snapshot) -> tuple[Any, list[Any]]:
    """The totals of ``status`` and its rows, which add up to them and are what its sentence says."""
    overview = status(now)
    totals: Any = overview.record()["totals"]
    problems: list[Any] = [dict(row) for row in overview.rows()]
    assert {row["number"] for row in problems} >= {number for task in now.tasks for number in problems_of(now, task)}
    assert_counts(totals)
    for problem in problems:
        assert_counts(problem)
    for name in set(totals).intersection(*problems) - {"completion_rate"}:
        assert sum(problem[name] for problem in problems) == totals[name]
    for table in tables(overview.document())[:1]:
        assert_adds_up(table)
    (whole,) = (text for text in paragraphs(overview.document()) if "件任务，已完成整改" in text)
    assert_sentence_says(whole, totals)
    assert_levels(whole, totals, now)
    return totals, problems


def assert_lists(now: Snapshot, totals: Mapping[str, Any]) -> None:
    late = overdue(now)
    assert (len(late.tasks), len(late.steps)) == (totals["overdue"], totals["overdue_steps"])
    soon = due(now, 20)
    assert not {(t.measure, t.unit, t.due) for t in late.tasks} & {(t.measure, t.unit, t.due) for t in soon.tasks}
    lit = {t.key: t.status for t in now.tasks}
    assert all(
        s.is_overdue <= (s.light.value == "红") and bool(s.steps_overdue) <= (s.light.value == "红")
        for s in lit.values()
    )


def assert_submissions(now: Snapshot, totals: Mapping[str, Any]) -> None:
    """Each 报送 is late or due in all lists or in none, and counts as no task."""
    pending, soon = pending_submissions(now, ()), now.plan.rules.due_soon_days
    late, near = overdue(now, pending), due(now, soon, pending)
    days = {one.submission.name: one.days(now.as_of) for one in pending}
    assert {line.name for line in late.submissions} == {name for name, d in days.items() if d is not None and d > 0}
    assert {line.name for line in near.submissions} == {
        name for name, d in days.items() if d is not None and -soon <= d <= 0
    }
    overview = status(now, pending=pending)
    shown = (*late.submissions, *near.submissions)
    assert overview.submissions == shown
    assert any(text.startswith("报送：") for text in paragraphs(overview.document())) is bool(shown)
    assert (overview.record()["totals"], len(late.tasks)) == (totals, totals["overdue"])
    if unit := reporting_unit(now):
        todos = [todo.named[0] for todo in todo_of(now, unit, (), (), pending) if todo.act is Act.SUBMIT]
        assert sorted(todos) == sorted([*(line.name for line in shown), *(n for n, d in days.items() if d is None)])


def assert_ledger(now: Snapshot, totals: Mapping[str, Any], problems: list[Any]) -> None:
    """A row a task, and as many of each problem and in each state as the overview counts."""
    rows = task_list(now, sort="截止日").rows()
    assert {(row["measure"], row["unit"]) for row in rows} == {(t.measure, t.unit) for t in now.tasks}
    assert len(rows) == totals["tasks"]
    for problem in problems:
        assert sum(row["problem"] == problem["number"] for row in rows) == problem["tasks"]
    assert sum(row["state"] == "未启动" for row in rows) == totals["not_started"]
    assert sum(row["state"] in ("长期坚持", "持续推进") for row in rows) == totals["long_term"]
    assert sum(isinstance(row["days"], int) and row["days"] > 0 for row in rows) == totals["overdue"]
    dues = [str(row["due"]) for row in rows if row["due"]]
    assert dues == sorted(dues)
    assert [bool(row["due"]) for row in rows] == [True] * len(dues) + [False] * (len(rows) - len(dues))


def assert_trend(now: Snapshot, totals: Mapping[str, Any]) -> None:
    """The row of a day; what the course of many days adds to it is in ``test_trend_days``."""
    (point,) = json.loads(render(trend(now, [now], Per.WEEK), "json"))["points"]
    money: Any = status(now).record().get("money") or dict.fromkeys((*SUMS, "rectified_rate"))
    figures = {**money, **totals}
    assert {name: point[name] for name in set(point) - {"date", "red"}} == {
        name: figures[name] for name in set(point) - {"date", "red"}
    }
    assert point["red"] == sum(row["light"] == "红" for row in task_list(now).rows())


def assert_layouts(now: Snapshot, totals: Mapping[str, Any], problems: list[Any]) -> None:
    """Every layout has each measure, task, unit or problem once, and adds up to the overview."""
    rows: dict[str, Any] = {name: laid_out(now, name).record()["rows"] for name in LayoutName}
    for name in "AB":
        own = [row for row in rows[name] if row["content"] and "（同措施" not in row["content"]]
        assert len(own) == totals["measures"]
    assert len({row["nth"] for row in rows["B"]}) == totals["problems"]
    assert len(rows["C"]) == len(rows["任务清单"]) == totals["tasks"]
    assert sum(row["is_completed"] == "是" for row in rows["C"]) == totals["completed"]
    assert sum(row["is_completed"] == "否" for row in rows["C"]) == totals["denominator"] - totals["completed"]
    assert sum(row["is_closed"] == "是" for row in rows["C"]) == totals["closed"]
    assert sum(row["outcome"] == "已完成整改，已销号" for row in rows["D"]) == totals["closed"]
    assert [row["nth"] for row in rows["D"]] == list(range(1, len(rows["D"]) + 1))
    for shown, name in (("denominator", "denominator"), ("completed", "completed")):
        assert sum(row[shown] for row in rows["E"]) == sum(row[shown] for row in rows["问题清单"]) == totals[name]
    immediate = [task for task in now.tasks if task.task.category == "立行立改" and task.status.group in GROUPS[:4]]
    assert sum(row["immediate_denominator"] for row in rows["E"]) == len(immediate)
    assert [row["number"] for row in rows["问题清单"]] == [problem["number"] for problem in problems]
    for key in ("measures", "tasks", "overdue", "completion_rate"):
        assert [row[key] for row in rows["问题清单"]] == [problem[key] for problem in problems]
    for word, standing in (("已完成", "completed"), ("整改中", "in_progress"), ("未启动", "not_started")):
        assert sum(row["standing"] == word for row in rows["问题清单"]) == totals[f"problems_{standing}"]
    duties = rows["责任清单"]
    assert len({row["unit"] for row in duties}) == len(duties)
    for key in ("tasks", "completed", "overdue"):
        assert sum(row[key] for row in duties) == totals[key]
    for name in ("E", "问题清单", "责任清单"):
        (table,) = tables(laid_out(now, LayoutName(name)).document())
        assert all(len(cells) == len(table.columns) for cells in (*table.rows, table.footer))


SUMS = ("rectified", "recovered", "loss_avoided", "beside", "excess", "remaining", "amount")


def assert_money(now: Snapshot) -> None:
    """A unit, problem or measure has the same money in its row of ``status``, by ``show``, and where it is asked for alone."""
    money: Any = status(now).record()["money"]
    for unit in money["units"]:
        alone: Any = status(select(now, Selection(unit=unit["unit"]))).record()["money"]
        assert {key: alone[key] for key in unit if key != "unit"} == {key: unit[key] for key in unit if key != "unit"}
        assert show(now, unit["unit"]).record()["money"] == {key: alone[key] for key in unit if key != "unit"}
        assert_parts_of_money(alone)
    listed = [row["rectified"] or 0 for row in task_list(now).rows()]
    given_up = sum(task.row.money.rectified for task in set(plan_money(now).tasks) - set(now.tasks))
    assert sum(map(Decimal, map(str, listed))) + given_up == Decimal(money["rectified"])
    laid: Any = laid_out(now, LayoutName.A).record()["rows"]
    measured = sum(Decimal(str(row["rectified"] or 0)) for row in laid)
    assert measured == sum(Decimal(part["rectified"]) for part in money["measures"])
    for window in now.windows:
        of_phase: Any = phase(now, window.number).record().get("money")
        assert of_phase == status(select(now, Selection(phase=window.number))).record().get("money")
    shared = {number for problem in now.plan.problems for number in problem.shared_measures}
    for problem in money["problems"]:
        number = str(problem["number"])
        shown: Any = show(now, number).record().get("money") or dict.fromkeys(SUMS, None)
        asked: Any = status(select(now, Selection(problem=number))).record().get("money") or shown
        for key in SUMS[:3]:
            assert Decimal(shown[key] or 0) == Decimal(problem[key])
            assert shared or Decimal(asked[key] or 0) == Decimal(problem[key])
        for key in ("amount", "rectified_rate", "remaining"):
            assert shown.get(key) == problem[key]
            assert shared or asked.get(key) == problem[key]
    assert_parts_of_money(money)


def assert_parts_of_money(money: Mapping[str, Any]) -> None:
    """The problems add up to the whole; the measures have all that was done."""
    for key in SUMS[:3]:
        for parts in ("problems", "measures", "units"):
            assert sum(Decimal(part[key]) for part in money[parts]) == Decimal(money[key])
    if money["amount"] is not None:
        for key in ("amount", "remaining", "excess"):
            assert sum(Decimal(problem[key] or 0) for problem in money["problems"]) == Decimal(money[key])
        assert Decimal(money["amount"]) - Decimal(money["rectified"]) + Decimal(money["beside"]) == Decimal(
            money["remaining"]
        ) - Decimal(money["excess"])


def assert_units(now: Snapshot, totals: Mapping[str, Any]) -> None:
    units = [unit for found in rank(now, ()).classes for unit in found.units]
    for name in ("tasks", "denominator", "completed", "closed", "overdue"):
        assert sum(getattr(unit.score.counts, name) for unit in units) == totals[name]
    outcomes = [phase(now, window.number) for window in now.windows]
    for found in outcomes:
        o = found.total
        assert o.due == o.on_time + o.late + o.open
        for rows in (found.by_unit, found.by_problem):
            assert [sum(getattr(row.outcome, n) for row in rows) for n in ("due", "overdue")] == [o.due, o.overdue]
        for table in tables(found.document()):
            for shown in numbers(table):
                assert int(shown["应完成"]) == sum(int(shown[head]) for head in ("按期", "超期", "未完成"))
        if found.running:
            (sentence,) = (text for text in paragraphs(found.document()) if text.startswith("这些任务"))
            in_phase: Any = found.record()["totals"]
            assert_sentence_says(sentence, in_phase)
            assert_levels(sentence, in_phase, narrowed(now, found.running))


ACROSS = ("problems", "measures")  # what may stand in several groups


def assert_breakdowns(now: Snapshot, totals: Mapping[str, Any]) -> None:
    """Whatever the counts are broken down by, every task is in one group; sources and natures also part the problems."""
    for by in By:
        found = breakdown(now, by)
        groups: Any = Breakdown.keys.record(found)["groups"]
        assert len({group["name"] for group in groups}) == len(groups)
        for group in groups:
            assert_counts(group)
        for name in totals:
            total = sum(group[name] or 0 for group in groups)
            if name.endswith("completion_rate"):
                assert all(0 <= (group[name] or 0) <= 100 for group in groups)
            elif not name.startswith(ACROSS) or by in (By.SOURCE, By.NATURE):
                assert total == totals[name]
        if money := status(now).record().get("money"):
            assert_money_of_groups(groups, money)
        table = next(block for block in found.blocks() if isinstance(block, Table))
        assert_adds_up(table)
        assert dict(zip([c.head for c in table.columns], table.footer, strict=True))["任务"].text == str(
            totals["tasks"]
        )
    for window in now.windows:
        parted = phase(now, window.number, By.CLASS)
        record: Any = parted.record()
        assert sum(group["tasks"] for group in record["breakdown"]["groups"]) == record["totals"]["tasks"]
        for name in ("due", "on_time", "late", "open", "overdue"):
            assert sum(group[name] for group in record["outcomes"]) == record[name]


def assert_money_of_groups(groups: list[Any], money: Any) -> None:
    parts = [group["money"] for group in groups if "money" in group]
    for key in SUMS[:3]:
        assert sum(Decimal(part[key]) for part in parts) == Decimal(money[key])
    if money["amount"] is not None and not any(part["undivided"] for part in parts):
        assert sum(Decimal(part["amount"] or 0) for part in parts) == Decimal(money["amount"])


def assert_periodical(report: Periodical, totals: Mapping[str, Any], now: Snapshot) -> None:
    record: Any = report.record()
    assert {name: record["totals"][name] for name in totals} == totals
    assert record.get("money") == status(now).record().get("money")
    assert (len(record["overdue"]), len(record["overdue_steps"])) == (totals["overdue"], totals["overdue_steps"])
    document = report.document()
    assert_sentence_says(next(text for text in paragraphs(document) if text.startswith("截至")), totals)
    ledger = tables(document)[-1]
    assert_adds_up(ledger)
    assert sum(int(shown["任务"]) for shown in numbers(ledger)) == totals["tasks"]
    for problem in now.plan.problems:
        assert course(document, problem.content).startswith(course_of(now.answering.get(problem.number, [])))
    for text in paragraphs(document):
        assert "一是" not in text or "二是" in text
    for place, lines in (("存在问题", report.late.submissions), ("下步打算", report.soon.submissions)):
        assert [line.words in render(report, "text").partition(place)[2] for line in lines] == [True] * len(lines)
