"""Whoever uses what is kept while others record, clear and rebuild gets an answer that was true, and leaves none that is not."""

import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from building import parts_of
from interleaved import Cast
from small_repo import HEAD, Runner, small_repo, write
from zhenggai.errors import FileChanged
from zhenggai.index import rebuild
from zhenggai.ledger import Ledger, whole
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state

PLAN_FILE = "plans/p.yaml"
UNITS_FILE = "plans/units.yaml"
MAY = "ledgers/p/县财政局/2020-05.办公室.aa.yaml"
APRIL = "ledgers/p/县教育局/2020-04.办公室.aa.yaml"
FILES = (PLAN_FILE, UNITS_FILE, APRIL, MAY)
PLAN = (
    HEAD.partition("阶段:")[0]
    + """\
问题:
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 甲, 时限: 2020年6月底前, 责任单位: 县教育局, 责任人: 书记, 调整: [{日期: 2020-12-01, 登记日: 2020-12-01, 依据: 纪要, 字段: 责任人, 现: 镇长}]}
  - {编号: 1-2, 内容: 乙, 类别: 立行立改, 责任单位: 县财政局, 责任人: 书记}
"""
)
UNITS = "单位: [{名称: 县委督查局}, {名称: 县委组织部}, {名称: 县教育局}, {名称: 县财政局}]\n"
LEDGER = "04-11 县教育局 进展 1-1 进度=10\n04-30 县教育局 进展 1-1 进度=30\n05-02 县财政局 进展 1-2 进度=10"
MORE = """\
- 编号: 202004{0}-000000{0}
  日期: 2020-04-{0}
  措施: 1-1
  事项: {1}
  内容: 开会研究
  填报人: 办公室
"""
NOW, THEN, NEXT_YEAR = date(2020, 7, 1), date(2020, 4, 20), date(2021, 6, 1)
DAYS = (NOW, THEN, NEXT_YEAR)


def said(snapshot: Snapshot) -> object:
    """All that a snapshot says, as far as it is kept."""
    rows = [task.row for task in snapshot.tasks]
    return parts_of(snapshot), rows, snapshot.counts, [str(p) for p in snapshot.diagnostics], snapshot.last_entry


@cache
def of_files(*texts: bytes) -> dict[date, object]:
    """What files of these texts say as of each day."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = write(Path(folder), dict(zip(FILES, texts, strict=True)))
        book = whole.read_book(root, PLAN_FILE)
        return {day: said(state(book, day)) for day in DAYS}


class Office:
    """A repo, and what its files have said so far; an answer is true if they said so while it was made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        small_repo(root, LEDGER, plan=PLAN, units=UNITS)
        self.states = [self._files_now()]

    def _files_now(self) -> dict[date, object]:
        return of_files(*((self.root / path).read_bytes() for path in FILES))

    def record(self, kind: str = "进展") -> None:
        """Write an entry, and ask what is known now."""
        text = (self.root / APRIL).read_bytes().decode()
        write(self.root, {APRIL: text + MORE.format(12 + len(self.states), kind)})
        self.states.append(self._files_now())
        self.ask(NOW)

    def ask(self, *days: date, verify: bool = False) -> None:
        """Ask what a command asks; no answer is true where a file became another meanwhile and what it said is lost."""
        for day in days:
            before = len(self.states) - 1
            with suppress(FileChanged):
                answer = said(Ledger(self.root, PLAN_FILE, verify=verify).snapshot(day))
                assert answer in [states[day] for states in self.states[before:]]

    def clear(self) -> None:
        """Delete the index, as a user may."""
        shutil.rmtree(self.root / ".zhenggai", ignore_errors=True)

    def change_plan(self) -> None:
        """Another text in the plan: everything is made anew."""
        path = self.root / PLAN_FILE
        write(
            self.root,
            {PLAN_FILE: path.read_bytes().decode().replace("责任人: 书记", f"责任人: 书记{len(self.states)}")},
        )
        self.states.append(self._files_now())
        self.ask(NOW)

    def assert_right(self) -> None:
        """Every answer is that of the files."""
        for verify in (False, True):
            ledger = Ledger(self.root, PLAN_FILE, verify=verify)
            assert [said(ledger.snapshot(day)) for day in DAYS] == [self.states[-1][day] for day in DAYS]


# --- rows made of what was read before


@pytest.mark.parametrize("day", [NOW, THEN])
def test_stale_rows_are_not_kept_over_newer_ones(
    tmp_path: Path, zhenggai: Runner, monkeypatch: pytest.MonkeyPatch, day: date
) -> None:
    office = Office(tmp_path)
    made_rows, times = rebuild.made_rows, []

    def meanwhile(*given: object) -> object:
        made = made_rows(*given)  # type: ignore[arg-type]
        times.append(1)
        if len(times) == 1:
            office.record("完成")
        return made

    monkeypatch.setattr(rebuild, "made_rows", meanwhile)
    if day == THEN:
        Ledger(tmp_path, PLAN_FILE).snapshot(NOW)
        times.clear()
    asked = ("overdue", "--as-of", f"{day}"), ("show", "1-1"), ("status", "--as-of", f"{day}")
    for command in asked:
        zhenggai(*command, at=tmp_path)
    assert times
    office.assert_right()
    answers = [zhenggai(*command, at=tmp_path) for command in asked]
    office.clear()
    assert answers == [zhenggai(*command, at=tmp_path) for command in asked]


# --- every step

Work = Callable[["Office"], None]


def _interleaved(root: Path, patch: pytest.MonkeyPatch, at: int, first: Work, other: Work) -> int:
    """The first works up to a step, then the other to its end, then the first; how many steps there were."""
    office = Office(root)
    with patch.context() as context:
        cast = Cast(context, lambda working, nth: working[-1] if cast.steps >= at else working[0])
        cast.play(lambda: first(office), lambda: other(office))
        steps = cast.steps
    office.assert_right()
    return steps


def status(office: Office) -> None:
    office.ask(NOW)


def status_of_days(office: Office) -> None:
    office.ask(*DAYS)


def verified(office: Office) -> None:
    office.ask(NOW, verify=True)


def record(office: Office) -> None:
    office.record()


def clear(office: Office) -> None:
    office.clear()


def clear_and_ask(office: Office) -> None:
    office.clear()
    office.ask(NOW, THEN)


def change_plan(office: Office) -> None:
    office.change_plan()


PAIRS = [(status_of_days, record), (status, change_plan), (record, clear_and_ask)]


@pytest.mark.parametrize(("first", "other"), PAIRS, ids=lambda work: work.__name__)
def test_at_every_step_of_one_another_may_come_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Work, other: Work
) -> None:
    at = steps = 0
    while at <= steps:
        steps = _interleaved(tmp_path / f"{at}", monkeypatch, at, first, other)
        at += 1


@pytest.mark.parametrize("seed", range(12))
def test_in_whatever_order_many_take_their_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    office, chance = Office(tmp_path), random.Random(seed)
    stays = chance.choice((0.0, 0.5, 0.9))  # how likely who has made a step makes the next

    def choose(working: Sequence[int], nth: int) -> int:
        return nth if nth in working and chance.random() < stays else chance.choice(working)

    def many() -> None:
        office.record()
        office.record("完成")

    with monkeypatch.context() as context:
        works = (many, lambda: clear(office), lambda: verified(office), lambda: status_of_days(office))
        Cast(context, choose).play(*works, lambda: clear_and_ask(office))
    office.assert_right()
