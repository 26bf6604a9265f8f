"""The reports of a roll-up over three counties, one left out, one on an older copy: in every format, on narrow screens, as published."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from zhenggai.document import Report, Table
from zhenggai.facts.manifest import Manifest
from zhenggai.facts.tables import SCHEMA
from zhenggai.model.money import Money
from zhenggai.render import render
from zhenggai.rollup.answers import CountyUnitScore, DaySums, GroupPhase, GroupSums, OverdueTask
from zhenggai.rollup.groups import By
from zhenggai.rollup.intake import Kept, LeftOut
from zhenggai.rollup.rollup_file import County
from zhenggai.rules.day.counts import Counts
from zhenggai.rules.day.duty_count import DutyCount
from zhenggai.rules.day.phase_outcome import PhaseOutcome
from zhenggai.rules.day.ranking import ClassRanking, ranking
from zhenggai.rules.plan.phases import AFTER
from zhenggai.views.answer_schema import schema_of
from zhenggai.views.rollup_coverage import Coverage
from zhenggai.views.rollup_overdue import overdue
from zhenggai.views.rollup_phase import phase
from zhenggai.views.rollup_rank import rank
from zhenggai.views.rollup_status import status
from zhenggai.views.rollup_trend import trend
from zhenggai.views.trend import Per

Golden = Callable[[str, str], None]
FORMATS = ("md", "csv", "json")
DAY = date(2020, 12, 31)


def county(code: str, name: str) -> County:
    return County(code, name, Path(name), {})


def used(of: County, through: date = DAY, *, commit: str | None = None, demo: bool = False, note: str = "") -> Kept:
    manifest = Manifest(
        schema=SCHEMA,
        program="0.5.0",
        county=of.name,
        commit=commit,
        dirty=False,
        demo=demo,
        since=date(2020, 3, 1),
        through=through,
        plans={},
    )
    return Kept(of, manifest, of.folder, note)


LINJIANG, QINGSHI, BAISHUI, DEMO = (
    county(code, name)
    for code, name in (("510101", "临江县"), ("510102", "青石县"), ("510103", "白水县"), ("510199", "示范县"))
)
USED = (
    used(LINJIANG, date(2021, 1, 10), commit="1a2b3c4d" * 5),
    used(QINGSHI, note="tasks/a.parquet 和清单里的摘要不符；用的是以前取到的，到 2020-12-31；请该县重新报一次"),
    used(DEMO, demo=True),
)
LEFT_OUT = (
    LeftOut(
        BAISHUI, "数据只到 2020-11-30，不到 2020-12-31", "请该县重新运行 zhenggai facts；或用 --as-of 看早一些的日期"
    ),
)
COVERAGE = Coverage("全省巡察整改", DAY, USED, LEFT_OUT)


def counts(completed: int, in_progress: int, not_started: int, *, overdue: int = 0, long_term: int = 0) -> Counts:
    """A plan in which each problem has one measure and each measure one task."""
    tasks = completed + in_progress + not_started + long_term
    return Counts(
        problems=tasks,
        measures=tasks,
        tasks=tasks,
        completed=completed,
        closed=completed // 2,
        in_progress=in_progress,
        not_started=not_started,
        long_term=long_term,
        overdue=overdue,
        problems_completed=completed,
        problems_in_progress=in_progress,
        problems_not_started=not_started,
        measures_completed=completed,
        measures_in_progress=in_progress,
        measures_not_started=not_started,
    )


COUNTIES = (
    GroupSums(name="临江县", counts=counts(55, 4, 0, overdue=1), red=1, money=Money(Decimal(120_000))),
    GroupSums(
        name="青石县",
        counts=counts(30, 9, 1, overdue=4, long_term=3),
        red=5,
        money=Money(Decimal(34_002_500), Decimal(10_000)),
        amount=Decimal(77_038_700),
    ),
    GroupSums(name="示范县", counts=counts(2, 0, 0)),
)
CATEGORIES = (
    GroupSums(name="立行立改", counts=counts(6, 0, 0)),
    GroupSums(
        name="限期整改", counts=counts(80, 13, 1, overdue=5), red=6, money=Money(Decimal(34_122_500), Decimal(10_000))
    ),
    GroupSums(name="长期坚持", counts=counts(0, 0, 0, long_term=3)),
    GroupSums(name="未写类别", counts=counts(1, 0, 0)),
)


def score(county: str, unit: str, on_time: int, due: int, missed: int = 0) -> CountyUnitScore:
    return CountyUnitScore(
        county=county,
        unit=unit,
        counts=counts(on_time, due - on_time, 0, overdue=due - on_time),
        due=due,
        on_time=on_time,
        duties=DutyCount(on_time=4, late=1, missed=missed),
    )


CLASSES = (
    ClassRanking(
        "县直部门",
        ranking(
            (
                replace(score("青石县", "县教育局", 5, 9, missed=2), silent_weeks=3, red=4),
                score("临江县", "县教育局", 9, 9),
                score("临江县", "县委组织部", 9, 9),
                replace(score("青石县", "县扶贫开发局", 4, 4), ended=True),
            )
        ),
    ),
    ClassRanking(
        "乡镇", ranking((score("青石县", "石桥镇", 2, 2), replace(score("临江县", "城关镇", 7, 8), relapses=1)))
    ),
    ClassRanking(None, ranking((score("示范县", "某办公室", 3, 4),))),
)
BY_COUNTY = (
    ClassRanking(
        None,
        ranking(
            score(name, name, on, due) for name, on, due in (("临江县", 55, 57), ("青石县", 28, 34), ("示范县", 2, 2))
        ),
    ),
)


def late(county: str, measure: str, unit: str, days: int, state: str = "整改中") -> OverdueTask:
    due = date.fromordinal(DAY.toordinal() - days)
    number = int(measure.split("-")[0])
    return OverdueTask(
        county=county,
        plan="xc-2020",
        problem=number,
        measure=measure,
        unit=unit,
        category="限期整改",
        state=state,
        due=due,
        days=days,
        light="红",
    )


LATE = (
    late("青石县", "3-2", "县教育局", 184),
    late("青石县", "1-12", "县农业农村局", 92, "退回整改"),
    late("临江县", "7-1", "城关镇", 1, "未启动"),
)
PHASES = (
    GroupPhase("临江县", 1, "集中整改", PhaseOutcome(57, 55, 1, 1, 1), 59),
    GroupPhase("青石县", 1, "动员部署", PhaseOutcome(14, 14), 14),
    GroupPhase("青石县", 2, "集中整改", PhaseOutcome(20, 14, 2, 4, 4), 25),
    GroupPhase("青石县", AFTER, None, PhaseOutcome(3, 0, 0, 3), 0),
    GroupPhase("示范县", 1, "集中整改", PhaseOutcome(2, 2), 2),
)
POINTS = (
    DaySums(date=date(2020, 10, 31), counts=counts(20, 60, 21, overdue=9), red=11),
    DaySums(
        date=date(2020, 11, 30),
        counts=counts(61, 30, 10, overdue=9),
        red=11,
        money=Money(Decimal(20_000_000), Decimal(10_000)),
    ),
    DaySums(date=DAY, counts=counts(87, 13, 1, overdue=5), red=6, money=Money(Decimal(34_122_500), Decimal(10_000))),
)
REPORTS: dict[str, Report] = {
    "status": status(COVERAGE, By.COUNTY, COUNTIES, COUNTIES),
    "status-category": status(COVERAGE, By.CATEGORY, CATEGORIES, COUNTIES),
    "rank": rank(COVERAGE, CLASSES),
    "rank-county": rank(COVERAGE, BY_COUNTY, of_counties=True),
    "overdue": overdue(COVERAGE, 5, LATE),
    "phase": phase(COVERAGE, By.COUNTY, PHASES),
    "trend": trend(COVERAGE, Per.MONTH, POINTS),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_the_report_reads_as_it_did_in_every_format(format_name: str, name: str, golden: Golden) -> None:
    golden(f"rollup/{name}.{format_name}", render(REPORTS[name], format_name))


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_reads_as_it_did_on_screens_of_any_width(name: str, golden: Golden) -> None:
    shown = (f"{width}\n{render(REPORTS[name], 'table', width=width)}" for width in (100, 80, 40))
    golden(f"rollup/{name}.txt", "\n".join(shown))


@pytest.mark.parametrize("name", REPORTS)
def test_json_is_as_its_schema_says(name: str) -> None:
    made = schema_of("", [("", vars(type(REPORTS[name]))["keys"], True)])
    checker = Draft202012Validator(made, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(checker.iter_errors(json.loads(render(REPORTS[name], "json")))) == []


OF_TABLES_ONLY = {
    "长期坚持",
    "按期率",
    "走势",
    "缘由",
    "办法",
    "数据到",
}  # in CSV with 持续推进, or not, or in the note
BESIDE = ("按问题、措施、任务", "按县分列的金额", "按类别分列的金额")


@pytest.mark.parametrize("name", REPORTS)
def test_a_column_stands_under_one_word_in_csv_and_tables_and_is_a_key_of_the_rows(name: str) -> None:
    report = REPORTS[name]
    tables = [b for b in report.document().blocks if isinstance(b, Table) and not b.title.startswith(BESIDE)]
    heads = {column.head for table in tables for column in table.columns}
    assert heads - set(report.heads.values()) <= OF_TABLES_ONLY | (
        {"县"} if "县" not in report.heads.values() else set()
    )
    assert len(set(report.heads.values())) == len(report.heads)
    assert set(report.heads) == {key for row in report.rows() for key in row}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("format_name", ["text", *FORMATS, "html"])
def test_a_county_that_is_left_out_is_named_with_reason_and_remedy(format_name: str, name: str) -> None:
    text = render(REPORTS[name], format_name)
    assert all(words in text for words in ("白水县", "数据只到", "请该县重新运行", "摘要不符"))
    assert ('"demo": true' if format_name == "json" else "演示") in text


def test_the_sums_are_those_of_the_counties_whatever_they_are_broken_down_by() -> None:
    by_county, by_category = (json.loads(render(REPORTS[name], "json")) for name in ("status", "status-category"))
    assert by_county["totals"] == by_category["totals"]
    assert by_county["totals"]["tasks"] == sum(group["tasks"] for group in by_county["groups"])


def test_a_roll_up_of_whole_counties_says_no_more_than_that() -> None:
    whole = Coverage("全市", DAY, USED[:1])
    text = render(overdue(whole, 0, ()), "text")
    assert text == "全市：逾期任务\n\n　　截至 2020-12-31，共 1 个县，用了 1 个县的数据\n　　没有逾期的任务。\n"
    assert overdue(whole, 0, ()).rows() == []


def test_without_money_no_report_speaks_of_it() -> None:
    plain = [replace(group, money=Money(), amount=None) for group in COUNTIES]
    report = status(COVERAGE, By.COUNTY, plain, plain)
    assert "金额" not in render(report, "text") + render(report, "csv") + render(report, "json")
    assert "金额" not in render(trend(COVERAGE, Per.WEEK, POINTS[:1]), "csv")


def test_what_a_province_looks_at_first_has_room_on_a_screen_of_80() -> None:
    (heads,) = (
        line.split() for line in render(REPORTS["status"], "table", width=80).splitlines() if "完成率  红灯" in line
    )
    assert {"县", "问题", "任务", "已完成", "已销号", "逾期", "完成率", "红灯"} <= {*heads}


def test_red_lights_stand_before_what_is_said_of_tasks_that_cannot_be_judged() -> None:
    unread = [replace(group, counts=replace(group.counts, unread_deadline=1)) for group in COUNTIES]
    text = render(status(COVERAGE, By.COUNTY, unread, unread), "text")
    assert "；红灯6个，逾期5个；其中时限读不出3件，未判逾期。" in text


def test_where_a_county_has_several_plans_a_narrow_screen_keeps_them() -> None:
    tasks = (*LATE, replace(LATE[0], county="示范县", plan="xc-2021"), replace(LATE[0], county="示范县"))
    text = render(overdue(COVERAGE, 5, tasks), "table", width=40)
    assert all(words in text for words in ("xc-2020", "xc-2021", "3-2", "184"))
    assert "xc-2020" not in render(overdue(COVERAGE, 3, LATE), "table", width=40)
