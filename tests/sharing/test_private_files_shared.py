"""``.zhenggai`` in somebody's commit: it lands nowhere, leaves from nowhere, and stops nobody."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from office import BRANCH, add, clone_into, entry, git, held, is_tidy, log, number, on_server
from small_repo import Ran, Runner, write

Sync = Callable[..., Ran]
UNIT = "ledgers/p/城关镇"  # the folder of ``b``
ENTRY = ("add", "1-1", "开会研究", "--unit", "县教育局", "--writer", "办公室")


def pushed(clone: Path, *paths: str) -> None:
    """Commit these paths by force, by hand, and push them."""
    git(clone, "add", "-f", *paths)
    git(clone, "commit", "-q", "-m", "误传")
    git(clone, "push", "-q")


def shared(office: Path) -> list[str]:
    """The private paths in the tree that all share."""
    names = git(
        office / "server.git", "-c", "core.quotepath=false", "ls-tree", "-r", "--name-only", BRANCH
    ).splitlines()
    return [name for name in names if ".zhenggai" in name.casefold()]


def a_file(clone: Path) -> None:
    shutil.rmtree(clone / ".zhenggai", ignore_errors=True)
    write(clone, {".zhenggai": "x"})


def a_link(clone: Path) -> None:
    shutil.rmtree(clone / ".zhenggai", ignore_errors=True)
    write(clone.parent, {"外面/lock": "别动", "外面/clone": "别动"})
    (clone / ".zhenggai").symlink_to(clone.parent / "外面")


def a_linked_lock(clone: Path) -> None:
    write(clone.parent, {"外面/lock": "别动"})
    write(clone, {".zhenggai/x": ""})
    for name in ("lock", "sync.lock", "syncing", "clone"):
        (clone / ".zhenggai" / name).unlink(missing_ok=True)
        (clone / ".zhenggai" / name).symlink_to(clone.parent / "外面/lock")


def a_lock_that_is_a_folder(clone: Path) -> None:
    for name in ("lock", "sync.lock"):
        (clone / ".zhenggai" / name).unlink(missing_ok=True)
        write(clone, {f".zhenggai/{name}/x": ""})


def its_files(clone: Path) -> None:
    for path in (".zhenggai/lock", ".zhenggai/index/p.db", ".zhenggai/clone", ".zhenggai-x", f"{UNIT}/.zhenggai-y"):
        write(clone, {path: "乙"})


SHARED = [its_files, a_file, a_link, a_linked_lock, a_lock_that_is_a_folder]


def outside_is_untouched(office: Path) -> bool:
    return all(path.read_text("utf-8") == "别动" for path in (office / "外面").rglob("*"))


@pytest.mark.parametrize("make", SHARED)
def test_nobody_is_stopped(make: Callable[[Path], None], office: Path, sync: Sync, zhenggai: Runner) -> None:
    a, b = office / "a", office / "b"
    add(a, entry(11))
    assert sync(a).code == 0
    write(a, {".zhenggai/clone": "k3"})
    before = (a / ".zhenggai/lock").stat()
    sync(b)
    make(b)
    add(b, entry(21))
    git(b, "add", "ledgers")
    pushed(b, *(path.name for path in b.iterdir() if path.name.casefold().startswith(".zhenggai")), "ledgers/p/城关镇")
    assert shared(office)
    ran = sync(a)
    assert ran.code == 0, ran
    assert ran.out.startswith("取回 城关镇的记录\n"), ran
    assert (a / ".zhenggai/lock").stat() == before
    assert (a / ".zhenggai/clone").read_text("utf-8") == "k3"
    assert not (a / ".zhenggai-x").exists()
    assert not (a / "ledgers/p/城关镇/.zhenggai-y").exists()
    is_tidy(a)
    assert git(a, "status", "--porcelain") == ""
    assert len(log(a)) == 3, "nothing of one's own: no commit"

    assert zhenggai(*ENTRY, at=a).code == 0
    ran = sync(a)
    assert ran.code == 0, ran
    assert shared(office) == [], "whoever pushes takes it out"
    assert "不该提交" in ran.out
    for clone in (b, a, b):
        ran = sync(clone)
        assert ran.code == 0, ran
        assert "不该提交" not in ran.out
        is_tidy(clone)
        assert (
            git(
                clone,
                "status",
                "--porcelain",
            )
            == ""
        )
    assert len(log(a)) == 4
    assert set(on_server(office)) > {number(n) for n in (1, 2, 11, 21)}
    assert outside_is_untouched(office)


@pytest.mark.parametrize("make", SHARED)
def test_in_a_new_clone(make: Callable[[Path], None], office: Path, sync: Sync, zhenggai: Runner) -> None:
    """``git clone`` has put it there; every command works, and nothing is written through a link."""
    sync(office / "b")
    make(office / "b")
    pushed(office / "b", *(p.name for p in (office / "b").iterdir() if p.name.casefold().startswith(".zhenggai")))
    late = clone_into(office / "c")
    assert zhenggai("status", at=late).code in (0, 1)
    assert zhenggai(*ENTRY, at=late).code == 0
    ran = sync(late)
    assert ran.code == 0, ran
    assert sync(late).out == "两边一致，没有要取回和推送的\n"
    assert shared(office) == []
    assert len(on_server(office)) == 3
    assert outside_is_untouched(office)


@pytest.mark.parametrize("committed", [False, True])
def test_what_was_added_here_by_force_stays_here(committed: bool, office: Path, sync: Sync) -> None:
    a = office / "a"
    sync(a)
    add(a, entry(11))
    write(a, {".zhenggai-x": ""})
    git(a, "add", "-f", ".zhenggai", ".zhenggai-x")
    if committed:
        git(a, "commit", "-q", "-m", "先记一笔")
        git(a, "commit", "-q", "--allow-empty", "-m", "再记一笔")
        add(a, entry(12))
    ran = sync(a)
    assert ran.code == 0, ran
    assert "推送 县教育局 新增" in ran.out
    assert "不该提交" in ran.out
    assert git(office / "server.git", "log", "--format=%h", BRANCH, "--", ".zhenggai", ".zhenggai-x") == ""
    assert git(a, "ls-files", ".zhenggai", ".zhenggai-x") == ""
    assert (a / ".zhenggai/lock").exists()
    assert number(11) in on_server(office)
    assert ("先记一笔" in "".join(log(a))) is False
    is_tidy(a)
    assert sync(a).out == "两边一致，没有要取回和推送的\n"


@pytest.mark.parametrize("make", SHARED)
def test_pulled_by_hand(make: Callable[[Path], None], office: Path, sync: Sync, zhenggai: Runner) -> None:
    a, b = office / "a", office / "b"
    sync(a)
    sync(b)
    make(b)
    pushed(b, *(path.name for path in b.iterdir() if path.name.casefold().startswith(".zhenggai")))
    git(a, "pull", "-q", fails=True)
    assert zhenggai(*ENTRY, at=a).code == 0
    assert sync(a).code == 0
    assert sync(b).code == 0
    assert shared(office) == []
    assert len(held(a)) == 3
    assert outside_is_untouched(office)
