"""``add`` where nobody can be asked: one entry in the writer's own file, or nothing at all and every reason."""

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from filelock import FileLock

from small_repo import NOW, PLAN, UNITS, Ran, Runner, changed_files, small_repo, tree, write
from zhenggai.writing import atomic

LEDGER = """
04-10 县教育局 进展 1-1 进度=40
04-15 城关镇 进展 1-1
06-10 县教育局 完成 1-2
"""
ME = ("--unit", "县教育局", "--writer", "办公室")

pytestmark = pytest.mark.usefixtures("chance")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repo whose clone has drawn its two characters."""
    return write(small_repo(tmp_path / "repo", LEDGER), {".zhenggai/clone": "k3"})


def test_an_entry_is_appended_in_canonical_form(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai(
        "add", "1-1", "印发办法: 初稿", "-p", "60%", "--difficulty", "人手不足", "--next", "下周报审", *ME, at=root
    )
    assert ran == Ran(
        0,
        """\
已记录 20200701-cnan0007
1-1 县教育局：整改中，红灯（逾期 1 天）
进度 60%
写入 ledgers/p/县教育局/2020-07.办公室.k3.yaml
""",
        "",
    )
    assert changed_files(before, root) == {
        "ledgers/p/县教育局/2020-07.办公室.k3.yaml": """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  事项: 进展
  进度: 60
  存在问题: 人手不足
  下步打算: 下周报审
  内容: "印发办法: 初稿"
  填报人: 办公室
"""
    }
    assert "2020-07" not in zhenggai("check", at=root).out


def test_status_sees_it_at_once(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("进展", "1.1", "开会部署", "--进度", "10", "--单位", "河东乡", "--填报人", "党政办", at=root)
    assert ran.out.splitlines()[1] == "1-1 河东乡：整改中，红灯（逾期 1 天）（原 未启动）"
    assert "10%" in zhenggai("show", "1-1", "--unit", "河东乡", at=root).out


def test_a_second_entry_stands_behind_the_first_with_a_greater_number(zhenggai: Runner, root: Path) -> None:
    path = root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml"
    for content in ("第一件事", "第二件事", "第三件事"):
        assert zhenggai("add", "1-1", content, *ME, at=root).code == 0
    numbers = re.findall(r"编号: (\S+)", path.read_text("utf-8"))
    assert numbers == ["20200701-cnan0007", "20200701-cnan0008", "20200701-cnan0009"]


def test_an_older_clock_of_the_same_day_still_numbers_upward(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("add", "1-1", "下午的事", *ME, at=root, now=NOW.replace(hour=15)).code == 0
    assert zhenggai("add", "1-1", "又一件事", *ME, at=root, now=NOW.replace(hour=8)).code == 0
    numbers = re.findall(r"编号: (\S+)", (root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml").read_text("utf-8"))
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 2


def test_what_one_other_computer_recorded_later_than_tomorrow_stops_nobody(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "1-1", "四月的事", *ME, at=root, now=datetime(2020, 4, 1))
    assert (ran.code, ran.out.splitlines()[0]) == (0, "已记录 20200401-00000007")


def test_the_file_is_that_of_the_recording_month_whatever_the_date(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("add", "1-1", "六月的事", "--date", "2020.6.20", *ME, at=root).code == 0
    text = (root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml").read_text("utf-8")
    assert "- 编号: 20200701-cnan0007\n  日期: 2020-06-20\n" in text


def test_a_clone_draws_its_two_characters_once(zhenggai: Runner, root: Path) -> None:
    (root / ".zhenggai/clone").unlink()
    for _ in range(2):
        assert zhenggai("add", "1-1", "开会部署", *ME, at=root).code == 0
    mark = (root / ".zhenggai/clone").read_text("utf-8")
    assert [p.name for p in (root / "ledgers/p/县教育局").glob("2020-07.*")] == [f"2020-07.办公室.{mark}.yaml"]


def test_a_file_with_windows_line_ends_keeps_them(zhenggai: Runner, root: Path) -> None:
    path = root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml"
    first = "# 手记\r\n- 编号: 20200701-00000001\r\n  日期: 2020-07-01\r\n  措施: 1-1\r\n  事项: 进展\r\n  内容: 上午\r\n  填报人: 办公室"
    write(root, {path.relative_to(root).as_posix(): first})
    assert zhenggai("add", "1-1", "下午", *ME, at=root).code == 0
    written = path.read_bytes()
    assert written.startswith(first.encode() + b"\r\n- ")
    assert written.count(b"\r\n") == written.count(b"\n") == 13


def test_evidence_is_copied_in_and_papers_are_cited(zhenggai: Runner, root: Path) -> None:
    write(root.parent, {"征求意见稿.docx": b"draft", "会议记录.txt": b"minutes"})
    before = tree(root)
    files = ("-e", "../征求意见稿.docx", "-e", "县教发〔2020〕3号", "--佐证", str(root.parent / "会议记录.txt"))
    assert zhenggai("add", "1-1", "征求意见", *files, *ME, at=root).code == 0
    written = changed_files(before, root)
    entry = written.pop("ledgers/p/县教育局/2020-07.办公室.k3.yaml")
    assert set(written.values()) == {"draft", "minutes"}
    names = [path.removeprefix("ledgers/p/县教育局/") for path in written]
    assert sorted(re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in names) == [
        "附件/2020-07/会议记录.txt",
        "附件/2020-07/征求意见稿.docx",
    ]
    assert all(f"  - {name}\n" in entry for name in names)
    assert "  - 县教发〔2020〕3号\n" in entry
    assert "2020-07" not in zhenggai("check", at=root).out


def test_steps_are_recorded_in_any_spelling(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "2-3", "摸底完成", "--step", "2.3.1", "--unit", "县财政局", "--writer", "办公室", at=root)
    assert ran.code == 0
    assert "  步骤:\n  - 2-3-1\n" in (root / "ledgers/p/县财政局/2020-07.办公室.k3.yaml").read_text("utf-8")


# who is writing


def test_the_environment_says_who_writes(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_UNIT", "教育局")
    monkeypatch.setenv("ZHENGGAI_WRITER", "人事科")
    assert (
        zhenggai("add", "1-1", "开会部署", at=root).out.splitlines()[-1]
        == "写入 ledgers/p/县教育局/2020-07.人事科.k3.yaml"
    )


def test_gits_settings_say_who_writes_and_an_option_wins(zhenggai: Runner, root: Path) -> None:
    for arguments in (["init", "-q"], ["config", "zhenggai.unit", "县教育局"], ["config", "zhenggai.writer", "基教科"]):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    assert (
        zhenggai("add", "1-1", "开会部署", at=root).out.splitlines()[-1]
        == "写入 ledgers/p/县教育局/2020-07.基教科.k3.yaml"
    )
    other = zhenggai(
        "add", "1-1", "开会部署", "--unit", "城关镇", "--writer", "党政办", at=root, now=NOW.replace(minute=31)
    )
    assert other.out.splitlines()[-1] == "写入 ledgers/p/城关镇/2020-07.党政办.k3.yaml"


def test_the_environment_wins_over_gits_settings(zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in (["init", "-q"], ["config", "zhenggai.unit", "县教育局"]):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    monkeypatch.setenv("ZHENGGAI_UNIT", "河东乡")
    assert "河东乡" in zhenggai("add", "1-1", "开会部署", "--writer", "办公室", at=root).out


def test_without_git_nothing_is_missing_but_the_name(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(root))
    assert zhenggai("add", "1-1", "开会部署", *ME, at=root).code == 0


def test_the_lead_records_for_another_and_says_so(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "1-1", "到乡里看过", "--for", "河东乡", "--unit", "县委办", "--writer", "督办科", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert (
        (root / "ledgers/p/县委办公室/2020-07.督办科.k3.yaml").read_text("utf-8")
        == """\
- 编号: 20200701-cnan0007
  日期: 2020-07-01
  措施: 1-1
  单位: 河东乡
  事项: 进展
  代录: 是
  内容: 到乡里看过
  填报人: 督办科
"""
    )
    assert "县委办公室记录" in zhenggai("show", "1-1", "--unit", "河东乡", at=root).out


@pytest.mark.parametrize(
    "words", [["1-1", "开会", "-p", "45"], ["1-1", "开会", "45%"], ["1-1", "开会", "４５％"], ["开会", "1-1", "45%"]]
)
def test_a_percent_after_the_content_and_a_measure_anywhere(zhenggai: Runner, root: Path, words: list[str]) -> None:
    ran = zhenggai("add", *words, *ME, at=root)
    assert (ran.code, ran.err) == (0, "")
    text = (root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml").read_text("utf-8")
    assert "  措施: 1-1\n" in text
    assert "  内容: 开会\n" in text
    assert "  进度: 45\n" in text


# refusals


MISSING_UNIT = "单位：加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位"
MISSING_WRITER = "填报人：加 --writer 岗位，或设环境变量 ZHENGGAI_WRITER，或 git config zhenggai.writer 岗位"
MISSING_CONTENT = "内容：写在措施后面，加引号"

REFUSED = {
    "everything is missing": (
        [],
        f"还缺 4 项，没有写入\n  缺 措施：写在命令后面，如 3-2\n  缺 {MISSING_CONTENT}\n  缺 {MISSING_UNIT}\n  缺 {MISSING_WRITER}",
    ),
    "all but the measure is missing": (
        ["1-1"],
        f"还缺 3 项，没有写入\n  缺 {MISSING_CONTENT}\n  缺 {MISSING_UNIT}\n  缺 {MISSING_WRITER}",
    ),
    "content and writer are missing": (
        ["1-1", "  ", "--unit", "县教育局"],
        f"还缺 2 项，没有写入\n  缺 {MISSING_CONTENT}\n  缺 {MISSING_WRITER}",
    ),
    "a percent and a text without quotes": (
        ["1-1", "征求", "意见", "40%", *ME],
        '多出了“意见 40%”，没有写入\n  下一步：内容里有空格，整句加引号：zhenggai add 1-1 "征求 意见" -p 40',
    ),
    "a bare number, which may be households": (
        ["1-1", "走访", "40", *ME],
        "“40”是不是进度，说不准，没有写入\n"
        '  下一步：是进度，写 --percent 40；是内容，整句加引号：zhenggai add 1-1 "走访 40"',
    ),
    "two percents": (
        ["1-1", "走访", "40%", "-p", "50", *ME],
        "进度写了两次：40% 和 --percent 50，没有写入\n  下一步：去掉一个",
    ),
    "no such measure": (["1-3", "开会", *ME], "方案中没有措施“1-3”\n  最接近的有：2-3、1-2、1-1"),
    "a word for a measure": (["办法", "开会", *ME], "方案中没有措施“办法”\n  现有：1-1、1-2、2-1、2-2、2-3"),
    "no such unit": (
        ["1-1", "开会", "--unit", "教育处", "--writer", "办公室"],
        "没有单位“教育处”\n  最接近的有：县教育局",
    ),
    "not its measure": (
        ["2-1", "开会", *ME],
        "县教育局不是 2-1 的责任单位，没有写入\n  2-1 的责任单位有：县财政局\n  县教育局的措施有：1-1、1-2\n  若是代责任单位记录，加 --for 单位",
    ),
    "for a unit that has no part in it": (
        ["1-1", "开会", "--for", "县财政局", *ME],
        "县财政局不是 1-1 的责任单位，没有写入\n  1-1 的责任单位有：城关镇、河东乡、县教育局\n  县财政局的措施有：2-1、2-2、2-3",
    ),
    "for another without any part in it": (
        ["1-1", "开会", "--for", "河东乡", *ME],
        "没有写入：\n  “进展”应由责任单位或牵头单位或初审单位或复核单位（河东乡、县委办公室、县委组织部）记录\n    由有权单位在自己的文件夹中记录",
    ),
    "a lower percent": (
        ["1-1", "返工", "-p", "30", *ME],
        "没有写入：\n  进度 30% 低于上次的 40%；确要降低，请加 --correct",
    ),
    "a day to come, and one before the plan": (
        ["1-1", "开会", "--date", "2020-07-02", *ME],
        "没有写入：\n  日期 2020-07-02 还没到（今天 2020-07-01）",
    ),
    "before the plan, and a lower percent": (
        ["1-1", "开会", "--date", "2020-02-29", "-p", "0", *ME],
        "没有写入：\n  日期 2020-02-29 早于方案印发日期 2020-03-01\n  进度 0% 低于上次的 40%；确要降低，请加 --correct",
    ),
    "no such step": (
        ["2-3", "摸底", "--step", "2-3-9", "--unit", "县财政局", "--writer", "办公室"],
        "措施 2-3 没有步骤 2-3-9\n  现有：2-3-1、2-3-2",
    ),
    "no steps at all": (["1-1", "摸底", "--step", "1-1-1", *ME], "措施 1-1 没有步骤 1-1-1\n  现有：没有分步骤"),
    "evidence that is not there": (
        ["1-1", "开会", "-e", "没有.docx", "-e", "plans", *ME],
        "佐证文件 没有.docx 不存在；佐证 plans 不是文件，没有写入\n  下一步：核对路径；纸质文件请写文号，如 县组发〔2020〕12号",
    ),
    "a writer that no file can be named after": (
        ["1-1", "开会", "--unit", "县教育局", "--writer", "办公室/一科"],
        "填报人不能用：“办公室/一科”含有不能用于文件名的字符“/”",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_gives_its_reasons_and_writes_nothing(
    zhenggai: Runner, root: Path, arguments: list[str], said: str
) -> None:
    before = tree(root)
    assert zhenggai("add", *arguments, at=root) == Ran(2, "", f"zhenggai：{said}\n")
    assert tree(root) == before


def test_a_lower_percent_is_recorded_when_it_is_meant(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "1-1", "返工", "-p", "30", "--correct", *ME, at=root)
    assert (ran.code, ran.out.splitlines()[2]) == (0, "进度 30%")


def test_progress_after_the_date_of_a_later_entry_stands_in_its_place(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("add", "1-2", "后续工作", *ME, at=root)
    assert (ran.code, ran.out.splitlines()[1]) == (0, "1-2 县教育局：已完成，绿灯（已完成）")


def test_a_file_in_another_encoding_is_left_alone(zhenggai: Runner, root: Path) -> None:
    write(root, {"ledgers/p/县教育局/2020-07.办公室.k3.yaml": "# 手记：上午的事\n".encode("gb18030")})
    before = tree(root)
    ran = zhenggai("add", "1-1", "下午", *ME, at=root)
    assert ran == Ran(
        3, "", "zhenggai：2020-07.办公室.k3.yaml 的编码不是 UTF-8，不能追加\n  下一步：先运行 zhenggai fmt\n"
    )
    assert tree(root) == before


def test_errors_elsewhere_are_said_and_do_not_stop_the_entry(zhenggai: Runner, root: Path) -> None:
    write(root, {"ledgers/p/城关镇/2020-05.办公室.aa.yaml": "- 编号：20200510-00000001\n"})
    ran = zhenggai("add", "1-1", "开会部署", *ME, at=root)
    assert ran.code == 1
    assert ran.out.startswith("已记录 20200701-cnan0007\n")
    assert "ledgers/p/城关镇/2020-05.办公室.aa.yaml:1" in ran.err


def test_of_several_plans_with_the_measure_one_must_be_named(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/q.yaml": PLAN.replace("编号: p\n", "编号: q\n", 1)})
    said = "zhenggai：这里有 2 个方案：p、q\n  下一步：用 --plan 指明一个\n"
    assert zhenggai("add", "1-1", "开会部署", *ME, at=root) == Ran(2, "", said)
    ran = zhenggai("add", "1-1", "开会部署", "--plan", "q", *ME, at=root)
    assert ran.out.splitlines()[-1] == "写入 ledgers/q/县教育局/2020-07.办公室.k3.yaml"


def test_while_another_writes_here_nothing_is_written(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_LOCK_SECONDS", 0)
    before = tree(root)
    with FileLock(root / ".zhenggai/lock"):
        ran = zhenggai("add", "1-1", "开会部署", *ME, at=root)
    assert ran == Ran(4, "", "zhenggai：另一个 zhenggai 正在写入\n  下一步：等它结束后再试\n")
    assert tree(root) == before


def test_a_successor_reaches_the_task_it_took_over_beside_its_own(zhenggai: Runner, root: Path) -> None:
    units = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-05-31, 并入: 城关镇}")
    write(root, {"plans/units.yaml": units})
    me = ("--unit", "城关镇", "--writer", "办公室")
    assert zhenggai("add", "1-1", "本镇的办法印发", *me, at=root).code == 0
    ran = zhenggai("add", "1-1", "原河东乡的办法接着办", "--for", "河东乡", *me, at=root)
    assert (ran.code, ran.err) == (0, "")
    written = (root / "ledgers/p/城关镇/2020-07.办公室.k3.yaml").read_text("utf-8")
    assert "单位: 河东乡" in written
    assert "代录" not in written
    assert zhenggai("check", at=root, now=NOW).code == 0


def test_an_entry_that_would_upset_later_ones_is_refused(zhenggai: Runner, root: Path) -> None:
    before = tree(root)
    ran = zhenggai("done", "1-2", "更早就办完了", "--date", "2020-06-01", *ME, at=root)
    assert ran == Ran(
        2,
        "",
        "zhenggai：没有写入：\n  ledgers/p/县教育局/2020-06.办公室.aa.yaml:1 的记录就不成立了：任务已完成，不能记“完成”\n"
        "    核对这一条；确实如此的，先由其记录单位作废，从最后一条起\n",
    )
    assert tree(root) == before


@pytest.mark.parametrize("book", ["", "单位: [", "单位: []\n", None])
def test_without_a_unit_book_it_is_not_the_unit_that_is_wrong(
    book: str | None, tmp_path: Path, zhenggai: Runner
) -> None:
    root = small_repo(tmp_path)
    if book is None:
        (root / "plans/units.yaml").unlink()
    else:
        (root / "plans/units.yaml").write_text(book, "utf-8")
    ran = zhenggai("add", "1-1", "开会研究", "--unit", "县教育局", "--writer", "办公室", at=root)
    assert (ran.code, ran.err) == (
        3,
        "zhenggai：单位册 plans/units.yaml 里读不出一个单位\n  下一步：zhenggai check 看错在哪里，改正后再试\n",
    )
    checked = zhenggai("check", at=root)
    assert (checked.code, "plans/units.yaml" in checked.out) == (1, True), checked
