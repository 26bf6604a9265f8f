"""A long answer at a terminal goes through a pager."""

import os
import select
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from small_repo import SHIPPED
from terminal import CTRL_C, SCRIPT, read, shown

HEAD = "基层党建问题整改专项行动方案：逾期任务"
ASKED = ("overdue", "--as-of", "2020-12-31")  # 40 lines and more


def at_a_terminal(*arguments: str, lines: int = 24, keys: str = "", **environment: str) -> tuple[int, str]:
    """The exit code and the screen of a run in a window with so many lines. The keys are pressed once something is shown."""
    import fcntl  # imported here, since Windows has none of them
    import pty
    import termios

    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 100, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("PAGER", "LESS")}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=SHIPPED,
        env=kept | {"TERM": "xterm"} | environment,
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 — so that Ctrl-C is a signal
    )
    os.close(there)
    screen = b""
    for key in keys:
        while HEAD not in shown(screen):
            screen += read(here, screen)
        os.write(here, key.encode())
    while True:
        if keys and not select.select([here], [], [], 5)[0]:
            os.write(here, keys[-1].encode())  # less only rings at a Ctrl-C between its prompt and waiting for a key
        if not (more := read(here, screen)):
            break
        screen += more
    os.close(here)
    return process.wait(30), shown(screen)


@pytest.fixture
def reader(tmp_path: Path) -> str:
    """A pager that says that it is one."""
    script = tmp_path / "reader.py"
    script.write_text(
        "import os, sys\nprint(sys.argv[1:], os.environ['LESS'][:3])\nsys.stdout.write(sys.stdin.read())", "utf-8"
    )
    return f"{sys.executable} {script} 'two words'"


def test_what_is_longer_than_the_screen_goes_to_the_pager(reader: str) -> None:
    code, screen = at_a_terminal(*ASKED, PAGER=reader)
    assert (code, screen.splitlines()[0]) == (0, "['two words'] FRX")
    assert HEAD in screen


@pytest.mark.parametrize(
    ("arguments", "lines", "environment"),
    [
        ((), 200, {}),
        ((), 0, {}),  # a terminal without a size
        (("--no-pager",), 24, {}),
        (("--不分页",), 24, {}),
        ((), 24, {"TERM": "dumb"}),
        ((), 24, {"PAGER": ""}),
        ((), 24, {"PAGER": "cat"}),
        ((), 24, {"PAGER": "no-such-program"}),
        ((), 24, {"PAGER": "less 'half"}),
    ],
)
def test_where_there_is_no_pager_all_is_shown_at_once(
    arguments: tuple[str, ...], lines: int, environment: dict[str, str], reader: str
) -> None:
    code, screen = at_a_terminal(*ASKED, *arguments, lines=lines, **{"PAGER": reader} | environment)
    assert (code, screen.splitlines()[0]) == (0, HEAD)


def test_leaving_the_pager_early_ends_quietly(reader: str) -> None:
    """The shell's ``read`` ends with Ctrl-C, as some pagers do; the exit code stays that of the command."""
    for pager in ("head -n 1", "sh -c 'head -n 1; read line < /dev/tty'"):
        keys = CTRL_C if "read" in pager else ""
        assert at_a_terminal(*ASKED, keys=keys, PAGER=pager) == (0, f"{HEAD}\n{'^C' if keys else ''}")


def test_check_is_paged_too(reader: str) -> None:
    _, screen = at_a_terminal("check", "--list", PAGER=reader)
    assert screen.startswith("['two words']")


@pytest.mark.skipif(not any(Path(folder, "less").exists() for folder in os.get_exec_path()), reason="no less")
@pytest.mark.parametrize("key", ["q", CTRL_C])
def test_less_is_the_pager_if_none_is_named(key: str) -> None:
    code, screen = at_a_terminal(*ASKED, keys=key)
    assert code == 0
    assert HEAD in screen
    assert screen.count("\n") <= 24
    assert screen.splitlines()[0].endswith("（空格翻页，b 往回，/ 查找，q 退出）")
