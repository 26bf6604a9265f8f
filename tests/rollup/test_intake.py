"""Counties' facts are taken in: what is good is copied whole, what is not is named, and the copy that was good last stays."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from county_facts import THROUGH, listed, publish
from zhenggai.facts.manifest import NAME
from zhenggai.rollup.intake import Kept, LeftOut, on_day, store_of, take_in
from zhenggai.rollup.rollup_file import RollupFile

TASKS = "tasks/p.parquet"


def taken(file: RollupFile) -> tuple[list[Kept], list[LeftOut]]:
    return take_in(file, store_of(file))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_facts_are_copied_once_and_anew_when_they_change(tmp_path: Path) -> None:
    file = listed(tmp_path, "甲县", "乙县")
    publish(tmp_path / "甲县", "甲县", "甲镇")
    publish(tmp_path / "乙县", None, "乙镇")
    (first, second), left_out = taken(file)
    assert left_out == []
    assert (first.county.name, first.note, first.folder.parent) == ("甲县", "", store_of(file) / "county=1")
    assert files(first.folder) == files(tmp_path / "甲县")
    assert files(second.folder) == files(tmp_path / "乙县")
    assert taken(file) == ([first, second], [])
    publish(tmp_path / "甲县", "甲县", "丙镇")
    (newer, same), left_out = taken(file)
    assert (same, left_out) == (second, [])
    assert newer.folder != first.folder
    assert files(newer.folder) == files(tmp_path / "甲县")
    assert first.folder.is_dir(), "another process may be reading the version before"
    publish(tmp_path / "甲县", "甲县", "丁镇")
    taken(file)
    assert not first.folder.exists()


def test_plans_that_the_county_could_not_read_are_named(tmp_path: Path) -> None:
    file = listed(tmp_path, "甲县")
    publish(tmp_path / "甲县", "甲县")
    edit_manifest(tmp_path / "甲县", lambda manifest: manifest.update(unread=["坏的", "q"]))
    (kept,), _ = taken(file)
    assert kept.note == UNREAD
    flip(tmp_path / "甲县")
    (kept,), _ = taken(file)
    assert kept.note == f"{DAMAGED}；用的是以前取到的，到 {THROUGH}；{AGAIN}；{UNREAD}"


def test_a_county_that_is_not_listed_any_more_stays_in_the_store_unused(tmp_path: Path) -> None:
    publish(tmp_path / "甲县", "甲县", "甲镇")
    publish(tmp_path / "乙县", "乙县", "乙镇")
    kept, _ = taken(listed(tmp_path, "甲县", "乙县"))
    only, left_out = taken(listed(tmp_path, "甲县"))
    assert (only, left_out) == (kept[:1], [])
    assert kept[1].folder.is_dir()


@pytest.mark.parametrize("name", ["plan=2020", "汇总[1]"])
def test_a_list_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    """To DuckDB it may be a column and its value, or a pattern."""
    file = listed(tmp_path / name, "甲县")
    publish(tmp_path / name / "甲县", "甲县")
    (kept,), left_out = taken(file)
    assert (kept.note, left_out) == ("", [])


def flip(folder: Path) -> None:
    data = bytearray((folder / TASKS).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / TASKS).write_bytes(data)
    os.utime(folder / TASKS, (0, 0))  # the clock of a quick test may not have moved


def truncate(folder: Path) -> None:
    (folder / TASKS).write_bytes((folder / TASKS).read_bytes()[:-1])


def lengthen(folder: Path) -> None:
    (folder / TASKS).write_bytes((folder / TASKS).read_bytes() + b"\0")


def remove_all(folder: Path) -> None:
    folder.rename(folder.with_name("别处"))


def edit_manifest(folder: Path, edit: Callable[[dict[str, object]], object]) -> None:
    manifest = json.loads((folder / NAME).read_text("utf-8"))
    edit(manifest)
    (folder / NAME).write_text(json.dumps(manifest), "utf-8")


AGAIN = "再取一次；还不行的，请该县重新运行 zhenggai facts"
UNREAD = "县里读不了方案 坏的、q，没有报；请该县运行 zhenggai check，改好再报"
DAMAGED = "tasks/p.parquet 已损坏，或只拷了一半：和 manifest.json 里的校验值不符"
FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte is another": (flip, DAMAGED),
    "the last byte is missing": (truncate, DAMAGED),
    "a byte more": (lengthen, DAMAGED),
    "a file is missing": (lambda at: (at / TASKS).unlink(), "缺 tasks/p.parquet"),
    "no manifest": (lambda at: (at / NAME).unlink(), "没有 {}/manifest.json：那里没有报数的文件，或正在更新"),
    "no folder": (remove_all, "没有文件夹 {}"),
    "a newer schema": (
        lambda at: edit_manifest(at, lambda manifest: manifest.update(schema=99)),
        "{}/manifest.json 是更新的程序写的（格式 99，这里只认到 1）",
    ),
    "no JSON": (
        lambda at: (at / NAME).write_text("{", "utf-8"),
        "{}/manifest.json 不是报数的清单，或已损坏：不是 JSON，或不完整",
    ),
    "another county's": (lambda at: publish(at, "丙县"), "{} 里是丙县的数据，不是乙县的"),
    "the first county's": (lambda at: publish(at, None, "甲镇"), "数据和甲县的完全一样，恐怕是同一份"),
    "no plan": (
        lambda at: edit_manifest(at, lambda manifest: manifest.update(plans={})),
        "{} 里一个方案也没有",
    ),
}


@pytest.mark.parametrize(("spoil", "why"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_the_other_county_used(tmp_path: Path, spoil: Callable[[Path], object], why: str) -> None:
    file = listed(tmp_path, "甲县", "乙县")
    publish(tmp_path / "甲县", "甲县", "甲镇")
    publish(tmp_path / "乙县", "乙县", "乙镇")
    spoil(tmp_path / "乙县")
    (first,), (second,) = taken(file)
    assert (first.county.name, first.note) == ("甲县", "")
    assert (second.county.name, second.why) == ("乙县", why.format(tmp_path / "乙县"))
    assert second.remedy
    assert not list(store_of(file).glob("county=2/*/")), "nothing of it is left"


@pytest.mark.parametrize(("spoil", "why"), FAULTS.values(), ids=FAULTS)
def test_after_a_fault_the_copy_that_was_good_last_is_used_with_a_note(
    tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    file = listed(tmp_path, "甲县", "乙县")
    publish(tmp_path / "甲县", "甲县", "甲镇")
    publish(tmp_path / "乙县", "乙县", "乙镇")
    (_, good), _ = taken(file)
    before = files(good.folder)
    spoil(tmp_path / "乙县")
    (_, second), left_out = taken(file)
    assert left_out == []
    assert second.note.startswith(f"{why.format(tmp_path / '乙县')}；用的是以前取到的，到 {THROUGH}；")
    assert (second.folder, files(second.folder)) == (good.folder, before)


def test_a_copy_of_another_county_is_not_used_when_codes_are_swapped(tmp_path: Path) -> None:
    publish(tmp_path / "甲县", "甲县", "甲镇")
    taken(listed(tmp_path, "甲县"))
    kept, (left_out,) = taken(listed(tmp_path, "乙县"))
    assert (kept, left_out.county.name, left_out.why) == ([], "乙县", f"没有文件夹 {tmp_path / '乙县'}")


@pytest.mark.parametrize("gone", ["current.json", "*/manifest.json", f"*/{TASKS}"])
def test_what_is_missing_in_the_store_is_copied_again(tmp_path: Path, gone: str) -> None:
    file = listed(tmp_path, "甲县")
    publish(tmp_path / "甲县", "甲县")
    taken(file)
    (path,) = store_of(file).glob(f"county=1/{gone}")
    path.unlink()
    (again,), left_out = taken(file)
    assert (again.note, left_out, files(again.folder)) == ("", [], files(tmp_path / "甲县"))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"version": 1}',
        b'{"version": "../../x", "source": "", "stamps": {}}',
        b'{"version": "a", "stamps": 3}',
    ],
)
def test_a_damaged_store_is_as_an_empty_one(tmp_path: Path, text: bytes) -> None:
    file = listed(tmp_path, "甲县")
    publish(tmp_path / "甲县", "甲县")
    taken(file)
    (store_of(file) / "county=1/current.json").write_bytes(text)
    (again,), left_out = taken(file)
    assert (again.note, left_out, files(again.folder)) == ("", [], files(tmp_path / "甲县"))


def test_a_kept_file_of_which_a_bit_has_turned_is_taken_in_anew(tmp_path: Path) -> None:
    file = listed(tmp_path, "甲县")
    publish(tmp_path / "甲县", "甲县")
    (before,), _ = taken(file)
    flip(before.folder)
    (again,), left_out = taken(file)
    assert (again.note, left_out, files(again.folder)) == ("", [], files(tmp_path / "甲县"))


def test_a_copy_from_another_folder_is_not_used(tmp_path: Path) -> None:
    """As where a second list in the same place has another ledger of the county, under the county's code."""
    publish(tmp_path / "甲县", "甲县")
    taken(listed(tmp_path, "甲县"))
    (tmp_path / "甲县").rename(tmp_path / "别处")
    file = listed(tmp_path, "甲县")
    moved = replace(file, counties=(replace(file.counties[0], folder=tmp_path / "专项"),))
    kept, (left_out,) = taken(moved)
    assert (kept, left_out.why) == ([], f"没有文件夹 {tmp_path / '专项'}")


def test_two_counties_that_name_themselves_may_say_the_same(tmp_path: Path) -> None:
    """As where a province's plan was copied to both, and nothing is recorded yet."""
    file = listed(tmp_path, "甲县", "乙县")
    publish(tmp_path / "甲县", "甲县", "甲镇")
    publish(tmp_path / "乙县", "乙县", "甲镇")
    kept, left_out = taken(file)
    assert ([one.county.name for one in kept], left_out) == (["甲县", "乙县"], [])


def test_the_day_is_the_newest_that_more_than_half_have_reached(tmp_path: Path) -> None:
    days = [date(2026, 11, 22), date(2026, 11, 29), date(2026, 11, 30), date(2026, 11, 29)]
    names = ["甲县", "乙县", "丙县", "丁县"]
    file = listed(tmp_path, *names)
    for name, day in zip(names, days, strict=True):
        publish(tmp_path / name, name, name, day)
    kept, _ = taken(file)
    day, used, (behind,) = on_day(kept, None)
    assert (day, [one.county.name for one in used]) == (date(2026, 11, 29), ["乙县", "丙县", "丁县"])
    assert behind == LeftOut(
        kept[0].county,
        "数据只到 2026-11-22，不到 2026-11-29",
        "请该县重新运行 zhenggai facts；或用 --as-of 看早一些的日期",
    )
    assert on_day(kept[:2], None)[0] == date(2026, 11, 22)
    assert on_day(kept[:1], None) == (date(2026, 11, 22), kept[:1], [])
    assert on_day(kept, date(2026, 11, 1)) == (date(2026, 11, 1), kept, [])
    assert [one.county.name for one in on_day(kept, date(2026, 12, 1))[2]] == names
