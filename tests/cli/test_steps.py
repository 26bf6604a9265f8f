"""Commands about one step of a measure: its extension, its recurring duty, what the lists say of it."""

import json
from pathlib import Path

import pytest

from small_repo import PLAN, Runner, small_repo, write

EDUCATION = ("--unit", "县教育局", "--writer", "办公室")
pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(small_repo(tmp_path / "repo", "04-10 县教育局 进展 1-1 进度=40"), {"plans/p.yaml": plan()})


def plan() -> str:
    """The small plan, whose first measure has a step with a deadline and one with a frequency, and is due in December."""
    lines = PLAN.replace("2020年6月底前", "2020年12月底前", 1).splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if "编号: 1-1," in line)
    assert lines[place].rstrip().endswith("}")
    lines[place] = lines[place].rstrip().removesuffix("}") + (
        ", 步骤: [{编号: 1-1-1, 内容: 摸底, 时限: 2020年7月10日前}, {编号: 1-1-2, 内容: 公示, 频次: 每月}]}\n"
    )
    return "".join(lines)


def test_a_step_is_extended_by_request_and_answer(zhenggai: Runner, root: Path) -> None:
    asked = zhenggai("extend", "1-1", "--step", "1-1-1", "--to", "2020-08-10", "--reason", "流标", *EDUCATION, at=root)
    assert (asked.code, asked.err) == (0, "")
    assert "等待答复：县委组织部" in asked.out
    todo = zhenggai("todo", "--unit", "县委组织部", at=root).out
    assert "步骤 1-1-1 2020-07-01 申请延期至 2020-08-10" in todo
    early = zhenggai("review", "1-1", "--extension", "同意", "--to", "2020-07-10", "--unit", "县教育局", "--by", "县委组织部", "--writer", "李", at=root)  # fmt: skip
    assert "不晚于现时限 2020-07-10" in early.err
    granted = zhenggai(
        "review", "1-1", "--extension", "同意", "--unit", "县教育局", "--by", "县委组织部", "--writer", "李", at=root
    )
    assert granted.code == 0
    (step,) = json.loads(zhenggai("due", "--within", "60", "--unit", "县教育局", "--format", "json", at=root).out)[
        "steps"
    ]
    assert (step["step"], step["due"]) == ("1-1-1", "2020-08-10")
    shown = zhenggai("show", "1-1", "--unit", "县教育局", at=root).out
    assert "2020年7月10日前  2020-08-10  未办结，还剩 40 天" in shown


def test_each_request_is_answered_by_the_command_that_todo_shows(zhenggai: Runner, root: Path) -> None:
    for more in (("--step", "1-1-1", "--to", "2020-08-10"), ("--to", "2021-01-31")):
        assert zhenggai("extend", "1-1", *more, "--reason", "流标", *EDUCATION, at=root).code == 0
    todo = zhenggai("todo", "--unit", "县委组织部", at=root).out
    assert "zhenggai review 1-1 --extension 同意 --step 1-1-1 --unit 县教育局" in todo
    assert "zhenggai review 1-1 --extension 同意 --unit 县教育局" in todo
    answer = ("review", "1-1", "--extension", "同意", "--unit", "县教育局", "--by", "县委组织部", "--writer", "李")
    assert "步骤 1-1-1 摸底 截止 2020-08-10" in zhenggai(*answer, "--step", "1-1-1", at=root).out
    again = zhenggai(*answer, "--step", "1-1-1", at=root)
    assert "步骤 1-1-1 没有待答复的延期或转长期申请" in again.err
    assert "截止 2021-01-31（原 2020-12-31）" in zhenggai(*answer, at=root).out
    alone = zhenggai("review", "1-1", "通过", "--step", "1-1-1", "--by", "县委组织部", "--writer", "李", at=root)
    assert "--step 只用于答复延期，没有写入" in alone.err


def test_a_date_of_several_is_told_as_not_done(zhenggai: Runner, tmp_path: Path) -> None:
    root = write(small_repo(tmp_path / "repo"), {"plans/p.yaml": PLAN.replace("2020年6月底前", "7月底前、12月底前", 1)})
    ran = zhenggai(
        "extend", "1-1", "--step", "1-1-20200731", "--to", "2020-08-10", "--reason", "难", *EDUCATION, at=root
    )
    assert ran.code == 0
    granted = zhenggai(
        "review", "1-1", "--extension", "同意", "--unit", "县教育局", "--by", "县委组织部", "--writer", "李", at=root
    )
    assert "步骤 1-1-20200731 7月底前（未办结）" in granted.out


def test_an_unknown_step_is_refused(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("extend", "1-1", "--step", "1-1-9", "--to", "2020-08-10", "--reason", "难", *EDUCATION, at=root)
    assert ran.code == 2
    assert ran.err == "zhenggai：措施 1-1 没有步骤 1-1-9\n  现有：1-1-1、1-1-2\n"


def test_a_duty_of_the_only_recurring_step_needs_no_step(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("duty", "1-1", "2020-06", "公示一次", *EDUCATION, at=root)
    assert (ran.code, ran.err) == (0, "")
    assert "仍缺期次：步骤 1-1-2 公示 2020-0" in ran.out
    (entry,) = [
        e
        for e in json.loads(zhenggai("show", "1-1", "--format", "json", at=root).out)["entries"]
        if e["kind"] == "例行"
    ]
    assert (entry["steps"], entry["period"]) == (["1-1-2"], "2020-06")
    again = zhenggai("duty", "1-1", "2020-06", "又一次", "--step", "1-1-2", *EDUCATION, at=root)
    assert "期次 2020-06 已有记录" in again.err


def test_done_names_the_dated_steps_that_are_followed_no_longer(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("done", "1-1", "全部办结", *EDUCATION, at=root)
    assert "没有办结、今后不再跟踪的：步骤 1-1-1 摸底\n" in ran.out
    stepped = zhenggai("done", "1-1", "全部办结", "--step", "1-1-1", "--unit", "河东乡", "--writer", "办公室", at=root)
    assert "今后不再跟踪" not in stepped.out


def test_the_dates_of_a_steps_deadline_are_done_with_the_step(zhenggai: Runner, tmp_path: Path) -> None:
    several = plan().replace("2020年7月10日前", "7月10日前、8月底前")
    root = write(small_repo(tmp_path / "repo"), {"plans/p.yaml": several})
    left = zhenggai("done", "1-1", "全部办结", *EDUCATION, at=root)
    assert "没有办结、今后不再跟踪的：步骤 1-1-1 摸底、步骤 1-1-1-20200710" in left.out
    done = zhenggai("done", "1-1", "全部办结", "--step", "1-1-1", "--unit", "河东乡", "--writer", "办公室", at=root)
    assert (done.code, "今后不再跟踪" in done.out) == (0, False)


def test_a_late_step_makes_overdue_fail(zhenggai: Runner, root: Path) -> None:
    late = ("overdue", "--fail", "--problem", "1-1", "--unit", "县教育局", "--as-of")
    assert [zhenggai(*late, day, at=root).code for day in ("2020-07-10", "2020-07-11")] == [0, 1]


def test_reports_call_an_earlier_date_of_a_deadline_by_the_number_that_the_plan_has(
    zhenggai: Runner, tmp_path: Path
) -> None:
    """The lists have the number that a command takes."""
    words = "2020年6月底前取得阶段性成效，2020年12月底前完成"
    root = small_repo(tmp_path, plan=PLAN.replace("2020年6月底前", words, 1))
    week, early = (zhenggai("week", "--as-of", day, at=root).out for day in ("2020-07-01", "2020-06-20"))
    assert "-20200630" not in week + early + zhenggai("report", "--as-of", "2020-06-20", at=root).out
    assert "\n1-1   " in week[week.index("逾期步骤 3 个") :]
    assert "20天内到期0件、步骤3个（1-1 县教育局、1-1 河东乡、1-1 城关镇）" in early
    assert "1-1-20200630" in zhenggai("overdue", at=root).out
