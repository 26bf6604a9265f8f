"""Several plans in one repository: lists answer for all, rows and sums are those of each; only one of them is what is named."""

import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from small_repo import HEAD, NOW, PLAN, Ran, Runner, small_repo, write
from zhenggai.cli.answers import ANSWERS, OF_PLANS, answer_schema

OTHER = (
    HEAD.replace("编号: p", "编号: q").replace("标题: 整改方案", "标题: 环保整改方案")
    + """\
- 编号: 1
  内容: 扬尘
  措施:
  - {编号: 1-1, 内容: 洒水, 类别: 限期整改, 时限: 2020年5月底前, 牵头单位: 县委办公室, 责任单位: [县教育局], 责任人: 科长, 阶段: [1]}
- 编号: 7
  内容: 黑臭水体
  措施:
  - {编号: 7-1, 内容: 清淤, 类别: 限期整改, 时限: 2020年8月底前, 牵头单位: 县委办公室, 责任单位: [县财政局], 责任人: 科长, 阶段: [1]}
"""
)
DAY = ("--as-of", "2020-07-01")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_repo(tmp_path / "repo", "04-10 县教育局 进展 1-1 进度=40\n04-17 县教育局 完成 1-2\n")
    write(root, {"plans/q.yaml": OTHER})
    return root


LINES = (
    *(
        "status",
        "board",
        "todo 县财政局",
        "todo 各乡镇",
        "overdue",
        "overdue 县教育局",
        "due 60",
        "phase 1",
        "rank",
        "week",
        "month",
        "report",
    ),
    *(
        "list",
        "list --columns 措施、单位 --sort 单位",
        "show 县教育局",
        "show 1-1",
        "status 1-1",
        "status --state 逾期",
    ),
    *("trend", "trend --per 月 1-1", "find 整改", "find 部署"),
)


def _json(ran: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.mark.parametrize("line", LINES)
def test_all_plans_say_what_each_says_alone(zhenggai: Runner, root: Path, line: str) -> None:
    words = (*line.split(), *DAY, "--format")
    alone = [zhenggai(*words, "json", "--plan", plan, at=root) for plan in "pq"]
    both = zhenggai(*words, "json", at=root)
    assert _json(both) == {"plans": [_json(ran) for ran in alone]}
    assert both.code == max(ran.code for ran in alone)
    assert list(Draft202012Validator(answer_schema(line.split()[0])).iter_errors(_json(both))) == []
    of_each = {plan: _rows(zhenggai(*words, "csv", "--plan", plan, at=root)) for plan in "pq"}
    assert _rows(zhenggai(*words, "csv", at=root)) == [
        {"方案": plan, **row} for plan, rows in of_each.items() for row in rows
    ]
    text = zhenggai(*words, "text", at=root).out
    for plan in "pq":
        title, _, body = zhenggai(*words, "text", "--plan", plan, at=root).out.partition("\n")
        assert f"　　【{plan}】{title.strip()}\n{body.lstrip(chr(10))}".rstrip() in text


def _rows(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(ran.out.removeprefix("\ufeff"))))


def test_the_commands_for_several_plans_are_those_that_say_so(zhenggai: Runner, root: Path) -> None:
    assert {line.split()[0] for line in LINES} == OF_PLANS
    for command in (
        set(ANSWERS) - OF_PLANS - {"when", "check", "audit", "unit", "doctor", "draft", "import", "facts", "rollup"}
    ):  # these are not about one plan
        assert zhenggai(command, at=root) == Ran(
            2, "", "zhenggai：这里有 2 个方案：p、q\n  下一步：用 --plan 指明一个\n"
        )


def test_the_sums_of_all_plans_stand_first(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("status", *DAY, at=root).out
    assert out.startswith(
        """\
2 个方案

方案    标题            问题    措施    任务    未启动    整改中    已完成    已销号    长期坚持    例行    逾期    完成率  灯
------  ------------  ------  ------  ------  --------  --------  --------  --------  ----------  ------  ------  --------  ----
p       整改方案           2       5       7         3         1         1         0           1       1       3    20.00%  红
q       环保整改方案       2       2       2         2         0         0         0           0       0       1     0.00%  红
------  ------------  ------  ------  ------  --------  --------  --------  --------  ----------  ------  ------  --------  ----
        合计               4       7       9         5         1         1         0           1       1       4    14.29%

　　【p】整改方案
　　截至 2020-07-01
"""
    )


def test_what_stands_in_one_plan_only_is_answered_by_it(zhenggai: Runner, root: Path) -> None:
    for line in ("status 7-1", "show 7-1", "list --problem 7", "overdue --person 书记", "due 60 7-1"):
        plan = "p" if "书记" in line else "q"
        assert zhenggai(*line.split(), *DAY, at=root) == zhenggai(*line.split(), *DAY, "--plan", plan, at=root)


def test_what_stands_in_no_plan_is_refused_with_what_each_has(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("status", "--problem", "9-9", at=root) == Ran(
        2,
        "",
        "zhenggai：方案 p：没有措施 9-9\n  现有：1-1、1-2、2-1、2-2、2-3\n方案 q：没有措施 9-9\n  现有：1-1、7-1\n",
    )
    near = "zhenggai：没有单位“县教局”\n  最接近的有：县教育局、县财政局\n"
    assert zhenggai("status", "--unit", "县教局", at=root) == Ran(2, "", near)


def test_a_calendar_has_the_dates_of_all_plans(zhenggai: Runner, root: Path) -> None:
    both, p, q = (
        zhenggai("due", "70", *DAY, "--format", "ics", *plan, at=root).out
        for plan in ((), ("--plan", "p"), ("--plan", "q"))
    )
    of_both, of_p, of_q = (text.removesuffix("END:VCALENDAR\r\n").split("BEGIN:VEVENT")[1:] for text in (both, p, q))
    assert of_both == [*of_p, *of_q] != of_p


def test_two_of_three_plans_may_be_named(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/r.yaml": PLAN.replace("编号: p", "编号: r")})
    ran = zhenggai("status", "p", "q", *DAY, "--format", "json", at=root)
    assert [one["plan"] for one in _json(ran)["plans"]] == ["p", "q"]


def test_a_plan_that_cannot_be_read_is_told_of_beside_the_others(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/q.yaml": "编号: q\n"})
    ran = zhenggai("status", *DAY, at=root)
    alone = zhenggai("status", *DAY, "--plan", "p", at=root).out
    assert ran.code == 1
    assert ran.out.startswith("1 个方案\n\n　　方案 q 读不出来，没有计入。\n")
    assert alone.partition("\n\n")[2].rstrip() in ran.out
    assert _json(zhenggai("status", *DAY, "--format", "json", at=root))["plans"][0]["plan"] == "p"
    assert ran.err.startswith("方案 plans/q.yaml 无法读取：\n  plans/q.yaml:1: ")


def test_the_copy_of_a_plan_is_left_out(zhenggai: Runner, root: Path) -> None:
    alone = _json(zhenggai("status", *DAY, "--format", "json", at=root))
    write(root, {"plans/p 副本.yaml": PLAN})
    ran = zhenggai("status", *DAY, "--format", "json", at=root)
    assert (ran.code, _json(ran)) == (1, alone)
    assert ran.err.startswith("plans/p 副本.yaml 的编号和 plans/p.yaml 的一样，没有计入\n")


def test_errors_that_plans_share_are_told_once(zhenggai: Runner, root: Path) -> None:
    book = root / "plans/units.yaml"
    book.write_text(book.read_text("utf-8") + "- {名称: 城关镇}\n", "utf-8")
    ran = zhenggai("overdue", *DAY, at=root)
    assert ran.code == 1
    assert ran.err.count("plans/units.yaml:") == zhenggai("overdue", *DAY, "--plan", "p", at=root).err.count(
        "plans/units.yaml:"
    )


def test_reports_are_issued_of_one_plan_only(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("week", "--issue", *DAY, at=root) == Ran(
        2, "", "zhenggai：印发和对照的是一个方案的，这里有几个\n  下一步：用 --plan 指明一个\n"
    )
    assert not (root / "ledgers/p/报告").exists()


# --- what writes asks only where it cannot know which plan is meant

ME = ("--unit", "县教育局", "--writer", "办公室")
LET_ALONE = "zhenggai：这里有 2 个方案：p、q\n  下一步：用 --plan 指明一个\n"


def _written(ran: Ran) -> str:
    """The line that says which file was written."""
    return next((line for line in ran.out.splitlines() if line.startswith("写入 ")), "")


@pytest.mark.parametrize(
    ("line", "plan"),
    [
        ("add 7-1 清淤一公里 40% --unit 县财政局", "q"),  # only q has it
        ("add 2-3 摸底 --unit 县财政局", "p"),
        ("add 清淤一公里 7-1 --unit 县财政局", "q"),  # in whatever order
        ("add 1-1 部署 20% --unit 城关镇", "p"),  # both have it, only p gives it to this unit
        ("add 1-1 部署 20% --unit 县委办公室 --for 河东乡", "p"),
        ("add 1-1 7 20% --unit 城关镇", "p"),  # a number in a text is no problem, though q has a problem 7
        ("urge 1-1 提醒 请抓紧 --basis 会议纪要 --problem 7 --by 县委督查局 --yes", "q"),
        ("lesson 先排后挖 7-1 --unit 县财政局", "q"),
        ("urge 7-1 提醒 请抓紧 --basis 会议纪要 --by 县委督查局 --yes", "q"),
    ],
)
def test_a_measure_that_one_plan_has_or_gives_to_the_unit_says_which_plan(
    zhenggai: Runner, root: Path, line: str, plan: str
) -> None:
    ran = zhenggai(*line.split(), "--writer", "办公室", at=root)
    assert ran.code == 0, ran.err
    assert _written(ran).startswith(f"写入 ledgers/{plan}/")
    assert f"方案：{plan} " in ran.err


@pytest.mark.parametrize(
    "line",
    [
        "add 1-1 部署 --unit 县教育局 --writer 办公室",  # both plans give it to the unit
        "add 9-9 部署 --unit 县教育局 --writer 办公室",  # no plan has it
        "review 1-1 通过 --by 县委组织部 --writer 办公室 --yes",
        "lookback 1-1",
        "adjust 1-1 时限 2020年9月底前 --basis 会议纪要",
    ],
)
def test_where_it_cannot_be_known_the_plan_must_be_named(zhenggai: Runner, root: Path, line: str) -> None:
    assert zhenggai(*line.split(), at=root) == Ran(2, "", LET_ALONE)


def test_a_plan_that_cannot_be_read_hinders_nobody_from_writing_in_another(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/r.yaml": "编号: r\n"})
    assert _written(
        zhenggai("add", "7-1", "清淤", "40%", "--unit", "县财政局", "--writer", "办公室", at=root)
    ).startswith("写入 ledgers/q/")


def test_an_entry_says_its_plan(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "1-1", "部署", "20%", "--plan", "q", *ME, at=root)
    number = ran.out.split()[1][-4:]
    assert _written(zhenggai("correct", number, "进度=30", "--why", "笔误", *ME, at=root)).startswith("写入 ledgers/q/")
    assert "进度 20% → 30%" in zhenggai("show", number, at=root).out


def test_undo_takes_back_the_last_entry_of_all_plans(zhenggai: Runner, root: Path) -> None:
    first = zhenggai("add", "1-1", "部署", "20%", "--plan", "q", *ME, at=root).out.split()[1]
    last = zhenggai("add", "1-2", "改正", "--plan", "p", *ME, at=root, now=NOW + timedelta(minutes=1)).out.split()[1]
    later = NOW + timedelta(minutes=2)
    assert f"已撤销 {last}" in zhenggai("undo", "--yes", *ME, at=root, now=later).out
    assert f"已撤销 {first}" in zhenggai("undo", "--yes", *ME, at=root, now=later).out


def test_an_adjustment_finds_the_plan_of_its_measure_or_of_the_problem_that_gets_a_new_one(
    zhenggai: Runner, root: Path
) -> None:
    for line in (
        "adjust 7-1 时限 2020年9月底前 --basis 会议纪要",
        "adjust 7-2 新增 绿化 --units 县财政局 --person 科长 --deadline 2020年9月底前 --basis 会议纪要",
    ):
        ran = zhenggai(*line.split(), "--dry-run", at=root)
        assert "plans/q.yaml" in ran.err + ran.out, ran
