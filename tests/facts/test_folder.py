"""The folder of facts: which are taken, and files that are swapped in whole or not at all."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from small_repo import tree
from zhenggai.errors import Unwritable, UsageError
from zhenggai.facts.folder import refuse_folder, swap_in, written_aside
from zhenggai.facts.manifest import NAME, File, Manifest, manifest_text
from zhenggai.facts.tables import TABLES

OLD = Manifest(
    schema=1,
    program="0.5.0",
    county=None,
    commit=None,
    dirty=False,
    demo=False,
    since=date(2020, 3, 1),
    through=date(2020, 12, 31),
    plans={number: dict.fromkeys(TABLES, File(rows=1, bytes=3, sha256="a" * 64)) for number in "pq"},
)
NEW = replace(OLD, plans={"p": OLD.plans["p"], "r": OLD.plans["p"]}, through=date(2021, 1, 1))
STEPS = len([*OLD.files(), NAME]) + len([*NEW.files(), NAME])


def put(to: Path, manifest: Manifest) -> None:
    with written_aside(to) as aside:
        for path in manifest.files():
            (aside / path).write_text(f"{manifest.through}", "utf-8")
        swap_in(aside, to, manifest)


def held(manifest: Manifest) -> dict[str, bytes]:
    text = {NAME: manifest_text(manifest).encode()}
    return text | dict.fromkeys(manifest.files(), f"{manifest.through}".encode())


def everything(to: Path) -> set[str]:
    """The files, those aside too."""
    return {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()}


@pytest.fixture
def to(tmp_path: Path) -> Path:
    """A folder with the old facts and with files of others."""
    to = tmp_path / "报数"
    put(to, OLD)
    (to / "说明.txt").write_text("报给市里", "utf-8")
    (to / "tasks" / "other.parquet").write_bytes(b"of somebody")
    return to


def test_new_files_take_the_place_of_the_old_ones(to: Path) -> None:
    put(to, NEW)
    others = {"说明.txt": "报给市里".encode(), "tasks/other.parquet": b"of somebody"}
    assert tree(to) == held(NEW) | others
    assert everything(to) == set(tree(to))


def failing(nth: int, error: BaseException, *, done: bool) -> Callable[[Path, Path], None]:
    """A rename of which the nth fails, after it is ``done`` or before."""
    moved, steps = os.replace, iter(range(1000))

    def replace(source: Path, target: Path) -> None:
        fails = next(steps) == nth
        if done or not fails:
            moved(source, target)
        if fails:
            raise error

    return replace


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
@pytest.mark.parametrize("done", [False, True])
def test_whichever_step_fails_the_old_facts_are_as_they_were(
    to: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, done: bool
) -> None:
    before = tree(to)
    for nth in range(STEPS):
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", failing(nth, error, done=done))
            with pytest.raises((Unwritable, KeyboardInterrupt)):
                put(to, NEW)
        assert tree(to) == before, nth
        assert everything(to) == set(before), nth
    put(to, NEW)


def test_there_is_no_manifest_while_files_are_swapped(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever copies meanwhile finds none, or has read the old one, whose digests no new file has."""
    moved = os.replace
    seen: list[bool] = []

    def replace(source: Any, target: Any) -> None:
        moved(source, target)
        seen.append((to / NAME).exists())

    monkeypatch.setattr(os, "replace", replace)
    put(to, NEW)
    assert seen == [False] * (STEPS - 1) + [True]


def test_what_a_killed_run_has_left_goes(tmp_path: Path) -> None:
    to = tmp_path / "报数"
    (to / ".zhenggai-facts-x/old").mkdir(parents=True)
    (to / "tasks").mkdir()
    refuse_folder(to, force=False)
    put(to, NEW)
    assert everything(to) == set(held(NEW))


def test_a_folder_that_was_not_there_is_not_there_after_an_error(tmp_path: Path) -> None:
    def full() -> None:
        with written_aside(tmp_path / "报数"):
            raise Unwritable("磁盘已满")

    with pytest.raises(Unwritable):
        full()
    assert not (tmp_path / "报数").exists()


# which folders are taken


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, None),
        ({".git/HEAD": "", ".DS_Store": ""}, None),
        ({"tasks/p.parquet": "", "scores/p.parquet": ""}, None),  # a run was killed
        ({"周报.txt": ""}, "报数 里有别的东西（周报.txt），没有写入\n  下一步：换一个空文件夹；就写在这里的，加 --force"),
        ({NAME: '{"name": "x"}'}, "报数/manifest.json 不是报数的清单，或已损坏：“schema”不对，没有写入\n  下一步：换"),
        ({NAME: '{"schema": 9}'}, "报数/manifest.json 是更新的程序写的（格式 9，这里只认到 1），没有写入\n  下一步：换"),
    ],
)  # fmt: skip
def test_a_folder_of_something_else_is_refused(tmp_path: Path, files: dict[str, str], said: str | None) -> None:
    to = tmp_path / "报数"
    to.mkdir()
    for name, text in files.items():
        (to / name).parent.mkdir(exist_ok=True)
        (to / name).write_text(text, "utf-8")
    refuse_folder(to, force=True)
    if said is None:
        refuse_folder(to, force=False)
        return
    with pytest.raises(UsageError) as error:
        refuse_folder(to, force=False)
    assert str(error.value).replace(f"{tmp_path}{os.sep}", "").startswith(said)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for force in (False, True):
        with pytest.raises(UsageError, match="file 不是文件夹，没有写入"):
            refuse_folder(tmp_path / "file", force=force)
        with pytest.raises(UsageError, match=r"没有文件夹 .*没有，没有写入"):
            refuse_folder(tmp_path / "没有" / "报数", force=force)
    refuse_folder(tmp_path / "报数", force=False)
