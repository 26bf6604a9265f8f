"""Wrong use: said in Chinese on stderr, with the nearest right one, and exit code 2; nothing on stdout."""

import subprocess
import sys
from pathlib import Path

import pytest

from small_repo import Ran, Runner, small_repo
from zhenggai import __version__
from zhenggai.cli.command_table import COMMANDS
from zhenggai.render import FORMATS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path)


WRONG = {
    "an unknown command": (["stauts"], "没有命令“stauts”，最接近的有：status、facts、audit\n  用法见：zhenggai --help"),
    "a command like no other": (["xyz"], "没有命令“xyz”，全部命令见 zhenggai --help\n  用法见：zhenggai --help"),
    "an option by another name": (
        ["status", "--分组", "类别"],
        "没有选项 --分组，是不是 --分列？\n  用法见：zhenggai status --help",
    ),
    "an unknown option": (
        ["status", "--units", "县教育局"],
        "没有选项 --units，是不是 --unit？\n  用法见：zhenggai status --help",
    ),
    "an option of another command": (["check", "--fail"], "没有选项 --fail\n  用法见：zhenggai check --help"),
    "an option without its value": (["status", "--as-of"], "选项 --as-of 后面要跟一个值"),
    "an unknown format": (
        ["status", "--format", "xml"],
        f"没有格式“xml”，可用：{'、'.join(FORMATS)}\n  用法见：zhenggai status --help",
    ),
    "a day that is none": (
        ["status", "--as-of", "2020-02-30"],
        "“2020-02-30”这一天不存在：核对月份和日子\n  用法见：zhenggai status --help",
    ),
    "a word for a day": (
        ["due", "--as-of", "昨天"],
        "“昨天”不是日期：写成 2020-05-12 的样子\n  用法见：zhenggai due --help",
    ),
    "a day before all calendars": (
        ["phase", "--as-of", "0001-01-01"],
        "“0001-01-01”：年份要在 1900 到 2999 之间\n  用法见：zhenggai phase --help",
    ),
    "the last day of all": (
        ["week", "--as-of", "9999-12-31"],
        "“9999-12-31”：年份要在 1900 到 2999 之间\n  用法见：zhenggai week --help",
    ),
    "a word for a number": (["due", "--within", "三天"], "“三天”不是 0 到 9999 的整数\n  用法见：zhenggai due --help"),
    "a number below nothing": (["due", "--within", "-1"], "“-1”不是 0 到 9999 的整数\n  用法见：zhenggai due --help"),
    "a number beyond reason": (
        ["week", "--no", "99999999999"],
        "“99999999999”不是 1 到 9999 的整数\n  用法见：zhenggai week --help",
    ),
    "a phase that is not there": (["phase", "9"], "没有阶段 9\n  现有：1、2、3"),
    "a phase to filter by that is not there": (["status", "--phase", "9"], "没有阶段 9\n  现有：1、2、3"),
    "a problem that is not there": (["status", "--problem", "9"], "没有问题 9\n  现有：1、2"),
    "a measure that is not there": (["status", "--problem", "2-4"], "没有措施 2-4\n  最接近的有：2-3、2-2、2-1"),
    "a state that is none": (
        ["overdue", "--state", "好"],
        "没有状态“好”\n  可用：未启动、整改中、基本完成、已完成、申请销号、初审通过、复核通过、公示中、已销号、长期坚持、持续推进、例行、不适用、逾期",
    ),
    "a unit that is not there": (["overdue", "--unit", "县教育"], "没有单位“县教育”\n  最接近的有：县教育局"),
    "a missing argument": (["show"], "缺少参数 问题|措施|单位|记录\n  用法见：zhenggai show --help"),
    "one argument too many": (
        ["when", "9月底前", "每月"],
        '多出了“每月”\n  下一步：有空格的文字要加引号：zhenggai when "9月底前 每月"\n  用法见：zhenggai when --help',
    ),
    "a text without quotes": (
        ["add", "1-1", "开会", "(部署)", "工作"],
        '多出了“(部署) 工作”，没有写入\n  下一步：内容里有空格，整句加引号：zhenggai add 1-1 "开会 (部署) 工作"',
    ),
    "a week before the first": (
        ["week", "--as-of", "2020-03-01"],
        "第 1 期是 2020-03-30 那一周，2020-03-01 在它之前\n  下一步：用 --as-of 指明更晚的日期",
    ),
    "a deadline nobody can read": (
        ["when", "九月份左右"],
        "时限「九月份左右」不是认得的写法。相近的写法：9月底、1月前、3个月内",
    ),
    "a year that is none": (
        ["when", "9月底前", "--year", "0"],
        "“0”不是 1900 到 2999 的整数\n  用法见：zhenggai when --help",
    ),
    "a percent beyond a hundred": (
        ["add", "1-1", "开会", "-p", "101"],
        "进度“101”不是 0 到 100 的整数，写成百分数的整数部分，如 40\n  用法见：zhenggai add --help",
    ),
    "a fraction for a percent": (
        ["add", "1-1", "开会", "-p", "0.4"],
        "进度“0.4”不是 0 到 100 的整数，写成百分数的整数部分，如 40\n  用法见：zhenggai add --help",
    ),
    "a schema that is none": (
        ["schema", "--print", "ledgers"],
        "没有模式“ledgers”\n  最接近的有：ledger、due\n  全部名称：zhenggai schema --list",
    ),
    "the schema of a command without JSON": (
        ["schema", "--print", "进展"],
        "“进展”没有 --format json，也就没有模式\n  全部名称：zhenggai schema --list",
    ),
    "a plan that cannot be a file": (["init", "--plan", "a/b"], "方案编号不能用：“a/b”含有不能用于文件名的字符“/”"),
    "a folder that cannot be made": (
        ["init", "plans/p.yaml"],
        f"建不了文件夹 {Path('plans/p.yaml')}：路径中有不是文件夹的\n  下一步：换一个能写的位置",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_said_in_chinese(zhenggai: Runner, root: Path, arguments: list[str], said: str) -> None:
    assert zhenggai(*arguments, at=root) == Ran(2, "", f"zhenggai：{said}\n")


def test_a_command_of_nothing_shows_the_help_and_is_wrong_use(zhenggai: Runner, tmp_path: Path) -> None:
    ran = zhenggai(at=tmp_path)
    assert (ran.code, ran.err) == (2, "")
    assert ran.out.startswith("用法：zhenggai [选项] 命令 [参数]…\n")


@pytest.mark.parametrize("word", ["--help", "-h", "--帮助"])
def test_help_lists_every_command_with_its_alias(zhenggai: Runner, root: Path, word: str) -> None:
    ran = zhenggai(word, at=root)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.partition("看：\n")[2].partition("选项：\n")[0].splitlines()
    rows = [line.split()[:2] for line in lines if not line.startswith("   ")]  # what begins further in goes on a row
    shown = [(command.name, command.alias, command.group) for command in COMMANDS if command.group]
    of_rows = [tuple(row) for row in rows if len(row) == 2]
    assert of_rows == [(name, alias) for name, alias, _ in shown]
    heads = ["看：", *(row[0] for row in rows if len(row) == 1)]
    assert heads == [f"{group}：" for group in ("看", "记", "审", "督", "报", "管")]
    assert [command.name for command in COMMANDS if not command.group] == ["merge-driver"]


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "todo",
        "overdue",
        "due",
        "phase",
        "show",
        "add",
        "register",
        "week",
        "month",
        "check",
        "when",
        "schema",
        "init",
        "doctor",
    ],
)
def test_the_help_of_a_command_is_in_chinese_and_has_an_example(zhenggai: Runner, root: Path, command: str) -> None:
    ran = zhenggai(command, "--help", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"用法：zhenggai {command} [选项]")
    assert f"例：zhenggai {command}" in ran.out
    assert not {"Usage", "Options", "default", "INTEGER", "TEXT", "Show this message"} & set(ran.out.split())


LISTS = ("status", "todo", "overdue", "due", "phase", "show", "week", "month")
COMMON = (
    "--plan, --方案",
    "--unit, --单位",
    "--as-of, --截至",
    "--known-by, --已知于",
    "--format, --格式",
    "-o, --output, --输出",
)


@pytest.mark.parametrize("command", LISTS)
def test_every_list_takes_the_same_options(zhenggai: Runner, root: Path, command: str) -> None:
    words = zhenggai(command, "--help", at=root).out
    assert [names for names in COMMON if names not in words] == []


def test_the_version_is_said(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("--version", at=root) == Ran(0, f"zhenggai {__version__}\n", "")


@pytest.mark.unix("device that is always full")
@pytest.mark.parametrize("arguments", [["--version"], ["when", "2020年9月底前"]])
def test_what_cannot_be_put_out_is_said_and_leaves_no_traceback(arguments: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "zhenggai", *arguments], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 3
    assert ran.stderr.decode() == "zhenggai：结果写不出去：磁盘已满\n  下一步：换个地方写，或腾出空间后再运行\n"


def test_ctrl_c_before_the_program_is_there_is_said_in_one_line() -> None:
    script = (
        "import sys\n"
        "class Stopped:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'zhenggai.cli.command_table':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopped())\n"
        "from zhenggai.cli.start import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\nzhenggai：已取消，什么也没有改动\n")
