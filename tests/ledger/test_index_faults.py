"""Whatever happens to what is kept, or while it is written: nobody gets a wrong answer, and nobody gets an error."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from building import parts_of
from small_repo import GIT_FREE, Runner, number_of, small_repo, tree, write
from zhenggai.errors import FileChanged
from zhenggai.index import disk, keys, parsed, store
from zhenggai.index.store import Store
from zhenggai.ledger import Ledger, whole
from zhenggai.reading import data_folders as root
from zhenggai.reading import files
from zhenggai.reading.data_folders import Stamp, stamps_in
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.rules.todo.submissions import PendingSubmission
from zhenggai.views.due import due, overdue
from zhenggai.views.report_entries import told
from zhenggai.views.status import status

pytestmark = pytest.mark.exhaustive

PLAN_FILE = "plans/p.yaml"
MAY = "ledgers/p/县教育局/2020-05.办公室.aa.yaml"
LEDGER = "\n".join(
    [
        "04-10 县教育局 认领 1-1 责任人=张伟",
        *(f"05-{day:02} 县教育局 进展 1-1 进度={day}" for day in range(1, 29)),
        *(f"05-{day:02} 县财政局 进展 2-3 进度={day}" for day in range(1, 29)),
        "06-02 县教育局 完成 1-1",
        "06-03 县教育局 申请销号 1-1 签批领导=王强 #案",
        "06-04 县委办公室 初审 针对=案 结论=通过",
        "06-05 县委组织部 复核 针对=案 结论=退回 原因=缺",
    ]
)
AS_OF = date(2020, 7, 1)
DAYS = (AS_OF, date(2020, 5, 10), date(2020, 6, 4))
NOTHING_NEW = -(10**19)  # nanoseconds: no stamp is doubted


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repo of which everything is kept."""
    monkeypatch.setattr(disk, "_STANDSTILL", NOTHING_NEW)
    small_repo(tmp_path, LEDGER)
    answers(tmp_path)
    return tmp_path


def database(root: Path) -> Path:
    return root / store.FOLDER / store.FILE


def said(snapshot: Snapshot) -> object:
    """What a snapshot, and the lists made of it, say."""
    return (
        parts_of(snapshot),
        [str(p) for p in snapshot.diagnostics],
        snapshot.last_entry,
        [v.record() for v in (status(snapshot), overdue(snapshot), due(snapshot, 60))],
        [t.record() for t in told(snapshot, date(2020, 5, 20), date(2020, 6, 10), lambda _: True)],
    )


def answers(root: Path, *, verify: bool = False) -> list[object]:
    """What a ledger says on some days."""
    ledger = Ledger(root, PLAN_FILE, verify=verify)
    return [said(ledger.snapshot(day)) for day in DAYS]


def expected(root: Path) -> list[object]:
    """What the files say on those days; read once for all tests whose files have the same bytes."""
    same = frozenset(tree(root).items())
    if same not in _EXPECTED:
        book = whole.read_book(root, PLAN_FILE)
        _EXPECTED[same] = [said(state(book, day)) for day in DAYS]
    return _EXPECTED[same]


_EXPECTED: dict[frozenset[tuple[str, bytes]], list[object]] = {}


def assert_right(root: Path) -> None:
    """The answers are those of the files; and they are given again when they have been kept."""
    right = expected(root)
    assert answers(root) == right
    assert answers(root) == right


def assert_healed(root: Path) -> None:
    """The answers are right, and after two of them nothing has to be made any more."""
    assert_right(root)
    with sqlite3.connect(database(root)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before = database(root).read_bytes()
    answers(root)
    assert database(root).read_bytes() == before


# --- the file


def overwritten(path: Path, data: bytes) -> None:
    """Other bytes, the time as it was."""
    info = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))


@pytest.mark.parametrize("seed", range(24))
def test_damage_of_the_file_changes_no_answer(repo: Path, seed: int) -> None:
    chance, path = random.Random(seed), database(repo)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 20, 200))):
        at = chance.randrange(len(data))
        data[at : at + 8] = chance.randbytes(8)
    overwritten(path, bytes(data[: chance.choice((len(data), len(data), len(data) // 2, 100))]))
    assert_right(repo)
    assert_right(repo)  # by now it has been made anew, where it could not be read


@pytest.mark.parametrize("seed", range(12))
def test_a_page_of_nothing_changes_no_answer(repo: Path, seed: int) -> None:
    path = database(repo)
    data = bytearray(path.read_bytes())
    page = random.Random(seed).randrange(len(data) // 4096)
    data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    overwritten(path, bytes(data))
    assert_right(repo)


@pytest.mark.parametrize("seed", range(16))
def test_values_that_are_lost_or_spoilt_or_under_a_wrong_key_are_made_anew(repo: Path, seed: int) -> None:
    chance = random.Random(seed)
    with sqlite3.connect(database(repo)) as db:
        rows = db.execute("SELECT key, value FROM kept ORDER BY key").fetchall()
        for key, value in chance.sample(rows, len(rows) // 2):
            at = chance.randrange(len(value))
            match chance.randrange(4):
                case 0:
                    db.execute("DELETE FROM kept WHERE key = ?", (key,))
                case 1:
                    db.execute("UPDATE kept SET value = ? WHERE key = ?", (value[:at], key))
                case 2:
                    spoilt = value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
                    db.execute("UPDATE kept SET value = ? WHERE key = ?", (spoilt, key))
                case _:
                    db.execute("UPDATE kept SET value = ? WHERE key = ?", (chance.choice(rows)[1], key))
    db.close()
    assert_healed(repo)


def test_whatever_single_value_is_lost_the_answers_are_the_same(repo: Path) -> None:
    right = expected(repo)
    with sqlite3.connect(database(repo), isolation_level=None) as db:
        rows = db.execute("SELECT key, day, value FROM kept").fetchall()
        for row in rows:
            db.execute("DELETE FROM kept WHERE key = ?", row[:1])
            assert answers(repo) == right
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)


def _foreign_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE kept (x)")
        db.execute("CREATE VIEW file AS SELECT 1")
        db.execute("PRAGMA user_version = 1")


def _linked(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


FOREIGN: dict[str, Callable[[Path], object]] = {
    "another database": _foreign_database,
    "a text": lambda path: path.write_text("不是数据库" * 1000),
    "nothing in it": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.unix("way to remove a file that is open")
@pytest.mark.parametrize("what", FOREIGN)
def test_a_foreign_file_in_its_place_changes_no_answer(repo: Path, what: str) -> None:
    FOREIGN[what](database(repo))
    assert_right(repo)


@pytest.mark.unix("way to remove a file that is open")
def test_what_is_kept_for_another_folder_is_not_believed(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = small_repo(tmp_path_factory.mktemp("other"), LEDGER.replace("进度=28", "进度=99"))
    answers(other)
    os.replace(database(other), database(repo))
    assert_healed(repo)


def test_what_nobody_asked_for_is_swept_away_and_what_was_asked_for_stays(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> set[str]:
        with sqlite3.connect(database(repo)) as db:
            return {key for (key,) in db.execute("SELECT key FROM kept")}

    now, first = time.time(), kept()
    write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("进度: 28", "进度: 29")})
    monkeypatch.setattr("zhenggai.index.store.time.time", lambda: now + 20 * 86_400)
    assert answers(repo) == expected(repo)  # writes, and so renews what it asked for
    second = kept()
    write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("进度: 29", "进度: 30")})
    monkeypatch.setattr("zhenggai.index.store.time.time", lambda: now + 70 * 86_400)
    assert_right(repo)
    assert first - kept()
    assert second & kept()


def test_what_earlier_versions_kept_is_removed(tmp_path: Path) -> None:
    small_repo(tmp_path, LEDGER)
    write(tmp_path, {f"{store.FOLDER}/{name}": "旧" for name in ("p.db", "p.stamp", "p.clock", "README")})
    assert_right(tmp_path)
    names = {path.name for path in database(tmp_path).parent.iterdir()}
    assert {"p.db", "p.stamp", "p.clock"} & names == set()
    assert "README" in names


# --- two programs


def test_two_versions_of_the_program_share_a_store_and_take_nothing_from_each_other(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = expected(repo)
    mine = database(repo).stat().st_size
    monkeypatch.setattr("zhenggai.__version__", "0.0.1")
    keys.program_key.cache_clear()
    assert answers(repo) == right
    assert database(repo).stat().st_size > mine
    monkeypatch.undo()
    keys.program_key.cache_clear()
    before = database(repo).read_bytes()
    monkeypatch.setattr(disk, "_STANDSTILL", NOTHING_NEW)
    assert answers(repo) == right
    assert database(repo).read_bytes() == before  # nothing had to be made again


@pytest.mark.unix("way to remove a file that is open")
def test_what_is_kept_is_a_function_of_its_key_whatever_order_sets_have(repo: Path) -> None:
    refused = "06-20 县教育局 基本完成 1-1\n06-21 县委组织部 销号 针对=案 措施摘要=1a2b\n06-22 县委办公室 申请延期 1-2 至=2020-09-01 原因=疫情"
    small_repo(repo, f"{LEDGER}\n{refused}")
    found = []
    for seed in ("1", "2", "3"):
        database(repo).unlink(missing_ok=True)
        environment = {**os.environ, **GIT_FREE, "PYTHONHASHSEED": seed}
        three = 'for words in (["status"], ["week"], ["status", "--as-of", "2020-05-10"]): run(words)'
        command = [sys.executable, "-c", f"from zhenggai.cli.app import run\n{three}"]
        subprocess.run(command, cwd=repo, env=environment, capture_output=True, check=True)
        with sqlite3.connect(database(repo)) as db:
            found.append(dict(db.execute("SELECT key, value FROM kept")))
    common = found[0].keys() & found[1].keys() & found[2].keys()  # some are kept only of files that are old enough
    assert len(common) > 50
    assert all(found[0][key] == found[1][key] == found[2][key] for key in common)


# --- where there can be none


@pytest.mark.parametrize("place", [".zhenggai", ".zhenggai/index", ".zhenggai/index/kept.db"])
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
    (tmp_path / place).symlink_to(elsewhere, target_is_directory=True)
    assert_right(tmp_path)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.unix("named pipes among files")
@pytest.mark.parametrize("name", ["kept.db", "kept.db-wal", "kept.db-shm", "kept.clock", "kept.db-journal"])
def test_nothing_waits_for_a_pipe_and_no_link_is_followed(tmp_path: Path, repo: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    place = database(repo).with_name(name)
    place.unlink(missing_ok=True)
    place.symlink_to(elsewhere)
    assert_right(repo)
    assert not elsewhere.exists()
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    assert_right(repo)


@pytest.mark.unix("way to remove a file that is open")
def test_the_journal_of_a_deleted_store_changes_nothing_in_the_next(tmp_path: Path) -> None:
    repo = small_repo(tmp_path, "05-28 县教育局 进展 1-1 进度=28")
    Ledger(repo, PLAN_FILE).snapshot(AS_OF)
    path = database(repo)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")  # then its journal tells no number of pages: all are played back
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE kept SET value = x''")
        journal = path.with_name("kept.db-journal").read_bytes()
        db.execute("ROLLBACK")
    path.unlink()
    write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("进度: 28", "进度: 99")})
    Ledger(repo, PLAN_FILE).snapshot(AS_OF)
    path.with_name("kept.db-journal").write_bytes(journal)
    assert_right(repo)
    assert not path.with_name("kept.db-journal").exists()


@pytest.mark.parametrize("size", [0, 4096, 20_000, 40_000])
def test_on_a_full_disk_the_files_answer(zhenggai: Runner, tmp_path: Path, size: int) -> None:
    import resource  # imported here: not on Windows

    small_repo(tmp_path, LEDGER)
    words = ["status", "--as-of", "2020-07-01"]
    full = subprocess.run(
        [sys.executable, "-m", "zhenggai", *words],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert zhenggai(*words, at=tmp_path) == (full.returncode, full.stdout, full.stderr)


def test_an_index_that_another_keeps_locked_is_passed_by(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    write(repo, {MAY: (repo / MAY).read_text(encoding="utf-8").replace("进度: 28", "进度: 29")})
    holder = sqlite3.connect(database(repo), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert_right(repo)
    holder.execute("ROLLBACK")
    assert_healed(repo)


@pytest.mark.unix("modes of files")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_where_nothing_may_be_written_what_is_kept_still_answers(repo: Path) -> None:
    folder = database(repo).parent
    folder.chmod(0o555)
    database(repo).chmod(0o444)
    try:
        assert_right(repo)
        write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("进度: 28", "进度: 29")})
        assert_right(repo)
    finally:
        folder.chmod(0o755)


def test_writing_that_fails_takes_nothing_from_what_can_be_read(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Store, db: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Store, "_write", full)
    write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("进度: 28", "进度: 29")})
    assert_right(repo)


@pytest.mark.unix("way to remove a file that is open")
def test_what_is_deleted_while_it_is_in_use_changes_no_answer(repo: Path) -> None:
    right = expected(repo)
    ledger = Ledger(repo, PLAN_FILE)
    snapshots = [ledger.snapshot(day) for day in DAYS]
    database(repo).unlink()
    assert [said(snapshot) for snapshot in snapshots] == right
    assert_healed(repo)


# --- at once, and killed


def steps_of(work: Callable[[], object], meanwhile: Callable[[int], None]) -> int:
    """Do some work, with something else before each question to the store and each look at a file; how often that was."""
    times = 0

    def between(real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object, **named: object) -> object:
            nonlocal times
            times += 1
            meanwhile(times)
            return real(*given, **named)

        return step

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "get_all", between(Store.get_all))
        patch.setattr(Store, "_write", between(Store._write))
        patch.setattr(parsed, "read_file", between(files.read_file))
        patch.setattr(disk, "listings", between(root.listings))
        work()
    return times


@pytest.mark.unix("way to remove a file that is open")
def test_whoever_writes_at_whatever_moment_each_answer_is_one_that_was_true(repo: Path) -> None:
    """Another changes a file, answers from it, and keeps that: before every second step of a slower one in turn."""
    text = (repo / MAY).read_bytes().decode()
    texts = [text.replace("进度: 28", f"进度: {percent}") for percent in (28, 29)]
    write(repo, {MAY: texts[1]})
    true_of = [expected(repo)]
    write(repo, {MAY: texts[0]})
    true_of.append(expected(repo))
    nth, steps = -1, 1
    while nth < steps:
        nth += 2
        write(repo, {MAY: texts[0]})
        database(repo).unlink(missing_ok=True)

        def meanwhile(step: int, at: int = nth) -> None:
            if step == at:
                with pytest.MonkeyPatch.context() as plain:
                    plain.setattr(Store, "get_all", _REAL["get_all"])
                    plain.setattr(Store, "_write", _REAL["_write"])
                    plain.setattr(parsed, "read_file", _REAL["read_file"])
                    plain.setattr(disk, "listings", _REAL["listings"])
                    write(repo, {MAY: texts[1]})
                    assert answers(repo) == true_of[0]

        def work() -> None:
            with suppress(FileChanged):
                assert answers(repo) in true_of

        steps = steps_of(work, meanwhile)
        assert_right(repo)


@pytest.mark.unix("way to remove a file that is open")
def test_files_that_never_rest_end_no_answer(repo: Path) -> None:
    text = (repo / MAY).read_bytes().decode()
    database(repo).unlink()

    def restless(step: int) -> None:
        write(repo, {MAY: text.replace("进度: 28", f"进度: {step}")})

    def work() -> None:
        with suppress(FileChanged):
            answers(repo)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhenggai.ledger.FOLDER", "nowhere\0")  # nothing is kept: every step reads
        assert steps_of(work, restless) < 200
    assert_right(repo)


_REAL = {
    "get_all": Store.get_all,
    "_write": Store._write,
    "read_file": files.read_file,
    "listings": root.listings,
}


def kill_at(nth: int) -> Callable[[int], None]:
    """What ends this process at a step."""

    def step(at: int) -> None:
        if at == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


@pytest.mark.unix("fork")
def test_whoever_is_killed_at_any_step_leaves_no_wrong_answer(repo: Path) -> None:
    steps, nth = 1, 0
    while nth < steps:
        nth += 3
        write(repo, {MAY: (repo / MAY).read_bytes().decode().replace("次推进", "次，推进", 1)})
        database(repo).unlink(missing_ok=True)
        child = os.fork()
        if not child:
            try:
                steps_of(
                    lambda: answers(repo),
                    kill_at(nth),
                )
            finally:
                os._exit(0)
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        steps = nth + 3 if killed else nth
        assert_right(repo)


@pytest.mark.unix("fork")
def test_many_at_once_each_get_an_answer_that_was_true(repo: Path) -> None:
    book = whole.read_book(repo, PLAN_FILE)
    diagnostics = {day: [str(p) for p in state(book, day).diagnostics] for day in DAYS}

    def work(nth: int) -> Iterator[bool]:
        chance = random.Random(nth)
        for times in range(8):
            day = chance.choice(DAYS)
            if nth == 0:
                text = (repo / MAY).read_bytes().decode()
                write(repo, {"新": text.replace("第", "第约", times)})
                os.replace(repo / "新", repo / MAY)
            with suppress(FileChanged):
                snapshot = Ledger(repo, PLAN_FILE).snapshot(day)
                yield snapshot.counts.tasks == 7 and [str(p) for p in snapshot.diagnostics] == diagnostics[day]

    children = []
    for nth in range(6):
        child = os.fork()
        if not child:
            try:
                os._exit(0 if all(work(nth)) else 1)
            finally:
                os._exit(2)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 6
    assert_healed(repo)


# --- stamps


def without_more_than_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose files have neither ctime nor inode."""
    listing = root._listing

    def plain(folder: str) -> str:
        stamps = stamps_in(listing(folder))
        return "\0".join(f"{name}\0{s.size}\0{s.mtime}\0" + "0\0" + "0" for name, s in stamps.items())

    monkeypatch.setattr(root, "_listing", plain)
    monkeypatch.setattr(parsed, "Stamp", lambda size, mtime, *_: Stamp(size, mtime, 0, 0))


def touched_back(repo: Path) -> None:
    """Another percent in the file, its size and time as they were."""
    path = repo / MAY
    overwritten(path, path.read_bytes().replace("进度: 28".encode(), "进度: 29".encode()))


def percent(repo: Path, *, verify: bool = False) -> int | None:
    snapshot = Ledger(repo, PLAN_FILE, verify=verify).snapshot(AS_OF)
    return snapshot.where(lambda t: t.name == "1-1 县教育局")[0].head.percent


@pytest.mark.unix("time of the last change of a file's data about itself (ctime)")
def test_a_file_that_was_touched_back_is_found_by_its_ctime(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_STANDSTILL", NOTHING_NEW)
    Ledger(repo, PLAN_FILE, verify=True)
    touched_back(repo)
    assert percent(repo) == 29


def test_where_there_is_but_a_time_only_verify_finds_it(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_STANDSTILL", NOTHING_NEW)
    without_more_than_a_time(monkeypatch)
    assert percent(repo) == 28
    touched_back(repo)
    assert percent(repo) == 28
    assert percent(repo, verify=True) == 29
    assert percent(repo) == 29


def test_a_file_written_as_the_index_looked_is_read_again(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_STANDSTILL", 2_000_000_000)
    without_more_than_a_time(monkeypatch)
    os.utime(repo / MAY)
    assert percent(repo) == 28
    touched_back(repo)
    assert percent(repo) == 29


def test_a_stamp_far_ahead_is_never_believed(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_STANDSTILL", 2_000_000_000)
    without_more_than_a_time(monkeypatch)
    os.utime(repo / MAY, (2**33, 2**33))
    assert percent(repo) == 28
    touched_back(repo)
    assert percent(repo) == 29


def test_a_stamp_is_what_the_system_says_of_the_file(repo: Path) -> None:
    info = (repo / MAY).stat()
    (stamp,) = (s for n, s in stamps_in(root._listing(str((repo / MAY).parent))).items() if n == Path(MAY).name)
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
    assert sorted({p.source.path for p in ledger.diagnostics if p.source.path.startswith("ledgers")}) == sorted(
        {p.source.path for p in book.diagnostics}
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="only Linux has names that are no text")
@pytest.mark.unix("names that are no text")
def test_a_folder_whose_name_is_no_text_hides_nothing(repo: Path) -> None:
    folder = os.fsencode(repo / "ledgers/p") + b"/\xff\xfe"
    os.mkdir(folder)
    with open(folder + b"/2020-05.\xff.aa.yaml", "wb") as file:
        file.write((repo / MAY).read_bytes().replace(number_of(2, date(2020, 5, 1)).encode(), b"20200501-zzzzzzzz"))
    assert_right(repo)


# --- what was true when it was asked


def test_a_snapshot_whose_files_became_others_says_what_was_true_when_it_was_made(repo: Path) -> None:
    right = expected(repo)
    ledger = Ledger(repo, PLAN_FILE)
    snapshots = [ledger.snapshot(day) for day in DAYS]
    parts = [parts_of(state(whole.read_book(repo, PLAN_FILE), day)) for day in DAYS]
    write(repo, {MAY: "[]\n"})
    answers(repo)
    assert [parts_of(snapshot) for snapshot in snapshots] == parts
    assert answers(repo) == expected(repo) != right


def test_what_is_lost_of_files_that_became_others_ends_a_command_and_mixes_nothing(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Ledger(repo, PLAN_FILE).snapshot(AS_OF).where(lambda t: t.name == "1-1 县教育局")[0]
    write(repo, {MAY: "[]\n"})
    monkeypatch.setattr(Store, "get_all", lambda *_: {})
    with pytest.raises(FileChanged, match="刚刚被改动"):
        _ = task.events


def test_a_command_answers_where_its_ledger_becomes_another(
    repo: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = zhenggai("overdue", at=repo)

    def meanwhile(snapshot: Snapshot, owed: Sequence[PendingSubmission]) -> object:
        write(repo, {MAY: "[]\n"})
        answers(repo)
        return overdue(snapshot, owed)

    monkeypatch.setattr("zhenggai.cli.commands.overdue.view", meanwhile)
    assert zhenggai("overdue", at=repo) == before


def test_a_command_asks_again_where_a_file_changed_and_what_was_kept_of_it_is_lost(
    repo: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [{MAY: "[]\n"}, {MAY: (repo / MAY).read_text("utf-8")}]

    def meanwhile(snapshot: Snapshot, owed: Sequence[PendingSubmission]) -> object:
        if changes:
            write(repo, changes.pop(0))
            raise FileChanged(MAY)
        return overdue(snapshot, owed)

    monkeypatch.setattr("zhenggai.cli.commands.overdue.view", meanwhile)
    answer = zhenggai("overdue", at=repo)
    monkeypatch.undo()
    assert answer == zhenggai("overdue", at=repo)
    assert not changes
