"""The filters of lists: each selects the tasks that it names, in every list, and refuses what names nothing."""

from datetime import date
from pathlib import Path

import pytest

from small_repo import PLAN, Runner, small_repo, write
from zhenggai.ledger import open_ledger
from zhenggai.views.selection import Selection, select

LEDGER = """\
04-10 县教育局 认领 1-1 责任领导=副局长张华 责任人=李敏
04-12 县教育局 进展 1-1 内容=初稿 进度=10
"""
SOURCES = "问题来源: {xs: 省委巡视反馈, zc: 自查}\n审核:"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    plan = PLAN.replace("审核:", SOURCES, 1)
    plan = plan.replace("  内容: 学习不深入\n", "  内容: 学习不深入\n  来源: [xs]\n")
    plan = plan.replace("  内容: 制度不落实\n", "  内容: 制度不落实\n  来源: [xs, zc]\n")
    plan = plan.replace(
        "{编号: 2-1,", "{编号: 2-1, 整改类型: 近期, 优先: 重点, 分管领导: 副县长赵敏, 第一责任人: 县委书记刘伟,"
    )
    plan = plan.replace("{编号: 2-2,", "{编号: 2-2, 整改类型: 中期, 分管领导: 副县长赵敏,")
    plan = plan.replace("内容: 坚持学习, 类别: 长期坚持, 下次评估: 2020-07-10, 牵头单位: 县委办公室", "内容: 坚持学习, 类别: 长期坚持, 下次评估: 2020-07-10, 牵头单位: 县委组织部")  # fmt: skip
    return write(small_repo(tmp_path, LEDGER), {"plans/p.yaml": plan})


FIRST = {"1-1 城关镇", "1-1 河东乡", "1-1 县教育局"}


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(lead="组织部"), {"2-1 县财政局"}),
        (Selection(lead="县委办"), {*FIRST, "1-2 县教育局", "2-2 县财政局", "2-3 县财政局"}),
        (Selection(lead="县直单位"), set()),
        (Selection(leader="张华"), {"1-1 县教育局"}),
        (Selection(leader="赵敏"), {"2-1 县财政局", "2-2 县财政局"}),
        (Selection(leader="刘伟"), {"2-1 县财政局"}),
        (Selection(type="中期"), {"2-2 县财政局"}),
        (Selection(priority="重点"), {"2-1 县财政局"}),
        (Selection(person="李敏"), {"1-1 县教育局"}),
        (Selection(person="书记", problem="1"), {"1-1 城关镇", "1-1 河东乡", "1-2 县教育局"}),
        (Selection(source="自查"), {"2-1 县财政局", "2-2 县财政局", "2-3 县财政局"}),
        (Selection(source="xs", unit="各乡镇"), {"1-1 城关镇", "1-1 河东乡"}),
        (Selection(category="立行立改"), {"1-2 县教育局"}),
        (Selection(category="长期坚持", light="蓝灯"), {"2-1 县财政局"}),
        (Selection(category="限期整改", light="红"), FIRST),
        (Selection(phase=2), FIRST),
        (Selection(phase=1, category="例行"), {"2-2 县财政局"}),
    ],
)
def test_a_filter_selects_what_it_names(root: Path, selection: Selection, expected: set[str]) -> None:
    snapshot = open_ledger(root).snapshot(date(2020, 7, 5))
    assert {task.name for task in select(snapshot, selection).tasks} == expected


@pytest.mark.parametrize(
    ("word", "option"),
    [("立行立改", ("--category", "立行立改")), ("红灯", ("--灯", "红")), ("黄", ("--light", "黄灯"))],
)
def test_a_lone_word_may_be_a_category_or_a_light(
    zhenggai: Runner, root: Path, word: str, option: tuple[str, str]
) -> None:
    assert zhenggai("status", word, at=root) == zhenggai("status", *option, at=root)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lead", "县统计局"), "没有单位“县统计局”"),
        (("--leader", "王"), "没有责任领导、分管领导、第一责任人“王”\n  现有：副局长张华、副县长赵敏、县委书记刘伟"),
        (("--person", "王"), "没有责任人“王”\n  现有：书记、李敏"),
        (("--source", "审计"), "没有问题来源“审计”\n  现有：xs（省委巡视反馈）、zc（自查）"),
        (
            ("--category", "马上改"),
            "没有类别“马上改”\n  可用：立行立改、限期整改、分阶段整改、长期坚持、持续推进、例行",
        ),
        (("--type", "长期"), "没有整改类型“长期”\n  最接近的有：近期、中期"),
        (("--整改类型", "近"), "没有整改类型“近”\n  最接近的有：近期"),
        (("--priority", "一般"), "没有优先“一般”\n  现有：重点"),
        (("--light", "紫"), "没有“紫”这种灯\n  可用：红、黄、绿、蓝"),
    ],
)
def test_what_names_nothing_is_refused(zhenggai: Runner, root: Path, words: tuple[str, ...], said: str) -> None:
    ran = zhenggai("overdue", *words, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"zhenggai：{said}")


def test_the_same_filter_in_every_list(zhenggai: Runner, root: Path) -> None:
    for command in ("status", "overdue", "due", "phase", "rank", "week", "month", "remind", "lookback"):
        arguments = ("1",) if command == "phase" else ()
        ran = zhenggai(command, *arguments, "--lead", "县委组织部", "--as-of", "2020-07-05", at=root)
        assert (ran.code, "1-1" in ran.out) == (0, False), (command, ran)


def test_a_unit_that_only_leads_is_told_so(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("overdue", "--unit", "县委组织部", at=root)
    assert (ran.code, "没有逾期的任务" in ran.out) == (0, True)
    assert ran.err == "没有县委组织部自己的任务；它牵头的有 1 件，看它们把 --unit 换成 --lead\n"
    shown = zhenggai("show", "县委组织部", at=root).out
    assert "牵头 1 项措施、1 件任务，看它们：zhenggai status --lead 县委组织部\n" in shown
    assert zhenggai("overdue", "--unit", "县委督查局", at=root).err == ""
