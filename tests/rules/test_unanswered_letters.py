"""What is said to a unit, and which of it may be answered, and still awaits its answer."""

import pytest

from building import UNITS, refusals_of, snapshot_of, task_in
from zhenggai.rules.supervision.letters import unanswered

TO_EDUCATION = "单位=县教育局 对象=单位 依据=规则"
APPLIED = """
04-02 县教育局 进展 佐证=县教发〔2020〕1号
05-20 县教育局 完成
05-21 县教育局 申请销号 签批领导=王强 #案
"""
NO = "不是要回复的记录"


@pytest.mark.parametrize("kind", ["提醒", "督办", "告诫", "约谈", "通报", "问责"])
def test_every_step_of_the_ladder_may_be_answered(kind: str) -> None:
    assert refusals_of(f"04-10 县委督查局 {kind} {TO_EDUCATION} #信\n04-12 县教育局 回复 针对=信") == []


@pytest.mark.parametrize(
    "letter",
    [
        "05-25 县委督查局 督查 单位=县教育局 方式=明察 结论=属实 #信",
        "05-25 县财政局 初审 针对=案 结论=退回 原因=缺材料 #信",
        "05-25 县委督查局 督查 单位=县教育局 方式=暗访 结论=反弹 #反\n05-26 县委督查局 重新整改 针对=反 原因=反弹 时限=2020-09-30 #信",
    ],
)
def test_so_may_inspections_returns_and_reopenings(letter: str) -> None:
    assert refusals_of(f"{APPLIED}{letter}\n05-27 县教育局 回复 针对=信") == []


def test_so_may_a_refused_extension() -> None:
    ledger = "05-01 县教育局 申请延期 至=2020-08-31 原因=疫情 #延\n05-02 县委组织部 不同意延期 针对=延 #信\n"
    assert refusals_of(ledger + "05-03 县教育局 回复 针对=信") == []
    assert refusals_of(ledger + "05-03 县教育局 回复 针对=延") == [f"3 “申请延期”{NO}"]


@pytest.mark.parametrize(("name", "kind"), [("案", "申请销号"), ("审", "初审")])
def test_what_was_not_said_to_the_unit_is_not_answered(name: str, kind: str) -> None:
    ledger = APPLIED + f"05-25 县财政局 初审 针对=案 结论=通过 #审\n05-26 县教育局 回复 针对={name}"
    snapshot = snapshot_of(ledger)
    (diagnostic,) = snapshot.diagnostics
    assert (diagnostic.what, diagnostic.source.line) == (f"“{kind}”{NO}", 5)
    assert diagnostic.remedy == "回复只针对提醒至问责、督查、回头看、退回、不同意延期、重新整改"
    assert task_in(snapshot).head == task_in(snapshot_of(ledger.rpartition("\n")[0])).head


def test_a_return_that_was_corrected_to_a_pass_is_not_answered() -> None:
    ledger = APPLIED + "05-25 县财政局 初审 针对=案 结论=退回 原因=缺 #审\n05-26 县财政局 更正 针对=审 结论=通过\n"
    assert refusals_of(ledger + "05-27 县教育局 回复 针对=审") == [f"6 “初审”{NO}"]


def test_nor_is_what_belongs_to_no_task_and_no_unit() -> None:
    ledger = """
    05-01 县委督查局 督办 措施= 单位=县教育局 对象=单位 依据=规则 #督
    05-02 县教育局 回复 针对=督 #复
    05-03 县教育局 回复 针对=复
    05-04 县档案馆 经验 措施= #经
    05-05 县教育局 回复 针对=经
    """
    assert refusals_of(ledger) == [f"3 “回复”{NO}", f"5 “经验”{NO}"]


def waiting(ledger: str, unit: str = "县教育局", as_of: str = "12-31") -> list[str]:
    return [f"{r.entry.date:%m-%d} {r.entry.kind}" for r in unanswered(snapshot_of(ledger, as_of), unit)]


LETTERS = f"""
04-05 县委督查局 督查 单位=县教育局 方式=明察 结论=属实
04-10 县委督查局 督办 {TO_EDUCATION} #督
04-08 县委督查局 通报 措施= {TO_EDUCATION} #报
04-12 县委督查局 督查 措施= 单位=县教育局 方式=暗访 结论=不实
04-13 县委督查局 督办 措施= 单位=城关镇 对象=单位 依据=规则
04-14 县委督查局 督办 {TO_EDUCATION} #误
04-15 县委督查局 更正 针对=误 作废=是
04-16 县财政局 督办 {TO_EDUCATION}
"""


def test_letters_await_an_answer_in_order_whether_they_name_a_measure_or_only_the_unit() -> None:
    assert waiting(LETTERS) == ["04-08 通报", "04-10 督办", "04-12 督查"]
    assert waiting(LETTERS, as_of="04-09") == ["04-08 通报"]
    assert waiting(LETTERS, "城关镇") == ["04-13 督办"]
    assert waiting(LETTERS, "县财政局") == []


def test_an_answer_ends_the_waiting_unless_it_was_withdrawn() -> None:
    answered = LETTERS + "04-20 县教育局 回复 针对=督 #复\n04-20 县教育局 回复 针对=报\n"
    assert waiting(answered) == ["04-12 督查"]
    assert waiting(answered + "04-21 县教育局 更正 针对=复 作废=是") == ["04-10 督办", "04-12 督查"]


def test_an_answer_that_is_not_known_yet_or_does_not_count_leaves_the_letter_waiting() -> None:
    letter = "05-01 县委督查局 督办 {} 单位=县教育局 对象=单位 依据=规则 #函\n"
    for about in ("1-1", "措施="):
        ledger = letter.format(about)
        late = snapshot_of(ledger + "05-02/05-20 县教育局 回复 针对=函", "05-10", known_by="2020-05-10")
        early = snapshot_of(ledger + "04-30 县教育局 回复 针对=函", "05-10")
        stranger = snapshot_of(ledger + "05-02 县财政局 回复 针对=函", "05-10")
        assert [len(unanswered(p, "县教育局")) for p in (late, early, stranger)] == [1, 1, 1]
        assert unanswered(snapshot_of(ledger + "05-02 县教育局 回复 针对=函", "05-10"), "县教育局") == ()


def test_a_merged_unit_s_letters_are_its_successor_s_to_answer() -> None:
    units = UNITS.replace("{名称: 县财政局,", "{名称: 县财政局, 止: 2020-06-30, 并入: 县教育局,")
    letter = "06-20 县委督查局 督办 措施= 单位=县财政局 对象=单位 依据=规则 #函\n"
    waiting = snapshot_of(letter, "07-01", units=units)
    assert [len(unanswered(waiting, unit)) for unit in ("县财政局", "县教育局")] == [0, 1]
    assert [len(unanswered(snapshot_of(letter, "06-30", units=units), unit)) for unit in ("县财政局", "县教育局")] == [
        1,
        0,
    ]
    answered = snapshot_of(letter + "07-02 县教育局 回复 针对=函", "07-02", units=units)
    assert (answered.diagnostics, unanswered(answered, "县教育局")) == ((), ())
    early = snapshot_of(letter + "06-25 县教育局 回复 针对=函", "06-30", units=units)
    assert [diagnostic.what for diagnostic in early.diagnostics] == ["“回复”应由县财政局记录"]
