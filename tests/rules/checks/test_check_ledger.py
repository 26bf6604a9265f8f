"""措施条条能落实, 单位, 步骤, 日期, 补录, 文件名, 佐证: what does not fit in what was recorded."""

from datetime import date
from pathlib import Path

import pytest
from gallery import DATED, MEASURE, plan_with, said

HERE = "ledgers/p/县教育局/2020-03.办公室.aa.yaml"


def test_an_entry_that_fits_is_silent(tmp_path: Path) -> None:
    ledger = "03-10 县教育局 进展 1-1 进度=40 佐证=附件/2020-03/稿.32820769.txt、县组发〔2020〕12号"
    assert (
        said(tmp_path, "编号", ledger=ledger, files={"ledgers/p/县教育局/附件/2020-03/稿.32820769.txt": "初稿"}) == []
    )


# 措施条条能落实


def test_a_measure_whose_window_opened_long_ago_has_an_entry(tmp_path: Path) -> None:
    plan = (MEASURE + DATED).replace("责任单位: 县教育局", "责任单位: [县教育局, 县财政局]")
    assert said(tmp_path, "措施条条能落实", plan=plan, as_of="2020-05-02") == [
        "plans/p.yaml:15: 措施条条能落实（疑点）: 1-1 自 2020-04-01 起，2 个单位一条记录也没有：县教育局、县财政局 — 请各单位记录：zhenggai add 1-1 …"
    ]


def test_thirty_days_may_pass_before_it_has(tmp_path: Path) -> None:
    assert said(tmp_path, "措施条条能落实", as_of="2020-05-01") == []


def test_one_entry_is_enough(tmp_path: Path) -> None:
    assert said(tmp_path, "措施条条能落实", ledger="04-10 县教育局 认领 1-1", as_of="2020-06-01") == []


def test_a_completion_is_an_entry_too(tmp_path: Path) -> None:
    assert said(tmp_path, "措施条条能落实", ledger="04-10 县教育局 完成 1-1", as_of="2020-06-01") == []


# 单位


def test_a_folder_bears_the_name_of_a_unit(tmp_path: Path) -> None:
    ledger = "03-10 县水利局 经验 内容=小事先在网格里议\n03-11 教育局 进展 1-1"
    assert said(tmp_path, "单位", ledger=ledger) == [
        "ledgers/p/县水利局/2020-03.办公室.aa.yaml:1: 单位: 文件夹“县水利局”不在单位册里 — 改正名称，或在 plans/units.yaml 中补上",
    ]


def test_the_unit_that_an_entry_is_about_is_in_the_book(tmp_path: Path) -> None:
    ledger = "03-10 县委督查局 督查 1-1 单位=教育局 方式=明察 结论=属实\n03-11 县委督查局 督查 单位=水利局 方式=明察 结论=属实"
    path = "ledgers/p/县委督查局/2020-03.办公室.aa.yaml"
    assert said(tmp_path, "单位", ledger=ledger) == [
        f"{path}:9: 单位: 单位“水利局”不在单位册里 — 改正名称，或在 plans/units.yaml 中补上",
    ]


# 步骤


def test_a_step_is_one_that_the_measure_has(tmp_path: Path) -> None:
    plan = plan_with("类别: 限期整改", "步骤:", "- {编号: 1-1-1, 内容: 摸底}")
    assert said(tmp_path, "步骤", plan=plan, ledger="03-10 县教育局 进展 1-1 步骤=1-1-1、1-1-2") == [
        f"{HERE}:1: 步骤（警告）: 措施 1-1 没有步骤 1-1-2 — 现有：1-1-1"
    ]


def test_a_measure_may_have_no_steps_at_all(tmp_path: Path) -> None:
    assert said(tmp_path, "步骤", ledger="03-10 县教育局 进展 1-1 步骤=1-1-2") == [
        f"{HERE}:1: 步骤（警告）: 措施 1-1 没有步骤 1-1-2 — 现有：没有分步骤"
    ]


# 日期, 补录


def test_nothing_is_recorded_before_it_happens(tmp_path: Path) -> None:
    assert said(tmp_path, "日期", ledger="03-12/03-10 县教育局 进展 1-1") == [
        f"{HERE}:1: 日期（警告）: 日期 2020-03-12 晚于记录日 2020-03-10 — 记录只写已经发生的事，核对日期"
    ]


def test_nothing_happens_before_the_plan_is_issued(tmp_path: Path) -> None:
    assert said(tmp_path, "日期", ledger="02-27/03-02 县教育局 进展 1-1") == [
        f"{HERE}:1: 日期（警告）: 日期 2020-02-27 早于方案印发日期 2020-03-01 — 核对日期"
    ]


def test_what_is_recorded_over_seven_days_later_is_a_late_record(tmp_path: Path) -> None:
    assert said(tmp_path, "补录", ledger="03-02/03-09 县教育局 进展 1-1\n03-02/03-10 县教育局 进展 1-1") == [
        f"{HERE}:7: 补录（疑点）: 2020-03-02 的事 8 天后才记录 — 今后当周记录；下期报告会列出补录"
    ]


TODAY = date(2020, 3, 15)
AHEAD = "ledgers/p/县教育局/2021-03.办公室.aa.yaml"
VOID = "zhenggai correct {} --void --why 电脑日期不对 --unit 县教育局"


def test_what_a_clock_ahead_recorded_is_named_with_how_it_is_withdrawn(tmp_path: Path) -> None:
    ledger = "2021-03-15 县教育局 进展 1-1 #误\n03-15/2021-03-15 县教育局 进展 1-1\n2021-03-15/03-15 县教育局 进展 1-1\n03-16 县教育局 进展 1-1"
    errors = [line for line in said(tmp_path, "编号", "日期", ledger=ledger, today=TODAY) if ": 日期: " in line]
    assert errors == [
        f"{HERE}:1: 日期: 日期 2021-03-15 晚于今天（2020-03-15） — 由县教育局作废，再重新记录：{VOID.format('00000003')}",
        f"{AHEAD}:1: 日期: 日期 2021-03-15、编号的记录日 2021-03-15 晚于今天（2020-03-15） — 由县教育局作废，再重新记录：{VOID.format('00000001')}",
        f"{AHEAD}:7: 日期: 编号的记录日 2021-03-15 晚于今天（2020-03-15） — 由县教育局作废，再重新记录：{VOID.format('00000002')}",
    ]
    assert [line for line in said(tmp_path, "编号", "日期", ledger=ledger) if ": 日期: " in line] == []


@pytest.mark.parametrize(
    "more", ["", "2021-03-16 县教育局 更正 针对=误 内容=改", "2021-03-16 县教育局 更正 针对=误 作废=是"]
)
def test_what_was_withdrawn_is_named_no_more(tmp_path: Path, more: str) -> None:
    ledger = f"2021-03-15 县教育局 进展 1-1 #误\n03-15 县教育局 更正 针对=误 作废=是\n{more}"
    assert said(tmp_path, "日期", ledger=ledger, today=TODAY, as_of="2020-03-16") == []


def test_a_correction_of_a_clock_ahead_goes_with_what_it_corrects(tmp_path: Path) -> None:
    ledger = "03-10 县教育局 进展 1-1 #误\n2021-03-15 县教育局 更正 针对=误 内容=改"
    assert said(tmp_path, "日期", ledger=ledger, today=TODAY) == [
        f"{AHEAD}:1: 日期: 日期 2021-03-15、编号的记录日 2021-03-15 晚于今天（2020-03-15） — "
        f"由县教育局作废它所更正的记录，再重新记录：{VOID.format('00000001')}"
    ]


# 文件名

ENTRY = """\
- 编号: 20200310-00000001
  日期: 2020-03-10
  措施: 1-1
  事项: 进展
  内容: 初稿完成，征求意见
  填报人: 办公室
"""


def test_a_file_bears_the_month_the_writer_and_two_characters(tmp_path: Path) -> None:
    assert said(tmp_path, "文件名", files={"ledgers/p/县教育局/台账.yaml": ENTRY}) == [
        "ledgers/p/县教育局/台账.yaml:1: 文件名（疑点）: 文件名 台账.yaml 不是 月份.填报人.两位代码.yaml — 用 zhenggai add 记录，文件名自动生成"
    ]


def test_an_entry_stands_in_the_file_of_the_month_it_was_recorded_in(tmp_path: Path) -> None:
    path = "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
    assert said(tmp_path, "文件名", files={path: ENTRY}) == [
        f"{path}:1: 文件名（疑点）: 2020-04 的文件里有 20200310-00000001 的记录 — 放进记录当月的文件"
    ]


def test_an_entry_stands_in_the_file_of_its_writer(tmp_path: Path) -> None:
    path = "ledgers/p/县教育局/2020-03.人事科.aa.yaml"
    assert said(tmp_path, "文件名", files={path: ENTRY}) == [
        f"{path}:1: 文件名（疑点）: 人事科 的文件里有 办公室 的记录 — 各人记各人的文件"
    ]


# 佐证


def test_evidence_that_is_named_is_there(tmp_path: Path) -> None:
    assert said(tmp_path, "佐证", ledger="03-10 县教育局 进展 1-1 佐证=附件/2020-03/稿.9f2c41d0.txt") == [
        f"{HERE}:1: 佐证（警告）: 佐证文件 附件/2020-03/稿.9f2c41d0.txt 不存在 — 补上文件，或用“更正”改正文件名"
    ]


def test_evidence_stays_in_the_units_own_folder(tmp_path: Path) -> None:
    elsewhere = ("../县财政局/稿.txt", "/tmp/a.txt", "附件/稿.txt", "C:/a.txt", "附件/2020-03/../x")
    files = {f"ledgers/p/县教育局/{path}": "稿" for path in ("附件/稿.txt", "附件/x")}
    found = said(tmp_path, "佐证", ledger=f"03-10 县教育局 进展 1-1 佐证={'、'.join(elsewhere)}", files=files)
    assert [line for line in found if line.startswith(HERE)] == [
        f"{HERE}:1: 佐证: 佐证“{path}”不在本单位的附件文件夹里 — 用 zhenggai add -e 文件 添加，工具会拷入附件"
        for path in elsewhere
    ]
    assert [line.split(": ")[0] for line in found if line not in found[:5]] == [f"{path}:1" for path in sorted(files)]
