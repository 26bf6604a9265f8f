"""Completion as it is typed: bash, zsh and fish at a pseudo-terminal, set up by ``zhenggai completion install``."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from small_repo import GIT_FREE, small_repo
from terminal import PATIENCE, read, shown

TAB, SHOW = "\t", "\x14"
BEGUN = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"
AT_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
PROGRAMS = Path(sys.executable).parent
SETTINGS = {  # a prompt to wait for, and Ctrl-T, which prints the line between angle brackets
    "bash": (".bashrc", "PS1='ready> '\nbind -x '\"\\C-t\": echo \"<$READLINE_LINE>\"'\n"),
    "zsh": (
        ".zshrc",
        "PS1='ready> '\nshow-line() { print -r -- \"<$BUFFER>\"; zle redisplay }\n"
        "zle -N show-line\nbindkey '^T' show-line\n",
    ),
    "fish": (
        ".config/fish/config.fish",
        "set fish_greeting\nfunction fish_prompt; echo 'ready> '; end\nbind \\ct 'echo \"<\"(commandline)\">\"'\n",
    ),
}


class Prompt:
    """A shell at a terminal, in the folder of a ledger."""

    def __init__(self, shell: str, root: Path, home: Path, columns: int = 100) -> None:
        import pty  # imported here, since Windows has none

        name, settings = SETTINGS[shell]
        environment = GIT_FREE | {
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "TERM": "xterm",
            "ZHENGGAI_UNIT": "县教育局",
        }
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(settings)
        install = [sys.executable, "-m", "zhenggai", "completion", "install", shell]
        subprocess.run(install, cwd=root, env=environment, capture_output=True, check=True)
        self._terminal, there = pty.openpty()
        _resize(there, columns)
        self._process = subprocess.Popen(
            [sys.executable, "-c", AT_TERMINAL, shell, "-i"],
            cwd=root,
            env=environment,
            stdin=there,
            stdout=there,
            stderr=there,
            start_new_session=True,
        )
        os.close(there)
        self._screen, self._seen = b"", 0
        self.wait_for("ready> ")

    def press(self, keys: str) -> None:
        """Press some keys."""
        os.write(self._terminal, keys.encode())

    def wait_for(self, text: str) -> str:
        """What is shown from the last such call on, up to a text."""
        while text not in (new := shown(self._screen[self._seen :])):
            more = read(self._terminal, self._screen)
            assert more, f"the shell ended before “{text}”:\n{new}"
            self._screen += more
        self._seen = len(self._screen)
        return new

    def line_after(self, keys: str) -> str:
        """The command line after some keys. It is cleared again."""
        self.press(keys)
        self.press(SHOW)
        said = self.wait_for(">\n")
        while "<" not in said:  # the > of a prompt that was drawn anew
            said = self.wait_for(">\n")
        self.press("\x15")
        return said.rpartition("<")[2].partition(">")[0]

    def close(self) -> None:
        os.killpg(self._process.pid, signal.SIGHUP)
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._terminal)


def _resize(terminal: int, columns: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))


@pytest.fixture(params=list(SETTINGS), scope="module")
def prompt(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prompt]:
    """The prompt of each shell."""
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    folder = tmp_path_factory.mktemp(shell)
    prompt = Prompt(shell, small_repo(folder / "台账", BEGUN), folder)
    yield prompt
    prompt.close()


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("zhenggai sh", "zhenggai show "),
        ("zg ov", "zg overdue "),
        ("zhenggai 总", "zhenggai 总览 "),
        ("zhenggai show 1-", "zhenggai show 1-"),  # two of them
        ("zhenggai show 2-3", "zhenggai show 2-3 "),
        ("zhenggai status --unit xjyj", "zhenggai status --unit 县教育局 "),
        ("zhenggai status --unit 教育", "zhenggai status --unit 县教育局 "),
        ("zg status --unit=县教", "zg status --unit=县教育局 "),
        ("zhenggai status --st", "zhenggai status --state "),
        ("zhenggai status --state 整", "zhenggai status --state 整改中 "),
        ("zhenggai status --状态 yx", "zhenggai status --状态 已销号 "),
        ("zhenggai correct 0", "zhenggai correct 00000001 "),
        ("zhenggai correct 00000001 进", "zhenggai correct 00000001 进度="),
        ("zhenggai fmt pl", "zhenggai fmt plans/"),
        ("zhenggai schema -o led", "zhenggai schema -o ledgers/"),
        ("zhenggai add 1-1 --date pl", "zhenggai add 1-1 --date pl"),  # a date is no file
    ],
)
def test_what_tab_makes_of_a_line(prompt: Prompt, typed: str, completed: str) -> None:
    assert prompt.line_after(typed + TAB) == completed


def test_several_are_shown_with_what_they_say(prompt: Prompt) -> None:
    prompt.press("zhenggai show 2-" + TAB + TAB)
    assert "坚持学习" in prompt.wait_for("分步推进")
    prompt.line_after("")


def test_several_by_pinyin_are_shown_and_narrowed(prompt: Prompt) -> None:
    prompt.press("zhenggai status --unit xw" + TAB + TAB)
    assert "组织部" in prompt.wait_for("督查局")  # fish colours what they begin with
    prompt.line_after("")


def test_a_program_that_is_not_there_says_nothing(prompt: Prompt) -> None:
    prompt.press("/gone/zhenggai sh" + TAB + SHOW)
    said = prompt.wait_for(">\n")
    prompt.line_after("")
    assert "zhenggai.fish" not in said
    assert "<" in said
