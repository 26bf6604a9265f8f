"""What holds for ``state`` whatever was recorded: laws over random histories, plausible ones and nonsense mixed.

A history is written like every ledger here, one line an entry, so that a failing one can be read as it stands.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from building import HEAD, UNITS, book_of, in_order_of_place, parts_of, picture_of, records_of, task_in, units_of
from building import day as d
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.model.book import Book, Record
from zhenggai.model.events import Event
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import recorded_on
from zhenggai.rules.fold import fold
from zhenggai.rules.lights import Light
from zhenggai.rules.picture import Picture
from zhenggai.rules.standing import Group
from zhenggai.rules.state import state
from zhenggai.rules.transitions import COMPLETE, TRANSITIONS, State

PLAN = (
    HEAD
    + """
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 甲, 时限: 2020年6月底前, 牵头单位: 县财政局, 责任单位: [县教育局, 各乡镇], 步骤: [{编号: 1-1-1, 内容: 子}], 调整: [{日期: 2020-05-15, 登记日: 2020-06-10, 依据: 纪要, 字段: 牵头单位, 现: 县档案馆}]}
  - {编号: 1-2, 内容: 乙, 类别: 立行立改, 牵头单位: 县财政局, 责任单位: 县教育局}
  - {编号: 1-3, 内容: 丙, 类别: 长期坚持, 责任单位: [县直各单位]}
- 编号: 2
  内容: 落实不到位
  时限: 2020年5月底前
  措施:
  - {编号: 2-1, 内容: 丁, 类别: 例行, 时限: 每月, 责任单位: 县教育局}
  - {编号: 2-2, 内容: 戊, 自: 2020-05-01, 责任单位: 县教育局, 牵头单位: 县教育局}
  - {编号: 2-3, 内容: 己, 取消: {日期: 2020-06-01, 依据: 纪要}, 责任单位: 县教育局}
"""
)
MERGED = UNITS.replace("{名称: 河东乡, 类别: 乡镇}", "{名称: 河东乡, 类别: 乡镇, 止: 2020-05-20, 并入: 城关镇}")

FIRST, LAST = d("04-01"), d("07-31")
CHAIN = (
    "认领 #{n}a",
    "进展 进度=60 步骤=1-1-1 佐证=县组发〔2020〕1号 #{n}b",
    "完成 #{n}c",
    "申请销号 签批领导=王强 #{n}d",
    "县财政局 初审 针对={n}d 结论=通过 #{n}e",
    "县委组织部 复核 针对={n}d 结论=通过 #{n}f",
    "县委组织部 销号公示 针对={n}d 起=2020-05-01 止=2020-05-07",
    "县委组织部 销号 针对={n}d 措施摘要=1a2b #{n}g",
    "县委督查局 回头看 针对={n}g 结论=反弹 #{n}h",
    "县委督查局 重新整改 针对={n}h 原因=返工 时限=2020-09-30",
    "进展 进度=20 佐证=县组发〔2020〕2号",
    "完成 结论=经核查不存在 依据=审计报告",
)
EXTENSION = ("进展 进度=10", "申请延期 至=2020-08-31 原因=疫情 #{n}a", "县委组织部 同意延期 针对={n}a 至=2020-08-15")
LONG_TERM = (
    "进展 进度=10",
    "转长期 阶段目标=建成 下次评估=2020-07-01 #{n}a",
    "县委组织部 同意延期 针对={n}a 至=2020-07-01",
    "长期评估 结论=保持 下次评估=2020-10-01",
)
DUTIES = ("例行 期次=2020-04 #{n}a", "例行 期次=2020-05 #{n}b", "更正 针对={n}b 期次=2020-06", "例行 期次=2020-Q2")
RETURNED = (*CHAIN[1:4], "县财政局 初审 针对={n}d 结论=退回 原因=缺 #{n}e", "县财政局 更正 针对={n}e 结论=通过")
STORIES = (CHAIN, EXTENSION, LONG_TERM, DUTIES, RETURNED)
NOISE = (
    "进展 进度=30 #{n}x",
    "基本完成",
    "完成 #{n}x",
    "更正 针对={r} 作废=是",
    "更正 针对={r} 进度=5",
    "更正 针对={r} 结论=退回",
    "县财政局 进展 单位=县教育局 代录=是",
    "县委督查局 督查 单位=县教育局 方式=暗访 结论=不实 #{n}x",
    "县委督查局 督查 单位=城关镇 方式=暗访 结论=属实",
    "县委督查局 约谈 单位=县教育局 对象=负责人 依据=规则 #{n}x",
    "县委组织部 重新整改 针对={r} 原因=返工 时限=2020-09-30",
    "县委组织部 不同意延期 针对={r}",
    "县委组织部 复核 针对={r} 结论=退回 原因=缺",
    "县财政局 初审 针对={r} 结论=通过",
    "县档案馆 初审 针对={r} 结论=通过",
    "回复 针对={r}",
    "县档案馆 经验",
    "县委组织部 换届 党组织=机关支部 事由=请示",
)
TASKS = (("1-1", "县教育局"), ("1-1", "河东乡"), ("1-2", "县教育局"), ("1-3", "县财政局"), ("2-1", "县教育局"), ("2-2", "县教育局"))  # fmt: skip
REFERENCES = st.sampled_from([f"{story}{letter}" for story in range(3) for letter in "abcdefghx"])
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))


def _line(draw: st.DrawFn, happened: date, words: str, task: tuple[str, str], name: int) -> tuple[date, str]:
    measure, unit = task
    recorded = happened + timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 9, 40))))
    file = draw(st.sampled_from(("甲", "乙")))
    text = words.format(n=name, r=draw(REFERENCES))
    if not text.startswith("县"):
        text = f"{unit} {text}"
    if "针对=" not in text:
        text += f" {measure}"
    return happened, f"{happened:%m-%d}/{recorded:%m-%d}|{file} {text}"


@st.composite
def histories(draw: st.DrawFn) -> str:
    """A ledger: a few stories, each cut short somewhere, told day by day of a task, and nonsense between."""
    lines: list[tuple[date, str]] = []
    for name in range(draw(st.integers(1, 3))):
        task, story = draw(st.sampled_from(TASKS)), draw(st.sampled_from(STORIES))
        happened = draw(DAYS)
        for words in story[: draw(st.integers(1, len(story)))]:
            lines.append(_line(draw, happened, words, task, name))
            happened += timedelta(days=draw(st.sampled_from((0, 1, 3, 8))))
    for _ in range(draw(st.integers(0, 8))):
        words, task = draw(st.sampled_from(NOISE)), draw(st.sampled_from(TASKS))
        lines.append(_line(draw, draw(DAYS), words, task, draw(st.integers(0, 2))))
    lines.sort(key=lambda line: line[0])
    return "\n".join(text for _, text in lines)


def book_from(history: str) -> Book:
    return book_of(history, PLAN, MERGED)


def shown(picture: Picture) -> object:
    """All that a picture says as of its day. What is filed, and what is wrong with it, knows no day."""
    return parts_of(picture), picture.counts, picture.last_entry, picture.aside.loose


@given(histories(), DAYS, st.randoms(use_true_random=False))
def test_the_order_in_which_files_and_entries_are_read_does_not_matter(
    history: str, as_of: date, random: Random
) -> None:
    book = book_from(history)
    shuffled = list(book.records)
    random.shuffle(shuffled)
    before, after = state(book, as_of), state(replace(book, records=in_order_of_place(shuffled)), as_of)
    assert shown(before) == shown(after)
    assert before.problems == after.problems
    assert [task.filed for task in before.tasks] == [task.filed for task in after.tasks]


@given(histories(), DAYS, st.randoms(use_true_random=False))
def test_how_the_entries_are_spread_over_files_and_lines_does_not_matter(
    history: str, as_of: date, random: Random
) -> None:
    book = book_from(history)
    moved = [moved_to(record, random.randrange(1, 9999), random.choice("甲乙丙")) for record in book.records]
    before, after = state(book, as_of), state(replace(book, records=in_order_of_place(moved)), as_of)
    heads = [[(t.task, t.head, t.standing) for t in picture.tasks] for picture in (before, after)]
    assert heads[0] == heads[1]
    numbers = [[[e.number for e in t.events] for t in picture.tasks] for picture in (before, after)]
    assert numbers[0] == numbers[1]
    assert (before.counts, before.last_entry) == (after.counts, after.last_entry)
    assert sorted(p.what for p in before.problems) == sorted(p.what for p in after.problems)


def moved_to(record: Record, line: int, file: str) -> Record:
    path = record.source.path.rpartition("/")[0]
    return replace(record, source=replace(record.source, path=f"{path}/{file}.yaml", line=line))


@given(histories(), DAYS)
def test_an_entry_dated_later_never_changes_the_picture_of_a_day(history: str, as_of: date) -> None:
    book = book_from(history)
    until = tuple(r for r in book.records if r.entry.date <= as_of)
    assert shown(state(replace(book, records=until), as_of)) == shown(state(book, as_of))


@given(histories(), DAYS, DAYS)
def test_an_entry_recorded_later_never_changes_what_was_known(history: str, as_of: date, known_by: date) -> None:
    book = book_from(history)
    known = tuple(r for r in book.records if recorded_on(r.entry.number) <= known_by)
    assert shown(state(replace(book, records=known), as_of, known_by)) == shown(state(book, as_of, known_by))


@given(histories(), DAYS)
def test_the_groups_sum_to_the_tasks_and_closed_is_part_of_completed(history: str, as_of: date) -> None:
    picture = state(book_from(history), as_of)
    counts = picture.counts
    assert sum(getattr(counts, group.value) for group in Group) == counts.tasks == len(picture.tasks)
    assert counts.denominator == counts.not_started + counts.in_progress + counts.basically_done + counts.completed
    assert counts.closed <= counts.completed
    assert counts.overdue <= counts.denominator - counts.completed
    rate = counts.completion_rate
    assert rate is not None, "this plan always has dated tasks"
    assert abs(rate - 100 * counts.completed / counts.denominator) <= 0.005


@given(histories(), DAYS)
def test_overdue_tasks_are_open_and_red(history: str, as_of: date) -> None:
    for task in state(book_from(history), as_of).tasks:
        if task.standing.is_overdue:
            assert task.head.state not in COMPLETE
            assert task.head.due is not None
            assert task.head.due < as_of
            assert task.standing.light is Light.RED


@given(histories())
def test_a_refused_entry_changes_nothing(history: str) -> None:
    for task in state(book_from(history), LAST).tasks:
        events = sorted(event for event in task.filed if event.kind is not Kind.CORRECTION)
        unit_of = units_of(MERGED).recorder
        before = fold(task.task, [], date.max, unit_of=unit_of)
        for n in range(len(events)):
            after = fold(task.task, events[: n + 1], date.max, unit_of=unit_of)
            if len(after.refusals) > len(before.refusals):
                assert after.head == before.head
                assert after.taken == before.taken
            else:
                assert after.taken == (*before.taken, events[n])
            before = after


def ends_of(events: Sequence[Event]) -> set[State]:
    """The states to which the table lets these entries lead, whatever their verdicts."""
    states = {State.NOT_STARTED}
    for event in events:
        rows = [row for row in TRANSITIONS if row.kind is event.kind]
        states = {row.moves[s] for s in states for row in rows if s in row.moves}
    return states


@given(histories(), DAYS)
def test_no_state_is_reached_that_the_table_does_not_allow(history: str, as_of: date) -> None:
    for task in state(book_from(history), as_of).tasks:
        assert task.head.state in ends_of(task.events)
        assert task.head.round == 1 or task.head.relapses or any(e.kind is Kind.REOPENING for e in task.events)


@given(histories(), DAYS)
def test_what_a_head_says_fits_together(history: str, as_of: date) -> None:
    for task in state(book_from(history), as_of).tasks:
        head = task.head
        assert (head.completed is not None) is (head.state in COMPLETE)
        assert (head.closed is not None) is (head.state is State.CLOSED)
        assert head.first_due == task.task.schedule.due
        assert list(head.entry_days) == sorted(head.entry_days)
        assert all(e.date <= as_of for e in task.events)


@settings(max_examples=30)
@given(histories())
def test_every_problem_has_its_place_its_words_and_its_remedy(history: str) -> None:
    book = book_from(history)
    places = {record.source for record in book.records}
    for problem in state(book, LAST).problems:
        assert problem.source in places
        assert problem.what
        assert problem.remedy


# --- in sight -------------------------------------------------------------------------------------------------------


def test_the_picture_knows_when_the_last_entry_was() -> None:
    ledger = "05-02/05-20 县教育局 进展 1-1\n04-02 县教育局 进展 1-2\n06-01 县教育局 进展 1-1"
    picture = picture_of(ledger, "05-31", plan=PLAN)
    assert picture.last_entry == d("05-02")
    earlier = picture_of(ledger, "05-31", known_by="05-19", plan=PLAN)
    assert earlier.last_entry == d("04-02")
    assert picture_of(plan=PLAN).last_entry is None


def test_of_a_repeated_number_the_picture_knows_the_first() -> None:
    one, two = records_of("04-02|李 县教育局 进展 进度=1"), records_of("04-02|赵 县教育局 进展 进度=2")
    book = Book(book_from("").plan, book_from("").units, (*one, *two))
    picture = state(book, LAST)
    number = one[0].entry.number
    assert picture.archive.record(number) == one[0]
    assert [picture.said(number), picture.recorder_of(number)] == [one[0].entry, "县教育局"]


def test_problems_stand_in_order_of_place() -> None:
    ledger = "04-02 县教育局 完成 1-1\n04-03 县教育局 进展 1-9\n04-01 城关镇 完成 1-1"
    places = [p.source for p in picture_of(ledger, plan=PLAN).problems]
    assert len(places) == 3
    assert places == sorted(places)


def test_a_task_bears_the_name_of_the_unit_that_carries_it() -> None:
    picture = picture_of(as_of="06-30", plan=PLAN, units=MERGED)
    assert task_in(picture, "1-1", "河东乡").unit == "城关镇"
    assert task_in(picture, "1-1", "县教育局").measure == "1-1"


def test_an_answer_to_what_is_about_no_task_is_a_problem_and_not_lost() -> None:
    ledger = """
    05-01 县委督查局 督查 措施= 单位=县教育局 方式=明察 结论=反弹 #督
    05-02 县委督查局 重新整改 针对=督 原因=返工 时限=2020-09-30
    05-03 县教育局 回复 针对=督
    """
    (problem,) = picture_of(ledger, plan=PLAN).problems
    assert (problem.source.line, problem.what) == (
        2,
        "针对的记录 20200501-00000001 不是哪件任务的记录，不能记“重新整改”",
    )


def test_an_answer_to_a_faulty_entry_adds_no_second_problem() -> None:
    ledger = "04-02 县教育局 申请销号 1-9 签批领导=局长 #申\n04-03 县委组织部 初审 针对=申 结论=通过"
    assert [p.source.line for p in picture_of(ledger, plan=PLAN).problems] == [1]
