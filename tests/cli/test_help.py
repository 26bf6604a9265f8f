"""Help as it stands on the screen: within the window, no line that begins with a comma, the same at every run."""

from collections.abc import Callable
from pathlib import Path

import pytest
from wcwidth import wcswidth

from small_repo import Ran
from zhenggai.cli.command_table import COMMANDS

Runner = Callable[..., Ran]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Help needs no ledger."""
    return tmp_path


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("command", [None, *(command.name for command in COMMANDS)])
def test_help_fits_the_window(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch, command: str | None, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = zhenggai(*filter(None, [command]), "--help", at=root).out.splitlines()
    assert [line for line in lines if wcswidth(line) > columns] == []
    assert [line for line in lines if line.strip().startswith(("，", "、", "。", "；", "：", "）"))] == []
    assert not {"[required]", "选项:", "参数:"} & {word for line in lines for word in line.split()}


def test_columns_stand_straight_and_the_names_of_help_always_in_one_order(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("schema", "--help", at=root).out == (
        "用法：zhenggai schema [选项]\n"
        "\n"
        "  写出编辑器用的模式文件（自动补全、即时校验）。\n"
        "\n"
        "  各命令 --format json 的模式不写文件，用 --print 看。\n"
        "\n"
        "  例：zhenggai schema\n"
        "  　　zhenggai schema --print plan\n"
        "  　　zhenggai schema --print status\n"
        "\n"
        "选项：\n"
        "  --print, --显示 名称         只在屏幕上显示一个：文件的（plan）或命令的\n"
        "                               （status）\n"
        "  --list, --列出               列出全部名称\n"
        "  -o, --output, --输出 文件夹  写到哪个文件夹，默认 plans/schema\n"
        "  -h, --help, --帮助           显示这份说明\n"
    )


def test_in_a_narrow_window_what_an_option_means_stands_below_it(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert zhenggai("schema", "--help", at=root).out.partition("选项：\n")[2] == (
        "  --print, --显示 名称\n"
        "      只在屏幕上显示一个：文件的（plan）\n"
        "      或命令的（status）\n"
        "  --list, --列出\n"
        "      列出全部名称\n"
        "  -o, --output, --输出 文件夹\n"
        "      写到哪个文件夹，默认 plans/schema\n"
        "  -h, --help, --帮助\n"
        "      显示这份说明\n"
    )
