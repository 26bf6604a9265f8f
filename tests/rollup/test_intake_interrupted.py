"""Taking in is stopped at every step: the old copy or the new one is used, whole, and the next run has the new one."""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from county_facts import listed, publish
from zhenggai.errors import Exit, Unwritable
from zhenggai.rollup import county_store
from zhenggai.rollup.county_store import current_copy
from zhenggai.rollup.intake import store_of, take_in
from zhenggai.rollup.rollup_file import RollupFile

Prepared = Callable[[Path], tuple[RollupFile, tuple[bytes, bytes]]]
STEPS = ((os, "fsync"), (os, "replace"), (os, "mkdir"), (shutil, "rmtree"), (Path, "open"))


def stopped_at(patch: pytest.MonkeyPatch, nth: int, stop: Callable[[], object]) -> list[str]:
    """From now on ``stop`` is called before the step ``nth``, counted from 0. Returns the steps as they are taken."""
    taken: list[str] = []

    def watched(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            taken.append(name)
            if len(taken) == nth + 1:
                stop()
            return do(*arguments, **options)

        return step

    for owner, name in STEPS:
        patch.setattr(owner, name, watched(name, getattr(owner, name)))
    return taken


@pytest.fixture(autouse=True)
def columns_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB looks into the copies and changes none; it would take most of the time."""
    monkeypatch.setattr(county_store, "_refuse_contents", lambda *_: None)


def raising(error: BaseException) -> Callable[[], object]:
    def stop() -> None:
        raise error

    return stop


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Makes a county with a copy in the store, and newer facts; gives what its tasks were and are."""
    made = tmp_path_factory.mktemp("prepared")
    tasks = made / "甲县/tasks/p.parquet"
    contents = []
    for unit in ("甲镇", "乙镇"):
        publish(made / "甲县", "甲县", unit)
        contents.append(tasks.read_bytes())
        if not (made / ".zhenggai").exists():
            take_in(file := listed(made, "甲县"), store_of(file))

    def copied(root: Path) -> tuple[RollupFile, tuple[bytes, bytes]]:
        shutil.copytree(made, root)
        return listed(root, "甲县"), (contents[0], contents[1])

    return copied


def number_of_steps(prepared: Prepared, root: Path) -> int:
    file, _ = prepared(root)
    with pytest.MonkeyPatch.context() as patch:
        taken = stopped_at(patch, -1, raising(AssertionError()))
        take_in(file, store_of(file))
    return len(taken)


def held(file: RollupFile) -> bytes:
    copy = current_copy(store_of(file) / "county=1", file.counties[0].folder)
    assert copy is not None
    return (copy.folder / "tasks/p.parquet").read_bytes()


def assert_whole(file: RollupFile, contents: tuple[bytes, bytes]) -> None:
    assert held(file) in contents
    (kept,), left_out = take_in(file, store_of(file))
    assert (kept.note, left_out, held(file)) == ("", [], contents[1])


def test_a_full_disk_at_any_step_leaves_a_whole_copy(prepared: Prepared, tmp_path: Path) -> None:
    steps = number_of_steps(prepared, tmp_path / "counted")
    assert steps > 20
    for nth in range(steps):
        file, contents = prepared(tmp_path / str(nth))
        with pytest.MonkeyPatch.context() as patch, suppress(Unwritable):
            stopped_at(patch, nth, raising(OSError(errno.ENOSPC, "full")))
            (kept,), left_out = take_in(file, store_of(file))
            assert left_out == []
            assert kept.note == "" or "磁盘已满" in kept.note
        assert_whole(file, contents)


@pytest.mark.unix("fork")
def test_processes_that_take_in_at_once_get_the_same_copy(prepared: Prepared, tmp_path: Path) -> None:
    file, contents = prepared(tmp_path / "省")
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            (kept,), left_out = take_in(file, store_of(file))
            os._exit(0 if held(file) == contents[1] and kept.folder.is_dir() and not left_out else 1)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert len(list(store_of(file).glob("county=1/*/"))) == 2, "the old copy and the new one"


@pytest.mark.unix("fork")
def test_a_kill_at_any_step_leaves_a_whole_copy(prepared: Prepared, tmp_path: Path) -> None:
    for nth in range(number_of_steps(prepared, tmp_path / "counted")):
        file, contents = prepared(tmp_path / str(nth))
        child = os.fork()
        if child == 0:
            stopped_at(pytest.MonkeyPatch(), nth, lambda: os._exit(Exit.INTERRUPTED))
            with suppress(BaseException):
                take_in(file, store_of(file))
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == Exit.INTERRUPTED
        assert_whole(file, contents)
