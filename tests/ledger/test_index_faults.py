"""Whatever happens to the index, or while it is written: nobody gets a wrong answer, and nobody gets an error."""

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from building import parts_of
from small_repo import GIT_FREE, Runner, number_of, small_repo, write
from zhenggai.errors import Unusable
from zhenggai.ledger import Ledger, index, making, whole
from zhenggai.reading import data_folders
from zhenggai.reading.data_folders import Stamp, stamps_in
from zhenggai.rules.day.snapshot import Picture
from zhenggai.rules.day.state import state
from zhenggai.views.due import DueList, overdue

PLAN_FILE = "plans/p.yaml"
MAY = "ledgers/p/县教育局/2020-05.办公室.aa.yaml"
LEDGER = "\n".join(
    [
        "04-10 县教育局 认领 1-1 责任人=张伟",
        *(f"05-{day:02} 县教育局 进展 1-1 进度={day}" for day in range(1, 29)),
        *(f"05-{day:02} 县财政局 进展 2-3 进度={day}" for day in range(1, 29)),
    ]
)
AS_OF = date(2020, 7, 1)
NOTHING_NEW = -(10**19)  # nanoseconds: no stamp is doubted


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repo with an index."""
    monkeypatch.setattr(index, "_given_up", set())
    small_repo(tmp_path, LEDGER)
    Ledger(tmp_path, PLAN_FILE).picture(AS_OF)
    return tmp_path


def database(root: Path) -> Path:
    return root / index.FOLDER / "p.db"


def said(picture: Picture) -> object:
    return parts_of(picture), picture.counts, [str(p) for p in picture.problems], picture.last_entry


def assert_right(root: Path, *, verify: bool = False) -> None:
    """The answer is that of the files; and it is given again when the index has been looked at once."""
    expected = said(state(whole.read_book(root, PLAN_FILE), AS_OF))
    for _ in range(2):
        assert asked(root, verify=verify) == expected
        index._given_up.clear()


def asked(root: Path, *, verify: bool = False) -> object:
    """What a picture says; where it cannot be told, as a command that asks again is answered."""
    for _ in range(3):
        with suppress(Unusable):
            return said(Ledger(root, PLAN_FILE, verify=verify).picture(AS_OF))
    raise AssertionError("an index that failed was not passed by")


def assert_healed(root: Path) -> None:
    """The answer is right, and the next one is out of the index again."""
    assert_right(root)
    with sqlite3.connect(database(root)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM file").fetchone() == (3,)
    before, racy = database(root).stat().st_mtime_ns, json.loads(meta(root, "racy"))  # a long moment later nothing is
    Ledger(root, PLAN_FILE).picture(AS_OF)
    assert database(root).stat().st_mtime_ns == before or racy


def meta(root: Path, name: str) -> bytes:
    with sqlite3.connect(database(root)) as db:
        (value,) = db.execute("SELECT value FROM meta WHERE name = ?", (name.encode(),)).fetchone()
    return index._unsealed(value)


def stamp(path: Path) -> None:
    """Give an index the stamp of what lies there now, as if this tool had left it so."""
    version = path.with_suffix(".stamp").read_text().split(" ")[-1]
    path.with_suffix(".stamp").write_text(f"{index._stamp(path)} {version}")


# --- the file


def overwritten(path: Path, data: bytes) -> None:
    """Other bytes, the time as it was."""
    info = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_index_is_made_anew(repo: Path, seed: int) -> None:
    chance, path = random.Random(seed), database(repo)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 20))):
        at = chance.randrange(len(data))
        data[at : at + 8] = chance.randbytes(8)
    overwritten(path, bytes(data[: chance.choice((len(data), len(data) // 2, 100))]))
    assert_healed(repo)


@pytest.mark.parametrize("seed", range(12))
def test_damage_that_its_stamp_does_not_show_is_found_where_it_cannot_be_read(repo: Path, seed: int) -> None:
    chance, path = random.Random(seed), database(repo)
    data = bytearray(path.read_bytes())
    page = chance.randrange(len(data) // 4096)
    data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    overwritten(path, bytes(data))
    stamp(path)
    assert_right(repo)


def test_bytes_that_are_no_json_are_no_answer(repo: Path) -> None:
    with sqlite3.connect(database(repo)) as db:
        db.execute("UPDATE sheet SET cells = x'ff00'")
        db.execute("UPDATE behind SET value = x'5b'")
    db.close()
    stamp(database(repo))
    assert_right(repo)


STORED = [("sheet", "cells"), *((table, "value") for table in ("meta", "folder", "file", "run", "brief", "behind"))]
ODD = ["NULL", "''", "17", "x''", "'[]'", "CAST('[]' AS BLOB)", "substr({0}, 1, length({0}) / 2)", "{0} || x'20'"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("table", "column"), STORED)
def test_an_odd_value_is_no_answer(repo: Path, zhenggai: Runner, table: str, column: str, odd: str) -> None:
    for command in (("status",), ("overdue",), ("show", "1-1"), ("week",)):
        index._given_up.clear()
        database(repo).unlink(missing_ok=True)
        expected = zhenggai(*command, at=repo)
        with sqlite3.connect(database(repo)) as db:
            db.execute(f"UPDATE {table} SET {column} = {odd.format(column)}")
        db.close()
        stamp(database(repo))
        assert zhenggai(*command, at=repo) == expected
    index._given_up.clear()
    assert_healed(repo)


def test_each_value_that_is_missing_is_missed(repo: Path, zhenggai: Runner) -> None:
    expected = zhenggai("status", at=repo), zhenggai("show", "1-1", at=repo)
    with sqlite3.connect(database(repo)) as db:
        names = [bytes(name).decode() for (name,) in db.execute("SELECT name FROM meta")]
    db.close()
    assert {"plan", "problems", "days", "version"} <= set(names)
    for name in names:
        with sqlite3.connect(database(repo)) as db:
            db.execute("DELETE FROM meta WHERE name = ?", (name.encode(),))
        db.close()
        stamp(database(repo))
        index._given_up.clear()
        assert (zhenggai("status", at=repo), zhenggai("show", "1-1", at=repo)) == expected, name
        index._given_up.clear()
        zhenggai("status", "--verify", at=repo)
    assert_healed(repo)


def test_verify_makes_all_of_it_anew(repo: Path) -> None:
    with sqlite3.connect(database(repo)) as db:
        rows = db.execute("SELECT cells FROM sheet").fetchall()
        poisoned = [index._sealed(index._unsealed(cells).replace(b"28", b"27")) for (cells,) in rows]
        db.executemany("UPDATE sheet SET cells = ? WHERE cells = ?", zip(poisoned, (c for (c,) in rows), strict=True))
        (dropped,) = db.execute("SELECT value FROM run WHERE instr(value, '20200528')").fetchone()
        db.execute("DELETE FROM run WHERE value = ?", (dropped,))
    db.close()
    stamp(database(repo))
    assert_right(repo, verify=True)
    assert_healed(repo)


def _foreign_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE meta (x)")
        db.execute("CREATE TABLE 别的 (x)")
        db.execute("CREATE VIEW file AS SELECT 1")
        db.execute("PRAGMA user_version = 1")


def _older(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("DROP TABLE sheet")
    stamp(path)


def _of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = ? WHERE name = CAST('program' AS BLOB)", (index._bytes("0.0.1"),))
        db.execute("UPDATE sheet SET cells = ?", (index._bytes([]),))
    stamp(path)


def _linked(path: Path, target: str) -> None:
    path.unlink()
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("no links here")


def _piped(path: Path) -> None:
    path.unlink()
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(path)


FOREIGN: dict[str, Callable[[Path], object]] = {
    "another database": _foreign_database,
    "an older format": _older,
    "another version of the program": _of_another_version,
    "a text": lambda path: path.write_text("不是数据库" * 1000),
    "nothing in it": lambda path: path.write_bytes(b""),
    "without its stamp": lambda path: path.with_suffix(".stamp").unlink(),
    "gone": lambda path: path.unlink(),
    "with a stamp in no known letters": lambda path: path.with_suffix(".stamp").write_bytes(b"\x80\xff"),
    "with a stamp without end": lambda path: _linked(path.with_suffix(".stamp"), "/dev/zero"),
    "with a pipe for a stamp": lambda path: _piped(path.with_suffix(".stamp")),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_foreign_or_older_index_is_made_anew(repo: Path, what: str) -> None:
    FOREIGN[what](database(repo))
    assert_healed(repo)


def test_the_journal_of_a_deleted_index_changes_nothing_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_given_up", set())
    repo = small_repo(tmp_path, "05-28 县教育局 进展 1-1 进度=28")  # so little that each row stands on one page
    Ledger(repo, PLAN_FILE).picture(AS_OF)
    path = database(repo)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")  # then its journal tells no number of pages: all are played back
        db.execute("BEGIN IMMEDIATE")
        for table in ("run", "brief", "behind"):
            db.execute(f"UPDATE {table} SET value = x''")
        db.execute("UPDATE sheet SET cells = x''")
        journal = path.with_name("p.db-journal").read_bytes()
        db.execute("ROLLBACK")
    path.unlink()
    write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("进度: 28", "进度: 99")})
    Ledger(repo, PLAN_FILE).picture(AS_OF)
    path.with_name("p.db-journal").write_bytes(journal)
    assert_right(repo)


def test_a_writer_leaves_nothing_on_the_disk_that_another_index_of_the_name_could_take_for_its_own(repo: Path) -> None:
    opened = index.Index(database(repo))
    before = {path.name for path in database(repo).parent.iterdir()}
    with opened.writing():
        opened.put_meta({"days": []})
        assert {path.name for path in database(repo).parent.iterdir()} == before
    assert {path.name for path in database(repo).parent.iterdir()} == before


def test_what_a_killed_writer_left_half_written_is_believed_by_nobody(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = index.Index(database(repo)), index.Index(database(repo))
    kept = reader.paths()
    with monkeypatch.context() as patch:
        patch.setattr(index, "_put_stamp", lambda *_: None)  # killed after the last byte of the file
        with writer.writing():
            writer.put_meta({"days": []})
    assert kept
    with pytest.raises(index.Moved):
        reader.paths()
    assert_healed(repo)


def test_the_index_of_another_folder_is_not_believed(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = small_repo(tmp_path_factory.mktemp("other"), LEDGER.replace("进度=28", "进度=99"))
    Ledger(other, PLAN_FILE).picture(AS_OF)
    for name in ("p.db", "p.stamp"):
        os.replace(other / index.FOLDER / name, repo / index.FOLDER / name)
    assert_healed(repo)


# --- where there can be none


@pytest.mark.parametrize("place", [".zhenggai", ".zhenggai/index", ".zhenggai/index/p.db"])
def test_without_a_place_for_the_index_the_files_answer(tmp_path: Path, place: str) -> None:
    small_repo(tmp_path, LEDGER)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    if place.endswith(".db"):
        (tmp_path / place).mkdir()
    else:
        (tmp_path / place).write_text("")
    assert_right(tmp_path)


@pytest.mark.parametrize("place", [".zhenggai", ".zhenggai/index"])
def test_nothing_is_written_where_a_link_leads_elsewhere(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, place: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    small_repo(tmp_path, LEDGER)
    (tmp_path / place).parent.mkdir(exist_ok=True)
    try:
        (tmp_path / place).symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert_right(tmp_path)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["p.db", "p.db-wal", "p.db-shm", "p.clock", "p.db-journal"])
def test_nothing_waits_for_a_pipe_and_no_link_is_followed(tmp_path: Path, repo: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    place = repo / index.FOLDER / name
    place.unlink(missing_ok=True)
    place.symlink_to(elsewhere)
    assert_right(repo)
    assert not elsewhere.exists()
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    index._given_up.clear()
    assert_right(repo)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the kind")
@pytest.mark.parametrize("size", [0, 4096, 20_000, 40_000])
def test_on_a_full_disk_the_files_answer(tmp_path: Path, size: int) -> None:
    small_repo(tmp_path, LEDGER)
    command = [sys.executable, "-m", "zhenggai", "status", "--as-of", "2020-07-01"]
    full = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | GIT_FREE,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    roomy = subprocess.run(command, cwd=tmp_path, env=os.environ | GIT_FREE, capture_output=True, check=False)
    assert (full.returncode, full.stderr) == (0, b"")
    assert full.stdout == roomy.stdout


def test_an_index_that_another_keeps_locked_is_passed_by(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_PATIENCE", 0.05)
    write(repo, {MAY: (repo / MAY).read_text(encoding="utf-8").replace("进度: 28", "进度: 29")})
    holder = sqlite3.connect(database(repo), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert_right(repo)
    holder.execute("ROLLBACK")
    assert_healed(repo)


# --- at once, and killed


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
def test_whoever_is_killed_while_writing_it_leaves_no_wrong_answer(repo: Path) -> None:
    chance = random.Random(5)
    for nth in range(60):
        write(repo, {MAY: (repo / MAY).read_bytes().decode().replace(f"第{nth % 20 + 5}次", f"第{nth % 20 + 5}次，")})
        if nth % 3 == 0:
            database(repo).unlink(missing_ok=True)
        child = os.fork()
        if not child:
            try:
                Ledger(repo, PLAN_FILE).picture(AS_OF)
            finally:
                os._exit(0)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert_right(repo)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_many_at_once_each_get_an_answer_that_was_true(repo: Path) -> None:
    def work(nth: int) -> Iterator[bool]:
        chance = random.Random(nth)
        for times in range(12):
            day = chance.choice((date(2020, 5, 10), AS_OF, date(2020, 5, 20)))
            if nth == 0:
                text = (repo / MAY).read_bytes().decode()
                write(repo, {"新": text.replace("第", "第约", times)})
                os.replace(repo / "新", repo / MAY)
            with suppress(Unusable):
                counted = Ledger(repo, PLAN_FILE).picture(day).counts
                yield counted.tasks == 7 and counted.in_progress == 2

    children = []
    for nth in range(8):
        child = os.fork()
        if not child:
            try:
                os._exit(0 if all(work(nth)) else 1)
            finally:
                os._exit(2)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 8
    assert_healed(repo)


# --- stamps


def without_more_than_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose files have neither ctime nor inode."""
    listing = data_folders._listing

    def plain(folder: str) -> str:
        stamps = stamps_in(listing(folder))
        return "\0".join(f"{name}\0{s.size}\0{s.mtime}\0" + "0\0" + "0" for name, s in stamps.items())

    monkeypatch.setattr(data_folders, "_listing", plain)


def touched_back(repo: Path) -> None:
    """Another percent in the file, its size and time as they were."""
    path = repo / MAY
    overwritten(path, path.read_bytes().replace("进度: 28".encode(), "进度: 29".encode()))


def percent(repo: Path, *, verify: bool = False) -> int | None:
    picture = Ledger(repo, PLAN_FILE, verify=verify).picture(AS_OF)
    return picture.where(lambda t: t.name == "1-1 县教育局")[0].head.percent


def test_a_file_that_was_touched_back_is_found_by_its_ctime(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_STANDSTILL", NOTHING_NEW)
    Ledger(repo, PLAN_FILE, verify=True)
    touched_back(repo)
    assert percent(repo) == 29


def test_where_there_is_but_a_time_only_verify_finds_it(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_STANDSTILL", NOTHING_NEW)
    without_more_than_a_time(monkeypatch)
    assert percent(repo) == 28
    touched_back(repo)
    assert percent(repo) == 28
    assert percent(repo, verify=True) == 29
    assert percent(repo) == 29


def test_a_file_written_as_the_index_looked_is_read_again(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_more_than_a_time(monkeypatch)
    os.utime(repo / MAY)
    assert percent(repo) == 28
    touched_back(repo)
    assert percent(repo) == 29


def test_a_stamp_far_ahead_is_never_believed(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_more_than_a_time(monkeypatch)
    os.utime(repo / MAY, (2**33, 2**33))
    assert percent(repo) == 28
    touched_back(repo)
    assert percent(repo) == 29


def test_a_stamp_is_what_the_system_says_of_the_file(repo: Path) -> None:
    info = (repo / MAY).stat()
    (stamp,) = (s for n, s in stamps_in(data_folders._listing(str((repo / MAY).parent))).items() if n == Path(MAY).name)
    assert stamp == Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


# --- files of all kinds


def test_files_that_cannot_be_read_are_told_of_and_hide_no_other(repo: Path) -> None:
    text = (repo / MAY).read_bytes()
    write(
        repo,
        {
            "ledgers/p/城关镇/2020-05.甲.aa.yaml": text.decode().encode("gb18030"),
            "ledgers/p/城关镇/2020-06.甲.aa.yaml": b"\xff\xfe- ",
            "ledgers/p/河东乡/2020-05.甲.aa.yaml": b"- [",
            "ledgers/p/河东乡/2020-06.甲.aa.yaml": text.replace(b"\n", b"\r\n"),
        },
    )
    (repo / "ledgers/p/河东乡/2020-07.甲.aa.yaml").mkdir()
    (repo / "ledgers/p/河东乡/2020-08.甲.aa.yaml").symlink_to("没有")
    assert_right(repo)
    ledger, book = Ledger(repo, PLAN_FILE), whole.read_book(repo, PLAN_FILE)
    assert sorted({p.source.path for p in ledger.problems if p.source.path.startswith("ledgers")}) == sorted(
        {p.source.path for p in book.problems}
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only Linux has names that are no text")
def test_a_folder_whose_name_is_no_text_hides_nothing(repo: Path) -> None:
    folder = os.fsencode(repo / "ledgers/p") + b"/\xff\xfe"
    os.mkdir(folder)
    with open(folder + b"/2020-05.\xff.aa.yaml", "wb") as file:
        file.write((repo / MAY).read_bytes().replace(number_of(2, date(2020, 5, 1)).encode(), b"20200501-zzzzzzzz"))
    assert_right(repo)


# --- what was true when it was asked


def test_a_picture_whose_files_became_others_says_so_and_is_not_mixed(repo: Path) -> None:
    ledger = Ledger(repo, PLAN_FILE)
    task = ledger.picture(AS_OF).where(lambda t: t.name == "1-1 县教育局")[0]
    write(repo, {MAY: "[]\n"})
    Ledger(repo, PLAN_FILE).picture(AS_OF)
    with pytest.raises(Unusable):
        _ = task.events
    assert percent(repo) == ledger.picture(AS_OF).where(lambda t: t.name == "1-1 县教育局")[0].head.percent is None


def test_a_command_runs_again_where_its_ledger_became_another(
    repo: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []

    def meanwhile(picture: Picture) -> DueList:
        times.append(len(times))
        if len(times) == 1:
            write(repo, {MAY: "[]\n"})
            Ledger(repo, PLAN_FILE).picture(AS_OF)
        return overdue(picture)

    monkeypatch.setattr("zhenggai.cli.commands.overdue.view", meanwhile)
    again = zhenggai("overdue", at=repo)
    assert len(times) == 2
    assert again == zhenggai("overdue", at=repo)


def test_a_command_passes_by_an_index_that_fails_it(
    repo: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = zhenggai("show", "1-1", at=repo)

    sheet = index.Index.sheet

    def failing(self: index.Index, *asked: Any) -> object:
        with self._careful():
            if self._path is not None:
                raise sqlite3.OperationalError("disk I/O error")
        return sheet(self, *asked)

    monkeypatch.setattr(index.Index, "sheet", failing)
    assert zhenggai("show", "1-1", at=repo) == expected
