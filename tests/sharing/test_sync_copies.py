"""Copies of ledger files beside their originals: they are not pushed, and those that landed may be deleted."""

import shutil
from collections.abc import Callable
from pathlib import Path

from office import COMMON, add, entry, git, held, is_tidy, ledger_file, number, on_server
from small_repo import Ran, Runner

Sync = Callable[..., Ran]
COPY = ledger_file("a").replace(".yaml", " - 副本.yaml")


def test_a_copy_is_not_pushed_and_deleting_it_is_all_there_is_to_do(office: Path, sync: Sync) -> None:
    a = office / "a"
    add(a, entry(11))
    shutil.copy(a / ledger_file("a"), a / COPY)
    ran = sync(a)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("副本: ") == 1
    assert "2020-06.办公室.aa - 副本.yaml 与 2020-06.办公室.aa.yaml 完全相同，是复制出来的" in ran.err
    assert "自己改动的文件有 1 处错误" in ran.err
    (a / COPY).unlink()
    assert sync(a).out == "推送 县教育局 新增1条\n"
    assert number(11) in on_server(office)
    is_tidy(a)


def test_a_copy_that_everybody_has_is_deleted_without_a_question(office: Path, sync: Sync) -> None:
    a, b = office / "a", office / "b"
    landed = COMMON.replace(".yaml", "(1).yaml")
    shutil.copy(a / COMMON, a / landed)
    git(a, "add", ".")
    git(a, "-c", "user.name=某", "-c", "user.email=m@x", "commit", "-q", "--no-verify", "-m", "误交")
    git(a, "push", "-q", "origin", "HEAD")
    assert sync(b).code == 0
    (b / landed).unlink()
    ran = sync(b)
    assert (ran.code, ran.err) == (0, "取回……\n检查……\n推送……\n")
    assert held(b).keys() >= {number(1), number(2)}
    assert sync(a).code == 0
    assert not (a / landed).exists()


def test_what_is_staged_is_checked_the_same(office: Path, zhenggai: Runner) -> None:
    a = office / "a"
    add(a, entry(11))
    shutil.copy(a / ledger_file("a"), a / COPY)
    git(a, "add", ".")
    ran = zhenggai("check", "--staged", at=a)
    assert (ran.code, ran.out.count(COPY), ran.out.count("\n")) == (1, 1, 1)
