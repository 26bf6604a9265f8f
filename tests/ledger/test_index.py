"""The index is never wrong: whatever was written, changed, moved or restored, its answers are those of the files alone."""

import os
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import UNITS, in_order_of_place, parts_of
from random_histories import DAYS, FIRST, LAST, MERGED, PLAN, book_from, histories
from small_repo import write
from zhenggai.index import disk as stamps
from zhenggai.index.book_files import read_books
from zhenggai.ledger import Ledger
from zhenggai.ledger.whole import read_book
from zhenggai.model.book import Archive, Record
from zhenggai.model.source import Source
from zhenggai.reading.canonical_form import entry_text
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.views.due import due, overdue
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.report_entries import told
from zhenggai.views.show import show
from zhenggai.views.status import status

AFTER_ALL = date(2021, 12, 31)  # behind what a clock ahead recorded
PLAN_FILE, UNITS_FILE = "plans/p.yaml", "plans/units.yaml"
PLANS = (
    PLAN,
    PLAN.replace("内容: 甲", "内容: 改").replace("120.5万元", "120.5元"),
    PLAN.replace("取消: {日期: 2020-06-01", "取消: {日期: 2020-06-20"),
    PLAN + "- {编号: 3, 内容: 共, 同措施: [2-3]}\n",
)
BOOKS = (MERGED, UNITS, MERGED.replace("简称: [教育局]", "简称: [教体局]"))
PLACES = [f"ledgers/p/{unit}/2020-0{month}.{name}.aa.yaml" for unit in ("县教育局", "县财政局") for month in (4, 5) for name in "甲乙"]  # fmt: skip
COPIES = [path.replace("/2020", f"{folder}/2020").replace(".yaml", f"{end}.yaml") for path in PLACES for folder in ("", "(1)") for end in ("", " - 副本")]  # fmt: skip


# --- files, and what may happen to them


def files_of(history: str) -> dict[str, str]:
    """The ledger files in which a random history stands, in canonical form."""
    files: dict[str, str] = {}
    for record in book_from(history).records:
        path = record.source.path
        files[path] = files.get(path, "") + entry_text(record.entry)
    return files


def entries_of(text: str) -> list[str]:
    """The entries of a canonical text."""
    return [f"- {part}" for part in text.removeprefix("- ").split("\n- 编号") if part]


class Disk:
    """A repo under a root; each writing has a time of its own, so that stamps tell them apart where ``told_apart``."""

    def __init__(self, root: Path) -> None:
        self.root, self._time = root, 1_600_000_000

    def put(self, path: str, text: str) -> None:
        write(self.root, {path: text})
        self.touch(path)

    def touch(self, path: str) -> None:
        self._time += 1
        os.utime(self.root / path, (self._time, self._time))

    def ledger_files(self) -> list[str]:
        return sorted(p.relative_to(self.root).as_posix() for p in (self.root / "ledgers").rglob("*.yaml"))

    def text(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()


def append(disk: Disk, chance: random.Random, more: Mapping[str, str]) -> None:
    for path in [path for path in more if chance.random() < 0.5]:
        before = disk.text(path) if (disk.root / path).exists() else ""
        disk.put(path, before + chance.choice(more[path].split("\n- ")).removeprefix("- ").join(("- ", "\n")))


def restore(disk: Disk, chance: random.Random, more: Mapping[str, str]) -> None:
    path = chance.choice(sorted(more))
    disk.put(path, more[path])


def drop_an_entry(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    path = chance.choice(disk.ledger_files())
    entries = disk.text(path).removeprefix("- ").split("\n- ")
    entries.pop(chance.randrange(len(entries)))
    disk.put(path, "- " + "\n- ".join(entries) if entries else "[]\n")


def edit(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    path = chance.choice(disk.ledger_files())
    swaps = (("通过", "退回"), ("1-1", "1-2"), ("-05-", "-06-"), ("情况", "情形"), ("县教育局", "县财政局"), ("0", "9"))
    old, new = chance.choice(swaps)
    disk.put(path, disk.text(path).replace(old, new, chance.randrange(1, 4)))


def spoil(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    path = chance.choice(disk.ledger_files())
    text = disk.text(path)
    at = chance.randrange(len(text) + 1)
    disk.put(path, chance.choice((f"# 备注\n{text}", text + "\n", text[:at], text[:at] + "：" + text[at:], "")))


def rename(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    path, other = chance.choice(disk.ledger_files()), chance.choice(PLACES)
    (disk.root / other).parent.mkdir(parents=True, exist_ok=True)
    os.replace(disk.root / path, disk.root / other)


def copy(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    disk.put(chance.choice((*PLACES, *COPIES)), disk.text(chance.choice(disk.ledger_files())))


def delete(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    (disk.root / chance.choice(disk.ledger_files())).unlink()


def touch(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    disk.touch(chance.choice(disk.ledger_files()))


def other_plan(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    disk.put(PLAN_FILE, chance.choice(PLANS))


def other_units(disk: Disk, chance: random.Random, _: Mapping[str, str]) -> None:
    disk.put(UNITS_FILE, chance.choice(BOOKS))


EDITS: tuple[Callable[[Disk, random.Random, Mapping[str, str]], None], ...] = (
    append, append, append, restore, drop_an_entry, edit, edit, spoil, rename, copy, delete, touch, other_plan, other_units,
)  # fmt: skip


# --- what is compared


def shown(snapshot: Snapshot) -> dict[str, object]:
    """All that a snapshot says."""
    tasks = (*snapshot.tasks, *snapshot.gone)
    return {
        "plan": snapshot.plan,
        "windows": snapshot.windows,
        "parts": parts_of(snapshot),
        "filed": [sorted(t.filed) for t in tasks],
        "between": [(sorted(t.between(FIRST, LAST)), sorted(t.between(date(2020, 5, 3), date(2020, 5, 20)))) for t in tasks],
        "counts": snapshot.counts,
        "problems": [str(p) for p in snapshot.diagnostics],
        "last": snapshot.last_entry,
        "of units": sorted(snapshot.aside.of_units),
        "loose": sorted(snapshot.aside.loose),
    }  # fmt: skip


def said(snapshot: Snapshot, records: tuple[Record, ...]) -> dict[str, object]:
    """What a snapshot, and its archive, say of entries and units."""
    archive: Archive = snapshot.archive
    named = {ref for record in records if (ref := getattr(record.entry, "ref", None))}
    numbers = sorted({record.entry.number for record in records} | named)
    units = snapshot.units.by_name
    return {
        "said": [snapshot.said(number) for number in numbers],
        "correction": [snapshot.correction(number) for number in numbers],
        "task": [(task := snapshot.task_of(number)) and task.key for number in numbers],
        "record": [archive.record(number) for number in numbers],
        "ending": [sorted(archive.ending(number[-4:]), key=lambda r: r.source) for number in numbers],
        "naming": [list(archive.naming(number)) for number in numbers],
        "by": [list(archive.recorded_by(unit)) for unit in units],
        "about": [list(archive.about(unit)) for unit in units],
    }


def reports(snapshot: Snapshot) -> dict[str, object]:
    """The records of the views that lists and reports are made of."""
    return {
        "status": status(snapshot).record(),
        "overdue": overdue(snapshot).record(),
        "due": due(snapshot, 30).record(),
        "phase": phase(snapshot, 1).record(),
        "rank": rank(snapshot, (), None, None).record(),
        "units": [show(snapshot, unit).record() for unit in ("县教育局", "县委组织部")],
        "told": [(t.event, t.unit, t.recorder, t.record()) for t in told(snapshot, FIRST, LAST, lambda _: True)],
    }


def tasks(snapshot: Snapshot) -> list[object]:
    """The tasks of a snapshot, with all that their events make of them."""
    return [(t.key, t.unit, t.problem, t.row, t.status, t.leader, t.events, t.head) for t in snapshot.tasks]


def assert_same(ledger: Ledger, days: list[tuple[date, date]]) -> None:
    """What the index says as of some days is what is read from the files."""
    book = read_book(ledger.root, PLAN_FILE)
    for as_of, known_by in days:
        snapshot, reference = ledger.snapshot(as_of, known_by), state(book, as_of, known_by)
        assert shown(snapshot) == shown(reference)
        assert said(snapshot, book.records) == said(reference, book.records)
        assert reports(snapshot) == reports(reference)
        for of in ledger.on_days([as_of - timedelta(days=30), as_of], snapshot):
            assert tasks(of) == tasks(state(book, of.as_of, known_by))
    diagnostics = (*read_books(ledger.root, PLAN_FILE).diagnostics, *book.diagnostics)
    assert sorted(map(str, ledger.diagnostics)) == sorted(map(str, diagnostics))


known_days = st.one_of(st.just(date.max), DAYS)


def disk_with(root: Path, history: str) -> Disk:
    """A repo with a random history."""
    disk = Disk(root)
    for path, text in {PLAN_FILE: PLAN, UNITS_FILE: MERGED, **files_of(history)}.items():
        disk.put(path, text)
    return disk


def test_an_entry_recorded_late_is_told_as_it_was_corrected_before_that(tmp_path: Path) -> None:
    history = "04-24/05-03|甲 县教育局 进展 进度=60 #a 1-1\n04-25/04-25|甲 县教育局 更正 针对=a 进度=40"
    disk = disk_with(tmp_path, history)
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])


def test_an_entry_that_is_recorded_before_its_day_is_told_on_the_day_it_was_recorded(tmp_path: Path) -> None:
    disk = disk_with(tmp_path, "06-03/05-03|甲 县教育局 进展 进度=30 1-1")
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])


def test_a_file_that_is_copied_into_another_folder_answers_there_as_it_did(tmp_path: Path) -> None:
    history = (
        "05-19/05-19|乙 县财政局 申请销号 签批领导=王强 #d 1-3\n05-20/05-20|乙 县财政局 初审 针对=d 结论=退回 原因=缺 #e\n"
        "05-28/05-29|甲 县财政局 更正 针对=e 结论=通过"
    )
    disk = disk_with(tmp_path, history)
    here, there = (f"ledgers/p/{unit}/2020-05.甲.aa.yaml" for unit in ("县财政局", "县教育局"))
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])
    disk.put(there, disk.text(here))
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])
    (disk.root / here).unlink()
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])


def test_a_letter_that_is_copied_into_another_folder_is_about_its_unit_once(tmp_path: Path) -> None:
    disk = disk_with(tmp_path, "05-04/05-04|甲 县委督查局 约谈 单位=县教育局 对象=负责人 依据=规则 措施= #v")
    here, there = (f"ledgers/p/{unit}/2020-05.甲.aa.yaml" for unit in ("县委督查局", "县财政局"))
    disk.put(there, disk.text(here))
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])


def test_entries_that_name_each_other_across_files_belong_to_no_task(tmp_path: Path) -> None:
    history = (
        "05-01/05-01|甲 县教育局 回复 针对=b #a\n05-02/05-02|甲 县财政局 回复 针对=a #b\n05-03/05-03|甲 县委组织部 更正 针对=a 作废=是 #c\n"
        "05-04/05-04|乙 县教育局 更正 针对=a 作废=是\n05-05/05-05|乙 县档案馆 回复 针对=c"
    )
    disk = disk_with(tmp_path, history)
    assert_same(Ledger(disk.root, PLAN_FILE), [(LAST, date.max)])
    found = [diagnostic.what for diagnostic in Ledger(disk.root, PLAN_FILE).snapshot(LAST).diagnostics]
    assert sum("互相针对" in what for what in found) == 2


@settings(max_examples=25)
@given(histories(), histories(), st.tuples(DAYS, known_days), st.data())
@pytest.mark.parametrize("still", [2_000_000_000, -(10**19)], ids=["digests", "stamps"])
def test_the_index_says_what_the_files_say(
    still: int, history: str, more: str, day: tuple[date, date], data: st.DataObject
) -> None:
    edits = data.draw(st.lists(st.sampled_from(EDITS), max_size=5))
    chance = data.draw(st.randoms(use_true_random=False))
    days = [day, (LAST, date.max), (AFTER_ALL, date.max)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, patch.object(stamps, "_STANDSTILL", still):
        disk = disk_with(Path(folder), history)
        other = files_of(more)
        assert_same(Ledger(disk.root, PLAN_FILE), days)
        for change in edits:
            if disk.ledger_files():
                change(disk, chance, other)
            assert_same(Ledger(disk.root, PLAN_FILE), days)


@settings(max_examples=25)
@given(histories(), histories(), DAYS)
def test_a_snapshot_as_if_entries_were_written_is_that_with_them(history: str, more: str, as_of: date) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        disk = disk_with(Path(folder), history)
        book = read_book(disk.root, PLAN_FILE)
        taken = {record.entry.number for record in book.records}
        new = [record for record in book_from(more).records if record.entry.number not in taken]
        unwritten = [replace(r, source=Source(f"{r.source.path}（未写入）", r.source.line)) for r in new]
        reference = replace(book, records=in_order_of_place([*book.records, *unwritten]))
        ledger = Ledger(disk.root, PLAN_FILE)
        snapshot = ledger.snapshot_with(unwritten, ledger.snapshot(as_of))
        assert shown(snapshot) == shown(state(reference, as_of))
        assert said(snapshot, reference.records) == said(state(reference, as_of), reference.records)


def test_a_snapshot_holds_however_many_other_days_are_looked_at() -> None:
    history = "\n".join(f"04-{day:02} 县教育局 进展 1-1 进度={day}" for day in range(1, 31))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        disk = disk_with(Path(folder), history)
        book, days = read_book(disk.root, PLAN_FILE), [date(2020, 4, day) for day in range(1, 21)]
        for ledger in (Ledger(disk.root, PLAN_FILE), Ledger(disk.root, PLAN_FILE)):
            snapshots = [ledger.snapshot(day) for day in days]
            assert [shown(snapshot) for snapshot in snapshots] == [shown(state(book, day)) for day in days]
