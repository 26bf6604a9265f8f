"""A computer whose clock is wrong: nobody else is stopped by what it recorded, and there is a way to take that back."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from small_repo import NOW, Ran, Runner, changed_files, small_repo, tree, write

AHEAD, BEHIND = NOW.replace(year=2021), NOW.replace(year=2019)
LEDGER = """\
04-10 县教育局 进展 1-1 进度=40 佐证=县教发〔2020〕1号
05-10 城关镇 进展 1-1 进度=20
"""
BUREAU = ("--unit", "县教育局", "--writer", "办公室")
TOWN = ("--unit", "城关镇", "--writer", "党政办")
SUPERVISORS = ("--by", "县委督查局", "--writer", "督查室")
RECORDER = ("--unit", "县委督查局", "--writer", "督查室")
URGE = ("urge", "1-1", "督办", "--unit", "县教育局", "--basis", "会议要求", *SUPERVISORS)
WRONG = "ledgers/p/县委督查局/2021-07.督查室.{}.yaml"
RIGHT = "ledgers/p/县委督查局/2020-07.督查室.{}.yaml"


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False, encoding="utf-8")
    assert fails or done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def ending_in(path: Path) -> str:
    """The end of the number of a file's last entry."""
    return path.read_text("utf-8").rpartition("编号: ")[2].splitlines()[0][-8:]


def done(ran: Ran) -> str:
    assert ran.code == 0, ran
    return ran.out


@pytest.fixture
def office(tmp_path: Path, home: Path) -> Callable[[str], Path]:
    """Computers, each by the two characters of its files: clones of one server that judges every push."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "server.git")
    start = write(small_repo(tmp_path / "start", LEDGER), {".gitignore": ".zhenggai/\n"})
    git(start, "init", "-q", "-b", "main")
    git(start, "add", "-A")
    git(start, "-c", "user.name=a", "-c", "user.email=a@x", "commit", "-qm", "建库")
    git(start, "push", "-q", str(tmp_path / "server.git"), "main")

    def computer(mark: str) -> Path:
        clone = tmp_path / mark
        if not clone.exists():
            git(tmp_path, "clone", "-q", str(tmp_path / "server.git"), mark)
            git(clone, "config", "user.name", mark)
            git(clone, "config", "user.email", f"{mark}@x")
            write(clone, {".zhenggai/clone": mark})
        return clone

    return computer


@pytest.fixture
def wrong(office: Callable[[str], Path], zhenggai: Runner) -> Path:
    """The computer of the supervisors; by its clock, a year ahead, one 督办 was recorded and pushed."""
    clone = office("dc")
    done(zhenggai(*URGE, at=clone, now=AHEAD))
    done(zhenggai("sync", at=clone, now=AHEAD))
    return clone


def number_in(clone: Path, path: str) -> str:
    return (clone / path).read_text("utf-8").splitlines()[0].removeprefix("- 编号: ")


# --- nobody is stopped


def test_the_unit_that_was_urged_goes_on(wrong: Path, office: Callable[[str], Path], zhenggai: Runner) -> None:
    bureau = office("jy")
    done(zhenggai("sync", at=bureau))
    assert (bureau / WRONG.format("dc")).exists()
    for command in (
        ("add", "1-1", "印发办法", "-p", "90"),
        ("claim", "1-2"),
        ("correct", "00000001", "进度=45"),
        ("done", "1-1", "全部办结"),
        ("apply", "1-1", "--approver", "王强"),
    ):
        ran = zhenggai(*command, *BUREAU, at=bureau)
        assert ran.out.startswith("已记录 20200701-"), (command, ran)
        assert (ran.code, ran.err) == (0, "")
    done(zhenggai("sync", at=bureau))
    assert "申请销号" in zhenggai("show", "1-1", "--unit", "县教育局", at=bureau).out


def test_a_batch_of_the_reviewers_goes_on(wrong: Path, office: Callable[[str], Path], zhenggai: Runner) -> None:
    reviewers = office("ba")
    done(zhenggai("sync", at=reviewers))
    for unit in (BUREAU, TOWN):
        done(zhenggai("done", "1-1", "全部办结", "-e", "县发〔2020〕1号", *unit, at=reviewers))
        done(zhenggai("apply", "1-1", "--approver", "王强", *unit, at=reviewers))
    by = ("--by", "县委办公室", "--writer", "办公室", "--yes")
    ran = zhenggai("review", "--problem", "1", "通过", *by, at=reviewers)
    assert ran.out.count("已记录 20200701-") == 2, ran
    urged = zhenggai("urge", "1-1", "提醒", "--basis", "会议要求", *SUPERVISORS, "--yes", at=reviewers)
    assert urged.out.count("已记录 20200701-") == 1, urged  # of 河东乡, whose task alone is open


def test_the_recorder_withdraws_it_by_the_right_clock(
    wrong: Path, office: Callable[[str], Path], zhenggai: Runner
) -> None:
    path, day = WRONG.format("dc"), ("--as-of", "2021-12-31")
    number = number_in(wrong, path)
    assert "【已作废】" not in zhenggai("show", number, at=wrong).out
    named = zhenggai("check", at=wrong)
    command = f"zhenggai correct {number[-8:]} --void --why 电脑日期不对 --unit 县委督查局"
    assert named.code == 1
    assert (
        f"{path}:1: 日期: 日期 2021-07-01、编号的记录日 2021-07-01 晚于今天（2020-07-01） — 由县委督查局作废，再重新记录：{command}\n"
        in named.out
    )
    voided = zhenggai(*command.split()[1:], "--writer", "督查室", at=wrong)
    assert (voided.code, voided.err) == (0, "")
    assert voided.out.splitlines()[-1] == f"作废 2021-07-01 督办 {number}"
    assert "2021-07-01" not in zhenggai("check", at=wrong).out
    done(zhenggai("sync", at=wrong))
    bureau = office("jy")
    done(zhenggai("sync", at=bureau))
    for clone in (wrong, bureau):
        assert "【已作废】" in zhenggai("show", number, at=clone).out
        assert f"督办 {number[-8:]} 作废" in zhenggai("show", "1-1", "--unit", "县教育局", at=clone).out
        assert zhenggai("status", *day, "--format", "json", at=clone).err == ""
        assert zhenggai("check", at=clone).code == 0
        assert "督办" not in zhenggai("todo", "--unit", "县教育局", *day, at=clone).out
        for words in (("week",), ("week", *day), ("overdue", *day)):
            told = zhenggai(*words, at=clone).err
            assert told in ("", "2021-12-31 还没有到，以下按现有的记录推算\n")


def test_a_field_of_it_is_not_corrected_but_it_is_said_how_it_is_withdrawn(wrong: Path, zhenggai: Runner) -> None:
    end = number_in(wrong, WRONG.format("dc"))[-8:]
    ran = zhenggai("correct", end, "对象=局长", *RECORDER, at=wrong)
    assert ran.code == 2
    what = "  日期 2020-07-01 早于原记录或对它的上一次更正，不起作用\n"
    assert f"{what}    作废后重新记录：zhenggai correct {end} --void\n" in ran.err
    done(zhenggai("correct", end, "--void", *RECORDER, at=wrong))


def test_what_was_shared_already_hides_nothing_from_undo(wrong: Path, zhenggai: Runner) -> None:
    done(zhenggai("sync", at=wrong))
    done(zhenggai(*URGE, at=wrong))
    ran = zhenggai("undo", "--yes", *RECORDER, at=wrong)
    assert ran.out.startswith("已撤销 20200701-")
    refused = zhenggai("undo", "--yes", *RECORDER, at=wrong)
    assert refused.code == 2
    assert "已经推送" in refused.err


# --- nothing of the kind is shared


def test_sync_refuses_own_numbers_and_says_how_they_are_taken_out(
    office: Callable[[str], Path], zhenggai: Runner
) -> None:
    clone, server = office("dc"), office("dc").parent / "server.git"
    before = git(server, "rev-parse", "main")
    done(zhenggai(*URGE, at=clone, now=AHEAD))
    path = WRONG.format("dc")
    number = number_in(clone, path)
    for more in ((), ("correct", number[-8:], "--void", *RECORDER)):
        if more:
            done(zhenggai(*more, at=clone))
        ran = zhenggai("sync", at=clone)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.endswith(
            "zhenggai：自己新记的 1 条，编号写的记录日晚于今天（本机日期 2020-07-01），没有推送\n"
            f"  {path} {number}：zhenggai undo --unit 县委督查局 --writer 督查室\n"
            "  下一步：先核对本机的日期，不对的校正；日期对的，逐条撤销、重新记录，再运行 zhenggai sync\n"
        )
        assert git(server, "rev-parse", "main") == before
    done(zhenggai(*URGE, at=clone))
    for _ in range(2):  # the withdrawal first, then what it withdrew; what was recorded since stays
        done(zhenggai("undo", *RECORDER, "--yes", at=clone))
    assert not (clone / path).exists()
    assert done(zhenggai("sync", at=clone)) == "推送 县委督查局 新增1条\n"


def test_a_number_of_tomorrow_is_one_of_another_time_zone(office: Callable[[str], Path], zhenggai: Runner) -> None:
    clone = office("dc")
    done(zhenggai(*URGE, at=clone, now=NOW + timedelta(days=1)))
    done(zhenggai("sync", at=clone))
    bureau = office("jy")
    done(zhenggai("sync", at=bureau))
    assert done(zhenggai("add", "1-1", "印发办法", *BUREAU, at=bureau)).startswith("已记录 20200702-")
    assert "2020-07-0" not in zhenggai("check", at=bureau).out
    done(zhenggai("sync", at=bureau))


@pytest.mark.parametrize("name", ["手记.yaml", "2021-07.督查室.dc.yaml"])
def test_a_number_in_a_file_written_by_hand(name: str, office: Callable[[str], Path], zhenggai: Runner) -> None:
    clone, path = office("dc"), f"ledgers/p/县委督查局/{name}"
    entry = (
        "- 编号: 20210701-zzzzzzzz\n  日期: 2020-06-30\n  措施: 1-1\n  单位: 县教育局\n  事项: 督办\n"
        "  对象: 单位\n  依据: 会议要求\n  填报人: 督查室\n"
    )
    write(clone, {path: entry})
    ran = zhenggai("sync", at=clone)
    way = "从文件里删去这一条" if name == "手记.yaml" else "zhenggai undo --unit 县委督查局 --writer 督查室"
    assert ran.code == 1
    assert f"  {path} 20210701-zzzzzzzz：{way}\n" in ran.err
    assert done(zhenggai("add", "1-1", "印发办法", *BUREAU, at=clone)).startswith("已记录 20200701-")
    assert done(zhenggai("correct", "zzzzzzzz", "--void", *RECORDER, at=clone)).startswith("已记录 20200701-")


@pytest.fixture
def server(office: Callable[[str], Path], tmp_path: Path) -> Path:
    """The server with its hook, on a day of its own."""
    hook = tmp_path / "server.git/hooks/pre-receive"
    program = (
        "import sys; from datetime import datetime; from zhenggai.cli import clock; "
        f"clock.now = lambda: datetime{NOW.timetuple()[:5]}; "
        "from zhenggai.cli.app import run; sys.exit(run(['audit', '--pre-receive']))"
    )
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{program}"\n')
    hook.chmod(0o755)
    return hook.parent.parent


def test_the_server_refuses_what_it_cannot_have_been_recorded_yet(
    server: Path, office: Callable[[str], Path], zhenggai: Runner
) -> None:
    clone = office("dc")
    before = git(server, "rev-parse", "main")
    done(zhenggai(*URGE, at=clone, now=AHEAD))
    path = WRONG.format("dc")
    number = number_in(clone, path)
    ran = zhenggai("sync", at=clone, now=AHEAD)
    assert ran.code == 4
    told = "".join(line.strip() for line in ran.err.splitlines())
    assert f"记录日期：{path} {number}编号写的记录日 2021-07-01 晚于服务器今天的日期 2020-07-01" in told
    assert "下一步：校正电脑的日期，用 zhenggai undo 撤销这一条（手写的，从文件里删去），再重新记录" in told
    assert git(server, "rev-parse", "main") == before
    done(zhenggai("undo", *RECORDER, "--yes", at=clone))
    done(zhenggai(*URGE, at=clone))
    done(zhenggai("sync", at=clone))
    assert git(server, "show", f"main:{RIGHT.format('dc')}")


def test_the_server_takes_a_push_at_whose_end_it_is_gone(server: Path, office: Callable[[str], Path]) -> None:
    clone, path = office("dc"), WRONG.format("dc")
    write(clone, {path: "- 编号: 20210701-00000001\n  日期: 2020-06-30\n  事项: 经验\n  内容: 甲\n  填报人: 督查室\n"})
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "一")
    assert "[remote rejected]" in git(clone, "push", fails=True)
    (clone / path).unlink()
    git(clone, "commit", "-qam", "二")
    git(clone, "push")


# --- a clock that is behind


def test_a_clock_behind_the_plan_is_named(office: Callable[[str], Path], zhenggai: Runner) -> None:
    clone = office("jy")
    before = tree(clone)
    ran = zhenggai("add", "1-1", "去年的事", *BUREAU, at=clone, now=BEHIND)
    assert ran == Ran(
        2, "", "zhenggai：没有写入：\n  日期 2019-07-01 早于方案印发日期 2020-03-01\n    校正电脑的日期\n"
    )
    assert tree(clone) == before


def test_a_clock_behind_what_most_computers_recorded_is_named(tmp_path: Path, home: Path, zhenggai: Runner) -> None:
    """One of two may be the wrong one; where most agree it is this."""
    late = "05-20 县财政局 进展 2-3 进度=30\n05-21 城关镇 进展 1-1 进度=30"
    root = write(small_repo(tmp_path, LEDGER), {".zhenggai/clone": "k3"})
    files = small_repo(tmp_path / "别处", late)
    april = datetime(2020, 4, 20)
    done(zhenggai("add", "1-1", "四月的事", *BUREAU, at=root, now=april))
    for place in (files / "ledgers/p").rglob("*.yaml"):
        write(root, {place.relative_to(files).as_posix().replace(".aa.", ".bb."): place.read_bytes()})
    before = tree(root)
    ran = zhenggai("add", "1-1", "四月的事", *BUREAU, at=root, now=april)
    assert ran == Ran(
        2, "", "zhenggai：没有写入：\n  本机日期 2020-04-20 之后，多数电脑上已有记录\n    校正电脑的日期\n"
    )
    assert changed_files(before, root) == {}
    done(zhenggai("correct", "20200410-00000001", "--void", *BUREAU, at=root, now=april))


def test_what_a_clock_behind_recorded_stops_nobody(office: Callable[[str], Path], zhenggai: Runner) -> None:
    slow, bureau = office("dc"), office("jy")
    june = datetime(2020, 6, 1)
    done(zhenggai(*URGE, at=slow, now=june))
    done(zhenggai("sync", at=slow, now=june))
    done(zhenggai("sync", at=bureau))
    assert done(zhenggai("add", "1-1", "印发办法", *BUREAU, at=bureau)).startswith("已记录 20200701-")
    done(zhenggai("sync", at=bureau))
    done(zhenggai("sync", at=slow, now=june))
    end = ending_in(slow / "ledgers/p/县委督查局/2020-06.督查室.dc.yaml")
    done(zhenggai("correct", end, "--void", *RECORDER, at=slow))
    done(zhenggai("sync", at=slow))
