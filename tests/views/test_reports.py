"""What the reports say, on a plan of five measures and a ledger that stands in sight."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from small_repo import HEAD, PLAN, UNITS, day, ledger_in, small_repo, snapshot_in, write
from zhenggai.deadline.meaning import Context
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.document import Report
from zhenggai.errors import UsageError
from zhenggai.render import render
from zhenggai.rules.plan.plan_on_day import adjusted_between
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.due import due, overdue
from zhenggai.views.periodical import Periodical, periodical
from zhenggai.views.phase import phase
from zhenggai.views.report_period import MONTH, WEEK, Cadence, Period, period_no, period_of
from zhenggai.views.selection import Selection, select
from zhenggai.views.show import newest, show
from zhenggai.views.status import status
from zhenggai.views.when import meaning

LEDGER = """
04-10 县教育局 进展 1-1 进度=40 内容=初稿征求十二个支部意见 佐证=县教发〔2020〕3号
04-15 城关镇 进展 1-1 进度=20 存在问题=人手不足 下步打算=五月底前开会
05-06 县财政局 例行 2-2 期次=2020-04
05-20 县教育局 完成 1-1 内容=办法印发
05-21 县教育局 申请销号 1-1 签批领导=局长 #申
05-25 县委办公室 初审 针对=申 结论=通过 #初
05-26 县委组织部 复核 针对=初 结论=通过 #复
05-26 县委组织部 销号公示 针对=复 起=2020-05-26 止=2020-06-01 #公
06-03 县委组织部 销号 针对=公 措施摘要=0000
06-19/06-29 县财政局 进展 2-3 进度=30 步骤=2-3-1 内容=摸底完成
06-30 河东乡 经验 内容=小事先在网格里议
"""

ALL = Selection()
STANDINGS = ("completed", "basically_done", "in_progress", "not_started")
COUNTS = ["measures", "tasks", "not_started", "in_progress", "basically_done", "completed",
          "completed_then_followed", "completed_then_continuous", "closed", "long_term", "continuous", "recurring",
          "not_applicable", "unread_deadline", "overdue", "overdue_steps", "denominator", "completion_rate"]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER)


def record_of(report: Report) -> Any:
    return json.loads(render(report, "json"))


def report_of(root: Path, cadence: Cadence, as_of: str, selection: Selection = ALL) -> Periodical:
    now = select(snapshot_in(root, as_of), selection)
    period = period_of(cadence, now.plan, now.as_of)
    eve = date.fromordinal(period.start.toordinal() - 1)
    adjusted = adjusted_between(ledger_in(root).book.plan, eve, now.as_of)
    before = baseline_of(select(snapshot_in(root, eve.isoformat()), selection))
    return periodical(now, before, period, adjusted, whole=selection.is_all)


def week_of(root: Path, as_of: str, selection: Selection = ALL) -> Periodical:
    return report_of(root, WEEK, as_of, selection)


def month_of(root: Path, as_of: str) -> Periodical:
    return report_of(root, MONTH, as_of)


# status


def test_status_has_the_fields_that_the_issue_lists(root: Path) -> None:
    record = record_of(status(snapshot_in(root, "07-01")))
    assert {"schema_version", "plan", "as_of", "phases", "totals", "problems", "worst"} <= set(record)
    assert (record["schema_version"], record["plan"], record["as_of"]) == (1, "p", "2020-07-01")
    levels = [f"{level}_{name}" for level in ("problems", "measures") for name in (*STANDINGS, "completion_rate")]
    assert list(record["totals"]) == ["problems", *COUNTS, *levels]
    levels = ["aspects", "symptoms", "shared_measures", "state"]
    assert [list(problem) for problem in record["problems"]] == [["number", "title", *COUNTS, "light", *levels]] * 2


def test_status_counts_every_task_once(root: Path) -> None:
    assert record_of(status(snapshot_in(root, "07-01")))["totals"] == {
        "problems": 2,
        "measures": 5,
        "tasks": 7,
        "not_started": 2,
        "in_progress": 2,
        "basically_done": 0,
        "completed": 1,
        "completed_then_followed": 0,
        "completed_then_continuous": 0,
        "closed": 1,
        "long_term": 1,
        "continuous": 0,
        "recurring": 1,
        "not_applicable": 0,
        "unread_deadline": 0,
        "overdue": 3,
        "overdue_steps": 0,
        "denominator": 5,
        "completion_rate": 20.0,
        "problems_completed": 0,
        "problems_basically_done": 0,
        "problems_in_progress": 2,
        "problems_not_started": 0,
        "problems_completion_rate": 0.0,
        "measures_completed": 0,
        "measures_basically_done": 0,
        "measures_in_progress": 2,
        "measures_not_started": 1,
        "measures_completion_rate": 0.0,
    }


@pytest.mark.parametrize("as_of", ["03-05", "05-20", "07-01", "12-31"])
def test_the_groups_add_up_for_each_problem_and_the_problems_to_the_totals(root: Path, as_of: str) -> None:
    record = record_of(status(snapshot_in(root, as_of)))
    groups = ("not_started", "in_progress", "basically_done", "completed", "long_term", "recurring", "not_applicable")
    for counts in (record["totals"], *record["problems"]):
        assert sum(counts[group] for group in groups) == counts["tasks"]
    for name in COUNTS[:-1]:
        assert sum(diagnostic[name] for diagnostic in record["problems"]) == record["totals"][name]


def test_a_rate_over_nothing_is_null(root: Path) -> None:
    snapshot = select(snapshot_in(root, "07-01"), Selection(problem="2-1"))
    report = status(snapshot)
    assert record_of(report)["totals"]["completion_rate"] is None
    assert "总体完成率—（以0件为分母，不含长期坚持1件）" in render(report, "text")


def test_two_phases_may_be_open_and_one_without_end_has_no_share(root: Path) -> None:
    records = [record_of(status(snapshot_in(root, as_of))) for as_of in ("03-05", "09-10", "12-10")]
    assert [[p["number"] for p in record["phases"]] for record in records] == [[], [1, 2], [2, 3]]
    assert [p["share"] for p in record_of(status(snapshot_in(root, "12-31")))["phases"]] == [1.0, None]
    assert "当天不在任何阶段之内" in render(status(snapshot_in(root, "03-05")), "text")


def test_the_worst_come_longest_overdue_first_with_unit_and_days(root: Path) -> None:
    worst = record_of(status(snapshot_in(root, "07-01")))["worst"]
    assert [(line["measure"], line["unit"], line["days"]) for line in worst] == [
        ("1-2", "县教育局", 107),
        ("1-1", "城关镇", 1),
        ("1-1", "河东乡", 1),
    ]


def test_the_worst_are_five_at_the_most(tmp_path: Path) -> None:
    plan = PLAN.replace("责任单位: [各乡镇, 县教育局]", "责任单位: [各乡镇, 县直各单位, 县委办公室, 县委组织部]")
    root = small_repo(tmp_path, plan=plan)
    report = status(snapshot_in(root, "08-01"))
    assert (report.snapshot.counts.overdue, len(report.worst)) == (7, 5)


@pytest.mark.parametrize(("as_of", "said"), [("2020-08-29", False), ("2020-08-30", True)])
def test_status_says_when_the_last_entry_is_long_past(root: Path, as_of: str, said: bool) -> None:
    note = "注意：台账最近一条记录是 2020-06-30，到 2020-08-30 已 61 天，以下按 2020-08-30 推算；看当时情形请加 --as-of 2020-06-30"
    assert (note in render(status(snapshot_in(root, as_of)), "text")) is said


def test_status_says_when_nothing_was_recorded_yet(tmp_path: Path) -> None:
    assert "到 2020-04-01，台账里还没有记录。记录用 zhenggai add" in render(
        status(snapshot_in(small_repo(tmp_path), "04-01")), "text"
    )


def test_what_was_recorded_later_is_not_known_earlier(root: Path) -> None:
    known = snapshot_in(root, "06-30", known_by="06-28").counts
    assert (known.in_progress, snapshot_in(root, "06-30").counts.in_progress) == (1, 2)


# overdue, due


def test_overdue_names_task_person_words_date_days_last_entry_light_and_source(root: Path) -> None:
    assert record_of(overdue(snapshot_in(root, "07-01")))["tasks"][1] == {
        "measure": "1-1",
        "unit": "城关镇",
        "person": "书记",
        "content": "制定办法",
        "state": "整改中",
        "percent": 20,
        "deadline": "2020年6月底前",
        "due": "2020-06-30",
        "due_source": "措施",
        "days": 1,
        "last_entry": "2020-04-15",
        "light": "红",
        "why": "逾期 1 天",
    }


def test_missed_duties_and_reviews_stand_beside_the_overdue_tasks(root: Path) -> None:
    duties = record_of(overdue(snapshot_in(root, "07-20")))["duties"]
    assert [(d["measure"], d["what"], d["due"], d["days"]) for d in duties] == [
        ("2-2", "例行 2020-04", "2020-04-30", 81),
        ("2-2", "例行 2020-05", "2020-05-31", 50),
        ("2-2", "例行 2020-06", "2020-06-30", 20),
        ("2-1", "长期评估", "2020-07-10", 10),
    ][1:]


def test_nothing_overdue_is_said_plainly(root: Path) -> None:
    text = render(overdue(snapshot_in(root, "03-05")), "text")
    assert text == "整改方案：逾期任务\n\n　　截至 2020-03-05\n　　没有逾期的任务。\n"


def test_due_counts_both_the_day_itself_and_the_last_day(root: Path) -> None:
    def lines(as_of: str, within: int) -> list[tuple[str, str, int | None]]:
        return [(t.measure, t.unit, t.days) for t in due(snapshot_in(root, as_of), within).tasks]

    towns = [("1-1", "城关镇"), ("1-1", "河东乡")]
    assert lines("06-30", 0) == [(*town, 0) for town in towns]
    assert lines("06-10", 20) == [(*town, -20) for town in towns]
    assert lines("06-09", 20) == []


def test_due_that_finds_nothing_says_how_much_is_already_late(root: Path) -> None:
    nothing_yet = due(snapshot_in(root, "03-05"), 7)
    assert render(nothing_yet, "text") == "整改方案：7 天内到期\n\n　　截至 2020-03-05\n　　7 天内没有到期的任务。\n"
    late = due(snapshot_in(root, "07-13"), 7)
    assert render(late, "text") == (
        "整改方案：7 天内到期\n\n　　截至 2020-07-13\n"
        "　　7 天内没有到期的任务；已逾期 3 件，用 zhenggai overdue 查看。\n"
        "　　7 天内没有到期的例行、评估；例行缺期、评估逾期 3 件，用 zhenggai overdue 查看。\n"
    )
    assert [(record_of(report)["overdue"], record_of(report)["missed"]) for report in (nothing_yet, late)] == [
        (0, 0),
        (3, 3),
    ]
    assert "已逾期" not in render(due(snapshot_in(root, "09-25"), 7), "text")


def test_due_says_where_an_inherited_date_comes_from(root: Path) -> None:
    (line,) = due(snapshot_in(root, "09-20"), 20).tasks
    assert (line.measure, line.deadline, line.due_source) == ("2-3", "2020年4月至9月", "继承阶段1")


def test_due_lists_coming_duties_and_reviews(root: Path) -> None:
    duties = [(d.what, d.due, d.days) for d in due(snapshot_in(root, "07-05"), 30).duties]
    assert duties == [("长期评估", date(2020, 7, 10), -5), ("例行 2020-07", date(2020, 7, 31), -26)]


# phase


def test_a_due_date_counts_once_in_the_earliest_phase_that_holds_it(tmp_path: Path) -> None:
    measure = (
        "  - {{编号: 1-{}, 内容: 事项, 类别: 限期整改, 时限: {}, 责任单位: 县教育局, 责任人: 局长, 阶段: [1, 2]}}\n"
    )
    days = ("2020-03-20", "2020-04-30", "2020-09-15", "2020-10-01", "2020-12-20")
    plan = (
        HEAD + "- 编号: 1\n  内容: 学习不深入\n  措施:\n" + "".join(measure.format(n, d) for n, d in enumerate(days, 1))
    )
    snapshot = snapshot_in(small_repo(tmp_path, plan=plan), "12-31")
    assert [phase(snapshot, n).total.due for n in (1, 2, 3)] == [2, 2, 0]
    assert [phase(snapshot, n).before.due for n in (1, 2, 3)] == [1, 1, 1]


def test_a_date_after_all_phases_is_told_apart(tmp_path: Path) -> None:
    plan = PLAN.replace("- {编号: 3, 名称: 融入经常, 时限: 2020年12月以后}\n", "").replace(
        "2020年6月底前", "2021年1月底前"
    )
    assert phase(snapshot_in(small_repo(tmp_path, plan=plan), "09-30"), 1).after.due == 3


def test_a_phase_says_what_was_done_on_time_late_and_not(root: Path) -> None:
    summary = phase(snapshot_in(root, "07-01"), 1)
    o = summary.total
    assert (o.due, o.on_time, o.late, o.open, o.overdue, o.on_time_rate) == (4, 1, 0, 3, 2, 25.0)
    assert [(row.problem, row.outcome.due) for row in summary.by_problem] == [(1, 3), (2, 1)]
    assert [(row.unit, row.outcome.due, row.outcome.on_time) for row in summary.by_unit] == [
        ("城关镇", 1, 0),
        ("河东乡", 1, 0),
        ("县教育局", 1, 1),
        ("县财政局", 1, 0),
    ]
    assert "阶段前到期：任务 1 件：按期完成 0 件，超期完成 0 件，未完成 1 件（逾期 1 件），按期率 0.00%。" in render(
        summary, "text"
    )


def test_a_completion_that_was_recorded_much_too_late_is_late(tmp_path: Path) -> None:
    ledger = (
        "04-10 县教育局 进展 1-1\n06-30/07-08 县教育局 完成 1-1\n04-10 城关镇 进展 1-1\n06-30/07-07 城关镇 完成 1-1"
    )
    o = phase(snapshot_in(small_repo(tmp_path, ledger), "07-31"), 1).total
    assert (o.on_time, o.late) == (1, 1)


def test_silent_units_are_those_with_open_tasks_and_no_entry_for_thirty_days(root: Path) -> None:
    summary = phase(snapshot_in(root, "07-01"), 1)
    assert (summary.silent_since, summary.silent) == (date(2020, 6, 2), ("城关镇", "河东乡", "县教育局"))


def test_nobody_is_silent_in_a_phase_that_has_not_begun(root: Path) -> None:
    assert phase(snapshot_in(root, "07-01"), 2).silent == ()


def test_lessons_of_the_phase_are_collected(root: Path) -> None:
    first, second = (phase(snapshot_in(root, "09-30"), n) for n in (1, 2))
    assert record_of(first)["lessons"] == [{"unit": "河东乡", "content": "小事先在网格里议"}]
    assert "经验做法：河东乡：小事先在网格里议。" in render(first, "text")
    assert record_of(second)["lessons"] == []


@pytest.mark.parametrize(
    ("as_of", "number"), [("03-05", 1), ("04-01", 1), ("09-10", 1), ("10-01", 2), ("2021-05-01", 3)]
)
def test_without_a_number_the_present_phase_is_meant_and_of_two_the_earlier(
    root: Path, as_of: str, number: int
) -> None:
    assert phase(snapshot_in(root, as_of)).window.number == number


def test_an_unknown_phase_and_a_plan_without_phases_are_refused(root: Path) -> None:
    with pytest.raises(UsageError, match="没有阶段 4\n  现有：1、2、3"):
        phase(snapshot_in(root), 4)
    start, end = PLAN.index("阶段:\n"), PLAN.index("问题:\n")
    dated = (PLAN[:start] + PLAN[end:]).replace("类别: 分阶段整改", "类别: 分阶段整改\n    时限: 2020年9月底前")
    write(
        root,
        {
            "plans/p.yaml": "".join(
                line
                for line in dated.replace(", 阶段: [1, 2]", "").replace(", 阶段: [1]", "").splitlines(keepends=True)
                if line.strip() != "阶段: [1]"
            )
        },
    )
    with pytest.raises(UsageError, match="方案没有分阶段"):
        phase(snapshot_in(root))


# show


def test_a_measure_is_shown_with_its_tasks_and_its_history_oldest_first(root: Path) -> None:
    history = show(snapshot_in(root, "07-01"), "1.1")
    assert history.title == "1-1 制定办法"
    assert [task.unit for task in history.tasks] == ["城关镇", "河东乡", "县教育局"]
    assert [(line.entry.date.isoformat()[5:], line.unit, line.entry.kind) for line in history.lines] == [
        ("04-10", "县教育局", "进展"),
        ("04-15", "城关镇", "进展"),
        ("05-20", "县教育局", "完成"),
        ("05-21", "县教育局", "申请销号"),
        ("05-25", "县教育局", "初审"),
        ("05-26", "县教育局", "复核"),
        ("05-26", "县教育局", "销号公示"),
        ("06-03", "县教育局", "销号"),
    ]


def test_the_newest_entries_of_a_history_are_shown_newest_first(root: Path) -> None:
    history = newest(show(snapshot_in(root, "07-01"), "1-1"), 2)
    assert [line.entry.kind for line in history.lines] == ["销号", "销号公示"]
    text = render(history, "text")
    assert "最近 2 条记录，共 8 条" in text
    of_unit = newest(show(snapshot_in(root, "07-01"), "县教育局"), 99)
    assert [line.entry.date for line in of_unit.lines] == sorted(
        (line.entry.date for line in of_unit.lines), reverse=True
    )
    assert "整改各轮" not in render(newest(show(snapshot_in(root, "07-01"), "1-1", "县教育局"), 1), "text")
    with pytest.raises(UsageError, match="--last 只用于措施和单位的记录"):
        newest(show(snapshot_in(root, "07-01"), "20200521-00000005"), 2)


def test_a_problem_is_shown_with_all_that_answers_it(root: Path) -> None:
    now = snapshot_in(root, "07-01")
    history = show(now, "1")
    assert history.title == "问题1 学习不深入"
    assert history.facts == ("该问题正在推进，4件有期限任务已完成1件，逾期3件。",)
    assert history.tasks == now.where(lambda task: task.problem == 1)
    assert [line.entry.kind for line in history.lines][:3] == ["进展", "进展", "完成"]
    for word in ("问题1", "第1个问题", "问题一", "１"):
        assert show(now, word).title == history.title
    assert [task.unit for task in show(now, "1", "各乡镇").tasks] == ["城关镇", "河东乡"]


def test_a_measure_is_shown_for_one_unit(root: Path) -> None:
    history = show(snapshot_in(root, "07-01"), "1-1", "各乡镇")
    assert [task.unit for task in history.tasks] == ["城关镇", "河东乡"]
    assert "进度 20%，序时 100%" in render(show(snapshot_in(root, "07-01"), "1-1", "城关镇"), "text")


def test_a_unit_is_shown_under_its_short_name(root: Path) -> None:
    history = show(snapshot_in(root, "07-01"), "教育局")
    assert (history.title, history.facts) == ("县教育局", ("类别：县直单位", "任务 2 件"))
    assert [task.measure for task in history.tasks] == ["1-1", "1-2"]


def test_a_units_lessons_about_no_measure_are_part_of_its_history(root: Path) -> None:
    assert [line.entry.kind for line in show(snapshot_in(root, "07-01"), "河东乡").lines] == ["经验"]


def test_a_record_is_shown_in_full_with_what_answered_it(root: Path) -> None:
    history = show(snapshot_in(root, "07-01"), "20200521-00000005")
    assert [line.entry.kind for line in history.lines] == ["申请销号", "初审"]
    assert "　　针对：20200521-00000005" in render(history, "text").splitlines()


def test_the_end_of_a_number_is_enough_if_only_one_ends_so(root: Path) -> None:
    assert show(snapshot_in(root, "07-01"), "0005").title == "记录 20200521-00000005"


def test_an_ending_of_two_records_is_refused_with_both(tmp_path: Path) -> None:
    entry = "- 编号: {}\n  日期: 2020-04-10\n  措施: 1-1\n  事项: 进展\n  内容: 初稿完成\n  填报人: 办公室\n"
    text = entry.format("20200410-00000xab") + entry.format("20200410-10000xab")
    root = write(small_repo(tmp_path), {"ledgers/p/县教育局/2020-04.办公室.aa.yaml": text})
    with pytest.raises(
        UsageError, match="“0xab”是 2 条记录的结尾：20200410-00000xab、20200410-10000xab\n  下一步：多写几个字符"
    ):
        show(snapshot_in(root), "0xab")


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("县教育", "没有叫“县教育”的问题、措施、单位或记录\n  最接近的有：县教育局"),
        (
            "005",
            "没有叫“005”的问题、措施、单位或记录\n  现有：1-1、1-2、2-1、2-2、2-3、县委办公室、县委组织部、县委督查局 等 12 个",
        ),
        ("1-3", "没有措施 1-3\n  最接近的有：2-3、1-2、1-1"),
        ("2-3-1", "没有措施 2-3-1\n  最接近的有：2-3"),
    ],
)
def test_what_is_unknown_is_refused_with_the_nearest(root: Path, thing: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        show(snapshot_in(root), thing)
    assert str(refused.value).startswith(said)


def test_a_history_says_what_was_recorded_late_and_what_did_not_count(tmp_path: Path) -> None:
    ledger = "04-10 县教育局 进展 1-1 进度=40 #一\n04-12/04-30 县教育局 进展 1-1 进度=60\n05-01 县教育局 更正 针对=一 作废=是"
    text = render(show(snapshot_in(small_repo(tmp_path, ledger), "07-01"), "1-1", "县教育局"), "text")
    assert "【已作废】40%；第1次推进有关工作" in text
    assert "进展 00000001 作废" in text
    assert "60%；第2次推进有关工作；补录（晚 18 天）" in text


# week


def test_number_one_is_the_week_of_the_first_phases_start(root: Path) -> None:
    plan = snapshot_in(root).plan
    first = Period(WEEK, 1, date(2020, 3, 30), date(2020, 4, 5))
    assert [period_of(WEEK, plan, day(d)) for d in ("03-30", "04-01", "04-05")] == [first] * 3
    assert period_of(WEEK, plan, day("04-06")) == Period(WEEK, 2, date(2020, 4, 6), date(2020, 4, 12))
    assert period_no(WEEK, plan, 1) == first
    assert period_no(WEEK, plan, 14) == period_of(WEEK, plan, day("07-01"))


def test_number_one_is_the_month_of_the_first_phases_start(root: Path) -> None:
    plan = snapshot_in(root).plan
    assert period_of(MONTH, plan, day("04-01")) == Period(MONTH, 1, date(2020, 4, 1), date(2020, 4, 30))
    assert period_of(MONTH, plan, day("2021-02-10")) == Period(MONTH, 11, date(2021, 2, 1), date(2021, 2, 28))
    assert [period_no(MONTH, plan, n).end.isoformat() for n in (1, 3, 11)] == ["2020-04-30", "2020-06-30", "2021-02-28"]


def test_a_period_before_number_one_is_refused(root: Path) -> None:
    plan = snapshot_in(root).plan
    with pytest.raises(UsageError, match="第 1 期是 2020-03-30 那一周，2020-03-29 在它之前"):
        period_of(WEEK, plan, day("03-29"))
    with pytest.raises(UsageError, match="第 1 期是 2020-04-01 那个月，2020-03-31 在它之前"):
        period_of(MONTH, plan, day("03-31"))
    with pytest.raises(UsageError, match="期号从 1 开始"):
        period_no(WEEK, plan, 0)


def test_a_plan_without_phases_counts_its_periods_from_its_issue(root: Path) -> None:
    plan = replace(snapshot_in(root).plan, phases=(), issued=date(2020, 3, 4))
    assert [period_of(c, plan, date(2020, 3, 2)).number for c in (WEEK, MONTH)] == [1, 1]


def test_the_week_says_what_changed_since_the_last(root: Path) -> None:
    changes = record_of(week_of(root, "06-07"))["changes"]
    assert changes == {
        "completed": [],
        "closed": [{"measure": "1-1", "unit": "县教育局"}],
        "basically_done": [],
        "extended": [],
        "newly_overdue": [],
        "returned": [],
        "reopened": [],
        "rate_points": 0.0,
    }
    assert (
        "与上周相比，新完成0件，新销号1件，新增基本完成0件，同意延期0件，新增逾期0件，退回整改0件，重新整改0件，完成率持平。"
        in render(week_of(root, "06-07"), "text")
    )


def test_the_week_says_what_was_completed_and_what_became_overdue(root: Path) -> None:
    text = render(week_of(root, "05-24"), "text")
    assert (
        "与上周相比，新完成1件，新销号0件，新增基本完成0件，同意延期0件，新增逾期0件，退回整改0件，重新整改0件，完成率提高20.00个百分点。"
        in text
    )
    assert "县教育局完成整改，办法印发（1-1）。另有申请销号1件。" in text
    assert [line["unit"] for line in record_of(week_of(root, "07-05"))["changes"]["newly_overdue"]] == [
        "城关镇",
        "河东乡",
    ]


def test_the_week_says_what_was_reopened(tmp_path: Path) -> None:
    ledger = LEDGER.replace("措施摘要=0000", "措施摘要=0000 #销") + "06-24 县委督查局 回头看 针对=销 结论=反弹\n"
    report = week_of(small_repo(tmp_path, ledger), "06-28")
    assert record_of(report)["changes"]["reopened"] == [{"measure": "1-1", "unit": "县教育局"}]
    assert "重新整改1件，完成率下降20.00个百分点" in render(report, "text")


def test_the_week_names_late_records(root: Path) -> None:
    report = week_of(root, "06-30")
    assert record_of(report)["late_records"] == ["20200629-00000010"]
    assert "本周补录1条：县财政局 2020-06-19的进展（2020-06-29补录）。" in render(report, "text")
    assert record_of(week_of(root, "06-21"))["late_records"] == []


def test_the_week_has_the_outline_of_the_rules(root: Path) -> None:
    lines = render(week_of(root, "04-19"), "text").splitlines()
    assert lines[0] == "整改方案周报（第3期）"
    assert lines[2] == "　　统计区间：2020年4月13日至2020年4月19日（数据截至2020年4月19日）"
    assert [line.strip() for line in lines if line.strip()[:2] in ("一、", "二、", "三、", "四、", "五、", "附件")] == [
        "一、总体情况",
        "二、本周进展",
        "三、逾期及临期事项",
        "四、存在问题",
        "五、下步打算",
        "附件：台账",
    ]
    assert "　　城关镇（1-1）：人手不足。" in lines
    assert "　　城关镇（1-1）：五月底前开会。" in lines


def test_of_many_entries_the_newest_five_are_told(tmp_path: Path) -> None:
    ledger = "".join(f"04-{13 + n} 城关镇 进展 1-1 内容=做了第{n}件事\n" for n in range(7))
    text = render(week_of(small_repo(tmp_path, ledger), "04-19"), "text")
    assert "一是城关镇做了第2件事（1-1）。" in text
    assert "五是城关镇做了第6件事（1-1）。（本周进展7条，列最近5条）" in text


def test_the_month_is_the_week_of_a_month_with_the_ranking(root: Path) -> None:
    report = month_of(root, "05-31")
    lines = render(report, "text").splitlines()
    assert lines[:3] == [
        "整改方案月报（第2期）",
        "",
        "　　统计区间：2020年5月1日至2020年5月31日（数据截至2020年5月31日）",
    ]
    assert [line.strip() for line in lines if line.strip()[1:2] == "、"] == [
        "一、总体情况",
        "二、本月进展",
        "三、逾期及临期事项",
        "四、存在问题",
        "五、下步打算",
        "六、单位排名",
    ]
    assert (
        "　　与上月相比，新完成1件，新销号0件，新增基本完成0件，同意延期0件，新增逾期0件，退回整改0件，重新整改0件，完成率提高20.00个百分点。"
        in lines
    )
    assert [c["category"] for c in record_of(report)["ranking"]] == ["县直单位", "乡镇"]
    assert "ranking" not in record_of(week_of(root, "05-31"))


EVENTFUL = """
04-10 县教育局 进展 1-1 进度=40
04-14 县教育局 申请延期 1-1 至=2020-07-31 原因=征求意见延后 #延
04-15 县委组织部 同意延期 针对=延 至=2020-07-20
04-15 城关镇 申请延期 1-1 至=2020-07-31 原因=人手不足
04-13 河东乡 进展 1-1 佐证=河发〔2020〕3号
04-16 河东乡 完成 1-1 制度成果=议事规则
04-16 县教育局 进展 1-1 制度成果=《办法（试行）》 存在问题=经费不足 下步打算=月底上会
04-17 河东乡 申请销号 1-1 签批领导=书记 #申
04-18 县委办公室 初审 针对=申 结论=退回 原因=佐证不全
04-17 县委督查局 督查 1-1 单位=城关镇 方式=暗访 结论=属实
04-17 县委督查局 督查 单位=县财政局 方式=明察 结论=不实 #督
04-18 县委督查局 约谈 单位=县财政局 对象=局长 依据=督查通报 组织数=1 人数=2 #谈
04-18 县委督查局 问责 单位=县财政局 对象=局长 依据=县纪〔2020〕1号 人数=1 #责
04-18 城关镇 经验 内容=小事先在网格里议
04-19 县委督查局 更正 针对=谈 人数=3
04-19 县委督查局 更正 针对=责 作废=是
"""


def test_the_list_of_what_falls_due_reaches_as_far_as_its_title_says(tmp_path: Path) -> None:
    root = small_repo(tmp_path, plan=PLAN.replace("督办单位: 县委督查局", "督办单位: 县委督查局\n规则: {临期天数: 10}"))
    text = render(week_of(root, "06-15"), "text")
    assert "天内到期 " not in text
    assert "；20天内到期3件（1-1 城关镇、1-1 河东乡、1-1 县教育局）。" in text
    assert "10 天内到期 3 件" in render(week_of(root, "06-21"), "text")


def test_the_week_counts_extensions_returns_and_what_was_done_beside_the_tasks(tmp_path: Path) -> None:
    report = week_of(small_repo(tmp_path, EVENTFUL), "04-19")
    record = record_of(report)
    totals = {n: record["totals"][n] for n in ("extension_requests", "extended", "returned", "reopened", "completed")}
    assert totals == {"extension_requests": 2, "extended": 1, "returned": 1, "reopened": 0, "completed": 0}
    assert {name: len(found) for name, found in record["changes"].items() if name != "rate_points"} == {
        "completed": 0,
        "closed": 0,
        "basically_done": 0,
        "extended": 1,
        "newly_overdue": 0,
        "returned": 1,
        "reopened": 0,
    }
    text = render(report, "text")
    assert "；申请延期2个（已同意1个），逾期1个，退回整改1个，重新整改0个。" in text
    assert (
        "　　本周督查2次（属实1次、不实1次），约谈1次（涉及组织1个、3人），问责0次；形成制度成果2项，总结经验1条。"
        in text
    )
    assert "　　制度成果：河东乡《议事规则》（1-1）；县教育局《办法（试行）》（1-1）。" in text
    assert "　　经验做法：城关镇：小事先在网格里议。" in text
    assert "　　县教育局（1-1）：经费不足。" in text
    assert "　　县教育局（1-1）：月底上会。" in text


def test_what_names_only_a_unit_is_told_with_that_unit_only(tmp_path: Path) -> None:
    root = small_repo(tmp_path, EVENTFUL)

    def kinds(selection: Selection) -> list[tuple[str, int]]:
        record = record_of(week_of(root, "04-19", selection))
        return [(k["kind"], k["times"]) for k in record["tallies"]["kinds"]]

    assert kinds(Selection(unit="县财政局")) == [("督查", 1), ("约谈", 1), ("问责", 0)]
    assert kinds(Selection(unit="城关镇")) == [("督查", 1), ("约谈", 0), ("问责", 0)]
    assert kinds(Selection(problem="2")) == [("约谈", 0), ("问责", 0)]
    lessons = [week_of(root, "04-19", Selection(unit=unit)).tallies.lessons for unit in ("城关镇", "河东乡")]
    assert [len(found) for found in lessons] == [1, 0]
    assert week_of(root, "04-19", Selection(problem="1")).tallies.lessons == ()


def test_the_phase_counts_the_same_apart(tmp_path: Path) -> None:
    text = render(phase(snapshot_in(small_repo(tmp_path, EVENTFUL), "04-30"), 1), "text")
    assert "；申请延期2个（已同意1个），逾期1个，退回整改1个，重新整改0个。" in text
    assert "总体完成率0.00%（以5件为分母，不含长期坚持1件、例行1件）" in text
    assert (
        "　　本阶段督查2次（属实1次、不实1次），约谈1次（涉及组织1个、3人），问责0次；形成制度成果2项，总结经验1条。"
        in text
    )


def test_a_report_says_what_an_entry_says_once_corrected(tmp_path: Path) -> None:
    ledger = "04-14 县教育局 进展 1-1 进度=40 内容=初稿 存在问题=无 #稿\n04-16 县教育局 更正 针对=稿 进度=20 内容=提纲 存在问题=人手不足"
    text = render(week_of(small_repo(tmp_path, ledger), "04-19"), "text")
    assert "县教育局提纲（1-1，进度20%）。" in text
    assert "县教育局（1-1）：人手不足。" in text
    assert "初稿" not in text


def test_the_plans_adjustments_of_the_week_are_named_and_later_ones_are_not(tmp_path: Path) -> None:
    adjusted = "调整: [{登记日: 2020-04-15, 日期: 2020-04-15, 依据: 会议纪要, 字段: 责任人, 原: 书记, 现: 局长}, {登记日: 2020-04-22, 日期: 2020-04-22, 依据: 会议纪要, 字段: 责任人, 原: 局长, 现: 副局长}], 责任人: 书记, 阶段: [1]}\n- 编号: 2"
    root = small_repo(tmp_path, LEDGER, plan=PLAN.replace("责任人: 书记, 阶段: [1]}\n- 编号: 2", adjusted))
    report = week_of(root, "04-19")
    said = "上期以来方案调整1处：4月15日依据会议纪要，措施1-2的责任人由“书记”调整为“局长”。"
    assert f"　　{said}\n" in render(report, "text")
    assert [c["new"] for c in record_of(report)["adjusted"]] == [["局长"]]
    assert "副局长" not in render(report, "text")


def test_the_same_inputs_give_the_same_bytes_whatever_the_order_of_files(tmp_path: Path) -> None:
    one = small_repo(tmp_path / "one", LEDGER)
    other = small_repo(tmp_path / "other", LEDGER, units=UNITS)
    moved = other / "ledgers/p/县财政局/2020-05.办公室.aa.yaml"
    moved.rename(moved.with_name("2020-05.办公室.zz.yaml"))
    for format_name in ("text", "md", "csv", "json"):
        assert render(week_of(one, "06-30"), format_name) == render(week_of(other, "06-30"), format_name)


# when


def meant(words: str) -> Any:
    deadline = parse_deadline(words, Context(2020, issued=date(2020, 3, 1)))
    return record_of(meaning(deadline, date(2020, 1, 1), date(2020, 12, 31)))


FIELDS = ["kind", "start", "end", "check_date", "then", "warnings"]


def test_when_has_exactly_the_fields_that_the_issue_lists() -> None:
    assert meant("2020年9月底前") == {
        "kind": "by",
        "start": None,
        "end": "2020-09-30",
        "check_date": None,
        "then": None,
        "warnings": [],
    }
    assert list(meant("2020年9月底前")) == FIELDS


def test_when_lists_the_occurrences_of_what_recurs() -> None:
    quarterly = meant("每季度")
    assert list(quarterly) == [*FIELDS, "occurrences"]
    assert [(o["period"], o["start"], o["end"]) for o in quarterly["occurrences"]][:2] == [
        ("2020-Q1", "2020-01-01", "2020-03-31"),
        ("2020-Q2", "2020-04-01", "2020-06-30"),
    ]


def test_when_says_check_date_and_what_comes_after() -> None:
    assert meant("立行立改")["check_date"] == "2020-03-16"
    assert meant("2020年9月底前，并长期坚持")["then"] == "long_term"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("", "人手不足"),
        ("05-20 县教育局 进展 1-1 进度=50 原因=审批未下 #新", "审批未下"),
        ("05-20 县教育局 进展 1-1 进度=50 原因=审批未下 #新\n05-21 县教育局 更正 针对=新 原因=资金未到", "资金未到"),
        ("05-20 县教育局 进展 1-1 进度=50 原因=审批未下 #新\n05-21 县教育局 更正 针对=新 作废=是", "人手不足"),
        ("05-20 县教育局 进展 1-1 进度=50 #新\n05-21 县教育局 更正 针对=新 存在问题=场地未定", "场地未定"),
    ],
)
def test_a_late_task_gives_the_newest_reason_as_it_reads_now(tmp_path: Path, more: str, reason: str) -> None:
    root = small_repo(tmp_path, f"04-15 县教育局 进展 1-1 进度=20 存在问题=人手不足\n{more}\n")
    text = render(report_of(root, WEEK, "07-10"), "text")
    (line,) = [line for line in text.splitlines() if "1-1" in line and "县教育局" in line and "2020-06-30" in line]
    assert line.endswith(reason)
