"""报送: the reports that a plan owes to superiors, in ``todo`` and ``remind``, and issuing the one that was asked for."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, small_repo, write

OWED = PLAN.replace(
    "问题:\n",
    "反馈日期: 2020-03-01\n"
    "报送:\n"
    "- {名称: 整改情况报告, 时限: 反馈后2个月内, 报: 省委巡视办, 签批: 主要负责人}\n"
    "- {名称: 年度报告, 时限: 2020年12月底前}\n"
    "问题:\n",
    1,
)
ORGANISERS = "县委组织部"  # the 复核 unit, as the plan names no 工作专班
BEFORE, NEAR, LATE = (datetime(2020, month, day, 9) for month, day in ((4, 7), (4, 25), (5, 6)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, "04-10 县教育局 进展 1-1 进度=40", plan=OWED)


def todo(zhenggai: Runner, root: Path, now: datetime, unit: str = ORGANISERS) -> list[tuple[str, int, str]]:
    ran = zhenggai("todo", unit, "--format", "json", at=root, now=now)
    assert (ran.code, ran.err) == (0, "")
    items = json.loads(ran.out)["units"][0]["todos"]
    return [(item["why"], item["days"], item["command"]) for item in items if item["act"] == "报送"]


def test_it_is_in_todo_ahead_of_its_day_and_late_after_it(zhenggai: Runner, root: Path) -> None:
    assert todo(zhenggai, root, BEFORE) == []
    why = "时限反馈后2个月内，报省委巡视办，主要负责人签批"
    command = "zhenggai report --issue --for 整改情况报告"
    assert todo(zhenggai, root, NEAR) == [(why, -6, command)]
    assert todo(zhenggai, root, LATE) == [(why, 5, command)]
    assert todo(zhenggai, root, LATE, "县教育局") == []
    out = zhenggai("todo", ORGANISERS, at=root, now=LATE).out
    assert f"【报送】整改情况报告：{why}（截止 2020-05-01，已过 5 天）" in out


def test_the_report_that_is_issued_for_it_ticks_it_off(zhenggai: Runner, root: Path) -> None:
    interim = zhenggai("report", "--issue", at=root, now=NEAR)  # it answers nothing
    assert interim.err.endswith(
        "  方案要报送的整改情况报告仍算没有报；这一期就是的，在方案的那一项里写 已报: 2020-04-25\n"
        "  要抬头、签批和落款的，另印发一期，加 --for 整改情况报告\n"
    )
    assert len(todo(zhenggai, root, NEAR)) == 1
    ran = zhenggai("report", "--issue", "--for", "整改情况报告", at=root, now=NEAR)
    where = "ledgers/p/报告/整改落实情况报告第002期.txt"
    assert (ran.code, ran.err) == (0, f"已印发整改落实情况报告第 2 期：{where}，报送“整改情况报告”已办\n")
    assert todo(zhenggai, root, LATE) == []
    assert (
        len(
            json.loads(zhenggai("todo", ORGANISERS, "--as-of", "2020-04-24", "--format", "json", at=root).out)["units"][
                0
            ]["todos"]
        )
        == 1
    )


def test_what_was_issued_without_saying_what_it_answers_is_ticked_off_in_the_plan(zhenggai: Runner, root: Path) -> None:
    """As its issue said; no second number of the same report is needed."""
    zhenggai("report", "--issue", at=root, now=NEAR)
    write(root, {"plans/p.yaml": OWED.replace("主要负责人}", "主要负责人, 已报: 2020-04-25}", 1)})
    assert todo(zhenggai, root, NEAR) == []


def test_its_paper_names_who_gets_signs_and_sends_it(zhenggai: Runner, root: Path) -> None:
    """Shown before it is issued, so that it can be signed; issued with the same text."""
    draft = zhenggai("report", "--for", "整改情况报告", "--sections", "成效", at=root, now=NEAR)
    assert draft == Ran(
        0,
        """\
整改情况报告

　　省委巡视办：
　　2020年3月1日印发整改方案，数据截至2020年4月25日
　　所选的部分还没有内容。
　　主要负责人（签批）：
　　县委组织部
　　2020年4月25日
""",
        "",
    )
    issued = zhenggai("report", "--issue", "--for", "整改情况报告", "--sections", "成效", at=root, now=NEAR)
    assert issued.out == draft.out


SOON, PAST = (
    "整改情况报告应于2020年5月1日前报省委巡视办，还有6天",
    "整改情况报告应于2020年5月1日前报省委巡视办，已逾期5天",
)


@pytest.mark.parametrize(("now", "words", "days"), [(BEFORE, None, None), (NEAR, SOON, -6), (LATE, PAST, 5)])
def test_status_and_reports_tell_it_beside_the_tasks(
    zhenggai: Runner, root: Path, now: datetime, words: str | None, days: int | None
) -> None:
    for command in ("status", "week", "month"):
        said = zhenggai(command, at=root, now=now).out
        assert f"　　报送：{words}。\n" in said if words else "报送" not in said
        answer = json.loads(zhenggai(command, "--format", "json", at=root, now=now).out)
        assert [one["days"] for one in answer.get("submissions", [])] == ([days] if words else [])
        assert answer["totals"]["tasks"] == 7
    week = zhenggai("week", at=root, now=now).out
    place = "存在问题" if words == PAST else "下步打算"
    assert not words or words in week.partition(place)[2].partition("\n\n")[0]


def test_due_and_overdue_list_it_beside_the_tasks(zhenggai: Runner, root: Path) -> None:
    row = "整改情况报告  省委巡视办  主要负责人  反馈后2个月内  2020-05-01"
    assert "20 天内要报的\n报送" in (near := zhenggai("due", at=root, now=NEAR).out)
    assert f"{row}           6\n" in near
    assert "逾期没有报的\n报送" in (late := zhenggai("overdue", at=root, now=LATE).out)
    assert f"{row}           5\n" in late
    assert "要报的" not in zhenggai("due", at=root, now=LATE).out
    assert "没有报的" not in zhenggai("overdue", at=root, now=NEAR).out
    part = [zhenggai("overdue", "--unit", unit, at=root, now=LATE).out for unit in ("县教育局", ORGANISERS)]
    assert ["没有报的" in said for said in part] == [False, True]


def test_it_is_in_the_calendar(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("due", "--format", "ics", at=root, now=NEAR).out
    assert "SUMMARY:报送到期：整改情况报告" in out
    assert out.count("DTSTART;VALUE=DATE:20200501") == 1


def test_it_is_nowhere_once_it_is_issued(zhenggai: Runner, root: Path) -> None:
    zhenggai("report", "--issue", "--for", "整改情况报告", at=root, now=NEAR)
    for command in ("status", "overdue", "due", "week", "month", "todo"):
        words = [ORGANISERS] if command == "todo" else []
        assert "整改情况报告" not in zhenggai(command, *words, at=root, now=LATE).out


def test_what_is_not_a_report_is_ticked_off_in_the_plan(zhenggai: Runner, tmp_path: Path) -> None:
    """Such as the plan itself, which is sent by post. Later than the day that is asked, it was not sent yet."""
    plan = OWED.replace("名称: 整改情况报告", "名称: 整改方案")
    root = small_repo(tmp_path, plan=plan)
    ((why, days, command),) = todo(zhenggai, root, LATE)
    assert (why, days) == ("时限反馈后2个月内，报省委巡视办，主要负责人签批，报出后在方案里写“已报: 日期”", 5)
    assert command == "zhenggai edit p"
    letter = zhenggai("remind", "--unit", ORGANISERS, at=root, now=LATE).out
    assert "报送整改方案：时限反馈后2个月内，报省委巡视办，主要负责人签批（截止2020年5月1日）" in letter
    sent = small_repo(tmp_path / "sent", plan=plan.replace("签批: 主要负责人}", "签批: 主要负责人, 已报: 2020-04-28}"))
    assert todo(zhenggai, sent, LATE) == []
    assert len(todo(zhenggai, sent, NEAR)) == 1


def test_a_letter_reminds_who_signs(zhenggai: Runner, root: Path) -> None:
    letter = zhenggai("remind", "--unit", ORGANISERS, at=root, now=LATE).out
    assert "主要负责人" in letter
    assert "报送整改情况报告" in letter
    assert "报送整改情况报告" not in zhenggai("remind", "--unit", "县教育局", at=root, now=LATE).out
    zhenggai("report", "--issue", "--for", "整改情况报告", at=root, now=LATE)
    assert "报送" not in zhenggai("remind", "--unit", ORGANISERS, at=root, now=LATE).out


def test_a_name_that_the_plan_does_not_have_is_refused(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("report", "--issue", "--for", "周报", at=root, now=NEAR) == Ran(
        2, "", "zhenggai：方案里没有报送“周报”\n  现有：整改情况报告、年度报告\n"
    )
    assert zhenggai("report", "--for", "年度报告", "--no", "1", at=root, now=NEAR) == Ran(
        2, "", "zhenggai：印发过的照印发时的原样，不能改抬头、落款\n  下一步：去掉 --for\n"
    )
    assert not (root / "ledgers/p/报告").exists()


def test_a_deadline_that_cannot_be_read_is_a_warning_and_stays_to_do(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path, plan=OWED.replace("反馈后2个月内", "过些日子"))
    ran = zhenggai("check", at=root, now=LATE)
    assert "过些日子" in ran.out + ran.err
    assert "错误 0 处" in ran.err
    status = zhenggai("status", at=root, now=LATE)
    assert (status.code, status.err) == (0, "")
    assert [days for _, days, _ in todo(zhenggai, root, LATE)] == [None]


MONTHLY = PLAN.replace("问题:\n", "报送: [{名称: 安全生产月报, 时限: 每月25日前, 报: 县安委办}]\n问题:\n", 1)
APRIL = "安全生产月报 2020-04"
OF_APRIL = f'zhenggai report --issue --for "{APRIL}"'


def test_one_that_recurs_waits_once_for_each_period(zhenggai: Runner, tmp_path: Path) -> None:
    """It is ticked off by period, as a recurring duty is: late, then near, then the next one."""
    root, late = small_repo(tmp_path, plan=MONTHLY), datetime(2020, 5, 6, 9)
    why = "时限每月25日前，报县安委办"
    waiting = [(why, 42, OF_APRIL.replace("04", "03"))]
    waiting += [(why, 11, OF_APRIL), (why, -19, OF_APRIL.replace("04", "05"))]
    assert todo(zhenggai, root, late) == waiting
    said = zhenggai("week", at=root, now=late).out
    assert "　　报送：安全生产月报（2020年3月）应于2020年3月25日前报县安委办，已逾期42天；" in said
    assert "报送安全生产月报（2020年4月）：" in zhenggai("remind", "--unit", ORGANISERS, at=root, now=late).out
    ran = zhenggai("report", "--issue", "--for", APRIL, "--sections", "成效", at=root, now=late)
    assert (ran.out.splitlines()[0], "报送“安全生产月报 2020-04”已办" in ran.err) == ("安全生产月报（2020年4月）", True)
    assert todo(zhenggai, root, late) == waiting[2:]  # what came before it is past
    ran = zhenggai("report", "--issue", "--for", "安全生产月报", "--sections", "成效", at=root, now=late)
    assert "报送“安全生产月报 2020-05”已办" in ran.err
    assert todo(zhenggai, root, late) == []
    assert todo(zhenggai, root, datetime(2020, 6, 10, 9)) == [(why, -15, OF_APRIL.replace("04", "06"))]
    assert [
        one["name"]
        for one in json.loads(zhenggai("due", "--within", "70", "--format", "json", at=root, now=late).out)[
            "submissions"
        ]
    ] == ["安全生产月报 2020-06"]
    ran = zhenggai("report", "--for", "安全生产月报 2020-13", at=root, now=late)
    assert ran == Ran(2, "", "zhenggai：方案里没有报送“安全生产月报 2020-13”\n  现有：安全生产月报\n")


def test_of_one_that_recurs_the_plan_says_when_it_was_last_sent(zhenggai: Runner, tmp_path: Path) -> None:
    plan = (
        MONTHLY.replace("安全生产月报", "四乱清单")
        .replace("每月25日前", "每季度末")
        .replace("县安委办}", "县河长办, 已报: 2020-06-28}")
    )
    root = small_repo(tmp_path, plan=plan)
    assert todo(zhenggai, root, datetime(2020, 6, 29, 9)) == []
    ((_, days, command),) = todo(zhenggai, root, datetime(2020, 9, 20, 9))
    assert (days, command) == (-10, "zhenggai edit p")
