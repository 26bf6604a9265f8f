"""Long work shows itself on a terminal's stderr, leaves nothing there, and is silent in a pipe."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from small_repo import small_repo
from zhenggai.cli import app, progress_bar, streams
from zhenggai.progress import watched

LEDGER = "04-10 县教育局 认领 1-1 责任人=甲\n04-20 县教育局 进展 1-1 内容=初稿 进度=40\n"


class Screen(io.StringIO):
    """A stderr that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Where everything is long work, and every step is shown."""
    monkeypatch.setattr(progress_bar, "_PATIENCE", -1.0)
    monkeypatch.setattr(progress_bar, "_STEP", -1.0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    return Screen()


def test_a_bar_shows_how_far_work_has_come_and_goes(screen: Screen) -> None:
    with redirect_stderr(screen), progress_bar.bars():
        assert list(watched(range(4), "读取台账")) == [0, 1, 2, 3]
    said = screen.getvalue()
    assert "读取台账 [#####     ]  50% 2/4" in said
    assert said.endswith("\x1b[1A\x1b[2K")  # up to the bar's line, and empty it
    assert "\x1b[?25l" not in said  # the cursor stays: whoever stops the program here has it


def test_what_follows_long_work_is_shown_at_once(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    with redirect_stderr(screen), progress_bar.bars():
        assert list(watched(range(4), "读取台账")) == [0, 1, 2, 3]
        monkeypatch.setattr(progress_bar, "_PATIENCE", 60.0)
        assert list(watched(range(4), "推算任务")) == [0, 1, 2, 3]
    assert "推算任务 [#####     ]  50% 2/4" in screen.getvalue()


def test_a_bar_is_gone_before_an_error_is_said(screen: Screen) -> None:
    def spoilt() -> Iterator[int]:
        for number in watched(range(4), "读取台账"):
            if number == 3:
                raise OSError("full")
            yield number

    with pytest.raises(OSError, match="full") as error, redirect_stderr(screen), progress_bar.bars():
        list(spoilt())
    assert error.value is not None
    assert screen.getvalue().endswith("\x1b[1A\x1b[2K")


def test_what_is_soon_done_shows_nothing(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "_PATIENCE", 60.0)
    with redirect_stderr(screen), progress_bar.bars():
        assert list(watched(range(4), "读取台账")) == [0, 1, 2, 3]
    assert screen.getvalue() == ""


def test_a_command_says_the_same_with_and_without_a_bar(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small_repo(tmp_path / "a", LEDGER))
    monkeypatch.setattr(progress_bar, "_PATIENCE", -1.0)
    assert app.run(["status", "--as-of", "2020-07-01"]) == 0
    said, pipe = capsys.readouterr()
    assert pipe == ""
    monkeypatch.chdir(small_repo(tmp_path / "b", LEDGER))  # where nothing is kept yet
    screen = Screen()
    monkeypatch.setattr(streams, "is_terminal", lambda stream: stream is screen)
    with redirect_stderr(screen):
        assert app.run(["status", "--as-of", "2020-07-01"]) == 0
    assert "推算任务" in screen.getvalue()
    assert capsys.readouterr().out == said
