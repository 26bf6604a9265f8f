"""A county's folder may hold anything: it is refused with a reason, quickly, and nothing outside the store is touched."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from county_facts import listed, publish
from zhenggai.facts.manifest import NAME
from zhenggai.rollup.intake import Kept, LeftOut, store_of, take_in

TASKS = "tasks/p.parquet"
Spoil = Callable[[Path], object]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county's folder of facts."""
    folder = tmp_path_factory.mktemp("省") / "甲县"
    publish(folder, "甲县")
    return folder


def taken(root: Path) -> tuple[list[Kept], list[LeftOut]]:
    file = listed(root, "甲县")
    return take_in(file, store_of(file))


def manifest_with(change: Callable[[dict[str, Any]], object]) -> Spoil:
    def spoil(folder: Path) -> None:
        manifest = json.loads((folder / NAME).read_text("utf-8"))
        change(manifest)
        (folder / NAME).write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")

    return spoil


def tasks_with(**values: object) -> Spoil:
    return manifest_with(lambda manifest: manifest["plans"]["p"]["tasks"].update(values))


def tasks_are(data: bytes) -> Spoil:
    """Other tasks, of which the manifest has the right size and digest."""

    def spoil(folder: Path) -> None:
        (folder / TASKS).write_bytes(data)
        tasks_with(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())(folder)

    return spoil


def plan_called(name: str) -> Spoil:
    return manifest_with(lambda manifest: manifest["plans"].update({name: manifest["plans"].pop("p")}))


def in_the_place_of(path: str, put: Callable[[Path], object]) -> Spoil:
    def spoil(folder: Path) -> None:
        there = folder / path
        there.rename(folder.with_name("别处"))
        put(there)

    return spoil


def link(there: Path) -> None:
    there.symlink_to("/etc/passwd" if there.suffix else "/etc")


def another_table(folder: Path) -> None:
    data = (folder / "problems/p.parquet").read_bytes()
    tasks_are(data)(folder)


BAD = "{}/manifest.json 不是报数的清单，或已损坏："
DAMAGED = "tasks/p.parquet 已损坏，或只拷了一半：和 manifest.json 里的校验值不符"
HOSTILE: dict[str, tuple[Spoil, str]] = {
    "a plan that leads out": (plan_called("../../../etc/passwd"), f"{BAD}方案编号“../../../etc/passwd”含有"),
    "a plan with a device's name": (plan_called("CON"), f"{BAD}方案编号“CON”是 Windows 留作他用的名称"),
    "a plan with an absolute name": (plan_called("/etc/passwd"), f"{BAD}方案编号“/etc/passwd”含有"),
    "a plan without a name": (plan_called(""), f"{BAD}方案编号“”是空的"),
    "a huge size": (tasks_with(bytes=10**30), DAMAGED),
    "a size of more than all digits": (tasks_with(bytes=2**63 - 1), DAMAGED),
    "rows that are a text": (tasks_with(rows="1"), f"{BAD}“plans.p.tasks.rows”不对"),
    "a negative size": (tasks_with(bytes=-1), f"{BAD}“plans.p.tasks.bytes”不对"),
    "a size that is a fraction": (tasks_with(bytes=1.5), f"{BAD}“plans.p.tasks.bytes”不对"),
    "no list of plans": (manifest_with(lambda manifest: manifest.update(plans=[1])), f"{BAD}“plans”不对"),
    "a county that is no text": (manifest_with(lambda manifest: manifest.update(county=[])), f"{BAD}“county”不对"),
    "a hundred megabytes": (
        lambda folder: (folder / NAME).write_bytes(b'{"schema": 1, "plans": "' + b"x" * 100_000_000),
        f"{BAD}太大",
    ),
    "brackets without end": (lambda folder: (folder / NAME).write_bytes(b"[" * 9_000_000), f"{BAD}不是 JSON"),
    "no Parquet": (tasks_are(b"PAR1" * 3), "tasks/p.parquet 不是 Parquet 文件"),
    "nothing in it": (tasks_are(b""), "tasks/p.parquet 不是 Parquet 文件"),
    "a table of other columns": (another_table, "tasks/p.parquet 的列不对：given、unit、unit_class、category、sort"),
    "other rows": (tasks_with(rows=2), "tasks/p.parquet 有 1 行，manifest.json 里写的是 2 行"),
    "a link for a manifest": (in_the_place_of(NAME, link), f"{BAD}不是普通文件"),
    "a link for a file": (in_the_place_of(TASKS, link), "tasks/p.parquet 是链接，或不是普通的文件、文件夹"),
    "a link for a folder": (in_the_place_of("tasks", link), "tasks 是链接，或不是普通的文件、文件夹"),
    "a folder for a file": (in_the_place_of(TASKS, Path.mkdir), "tasks/p.parquet 是链接，或不是普通的文件、文件夹"),
    "a file for a folder": (in_the_place_of("tasks", Path.touch), "tasks 是链接，或不是普通的文件、文件夹"),
}


def is_refused(published: Path, root: Path, spoil: Spoil) -> str:
    """Why a spoilt folder is refused. Nothing of it is left in the store."""
    shutil.copytree(published, root / "甲县")
    spoil(root / "甲县")
    kept, (left_out,) = taken(root)
    assert kept == []
    assert left_out.remedy
    assert [path for path in root.glob(".zhenggai/rollup/**/*") if path.is_file()] == []
    return left_out.why


@pytest.mark.parametrize(("spoil", "why"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_folder_of_facts_is_refused(published: Path, tmp_path: Path, spoil: Spoil, why: str) -> None:
    assert is_refused(published, tmp_path, spoil).startswith(why.format(tmp_path / "甲县"))


@pytest.mark.unix("pipes")
@pytest.mark.parametrize("path", [NAME, TASKS])
def test_a_pipe_is_not_waited_for(published: Path, tmp_path: Path, path: str) -> None:
    assert "不是普通" in is_refused(published, tmp_path, in_the_place_of(path, os.mkfifo))


@pytest.mark.unix("files with holes")
def test_a_file_for_which_there_is_no_room_is_not_begun(published: Path, tmp_path: Path) -> None:
    def grow(folder: Path) -> None:
        size = 10 * shutil.disk_usage(folder).free
        try:
            os.truncate(folder / TASKS, size)
        except OSError:
            pytest.skip("the file system has no files of that size")
        tasks_with(bytes=size)(folder)

    assert is_refused(published, tmp_path, grow).startswith("放不下：要 ")


@pytest.mark.unix("modes of files")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_is_named(published: Path, tmp_path: Path) -> None:
    assert is_refused(published, tmp_path, lambda at: (at / TASKS).chmod(0)) == "读不了 tasks/p.parquet：没有权限"


def test_files_that_the_manifest_does_not_name_are_not_copied(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published, tmp_path / "甲县")
    (tmp_path / "甲县/tasks/其他.parquet").write_bytes(b"x")
    (tmp_path / "甲县/run.exe").write_bytes(b"x")
    (kept,), _ = taken(tmp_path)
    names = {path.relative_to(kept.folder).as_posix() for path in kept.folder.rglob("*") if path.is_file()}
    assert names == {NAME, *kept.manifest.files()}


def test_a_store_that_is_a_link_is_not_written_through(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published, tmp_path / "甲县")
    (tmp_path / "outside").mkdir()
    (tmp_path / ".zhenggai/rollup").mkdir(parents=True)
    (tmp_path / ".zhenggai/rollup/county=1").symlink_to(tmp_path / "outside")
    kept, left_out = taken(tmp_path)
    assert list((tmp_path / "outside").iterdir()) == []
    assert (kept, len(left_out)) == ([], 1)
