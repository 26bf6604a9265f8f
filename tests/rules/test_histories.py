"""Random histories of a task, right and wrong entries mixed: what holds of every one of them, whatever was written."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_transitions import TRY

from building import book_of, in_order_of_place, number_of
from zhenggai.model.book import Book, Record
from zhenggai.model.kinds import PASSED, Kind
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.day.state import state
from zhenggai.rules.task.life import COMPLETE, State
from zhenggai.rules.task.transitions import RULES

END = date(2020, 12, 31)
# the straight way; {销号} is the latest entry of that kind, {p} a percent, {d} the day
WAY = (
    "县教育局 认领 步骤=摸底、办结",
    "县教育局 进展 佐证=县教发〔2020〕1号 步骤={m}-1、{m}-2 进度={p}",
    "县教育局 完成",
    "县教育局 申请销号 签批领导=王强",
    "县财政局 初审 针对={申请销号} 结论=通过",
    "县委组织部 复核 针对={申请销号} 结论=通过",
    "县委组织部 销号公示 针对={申请销号} 起={d} 止={end}",
    "县委组织部 销号 针对={申请销号} 措施摘要=1a2b",
    "县委督查局 回头看 针对={销号} 结论=反弹",
    "县委督查局 重新整改 针对={回头看} 原因=反弹 时限=2020-11-30",
)
NAMED = {"案": "申请销号", "闭": "销号", "首": "any", "延": "申请延期", "转": "转长期", "督": "督办"}
"""What the names in ``TRY`` stand for here."""
OTHERS = (
    *TRY.values(),
    "县教育局 更正 针对={any} 作废=是",
    "县教育局 更正 针对={any} 进度={p}",
    "县教育局 更正 针对={进展} 进度={p}",
    "县教育局 更正 针对={申请延期} 至=2020-10-31",
    "县财政局 更正 针对={初审} 结论=退回",
    "县委组织部 更正 针对={销号公示} 止=2020-05-01",
    "县教育局 进展 进度={p}",
    "县教育局 进展 进度=100 步骤={m}-1、{m}-2",
    "县财政局 进展 单位=县教育局 代录=是 进度={p}",
)
UNIT_NAMES = ("县教育局", "县财政局", "县委组织部", "县委督查局", "县档案馆")


@st.composite
def histories(draw: st.DrawFn) -> str:
    """A ledger of one task: along the straight way, with other entries between, some late, some early, some by strangers."""
    measure = draw(st.sampled_from(("1-1", "1-1", "1-1", "1-2", "1-3", "1-4")))
    today, ahead, lines = date(2020, 4, 1), 0, list[str]()
    latest: dict[str, str] = {}
    for nth in range(draw(st.integers(0, 22))):
        today += timedelta(draw(st.sampled_from((0, 1, 8, 0, 3, 25))))
        other = draw(st.integers(0, 3)) == 3
        text = draw(st.sampled_from(OTHERS)) if other else WAY[ahead % len(WAY)]
        ahead += not other
        for short, name in NAMED.items():
            text = text.replace(f"针对={short}", f"针对={{{name}}}")
        happened = today - timedelta(draw(st.sampled_from((0, 0, 0, 0, 0, 5))))
        recorded = happened + timedelta(draw(st.sampled_from((0, 0, 0, 0, 2, 30))))
        any_entry = f"e{draw(st.integers(0, nth))}"
        names = {name: latest.get(name, any_entry) for name in ("any", "进展", *Kind)} | {"any": any_entry}
        values = {"m": measure, "p": draw(st.integers(0, 100)), "d": happened, "end": happened + timedelta(6)}
        recorder, kind, *rest = text.format(**names, **values).split(" ")
        if draw(st.integers(0, 19)) == 19:
            recorder = draw(st.sampled_from(UNIT_NAMES))
        about = [] if any(word.startswith("针对=") for word in rest) else [measure]
        lines.append(" ".join((f"{happened:%m-%d}/{recorded:%m-%d}", recorder, kind, *about, *rest, f"#e{nth}")))
        latest[kind] = f"e{nth}"
    return "\n".join(lines)


def tasks_with_entries(snapshot: Snapshot) -> list[SnapshotTask]:
    return [task for task in snapshot.tasks if task.filed]


def without(book: Book, numbers: set[str]) -> Book:
    return replace(book, records=tuple(r for r in book.records if r.entry.number not in numbers))


@settings(max_examples=40)
@given(histories())
def test_every_step_is_one_of_the_table(ledger: str) -> None:
    snapshot = state(book_of(ledger), END)
    for task in snapshot.tasks:
        before, turn = State.NOT_STARTED, 1
        for event, (nth, after) in zip(task.events, task.trail, strict=True):
            rows = [row for row in RULES[event.kind].transitions if row.moves.get(before) is after]
            assert rows, (event, before, after)
            assert any(nth - turn == (before in row.next_round) for row in rows)
            before, turn = after, nth
        assert (before, turn) == (task.head.state, task.head.round)
    groups = [task.status.group for task in snapshot.tasks]
    assert sum(getattr(snapshot.counts, group.value) for group in set(groups)) == len(groups) == snapshot.counts.tasks


@settings(max_examples=40)
@given(histories())
def test_nothing_is_closed_before_it_was_done_applied_for_and_passed_twice(ledger: str) -> None:
    snapshot = state(book_of(ledger), END)
    for task in snapshot.tasks:
        done: list[tuple[Kind, object]] = []
        turn = 1
        for event, (nth, after) in zip(task.events, task.trail, strict=True):
            if nth != turn:
                done, turn = [], nth
            done.append((event.kind, event.value if event.kind in (Kind.FIRST_REVIEW, Kind.SECOND_REVIEW) else None))
            if event.kind is Kind.CLOSE_OUT:
                needed = [(Kind.DONE, None), (Kind.APPLICATION, None), (Kind.FIRST_REVIEW, PASSED)]
                places = [_last(done, step) for step in [*needed, (Kind.SECOND_REVIEW, PASSED), (Kind.NOTICE, None)]]
                assert places == sorted(places)
                assert -1 not in places
                assert after is State.CLOSED
        assert (task.head.closed is not None) == (task.head.state is State.CLOSED)
        assert (task.head.completed is not None) == (task.head.state in COMPLETE)


def _last(steps: list[tuple[Kind, object]], step: tuple[Kind, object]) -> int:
    return max((n for n, taken in enumerate(steps) if taken == step), default=-1)


@settings(max_examples=40)
@given(histories())
def test_a_refused_entry_changes_nothing(ledger: str) -> None:
    book = book_of(ledger)
    snapshot = state(book, END)
    wrong = {(diagnostic.source.path, diagnostic.source.line) for diagnostic in snapshot.diagnostics}
    refused = {r.entry.number for r in book.records if (r.source.path, r.source.line) in wrong}
    while named := refused & {getattr(r.entry, "ref", "") for r in without(book, refused).records}:
        refused -= named  # a 更正 mends even what was refused
    rest = state(without(book, refused), END)
    assert [task.head for task in rest.tasks] == [task.head for task in snapshot.tasks]
    assert [task.events for task in rest.tasks] == [task.events for task in snapshot.tasks]


@settings(max_examples=40)
@given(histories(), st.integers(0, 260), st.integers(0, 260))
def test_what_was_not_yet_known_changes_nothing(ledger: str, days: int, known_days: int) -> None:
    book = book_of(ledger)
    day, known = date(2020, 4, 1) + timedelta(days), date(2020, 4, 1) + timedelta(known_days)
    snapshot = state(book, day, known)
    later = {r.entry.number for r in book.records if r.entry.date > day or r.entry.number[:8] > f"{known:%Y%m%d}"}
    before = state(without(book, later), day)
    assert [(t.head, t.status) for t in before.tasks] == [(t.head, t.status) for t in snapshot.tasks]


@settings(max_examples=40)
@given(histories())
def test_what_an_entry_says_now_is_what_the_fold_took(ledger: str) -> None:
    snapshot = state(book_of(ledger), END)
    for task in tasks_with_entries(snapshot):
        for event in task.events:
            said = snapshot.said(event.number)
            assert said is not None
            if event.kind is Kind.PROGRESS:
                assert getattr(said, "percent", None) == event.value
            if event.kind in (Kind.FIRST_REVIEW, Kind.SECOND_REVIEW):
                assert getattr(said, "conclusion", None) == event.value
        claims = [
            e
            for e, (n, _) in zip(task.events, task.trail, strict=True)
            if e.kind is Kind.PROGRESS and n == task.head.round
        ]
        if task.head.percent is not None:
            assert task.head.percent == next(e.value for e in reversed(claims) if e.value is not None)


@settings(max_examples=40)
@given(histories(), st.data(), st.integers(-60, 400), st.integers(-60, 400))
def test_a_withdrawn_entry_is_gone_wherever_its_withdrawal_stands(
    ledger: str, data: st.DataObject, withdrawn: int, recorded: int
) -> None:
    lines = [line for line in ledger.splitlines() if " 更正 " not in line]
    assume(lines)
    when, recorder, *_, name = data.draw(st.sampled_from(lines)).split()
    day, later = (date.fromisoformat(f"2020-{when[:5]}") + timedelta(n) for n in (withdrawn, recorded))
    withdrawal = f"{day}/{later} {recorder} 更正 针对={name.removeprefix('#')} 作废=是"
    book = book_of(f"{ledger}\n{withdrawal}")
    number = number_of(len(ledger.splitlines()) + 1, later)
    before = without(book, {number})
    never = without(before, {getattr(book.by_number[number].entry, "ref", "")})
    for as_of, same in ((day - timedelta(1), before), (day, never), (date(2022, 1, 1), never)):
        one, other = state(book, as_of), state(same, as_of)
        assert [(t.head, t.events) for t in one.tasks] == [(t.head, t.events) for t in other.tasks]


@settings(max_examples=40)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(ledger: str, random: object) -> None:
    book = book_of(ledger)
    names = {record.source.path for record in book.records}
    moved: list[Record] = []
    for record in book.records:
        shuffled = sorted(names, reverse=True).index(record.source.path)
        moved.append(replace(record, source=record.source._replace(path=f"{shuffled:03}{record.source.path}")))
    other = state(replace(book, records=in_order_of_place(moved)), END)
    assert [task.head for task in other.tasks] == [task.head for task in state(book, END).tasks]


def test_the_histories_reach_every_state() -> None:
    """What is never reached would be held by nothing above."""
    seen: set[State] = set()
    rounds: set[int] = set()

    @settings(max_examples=200, database=None, derandomize=True)
    @given(histories())
    def look(ledger: str) -> None:
        for task in state(book_of(ledger), END).tasks:
            seen.update(after for _, after in task.trail)
            rounds.add(task.head.round)

    look()
    assert seen == set(State)
    assert rounds >= {1, 2}
