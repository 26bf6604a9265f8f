"""``init`` at a terminal: a county of its own, or one that is fetched, by questions."""

import shutil
import subprocess
from pathlib import Path

import pytest

from small_repo import SHIPPED, Runner, tree
from terminal import CTRL_C, DOWN, ENTER, ESCAPE, Keys, pasted, spoken
from zhenggai.ledger import MAKE_PLAN

CLEAR = "\x15"  # Ctrl-U
TITLE, NUMBER, YEAR, ISSUED, UNTIL = "方案标题", "编号（", "年度 [2020]", "印发日期", "整改到什么时候"
UNITS, RIGHT, ME, WRITER = "有哪些单位", "这样分类", "我是哪个单位", "填报人"
REVIEW, SUPERVISOR, SERVER, WRITE = "谁复核", "谁督办", "服务器地址", "写入？"
COURSE, ADDRESS = "新建台账，还是取回已有的", "服务器地址（或文件夹"

LIST = pasted("1. 县委组织部\n2. 县委督查局；\n\n3. 县教育局\t教育局\n城关镇、河东乡\n县教育局") + ENTER
ANSWERS = [
    (COURSE, ""),
    (TITLE, "《基层党建问题整改方案》"),
    (NUMBER, ""),
    (YEAR, ""),
    (ISSUED, "3月30日"),
    (UNTIL, ""),
    (UNITS, Keys(LIST)),
    (RIGHT, ""),
    (ME, "xwzzb"),
    (WRITER, "党建科"),
    (REVIEW, ""),
    (SUPERVISOR, ""),
    (SERVER, ""),
    (WRITE, ""),
]


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    """An empty folder."""
    empty = tmp_path / "台账"
    empty.mkdir()
    return empty


def git(folder: Path, *arguments: str) -> str:
    """What git said."""
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8").stdout


def answered(**instead: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``ANSWERS``, with others in place of those named by their first answer's question (``NUMBER`` …)."""
    found: list[tuple[str, str]] = []
    for question, answer in ANSWERS:
        name = next((name for name in instead if globals()[name] == question), None)
        found += instead[name] if name else [(question, answer)]
    return found


def test_a_county_is_begun_by_questions(folder: Path, zhenggai: Runner) -> None:
    ran = spoken(folder, "init", answers=ANSWERS)
    assert ran.code == 0, ran.out
    assert "注意：写了两次，只留一个：县教育局\n" in ran.out
    assert "县委部门 2  县委组织部、县委督查局\n" in ran.out
    plan = (folder / "plans/jcdj-2020.yaml").read_text("utf-8")
    assert "标题: 基层党建问题整改方案\n年度: 2020\n印发日期: 2020-03-30\n" in plan
    assert "审核: {初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}\n督办单位: 县委督查局\n" in plan
    units = (folder / "plans/units.yaml").read_text("utf-8")
    assert "管理: [党建科@县委组织部]\n" in units
    assert "- {名称: 县委组织部, 简称: [组织部], 类别: 县委部门, 身份: [党建科@县委组织部]}\n" in units
    assert git(folder, "config", "user.email") == "党建科@县委组织部\n"
    assert ran.out.endswith("下一步：zhenggai edit，填写 plans/jcdj-2020.yaml，存盘后自动检查\n")
    checked = zhenggai("check", at=folder)
    assert checked.code == 0
    gaps = [line.partition(" — ")[0].rpartition(": ")[2] for line in checked.out.splitlines() if "样本" in line]
    assert gaps == [
        "还是样本里的“（把反馈的问题写在这里）”",
        "还是样本里的“（把整改措施写在这里）”",
        "还是样本里的“（责任人的岗位）”",
    ]
    assert "（警告）" in checked.out
    assert spoken(folder, "init", answers=[]).out == "已经齐备，没有改动\n"


def test_a_county_that_has_its_plan_as_a_paper_is_begun_without_one(folder: Path) -> None:
    answers = [(COURSE, ""), (TITLE, ""), *ANSWERS[6:10], (SERVER, ""), (WRITE, "")]
    ran = spoken(folder, "init", answers=answers)
    assert ran.code == 0, ran.out
    assert "方案    建好以后用 zhenggai draft 从文件起草\n" in ran.out
    assert ran.out.endswith(f"还没有方案。{MAKE_PLAN}\n")
    assert [path.name for path in (folder / "plans").glob("*.yaml")] == ["units.yaml"]


def test_completion_is_set_up_with_it_where_the_shell_is_known(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/bin/bash")
    given_up = spoken(folder, "init", answers=[*ANSWERS[:-1], (WRITE, "n")])
    assert (given_up.code, list(folder.iterdir()), list(home.iterdir())) == (2, [], [])
    ran = spoken(folder, "init", answers=ANSWERS)
    assert "补全    装到 bash：按 Tab 补命令、单位、措施" in ran.out
    assert "zhenggai completion" in (home / ".bashrc").read_text("utf-8")
    assert "zhenggai completion install" not in spoken(folder, "init", answers=[]).out


@pytest.mark.parametrize("at", range(len(ANSWERS)))
def test_giving_up_at_any_question_leaves_nothing(folder: Path, at: int) -> None:
    ran = spoken(folder, "init", answers=[*ANSWERS[:at], (ANSWERS[at][0], Keys(ESCAPE if at % 2 else CTRL_C))])
    assert (ran.code, ran.out.splitlines()[-1]) == (130, "zhenggai：已取消，什么也没有改动")
    assert list(folder.iterdir()) == []


WRONG = {
    "NUMBER": [
        (NUMBER, "jcdj 2020"),
        ("可写 jcdj-2020", f"{CLEAR}units"),
        ("units 是别的文件的名称", f"{CLEAR}ｊｃｄｊ－２０２０"),
    ],
    "YEAR": [(YEAR, "二〇"), ("不是 1900 到 2999 的整数", f"{CLEAR}2020年")],
    "ISSUED": [(ISSUED, "三月里"), ("“三月里”不是日期", f"{CLEAR}2020年３月30日")],
    "UNTIL": [
        (UNTIL, "尽快"),
        ("“尽快”没有最后一天", f"{CLEAR}2020年1月底前"),
        ("早于印发日期 2020-03-30", f"{CLEAR}2020年12月底前"),
    ],
    "UNITS": [(UNITS, "1"), ("读不出一个单位", Keys(CLEAR + LIST))],
    "ME": [(ME, "县财政局"), ("没有单位“县财政局”", f"{CLEAR}县委组织部")],
    "WRITER": [(WRITER, "党建/科"), ("填报人不能用", f"{CLEAR}党建科")],
}


def test_wrong_answers_are_explained_and_mended(folder: Path) -> None:
    ran = spoken(folder, "init", answers=answered(**WRONG))
    assert ran.code == 0, ran.out
    text = (folder / "plans/jcdj-2020.yaml").read_text("utf-8")
    assert "编号: jcdj-2020\n标题: 基层党建问题整改方案\n年度: 2020\n印发日期: 2020-03-30\n" in text
    assert "时限: 2020年12月底前}\n" in text


def test_the_classes_can_be_corrected(folder: Path) -> None:
    again = [(RIGHT, "n"), ("县直单位：县教育局\n乡镇：城关镇、河东乡", Keys("、东街社区\r")), ("共 6 个单位", "")]
    ran = spoken(folder, "init", answers=answered(RIGHT=again))
    assert ran.code == 0, ran.out
    assert "- {名称: 东街社区, 类别: 乡镇}\n" in (folder / "plans/units.yaml").read_text("utf-8")


@pytest.fixture
def county(folder: Path, zhenggai: Runner, tmp_path: Path) -> Path:
    """A server that has the ledger of a county."""
    assert zhenggai("init", "--server", "共享.git", at=tmp_path).code == 0
    (tmp_path / "单位.txt").write_text("县委组织部\n县委督查局\n县教育局\n城关镇\n", "utf-8")
    options = ("--title", "基层党建整改方案", "--units", "单位.txt", "--unit", "县委组织部", "--writer", "党建科")
    ran = zhenggai("init", "台账", *options, "--remote", "共享.git", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert f"设置 服务器 = {tmp_path}/共享.git\n" in ran.out
    assert zhenggai("sync", at=folder).code == 0
    return tmp_path / "共享.git"


def test_a_ledger_is_fetched_by_questions(county: Path, tmp_path: Path, zhenggai: Runner) -> None:
    here = tmp_path / "县教育局"
    here.mkdir()
    answers = [
        (COURSE, "取回"),
        (ADDRESS, "../没有"),
        (ADDRESS, f"{CLEAR}../共享.git"),
        (ME, "教育局"),
        (WRITER, "办公室"),
        (WRITE, ""),
    ]
    ran = spoken(here, "init", answers=answers)
    assert ran.code == 0, ran.out
    assert "没有 ../没有 这个文件夹或文件" in ran.out
    assert git(here, "config", "user.email") == "办公室@县教育局\n"
    assert (
        "把这一行发给管理（党建科@县委组织部），替换 plans/units.yaml 里“县教育局”那一行："
        "- {名称: 县教育局, 简称: [教育局], 类别: 县直单位, 身份: [办公室@县教育局]}\n" in ran.out
    )
    assert ran.out.endswith("下一步：zhenggai todo\n")
    assert sorted(path.name for path in here.iterdir()) == [
        ".git",
        ".gitattributes",
        ".gitignore",
        ".vscode",
        "ledgers",
        "plans",
    ]
    assert zhenggai("sync", at=here).code == 0


def test_what_options_leave_open_is_asked_for(county: Path, tmp_path: Path) -> None:
    ran = spoken(
        tmp_path, "init", "新", "--from", "共享.git", "--unit", "教育局", answers=[(WRITER, "办公室"), (WRITE, "")]
    )
    assert ran.code == 0, ran.out
    assert git(tmp_path / "新", "config", "zhenggai.writer") == "办公室\n"


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_giving_up_what_was_fetched_leaves_nothing(county: Path, tmp_path: Path, at: int) -> None:
    here = tmp_path / "县教育局"
    here.mkdir()
    answers = [(COURSE, "取回"), (ADDRESS, "../共享.git"), (ME, "教育局"), (WRITER, "办公室"), (WRITE, "")]
    ran = spoken(here, "init", answers=[*answers[:at], (answers[at][0], Keys(CTRL_C))])
    assert ran.code == 130
    assert list(here.iterdir()) == []


def test_options_alone_fetch_a_ledger(county: Path, tmp_path: Path, zhenggai: Runner) -> None:
    who = ("--unit", "教育局", "--writer", "办公室")
    ran = zhenggai("init", "县教育局", "--from", "共享.git", *who, at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("取回 共享.git（4 个单位）\n")
    assert ran.out.endswith("下一步：cd 县教育局，再运行 zhenggai todo\n")
    again = zhenggai("init", "县教育局", "--from", "共享.git", *who, at=tmp_path)
    assert (again.code, again.out) == (2, "")
    assert "县教育局 里已有文件，没有取回\n  下一步：" in again.err


REFUSED = (
    (("--from", "没有.git"), "没有 没有.git 这个文件夹或文件"),
    (("--from", "file:///没有.git"), "取回没有成功：远程地址不对"),
    (("--title", "整改", "--remote", "没有.git"), "没有 没有.git 这个文件夹或文件"),
    (("--from", "空.git"), "空.git 里还没有台账"),
    (("--from", "别的"), "别的 不是整改台账"),
    (("--from", "共享.git", "--unit", "县财政局"), "没有单位“县财政局”"),
    (("--from", "共享.git", "--title", "整改方案"), "--from 取回已有的台账"),
    (("--from", "共享.git", "--year", "2026"), "--from 取回已有的台账"),
    (("--from", "共享.git", "--writer", "a/b"), "填报人不能用"),
    (("--year", "2026"), "没有写是哪个方案"),
    (("--units", "没有.txt"), "没有文件 没有.txt"),
    (("--units", "空.txt"), "空.txt 里读不出一个单位"),
    (("--title", "整改", "--until", "尽快"), "“尽快”没有最后一天"),
    (("--plan", "a b"), "里面有空格，可写 a-b"),
)


def test_what_cannot_be_is_refused_and_leaves_nothing(county: Path, tmp_path: Path, zhenggai: Runner) -> None:
    git(tmp_path, "init", "-q", "--bare", "空.git")
    git(tmp_path, "init", "-q", "别的")
    git(tmp_path / "别的", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x")
    (tmp_path / "空.txt").write_text("\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    for words, said in REFUSED:
        ran = zhenggai("init", "新", *words, at=tmp_path)
        assert ran.code != 0, words
        assert ran.out == ""
        assert said in ran.err
        assert sorted(tmp_path.iterdir()) == before, words


def test_a_bundle_is_fetched_too(county: Path, folder: Path, tmp_path: Path, zhenggai: Runner) -> None:
    git(folder, "bundle", "create", "-q", str(tmp_path / "台账.bundle"), "main")
    ran = zhenggai("init", "新", "--from", "台账.bundle", "--unit", "教育局", "--writer", "办公室", at=tmp_path)
    assert ran.code == 0, ran.err
    assert git(tmp_path / "新", "symbolic-ref", "HEAD") == "refs/heads/main\n"
    assert zhenggai("check", at=tmp_path / "新").code == 0


def test_a_server_that_has_a_ledger_or_does_not_answer_is_named(county: Path, tmp_path: Path) -> None:
    here = tmp_path / "新"
    here.mkdir()
    another = [
        (SERVER, "../共享.git"),
        ("怎么办", "改地址"),
        (SERVER, f"{CLEAR}../没有.git"),
        ("怎么办", "不要服务器"),
    ]
    ran = spoken(here, "init", answers=answered(SERVER=another))
    assert ran.code == 0, ran.out
    assert "../共享.git 里已有台账：要用它" in ran.out
    assert "没有 ../没有.git 这个文件夹或文件" in ran.out
    assert git(here, "remote") == ""


def test_beside_other_files_and_in_the_shipped_ledger_a_folder_is_asked_for(folder: Path) -> None:
    (folder / "照片.jpg").write_bytes(b"")
    (folder / "旧").mkdir()
    (folder / "旧/a").write_bytes(b"")
    where = [("建在哪个文件夹 [整改台账]", "旧"), ("里已有别的文件，换一个名字", f"{CLEAR}新"), *ANSWERS]
    ran = spoken(folder, "init", answers=where)
    assert ran.code == 0, ran.out
    assert ran.out.endswith("再运行 zhenggai edit，填写 plans/jcdj-2020.yaml，存盘后自动检查\n")
    assert (folder / "新/plans/jcdj-2020.yaml").exists()
    shutil.copytree(SHIPPED / "plans", folder / "程序/plans")
    before = tree(folder / "程序")
    ran = spoken(folder / "程序", "init", answers=[("建在哪个文件夹 [../我的台账]", ""), *ANSWERS])
    assert ran.code == 0, ran.out
    assert (folder / "我的台账/plans/jcdj-2020.yaml").exists()
    assert tree(folder / "程序") == before


def test_a_ledger_without_a_plan_is_asked_for_the_plan_only(folder: Path, zhenggai: Runner) -> None:
    ran = zhenggai("init", at=folder)
    assert ran.out.endswith(f"还没有方案。{MAKE_PLAN}\n")
    of_plan = [("现在建一个", ""), *ANSWERS[1:6], (REVIEW, ""), (SUPERVISOR, ""), (WRITE, "")]
    ran = spoken(folder, "init", answers=[("本单位", "县委组织部"), (WRITER, "党建科"), *of_plan])
    assert ran.code == 0, ran.out
    assert "新建 plans/jcdj-2020.yaml\n" in ran.out


def test_without_git_a_county_is_begun_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    ran = spoken(folder, "init", answers=[(COURSE, "取回"), (ADDRESS, "a")])
    assert (ran.code, ran.out.splitlines()[-1]) == (5, "  下一步：装好 git 再取；自己新建台账不用 git")
    without = [pair for pair in ANSWERS if pair[0] not in (WRITER, SERVER)]
    ran = spoken(folder, "init", answers=without)
    assert ran.code == 0, ran.out
    assert "没有装 git，sync 和 audit 用不了，其余照常" in ran.out
    assert (folder / "plans/jcdj-2020.yaml").exists()


def test_a_choice_is_taken_with_the_arrow_keys(folder: Path) -> None:
    ran = spoken(folder, "init", answers=[(COURSE, Keys(DOWN + ENTER)), (ADDRESS, Keys(CTRL_C))])
    assert ran.code == 130


def test_units_come_on_standard_input_too(folder: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("县教育局、城关镇、张三".encode("gbk"))))
    ran = zhenggai("init", "--units", "-", at=folder)
    assert (ran.code, ran.err) == (0, "注意：看不出是哪一类，先不归类：张三\n")
    assert "- {名称: 城关镇, 类别: 乡镇}\n# 还没有归类的\n- 张三\n" in (folder / "plans/units.yaml").read_text("utf-8")
