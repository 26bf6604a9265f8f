"""``add`` at a terminal: a real process at one end of a pseudo-terminal, answered step by step at the other."""

import subprocess
from pathlib import Path

import pytest

from small_repo import small_repo, tree, write
from terminal import spoken


def git(folder: Path, *arguments: str) -> str:
    """What git said."""
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    return write(small_repo(tmp_path, "04-10 县教育局 进展 1-1 进度=40"), {".zhenggai/clone": "k3"})


ASKED = [
    ("你是哪个单位", "教育局"),
    ("记住“县教育局”，以后不再问？", "y"),
    ("填报人（岗位或科室，如 办公室）", "办公室"),
    ("记住“办公室”，以后不再问？", "n"),
    ("哪项措施（如 3-2）", "1-1"),
    ("做了什么（一两句话）", "印发办法初稿"),
    ("进度（0 到 100，不填则不变）", "一半"),
    ("进度（0 到 100，不填则不变）", "60"),
]


def test_what_is_missing_is_asked_for_step_by_step(root: Path) -> None:
    ran = spoken(root, "add", answers=ASKED)
    assert ran.code == 0, ran.out
    assert "已记录 20200701-cnan" in ran.out
    assert "写入 ledgers/p/县教育局/2020-07.办公室.k3.yaml" in ran.out
    written = (root / "ledgers/p/县教育局/2020-07.办公室.k3.yaml").read_text("utf-8")
    assert written.partition("\n")[2] == (
        "  日期: 2020-07-01\n  措施: 1-1\n  事项: 进展\n  进度: 60\n  内容: 印发办法初稿\n  填报人: 办公室\n"
    )


def test_an_answer_is_kept_in_the_clones_settings_when_wished(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    assert spoken(root, "add", answers=ASKED).code == 0
    settings = subprocess.run(["git", "config", "--get-regexp", "zhenggai"], cwd=root, capture_output=True, check=True)
    assert settings.stdout.decode() == "zhenggai.unit 县教育局\n"
    again = [ASKED[2], ("记住", "n"), ASKED[4], ASKED[5], ("进度", "")]
    assert spoken(root, "add", answers=again).code == 0


def test_outside_git_it_says_that_nothing_was_kept(root: Path) -> None:
    ran = spoken(root, "add", answers=ASKED)
    assert "这里不是 git 仓库，没有记住；可设环境变量 ZHENGGAI_UNIT" in ran.out


def test_what_was_given_is_not_asked_for(root: Path) -> None:
    ran = spoken(root, "add", "1-1", "印发办法初稿", "-p", "60", "--unit", "县教育局", "--writer", "办公室", answers=[])
    assert ran.code == 0
    assert ran.out.startswith("已记录 ")


def test_an_end_instead_of_an_answer_writes_nothing(root: Path) -> None:
    before = tree(root)
    ran = spoken(root, "add", answers=[*ASKED[:4], ("哪项措施", "\x04")])
    assert (ran.code, ran.out.splitlines()[-1]) == (130, "zhenggai：已取消，什么也没有改动")
    assert tree(root) == before


def test_a_wrong_measure_is_asked_for_again_before_the_next_question(root: Path) -> None:
    ran = spoken(root, "add", answers=[*ASKED[:4], ("哪项措施（如 3-2）", "1-3"), *ASKED[4:]])
    assert ran.code == 0
    assert "方案中没有措施“1-3”\n  最接近的有：2-3、1-2、1-1\n哪项措施（如 3-2）" in ran.out


def test_a_unit_that_is_none_is_asked_for_again_and_never_kept(root: Path) -> None:
    git(root, "init", "-q")
    ran = spoken(root, "add", answers=[("你是哪个单位", "教肓局"), *ASKED])
    assert ran.code == 0
    assert "没有单位“教肓局”\n  最接近的有：教育局、县教育局\n你是哪个单位" in ran.out
    assert git(root, "config", "zhenggai.unit") == "县教育局\n"


def test_a_kept_unit_that_is_none_is_refused_with_the_place_to_mend_it(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "config", "zhenggai.unit", "教肓局")
    ran = spoken(root, "add", answers=[])
    assert ran.code == 2
    assert ran.out.endswith(
        "\n  下一步：加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位\n"
    )


def test_the_measures_that_can_have_a_progress_are_shown_first(root: Path) -> None:
    ran = spoken(root, "add", answers=[*ASKED[:4], ("哪项措施（如 3-2）", "\x04")])
    shown = ran.out.partition("  1-1 ")[2].splitlines()
    assert shown[0].endswith("（整改中）")


@pytest.mark.parametrize("word", ["是", "ｙ", "Y"])
def test_a_yes_may_be_chinese(root: Path, word: str) -> None:
    again = ("记住“县教育局”，以后不再问？（y 是，n 否） [y]", "也许")
    ran = spoken(root, "add", answers=[ASKED[0], again, (again[0], word), *ASKED[2:]])
    assert ran.code == 0
    assert "看不懂“也许”，写 y（是）或 n（否）\n" in ran.out


@pytest.mark.parametrize("columns", [40, 80])
def test_a_list_at_a_terminal_keeps_to_its_width(root: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from wcwidth import wcswidth

    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    ran = spoken(root, "status", answers=[])
    assert ran.code == 0
    assert "学习不深入" in ran.out
    assert max(wcswidth(line) for line in ran.out.splitlines()) <= columns
