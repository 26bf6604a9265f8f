"""``add`` at a terminal: a real process at one end of a pseudo-terminal, answered step by step at the other."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from small_repo import changed_files, small_repo, tree, write
from terminal import (
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    ESCAPE,
    LEFT,
    PATIENCE,
    SCRIPT,
    UP,
    Keys,
    pasted,
    read,
    shown,
    spoken,
)


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
    ("进度“一半”不是 0 到 100 的整数", f"{BACKSPACE * 2}60"),
    ("写入？", ""),
]


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 2)])
def test_a_bare_number_after_the_content_is_asked_about(root: Path, answer: str, code: int) -> None:
    before = tree(root)
    me = ("--unit", "县教育局", "--writer", "办公室")
    answers = [("60 是进度（60%）？", answer), *([ASKED[-1]] if code == 0 else [])]
    ran = spoken(root, "add", "1-1", "走访", "60", *me, answers=answers)
    assert ran.code == code, ran.out
    assert ("  进度: 60\n" in "".join(changed_files(before, root).values())) is (code == 0)


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
    again = [ASKED[2], ("记住", "n"), ASKED[4], ASKED[5], ("进度", ""), ("写入？", "")]
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
    ran = spoken(root, "add", answers=[*ASKED[:4], ("哪项措施", Keys(CTRL_D))])
    assert (ran.code, ran.out.splitlines()[-1]) == (130, "zhenggai：已取消，什么也没有改动")
    assert tree(root) == before


def test_a_lead_unit_that_records_for_another_is_asked_what_was_done(root: Path) -> None:
    me = ("--for", "县财政局", "--unit", "县委办公室", "--writer", "办公室")
    ran = spoken(root, "add", "2-1", *me, answers=[("做了什么", "集中学习"), ("进度", ""), ("写入？", "")])
    assert ran.code == 0, ran.out
    (text,) = (path.read_text("utf-8") for path in (root / "ledgers/p/县委办公室").iterdir())
    assert "  代录: 是\n  内容: 集中学习\n" in text


def test_a_wrong_measure_is_asked_for_again_before_the_next_question(root: Path) -> None:
    wrong = [("哪项措施（如 3-2）", "1-3"), ("最接近的有：2-3、1-2、1-1", f"{BACKSPACE}1")]
    ran = spoken(root, "add", answers=[*ASKED[:4], *wrong, *ASKED[5:]])
    assert ran.code == 0
    assert "方案中没有措施“1-3”" in ran.out


def test_a_unit_that_is_none_is_asked_for_again_and_never_kept(root: Path) -> None:
    git(root, "init", "-q")
    mended = ("最接近的有：县教育局", f"{BACKSPACE * 2}育局")
    ran = spoken(root, "add", answers=[("你是哪个单位", "教肓局"), mended, *ASKED[1:]])
    assert ran.code == 0
    assert "没有单位“教肓局”" in ran.out
    assert git(root, "config", "zhenggai.unit") == "县教育局\n"


def test_a_kept_unit_that_is_none_is_refused_with_the_place_to_mend_it(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "config", "zhenggai.unit", "教肓局")
    ran = spoken(root, "add", answers=[])
    assert ran.code == 2
    assert ran.out.endswith(
        "\n  下一步：加 --unit 单位，或设环境变量 ZHENGGAI_UNIT，或 git config zhenggai.unit 单位\n"
    )


def test_the_measures_that_can_have_a_progress_are_listed_with_the_most_urgent_first(root: Path) -> None:
    ran = spoken(root, "add", answers=[*ASKED[:4], ("哪项措施（如 3-2）", Keys(CTRL_D))])
    shown = ran.out.partition("哪项措施（如 3-2）：\n")[2].splitlines()
    assert shown[:2] == [
        "  1-2  未启动　截止 2020-03-16（逾期）　立即改正",
        "  1-1  整改中　截止 2020-06-30（逾期）　制定办法",
    ]


@pytest.mark.parametrize("word", ["是", "ｙ", "Y"])
def test_a_yes_may_be_chinese(root: Path, word: str) -> None:
    wrong = [("以后不再问？（y 是，n 否） [y]", "也许"), ("看不懂“也许”，写 y（是）或 n（否）", BACKSPACE * 2 + word)]
    assert spoken(root, "add", answers=[ASKED[0], *wrong, *ASKED[2:]]).code == 0


def test_a_wrong_measure_on_the_command_line_is_named_before_anything_is_asked(root: Path) -> None:
    for command in ("add", "apply", "extend"):
        ran = spoken(root, command, "9-1", answers=[])
        assert (ran.code, ran.out.splitlines()[0]) == (2, "zhenggai：方案中没有措施“9-1”")


def test_an_extension_after_the_due_date_is_refused_before_anything_is_asked(root: Path) -> None:
    ran = spoken(root, "extend", "1-1", *ME, answers=[])
    assert ran.code == 2
    assert "延期须在到期（2020-06-30）之前申请" in ran.out


@pytest.mark.parametrize(
    "words", [("—进度", "40"), ("－p", "４０％"), ("——percent＝40",), ("－p４０",), ("-进度", "40")]
)
def test_an_input_methods_dashes_are_those_of_options(root: Path, words: tuple[str, ...]) -> None:
    ran = spoken(root, "add", "1-1", "开会", "——unit", "县教育局", "—填报人", "办公室", *words, answers=[])
    assert ran.code == 0, ran.out
    assert "  进度: 40\n  内容: 开会\n" in (root / WRITTEN).read_text("utf-8")


def test_a_dash_before_no_option_is_named(root: Path) -> None:
    ran = spoken(root, "add", "1-1", "开会", "—快慢", "40", answers=[])
    assert ran.code == 2
    assert "没有选项 —快慢（前面是中文的破折号" in ran.out
    assert spoken(root, "add", "1-1", "——开会", "-p", "40", *ME, answers=[]).code == 0  # a text may begin so


ME = ("--unit", "县教育局", "--writer", "办公室")
TEXT, PERCENT, CONFIRM = "做了什么（一两句话）", "进度（0 到 100，不填则不变）", "写入？"
WRITTEN = "ledgers/p/县教育局/2020-07.办公室.k3.yaml"


def test_a_paste_of_several_lines_is_one_answer(root: Path) -> None:
    pasted_text = Keys(pasted("开会三次\n77\ny\n") + ENTER)
    ran = spoken(root, "add", "1-1", *ME, answers=[(TEXT, pasted_text), (PERCENT, "60"), (CONFIRM, "")])
    assert ran.code == 0
    assert "  内容：开会三次\n    77\n    y\n" in ran.out
    written = (root / WRITTEN).read_text("utf-8")
    assert '  进度: 60\n  内容: "开会三次\\n77\\ny"\n' in written


def test_lines_that_come_without_a_terminals_paste_marks_answer_no_further_question(root: Path) -> None:
    lines = Keys("开会三次\r77\ry\r")
    ran = spoken(root, "add", "1-1", *ME, answers=[(TEXT, lines), (PERCENT, "60"), (CONFIRM, "")])
    assert ran.code == 0
    assert "  进度: 60\n  内容: 开会三次\n" in (root / WRITTEN).read_text("utf-8")


def test_what_is_left_in_the_input_is_no_command_for_the_shell(root: Path) -> None:
    here, there = os.openpty()  # the test keeps the program's end, as a shell does
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "add", "1-1", "-p", "60", *ME],
        cwd=root,
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
    )
    screen = b""
    for question, answer in ((TEXT, "开会\r"), (CONFIRM, "y\rrm -rf 台账\r")):
        while question not in shown(screen):
            screen += read(here)
        os.write(here, answer.encode())
    assert process.wait(PATIENCE) == 0
    assert select.select([there], [], [], 0)[0] == []
    os.close(here)
    os.close(there)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (f"督办{LEFT}查{ENTER}", "督查办"),
        (f"督查{BACKSPACE}办{ENTER}", "督办"),
        (f"abc{LEFT * 2}甲{ENTER}", "a甲bc"),
    ],
)
def test_arrow_keys_edit_the_line(root: Path, keys: str, text: str) -> None:
    ran = spoken(root, "add", "1-1", "-p", "60", *ME, answers=[(TEXT, Keys(keys)), (CONFIRM, "y")])
    assert ran.code == 0, ran.out
    assert f"  内容: {text}\n" in (root / WRITTEN).read_text("utf-8")


@pytest.mark.parametrize("at", range(len(ASKED)))
def test_giving_up_at_any_question_leaves_everything_as_it_was(root: Path, at: int) -> None:
    git(root, "init", "-q")
    before = tree(root)
    ran = spoken(root, "add", answers=[*ASKED[:at], (ASKED[at][0], Keys(CTRL_C))])
    assert (ran.code, ran.out.splitlines()[-1]) == (130, "zhenggai：已取消，什么也没有改动")
    assert tree(root) == before


@pytest.mark.parametrize("keys", [ESCAPE, f"督办{ESCAPE}", CTRL_D])
def test_escape_and_an_end_give_up_too(root: Path, keys: str) -> None:
    before = tree(root)
    ran = spoken(root, "add", "1-1", *ME, answers=[(TEXT, Keys(keys))])
    assert (ran.code, ran.out.splitlines()[-1]) == (130, "zhenggai：已取消，什么也没有改动")
    assert tree(root) == before


@pytest.mark.parametrize(
    "given_up", [[(TEXT, Keys(f"摸底到户{CTRL_C}"))], [(TEXT, pasted("摸底到户")), (PERCENT, ""), (CONFIRM, "否")]]
)
def test_a_text_that_was_given_up_comes_back_with_the_arrow_key(root: Path, given_up: list[tuple[str, str]]) -> None:
    spoken(root, "add", "1-1", *ME, answers=given_up)
    ran = spoken(root, "add", "1-1", *ME, answers=[(TEXT, Keys(f"{UP}，入册{ENTER}")), (PERCENT, ""), (CONFIRM, "y")])
    assert ran.code == 0, ran.out
    assert "  内容: 摸底到户，入册\n" in (root / WRITTEN).read_text("utf-8")


def test_a_history_that_cannot_be_kept_or_read_is_done_without(root: Path) -> None:
    (root / ".zhenggai/typed").mkdir(parents=True)
    ran = spoken(root, "add", "1-1", *ME, answers=[(TEXT, Keys(f"{UP}开会{ENTER}")), (PERCENT, ""), (CONFIRM, "y")])
    assert ran.code == 0, ran.out


def test_an_entry_that_was_asked_for_is_shown_whole_and_may_be_refused(root: Path) -> None:
    before = tree(root)
    ran = spoken(root, "add", "1-1", *ME, answers=[(TEXT, "开会"), (PERCENT, ""), (CONFIRM, "否")])
    assert (ran.code, ran.out.splitlines()[-1]) == (2, "zhenggai：已取消，什么也没有改动")
    for line in ("日期：2020-07-01", "措施：1-1", "事项：进展", "进度：40", "内容：开会", "填报人：办公室"):
        assert f"  {line}\n" in ran.out
    assert tree(root) == before


@pytest.mark.parametrize(("typed", "meant"), [("６０", "60"), ("６０％", "60"), ("60%", "60")])
def test_an_input_methods_digits_and_signs_are_read(root: Path, typed: str, meant: str) -> None:
    answers = [("哪项措施", "１－１"), (TEXT, "开会"), (PERCENT, typed), (CONFIRM, "ｙ")]
    assert spoken(root, "add", *ME, answers=answers).code == 0
    assert f"  措施: 1-1\n  事项: 进展\n  进度: {meant}\n" in (root / WRITTEN).read_text("utf-8")


def test_a_choice_is_picked_by_arrow_keys(root: Path) -> None:
    answers = [("哪项措施", Keys(DOWN * 2 + ENTER)), (TEXT, "开会"), (PERCENT, ""), (CONFIRM, "")]
    ran = spoken(root, "add", *ME, answers=answers)
    assert ran.code == 0
    assert "  措施: 1-1\n" in (root / WRITTEN).read_text("utf-8")


def test_what_was_typed_ahead_is_thrown_away_with_its_enter(root: Path) -> None:
    """The answer to the next question, typed too early: neither it nor its Enter counts."""
    ran = spoken(
        root, "add", "1-1", *ME, answers=[(TEXT, Keys(f"开会{ENTER}77{ENTER}")), (PERCENT, "55"), (CONFIRM, "y")]
    )
    assert ran.code == 0, ran.out
    assert "  进度: 55\n" in (root / WRITTEN).read_text("utf-8")


PASTED = pasted("甲\n乙")


def test_ctrl_u_clears_the_whole_answer(root: Path) -> None:
    answers = [(TEXT, Keys(f"{PASTED}\x15丙{ENTER}")), (PERCENT, "120"), ("Ctrl-U 清空重写", "\x1560"), (CONFIRM, "y")]
    ran = spoken(root, "add", "1-1", *ME, answers=answers)
    assert ran.code == 0, ran.out
    assert "  进度: 60\n  内容: 丙\n" in (root / WRITTEN).read_text("utf-8")


def test_an_enter_alone_picks_nothing_from_a_list(root: Path) -> None:
    answers = [("哪项措施", ""), ("从上面选一个", Keys(CTRL_C))]
    assert spoken(root, "add", *ME, answers=answers).code == 130


def test_a_choice_is_found_by_the_initials_of_its_pinyin(root: Path) -> None:
    ran = spoken(root, "add", answers=[("你是哪个单位", "xjyj"), ("记住“县教育局”", Keys(CTRL_C))])
    assert ran.code == 130


def test_a_word_that_fits_several_choices_is_explained(root: Path) -> None:
    ran = spoken(
        root, "add", answers=[("你是哪个单位", "xw"), ("与“xw”相近的有 3 个，再写几个字，或用 ↑↓ 选", Keys(CTRL_C))]
    )
    assert ran.code == 130


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
