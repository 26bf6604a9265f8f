"""A 承诺台账: what is called 事项, 承诺 and 兑现, and what is counted by person and unit."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import HEAD, SHIPPED, Runner, ledger_files, small_repo, write
from zhenggai.model.terms import PROMISES
from zhenggai.views.layout import LayoutName

PLAN = (
    HEAD.replace("年度: 2020", "类型: 承诺台账\n年度: 2020", 1)
    + """\
- 编号: 1
  内容: 一月述职会
  措施:
  - {编号: 1-1, 内容: 补齐支部委员, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县教育局], 责任人: 书记, 阶段: [1]}
  - {编号: 1-2, 内容: 每月上一次党课, 类别: 例行, 频次: 每月, 牵头单位: 县委办公室, 责任单位: 县教育局, 责任人: 书记, 阶段: [1]}
- 编号: 2
  内容: 四月座谈会
  措施:
  - {编号: 2-1, 内容: 配齐专干, 时限: 2020年9月底前, 牵头单位: 县委办公室, 责任单位: 县教育局, 责任人: 局长, 阶段: [1]}
"""
)
LEDGER = "06-10 县教育局 完成 1-1 内容=补齐\n06-11 城关镇 进展 1-1 进度=40\n"
SENTENCE = (
    "截至7月1日，2个事项、3项承诺，落到单位4件，兑现1件，未兑现3件（其中逾期2件），兑现率25.00%；"
    "另有长期坚持、例行等1件，不计。"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER, plan=PLAN)


def test_status_counts_promises_by_occasion_unit_and_person(zhenggai: Runner, root: Path) -> None:
    said = zhenggai("status", at=root).out
    assert (
        """\
按事项
事项            承诺    兑现    未兑现    逾期    兑现率
------------  ------  ------  --------  ------  --------
1 一月述职会       3       1         2       2    33.33%
2 四月座谈会       1       0         1       0     0.00%
------------  ------  ------  --------  ------  --------
合计               4       1         3       2    25.00%

按单位
单位        承诺    兑现    未兑现    逾期    兑现率
--------  ------  ------  --------  ------  --------
县教育局       2       1         1       0    50.00%
城关镇         1       0         1       1     0.00%
河东乡         1       0         1       1     0.00%
--------  ------  ------  --------  ------  --------
合计           4       1         3       2    25.00%

按责任人
责任人           承诺    兑现    未兑现    逾期    兑现率
-------------  ------  ------  --------  ------  --------
县教育局 书记       1       1         0       0   100.00%
县教育局 局长       1       0         1       0     0.00%
城关镇 书记         1       0         1       1     0.00%
河东乡 书记         1       0         1       1     0.00%
-------------  ------  ------  --------  ------  --------
合计                4       1         3       2    25.00%

　　"""
        + SENTENCE
        in said
    )
    assert "按问题、措施、任务" not in said


def test_heads_of_other_lists_are_in_the_words_of_the_plan(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("overdue", at=root).out.splitlines()[4].split()[:3] == ["承诺", "单位", "责任人"]
    assert zhenggai("list", "--format", "csv", at=root).out.splitlines()[0].split(",")[:2] == ["事项号", "事项"]


SAMPLE = SHIPPED / "docs" / "promises"
COMMANDS = (
    *("status", "week", "month", "report", "overdue", "due 90", "trend", "board", "rank", "list", "lookback"),
    *(
        "status --by 单位",
        "status --by 来源",
        "show 1",
        "show 1-1",
        "show 城关镇",
        "find 支部",
        "remind",
        "remind --ladder",
    ),
    *(f"list --layout {name}" for name in LayoutName),
)
FOREIGN = re.compile("(?<!存在)问题|措施|反馈|整改方案|整改成效|完成率|要完成|有期限任务|完成整改|整改情况")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("format_name", ["text", "csv"])
def test_no_answer_speaks_of_problems_and_measures(zhenggai: Runner, command: str, format_name: str) -> None:
    ran = zhenggai(*command.split(), "--as-of", "2020-07-06", "--format", format_name, at=SAMPLE)
    said = ran.out.partition("\n")[0] if format_name == "csv" else ran.out  # the cells of CSV are data, as in JSON
    assert (ran.code, FOREIGN.findall(said)) == (0, [])


LIKE_THE_PROGRAM = (
    "该问题已完成整改。措施已经落实",
    "尚未完成3件，完成率从5%起",
    "2020年3月1日印发整改方案，完成整改",
    "有期限的任务都已完成。问题不再",
    "问题：12 个，措施",
)
"""Texts of a plan that begin as sentences of the program do."""
WRITTEN = (
    HEAD.replace("年度: 2020", "类型: 承诺台账\n年度: 2020", 1).replace(
        "标题: 整改方案", f"标题: {LIKE_THE_PROGRAM[2]}", 1
    )
    + f"""\
- 编号: 1
  内容: {LIKE_THE_PROGRAM[0]}
  具体表现: [{LIKE_THE_PROGRAM[4]}]
  措施:
  - {{编号: 1-1, 内容: {LIKE_THE_PROGRAM[1]}, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: 县教育局, 责任人: 措施科科长, 阶段: [1]}}
"""
)
WRITTEN_LEDGER = f"06-10 县教育局 进展 1-1 内容={LIKE_THE_PROGRAM[3]} 进度=40 存在问题={LIKE_THE_PROGRAM[0]} 下步打算={LIKE_THE_PROGRAM[1]}\n"


@pytest.mark.parametrize("command", [*COMMANDS, "phase 1", "todo --unit 县教育局"])
def test_texts_that_begin_like_the_program_stay_letter_for_letter(
    zhenggai: Runner, tmp_path: Path, command: str
) -> None:
    """The words of the program that stand in an answer are all of the user's own texts, none of which is altered."""
    root = small_repo(tmp_path / "repo", WRITTEN_LEDGER, plan=WRITTEN)
    asked = (*command.replace("城关镇", "县教育局").replace("支部", "落实").split(), "--as-of", "2020-07-06")
    answer = json.dumps(json.loads(zhenggai(*asked, "--format", "json", at=root).out), ensure_ascii=False)
    csv = zhenggai(*asked, "--format", "csv", at=root).out
    altered = (
        "该事项已兑现。",
        "尚未兑现3件",
        "兑现率从5%",
        "印发承诺台账，兑现",
        "承诺都已兑现。",
        "事项：12 个",
        "承诺科科长",
    )
    for out in (answer, csv, zhenggai(*asked, "--format", "md", at=root).out):
        assert [text for text in altered if text in out] == []


def test_every_head_with_other_words_is_one_of_the_program() -> None:
    """A row of the table whose head is gone would do nothing."""
    sources = "".join(
        path.read_text("utf-8") for path in (SHIPPED / "src" / "zhenggai").rglob("*.py") if path.name != "terms.py"
    )
    assert [head for head in PROMISES.heads if not re.search(f"[\"']{head}[\"']", sources)] == []


def test_a_phase_is_told_in_the_same_words(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("phase", "1", at=root).out
    assert "按期兑现" in out
    assert FOREIGN.findall(out.removeprefix("整改方案")) == []  # its title


def test_what_people_wrote_stays_as_they_wrote_it(zhenggai: Runner, tmp_path: Path) -> None:
    words = "该问题完成整改，措施落实"
    root = small_repo(
        tmp_path / "repo", f"06-10 县教育局 完成 1-1 内容={words}", plan=PLAN.replace("一月述职会", words)
    )
    assert f"关于{words}" not in (report := zhenggai("report", at=root).out)
    assert f"“{words}”\n" in report
    assert f"县教育局6月10日兑现，{words}。" in report
    assert (
        f"（一）“{words}”\n　　该事项正在推进，3件承诺已兑现1件"
        in zhenggai("week", "--as-of", "2020-06-12", at=root).out
    )


def test_papers_are_in_the_same_words(zhenggai: Runner, root: Path) -> None:
    """The form, and the notice of what has passed its review."""
    write(root, {".zhenggai/clone": "k3"})
    form = zhenggai("apply", "1-1", "--paper", "--unit", "县教育局", "--writer", "办公室", at=root)
    assert (form.code, FOREIGN.findall(form.out.replace("整改方案", ""))) == (0, [])
    passed = "06-12 县教育局 申请销号 1-1 签批领导=王 #申\n06-13 县委办公室 初审 针对=申 结论=通过 #初\n06-14 县委组织部 复核 针对=初 结论=通过"
    write(root, ledger_files(f"06-10 县教育局 完成 1-1 内容=补齐 佐证=县教发〔2020〕3号\n{passed}"))
    notice = zhenggai(
        "publicise", "1-1", "--end", "2020-07-10", "--paper", "--by", "组织部", "--writer", "党建办", at=root
    )
    assert notice.out.startswith("承诺兑现公示\n\n　　《整改方案》下列1项承诺已经兑现，并通过审核")
    assert FOREIGN.findall(notice.out.replace("整改方案", "")) == []


def test_a_promise_ledger_beside_another_plan_keeps_its_words(zhenggai: Runner, root: Path) -> None:
    other = PLAN.replace("编号: p", "编号: q", 1).replace("类型: 承诺台账\n", "", 1)
    write(root, {"plans/q.yaml": other})
    out = zhenggai("week", "--as-of", "2020-06-12", at=root).out
    promised, _, usual = out.partition("【q】")
    assert "该事项" in promised
    assert "该问题" not in promised
    assert "该问题" in usual
    assert "合计" in zhenggai("status", at=root).out.partition("【p】")[0]


def test_json_has_the_names_of_any_plan(zhenggai: Runner, root: Path) -> None:
    answer = json.loads(zhenggai("status", "--format", "json", at=root).out)
    assert (answer["totals"]["completed"], answer["totals"]["denominator"]) == (1, 4)
    assert [problem["title"] for problem in answer["problems"]] == ["一月述职会", "四月座谈会"]


def test_a_week_is_issued_as_it_is_shown(zhenggai: Runner, root: Path) -> None:
    issued = zhenggai("week", "--issue", "--as-of", "2020-06-30", at=root)
    assert (issued.code, SENTENCE.replace("7月1日", "6月30日").replace("逾期2件", "逾期0件") in issued.out) == (0, True)
    (kept,) = root.glob("ledgers/p/报告/*.txt")
    assert kept.read_text("utf-8") == issued.out
    assert "承诺    内容" in issued.out


def test_only_this_type_is_known(zhenggai: Runner, tmp_path: Path) -> None:
    root = small_repo(tmp_path / "repo", LEDGER, plan=PLAN.replace("承诺台账", "承诺", 1))
    ran = zhenggai("status", at=root)
    assert (ran.code, "只能填：承诺台账" in ran.err) == (1, True)


def test_the_sample_has_no_error_and_counts(zhenggai: Runner) -> None:
    sample = SHIPPED / "docs" / "promises"
    assert zhenggai("check", at=sample, now=datetime(2020, 7, 6, 18, 0)).err.startswith("错误 0 处，警告 0 处")
    said = zhenggai("status", at=sample, now=datetime(2020, 7, 6, 18, 0))
    assert "4项承诺，落到单位6件，兑现2件，未兑现4件（其中逾期1件）" in said.out
