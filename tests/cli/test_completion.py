"""What completion offers at each place of a command line, from the program's table and from the ledger of the folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from small_repo import GIT_FREE, PLAN, SHIPPED, small_repo, write
from zhenggai.cli.command_table import COMMANDS
from zhenggai.cli.completion.candidates import FILES, FOLDERS, candidates
from zhenggai.cli.completion.live_names import FINDERS
from zhenggai.cli.completion.parameters import FILE, PROGRAM
from zhenggai.cli.completion.shells import answer_for

LEDGER = """\
04-10 县教育局 认领 1-1
05-12 县教育局 进展 1-1 内容=初稿写成 进度=40
05-20 县财政局 进展 2-1 内容=学习两次
06-11 县委督查局 督办 1-1 单位=县教育局 内容=抓紧 对象=书记 依据=落后 期限=2020-06-21
"""


@pytest.fixture
def root(tmp_path: Path, home: Path) -> Path:
    return small_repo(tmp_path / "台账", LEDGER)


def offered(line: str, at: Path) -> list[str]:
    """The names that fit at the end of a line; ``files`` or ``folders`` in angle brackets."""
    *words, typed = line.split(" ")
    found = candidates(words, typed, at)
    return [f"<{found}>"] if isinstance(found, str) else [choice.value for choice in found]


# the words of the program


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("st", ["status"]),
        ("周", ["周报"]),
        ("sqxh", ["申请销号"]),
        ("ＳＴ", ["status"]),
        ("help ov", ["overdue"]),
        ("--v", ["--version"]),
        ("status --un", ["--unit"]),
        ("status --单", ["--单位"]),
        ("总览 —单", ["--单位"]),
        ("status --zt", ["--状态"]),
        ("add 1-1 初稿 -p", ["-p"]),
        ("status --unit 县教育局 --u", []),  # given already
        ("add -e a.pdf --ev", ["--evidence"]),  # may be given again
        ("status --state 整", ["整改中"]),
        ("status --state=zgz", ["--state=整改中"]),
        ("status --state = zgz", ["整改中"]),  # as bash takes it apart
        ("status --format m", ["md", "html"]),
        ("urge 1-1 tx", ["提醒"]),
        ("review 通", ["通过"]),
        ("adjust 1-1 取", ["取消"]),
        ("correct 00000002 jdmb", ["阶段目标="]),
        ("completion install z", ["zsh"]),
        ("schema --print rema", []),
        ("schema --print pla", ["plan"]),
        ("check --explain 佐", ["佐证", "佐证不符"]),
        ("when --as c", ["措施"]),
        ("rollup 汇总.yaml o", ["overdue"]),
        ("rollup --engine s", ["spark"]),
        ("rollup --by wt", ["问题类型"]),
        ("status -o ", ["<files>"]),
        ("schema --output ", ["<folders>"]),
        ("add 1-1 -- --p", []),  # a text that begins with dashes
        ("add 1-1 --date ", []),
        ("nonsense ", []),
        ("merge-driver ", []),
    ],
)
def test_words_of_the_program_need_no_ledger(line: str, names: list[str], tmp_path: Path, home: Path) -> None:
    assert offered(line, tmp_path) == names


def test_a_bare_tab_shows_the_english_commands_alone(tmp_path: Path) -> None:
    assert offered("", tmp_path) == [command.name for command in COMMANDS if command.group]


# the names in a ledger


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("status --unit xjyj", ["县教育局"]),
        ("status --unit 教育", ["县教育局"]),  # its short name
        ("status --unit 各", ["乡镇", "县直单位"]),  # other names of the classes
        ("add 1-1 --unit 各", []),  # one unit records, not a class
        ("status 县财", ["县财政局"]),
        ("status 1", ["1", "1-1", "1-2"]),
        ("add 2-", ["2-1", "2-2", "2-3"]),
        ("add ztdr", ["2-2"]),  # 主题党日
        ("status --problem zdbls", ["2"]),  # 制度不落实
        ("status --phase ", ["1", "2", "3"]),
        ("status --plan ", ["p"]),
        ("add 2-3 办结 --step ", ["2-3-1", "2-3-2"]),
        ("add 1-1 办结 --step ", []),
        ("adjust 1-3 新增 试行 --units 县教育局、cgz", ["县教育局、城关镇"]),
        ("unit merge 河", ["河东乡"]),
    ],
)
def test_names_of_the_books(line: str, names: list[str], root: Path) -> None:
    assert offered(line, root) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("correct ", ["00000002", "00000001"]),
        ("correct 初稿", ["00000002"]),
        ("show 0000", ["00000002", "00000001"]),
        ("reply ", ["00000004"]),
    ],
)
def test_entries_of_my_unit(line: str, names: list[str], root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_UNIT", "教育局")
    assert offered(line, root) == names
    monkeypatch.delenv("ZHENGGAI_UNIT")
    assert offered(line, root) == []  # whose entries is not known


def test_what_is_said_beside_a_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGGAI_UNIT", "县教育局")
    lines = {
        "add 1-1": "制定办法",
        "correct 00000002": "2020-05-12　进展　1-1　初稿写成",
        "status --plan p": "整改方案",
    }
    for line, about in lines.items():
        *words, typed = line.split(" ")
        assert [choice.about for choice in candidates(words, typed, root)] == [about]  # type: ignore[union-attr]


def test_organisations(root: Path) -> None:
    write(root, {"plans/organisations.yaml": "党组织:\n- {名称: 东街社区党委, 单位: 城关镇, 上次换届: 2018-05-01}\n"})
    assert offered("register djsq", root) == ["东街社区党委"]
    assert offered("register 东街社区党委 ysh", root) == []
    assert offered("register 东街社区党委 qs", root) == ["请示"]


def test_of_several_plans_all_are_offered_or_the_one_that_is_named(root: Path) -> None:
    second = PLAN.replace("编号: p\n", "编号: q\n", 1).replace("坚持学习", "另一个方案的").replace("2-3", "2-9")
    write(root, {"plans/q.yaml": second})
    assert offered("add 2-", root) == ["2-1", "2-2", "2-3", "2-9"]  # each once
    assert offered("add --plan q 2-", root) == ["2-1", "2-2", "2-9"]
    assert offered("status q 2-1", root) == ["2-1"]
    assert offered("status --plan ", root) == ["p", "q"]
    assert offered("status --unit xjyj", root) == ["县教育局"]  # units are those of all plans


def test_names_follow_the_files(root: Path) -> None:
    assert offered("add lxzf", root) == []
    plan = root / "plans/p.yaml"
    plan.write_text(plan.read_text("utf-8").replace("制定办法", "厉行节约"), "utf-8")
    assert offered("add lxjy", root) == ["1-1"]


# whole processes


def asked(at: Path, typed: str, *words: str, shell: str = "fish", **more: str) -> tuple[int, str, str]:
    """What a shell gets: exit code, stdout and stderr."""
    asks = {"_ZHENGGAI_COMPLETE": shell, "_ZHENGGAI_WORDS": "\n".join(words), "_ZHENGGAI_TYPED": typed}
    done = subprocess.run(
        [sys.executable, "-m", "zhenggai"],
        cwd=at,
        env={"PATH": os.environ["PATH"], "HOME": os.devnull} | GIT_FREE | asks | more,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_shell_gets_names_with_what_is_said_beside_them(root: Path) -> None:
    assert asked(root, "2-1", "add") == (0, "names\n2-1\t坚持学习\n", "")
    assert asked(root, "", "status", "-o") == (0, "files\n", "")


@pytest.mark.parametrize(
    ("path", "text"),
    [("plans/p.yaml", "编号: [\n"), ("plans/units.yaml", "\0"), (".zhenggai/index/kept.db", "damaged")],
)
def test_whatever_is_wrong_with_the_files_nothing_else_is_said(path: str, text: str, root: Path) -> None:
    write(root, {path: text})
    code, out, err = asked(root, "2-1", "add")
    assert (code, err) == (0, "")
    assert out in ("", "names\n2-1\t坚持学习\n")


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    script = f"cd {tmp_path}/x && rmdir {tmp_path}/x && exec {sys.executable} -m zhenggai"
    (tmp_path / "x").mkdir()
    environment = os.environ | {"_ZHENGGAI_COMPLETE": "bash", "_ZHENGGAI_WORDS": "add", "_ZHENGGAI_TYPED": ""}
    done = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_bash_gets_rows_that_keep_what_was_typed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)

    def rows(typed: str, *words: str) -> list[str]:
        asks = {"_ZHENGGAI_COMPLETE": "bash", "_ZHENGGAI_WORDS": "\n".join(words), "_ZHENGGAI_TYPED": typed}
        return answer_for(asks | {"_ZHENGGAI_COLUMNS": "20"}).splitlines()[1:]

    assert rows("2-", "add") == ["2-1  坚持学习", "2-2  主题党日", "2-3  分步推进"]
    assert rows("2-1", "add") == ["2-1"]
    assert rows("", "add") == ["1-1  制定办法", "1-2  立即改正", "2-1  坚持学习", "2-2  主题党日", "2-3  分步推进"]
    assert rows("xw", "add", "--unit") == ["县委办公室", "县委组织部", "县委督查局", "…"]  # 县委 would replace xw
    assert rows('"县教', "add", "--unit") == ["县教育局"]
    assert rows("--pl", "status") == ["--plan"]
    units = root / "plans/units.yaml"
    units.write_text(units.read_text("utf-8").replace("城关镇", "城 `ls`镇").replace("河东乡", "城 `ls`乡"), "utf-8")
    assert rows("城", "add", "--unit") == [r"城\ \`ls\`镇  乡镇", r"城\ \`ls\`乡  乡镇"]
    assert rows("--p", "status")[1] == "--problem   只看这…"  # within the window


def test_names_that_would_spoil_the_screen_are_left_out(root: Path) -> None:
    units = root / "plans/units.yaml"
    units.write_text(
        units.read_text("utf-8").replace("城关镇", r'"城关\e[2J镇"').replace("河东乡", "河东　乡"), "utf-8"
    )
    assert asked(root, "", "status", "--unit", shell="zsh")[1].count("\x1b") == 0
    assert asked(root, "cg", "status", "--unit") == (0, "names\n", "")
    assert asked(root, "hd", "status", "--unit") == (0, "names\n河东　乡\t乡镇\n", "")


HEAVY = {"typer", "rich", "pydantic", "pydantic_core", "ruamel.yaml", "_ruamel_yaml", "prompt_toolkit", "tabulate"}


@pytest.mark.parametrize("line", ["st", "add --", "add 2-", "status --unit xj", "correct "])
def test_completion_imports_nothing_heavy(line: str) -> None:
    *words, typed = line.split(" ")
    script = (
        "import json, os, sys\n"
        "from zhenggai.cli.completion.shells import answer_for\n"
        "answer_for(os.environ)\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    asks = {"_ZHENGGAI_COMPLETE": "bash", "_ZHENGGAI_WORDS": "\n".join(words), "_ZHENGGAI_TYPED": typed}
    environment = {"PATH": os.environ["PATH"], "HOME": os.devnull, "ZHENGGAI_UNIT": "县委组织部"} | GIT_FREE | asks
    run = [sys.executable, "-c", script]
    subprocess.run(run, cwd=SHIPPED, env=environment, capture_output=True, check=True)  # keeps the books
    done = subprocess.run(run, cwd=SHIPPED, env=environment, capture_output=True, check=True)
    modules = set(json.loads(done.stdout))
    assert modules & HEAVY == set()
    assert not any(name.startswith("zhenggai.cli.commands.") for name in modules)


# a new parameter

FREE = {
    "日期", "文字", "数", "百分数", "天数", "年", "内容", "[进度]", "期次", "期号", "时限", "频次", "代号", "依据",
    "金额", "分数", "个数", "条数", "人数", "对象", "地点", "姓名", "填报人", "标题", "范围", "简称", "现", "结论", "词…", "工作表", "列=字段",
}  # fmt: skip
"""How values are called that are no names of things: completion has nothing to offer for them."""
OWN = {
    ("add", "institution"),
    ("done", "institution"),
    ("extend", "special_ledger"),
    ("draft", "number"),
    ("facts", "county"),
    ("rollup", "phase"),  # the plans are not at hand
}  # names that are given here
BY_INIT = {("init", "plan")}


def test_every_parameter_that_names_a_thing_is_completed() -> None:
    lacking = {
        (command, parameter.name): parameter.metavar
        for command, parameter, offers in parameters()
        if not offers and parameter.metavar not in FREE and (command, parameter.name) not in OWN | BY_INIT
    }
    assert lacking == {}


def parameters() -> list[tuple[str, Any, bool]]:
    """Each parameter that takes a value: its command, the parameter, whether the table has something to offer for it."""
    from typer.main import get_command

    from zhenggai.cli.app import app

    table = json.loads(FILE.read_text("utf-8"))
    group: Any = get_command(app)
    context = group.make_context("zhenggai", [], resilient_parsing=True)
    found = []
    for row in (row for row in COMMANDS if row.group):
        command = group.get_command(context, row.name)
        own = command.make_context(row.name, [], parent=context, resilient_parsing=True)
        for parameter, told in zip(command.get_params(own), table[row.name], strict=True):
            if not getattr(parameter, "is_flag", False):
                found.append((row.name, parameter, bool(told.get("things") or told.get("words"))))
    return found


def test_every_thing_is_found_by_completion_or_by_the_shell() -> None:
    table = json.loads(FILE.read_text("utf-8"))
    named = {thing for rows in table.values() for row in rows for thing in row.get("things", ())}
    assert named == {*FINDERS, FILES, FOLDERS}
    assert table[PROGRAM]
