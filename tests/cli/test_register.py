"""``register`` and ``status --registers`` from the command line: one entry in the writer's own file, or every reason."""

import secrets
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo, tree, write
from terminal import BACKSPACE, spoken

BOOK = """\
党组织:
- {名称: 镇党委, 单位: 城关镇, 类别: 基层党委, 上次换届: 2015-08-20, 领办书记: 镇党委书记}
- {名称: 局支部, 单位: 县教育局, 类别: 党支部, 上次换届: 2019-01-31}
"""
LEDGER = """
04-20 县委组织部 软弱涣散 党组织=局支部 事由=认定 原因=组织生活停滞
05-10 城关镇 换届 党组织=镇党委 事由=请示
"""
ABOVE = ("--unit", "组织部", "--writer", "办公室")
FILE = "ledgers/p/县委组织部/2020-07.办公室.k3.yaml"


@pytest.fixture
def root(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(secrets, "randbits", lambda _: 7)
    return write(small_repo(tmp_path, LEDGER), {"plans/organisations.yaml": BOOK, ".zhenggai/clone": "k3"})


@pytest.mark.parametrize(
    ("arguments", "own", "standing"),
    [
        (
            ("镇党委", "延期批复", "同意延期", "--to", "2021-02-28"),
            "  事项: 换届\n  党组织: 镇党委\n  事由: 延期批复\n  至: 2021-02-28\n  内容: 同意延期\n",
            "镇党委 延期已批，届满 2021-02-28，下一步 换届选举（2021-02-28）",
        ),
        (
            ("镇党委", "换届中"),
            "  事项: 换届\n  党组织: 镇党委\n  事由: 换届中\n",
            "镇党委 换届中，届满 2020-08-20，下一步 换届选举（2020-08-20）",
        ),
        (
            ("镇党委", "认定", "--原因", "班子不团结"),
            "  事项: 软弱涣散\n  党组织: 镇党委\n  事由: 认定\n  原因: 班子不团结\n",
            "镇党委 整顿中",
        ),
        (
            ("局支部", "验收", "--score", "82", "--opposed", "0"),
            "  事项: 软弱涣散\n  党组织: 局支部\n  事由: 验收\n  验收得分: 82\n  不满意票: 0\n",
            "局支部 跟踪中，跟踪至 2021-07-01",
        ),
        (
            ("局支部", "验收", "--验收得分", "60"),
            "  事项: 软弱涣散\n  党组织: 局支部\n  事由: 验收\n  验收得分: 60\n",
            "局支部 验收不合格：得分 60，不到 70",
        ),
    ],
)
def test_an_entry_is_appended(
    zhenggai: Runner, root: Path, arguments: tuple[str, ...], own: str, standing: str
) -> None:
    ran = zhenggai("register", *arguments, *ABOVE, at=root)
    assert ran == Ran(0, f"已记录 20200701-cnan0007\n写入 {FILE}\n{standing}\n", "")
    written = f"- 编号: 20200701-cnan0007\n  日期: 2020-07-01\n{own}  填报人: 办公室\n"
    assert tree(root)[FILE].decode() == written
    assert zhenggai("check", at=root).out.count("登记") == 0


def test_its_date_is_the_day_it_happened_and_a_doubt_is_said(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("登记", "镇党委", "已换届", "--date", "2020-05-20", *ABOVE, at=root)
    assert ran.code == 0
    assert ran.err == "注意：2020-05-20 换届，一个月以后才报告，选举后一个月内报告并记录\n"
    assert ran.out.endswith("镇党委 已换届，届满 2025-05-20，下一步 请示换届（2025-03-20）\n")


REFUSED = {
    "nothing given": (
        ("--writer", "办公室"),
        "还缺 3 项，没有写入\n  缺 党组织：写在命令后面，如 东街社区党委\n"
        "  缺 事由：写在党组织后面：请示、延期批复、换届中、已换届、认定、整顿、验收、跟踪\n"
        "  缺 单位：加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位",
    ),
    "a delay without a day": (("镇党委", "延期批复", *ABOVE), "还缺 1 项，没有写入\n  缺 至：加 --to 日期"),
    "a listing without a cause": (("镇党委", "认定", *ABOVE), "还缺 1 项，没有写入\n  缺 原因：加 --reason 文字"),
    "an examination without points": (
        ("局支部", "验收", *ABOVE),
        "还缺 1 项，没有写入\n  缺 验收得分：加 --score 分数",
    ),
    "an unknown organisation": (
        ("镇支部", "请示", *ABOVE),
        "党组织册里没有“镇支部”，没有写入\n  最接近的有：局支部",
    ),
    "an unknown matter": (
        ("镇党委", "改选", *ABOVE),
        "没有事由“改选”，没有写入\n  换届：请示、延期批复、换届中、已换届\n  软弱涣散：认定、整顿、验收、跟踪",
    ),
    "what has no place": (
        ("镇党委", "请示", "--score", "80", *ABOVE),
        "“请示”不填验收得分，没有写入\n  下一步：去掉 验收得分，或核对事由",
    ),
    "what the state does not allow": (
        ("镇党委", "整顿", *ABOVE),
        "没有写入：\n  还没有认定，不能记“整顿”\n    先记 认定，或核对日期",
    ),
    "a unit that has no say": (
        ("镇党委", "已换届", "--unit", "城关镇", "--writer", "办公室"),
        "没有写入：\n  “已换届”应由县委督查局、县委组织部记录\n    由有权单位在自己的文件夹中记录",
    ),
    "a day to come": (
        ("镇党委", "换届中", "--date", "2020-07-02", *ABOVE),
        "没有写入：\n  日期 2020-07-02 还没到（今天 2020-07-01）",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_written(zhenggai: Runner, root: Path, arguments: tuple[str, ...], said: str) -> None:
    before = tree(root)
    assert zhenggai("register", *arguments, at=root) == Ran(2, "", f"zhenggai：{said}\n")
    assert tree(root) == before


def test_without_a_book_it_says_where_to_write_one(zhenggai: Runner, root: Path) -> None:
    (root / "plans/organisations.yaml").unlink()
    ran = zhenggai("register", "镇党委", "请示", *ABOVE, at=root)
    assert ran.err == "zhenggai：党组织册里没有“镇党委”，没有写入\n  先写党组织册 plans/organisations.yaml\n"


def test_at_a_terminal_it_asks_for_what_is_missing(root: Path) -> None:
    points = [("验收得分（0 到 100）", "良好"), ("“良好”不是 0 到 100 的整数", f"{BACKSPACE * 2}90")]
    answers = [("哪个党组织", "局支部"), ("事由", "验收"), *points, ("内容，不填则空", "见文件"), ("写入？", "")]
    ran = spoken(root, "register", *ABOVE, answers=answers)
    assert (ran.code, "“良好”不是 0 到 100 的整数" in ran.out) == (0, True)
    assert tree(root)[FILE].decode().endswith("  事由: 验收\n  验收得分: 90\n  内容: 见文件\n  填报人: 办公室\n")


# --- status --registers


def test_status_shows_the_registers_and_names_what_does_not_count(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("总览", "--登记册", "--截至", "2020-06-30", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("　　截至6月30日，党组织2个，其中正常1个、临近届满1个；认定软弱涣散1个，其中整顿中1个。\n")
    (root / "plans/organisations.yaml").write_text(BOOK.replace("局支部", "局党支部"), "utf-8")
    ran = zhenggai("status", "--registers", at=root)
    assert (ran.code, ran.err.splitlines()[1:]) == (
        1,
        [
            "ledgers/p/县委组织部/2020-04.办公室.aa.yaml:1: 登记: 党组织册里没有“局支部” — 最接近的有：局党支部；或在 plans/organisations.yaml 中补上"
        ],
    )
    assert zhenggai("status", at=root).code == 0  # it does not read the book


def test_a_book_that_cannot_be_read_is_said_by_the_registers_only(zhenggai: Runner, root: Path) -> None:
    (root / "plans/organisations.yaml").write_text("党组织: [", "utf-8")
    assert zhenggai("status", "--registers", at=root).code == 1
    assert zhenggai("status", at=root).code == 0
    assert zhenggai("check", at=root).code == 1


@pytest.mark.parametrize("option", [("--problem", "1"), ("--phase", "1"), ("--state", "逾期")])
def test_the_registers_have_units_and_no_problems(zhenggai: Runner, root: Path, option: tuple[str, str]) -> None:
    said = "zhenggai：登记册按党组织列出，只能用 --unit 筛选\n  下一步：去掉 --problem、--phase、--state\n"
    assert zhenggai("status", "--registers", *option, at=root) == Ran(2, "", said)
