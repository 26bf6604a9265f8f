"""The consoles and pipes of Windows: what counts as a terminal there, and who asks at it."""

import ctypes
import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from small_repo import GIT_FREE, SHIPPED, small_repo
from zhenggai.cli import streams
from zhenggai.cli.writing import prompts


class Terminal(io.StringIO):
    """A stream that the C library takes for a terminal, with the number of a standard stream."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number


Consoles = Callable[..., dict[int, int]]


@pytest.fixture
def consoles(monkeypatch: pytest.MonkeyPatch) -> Consoles:
    """Make standard streams consoles of Windows, each with its mode. A stream without a mode is the null device."""

    def made(modes: dict[int, int], *, is_old: bool = False) -> dict[int, int]:
        def get(handle: ctypes.c_void_p, mode: "ctypes._Pointer[ctypes.c_ulong]") -> int:
            if (number := (handle.value or 100) - 100) not in modes:
                return 0
            mode._obj.value = modes[number]  # type: ignore[attr-defined]
            return 1

        def set_to(handle: ctypes.c_void_p, mode: int) -> int:
            if not is_old:
                modes[(handle.value or 100) - 100] = mode
            return int(not is_old)

        kernel = SimpleNamespace(GetConsoleMode=get, SetConsoleMode=set_to)
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(streams, "WINDOWS", True)
        monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda number: number + 100))
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            monkeypatch.setattr(sys, name, Terminal(number))
        return modes

    return made


def test_a_console_shows_colours_after_they_are_switched_on(consoles: Consoles) -> None:
    modes = consoles({0: 0x1F7, 1: 3, 2: 3})
    assert [streams.is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)] == [True] * 3
    assert modes == {0: 0x1F7, 1: 7, 2: 7}


def test_a_console_without_colours_is_written_to_like_a_pipe(consoles: Consoles) -> None:
    consoles({0: 0x1F7, 1: 3, 2: 3}, is_old=True)
    assert not streams.is_terminal(sys.stdout)


@pytest.mark.parametrize("redirected", [0, 1, 2])
def test_nothing_is_asked_where_a_stream_is_the_null_device(consoles: Consoles, redirected: int) -> None:
    consoles({number: 3 for number in (0, 1, 2) if number != redirected})
    assert not prompts.at_terminal()
    consoles({0: 3, 1: 3, 2: 3})
    assert prompts.at_terminal()


def test_a_command_that_would_ask_refuses_with_the_null_device_as_its_terminal(tmp_path: Path) -> None:
    root = small_repo(tmp_path)
    none = subprocess.DEVNULL
    command = [sys.executable, "-m", "zhenggai", "add", "--unit", "县教育局", "--writer", "办公室"]
    done = subprocess.run(
        command, cwd=root, env=os.environ | GIT_FREE, stdin=none, stdout=none, stderr=none, check=False
    )
    assert done.returncode == 2


@pytest.mark.parametrize(("is_windows", "kind"), [(True, BrokenPipeError), (False, OSError)])
def test_a_reader_that_has_gone_is_a_broken_pipe(
    monkeypatch: pytest.MonkeyPatch, is_windows: bool, kind: type[OSError]
) -> None:
    class Gone(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, _data: object) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(streams, "WINDOWS", is_windows)
    monkeypatch.setattr(sys, "stdout", streams.Output(io.BufferedWriter(Gone()), encoding="utf-8"))
    sys.stdout.write("甲")
    found = streams.failure()
    assert type(found) is kind
    monkeypatch.setattr(sys, "stdout", io.StringIO())


def test_only_one_module_asks_whether_a_stream_is_a_terminal() -> None:
    source = SHIPPED / "src/zhenggai"
    found = [path for path in source.rglob("*.py") if "isatty(" in path.read_text("utf-8")]
    assert found == [source / "cli/streams.py"]
