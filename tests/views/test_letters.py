"""The letters of ``remind``: who gets one, under which title, in which words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from small_repo import HEAD, SHIPPED, ledger_in, small_repo, snapshot_in
from zhenggai.document import Heading, Para, ParaRole
from zhenggai.model.entries import Escalation
from zhenggai.model.kinds import Kind
from zhenggai.model.terms import USUAL
from zhenggai.render.text import text_of
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.supervision.ladder import ladder_of
from zhenggai.rules.task.transitions import LADDER
from zhenggai.rules.todo.submissions import pending_submissions
from zhenggai.views.letter_text import Item, Letter, Letters
from zhenggai.views.lookback import lookback
from zhenggai.views.remind import letters_of, remind
from zhenggai.views.remind_ladder import ladder

PLAN = (
    HEAD
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 时限: 2020年6月30日前, 责任单位: 县教育局, 责任人: 办公室主任, 责任领导: 副局长, 阶段: [1]}
  - {编号: 1-4, 内容: 主题党日, 类别: 例行, 频次: 每月, 责任单位: 县教育局, 责任人: 办公室主任, 阶段: [1]}
"""
)
STARTED = "04-10 县教育局 进展 1-1 进度=40 原因=人手不足\n"


@pytest.fixture
def letters(tmp_path: Path) -> Callable[..., Letters]:
    """The letters of a day, from a ledger."""

    def of(ledger: str = STARTED, as_of: str = "07-01", within: int | None = None) -> Letters:
        snapshot = snapshot_in(small_repo(tmp_path / "repo", ledger, plan=PLAN), as_of)
        return remind(snapshot, (), snapshot, within)

    return of


def told(found: Letters) -> list[tuple[str, str]]:
    """Title and salutation of each letter that names 1-1."""
    return [(f.title, f.salutation) for f in found.letters if any(item.measure == "1-1" for item in f.items)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("06-09", []),
        ("06-10", [("整改提醒书", "县教育局办公室主任")]),
        ("06-20", [("整改提醒书", "县教育局办公室主任"), ("整改提醒书", "县教育局副局长")]),
        ("07-01", [("整改督办单", "县教育局及其主要负责人")]),
        ("07-07", [("整改告诫书", "县教育局主要负责人")]),
        ("07-15", [("整改约谈通知书", "县教育局主要负责人")]),
        ("07-30", [("整改情况通报", "各责任单位")]),
    ],
)
def test_title_and_addressee_follow_the_ladder(
    letters: Callable[..., Letters], as_of: str, expected: list[tuple[str, str]]
) -> None:
    assert told(letters(as_of=as_of)) == expected


def test_more_days_bring_up_what_the_ladder_does_not_yet(letters: Callable[..., Letters]) -> None:
    assert told(letters(as_of="06-01", within=29)) == [("整改提醒书", "县教育局办公室主任")]
    assert told(letters(as_of="06-11", within=5)) == []


def test_a_step_that_was_recorded_is_told_and_asks_no_more_than_a_reminder(letters: Callable[..., Letters]) -> None:
    ledger = STARTED + "07-01 县委督查局 督办 1-1 单位=县教育局 对象=局长 依据=逾期\n"
    (letter,) = (found for found in letters(ledger, "07-02").letters if found.items[0].measure == "1-1")
    assert (letter.kind, letter.items[0].said) == (
        Kind.REMINDER,
        ("目前整改中，进度40%，最近一次记录4月10日", "原因：人手不足", "7月1日已督办"),
    )


def test_an_untrue_report_brings_a_letter_though_nothing_is_due(letters: Callable[..., Letters]) -> None:
    ledger = STARTED + "05-06 县委督查局 督查 1-1 单位=县教育局 方式=暗访 结论=不实\n"
    (letter,) = (found for found in letters(ledger, "05-07").letters if found.kind is Kind.CRITICISM)
    assert letter.items[0].words() == (
        "1-1 制定办法：时限2020年6月30日前（截止2020年6月30日），还有54天。目前整改中，最近一次记录4月10日。"
        "依据：2020年5月6日督查不实（虚假整改）。原因：人手不足。"
    )
    assert "任务，1项督查不实，现予通报" in text_of(letter.document())


def test_things_of_one_addressee_stand_in_one_letter_the_latest_first(letters: Callable[..., Letters]) -> None:
    (letter,) = (f for f in letters(as_of="06-15").letters if f.addressee == "办公室主任")
    assert [(item.measure, item.what, item.days) for item in letter.items] == [
        ("1-4", "例行2020年4月", 46),
        ("1-4", "例行2020年5月", 15),
        ("1-1", "时限2020年6月30日前", -15),
        ("1-4", "例行2020年6月", -15),
    ]


ITEM = Item(measure="1-1", content="制定办法。", what="时限6月底前", due=date(2020, 6, 30), days=0)


def letter_of(kind: Kind, addressee: str = "主要负责人") -> Letter:
    return Letter(
        terms=USUAL,
        plan="整改方案",
        unit="县教育局",
        addressee=addressee,
        kind=kind,
        items=(ITEM,),
        as_of=date(2020, 6, 30),
        reply_by=date(2020, 7, 7),
        signer="县委督查局",
    )


def test_a_letter_is_ready_to_send() -> None:
    assert (
        text_of(letter_of(Kind.ADMONITION).document())
        == """\
整改告诫书

　　〔2020〕　　　　号
　　县教育局主要负责人：
　　截至2020年6月30日，你单位承担的《整改方案》任务，1项须整改，整改责任没有落实到位，现予告诫：
　　1．1-1 制定办法：时限6月底前（截止2020年6月30日），今天到期。
　　请限期整改到位，于2020年7月7日前书面回复整改结果；仍不能完成的，写明原因和最后完成日期。到期仍无结果的，按规定约谈。
　　特此告诫。
　　县委督查局
　　2020年6月30日
　　（联系人：　　　　，电话：　　　　）
"""
    )


@pytest.mark.parametrize("kind", [kind for kind in LADDER if kind is not Kind.CRITICISM])
def test_who_may_be_asked_stands_in_one_line_on_paper(kind: Kind) -> None:
    (line,) = (block.text for block in letter_of(kind).blocks() if isinstance(block, Para) and "联系人" in block.text)
    assert len(line) <= 26  # a line of 28 characters, without the first two


def test_each_kind_has_words_of_its_own() -> None:
    said = [text_of(letter_of(kind).document()).partition("：\n")[2].split("\n") for kind in LADDER]
    for place in (0, 2, 3):  # opening, request, closing or what is filled in by hand
        assert len({lines[place] for lines in said}) == len(LADDER)


def test_what_the_ledger_does_not_know_is_left_to_be_filled_in() -> None:
    lines = text_of(letter_of(Kind.INTERVIEW).document()).splitlines()
    assert [line.strip("　") for line in lines if line.startswith("　　约谈")] == [
        "约谈时间：　　　　年　　月　　日　　时",
        "约谈地点：",
        "约谈人：",
    ]


def test_a_criticism_speaks_of_the_unit_to_all() -> None:
    text = text_of(letter_of(Kind.CRITICISM).document())
    assert "县教育局承担的《整改方案》任务，1项须整改，现予通报：" in text
    assert "你单位" not in text
    assert text.endswith("　　特此通报。\n　　县委督查局\n　　2020年6月30日\n　　抄送：\n")  # nobody is asked to call


def test_the_overseer_is_reminded_by_the_reviewing_unit(tmp_path: Path) -> None:
    root = small_repo(tmp_path / "repo", plan=PLAN.replace("责任单位: 县教育局", "责任单位: 县委督查局"))
    snapshot = snapshot_in(root, "07-15")
    assert {letter.signer for letter in remind(snapshot, (), snapshot).letters} == {"县委组织部"}


def test_who_is_to_be_held_to_account_is_not_asked_to_do_it() -> None:
    text = text_of(letter_of(Kind.ACCOUNTABILITY).document())
    assert "（有管理权限的党组织、纪检监察机关）：\n" in text
    assert "对县教育局主要负责人等负有责任的党组织和人员依规依纪问责" in text


def test_a_report_owed_is_asked_of_the_unit_that_sends_it(tmp_path: Path) -> None:
    owed = "报送: [{名称: 年度报告, 时限: 2020年6月底前, 报: 省委巡视办, 签批: 主要负责人}]\n问题:\n"
    snapshot = snapshot_in(small_repo(tmp_path / "repo", plan=PLAN.replace("问题:\n", owed, 1)), "07-05")
    found = remind(snapshot, (), snapshot, submissions=pending_submissions(snapshot, ()))
    (letter,) = (letter for letter in found.letters if letter.unit == "县委组织部")
    assert (letter.salutation, "申请" in text_of(letter.document())) == ("县委组织部", False)


def test_a_recorded_step_about_a_step_of_the_measure_tells_that(tmp_path: Path) -> None:
    """The paper says the same as the letter that was suggested: the step is late, though its task is not."""
    plan = PLAN.replace("阶段: [1]}", "阶段: [1], 步骤: [{编号: 1-1-1, 内容: 摸底, 时限: 5月底前}]}", 1)
    snapshot = snapshot_in(small_repo(tmp_path / "repo", STARTED, plan=plan), "06-05")
    (rung,) = ladder_of(snapshot)
    assert rung.basis == "步骤 1-1-1 摸底，截止2020年5月31日，逾期5天"
    given: dict[str, Any] = {"number": "20200605-00000001", "date": snapshot.as_of, "writer": "办公室"}
    given |= {"kind": rung.kind, "measure": "1-1", "unit": "县教育局", "addressee": rung.addressee}
    entry = Escalation(**given, basis=rung.basis)
    recorded = letters_of(snapshot, [entry], "县委督查局")
    suggested = next(f for f in remind(snapshot, (), snapshot).letters if f.kind is rung.kind)
    assert isinstance(recorded, Letter)
    assert recorded.items == suggested.items
    assert "任务，1项已逾期，现予督办" in text_of(recorded.document())


def test_nobody_writes_to_itself(tmp_path: Path) -> None:
    """Who is 督办单位 of others is written to by 复核单位, and so is the 工作专班 of a plan without 督办单位."""
    for unit, plan in [
        ("县委督查局", PLAN.replace("责任单位: 县教育局", "责任单位: 县委督查局")),
        ("县教育局", PLAN.replace("督办单位: 县委督查局", "工作专班: 县教育局")),
    ]:
        snapshot = snapshot_in(small_repo(tmp_path / unit, STARTED.replace("县教育局", unit), plan=plan), "07-05")
        found = remind(snapshot, (), snapshot).letters
        assert {(letter.unit, letter.signer) for letter in found} == {(unit, "县委组织部")}


def recorded_paper(root: Path, as_of: str, plan: str, measure: str | None, unit: str = "县教育局", **given: Any) -> str:
    """The paper of a recorded step."""
    snapshot = snapshot_in(small_repo(root / "repo", STARTED, plan=plan), as_of)
    given = {"kind": Kind.SUPERVISION, "addressee": "主要负责人"} | given
    given |= {"number": "20200605-00000001", "date": snapshot.as_of, "writer": "办公室", "measure": measure}
    letter = letters_of(snapshot, [Escalation(**given, unit=unit)], "县委督查局")
    assert isinstance(letter, Letter)
    return text_of(letter.document())


def test_an_earlier_date_of_a_deadline_is_told_by_its_words(tmp_path: Path) -> None:
    """Neither the number that the program gives it nor its words twice; its basis may be of an older version."""
    plan = PLAN.replace("时限: 2020年6月30日前", "时限: 2020年5月底前取得阶段性成效，2020年9月底前完成")
    snapshot = snapshot_in(small_repo(tmp_path / "repo", STARTED, plan=plan), "06-05")
    (rung,) = ladder_of(snapshot)
    assert rung.basis == "2020年5月底前取得阶段性成效，截止2020年5月31日，逾期5天"
    older = "步骤 1-1-20200531 2020年5月底前取得阶段性成效，截止2020-05-31，逾期5天"
    said = "　　1．1-1 制定办法：时限2020年5月底前取得阶段性成效（截止2020年5月31日），已逾期5天。\n"
    for nth, basis in enumerate((rung.basis, older)):
        assert said in recorded_paper(tmp_path / str(nth), "06-05", plan, "1-1", basis=basis)


def test_duties_and_long_term_work_are_told_by_what_is_missing(tmp_path: Path) -> None:
    plan = PLAN.replace("类别: 例行, 频次: 每月", "类别: 例行, 频次: 每季度").replace(
        "时限: 2020年6月30日前", "时限: 长期坚持, 下次评估: 2020-07-01"
    )
    assert "　　1．1-4 主题党日：频次每季度。缺2020年第二季度、第三季度，还没有记录。依据：连续3个月末红灯。\n" in (
        recorded_paper(tmp_path / "duty", "10-05", plan, "1-4", basis="连续3个月末红灯")
    )
    said = recorded_paper(tmp_path / "long", "10-05", plan, "1-1", basis="连续3个月末红灯")
    assert "　　1．1-1 制定办法：长期坚持，2020年7月1日应评估。" in said
    assert "1项长期红灯，现予督办" in said


def test_words_that_name_the_deadline_stand_without_another_such_word(tmp_path: Path) -> None:
    plan = PLAN.replace("时限: 2020年6月30日前", "时限: 整改期限120日")
    said = recorded_paper(tmp_path, "06-20", plan, "1-1", basis="领导批示。", people=3, organisations=1)
    assert "　　1．1-1 制定办法：整改期限120日（截止2020年6月29日），还有9天。" in said
    assert "依据：领导批示。原因：人手不足。涉及党组织1个、3人。" in said


def test_a_letter_about_a_whole_unit_counts_no_tasks(tmp_path: Path) -> None:
    said = recorded_paper(tmp_path, "07-05", PLAN, None, basis="连续三个月红灯", kind=Kind.CRITICISM)
    assert "截至2020年7月5日，县教育局承担的《整改方案》任务，整体整改不力，现予通报：" in said
    assert "　　1．整改工作：连续三个月红灯。\n" in said
    assert said.endswith("　　2020年7月5日\n　　抄送：\n")


def test_what_is_late_is_not_told_how_to_be_extended(letters: Callable[..., Letters]) -> None:
    sent = "07-01 县委督查局 督办 1-1 单位=县教育局 对象=局长 依据=逾期\n"
    late = next(f for f in letters(STARTED + sent, "07-02").letters if f.items[0].measure == "1-1")
    soon = next(f for f in letters(as_of="06-20").letters if f.addressee == "副局长")
    assert ["在到期前申请" in text_of(letter.document()) for letter in (late, soon)] == [False, True]


def test_a_letter_without_a_sender_names_none() -> None:
    *_, closing, day = replace(letter_of(Kind.REMINDER), signer="").blocks()
    assert (closing, day) == (Para("特此提醒。"), Para("2020年6月30日", role=ParaRole.SIGNATURE))


def test_who_decides_on_an_accountability_is_addressed_by_its_own_name(tmp_path: Path) -> None:
    plan = PLAN.replace("问题:\n", "规则: {督办阶梯: [{逾期天数: 30, 事项: 问责, 对象: 县委组织部}]}\n问题:\n", 1)
    snapshot = snapshot_in(small_repo(tmp_path / "repo", STARTED, plan=plan), "08-01")
    letter = next(found for found in remind(snapshot, (), snapshot).letters if found.kind is Kind.ACCOUNTABILITY)
    assert (letter.title, letter.salutation, letter.unit) == ("问责建议书", "县委组织部", "县教育局")


@pytest.mark.parametrize("kind", LADDER)
def test_every_kind_asks_for_an_answer_by_a_day(kind: Kind) -> None:
    salutation, *body = letter_of(kind).blocks()
    if kind is not Kind.REMINDER:
        assert salutation == Para("〔2020〕　　　　号", role=ParaRole.SIGNATURE)
        salutation, *body = body
    assert isinstance(salutation, Para)
    assert salutation.role is ParaRole.SALUTATION
    assert sum("2020年7月7日前" in block.text for block in body if isinstance(block, Para)) == 1
    signer = body.index(Para("县委督查局", role=ParaRole.SIGNATURE))
    assert body[signer + 1] == Para("2020年6月30日", role=ParaRole.SIGNATURE)
    contact = Para("（联系人：　　　　，电话：　　　　）")
    assert (contact in body) is (kind is not Kind.CRITICISM)


@pytest.mark.parametrize(
    ("addressee", "salutation"),
    [
        ("各单位党组织书记", "县教育局党组织书记"),
        ("各党组（党委）书记", "县教育局党组（党委）书记"),
        ("各乡镇组织委员", "县教育局组织委员"),
        ("县教育局局长", "县教育局局长"),
        ("单位及主要负责人", "县教育局及其主要负责人"),
    ],
)
def test_the_salutation_names_the_unit_once(addressee: str, salutation: str) -> None:
    assert letter_of(Kind.REMINDER, addressee).salutation == salutation


def test_several_letters_stand_apart() -> None:
    found = Letters("整改方案", "p", date(2020, 6, 30), 20, (letter_of(Kind.REMINDER), letter_of(Kind.CRITICISM)))
    heads = [block.text for block in found.document().blocks if isinstance(block, Heading)]
    assert heads == ["整改提醒书", "整改情况通报"]
    assert [row["letter"] for row in found.rows()] == ["整改提醒书", "整改情况通报"]


def shipped(as_of: date) -> tuple[Snapshot, tuple[Snapshot, ...]]:
    ledger = ledger_in(SHIPPED)
    snapshot = ledger.snapshot(as_of)
    return snapshot, ledger.at_month_ends(snapshot)


def test_the_shipped_plan(golden: Callable[[str, str], None]) -> None:
    summer, ends = shipped(date(2020, 6, 30))
    golden("remind-2020-06-30.txt", text_of(remind(summer, ends, summer).document()))
    winter, ends = shipped(date(2020, 12, 20))
    golden("ladder-2020-12-20.txt", text_of(ladder(winter, ends, winter).document()))
    golden("lookback-2020-12-20.txt", text_of(lookback(winter).document()))
