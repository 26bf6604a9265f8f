"""``todo`` from the command line: whole output, whose list it is, and that every command it prints is accepted."""

import json
import re
import shlex
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from small_repo import HEAD, NOW, PLAN, Ran, Runner, small_repo, write
from small_repo import UNITS as UNIT_BOOK
from terminal import spoken

UNIT, WRITER = "ZHENGGAI_UNIT", "ZHENGGAI_WRITER"

LEDGER = """\
04-10 县教育局 进展 1-1 进度=100
04-12 城关镇 进展 1-1 进度=40
04-17 县教育局 完成 1-2
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER)


LIST = """\
整改方案：县教育局待办

　　截至 2020-07-01
　　县教育局：有 2 件要办，其中逾期 1 件。

　　作为责任单位
　　【记完成】1-1 制定办法：已报 100%，逾期 1 天，82 天无记录（截止 2020-06-30，已过 1 天）
　　zhenggai done 1-1 "「完成情况」"{unit}
　　【申请销号】1-2 立即改正：2020-04-17 已完成，还缺一份佐证材料
　　zhenggai apply 1-2 --approver "「签批领导」" -e "「文件或文号」"{unit}
"""


def test_my_own_list(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UNIT, "教育局")
    assert zhenggai("todo", at=root) == Ran(0, LIST.format(unit=""), "")
    assert zhenggai("待办", "县教育局", at=root) == zhenggai("todo", "--unit", "教育局", at=root)


def test_another_unit_s_list_names_it_in_the_commands(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("todo", "县教育局", at=root) == Ran(0, LIST.format(unit=" --unit 县教育局"), "")


def test_only_some_tasks_are_asked_for(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("todo", "县教育局", "--problem", "1-2", at=root).out
    assert "有 1 件要办。" in out
    assert "1-1" not in out


def test_the_task_of_a_merged_unit_is_told_apart_from_the_unit_s_own(zhenggai: Runner, tmp_path: Path) -> None:
    units = UNIT_BOOK.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-06-15, 并入: 城关镇}")
    out = zhenggai("todo", "城关镇", at=small_repo(tmp_path, LEDGER, units=units)).out
    assert "【报进展】1-1 制定办法：" in out
    assert "】1-1（原河东乡） 制定办法：" in out


def test_an_organisation_book_that_cannot_be_read_is_named(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/organisations.yaml": "- 名称: 甲支部\n"})
    ran = zhenggai("todo", "县教育局", at=root)
    assert (ran.code, ran.out) == (1, LIST.format(unit=" --unit 县教育局"))
    assert "plans/organisations.yaml:1: " in ran.err


def test_nothing_to_do_is_said(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("todo", "县委组织部", at=root) == Ran(
        0, "整改方案：县委组织部待办\n\n　　截至 2020-07-01\n　　县委组织部：没有要办的事。\n", ""
    )


def test_without_a_unit_it_says_how_to_name_one(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("todo", at=root) == Ran(
        2,
        "",
        "zhenggai：不知道是哪个单位\n"
        "  下一步：写在命令后面，如 zhenggai todo 县教育局；或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位\n",
    )


def test_an_unknown_unit_is_refused(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("todo", "教育", at=root)
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        (
            "zhenggai：看不懂“教育”\n  最接近的有：教育局、县教育局\n"
            "  可写：单位或一类单位（县教育局）、问题或措施（3-2）、阶段（第2阶段）、状态（整改中）、类别（立行立改）、灯（红灯）、截至日期（2020-06-30）\n"
        ),
    )


def test_a_class_has_a_list_for_each_of_its_units(zhenggai: Runner, root: Path) -> None:
    out = zhenggai("todo", "各乡镇", at=root).out
    assert [line.strip("　") for line in out.splitlines() if "要办" in line] == [
        "城关镇：有 1 件要办，其中逾期 1 件。",
        "河东乡：有 1 件要办，其中逾期 1 件。",
    ]
    record = json.loads(zhenggai("todo", "各乡镇", "--format", "json", at=root).out)
    assert [(u["unit"], u["count"], u["late"], [t["command"] for t in u["todos"]]) for u in record["units"]] == [
        ("城关镇", 1, 1, ['zhenggai add 1-1 "「做了什么」" --unit 城关镇']),
        ("河东乡", 1, 1, ["zhenggai claim 1-1 --unit 河东乡"]),
    ]


def test_a_class_without_units_is_said_to_be_empty(zhenggai: Runner, root: Path) -> None:
    units = (root / "plans/units.yaml").read_text("utf-8").replace("类别:\n", "类别:\n- {名称: 街道}\n", 1)
    write(root, {"plans/units.yaml": units})
    assert zhenggai("todo", "街道", at=root).out.endswith("　　这一类里现在没有单位。\n")


def test_with_several_plans_the_commands_name_theirs(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/q.yaml": PLAN.replace("编号: p", "编号: q", 1)})
    out = zhenggai("todo", "河东乡", "--plan", "p", at=root).out
    assert out.endswith("　　zhenggai claim 1-1 --unit 河东乡 --plan p\n")


def test_at_a_terminal_the_unit_is_asked_for(home: Path, root: Path) -> None:
    ran = spoken(root, "todo", "--as-of", "2020-07-01", answers=[("你是哪个单位", "教育局"), ("以后不再问", "n")])
    assert ran.code == 0
    assert "县教育局：有 2 件要办" in ran.out
    assert "--unit" in ran.out  # since the answer was not kept


ALL = (
    HEAD
    + """\
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县直各单位], 责任领导: 分管 领导, 阶段: [1]}
  - {编号: 1-2, 内容: 立即改正, 类别: 立行立改, 牵头单位: 县委办公室, 责任单位: [各乡镇, 县直各单位], 阶段: [1]}
  - {编号: 1-3, 内容: 坚持学习, 类别: 长期坚持, 下次评估: 2020-07-10, 牵头单位: 县委办公室, 责任单位: 县财政局, 阶段: [1]}
  - {编号: 1-4, 内容: 主题党日, 类别: 例行, 频次: 每月, 牵头单位: 县委办公室, 责任单位: 县财政局, 阶段: [1]}
  - 编号: 1-5
    内容: 分步推进
    类别: 分阶段整改
    牵头单位: 县委办公室
    责任单位: [县财政局, 各乡镇]
    阶段: [1]
    步骤:
    - {编号: 1-5-1, 内容: 摸底}
    - {编号: 1-5-2, 内容: 办结}
"""
)

BOOK = """\
党组织:
- {名称: 教育局 机关党支部, 单位: 县教育局, 上级: 县委组织部, 类别: 党支部, 上次换届: 2017-09-30}
- {名称: 财政局机关党支部, 单位: 县财政局, 上级: 县委组织部, 类别: 党支部, 上次换届: 2017-06-20}
"""


def way(unit: str, measure: str, name: str) -> list[str]:
    """The way of a task to its close-out, an entry a line, of which a test takes as many as it needs."""
    return [
        f"05-01 {unit} 进展 {measure} 进度=90 佐证=县发〔2020〕1号",
        f"05-02 {unit} 完成 {measure}",
        f"05-03 {unit} 申请销号 {measure} 签批领导=王强 #{name}申",
        f"05-04 县委办公室 初审 针对={name}申 结论=通过 #{name}初",
        f"05-05 县委组织部 复核 针对={name}初 结论=通过 #{name}复",
        f"05-06 县委组织部 销号公示 针对={name}复 起=2020-05-06 止=2020-05-12 #{name}示",
        f"05-13 县委组织部 销号 针对={name}示 措施摘要=00000000 #{name}销",
    ]


MUCH = "\n".join(
    (
        *way("县教育局", "1-1", "甲")[:2],
        *way("县教育局", "1-2", "乙")[:3],
        *way("县财政局", "1-1", "丙")[:4],
        *way("县财政局", "1-2", "丁")[:5],
        *way("城关镇", "1-1", "戊")[:6],
        *way("城关镇", "1-2", "己"),
        *way("河东乡", "1-1", "庚"),
        *way("河东乡", "1-2", "辛")[:3],
        "06-01 县委督查局 督查 1-1 单位=河东乡 方式=暗访 结论=不实 内容=假",
        "06-02 县委办公室 初审 针对=辛申 结论=退回 原因=不全",
        "05-01 县财政局 进展 1-5 步骤=1-5-1",
        "06-20 县财政局 申请延期 1-5 至=2020-11-30 原因=文件未出",
        "06-01 城关镇 完成 1-5",
        "04-02 城关镇 进展 1-5",
        "06-03 河东乡 进展 1-5 进度=100",
        "06-21 河东乡 转长期 1-5 阶段目标=建成 下次评估=2020-12-31",
        "06-05 县委督查局 通报 单位=县财政局 对象=书记 依据=静默",
        "04-02 县财政局 进展 1-4",
    )
)

PLACEHOLDER = re.compile("「[^」]*」")
WITH_EVIDENCE = "「文件或文号」"


def filled(command: str) -> list[str]:
    """A printed command with its placeholders filled in."""
    text = PLACEHOLDER.sub("如实办理", command.replace(WITH_EVIDENCE, "县发〔2020〕9号"))
    program, *words = shlex.split(text)
    assert program == "zhenggai"
    return words


UNITS = ("县教育局", "县财政局", "城关镇", "河东乡", "县委办公室", "县委组织部", "县委督查局")


@pytest.mark.parametrize("now", [datetime(2020, 6, 24, 9, 30), NOW, datetime(2020, 10, 12, 9, 30)], ids=str)
def test_every_command_it_prints_is_accepted(
    zhenggai: Runner, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WRITER, "办公室")
    root = write(small_repo(tmp_path / "repo", MUCH, plan=ALL), {"plans/organisations.yaml": BOOK})
    printed = set()
    for unit in UNITS:
        listed = zhenggai("todo", unit, at=root, now=now)
        assert (listed.code, listed.err) == (0, "")
        printed |= {line.strip("　") for line in listed.out.splitlines() if line.startswith("　　zhenggai ")}
    for nth, command in enumerate(sorted(printed)):
        copy = shutil.copytree(root, tmp_path / str(nth))
        words = filled(command)
        at_once = words[0] in ("review", "publicise", "close") and "--unit" not in words
        ran = zhenggai(*words, *(["--yes"] if at_once else []), at=copy, now=now)
        assert ran.code == 0, (command, ran)
    assert {command.split()[1] for command in printed} >= EXPECTED[now.month]


EXPECTED = {
    6: {"add", "apply", "reply", "duty", "assess", "done", "review", "publicise", "close", "urge", "register"},
    7: {"add", "apply", "reply", "duty", "assess", "claim", "done", "review", "publicise", "close", "reopen", "urge"},
    10: {"lookback", "register", "urge", "duty", "assess"},
}
