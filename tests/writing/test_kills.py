"""Whatever kills a writer, at whatever moment: what it said was written is there once, and everything reads."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from small_repo import day
from watched_disk import Step, Steps, counted, watch
from zhenggai.model.entries import Progress
from zhenggai.model.numbers import entry_number
from zhenggai.reading.load import load_records
from zhenggai.writing import atomic
from zhenggai.writing.append import Place, append_entries, evidence_copies
from zhenggai.writing.atomic import stale_files

pytestmark = pytest.mark.unix("fork")

RANDOM_KILLS, WRITERS, EACH = 240, 12, 10
MAY = day("05-12")
ENTRY = Progress(number="", date=MAY, measure="1-1", content="", writer="办公室")
SIZES = (10, 60, 300, 3000, 21_800)  # characters of three bytes; a value may have 64 KiB


def entries_of(writer: int, sizes: tuple[int, ...] = SIZES) -> Iterator[Progress]:
    """A writer's entries for ever, with numbers that no other writer has and contents of some length."""
    chance = random.Random(writer)
    for nth in count():
        size = chance.choice(sizes)
        yield replace(ENTRY, number=entry_number(MAY, 0, writer * 1000 + nth), content=f"{nth}：" + "改" * size)


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A child that does its work, telling what is done through the pipe; its process and the pipe's other end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    try:
        os.close(reader)
        work(writer)
        os._exit(0)
    finally:
        os._exit(1)


def told(reader: int) -> list[str]:
    """All that a child that has ended has told, a line each."""
    with open(reader, encoding="utf-8") as pipe:
        return pipe.read().splitlines()


def killed(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def append_for_ever(place: Place, writer: int, pipe: int) -> None:
    os.write(pipe, b"ready\n")
    for entry in entries_of(writer):
        append_entries(place, [entry])
        os.write(pipe, f"{entry.number}\n".encode())


def present(place: Place) -> list[str]:
    """The numbers in the place's file, in order; nothing is wrong with it."""
    path = place.file(MAY)
    if not path.exists():
        return []
    records, diagnostics = load_records(place.root, path.relative_to(place.root).as_posix())
    assert diagnostics == []
    return [record.entry.number for record in records]


def data(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def test_what_was_acknowledged_survives_every_kill(tmp_path: Path) -> None:
    """240 writers, each killed at a moment of its own while it appends entries of up to 64 KB."""
    moments = random.Random(20200512)
    acknowledged = 0
    warm = Place(tmp_path, "p", "县教育局", "办公室")
    append_entries(warm, [next(entries_of(RANDOM_KILLS))])  # all is imported before children are forked
    for nth in range(RANDOM_KILLS):
        if nth % 12 == 0:
            place, known = Place(tmp_path, "p", f"第{nth}单位", "办公室"), list[str]()
        before = data(place.file(MAY))
        child, reader = forked(partial(append_for_ever, place, nth))
        assert os.read(reader, 6) == b"ready\n"
        new = [os.read(reader, 18).decode().strip() for _ in range(moments.randrange(3))]
        time.sleep(moments.uniform(0, 0.03))
        killed(child)
        new += told(reader)
        after = present(place)
        assert data(place.file(MAY)).startswith(before)
        assert after[: len(known) + len(new)] == known + new
        assert len(after) <= len(known) + len(new) + 1
        known, acknowledged = after, acknowledged + len(new)
    assert acknowledged > RANDOM_KILLS // 2


def killed_at(nth: int, how: str) -> Steps:
    """Steps that end with a kill: before one of them, after it, or in the middle of what it writes."""

    def kill(step: Step, do: Callable[[], Any]) -> None:
        if how == "within" and step.name == "write":
            step.path.write_bytes(step.data[: len(step.data) // 2])
        try:
            if how == "after":
                do()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)

    return Steps(nth, kill)


@pytest.mark.parametrize("how", ["before", "within", "after"])
def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, how: str) -> None:
    """The first entry of a unit with evidence, and the next one: killed at each step, and then written again."""
    source = tmp_path / "征求意见稿.docx"
    source.write_bytes(b"text" * 1000)
    laid = evidence_copies([source], date(2020, 5, 12))
    one, two = (replace(entry, evidence=tuple(laid)) for entry in islice(entries_of(0), 2))

    def both(place: Place) -> None:
        append_entries(place, [one], laid)
        append_entries(place, [replace(two, evidence=())])

    (tmp_path / "counted").mkdir()
    many = len(counted(lambda: both(Place(tmp_path / "counted", "p", "城关镇", "办公室"))))
    for nth in range(many):
        place = Place(tmp_path / f"{nth}", "p", "城关镇", "办公室")
        place.root.mkdir()
        (place.root / "plans").mkdir()

        def work(_pipe: int, nth: int = nth, place: Place = place) -> None:
            with pytest.MonkeyPatch.context() as patch:
                watch(patch, killed_at(nth, how))
                both(place)

        child, reader = forked(work)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        os.close(reader)
        left = present(place)
        assert left in ([], [one.number], [one.number, two.number])
        for entry in (one, two)[len(left) :]:
            append_entries(place, [entry], laid)
        assert present(place) == [one.number, two.number]
        assert [(place.folder / name).read_bytes() for name in laid] == list(laid.values())
        with atomic.writing(place.root):
            for path in stale_files(place.root):
                path.unlink()
        assert sorted(p.name for p in place.folder.iterdir()) == ["2020-05.办公室." + place.file(MAY).name[-7:], "附件"]


def test_twelve_writers_of_one_file_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are of one unit, writer and clone; even who draws the clone's mark is one of them."""
    monkeypatch.setattr(atomic, "_LOCK_SECONDS", 100.0)
    place = Place(tmp_path, "p", "城关镇", "办公室")

    def append_some(writer: int, pipe: int) -> None:
        for entry in islice(entries_of(writer, SIZES[:3]), EACH):
            append_entries(place, [entry])
            os.write(pipe, f"{entry.number}\n".encode())

    children = [forked(partial(append_some, writer)) for writer in range(WRITERS)]
    acknowledged = [number for _, reader in children for number in told(reader)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children] == [0] * WRITERS
    numbers = present(place)
    assert len(numbers) == len(set(numbers)) == WRITERS * EACH
    assert set(acknowledged) == set(numbers)
    assert len(list(place.folder.iterdir())) == 1
