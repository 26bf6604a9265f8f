"""The power fails at any moment, and only what was synced is sure to be on the disk: no acknowledged entry is lost.

A file's bytes are there once it was synced, a name once its folder was synced after; all else may be there or not.
"""

import errno
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from small_repo import day, small_repo
from watched_disk import Around, Step, Steps, counted, watch
from zhenggai.errors import Unwritable
from zhenggai.model.entries import Progress
from zhenggai.reading.data_folders import ledger_paths
from zhenggai.reading.load import load_records
from zhenggai.sharing.take_back import take_back
from zhenggai.writing.append import Batch, Place, append_entries, append_to, evidence_copies
from zhenggai.writing.atomic import writing

pytestmark = pytest.mark.unix("sync of folders, so there is nothing to simulate")

ENTRIES = [
    Progress(
        number=f"2020{month:02}12-0000000{nth}", date=day("05-12"), measure="1-1", content="改" * size, writer="办公室"
    )
    for nth, (month, size) in enumerate([(5, 10), (5, 20_000), (6, 30), (6, 5)])
]
Choice = Callable[[], bool]  # whether something that was not synced is on the disk after all


@dataclass
class Disk:
    """What a disk holds for sure, and what was done to it since: names by folder, bytes by file."""

    names: dict[Path, dict[str, int]] = field(default_factory=dict)  # 0 for a folder
    since: dict[Path, list[tuple[str, int | None]]] = field(default_factory=dict)  # None: gone
    synced: dict[int, bytes] = field(default_factory=dict)
    written: dict[int, bytes] = field(default_factory=dict)
    now: dict[Path, int] = field(default_factory=dict)

    def begin(self, root: Path) -> None:
        """Take what lies there as being there for sure."""
        for path in root.rglob("*"):
            file = 0 if path.is_dir() else self._new(path.read_bytes())
            self.now[path] = file
            self.names.setdefault(path.parent, {})[path.name] = file

    def _new(self, data: bytes) -> int:
        file = len(self.synced) + len(self.written) + 1
        self.synced[file] = data
        return file

    def take(self, step: Step) -> None:
        """A step that was done."""
        path = step.path
        match step.name:
            case "create":
                self.now[path] = len(self.synced) + len(self.written) + 1
                self.written[self.now[path]] = b""
                self._name(path, self.now[path])
            case "write":
                self.written[self.now[path]] += step.data
            case "sync" if self.now.get(path, 0) == 0:
                for name, file in self.since.pop(path, []):
                    self._set(path, name, file)
            case "sync":
                self.synced[self.now[path]] = self.written[self.now[path]]
            case "replace":
                assert step.target is not None
                self.now[step.target] = self.now.pop(path)
                self._name(step.target, self.now[step.target])
                self._name(path, None)
            case "mkdir":
                self.now[path] = 0
                self._name(path, 0)
            case "unlink" | "rmdir":
                self.now.pop(path)
                self._name(path, None)

    def _name(self, path: Path, file: int | None) -> None:
        self.since.setdefault(path.parent, []).append((path.name, file))

    def _set(self, folder: Path, name: str, file: int | None) -> None:
        if file is None:
            self.names.get(folder, {}).pop(name, None)
        else:
            self.names.setdefault(folder, {})[name] = file

    def cut(self, root: Path, into: Path, is_there: Choice) -> None:
        """Lay down what is left after a power cut."""
        for folder, done in self.since.items():
            for name, file in done:
                if is_there():
                    self._set(folder, name, file)
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir()
        self._lay(root, into, is_there)

    def _lay(self, folder: Path, into: Path, is_there: Choice) -> None:
        for name, file in self.names.get(folder, {}).items():
            if file == 0:
                (into / name).mkdir()
                self._lay(folder / name, into / name, is_there)
            else:
                lost = b"" if not is_there() else self.written.get(file, b"")
                (into / name).write_bytes(self.synced.get(file, lost))


class Recorder:
    """Does each step, takes it down, and looks at the disk in between; what is acknowledged is told to it."""

    def __init__(self, root: Path) -> None:
        self.disk = Disk()
        self.disk.begin(root)
        self.sure: list[str] = []
        self.may_be: list[str] = []
        self.moments: list[tuple[Disk, list[str], list[str]]] = []

    def __call__(self, step: Step, do: Callable[[], Any]) -> Any:
        found = do()
        if step.name not in ("read", "chmod"):
            self.disk.take(step)
            self.look()
        return found

    def look(self) -> None:
        self.moments.append((deepcopy(self.disk), self.sure, self.may_be))

    def within(self, steps: Steps) -> Around:
        """Takes down what those steps do."""
        return lambda step, do: steps(step, lambda: self(step, do))

    def expect(self, sure: list[str], may_be: list[str]) -> None:
        """From now on these entries are there for sure, and no others than those may be."""
        self.sure, self.may_be = sure, may_be
        self.look()


def repo(tmp_path: Path) -> tuple[Place, dict[str, bytes]]:
    """A repo without any ledger folder, and a file of evidence."""
    root = small_repo(tmp_path / "repo")
    (tmp_path / "佐证.pdf").write_bytes(b"evidence" * 500)
    return Place(root, "p", "城关镇", "办公室"), evidence_copies([tmp_path / "佐证.pdf"], date(2020, 5, 12))


def check_after(root: Path, sure: list[str], may_be: list[str], evidence: dict[str, bytes]) -> None:
    """All reads; what was acknowledged is there once, with its evidence, and nothing that nobody wrote."""
    files, _ = ledger_paths(root, "p")
    records = []
    for path in files:
        found, diagnostics = load_records(root, path)
        assert diagnostics == []
        records += found
    numbers = [record.entry.number for record in records]
    assert set(sure) <= set(numbers) <= set(may_be)
    assert len(numbers) == len(set(numbers))
    for record in records:
        for name in record.entry.evidence:
            assert (root / "ledgers/p/城关镇" / name).read_bytes() == evidence[name]
    assert (root / "plans/p.yaml").read_bytes()


def cuts(moment: Disk, root: Path, into: Path, seed: int) -> Iterator[Path]:
    """The disk after the cut: nothing of what was not synced is there, all of it is, or some by chance."""
    chance = random.Random(seed)
    for is_there in (lambda: False, lambda: True, lambda: chance.random() < 0.5, lambda: chance.random() < 0.5):
        deepcopy(moment).cut(root, into, is_there)
        yield into


def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path, home: Path) -> None:
    """Two months' files, evidence with the first and the third entry, the last taken back: cut after every step."""
    place, laid = repo(tmp_path)
    entries = [replace(entry, evidence=tuple(laid) if nth in (0, 2) else ()) for nth, entry in enumerate(ENTRIES)]
    numbers = [entry.number for entry in entries]
    recorder = Recorder(place.root)
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, recorder)
        for nth, entry in enumerate(entries):
            recorder.expect(numbers[:nth], numbers[: nth + 1])
            path = append_entries(place, [entry], laid if entry.evidence else {})
        recorder.expect(numbers, numbers)
        recorder.expect(numbers[:-1], numbers)
        take_back(place.root, path.relative_to(place.root).as_posix(), numbers[-1:], ())
        recorder.expect(numbers[:-1], numbers[:-1])
    assert len(recorder.moments) >= 40
    for seed, (moment, sure, may_be) in enumerate(recorder.moments):
        for root in cuts(moment, place.root, tmp_path / "after", seed):
            check_after(root, sure, may_be, laid)


def test_a_cut_leaves_each_file_of_many_without_the_new_entries_or_with_all_of_them(tmp_path: Path, home: Path) -> None:
    place, _ = repo(tmp_path)
    units = {unit: ENTRIES[nth : nth + 2] for nth, unit in ((0, "城关镇"), (2, "河东乡"))}
    numbers = [entry.number for entry in ENTRIES]
    recorder = Recorder(place.root)
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, recorder)
        recorder.expect([], numbers)
        with writing(place.root) as changes:
            for unit, entries in units.items():
                append_to(changes, Batch(replace(place, unit=unit), entries))
        recorder.expect(numbers, numbers)
    for seed, (moment, sure, may_be) in enumerate(recorder.moments):
        for root in cuts(moment, place.root, tmp_path / "after", seed):
            check_after(root, sure, may_be, {})
            files, _ = ledger_paths(root, "p")
            assert [len(load_records(root, path)[0]) for path in files] == [2] * len(files)


def test_a_kill_and_then_a_power_cut_lose_nothing(tmp_path: Path) -> None:
    """A writer is killed at each step of a unit's first entry; it or, where it is there, the next is written; power fails."""
    place, laid = repo(tmp_path)
    first, second = replace(ENTRIES[0], evidence=tuple(laid)), ENTRIES[1]
    template = tmp_path / "template"
    shutil.copytree(place.root, template)
    many = len(counted(lambda: append_entries(place, [first], laid)))

    def dead(_step: Step, _do: Callable[[], Any]) -> Any:
        raise OSError(errno.EIO, "nothing more is done")

    for nth in range(many):
        shutil.rmtree(place.root)
        shutil.copytree(template, place.root)
        recorder = Recorder(place.root)
        with pytest.MonkeyPatch.context() as patch:
            watch(patch, recorder.within(Steps(nth, dead, for_ever=True)))
            with suppress(Unwritable):
                append_entries(place, [first], laid)
        entry = second if any(place.root.glob("ledgers/p/*/*.yaml")) else first
        with pytest.MonkeyPatch.context() as patch:
            watch(patch, recorder)
            append_entries(place, [entry], laid if entry is first else {})
        for root in cuts(recorder.disk, place.root, tmp_path / "after", nth):
            check_after(root, [entry.number], [first.number, entry.number], laid)


def test_the_simulation_finds_a_missing_sync(tmp_path: Path) -> None:
    """Were files or folders not synced, entries would be lost: the proof above is one."""
    place, _ = repo(tmp_path)

    for missing in ("file", "folder"):
        recorder = Recorder(place.root)

        def lazy(step: Step, do: Callable[[], Any], missing: str = missing, recorder: Recorder = recorder) -> Any:
            if step.name == "sync" and (recorder.disk.now.get(step.path, 0) == 0) == (missing == "folder"):
                return None
            return recorder(step, do)

        with pytest.MonkeyPatch.context() as patch:
            watch(patch, lazy)
            append_entries(place, ENTRIES[:1])
        after = tmp_path / "after"
        deepcopy(recorder.disk).cut(place.root, after, lambda: False)
        with pytest.raises(AssertionError):
            check_after(after, [ENTRIES[0].number], [ENTRIES[0].number], {})
        shutil.rmtree(place.root / "ledgers")
