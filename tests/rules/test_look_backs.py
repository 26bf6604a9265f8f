"""回头看: when a closed task must be looked at again, and which rounds were."""

from building import PLAN, snapshot_of, task_in
from zhenggai.rules.supervision.look_backs import LookBackRound, look_backs

CLOSED = """
04-10 县教育局 进展 1-1 佐证=县教发〔2020〕1号
04-20 县教育局 完成 1-1
04-21 县教育局 申请销号 1-1 签批领导=局长 #申请
04-22 县财政局 初审 针对=申请 结论=通过 #初审
04-23 县委组织部 复核 针对=初审 结论=通过 #复核
04-24 县委组织部 销号公示 针对=复核 起=2020-04-24 止=2020-04-30 #公示
05-01 县委组织部 销号 针对=公示 措施摘要=0 #销号
"""
RELAPSED = CLOSED + "06-01 县委督查局 回头看 针对=销号 结论=反弹\n"
AGAIN = (
    RELAPSED
    + """
06-10 县教育局 进展 1-1 佐证=县教发〔2020〕2号
06-20 县教育局 完成 1-1
06-21 县教育局 申请销号 1-1 签批领导=局长 #申请2
06-22 县财政局 初审 针对=申请2 结论=通过 #初审2
06-23 县委组织部 复核 针对=初审2 结论=通过 #复核2
06-24 县委组织部 销号公示 针对=复核2 起=2020-06-24 止=2020-06-30 #公示2
07-01 县委组织部 销号 针对=公示2 措施摘要=0 #销号2
"""
)


def told(ledger: str, as_of: str, plan: str = PLAN) -> list[tuple[int, str, str]]:
    """Round, stage and day due of every round."""
    return [
        (r.closing.round, str(r.stage), f"{r.due:%m-%d}") for r in look_backs(snapshot_of(ledger, as_of, plan=plan))
    ]


def test_what_is_not_closed_needs_none() -> None:
    assert told(CLOSED, "04-30") == []


def test_it_is_due_on_the_ninetieth_day_after_the_close_out() -> None:
    assert told(CLOSED, "07-29") == [(1, "未到期", "07-30")]
    assert told(CLOSED, "07-30") == [(1, "应查", "07-30")]


def test_the_plan_may_name_another_number_of_days() -> None:
    plan = PLAN.replace("督办单位:", "规则: {回头看天数: 30}\n督办单位:")
    assert told(CLOSED, "05-31", plan) == [(1, "应查", "05-31")]


def test_one_that_found_it_true_is_enough_for_the_round_even_before_its_day() -> None:
    ledger = CLOSED + "06-01 县委组织部 回头看 针对=销号 结论=属实\n"
    assert told(ledger, "12-31") == [(1, "属实", "07-30")]
    assert told(ledger, "05-31") == [(1, "未到期", "07-30")]


def test_the_last_one_of_a_round_counts() -> None:
    ledger = CLOSED + "06-01 县委组织部 回头看 针对=销号 结论=属实\n06-02 县委督查局 回头看 针对=销号 结论=反弹\n"
    assert told(ledger, "12-31") == [(1, "反弹", "07-30")]


def test_each_close_out_has_its_own() -> None:
    assert told(RELAPSED, "06-30") == [(1, "反弹", "07-30")]
    assert told(AGAIN, "09-29") == [(1, "反弹", "07-30"), (2, "应查", "09-29")]


def test_a_round_that_was_reopened_otherwise_needs_none() -> None:
    ledger = CLOSED + "06-01 县委督查局 督查 1-1 单位=县教育局 方式=明察 结论=不实\n"
    assert told(ledger, "12-31") == []


def test_it_names_the_close_out_and_what_was_found() -> None:
    snapshot = snapshot_of(RELAPSED, "06-30")
    (found,) = look_backs(snapshot)
    assert isinstance(found, LookBackRound)
    assert (found.task, str(found.closing.date)) == (task_in(snapshot), "2020-05-01")
    assert [str(found.closing.looked_on), found.closing.verdict] == ["2020-06-01", "反弹"]
    assert snapshot.recorder_of(found.closing.looked or "") == "县委督查局"


def test_one_that_was_withdrawn_does_not_count() -> None:
    ledger = CLOSED + "06-01 县委组织部 回头看 针对=销号 结论=属实 #查\n06-02 县委组织部 更正 针对=查 作废=是\n"
    assert told(ledger, "12-31") == [(1, "应查", "07-30")]
