"""What a task waits for on its way to 销号, and from whom."""

import pytest

from building import PLAN, snapshot_of, task_in
from zhenggai.model.kinds import Kind
from zhenggai.rules.day.review_queue import (
    Awaited,
    answer_awaited,
    awaited,
    filing_awaited,
    reopening_awaited,
    visit_awaited,
)

WAY = """
04-02 县教育局 进展 佐证=县教发〔2020〕3号 #进
04-03 县教育局 完成
04-04 县教育局 申请销号 签批领导=局长 #申
04-05 县财政局 初审 针对=申 结论=通过
04-06 县委组织部 复核 针对=申 结论=通过
04-07 县委组织部 销号公示 针对=申 起=2020-04-07 止=2020-04-13
04-14 县委组织部 销号 针对=申 措施摘要=1a2b #销
"""
ORGANISERS = ("县委组织部",)
OVERSEERS = ("县委组织部", "县委督查局")


def test_an_application_may_be_visited_until_its_second_review() -> None:
    whose = Awaited(Kind.ON_SITE, ("县财政局", "县委组织部", "县委督查局"))
    found = [visit_awaited(task_in(snapshot_of(WAY, day))) for day in ("04-03", "04-04", "04-05", "04-06")]
    assert found == [None, whose, whose, None]
    seen = "04-05 县委督查局 现场核查 单位=县教育局 核查人=督查科 地点=局机关 佐证=县组发〔2020〕1号"
    assert visit_awaited(task_in(snapshot_of(WAY + seen, "04-05"))) is None


def test_a_close_out_waits_for_its_filing_until_it_is_reopened() -> None:
    ledger = (
        WAY + "04-20 县委组织部 备案 针对=销 备案机关=市环委办 备案号=12\n04-25 县委督查局 回头看 针对=销 结论=反弹"
    )
    found = [filing_awaited(task_in(snapshot_of(ledger, day))) for day in ("04-13", "04-14", "04-20", "04-25")]
    assert found == [None, Awaited(Kind.FILING, ORGANISERS), None, None]
    assert task_in(snapshot_of(ledger, "04-25")).head.filed is None


@pytest.mark.parametrize(
    ("day", "act"),
    [
        ("04-03", None),
        ("04-04", Awaited(Kind.FIRST_REVIEW, ("县财政局",))),
        ("04-05", Awaited(Kind.SECOND_REVIEW, ORGANISERS)),
        ("04-06", Awaited(Kind.NOTICE, ORGANISERS)),
        ("04-07", Awaited(Kind.CLOSE_OUT, ORGANISERS)),
        ("04-14", None),
    ],
)
def test_each_step_waits_for_its_unit(day: str, act: Awaited | None) -> None:
    assert awaited(task_in(snapshot_of(WAY, day))) == act


def test_only_some_acts_may_be_asked_for() -> None:
    task = task_in(snapshot_of(WAY, "04-05"))
    assert awaited(task, Kind.FIRST_REVIEW) is None
    assert awaited(task, Kind.FIRST_REVIEW, Kind.SECOND_REVIEW) == Awaited(Kind.SECOND_REVIEW, ORGANISERS)


def test_a_plan_that_waives_the_notice_goes_on_to_the_close_out() -> None:
    task = task_in(snapshot_of(WAY, "04-06", plan=PLAN.replace("公示天数: 7", "公示天数: 0")))
    assert awaited(task) == Awaited(Kind.CLOSE_OUT, ORGANISERS)


def test_a_plan_without_reviewers_names_nobody() -> None:
    unreviewed = PLAN.replace("审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局], 公示天数: 7}\n", "")
    assert awaited(task_in(snapshot_of(WAY, "04-04", plan=unreviewed))) == Awaited(Kind.FIRST_REVIEW, ())


def test_a_request_waits_for_the_unit_that_reviews_last() -> None:
    ledger = "04-02 县教育局 进展\n04-03 县教育局 申请延期 至=2020-08-31 原因=疫情 #延\n"
    assert answer_awaited(task_in(snapshot_of(ledger))) == Awaited(Kind.EXTENSION_GRANT, ORGANISERS)
    refused = ledger + "04-04 县委组织部 不同意延期 针对=延\n"
    assert answer_awaited(task_in(snapshot_of(refused))) is None


def test_a_relapse_waits_for_its_date_until_it_has_one() -> None:
    assert reopening_awaited(task_in(snapshot_of(WAY))) is None
    relapsed = WAY + "05-01 县委督查局 回头看 针对=销 结论=反弹 #反\n"
    assert reopening_awaited(task_in(snapshot_of(relapsed))) == Awaited(Kind.REOPENING, OVERSEERS)
    dated = relapsed + "05-02 县委督查局 重新整改 针对=反 原因=返工 时限=2020-09-30\n"
    assert reopening_awaited(task_in(snapshot_of(dated))) is None
