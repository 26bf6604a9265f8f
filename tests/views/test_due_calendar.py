"""``due --format ics``: what falls due, as events that other programs read and know again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from icalendar import Calendar as Read

from building import PLAN, snapshot_of
from random_histories import DAYS, book_from, histories
from small_repo import Ran, Runner, small_repo, tree
from zhenggai.render import file_bytes
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.views.due import due

MORNINGS = [timedelta(days=-20, hours=9), timedelta(days=-10, hours=9)]


def events_of(snapshot: Snapshot, within: int = 365) -> list[Any]:
    return Read.from_ical(file_bytes(due(snapshot, within), "ics")).walk("VEVENT")


@settings(max_examples=20)
@given(histories(), DAYS)
def test_each_thing_that_falls_due_is_one_event_with_alarms(history: str, day: date) -> None:
    now = state(book_from(history), day)
    listed, events = due(now, 365), events_of(now)
    dates = [line.due for lines in (listed.tasks, listed.steps, listed.duties) for line in lines]
    assert [event["DTSTART"].dt for event in events] == dates
    assert len({str(event["UID"]) for event in events}) == len(events)
    for event in events:
        assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == MORNINGS
    assert file_bytes(listed, "ics") == file_bytes(due(now, 365), "ics")


def test_an_extension_moves_the_event() -> None:
    request = "06-01 县教育局 申请延期 1-1 至=2020-08-31 原因=疫情 #延\n"
    before = {str(e["UID"]): e["DTSTART"].dt for e in events_of(snapshot_of(request, "06-10"))}
    granted = snapshot_of(f"{request}06-12 县委组织部 同意延期 针对=延 至=2020-08-15", "06-13")
    after = {str(e["UID"]): e["DTSTART"].dt for e in events_of(granted)}
    assert {(before[uid], day) for uid, day in after.items() if uid in before and before[uid] != day} == {
        (date(2020, 6, 30), date(2020, 8, 15))
    }


def test_the_texts_of_an_event() -> None:
    first = events_of(snapshot_of("", "06-01"), 30)[0]
    assert str(first["SUMMARY"]) == "1-1 县教育局到期：制定办法"
    assert str(first["DESCRIPTION"]).splitlines() == [
        "1-1 制定办法", "责任单位：县教育局", "时限：2020年6月30日前", "zhenggai show 1-1 县教育局",
    ]  # fmt: skip


def test_the_alarms_are_at_the_reminders_of_the_plan_s_ladder() -> None:
    rules = "规则: {名称: 江津, 督办阶梯: [{逾期天数: -5, 事项: 提醒, 对象: 主办人}, {逾期天数: 3, 事项: 督办, 对象: 单位}]}\n"
    plan = PLAN.replace("阶段:\n", f"{rules}阶段:\n", 1)
    (event, *_) = events_of(snapshot_of("", "06-01", plan=plan), 30)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-5, hours=9)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, "04-10 县教育局 认领 1-1\n")


def test_the_file_has_what_the_list_has(zhenggai: Runner, root: Path) -> None:
    filters = ("--within", "20", "--unit", "县财政局", "--as-of", "2020-07-01")
    assert zhenggai("due", *filters, "-o", "../到期.ics", at=root) == Ran(0, "", "已写入 ../到期.ics\n")
    data = (root.parent / "到期.ics").read_bytes()
    assert [str(event["SUMMARY"]) for event in Read.from_ical(data).walk("VEVENT")] == [
        "2-1 县财政局 长期评估 到期：坚持学习",
    ]
    assert zhenggai("临期", *filters, "--格式", "日历", at=root).out.encode() == data


@pytest.mark.parametrize(
    "line",
    ["status -o 甲.ics", "overdue --format ics", "week --issue --format ics", "remind -o 函/ --format ics", "find 办法 -o 甲.ics", "check --format ics"],
)  # fmt: skip
def test_what_has_no_dates_has_no_calendar(zhenggai: Runner, root: Path, line: str) -> None:
    before = tree(root)
    ran = zhenggai(*line.split(), at=root)
    assert ran == Ran(2, "", "zhenggai：日历（.ics）只有 zhenggai due 有\n  下一步：zhenggai due -o 到期.ics\n")
    assert tree(root) == before
