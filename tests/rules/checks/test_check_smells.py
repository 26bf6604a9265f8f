"""纸面整改, 文字整改, 进度倒退, 突击整改, 涉密标志, 个人信息: what looks done and is not, and what does not belong here."""

from pathlib import Path

import pytest
from gallery import DATED, MEASURE, plan_with, said

HERE = "ledgers/p/县教育局/2020-03.办公室.aa.yaml"


def test_a_hundred_per_cent_without_evidence_is_doubted(tmp_path: Path) -> None:
    assert said(tmp_path, "纸面整改", ledger="03-10 县教育局 进展 1-1 进度=90\n03-11 县教育局 进展 1-1 进度=100") == [
        f"{HERE}:8: 纸面整改（疑点）: 1-1 县教育局 报 100%，没有一份佐证 — 补充佐证材料"
    ]


def test_one_piece_of_evidence_anywhere_in_the_task_is_enough(tmp_path: Path) -> None:
    ledger = "03-10 县教育局 进展 1-1 进度=90 佐证=县教发〔2020〕3号\n03-11 县教育局 进展 1-1 进度=100"
    assert said(tmp_path, "纸面整改", ledger=ledger) == []


def test_a_text_that_is_repeated_word_for_word_is_doubted(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 内容=召开会议研究部署
    03-11 县教育局 进展 1-1 内容=召开会议，研究部署
    03-12 县教育局 进展 1-1 内容=召开会议研究部署
    """
    assert said(tmp_path, "文字整改", ledger=ledger) == [
        f"{HERE}:13: 文字整改（疑点）: 内容与 {HERE}:1（县教育局 2020-03-10）一字不差 — 写明这一次实际做了什么"
    ]


def test_a_few_characters_may_well_be_the_same(tmp_path: Path) -> None:
    assert (
        said(tmp_path, "文字整改", ledger="03-10 县教育局 进展 1-1 内容=开了会\n03-11 县教育局 进展 1-1 内容=开了会")
        == []
    )


def test_a_percent_that_falls_is_named(tmp_path: Path) -> None:
    assert said(tmp_path, "进度倒退", ledger="03-10 县教育局 进展 1-1 进度=50\n03-11 县教育局 进展 1-1 进度=40") == [
        f"{HERE}:8: 进度倒退（警告）: 1-1 县教育局 进度由 50% 降为 40% — 若前一条有误，请记“更正”"
    ]


def test_a_percent_that_an_inspection_voided_may_begin_anew(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 进度=50
    03-11 县委督查局 督查 1-1 单位=县教育局 方式=暗访 结论=不实
    03-12 县教育局 进展 1-1 进度=40
    """
    assert said(tmp_path, "进度倒退", ledger=ledger) == []


def test_silence_for_weeks_and_then_nearly_all_is_doubted(tmp_path: Path) -> None:
    assert said(tmp_path, "突击整改", ledger="05-10 县教育局 进展 1-1 进度=95", as_of="2020-05-20") == [
        "ledgers/p/县教育局/2020-05.办公室.aa.yaml:1: 突击整改（疑点）: 1-1 县教育局 静默 39 天后由 0% 跳到 95% — 核对佐证，必要时实地督查"
    ]


def test_the_same_percent_in_steps_is_not(tmp_path: Path) -> None:
    ledger = "04-20 县教育局 进展 1-1 进度=60\n05-30 县教育局 进展 1-1 进度=95"
    assert said(tmp_path, "突击整改", ledger=ledger, as_of="2020-06-01") == []


def test_silence_for_weeks_and_then_all_at_once_is_doubted(tmp_path: Path) -> None:
    assert said(tmp_path, "突击整改", ledger="05-10 县教育局 完成 1-1", as_of="2020-05-20") == [
        "ledgers/p/县教育局/2020-05.办公室.aa.yaml:1: 突击整改（疑点）: 1-1 县教育局 静默 39 天后由 0% 跳到 100% — 核对佐证，必要时实地督查"
    ]


@pytest.mark.parametrize(
    "ledger",
    [
        "04-20 县教育局 完成 1-1",
        "04-20 县教育局 进展 1-1\n05-30 县教育局 完成 1-1",
        "05-10 县教育局 完成 1-1 结论=经核查不存在 依据=县教发〔2020〕3号",
        "04-20 县教育局 完成 1-1 #完\n04-21 县教育局 申请销号 1-1 签批领导=王强 佐证=县教发〔2020〕3号 #申\n"
        "04-22 县委办公室 初审 针对=申 结论=退回 原因=不全\n04-23 县教育局 进展 1-1 进度=80",
    ],
)
def test_a_completion_in_time_after_work_or_of_no_problem_is_no_jump_and_a_return_no_fall(
    ledger: str, tmp_path: Path
) -> None:
    assert said(tmp_path, "突击整改", "进度倒退", ledger=ledger, as_of="2020-06-01") == []


def test_what_is_put_right_at_once_may_be_reported_later(tmp_path: Path) -> None:
    plan = plan_with("类别: 立行立改")
    assert said(tmp_path, "突击整改", plan=plan, ledger="05-10 县教育局 完成 1-1", as_of="2020-06-01") == []


def test_a_completion_may_repeat_the_progress_of_its_task_but_no_other_text(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 内容=办法已经印发执行
    03-11 县教育局 完成 1-1 内容=办法已经印发执行
    03-13 城关镇 完成 1-1 内容=办法已经印发执行
    """
    plan = (MEASURE + DATED).replace("责任单位: 县教育局", "责任单位: [县教育局, 城关镇]")
    town = "ledgers/p/城关镇/2020-03.办公室.aa.yaml"
    assert said(tmp_path, "文字整改", plan=plan, ledger=ledger) == [
        f"{town}:1: 文字整改（疑点）: 内容与 {HERE}:1（县教育局 2020-03-10）一字不差 — 写明这一次实际做了什么"
    ]


# 涉密标志

REPORT = "涉密内容不得入库：删去并按保密规定报告；确非涉密的请改写"


@pytest.mark.parametrize(
    ("text", "mark"), [("机密文件已传阅", "机密"), ("秘密级", "秘密"), ("绝密件", "绝密"), ("密级★1年", "★")]
)
def test_a_mark_of_classification_is_named(text: str, mark: str, tmp_path: Path) -> None:
    assert said(tmp_path, "涉密标志", ledger=f"03-10 县教育局 进展 1-1 内容={text}") == [
        f"{HERE}:1: 涉密标志（警告）: 出现“{mark}” — {REPORT}"
    ]


def test_a_mark_in_the_plan_is_named_at_its_line(tmp_path: Path) -> None:
    plan = (MEASURE + DATED).replace("内容: 制定办法", "内容: 落实绝密件要求")
    assert said(tmp_path, "涉密标志", plan=plan) == [f"plans/p.yaml:16: 涉密标志（警告）: 出现“绝密” — {REPORT}"]


def test_the_number_of_a_paper_is_no_secret(tmp_path: Path) -> None:
    assert said(tmp_path, "涉密标志", ledger="03-10 县教育局 进展 1-1 内容=印发县组发〔2020〕12号，做好保密教育") == []


# 个人信息

REMEDY = "删去号码，只写岗位或职务"


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "440524188001010014"])
def test_an_identity_number_is_known_by_its_check_digit(number: str, tmp_path: Path) -> None:
    assert said(tmp_path, "个人信息", ledger=f"03-10 县教育局 进展 1-1 内容=张某（{number}）已谈话") == [
        f"{HERE}:1: 个人信息（警告）: 像是身份证号码 — {REMEDY}"
    ]


@pytest.mark.parametrize(
    "number", ["110105194912310021", "440524188001010015", "1101051949123100", "011010519491231002X"]
)
def test_other_long_numbers_are_none(number: str, tmp_path: Path) -> None:
    assert said(tmp_path, "个人信息", ledger=f"03-10 县教育局 进展 1-1 内容=第{number}号已登记") == []


@pytest.mark.parametrize("number", ["13800138000", "138-0013-8000", "138 0013 8000", "010-12345678", "0371-1234567"])
def test_a_telephone_number_is_named(number: str, tmp_path: Path) -> None:
    plan = plan_with("类别: 限期整改", "分工:", f"- {{单位: 县教育局, 责任人: 联络员 {number}}}")
    assert said(tmp_path, "个人信息", plan=plan) == [f"plans/p.yaml:23: 个人信息（警告）: 像是电话号码 — {REMEDY}"]


@pytest.mark.parametrize("number", ["12800138000", "1380013800", "2020-123456", "A13800138000"])
def test_other_short_numbers_are_none(number: str, tmp_path: Path) -> None:
    assert said(tmp_path, "个人信息", ledger=f"03-10 县教育局 进展 1-1 内容=编号{number}已登记") == []


# as corrected (更正)


def test_what_was_withdrawn_is_no_repeat_and_no_fall(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 内容=召开会议研究部署 进度=50
    03-11 县教育局 进展 1-1 内容=召开会议研究部署 进度=40 #误
    03-12 县教育局 更正 针对=误 作废=是
    """
    assert said(tmp_path, "文字整改", "进度倒退", ledger=ledger) == []


def test_a_corrected_text_is_compared_as_it_reads_now(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 内容=召开会议研究部署
    03-11 县教育局 进展 1-1 内容=走访12个党支部 #二
    03-12 县教育局 更正 针对=二 内容=召开会议研究部署
    """
    assert said(tmp_path, "文字整改", ledger=ledger) == [
        f"{HERE}:7: 文字整改（疑点）: 内容与 {HERE}:1（县教育局 2020-03-10）一字不差 — 写明这一次实际做了什么"
    ]


def test_a_long_text_with_only_the_numbers_changed_is_doubted(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 内容=3月10日召开党组会议专题研究部署整改工作
    03-12 县教育局 进展 1-1 内容=3月12日召开党组会议，专题研究部署整改工作。
    """
    assert said(tmp_path, "文字整改", ledger=ledger) == [
        f"{HERE}:7: 文字整改（疑点）: 内容与 {HERE}:1（县教育局 2020-03-10）只差数字、标点 — 写明这一次实际做了什么"
    ]


def test_evidence_that_was_replaced_is_not_looked_for(tmp_path: Path) -> None:
    missing = "附件/2020-03/没有.0a1b2c3d.docx"
    ledger = f"03-10 县教育局 进展 1-1 佐证={missing} #稿\n03-11 县教育局 更正 针对=稿 佐证="
    assert said(tmp_path, "佐证", ledger=f"{ledger}县教发〔2020〕3号") == []
    other = missing.replace("没有", "也没有")
    assert said(tmp_path, "佐证", ledger=ledger + other) == [
        f"{HERE}:9: 佐证（警告）: 佐证文件 {other} 不存在 — 补上文件，或用“更正”改正文件名"
    ]
    assert (
        said(
            tmp_path,
            "个人信息",
            ledger=f"03-10 县教育局 进展 1-1 佐证={missing} #稿\n03-11 县教育局 更正 针对=稿 作废=是",
        )
        == []
    )


def test_an_inspection_that_found_all_true_excuses_no_fall(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 进展 1-1 进度=50
    03-11 县委督查局 督查 1-1 单位=县教育局 方式=暗访 结论=属实
    03-12 县教育局 进展 1-1 进度=40
    """
    assert said(tmp_path, "进度倒退", ledger=ledger) == [
        f"{HERE}:8: 进度倒退（警告）: 1-1 县教育局 进度由 50% 降为 40% — 若前一条有误，请记“更正”"
    ]


def test_what_was_recorded_late_and_withdrawn_is_late_no_more(tmp_path: Path) -> None:
    ledger = "03-10/03-25 县教育局 进展 1-1 #误\n03-26 县教育局 更正 针对=误 作废=是"
    assert said(tmp_path, "补录", ledger=ledger, as_of="2020-03-26") == []


def test_the_steps_that_a_unit_set_itself_are_known(tmp_path: Path) -> None:
    ledger = """
    03-10 县教育局 认领 1-1 步骤=摸底、起草
    03-11 县教育局 进展 1-1 步骤=1-1-1、1-1-2
    03-12 县教育局 进展 1-1 步骤=1-1-3
    """
    assert said(tmp_path, "步骤", ledger=ledger) == [
        f"{HERE}:18: 步骤（警告）: 措施 1-1 没有步骤 1-1-3 — 现有：1-1-1、1-1-2"
    ]
