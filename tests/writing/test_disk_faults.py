"""A command that fails leaves every byte as it was, whatever step of it the disk refuses, and works when it is run again."""

import errno
import multiprocessing
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from small_repo import day, small_repo
from watched_disk import Step, Steps, counted, watch
from zhenggai.errors import Unwritable, UsageError
from zhenggai.model.entries import Progress
from zhenggai.model.issued_report import Issue
from zhenggai.reading.issued_reports import Shelf
from zhenggai.sharing.take_back import take_back
from zhenggai.writing.append import Batch, Place, append_entries, append_to, evidence_copies
from zhenggai.writing.atomic import stale_files, writing
from zhenggai.writing.edit.edit_text import file_edit
from zhenggai.writing.issue import keep_issue

FIRST = Progress(number="20200512-k3f9x2ab", date=day("05-12"), measure="1-1", content="初稿", writer="办公室")
SECOND = replace(FIRST, number="20200512-k3f9x2ac", content="二稿")
ISSUE = Issue(
    kind="week",
    title="周报",
    number=3,
    text="正文\n",
    digest="",
    commit=None,
    errors=0,
    record={},
    tasks={},
    document=None,
    answers=None,
    **dict.fromkeys(("start", "end", "as_of", "known_by", "issued"), day("04-19")),
)
STILL_DONE = ("read", "replace", "unlink", "rmdir")  # on a full disk
Act = Callable[[Path], Any]


def place_in(root: Path, unit: str) -> Place:
    return Place(root, "p", unit, "办公室")


def copies(root: Path, *names: str) -> dict[str, bytes]:
    return evidence_copies([root.parent / name for name in names], date(2020, 5, 12))


def first_entry(root: Path) -> None:
    """The first of a unit, so that folders and files are new."""
    laid = copies(root, "甲.docx", "乙.pdf")
    append_entries(place_in(root, "河东乡"), [replace(FIRST, evidence=tuple(laid))], laid)


def next_entry(root: Path) -> None:
    """One more, with evidence that was altered since and is restored, and new evidence."""
    laid = copies(root, "甲.docx", "丙.txt")
    append_entries(place_in(root, "县教育局"), [replace(SECOND, evidence=tuple(laid))], laid)


def many_entries(root: Path) -> None:
    """Entries for a new file and for an old one."""
    entries = [SECOND, replace(SECOND, number="20200512-k3f9x2ad")]
    with writing(root) as changes:
        for unit in ("河东乡", "县教育局"):
            append_to(changes, Batch(place_in(root, unit), entries))


def edit_plan(root: Path) -> None:
    file_edit(root, "plans/p.yaml", lambda text: (text.replace("整改方案", "整改实施方案"), None)).write(root)


def issue_report(root: Path) -> None:
    keep_issue(Shelf(root, "p", "周报"), ISSUE)


def take_back_one(root: Path) -> None:
    take_back(root, "ledgers/p/县教育局/2020-05.办公室.k3.yaml", [FIRST.number], tuple(copies(root, "乙.pdf")))


def take_back_all(root: Path) -> None:
    take_back(root, "ledgers/p/城关镇/2020-05.办公室.k3.yaml", [FIRST.number], tuple(copies(root, "乙.pdf")))


ACTS = [first_entry, next_entry, many_entries, edit_plan, issue_report, take_back_one, take_back_all]
every_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: str(act.__name__))


@pytest.fixture
def template(tmp_path: Path, home: Path) -> Path:
    """A repo with two units that have entries and evidence; modes are not all the usual ones."""
    root = small_repo(tmp_path / "template")
    for name in ("甲.docx", "乙.pdf", "丙.txt"):
        (tmp_path / name).write_bytes(name.encode() * 1000)
    with writing(root):
        (root / ".zhenggai/clone").write_text("k3")
    laid = copies(root, "甲.docx", "乙.pdf")
    for unit, entries in {"县教育局": [FIRST, replace(SECOND, number="20200512-k3f9x2aa")], "城关镇": [FIRST]}.items():
        path = append_entries(place_in(root, unit), [replace(entry, evidence=tuple(laid)) for entry in entries], laid)
        path.chmod(0o640)
    altered = next((root / "ledgers/p/县教育局/附件/2020-05").glob("甲*"))
    altered.write_bytes(b"altered")
    return root


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """All files and folders with their modes and bytes."""
    found = {}
    for path in root.rglob("*"):
        if path != root / ".zhenggai/lock":
            mode = path.lstat().st_mode
            found[path.relative_to(root).as_posix()] = (mode, path.read_bytes() if stat.S_ISREG(mode) else b"")
    return found


def fresh(template: Path) -> Path:
    """The repo as it was, in the same place."""
    root = template.parent / "repo"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root)
    return root


def length(template: Path, act: Act) -> tuple[int, dict[str, tuple[int, bytes]]]:
    """How many steps the act takes when nothing fails, and what the repo is like afterwards."""
    root = fresh(template)
    steps = counted(lambda: act(root))
    return len(steps), everything(root)


def failing(number: int) -> Callable[[Step, Callable[[], Any]], NoReturn]:
    """A step that the system refuses; of a write a part was done."""

    def refuse(step: Step, _do: Callable[[], Any]) -> NoReturn:
        if step.name == "write":
            step.path.write_bytes(step.data[: len(step.data) // 2])
        raise OSError(number, os.strerror(number))

    return refuse


def interrupted_before(_step: Step, _do: Callable[[], Any]) -> NoReturn:
    raise KeyboardInterrupt


def interrupted_after(_step: Step, do: Callable[[], Any]) -> NoReturn:
    try:
        do()
    finally:
        raise KeyboardInterrupt


def refusal(act: Act, root: Path, steps: Steps) -> str | None:
    """What the act says when it fails, None when it succeeds all the same."""
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, steps)
        try:
            act(root)
        except (Unwritable, UsageError) as error:
            return str(error)
    return None


@every_act
@pytest.mark.parametrize(("number", "says"), [(errno.ENOSPC, "磁盘已满"), (errno.EIO, "读写磁盘出错")])
def test_a_step_that_fails_leaves_all_as_it_was(template: Path, act: Act, number: int, says: str) -> None:
    many, expected = length(template, act)
    for nth in range(many):
        root = fresh(template)
        before = everything(root)
        steps = Steps(nth, failing(number))
        told = refusal(act, root, steps)
        if told is None:  # it was to remove what had gone, or to make what was there
            assert steps.taken[nth].name in ("unlink", "mkdir")
        else:
            assert says in told
            assert everything(root) == before, steps.taken[nth]
            act(root)
        assert everything(root) == expected


@every_act
def test_a_full_disk_leaves_all_as_it_was(template: Path, act: Act) -> None:
    """From some step on nothing more can be made or written, as long as the disk is full."""
    many, expected = length(template, act)

    def full(step: Step, do: Callable[[], Any]) -> Any:
        return do() if step.name in STILL_DONE else failing(errno.ENOSPC)(step, do)

    for nth in range(many):
        root = fresh(template)
        before = everything(root)
        told = refusal(act, root, Steps(nth, full, for_ever=True))
        if told is None:
            assert everything(root) == expected
        elif "没能恢复原样" not in told:
            assert everything(root) == before


@every_act
def test_a_broken_disk_is_told_of_as_it_is(template: Path, act: Act) -> None:
    """From some step on nothing works: what could not be put back is named, and nothing else differs."""
    many, _ = length(template, act)
    for nth in range(many):
        root = fresh(template)
        before = everything(root)
        told = refusal(act, root, Steps(nth, failing(errno.EIO), for_ever=True))
        after = everything(root)
        stale = {path.relative_to(root).as_posix() for path in stale_files(root)}
        differing = {
            path.rpartition("/")[2]
            for path in before.keys() | after.keys()
            if before.get(path) != after.get(path) and path not in stale and not (root / path).is_dir()
        }
        assert told is None or all(name in told.partition("没能恢复原样")[2] for name in differing), told


@every_act
@pytest.mark.parametrize("interrupted", [interrupted_before, interrupted_after])
def test_ctrl_c_at_any_step_leaves_all_as_it_was(template: Path, act: Act, interrupted: Any) -> None:
    many, expected = length(template, act)
    for nth in range(many):
        root = fresh(template)
        before = everything(root)
        steps = Steps(nth, interrupted)
        with pytest.MonkeyPatch.context() as patch:
            watch(patch, steps)
            with pytest.raises(KeyboardInterrupt):
                act(root)
        assert everything(root) == before, (nth, steps.taken[nth])
    act(root)
    assert everything(root) == expected


# --- a limit that the system itself sets


def _within(limit: int, root: Path) -> None:
    import resource  # POSIX only

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        next_entry(root)
    except Unwritable as error:
        os._exit(7 if "文件太大" in str(error) else 1)
    os._exit(0)


@pytest.mark.unix("fork")
def test_a_limit_of_the_system_leaves_all_as_it_was(template: Path) -> None:
    _, expected = length(template, next_entry)
    for limit in (0, 1, 100, 500):
        root = fresh(template)
        before = everything(root)
        child = multiprocessing.get_context("fork").Process(target=_within, args=(limit, root))
        child.start()
        child.join(60)
        assert child.exitcode == 7, limit
        assert everything(root) == before
    next_entry(root)
    assert everything(root) == expected
