"""换届 and 软弱涣散党组织整顿: each organisation's state from its entries, and the entries that do not count."""

from datetime import date, timedelta

import pytest

from building import PLAN, day, organisations_of, snapshot_of
from zhenggai.model.organisations import OrganisationBook
from zhenggai.rules.registers.organisation_registers import Registers, registers
from zhenggai.rules.registers.terms import Term, TermReminder, term_reminders
from zhenggai.rules.registers.weak_organisations import WeakCase

BOOK = """
党组织:
- {名称: 镇党委, 单位: 城关镇, 类别: 基层党委, 上次换届: 2015-08-20, 领办书记: 镇党委书记}
- {名称: 局支部, 单位: 县教育局, 上级: 县财政局, 类别: 党支部, 上次换届: 2018-01-31, 领办书记: 局支部书记}
"""


def registers_of(ledger: str, as_of: str, *, known_by: str = "9999-12-31", book: str = BOOK) -> Registers:
    return registers(snapshot_of(ledger, as_of, known_by=known_by), organisations_of(book))


def term_in(ledger: str, as_of: str, *, known_by: str = "9999-12-31") -> Term:
    """The term of 镇党委, which ends on 2020-08-20."""
    return registers_of(ledger, as_of, known_by=known_by).terms[0]


def case_in(ledger: str, as_of: str, *, known_by: str = "9999-12-31") -> WeakCase:
    (case,) = registers_of(ledger, as_of, known_by=known_by).weak
    return case


def remarks_of(ledger: str, as_of: str = "12-31", *, book: str = BOOK) -> list[str]:
    return [f"{p.source.line} {p.level} {p.what}" for p in registers_of(ledger, as_of, book=book).diagnostics]


def next_of(term: Term) -> tuple[str, str]:
    return term.next.what, term.next.due.isoformat()


# --- the term of office


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        ("基层党委", "2020-08-20"),
        ("党总支", "2018-08-20"),
        ("党支部", "2018-08-20"),
        ("村党组织", "2020-08-20"),
        ("社区党组织", "2020-08-20"),
    ],
)
def test_a_term_is_as_long_as_the_kind_of_organisation_says(kind: str, end: str) -> None:
    book = BOOK.replace("类别: 基层党委", f"类别: {kind}")
    assert registers_of("", "06-30", book=book).terms[0].end == day(end)


def test_an_organisation_s_own_term_comes_first() -> None:
    book = BOOK.replace("类别: 基层党委", "类别: 基层党委, 届期: 4")
    assert registers_of("", "06-30", book=book).terms[0].end == day("2019-08-20")


@pytest.mark.parametrize("term", ["", "类别: 党支部, 届期: 0,", "届期: 11,"])
def test_a_term_of_no_sensible_length_is_not_counted(term: str) -> None:
    book = f"党组织: [{{名称: 镇党委, 单位: 城关镇, {term} 上次换届: 2015-08-20}}]"
    expected = 1 if "党支部" in term else 0  # 届期: 0 says nothing, so the kind does
    assert len(registers_of("", "06-30", book=book).terms) == expected


ASKED = "06-10 城关镇 换届 党组织=镇党委 事由=请示\n"
BEGUN = ASKED + "08-10 城关镇 换届 党组织=镇党委 事由=换届中\n"
ELECTED = BEGUN + "08-18 县委组织部 换届 党组织=镇党委 事由=已换届\n"
DELAYED = ASKED + "08-01 县委组织部 换届 党组织=镇党委 事由=延期批复 至=2021-02-28\n"


@pytest.mark.parametrize(
    ("ledger", "as_of", "state", "next_step"),
    [
        ("", "02-19", "正常", ("请示换届", "2020-06-20")),
        ("", "02-20", "临近届满", ("请示换届", "2020-06-20")),
        (ASKED, "06-10", "临近届满", ("换届选举", "2020-08-20")),
        ("", "08-20", "临近届满", ("请示换届", "2020-06-20")),
        ("", "08-21", "应换未换", ("换届选举", "2020-08-20")),
        (DELAYED, "08-01", "延期已批", ("换届选举", "2021-02-28")),
        (DELAYED, "2021-02-28", "延期已批", ("换届选举", "2021-02-28")),
        (DELAYED, "2021-03-01", "应换未换", ("换届选举", "2021-02-28")),
        (BEGUN, "08-10", "换届中", ("换届选举", "2020-08-20")),
        (BEGUN, "08-21", "换届中", ("报告换届结果", "2020-09-20")),
        (BEGUN, "09-20", "换届中", ("报告换届结果", "2020-09-20")),
        (BEGUN, "09-21", "应换未换", ("换届选举", "2020-08-20")),
        (ELECTED, "08-18", "已换届", ("请示换届", "2025-06-18")),
        (ELECTED, "2025-02-17", "已换届", ("请示换届", "2025-06-18")),
        (ELECTED, "2025-02-18", "临近届满", ("请示换届", "2025-06-18")),
    ],
)
def test_states_of_a_term(ledger: str, as_of: str, state: str, next_step: tuple[str, str]) -> None:
    term = term_in(ledger, as_of)
    assert (term.state, next_of(term)) == (state, next_step)


def test_a_day_sees_only_what_had_happened_and_what_was_recorded() -> None:
    late = ELECTED.replace("08-18 ", "08-18/08-25 ")
    assert term_in(late, "08-17").state == "换届中"
    assert term_in(late, "08-31", known_by="08-24").state == "换届中"
    assert term_in(late, "08-31", known_by="08-25").state == "已换届"


def test_what_was_before_the_last_election_of_the_book_is_of_a_former_term() -> None:
    book = BOOK.replace("2015-08-20", "2020-08-20")
    found = registers_of(DELAYED + ELECTED, "12-31", book=book)
    assert (found.terms[0].state, found.terms[0].delayed_until, found.diagnostics) == ("正常", None, ())


def test_a_term_from_the_last_day_of_february() -> None:
    book = BOOK.replace("2015-08-20", "2016-02-29")
    assert registers_of("", "06-30", book=book).terms[0].end == day("2021-02-28")


# --- 更正


def test_a_corrected_delay_holds_from_the_correction_on() -> None:
    ledger = DELAYED.replace("2021-02-28", "2021-02-28 #批") + "08-05 县委组织部 更正 针对=批 至=2020-12-31"
    assert term_in(ledger, "08-04").delayed_until == day("2021-02-28")
    assert term_in(ledger, "08-05").delayed_until == day("12-31")


def test_another_unit_s_correction_changes_nothing() -> None:
    ledger = DELAYED.replace("2021-02-28", "2021-02-28 #批") + "08-05 县委督查局 更正 针对=批 作废=是"
    assert term_in(ledger, "08-05").state == "延期已批"


def test_a_withdrawn_entry_never_was() -> None:
    ledger = LISTED + "05-01 县委组织部 更正 针对=认 作废=是"
    assert len(registers_of(ledger, "04-30").weak) == 1
    assert registers_of(ledger, "05-01").weak == ()


def test_a_corrected_score_may_turn_a_pass_into_a_failure() -> None:
    ledger = PASSED.replace("不满意票=12", "不满意票=12 #验") + "10-01 县委组织部 更正 针对=验 验收得分=62"
    assert case_in(ledger, "09-30").state == "跟踪中"
    corrected = case_in(ledger, "10-01")
    assert (corrected.state, corrected.score, corrected.why) == ("验收不合格", 62, ("得分 62，不到 70",))


# --- weak organisations

LISTED = "04-20 县委组织部 软弱涣散 党组织=局支部 事由=认定 原因=组织生活停滞 #认\n"
WORKED = LISTED + "05-20 县教育局 软弱涣散 党组织=局支部 事由=整顿\n"
PASSED = WORKED + "09-20 县委组织部 软弱涣散 党组织=局支部 事由=验收 验收得分=82 不满意票=12\n"
FAILED = WORKED + "09-20 县委组织部 软弱涣散 党组织=局支部 事由=验收 验收得分=82 不满意票=51\n"


@pytest.mark.parametrize(
    ("ledger", "as_of", "state", "until"),
    [
        (LISTED, "04-20", "整顿中", None),
        (WORKED, "05-20", "整顿中", None),
        (FAILED, "09-20", "验收不合格", None),
        (FAILED + "10-20 县教育局 软弱涣散 党组织=局支部 事由=整顿", "10-20", "整顿中", None),
        (PASSED, "09-19", "整顿中", None),
        (PASSED, "09-20", "跟踪中", "2021-09-20"),
        (PASSED, "2021-09-20", "跟踪中", "2021-09-20"),
        (PASSED, "2021-09-21", "已销号", "2021-09-20"),
        (PASSED.replace("=12", "=12 跟踪至=2021-12-31"), "09-20", "跟踪中", "2021-12-31"),
        (PASSED + "11-20 县委组织部 软弱涣散 党组织=局支部 事由=跟踪", "11-20", "跟踪中", "2021-09-20"),
        (
            PASSED + "11-20 县委组织部 软弱涣散 党组织=局支部 事由=跟踪 跟踪至=2022-01-31",
            "2021-10-01",
            "跟踪中",
            "2022-01-31",
        ),
    ],
)
def test_states_of_a_weak_organisation(ledger: str, as_of: str, state: str, until: str | None) -> None:
    case = case_in(ledger, as_of)
    assert (case.state, case.followed_until) == (state, until and day(until))


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ("验收得分=70 不满意票=50", ()),
        ("验收得分=70", ()),
        ("验收得分=69", ("得分 69，不到 70",)),
        ("验收得分=90 不满意票=51", ("不满意票 51%，超过 50%",)),
        ("验收得分=0 不满意票=100", ("得分 0，不到 70", "不满意票 100%，超过 50%")),
    ],
)
def test_seventy_points_pass_and_more_than_half_against_fail(result: str, why: tuple[str, ...]) -> None:
    ledger = f"{WORKED}09-20 县委组织部 软弱涣散 党组织=局支部 事由=验收 {result}"
    assert case_in(ledger, "09-20").why == why


def test_a_case_keeps_its_cause_and_the_days_of_its_work() -> None:
    case = case_in(PASSED, "12-31")
    assert (case.cause, case.worked_on, case.times) == ("组织生活停滞", (day("05-20"),), 1)
    assert (case.listed, case.examined, case.score, case.opposed) == (day("04-20"), day("09-20"), 82, 12)


def test_a_relapse_is_listed_again() -> None:
    case = case_in(PASSED + LISTED.replace("04-20", "11-20"), "12-31")
    assert (case.state, case.times, case.listed, case.score) == ("整顿中", 2, day("11-20"), None)


# --- what does not count


def test_a_ledger_in_order_has_no_remarks() -> None:
    assert remarks_of(ELECTED + PASSED) == []
    assert remarks_of(DELAYED) == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("04-20 县委组织部 换届 党组织=镇总支 事由=请示", "党组织册里没有“镇总支”"),
        ("04-20 县财政局 换届 党组织=镇党委 事由=请示", "“请示”应由县委督查局、县委组织部、城关镇记录"),
        ("04-20 城关镇 换届 党组织=镇党委 事由=已换届", "“已换届”应由县委督查局、县委组织部记录"),
        ("04-20 县教育局 软弱涣散 党组织=局支部 事由=认定 原因=散", "“认定”应由县委督查局、县委组织部、县财政局记录"),
        ("04-20 县委组织部 换届 党组织=镇党委 事由=延期批复", "延期批复没有写明延到哪一天"),
        (
            "04-20 县委组织部 换届 党组织=镇党委 事由=延期批复 至=2020-08-20",
            "延期到 2020-08-20，不晚于原来的 2020-08-20",
        ),
        (
            "04-20 县委组织部 换届 党组织=镇党委 事由=延期批复 至=9999-12-31",
            "延期到 9999-12-31，离届满 2020-08-20 太远",
        ),
        ("04-20 县委组织部 软弱涣散 党组织=局支部 事由=认定", "认定没有写明原因"),
        ("04-20 县教育局 软弱涣散 党组织=局支部 事由=整顿", "还没有认定，不能记“整顿”"),
        ("04-20 县委组织部 软弱涣散 党组织=局支部 事由=跟踪", "还没有认定，不能记“跟踪”"),
    ],
)
def test_an_entry_that_does_not_count_is_named(entry: str, said: str) -> None:
    found, without = registers_of(entry, "12-31"), registers_of("", "12-31")
    assert [p.what for p in found.diagnostics] == [said]
    assert (found.terms, found.weak) == (without.terms, ())


@pytest.mark.parametrize(
    ("ledger", "said"),
    [
        (LISTED + LISTED.replace("04-20", "04-21"), "2020-04-20 已认定，还没有通过验收"),
        (WORKED + "06-20 县委组织部 软弱涣散 党组织=局支部 事由=跟踪", "还没有通过验收，不能记“跟踪”"),
        (
            WORKED + "06-20 县委组织部 软弱涣散 党组织=局支部 事由=验收",
            "验收没有写明得分，或得分、不满意票超过 100",
        ),
        (
            WORKED + "06-20 县委组织部 软弱涣散 党组织=局支部 事由=验收 验收得分=101",
            "验收没有写明得分，或得分、不满意票超过 100",
        ),
        (
            WORKED + "06-20 县委组织部 软弱涣散 党组织=局支部 事由=验收 验收得分=80 跟踪至=2020-05-01",
            "跟踪至 2020-05-01 早于日期 2020-06-20",
        ),
        (
            PASSED + "10-20 县教育局 软弱涣散 党组织=局支部 事由=整顿",
            "2020-09-20 已通过验收，不能再记“整顿”",
        ),
    ],
)
def test_matters_follow_one_another(ledger: str, said: str) -> None:
    last = len(ledger.strip().splitlines())
    assert remarks_of(ledger) == [f"{last} 错误 {said}"]


@pytest.mark.parametrize(
    ("ledger", "said"),
    [
        (DELAYED.replace("2021-02-28", "2021-08-21"), "延期到 2021-08-21，比届满 2020-08-20 晚了一年以上"),
        (DELAYED.replace("2021-02-28", "2021-08-20"), ""),
        (BEGUN + "09-01 县委组织部 换届 党组织=镇党委 事由=已换届", "2020-08-20 应换届，延期没有批复"),
        (DELAYED + "09-01 县委组织部 换届 党组织=镇党委 事由=已换届", ""),
        (ELECTED.replace("08-18 ", "08-18/09-18 "), ""),
        (ELECTED.replace("08-18 ", "08-18/09-19 "), "2020-08-18 换届，一个月以后才报告"),
    ],
)
def test_what_is_out_of_the_ordinary_counts_and_is_a_doubt(ledger: str, said: str) -> None:
    last = len(ledger.strip().splitlines())
    assert remarks_of(ledger) == ([f"{last} 疑点 {said}"] if said else [])


def test_an_election_over_a_year_early_is_a_doubt() -> None:
    book = BOOK.replace("2015-08-20", "2016-09-01")
    assert remarks_of(ELECTED, book=book) == ["3 疑点 比届满 2021-09-01 提前一年以上换届"]


def test_the_task_force_has_a_say_too() -> None:
    plan = PLAN.replace("督办单位:", "工作专班: 县委办公室\n督办单位:")
    snapshot = snapshot_of("04-20 县委办公室 换届 党组织=镇党委 事由=延期批复 至=2020-12-31", "04-20", plan=plan)
    assert registers(snapshot, organisations_of(BOOK)).diagnostics == ()


def test_without_a_book_every_entry_is_a_problem() -> None:
    found = registers(snapshot_of(ELECTED, "12-31"), OrganisationBook())
    assert (found.terms, len(found.diagnostics)) == ((), 3)


# --- reminders


def reminders_of(ledger: str, as_of: str) -> tuple[TermReminder, ...]:
    return term_reminders(registers_of(ledger, as_of).terms)


def test_a_reminder_says_who_does_what_by_when() -> None:
    (reminder,) = reminders_of("", "02-20")
    assert reminder == TermReminder(
        organisation="镇党委",
        unit="城关镇",
        person="镇党委书记",
        what="请示换届",
        due=day("06-20"),
        days=-121,
        grade=reminder.grade,
        note="",
    )
    assert reminder.grade == "届满前6个月"


@pytest.mark.parametrize(
    ("ledger", "as_of", "grade", "what", "days", "note"),
    [
        ("", "05-19", "届满前6个月", "请示换届", -32, ""),
        ("", "05-20", "届满前3个月", "请示换届", -31, ""),
        ("", "06-21", "届满前3个月", "请示换届", 1, ""),
        (ASKED, "07-20", "届满前1个月", "换届选举", -31, ""),
        (ASKED, "08-21", "应换未换", "换届选举", 1, "延期未经批准"),
        (BEGUN, "08-21", "待报告结果", "报告换届结果", -30, ""),
        (BEGUN, "09-21", "应换未换", "换届选举", 32, "延期未经批准"),
        (DELAYED, "2021-02-01", "届满前1个月", "换届选举", -27, ""),
        (DELAYED, "2021-03-01", "应换未换", "换届选举", 1, "延期已满"),
    ],
)
def test_grades_of_reminders(ledger: str, as_of: str, grade: str, what: str, days: int, note: str) -> None:
    found = next(line for line in reminders_of(ledger, as_of) if line.organisation == "镇党委")
    assert (found.grade, found.what, found.days, found.note) == (grade, what, days, note)


@pytest.mark.parametrize(("ledger", "as_of"), [("", "02-19"), (ELECTED, "08-18"), (DELAYED, "08-27")])
def test_what_is_not_near_is_not_reminded_of(ledger: str, as_of: str) -> None:
    assert [line for line in reminders_of(ledger, as_of) if line.organisation == "镇党委"] == []


def test_the_latest_come_first() -> None:
    assert [line.organisation for line in reminders_of("", "2021-02-10")] == ["镇党委", "局支部"]


def test_a_reading_of_every_day_never_fails() -> None:
    start = date(2020, 1, 1)
    for ledger in (ELECTED + PASSED, DELAYED + FAILED):
        states = [registers_of(ledger, (start + timedelta(days=n)).isoformat()) for n in range(0, 800, 9)]
        assert all(found.diagnostics == () for found in states)
