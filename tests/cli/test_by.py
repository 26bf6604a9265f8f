"""``--by`` of ``status``, ``phase`` and ``month``: what is shown, and what is refused."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import PLAN, Ran, Runner, small_repo

LEDGER = """\
04-10 县教育局 进展 1-1 内容=初稿 进度=10
04-20 县教育局 完成 1-2 内容=已改
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path, LEDGER)


def test_the_overview_has_the_groups_instead_of_the_problems(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("status", "--by", "类别", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert (
        """
阶段1 集中整改  [■■■■■□□□□□]  50%  2020-04-01 至 2020-09-30，还剩 91 天

类别          问题    措施    任务    未启动    整改中    已完成    已销号    长期坚持    例行    逾期    应整改    完成率
----------  ------  ------  ------  --------  --------  --------  --------  ----------  ------  ------  --------  --------
立行立改         1       1       1         0         0         1         0           0       0       0         1   100.00%
限期整改         1       1       3         2         1         0         0           0       0       3         3     0.00%
分阶段整改       1       1       1         1         0         0         0           0       0       0         1     0.00%
长期坚持         1       1       1         0         0         0         0           1       0       0         0         —
例行             1       1       1         0         0         0         0           0       1       0         0         —
----------  ------  ------  ------  --------  --------  --------  --------  ----------  ------  ------  --------  --------
合计             2       5       7         3         1         1         0           1       1       3         5    20.00%

　　有的问题在几组里都有任务，各组各计一次，相加多于合计。
　　截至7月1日，"""
        in ran.out
    )
    assert "学习不深入" not in ran.out


def test_csv_and_json_have_the_groups(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("总览", "--分列", "单位类别", "--format", "csv", at=root).out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["单位类别"], row["任务"]) for row in rows] == [("县直单位", "5"), ("乡镇", "2")]
    answer = json.loads(zhenggai("status", "--by", "类", "--format", "json", at=root).out)
    assert answer["breakdown"]["by"] == "类"
    assert [(group["name"], group["tasks"]) for group in answer["breakdown"]["groups"]] == [
        ("县直单位", 5),
        ("乡镇", 2),
    ]
    assert "breakdown" not in json.loads(zhenggai("status", "--format", "json", at=root).out)


def test_the_plan_s_own_words_are_groups(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("{编号: 1-1, ", "{编号: 1-1, 整改类型: 中期, 优先: 重点, ").replace(
        "{编号: 2-1, ", "{编号: 2-1, 整改类型: 近期, "
    )
    root = small_repo(tmp_path, LEDGER, plan=plan)
    for by, groups in (("整改类型", {"中期": 3, "近期": 1, "未写整改类型": 3}), ("优先", {"重点": 3, "未写优先": 4})):
        answer = json.loads(zhenggai("status", "--by", by, "--format", "json", at=root).out)
        assert {group["name"]: group["tasks"] for group in answer["breakdown"]["groups"]} == groups
    assert "中期 " in zhenggai("month", "1", "--by", "整改类型", at=root).out


def test_a_filter_goes_before(zhenggai: Runner, root: Path) -> None:
    answer = json.loads(zhenggai("status", "县教育局", "--by", "类别", "--format", "json", at=root).out)
    assert {group["name"]: group["tasks"] for group in answer["breakdown"]["groups"]} == {"立行立改": 1, "限期整改": 1}


def test_a_phase_shows_the_groups_of_what_runs_and_of_what_was_due(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("phase", "1", "--by", "单位", at=root).out
    assert "\n本阶段推进的任务，按单位分列\n单位        问题" in out
    assert (
        """
应在本阶段到期的，按单位分列
单位        应完成    按期    超期    未完成    逾期    按期率
--------  --------  ------  ------  --------  ------  --------
县教育局         1       0       0         1       1     0.00%
县财政局         1       0       0         1       0     0.00%
城关镇           1       0       0         1       1     0.00%
河东乡           1       0       0         1       1     0.00%
--------  --------  ------  ------  --------  ------  --------
合计             4       0       0         4       3     0.00%
"""
        in out
    )
    assert "分问题" not in out


def test_a_monthly_report_has_one_more_section(zhenggai: Runner, root: Path) -> None:
    plain = zhenggai("month", "1", at=root).out
    out = zhenggai("month", "1", "--by", "时限", at=root).out
    section = out[out.index("　　七、按时限分列\n") : out.index("　　附件：台账\n")]
    assert out.replace(section, "") == plain
    assert "\n2020年6月底前 " in section


def test_an_issued_report_has_no_such_section(zhenggai: Runner, root: Path) -> None:
    for words in (("--issue",), ("--compare", "1")):
        assert zhenggai("month", "--by", "类别", *words, at=root) == Ran(
            2, "", "zhenggai：印发和对照的报告没有分列一节\n  下一步：去掉 --by\n"
        )
    later = datetime(2020, 7, 1, 9, 0)
    assert zhenggai("month", "1", "--issue", at=root, now=later).code == 0
    ran = zhenggai("month", "1", "--by", "类别", at=root, now=later)
    assert "　　七、按类别分列\n" in ran.out
    assert "以下按现在的数据重新计算" in ran.err


def test_what_names_no_group_is_refused(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("status", "--by", "乡镇", at=root)
    assert (ran.code, ran.out) == (2, "")
    assert "“乡镇”不在可用的词里：来源、类别、性质、类、单位类别、时限、单位" in ran.err
    assert zhenggai("status", "--by", "单位", "--registers", at=root) == Ran(
        2, "", "zhenggai：登记册没有可分列的计数\n  下一步：去掉 --by 或 --registers\n"
    )
