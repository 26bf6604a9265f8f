"""The program as it is started, with streams that are closed, full, or of another encoding: what it says and leaves behind."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from small_repo import GIT_FREE, Ran, small_repo, tree
from terminal import SCRIPT
from warm_start import ended
from zhenggai.cli.command_table import COMMANDS

pytestmark = pytest.mark.unix("device that is always full")

PLAIN = {"PATH": os.environ["PATH"], "HOME": os.devnull, "GIT_CEILING_DIRECTORIES": "/"} | GIT_FREE


def of(unit: str) -> dict[str, str]:
    """Who is at the keyboard."""
    return {"ZHENGGAI_UNIT": unit, "ZHENGGAI_WRITER": "办公室"}


MINE = of("县教育局")

BEGUN = "04-10 县教育局 进展 1-1 内容=初稿 进度=40 佐证=县教发〔2020〕3号\n"
DONE = BEGUN + "06-10 县教育局 完成 1-1\n"
APPLIED = DONE + "06-11 县教育局 申请销号 1-1 签批领导=局长 #教\n"
REVIEWED = APPLIED + "06-15 县委办公室 初审 针对=教 结论=通过 #初\n"
PASSED = REVIEWED + "06-16 县委组织部 复核 针对=初 结论=通过 #复\n"
PUBLICISED = PASSED + "06-17 县委组织部 销号公示 针对=复 起=2020-06-17 止=2020-06-23 #公\n"
CLOSED = PUBLICISED + "06-24 县委组织部 销号 针对=公 措施摘要=1a2b3c4d #销\n"
FALSE = CLOSED + "06-26 县委督查局 督查 1-1 单位=县教育局 内容=没有做 方式=暗访 结论=不实\n"
URGED = BEGUN + "06-11 县委督查局 督办 1-1 单位=县教育局 内容=抓紧 对象=书记 依据=落后 期限=2020-06-21\n"


def started(root: Path, *arguments: str, env: dict[str, str] = MINE, shell: str = "") -> Ran:
    """Run the program from a shell, its streams redirected as ``shell`` says."""
    line = f'exec "$@" {shell}'
    done = subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-c", SCRIPT, *arguments],
        cwd=root,
        env=PLAIN | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def without_room(root: Path, *arguments: str, env: dict[str, str]) -> Ran:
    """Run the program with the device that is always full as its stdout."""
    with open("/dev/full", "wb") as full:
        return Ran(*ended(SCRIPT, arguments, str(root), PLAIN | env, full.fileno()))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "台账", BEGUN)


# written, but the answer cannot be shown

WRITES = {
    "lesson": (BEGUN, MINE, ["lesson", "每周五下午集中销号"]),
    "add": (BEGUN, MINE, ["add", "1-1", "开会", "-p", "50"]),
    "claim": (BEGUN, MINE, ["claim", "1-2", "--leader", "张华", "--person", "李敏"]),
    "done": (BEGUN, MINE, ["done", "1-1", "已完成"]),
    "apply": (DONE, MINE, ["apply", "1-1", "--approver", "局长"]),
    "extend": (BEGUN, of("县财政局"), ["extend", "2-3", "初稿已成", "--to", "2020-12-30", "--reason", "文件未出"]),
    "duty": (BEGUN, of("县财政局"), ["duty", "2-2", "2020-06", "已开展"]),
    "assess": (BEGUN, of("县财政局"), ["assess", "2-1", "成惯例", "--next-review", "2020-10-10"]),
    "reply": (URGED, MINE, ["reply", "00000002", "已部署"]),
    "correct": (BEGUN, MINE, ["correct", "00000001", "进度=45"]),
    "undo": (BEGUN, MINE, ["undo", "--yes"]),
    "review": (APPLIED, of("县委办公室"), ["review", "1-1", "通过", "--unit", "县教育局"]),
    "visit": (
        APPLIED,
        of("县委督查局"),
        [
            "visit",
            "1-1",
            "已上墙",
            "--unit",
            "县教育局",
            "--who",
            "督查科",
            "--where",
            "局机关",
            "-e",
            "县组发〔2020〕1号",
        ],
    ),
    "publicise": (PASSED, of("县委组织部"), ["publicise", "1-1", "--unit", "县教育局"]),
    "close": (PUBLICISED, of("县委组织部"), ["close", "1-1", "--unit", "县教育局"]),
    "file": (
        CLOSED,
        of("县委组织部"),
        ["file", "1-1", "--unit", "县教育局", "--with", "市环委办", "--number", "第12号"],
    ),
    "reopen": (
        FALSE,
        of("县委组织部"),
        ["reopen", "1-1", "--unit", "县教育局", "--reason", "返工", "--deadline", "2020-12-20", "--yes"],
    ),
    "inspect": (
        BEGUN,
        of("县委督查局"),
        ["inspect", "1-1", "--method", "暗访", "属实", "台账齐全", "--unit", "县教育局"],
    ),
    "lookback": (CLOSED, of("县委组织部"), ["lookback", "1-1", "属实", "好", "--unit", "县教育局"]),
    "urge": (BEGUN, of("县委督查局"), ["urge", "督办", "1-1", "--unit", "县教育局", "--basis", "督查发现", "--yes"]),
    "register": (BEGUN, of("县委组织部"), ["register", "局支部", "认定", "--reason", "组织生活停滞"]),
    "adjust": (BEGUN, MINE, ["adjust", "1-1", "时限", "2020年11月底前", "--basis", "县组发〔2020〕30号"]),
    "unit": (BEGUN, MINE, ["unit", "rename", "县教育局", "县教育体育局"]),
    "week": (BEGUN, MINE, ["week", "--issue", "--as-of", "2020-06-28"]),
    "report": (BEGUN, MINE, ["report", "--issue", "--as-of", "2020-06-28"]),
    "month": (BEGUN, MINE, ["month", "--issue", "--as-of", "2020-06-28"]),
    "fmt": (BEGUN, MINE, ["fmt"]),
    "import": (BEGUN, MINE, ["import", "台账.csv", "--yes"]),
    "init": (BEGUN, MINE, ["init"]),
    "draft": (BEGUN, MINE, ["draft", "方案.txt", "-o", "plans/q.yaml"]),
    "doctor": (BEGUN, MINE, ["doctor", "--fix"]),
    "sync": (BEGUN, MINE, ["sync"]),
}
SAID = {  # of what was done
    "undo": "已撤销 2020",
    "adjust": "写入 plans/p.yaml",
    "unit": "写入 plans/units.yaml",
    "week": "写入 ledgers/p/报告/周报第013期.txt",
    "report": "写入 ledgers/p/报告/整改落实情况报告第001期.txt",
    "month": "写入 ledgers/p/报告/月报第",
    "import": "已写入 plans/zg-2021.yaml",
    "fmt": "整理 ledgers/p/县教育局/2020-04.办公室.aa.yaml",
    "init": "新建 .gitattributes",
    "draft": "写入 plans/q.yaml",
    "doctor": "新建 .gitattributes",
    "sync": "在本机提交",
}


def prepared(root: Path, command: str, ledger: str) -> Path:
    """A repo in which a command has something to do."""
    small_repo(root, ledger)
    (root / "plans/organisations.yaml").write_text(
        "党组织:\n- {名称: 局支部, 单位: 县教育局, 类别: 党支部, 上次换届: 2019-01-31}\n", "utf-8"
    )
    if command == "undo":
        assert started(root, "lesson", "每周五").code == 0
    if command == "draft":
        (root / "方案.txt").write_text("一、存在问题\n1.学习不深入\n二、整改措施\n1.①制定办法\n", "utf-8")
    if command == "import":
        (root / "台账.csv").write_text("存在问题,整改措施,责任单位,时限\n迟到,考勤,县教育局,2021年6月底前\n", "utf-8")
    if command == "fmt":
        path = root / "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    if command == "sync":
        for words in (["init", "-q"], ["config", "user.name", "县教育局"], ["config", "user.email", "a@xian.example"]):
            subprocess.run(["git", *words], cwd=root, env=PLAIN, check=True)
    return root


NO_ROOM, SHUT = (without_room, "磁盘已满"), (partial(started, shell=">&-"), "输出已关闭")
UNSHOWN = [
    *(pytest.param(*written, *NO_ROOM, id=f"{name}-no room") for name, written in WRITES.items()),
    *(pytest.param(*WRITES[name], *SHUT, id=f"{name}-shut") for name in ("add", "week", "init")),
]


@pytest.mark.parametrize(("ledger", "env", "arguments", "run", "why"), UNSHOWN)
def test_what_was_written_is_said_on_stderr_where_the_answer_cannot_be_shown(
    tmp_path: Path, ledger: str, env: dict[str, str], arguments: list[str], run: Callable[..., Ran], why: str
) -> None:
    root = prepared(tmp_path / "台账", arguments[0], ledger)
    before = contents(root)
    ran = run(root, *arguments, env=env)
    assert (ran.code, ran.out) == (3, ""), ran.err
    said = ran.err[ran.err.index("zhenggai：") :]
    assert said.startswith(f"zhenggai：改动已记录，只是结果显示不出来：{why}\n  ")
    assert SAID.get(arguments[0], "已记录 2020") in said
    assert said.endswith("  下一步：不要重做，会记两次；核对用 zhenggai show 或 zhenggai check\n")
    assert "再运行" not in ran.err.replace("再运行 zhenggai sync", "")
    assert contents(root) != before


def contents(root: Path) -> object:
    """The files, and what git has."""
    return tree(root), sorted(path.name for path in root.glob(".git/objects/*"))


def test_every_command_that_writes_is_tried() -> None:
    reads = {
        "status",
        "board",
        "todo",
        "overdue",
        "due",
        "find",
        "list",
        "trend",
        "phase",
        "show",
        "remind",
        "rank",
        "check",
        "audit",
        "when",
        "whoami",
        "rollup",
    }
    without_an_answer = {"merge-driver", "schema"}  # on stdout, of what they write
    elsewhere = {
        "completion",
        "edit",
        "facts",
    }  # in the home folder, at a terminal only, in a folder that may be written again
    assert {command.name for command in COMMANDS} - reads - without_an_answer - elsewhere == set(WRITES)


def test_the_whole_answer_is_on_stderr_then(root: Path) -> None:
    ran = started(root, "add", "1-1", "开会", "-p", "50", shell=">/dev/full")
    first, second, *rest, last = ran.err.splitlines()
    assert first == "zhenggai：改动已记录，只是结果显示不出来：磁盘已满"
    number = second.removeprefix("  已记录 ")
    assert number in "".join(p.read_text("utf-8") for p in root.glob("ledgers/p/县教育局/2020-07.*.yaml"))
    assert rest[-1].startswith("  写入 ledgers/p/县教育局/2020-07.办公室.")
    assert last == "  下一步：不要重做，会记两次；核对用 zhenggai show 或 zhenggai check"


def test_a_reader_that_has_gone_is_no_reason_to_forget_what_was_written(root: Path) -> None:
    ran = through_a_closed_pipe(root, "lesson", "每周五")
    assert ran.code == 3
    assert ran.err.startswith("zhenggai：改动已记录，只是结果显示不出来：")
    assert "再运行" not in ran.err


def test_where_nothing_can_be_said_at_all_the_exit_code_is_left(root: Path) -> None:
    for shell in (">/dev/full 2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>&1"):
        before = tree(root)
        assert started(root, "lesson", "每周五", shell=shell) == Ran(3, "", "")
        assert tree(root) != before
    assert started(root, "status", shell=">&- 2>&-") == Ran(3, "", "")
    assert started(root, "show", "9-9", shell="2>/dev/full") == Ran(2, "", "")


def through_a_closed_pipe(root: Path, *arguments: str) -> Ran:
    """Run the program with nobody at the other end of its output."""
    here, there = os.pipe()
    os.close(here)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=root,
        env=PLAIN | MINE,
        stdin=subprocess.DEVNULL,
        stdout=there,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(there)
    return Ran(done.returncode, "", done.stderr.decode())


# closed streams


def test_what_only_reads_says_that_it_cannot_be_shown(root: Path) -> None:
    assert started(root, "status", shell=">&-") == Ran(
        3, "", "zhenggai：结果写不出去：输出已关闭\n  下一步：换个地方写，或腾出空间后再运行\n"
    )
    started(root, "fmt")
    assert started(root, "fmt", shell=">&-") == Ran(0, "", "都已整齐，没有改动\n")


def test_stderr_is_not_needed_for_the_answer(root: Path) -> None:
    whole = started(root, "status")
    assert whole.code == 0
    for shell in ("2>&-", "2>/dev/full", "<&-", "<&- 2>&-"):
        assert started(root, "status", shell=shell) == whole
    (root / "ledgers/p/城关镇").mkdir()
    (root / "ledgers/p/城关镇/2020-05.办公室.aa.yaml").write_text("- 编号：20200510-00000001\n", "utf-8")
    assert started(root, "status", shell="2>/dev/full").code == 1


def test_an_entry_is_written_without_anybody_to_ask(root: Path) -> None:
    ran = started(root, "add", "1-1", "开会", "-p", "50", shell="<&-")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("已记录 ")
    ran = started(root, "add", shell="<&-")
    assert ran.code == 2
    assert ran.err.startswith("zhenggai：")
    assert "Traceback" not in ran.err


def test_no_file_takes_the_place_of_a_stream(root: Path) -> None:
    """A closed stream's number goes to the next file that is opened: the answer must not land in it."""
    started(root, "status")
    before = {path: path.read_bytes()[:16] for path in (root / ".zhenggai").rglob("*.db")}
    assert before
    for shell in ("<&- >&- 2>&-", ">&- 2>&-", ">&-", "2>&-"):
        started(root, "add", "1-1", "开会", "-p", "50", shell=shell)
        started(root, "show", "1-1", "--unit", "县教育局", shell=shell)
    assert {path: path.read_bytes()[:16] for path in before} == before
    assert (root / ".zhenggai/lock").read_bytes() == b""
    assert started(root, "check").code == 0


def test_a_reader_that_has_seen_enough_is_no_error(root: Path) -> None:
    assert through_a_closed_pipe(root, "status") == Ran(0, "", "")
    assert through_a_closed_pipe(root, "--help") == Ran(0, "", "")


# what the system refuses


def test_a_place_that_the_system_refuses_is_named(root: Path) -> None:
    place = "周" * 100
    before = tree(root)
    for words in (
        ["init", place],
        ["init", place, "--server"],
        ["schema", "-o", place],
        ["status", "-o", f"{place}/总览.txt"],
        ["remind", "-o", f"{place}/"],
    ):
        ran = started(root, *words)
        assert (ran.code, ran.out) == (3, "")
        said = ran.err[ran.err.index("zhenggai：") :]
        assert said.startswith("zhenggai：无法读写 ")
        assert (
            said.endswith(f"{place}：文件名太长\n  下一步：核对路径；没有权限的，请管理员开通\n") or "/plans/" in said
        )
    assert tree(root) == before


def test_what_was_written_before_is_said_then(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from zhenggai.cli import app
    from zhenggai.cli.commands import add
    from zhenggai.writing import atomic

    def refused() -> None:
        raise PermissionError(errno.EACCES, "refused", "某处")

    monkeypatch.setattr(atomic, "_written", ["写入 某文件"])
    monkeypatch.setattr(add, "add", refused)
    assert app.run(["add"]) == 3
    assert capsys.readouterr().err == (
        "zhenggai：无法读写 某处：没有权限\n  此前的改动已记录，不要重做：写入 某文件\n"
        "  下一步：核对路径；没有权限的，请管理员开通\n"
    )


def test_a_current_folder_that_has_gone_is_said(root: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    for words in (["status"], ["add", "1-1", "开会"], ["init"], ["doctor"], ["schema"], ["sync"]):
        gone.mkdir()
        done = subprocess.run(
            ["sh", "-c", 'rmdir ../gone && exec "$@"', "sh", sys.executable, "-c", SCRIPT, *words],
            cwd=gone,
            env=PLAIN | MINE,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        said = "zhenggai：当前文件夹已不在（被删去或移走了）\n  下一步：换到台账所在的文件夹，再运行\n"
        assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (3, "", said), words


# the entry points


@pytest.mark.parametrize("program", [["zhenggai"], [sys.executable, "-m", "zhenggai"]], ids=["script", "module"])
@pytest.mark.parametrize(
    ("shell", "code"),
    [(">&-", 3), ("2>&-", 0), ("<&-", 0), ("<&- >&- 2>&-", 3), (">/dev/full", 3), ("| head -1", 0)],
)
def test_the_program_as_installed(root: Path, program: list[str], shell: str, code: int) -> None:
    scripts = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'"$@" {shell}', "bash", *program, "status", "--as-of", "2020-07-01"],
        cwd=root,
        env=PLAIN | {"PATH": f"{scripts}{os.pathsep}{PLAIN['PATH']}"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


# other encodings

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
ENCODINGS = {
    "C": ASCII,
    "POSIX": ASCII | {"LC_ALL": "POSIX"},
    "a locale that is not there": ASCII | {"LC_ALL": "zh_CN.GBK"},
    "ascii asked for": {"PYTHONIOENCODING": "ascii"},
    "gbk asked for": {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    "gbk and C": ASCII | {"PYTHONIOENCODING": "gbk:strict"},
}


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("总览 --单位 县教育局 --format md", 0),
        ("show 县教育局", 1),
        ("show 没有", 0),
        ("todo 县教育局 --format csv", 1),
        ("add 1-1 开会 --help", 0),
    ],
)
def test_the_answer_is_the_same_whatever_the_locale_says(tmp_path: Path, line: str, first: int) -> None:
    """Each in every second of the encodings, since a start takes a third of a second."""
    root = prepared(tmp_path / "台账", "sync", PASSED)
    answer = started(root, *line.split())
    for name, env in [*ENCODINGS.items()][first::2]:
        assert started(root, *line.split(), env=MINE | env) == answer, name


@pytest.mark.parametrize("env", ENCODINGS.values(), ids=ENCODINGS)
def test_a_report_is_the_same_whatever_the_locale_says(tmp_path: Path, env: dict[str, str]) -> None:
    root = prepared(tmp_path / "台账", "sync", PASSED)
    assert started(root, "status", "-o", "报告.txt", env=env) == Ran(0, "", "已写入 报告.txt\n")
    assert (root / "报告.txt").read_text("utf-8").startswith("整改方案\n")


@pytest.mark.parametrize("env", ENCODINGS.values(), ids=ENCODINGS)
def test_what_is_written_is_the_same_whatever_the_locale_says(tmp_path: Path, env: dict[str, str]) -> None:
    root = prepared(tmp_path / "台账", "sync", PASSED)
    (root / "照片.jpg").write_bytes(b"jpg")
    ran = started(root, "add", "1-2", "开会部署", "-e", "照片.jpg", env=MINE | env)
    assert (ran.code, ran.err) == (0, "")
    (written,) = root.glob("ledgers/p/县教育局/2020-07.办公室.*.yaml")
    assert "  内容: 开会部署\n" in written.read_text("utf-8")
    (copy,) = root.glob("ledgers/p/县教育局/附件/2020-07/照片.*.jpg")
    assert copy.name in written.read_text("utf-8")
    ran = started(root, "sync", env=env)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "还没有远程仓库，只在本机提交")
    names = subprocess.run(
        ["git", "-c", "core.quotepath=false", "ls-files"], cwd=root, env=PLAIN, capture_output=True, check=True
    )
    assert copy.relative_to(root).as_posix() in names.stdout.decode()


def test_an_argument_that_is_no_utf_8_means_what_the_locale_says() -> None:
    from zhenggai.cli.streams import in_utf8

    assert in_utf8(os.fsdecode("整改".encode())) == "整改".encode()
    assert in_utf8("整改") == "整改".encode()
    assert in_utf8("a\udcff") == b"a\xff"


def test_an_argument_that_is_no_text_at_all_is_refused(root: Path) -> None:
    before = tree(root)
    for words in (["show", "\udcff"], ["lesson", "\udcd5\udcfb"], ["status", "--unit=\udcff"], ["\udcff"]):
        for env in (MINE, MINE | ASCII):
            ran = started(root, *words, env=env)
            assert (ran.code, ran.out) == (2, "")
            assert ran.err.endswith("不是 UTF-8，看不懂\n  下一步：把终端编码改为 UTF-8，再运行\n")
    assert tree(root) == before


@pytest.mark.parametrize("env", [ASCII, {"PYTHONIOENCODING": "ascii"}])
def test_hooks_answer_in_utf_8(tmp_path: Path, env: dict[str, str]) -> None:
    root = prepared(tmp_path / "台账", "sync", PASSED)
    assert started(root, "init", env=MINE).code == 0
    (root / "ledgers/p/城关镇").mkdir()
    (root / "ledgers/p/城关镇/2020-05.办公室.aa.yaml").write_text("- 编号：20200510-00000001\n", "utf-8")
    subprocess.run(["git", "add", "-A"], cwd=root, env=PLAIN, check=True)
    done = subprocess.run(["git", "commit", "-m", "x"], cwd=root, env=PLAIN | env, capture_output=True, check=False)
    assert done.returncode == 1
    assert "ledgers/p/城关镇/2020-05.办公室.aa.yaml:1: " in done.stderr.decode()
    assert "有错误，没有提交" in done.stderr.decode()
    staged = started(root, "check", "--staged", shell=">&- 2>&-", env=env)
    assert staged == Ran(3, "", "")
    assert started(root, "audit", "--pre-receive", shell="<&- >&- 2>&-", env=env) == Ran(0, "", "")
