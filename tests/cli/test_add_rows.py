"""``add --from`` and ``add -``: an entry a row, by the same rules as one by one; all rows or none, and every fault named."""

import io
import sys
from pathlib import Path
from random import Random

import pytest

from small_repo import Ran, Runner, changed_files, small_repo, tree, write
from terminal import spoken

LEDGER = """
04-10 县教育局 进展 1-1 进度=40 内容=初稿
"""
ME = ("--unit", "县教育局", "--writer", "办公室")
FILE = "ledgers/p/县教育局/2020-07.办公室.k3.yaml"

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repo whose clone has drawn its two characters."""
    return write(small_repo(tmp_path / "repo", LEDGER), {".zhenggai/clone": "k3"})


def test_each_row_is_an_entry(zhenggai: Runner, root: Path) -> None:
    write(
        root,
        {
            "报来/进展.csv": "序号,措施编号,日期,进展情况,进度,佐证,事项\n"
            "1,1-1,2020/5/2,开会部署,50%,县教发〔2020〕3号,\n"
            "2,1.1,2020年6月1日,印发办法,100%,办法.docx、签到表.jpg,完成\n",
            "报来/办法.docx": b"a",
            "报来/签到表.jpg": b"b",
        },
    )
    before = tree(root)
    ran = zhenggai("add", "--from", "报来/进展.csv", *ME, at=root)
    assert ran == Ran(
        0,
        f"""\
已记录 2 条（进展 1、完成 1）
1-1 县教育局：整改中 → 已完成
写入 {FILE}
""",
        "没有用的列：序号\n",
    )
    written = changed_files(before, root)
    assert len(written) == 3
    assert (
        written[FILE]
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-05-02
  措施: 1-1
  事项: 进展
  进度: 50
  内容: 开会部署
  佐证:
  - 县教发〔2020〕3号
  填报人: 办公室
- 编号: 20200701-cnan0008
  日期: 2020-06-01
  措施: 1-1
  事项: 完成
  内容: 印发办法
  佐证:
  - 附件/2020-07/办法.ca978112.docx
  - 附件/2020-07/签到表.3e23e816.jpg
  填报人: 办公室
"""
    )


def test_every_bad_row_is_named_and_nothing_is_written(zhenggai: Runner, root: Path) -> None:
    write(
        root,
        {
            "进展.csv": "措施,日期,内容,进度,事项,佐证\n"
            "1-1,2020-05-02,开会部署,50%,,\n"
            "1-9,2020-05-02,没有这一项,,,\n"
            "2-1,2020-05-02,别的单位的,,,\n"
            "1-1,5月2日,日期不全,,,\n"
            "1-1,2020-05-03,,60,,\n"
            "1-1,2020-05-04,进度降低,30,,\n"
            "1-1,2020-08-04,还没到,,,\n"
            "1-2,2020-05-04,办了,,督办,\n"
            "1-2,2020-05-05,办了,90,完成,\n"
            "1-2,2020-05-06,办了,,,没有.docx\n"
        },
    )
    before = tree(root)
    ran = zhenggai("add", "--from", "进展.csv", *ME, at=root)
    assert (ran.code, ran.out) == (2, "")
    assert [line.strip() for line in ran.err.splitlines() if line.startswith("  进展.csv")] == [
        "进展.csv:3: 方案中没有措施“1-9”",
        "进展.csv:4: 县教育局不是 2-1 的责任单位",
        "进展.csv:5: “5月2日”不是日期",
        "进展.csv:6: 没有写“内容”",
        "进展.csv:7: 进度 30% 低于上次的 50%",
        "进展.csv:8: 日期 2020-08-04 还没到（今天 2020-07-01）",
        "进展.csv:9: 事项“督办”不能成批记",
        "进展.csv:10: “完成”没有“进度”可写",
        "进展.csv:11: 佐证 没有.docx 不在表旁边，或不能用",
    ]
    assert tree(root) == before


def test_rows_come_through_a_pipe(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "措施\t内容\n1-1\t从别的系统导出\n1-2\t\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("gb18030"))))
    ran = zhenggai("add", "-", *ME, at=root)
    assert ran.code == 2
    assert "标准输入:3: 没有写“内容”" in ran.err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.replace("1-2\t\n", "").encode("gb18030"))))
    assert zhenggai("add", "-", *ME, at=root).code == 0
    assert "从别的系统导出" in (root / FILE).read_text("utf-8")


def test_the_same_file_twice_adds_nothing(zhenggai: Runner, root: Path) -> None:
    write(root, {"进展.csv": "措施,日期,内容,进度\n1-1,2020-05-02,开会部署,50\n1-1,2020-05-03,开会部署,50\n"})
    assert zhenggai("add", "--from", "进展.csv", *ME, at=root).code == 0
    before = tree(root)
    again = zhenggai("add", "--from", "进展.csv", *ME, at=root)
    assert again == Ran(
        0, "", "台账里已有或表里重复、不再记的 2 行：进展.csv:2、进展.csv:3\n没有要记的，什么也没有写\n"
    )
    assert tree(root) == before


def test_a_row_that_stands_twice_is_written_once(zhenggai: Runner, root: Path) -> None:
    twice = "1-1,2020-05-02,开会部署,50\n"
    write(root, {"进展.csv": f"措施,日期,内容,进度\n{twice}1-1,2020-05-03,又开会,50\n{twice}"})
    ran = zhenggai("add", "--from", "进展.csv", *ME, at=root)
    assert ran.err == "台账里已有或表里重复、不再记的 1 行：进展.csv:4\n"
    assert ran.out.startswith("已记录 2 条（进展 2）\n")


@pytest.mark.parametrize("more", [("-p", "0"), ("-e", "县教发〔2020〕3号"), ("--step", "1-1-1"), ("1-1", "开会")])
def test_what_stands_in_rows_is_not_given_beside_them(zhenggai: Runner, root: Path, more: tuple[str, ...]) -> None:
    write(root, {"进展.csv": "措施,内容\n1-1,开会\n"})
    ran = zhenggai("add", "--from", "进展.csv", *more, *ME, at=root)
    assert ran.code == 2
    assert "内容、进度、佐证等都写在表里，没有写入" in ran.err


def test_an_entry_can_be_looked_at_before_it_is_written(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("add", "1-1", "开会", "--dry-run", *ME, at=root)
    assert ran == Ran(0, "", "进展 1 件：\n  县教育局\n只是预览，没有写入\n")
    assert tree(root) == before


@pytest.mark.parametrize(
    ("text", "said"), [(",,\n", "是空的"), ("甲,乙\n1,2\n", "里没有找到表头"), ("措施,甲\n1-1,2\n", "里没有找到表头")]
)
def test_a_table_without_heads_shows_what_one_looks_like(zhenggai: Runner, root: Path, text: str, said: str) -> None:
    write(root, {"进展.csv": text})
    ran = zhenggai("add", "--from", "进展.csv", *ME, at=root)
    assert ran.code == 2
    assert f"进展.csv {said}\n  下一步：第一行写表头，如 措施,日期" in ran.err


def random_rows(seed: int) -> list[list[str]]:
    """Rows of 措施, 日期, 事项, 内容, 进度 of a unit, in order of day; some of them not allowed."""
    chance, rows = Random(seed), []
    for nth in range(9):
        kind = chance.choice(["进展", "进展", "进展", "基本完成", "完成"])
        percent = str(10 * nth) if kind == "进展" and chance.random() < 0.7 else ""
        day = f"2020-05-{1 + 2 * nth + chance.randint(0, 1):02}"
        rows.append([chance.choice(["1-1", "1-2"]), day, kind, f"第{nth}次", percent])
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_rows_are_what_single_entries_are(zhenggai: Runner, tmp_path: Path, seed: int) -> None:
    one, all_at_once = (
        write(small_repo(tmp_path / name, LEDGER), {".zhenggai/clone": "k3"}) for name in ("one", "all")
    )
    taken: list[list[str]] = []
    refused: list[list[str]] = []
    for row in random_rows(seed):
        measure, day, kind, content, percent = row
        command = {"进展": ["add"], "基本完成": ["done", "--basically"], "完成": ["done"]}[kind]
        more = ["-p", percent] if percent else []
        ran = zhenggai(*command, measure, content, *more, "--date", day, *ME, at=one)
        (refused if ran.code else taken).append(row)
    assert taken
    head = "措施,日期,事项,内容,进度\n"
    for rows in ([*taken, *refused], taken) if refused else (taken,):
        write(all_at_once, {"进展.csv": head + "".join(",".join(row) + "\n" for row in rows)})
        code = zhenggai("add", "--from", "进展.csv", *ME, at=all_at_once).code
        assert (code, (all_at_once / FILE).exists()) == ((0, True) if rows is taken else (2, False))
    assert (all_at_once / FILE).read_text("utf-8") == (one / FILE).read_text("utf-8")


def test_a_form_is_sent_to_its_own_command(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("list", "县教育局", "--fill", "-o", "填报.xlsx", at=root).code == 0
    ran = zhenggai("add", "--from", "填报.xlsx", *ME, at=root)
    assert ran == Ran(2, "", "zhenggai：填报.xlsx 是填报表，没有写入\n  下一步：zhenggai import 填报.xlsx\n")


def test_at_a_terminal_all_is_shown_and_confirmed_once(home: Path, root: Path) -> None:
    write(root, {"进展.csv": "措施,日期,内容,进度\n1-1,2020-05-02,开会部署,50\n1-2,2020-05-03,改好了,\n"})
    ran = spoken(root, "add", "--from", "进展.csv", *ME, answers=[("写入这 2 条？", "y")])
    assert ran.code == 0
    assert "进展.csv:2 1-1 县教育局 2020-05-02 进展 50%；开会部署" in ran.out
    assert (root / FILE).exists()
