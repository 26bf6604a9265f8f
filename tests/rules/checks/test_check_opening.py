"""期初: its day fits the plan, and what was imported (录自) is dated by it; no check of late or sudden work speaks of an old ledger."""

from datetime import date
from pathlib import Path

import pytest
from gallery import DATED, MEASURE, said

OPENED = (MEASURE + DATED).replace("问题:\n", "期初: 2020-06-30\n问题:\n", 1)
OLD = "录自=台账.xlsx:台账!B8"
WHAT_IT_IS = "期初是原来的台账记到的最后一天"
SMELLS = ("补录", "文字整改", "突击整改", "纸面整改", "指标")


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2020-02-29", f"期初（警告）: 期初 2020-02-29 早于方案印发日期 2020-03-01 — 核对日期；{WHAT_IT_IS}"),
        ("2020-08-01", f"期初: 期初 2020-08-01 晚于今天（2020-07-31） — 核对日期；{WHAT_IT_IS}"),
        ("2020-07-31", ""),
    ],
)
def test_the_day_is_between_issue_and_today(day: str, says: str, tmp_path: Path) -> None:
    plan = OPENED.replace("2020-06-30", day, 1)
    expected = [f"plans/p.yaml:11: {says}"] if says else []
    assert said(tmp_path, "期初", plan=plan, as_of="2020-07-31", today=date(2020, 7, 31)) == expected


def test_what_is_imported_and_later_is_named_once_a_file(tmp_path: Path) -> None:
    ledger = f"""
    06-30/07-10 县教育局 进展 1-1 {OLD}
    07-01/07-10 县教育局 进展 1-1 {OLD}
    07-02/07-10 县教育局 进展 1-1 {OLD}
    07-03/07-10 县教育局 进展 1-1
    """
    assert said(tmp_path, "期初", plan=OPENED, ledger=ledger, as_of="2020-07-31") == [
        "ledgers/p/县教育局/2020-07.办公室.aa.yaml:8: 期初（疑点）: 从这一条起，写了录自、日期晚于期初 2020-06-30 的记录有 2 条，"
        f"按记录的那天算按期、超期和补录 — 核对日期；{WHAT_IT_IS}，写早了的改方案的期初"
    ]


def test_what_is_imported_without_that_day_is_named_and_late(tmp_path: Path) -> None:
    ledger = f"06-20/07-10 县教育局 进展 1-1 {OLD}"
    here = "ledgers/p/县教育局/2020-07.办公室.aa.yaml:1"
    assert said(tmp_path, "期初", "补录", ledger=ledger, as_of="2020-07-31") == [
        f"{here}: 期初（疑点）: 从这一条起，写了录自的记录有 1 条，方案没有写期初，按记录的那天算按期、超期和补录"
        f" — 在方案里写上 期初: 日期；{WHAT_IT_IS}",
        f"{here}: 补录（疑点）: 2020-06-20 的事 20 天后才记录 — 今后当周记录；下期报告会列出补录",
    ]


def test_no_check_of_late_or_sudden_work_speaks_of_an_old_ledger(tmp_path: Path) -> None:
    plan = OPENED + "    指标: {名称: 课时占比, 要求: '> 20 %'}\n"
    ledger = f"""
    04-10/07-10 县教育局 进展 1-1 进度=10 内容=召开会议研究部署 {OLD}
    06-12/07-10 县教育局 进展 1-1 进度=100 内容=召开会议研究部署 {OLD}
    06-20/07-10 县教育局 完成 1-1 {OLD}
    """
    assert said(tmp_path, *SMELLS, plan=plan, ledger=ledger, as_of="2020-07-31") == []
    others = said(tmp_path, *SMELLS, plan=plan, ledger=ledger.replace(OLD, ""), as_of="2020-07-31")
    assert {diagnostic.split(": ")[1].partition("（")[0] for diagnostic in others} == set(SMELLS)
