"""Copies of ledger files, as file managers and network disks leave them: one line a copy, and the original counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from building import parts_of
from small_repo import Runner, day, ledger_files, ledger_in, small_repo, write
from zhenggai.ledger.whole import check_root, read_book
from zhenggai.rules.day.state import state

FOLDER = "ledgers/p/县教育局"
FILE = "2020-04.办公室.aa.yaml"
LEDGER = "04-10 县教育局 进展 1-1 内容=初稿 进度=40 #稿\n04-11 县教育局 进展 1-2 内容=改正 进度=50\n04-12 县教育局 更正 针对=稿 进度=45"
TEXT = ledger_files(LEDGER)[f"{FOLDER}/{FILE}"]
MORE = ledger_files(LEDGER + "\n04-20 县教育局 进展 1-1 内容=二稿 进度=60")[f"{FOLDER}/{FILE}"]
NAMES = (
    "2020-04.办公室.aa - 副本.yaml",
    "2020-04.办公室.aa - 副本 (2).yaml",
    "2020-04.办公室.aa-副本.yaml",
    "2020-04.办公室.aa(1).yaml",
    "2020-04.办公室.aa (1).yaml",
    "2020-04.办公室.aa（1）.yaml",
    "2020-04.办公室.aa - Copy.yaml",
    "2020-04.办公室.aa copy.yaml",
    "2020-04.办公室.aa 2.yaml",
    "Copy of 2020-04.办公室.aa.yaml",
    "复件 2020-04.办公室.aa.yaml",
    "复制 2020-04.办公室.aa.yaml",
    "2020-04.办公室.aa-冲突-王强.yaml",
    "2020-04.办公室.aa (王强 的冲突副本 2021-03-01).yaml",
    "2020-04.办公室.aa (王强's conflicted copy 2021-03-01).yaml",
    "2020-04.办公室.aa.sync-conflict-20210301-101500-ABCDEFG.yaml",
    "2020-04.办公室.aa-DESKTOP-ABC.yaml",
    "2020-04.办公室.aa.yml.yaml",
    "2020-05.办公室.aa.yaml",
    "0.yaml",
)
"""Names of copies; most of them sort before the original."""


def told(root: Path) -> list[str]:
    """All diagnostics of ``check``, after the index was found to say and count the same as the files."""
    agree(root)
    return [str(found) for found in check_root(root, None, day("05-01"), day("05-01"))]


def agree(root: Path) -> None:
    """Assert that the index gives what the files alone give; once made, and once kept."""
    for _ in range(2):
        ledger = ledger_in(root)
        index = ledger.snapshot(day("05-01"))
        book = read_book(root, "plans/p.yaml")
        whole = state(book, day("05-01"))
        assert (parts_of(index), index.diagnostics) == (parts_of(whole), whole.diagnostics)
        assert sorted(map(str, ledger.diagnostics)) == sorted(map(str, book.diagnostics))
        for number, record in book.by_number.items():
            assert index.archive.record(number) == record
            assert index.archive.ending(number[-4:]) == book.ending(number[-4:])
            assert list(index.archive.naming(number)) == list(book.naming(number))
        assert list(index.archive.recorded_by("县教育局")) == list(book.recorded_by("县教育局"))


def of_copies(lines: list[str]) -> Iterator[str]:
    return (line for line in lines if ": 副本: " in line)


@pytest.mark.parametrize("name", NAMES)
def test_an_identical_copy_is_named_once_and_its_original_counts(tmp_path: Path, name: str) -> None:
    root = small_repo(tmp_path, LEDGER)
    before = told(root)
    write(root, {f"{FOLDER}/{name}": TEXT})
    copy = f"{FOLDER}/{name}:1: 副本: {name} 与 {FILE} 完全相同，是复制出来的 — 删掉副本"
    assert sorted(told(root)) == sorted([*before, copy])
    assert {r.source.path for r in read_book(root, "plans/p.yaml").by_number.values()} == {f"{FOLDER}/{FILE}"}


def test_each_of_several_copies_is_named(tmp_path: Path) -> None:
    root = small_repo(tmp_path, LEDGER)
    write(root, {f"{FOLDER}/{name}": TEXT for name in NAMES[:3]})
    assert list(of_copies(told(root))) == [
        f"{FOLDER}/{name}:1: 副本: {name} 与 {FILE} 完全相同，是复制出来的 — 删掉副本" for name in sorted(NAMES[:3])
    ]


def test_an_older_copy_is_to_be_deleted_too(tmp_path: Path) -> None:
    root = write(small_repo(tmp_path), {f"{FOLDER}/{FILE}": MORE, f"{FOLDER}/{NAMES[0]}": TEXT})
    assert list(of_copies(told(root))) == [
        f"{FOLDER}/{NAMES[0]}:1: 副本: {NAMES[0]} 是复制出来的，其中 3 条 {FILE} 里都有，内容相同 — 删掉副本"
    ]


def test_what_only_the_copy_has_counts_and_is_to_be_moved(tmp_path: Path) -> None:
    root = write(small_repo(tmp_path), {f"{FOLDER}/{FILE}": TEXT, f"{FOLDER}/{NAMES[0]}": MORE})
    found = [line for line in told(root) if f"{FOLDER}/" in line]
    assert found == [
        f"{FOLDER}/{NAMES[0]}:1: 副本: {NAMES[0]} 与 {FILE} 有 3 条编号相同，另有 1 条只在副本里（00000004），照常计入"
        f" — 只在副本里的原样移到 {FILE}；然后删掉副本"
    ]
    assert task_percent(root) == 60


def test_another_content_under_the_same_number_is_told_and_the_original_counts(tmp_path: Path) -> None:
    copy = MORE.replace("进度: 40", "进度: 90").replace("改正", "改好")
    root = write(small_repo(tmp_path), {f"{FOLDER}/{FILE}": TEXT, f"{FOLDER}/{NAMES[0]}": copy})
    assert list(of_copies(told(root))) == [
        f"{FOLDER}/{NAMES[0]}:1: 副本: {NAMES[0]} 与 {FILE} 有 3 条编号相同，其中 2 条内容不同（00000001、00000002），以 {FILE} 的为准，"
        "另有 1 条只在副本里（00000004），照常计入"
        f" — 内容不同的，副本写得对的用 zhenggai correct 00000001 … 更正；只在副本里的原样移到 {FILE}；然后删掉副本"
    ]


def test_an_answer_in_the_copy_to_a_repeated_entry_finds_the_original(tmp_path: Path) -> None:
    more = ledger_files(LEDGER + "\n04-20 县教育局 更正 针对=稿 进度=70")[f"{FOLDER}/{FILE}"]
    root = write(small_repo(tmp_path), {f"{FOLDER}/{FILE}": TEXT, f"{FOLDER}/{NAMES[0]}": more})
    told(root)
    assert task_percent(root) == 70


def test_a_copy_that_cannot_be_read_whole_is_not_to_be_deleted_unread(tmp_path: Path) -> None:
    copy = TEXT + "- 编号: 20200421-00000009\n  日期: 昨天\n"
    root = write(small_repo(tmp_path, LEDGER), {f"{FOLDER}/{NAMES[0]}": copy})
    assert list(of_copies(told(root))) == [
        f"{FOLDER}/{NAMES[0]}:1: 副本: {NAMES[0]} 是从 {FILE} 复制出来的，有读不出的地方 — 先改正读不出的，再运行 zhenggai check"
    ]


def test_a_copied_folder_is_no_unit(tmp_path: Path) -> None:
    copy = f"{FOLDER} - 副本/{FILE}"
    root = write(small_repo(tmp_path, LEDGER), {copy: TEXT})
    assert [line for line in told(root) if "副本" in line] == [
        f"{copy}:1: 副本: {copy} 与 {FOLDER}/{FILE} 完全相同，是复制出来的 — 删掉副本"
    ]


def test_of_two_files_named_by_hand_the_longer_name_is_the_copy(tmp_path: Path) -> None:
    root = write(small_repo(tmp_path), {f"{FOLDER}/台账.yaml": TEXT, f"{FOLDER}/台账 - 副本.yaml": TEXT})
    assert list(of_copies(told(root))) == [
        f"{FOLDER}/台账 - 副本.yaml:1: 副本: 台账 - 副本.yaml 与 台账.yaml 完全相同，是复制出来的 — 删掉副本"
    ]


def test_a_repeated_number_in_a_file_of_its_own_is_a_fault_of_that_entry(tmp_path: Path) -> None:
    other = f"{FOLDER}/2020-04.财务科.k3.yaml"
    first = TEXT.partition("\n- ")[0] + "\n"
    root = write(small_repo(tmp_path, LEDGER), {other: first})
    assert [line for line in told(root) if "重复" in line] == [
        f"{other}:1: 记录: 编号 20200410-00000001 与 {FOLDER}/{FILE}:1 重复 — 这一条不计；内容相同的删去它，不同的重新记录并取新编号"
    ]


def test_deleting_the_copies_leaves_nothing(tmp_path: Path) -> None:
    root = small_repo(tmp_path, LEDGER)
    before = told(root)
    write(root, {f"{FOLDER}/{name}": TEXT for name in NAMES})
    told(root)
    for name in NAMES:
        (root / FOLDER / name).unlink()
    assert told(root) == before


def test_check_says_it_and_ends_with_1(zhenggai: Runner, tmp_path: Path) -> None:
    root = write(small_repo(tmp_path, LEDGER), {f"{FOLDER}/{NAMES[0]}": TEXT})
    ran = zhenggai("check", "--as-of", "2020-04-15", at=root)
    assert ran.code == 1
    assert ran.out.count(FOLDER) == 1


def task_percent(root: Path) -> int | None:
    snapshot = ledger_in(root).snapshot(day("05-01"))
    return next(t for t in snapshot.tasks if (t.measure, t.unit) == ("1-1", "县教育局")).head.percent
