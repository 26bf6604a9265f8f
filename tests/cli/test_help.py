"""Help as it stands on the screen: within the window, no line that begins with a comma, the same at every run."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from wcwidth import wcswidth

from small_repo import Ran, small_repo
from zhenggai.cli.app import Program, app
from zhenggai.cli.click import Context
from zhenggai.cli.command_table import BY_WORD, COMMANDS, Command
from zhenggai.cli.help import BETWEEN

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
        "  例：zhenggai schema\n"
        "  　　zhenggai schema --print plan\n"
        "  　　zhenggai schema --print status\n"
        "\n"
        "  写出编辑器用的模式文件（自动补全、即时校验）。\n"
        "\n"
        "  各命令 --format json 的模式不写文件，用 --print 看。\n"
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


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.group])
def test_help_begins_with_two_examples_that_the_command_accepts(command: Command) -> None:
    program = typer.main.get_command(app)
    assert isinstance(program, Program)
    context = Context(program, info_name="zhenggai")
    found = program.get_command(context, command.name)
    assert found is not None
    assert found.help is not None
    first = found.help.partition("\n\n")[0]
    examples = [shlex.split(line) for line in first.removeprefix("例：").split(BETWEEN)]
    assert len(examples) >= 2
    for program_name, name, *words in examples:
        assert (program_name, BY_WORD[name].name) == ("zhenggai", command.name)
        found.make_context(name, words, parent=context)


STANDING = "04-10 县教育局 进展 1-1 内容=初稿 进度=40\n"
NEXT = """\
整改方案（截至 2020-07-01）
县教育局：2 件任务，逾期 2 件，最久的是 1-2 县教育局，107 天

  zhenggai todo                  今天要办什么
  zhenggai add 1-2 做了什么 40%  记一条进展
  zhenggai status                看全局
  zhenggai week -o 周报.txt      出周报
  zhenggai sync                  交出去，取回别人的

全部命令：zhenggai --help
"""


def test_the_program_alone_shows_in_a_ledger_what_to_type_next(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_repo(root, STANDING)
    monkeypatch.setenv("ZHENGGAI_UNIT", "教育局")
    assert zhenggai(at=root) == Ran(0, NEXT, "")
    monkeypatch.delenv("ZHENGGAI_UNIT")
    said = zhenggai(at=root).out
    assert "全部单位：" in said
    assert "  zhenggai init --unit 单位 " in said


def test_the_program_alone_says_how_each_plan_stands_or_that_it_cannot_be_read(zhenggai: Runner, root: Path) -> None:
    small_repo(root, STANDING)
    alone = zhenggai(at=root).out
    (root / "plans/q.yaml").write_text("编号: q\n", "utf-8")
    both = zhenggai(at=root).out
    assert all(line in both for line in alone.splitlines())
    assert "方案 plans/q.yaml 无法读取：\n" in both
    (root / "plans/p.yaml").unlink()
    said = zhenggai(at=root)
    assert said.code == 0
    assert "  zhenggai todo " in said.out
