"""Whatever is asked, of whatever thing of the shipped data: the JSON is what the command's published schema says."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import zhenggai.views
from random_histories import DAYS as RANDOM_DAYS
from random_histories import book_from, histories, plans
from small_repo import SHIPPED, Runner, ledger_files, small_repo, write
from zhenggai.cli.answers import ANSWERS, Answer, answer_schema
from zhenggai.cli.command_table import COMMANDS
from zhenggai.document import Report
from zhenggai.ledger import Ledger, open_ledger
from zhenggai.model.observation import Audit, Observation
from zhenggai.model.source import Level
from zhenggai.render import render
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.day.state import state
from zhenggai.rules.todo.pending_acts import todo_of
from zhenggai.views.answer_schema import schema_of
from zhenggai.views.audit import AuditReport
from zhenggai.views.board import board
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.command_hints import Speaker
from zhenggai.views.due import due, overdue
from zhenggai.views.find import find
from zhenggai.views.groups import By
from zhenggai.views.layout import LaidOut, LayoutName
from zhenggai.views.ledger_layouts import LAYOUTS, laid_out
from zhenggai.views.letter_text import Letter
from zhenggai.views.lookback import lookback
from zhenggai.views.periodical import Periodical, periodical
from zhenggai.views.phase import phase
from zhenggai.views.rank import rank
from zhenggai.views.rectification_report import rectification_report
from zhenggai.views.remind import remind
from zhenggai.views.remind_ladder import ladder
from zhenggai.views.report_comparison import Comparison
from zhenggai.views.report_period import MONTH, WEEK, Cadence, period_no, period_of
from zhenggai.views.selection import EVERYTHING, Selection, select, state_words
from zhenggai.views.several_plans import SeveralPlans
from zhenggai.views.show import ShownHistory, show
from zhenggai.views.status import status
from zhenggai.views.task_list import task_list
from zhenggai.views.todo import TodoList, UnitTodo
from zhenggai.views.trend import Per, trend

AFTERWARDS = datetime(2021, 1, 4, 9, 0)  # a clock that is later than all entries
BEFORE, START, MIDDLE, END, LONG_AFTER = DAYS = ("2019-06-01", "2020-03-01", "2020-06-30", "2020-12-31", "2035-12-31")


def validator(made: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(made, format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def of_command(name: str) -> Draft202012Validator:
    return validator(answer_schema(name))


@cache
def of_report(report: type) -> Draft202012Validator:
    return validator(schema_of("", [("", Answer(report, "").keys, True)]))


def assert_valid(checker: Draft202012Validator, text: str, what: object) -> dict[str, Any]:
    """The JSON, if it is what the schema says."""
    answer: dict[str, Any] = json.loads(text)
    assert [f"{error.json_path}: {error.message}" for error in checker.iter_errors(answer)] == [], what
    return answer


@cache
def of_layout(name: LayoutName) -> Draft202012Validator:
    return validator(schema_of("", [("", LAYOUTS[name].keys, True)]))


def assert_report(report: Report, what: object) -> None:
    checker = of_layout(report.layout.name) if isinstance(report, LaidOut) else of_report(type(report))
    assert_valid(checker, render(report, "json"), what)


@cache
def ledger() -> Ledger:
    return open_ledger(SHIPPED, "jcdj-2020")


@cache
def snapshot(day: str) -> Snapshot:
    return ledger().snapshot(date.fromisoformat(day))


def test_every_command_with_a_format_has_a_schema_and_every_report_is_in_one() -> None:
    functions = {c.name: getattr(importlib.import_module(c.module), c.function) for c in COMMANDS}
    assert set(ANSWERS) == {name for name, made in functions.items() if "format" in inspect.signature(made).parameters}
    modules = [
        importlib.import_module(f"{zhenggai.views.__name__}.{m.name}")
        for m in pkgutil.iter_modules(zhenggai.views.__path__)
    ]
    found = {made for module in modules for made in vars(module).values() if inspect.isclass(made)}
    reports = {
        made for made in found if all(inspect.isfunction(vars(made).get(name)) for name in ("record", "document"))
    }
    assert {answer.report for answers in ANSWERS.values() for answer in answers} == reports - {Report, SeveralPlans}


def without_title(shape: dict[str, Any], path: str = "") -> Iterator[str]:
    """The keys of a schema that have no Chinese name."""
    for name, of_key in shape.get("properties", {}).items():
        if "title" not in of_key:
            yield f"{path}.{name}"
        yield from without_title(of_key, f"{path}.{name}")
    if "items" in shape:
        yield from without_title(shape["items"], f"{path}[]")
    for option in (*shape.get("anyOf", ()), *shape.get("$defs", {}).values()):
        yield from without_title(option, path)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_schema_is_one_of_the_draft_that_it_names(zhenggai: Runner, tmp_path: Path, name: str) -> None:
    ran = zhenggai("schema", "--print", name, at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    made = json.loads(ran.out)
    assert made == answer_schema(name)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(made)
    assert list(without_title(made)) == []


LISTS = (
    *(
        "status",
        "list",
        *(f"list --layout {name}" for name in LayoutName),
        *(f"{name} --by {by}" for name in ("status", "phase", "month") for by in By),
        "overdue",
        "due",
        "due --within 0",
        "due --within 365",
        "lookback",
        "remind",
        "remind --ladder",
        "rank",
    ),
    *(
        "board",
        "board 各乡镇",
        "trend",
        "trend --per month",
        "phase",
        "phase 1",
        "phase 2",
        "phase 3",
        "week",
        "month",
        "report",
        "status --registers",
        "remind --terms",
        "check",
    ),
    *("todo 县教育局", "todo 县委组织部", "todo 县委督查局", "show 1-3", "show 1-3 --unit 县委组织部", "show 石桥镇"),
    *("find 台账", "find 没有这个词", "find 党 --unit 各乡镇", "find 会议 签到"),
)
TOO_MANY_WEEKS = ("trend", LONG_AFTER)  # 16 years of them; ``trend --per month`` shows the same years
NO_PERIOD_YET = {(command, BEFORE) for command in LISTS if command.startswith(("week", "month"))}


@pytest.mark.parametrize("day", [BEFORE, MIDDLE, LONG_AFTER])
def test_every_list_on_any_day(zhenggai: Runner, day: str) -> None:
    for command in LISTS:
        if (command, day) == TOO_MANY_WEEKS:
            continue
        name, *more = command.split()
        ran = zhenggai(name, *more, "--as-of", day, "--format", "json", at=SHIPPED, now=AFTERWARDS)
        if (command, day) in NO_PERIOD_YET:
            assert (ran.code, ran.out) == (2, "")
            assert ran.err.startswith("zhenggai：第 1 期是 ")
        else:
            assert ran.code == 0, (command, ran.err)
            assert_valid(of_command(name), ran.out, command)


def selections() -> Iterator[Selection]:
    """Every measure, problem, unit, class of units, phase and state of the plan."""
    whole = snapshot(END)
    yield from (Selection(problem=number) for number in whole.whole.measure_by_number)
    yield from (Selection(problem=str(problem.number)) for problem in whole.whole.problems)
    yield from (Selection(unit=name) for name in (*whole.units.by_name, *whole.units.class_by_name))
    yield from (Selection(phase=window.number) for window in whole.windows)
    yield from (Selection(state=word) for word in state_words())


def issued_as(cadence: Cadence, whole: Snapshot, selection: Selection) -> Report:
    period = period_no(cadence, whole.plan, 3)
    before, now = (select(ledger().snapshot(day), selection) for day in (period.start, period.end))
    return periodical(now, baseline_of(before), period, whole=selection.is_all)


def in_layout(name: LayoutName, _whole: Snapshot, chosen: Snapshot, _: Selection) -> Report:
    return laid_out(chosen, name)


REPORTS: dict[str, Callable[[Snapshot, Snapshot, Selection], Report]] = {
    "status": lambda _whole, chosen, _: status(chosen),
    "status --by": lambda _whole, chosen, _: status(chosen, By.DEADLINE),
    "phase --by": lambda _whole, chosen, _: phase(chosen, by=By.CLASS),
    "list": lambda _whole, chosen, _: task_list(chosen),
    **{f"list --layout {name}": partial(in_layout, name) for name in LayoutName},
    "overdue": lambda _whole, chosen, _: overdue(chosen),
    "due": lambda _whole, chosen, _: due(chosen, 60),
    "phase": lambda _whole, chosen, _: phase(chosen),
    "lookback": lambda _whole, chosen, _: lookback(chosen),
    "report": lambda _whole, chosen, selection: rectification_report(chosen, whole=selection.is_all),
    "rank": lambda _whole, chosen, _: rank(chosen, ()),
    "board": lambda whole, chosen, _: board(chosen, [whole, chosen]),
    "trend": lambda whole, chosen, _: trend(chosen, [whole, chosen], Per.MONTH),
    "find": lambda whole, chosen, selection: find(whole, chosen, selection, ["党"], lambda: whole.whole),
    "remind": lambda whole, chosen, _: remind(whole, (), chosen),
    "ladder": lambda whole, chosen, _: ladder(whole, (), chosen),
    "week": lambda whole, _chosen, selection: issued_as(WEEK, whole, selection),
    "month": lambda whole, _chosen, selection: issued_as(MONTH, whole, selection),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_list_of_every_measure_problem_unit_phase_and_state(name: str) -> None:
    """The days take turns, so that each thing is seen on some of them and each day with some of the things."""
    for selection, day in zip(selections(), cycle((MIDDLE, END, START)), strict=False):
        whole = snapshot(day)
        if selection.problem in whole.whole.measure_by_number and selection.problem not in whole.plan.measure_by_number:
            continue  # not in force on that day, which is said as an error
        assert_report(REPORTS[name](whole, select(whole, selection), selection), (selection, day))


@settings(max_examples=30)
@given(histories(), RANDOM_DAYS, plans())
def test_every_list_and_task_of_any_history(written: str, day: date, plan: str) -> None:
    now = state(book_from(written, plan), day)
    for name in REPORTS.keys() - {"week", "month"}:
        assert_report(REPORTS[name](now, now, EVERYTHING), name)
    assert_report(periodical(now, baseline_of(now), period_of(MONTH, now.plan, day)), "month")
    for thing in (*now.whole.measure_by_number, *now.units.by_name):
        assert_report(show(now, thing), thing)


@pytest.mark.parametrize("day", [START, MIDDLE, END])
def test_what_every_unit_has_to_do(day: str) -> None:
    now = snapshot(day)
    lists = (UnitTodo(Speaker(unit, True), todo_of(now, unit, (), ())) for unit in now.units.by_name)
    assert_report(TodoList(now, tuple(lists)), day)


@pytest.mark.parametrize("day", [BEFORE, MIDDLE, END])
def test_every_measure_task_and_unit_shown(day: str) -> None:
    now = snapshot(day)
    things = [
        *((number, None) for number in now.whole.measure_by_number),
        *((unit, None) for unit in now.units.by_name),
    ]
    for thing, unit in (*things, *((task.measure, task.given) for task in now.tasks)):
        assert_report(show(now, thing, unit), (thing, unit))


def test_every_entry_shown() -> None:
    for record in ledger().book.records:
        assert_report(show(snapshot(END), record.entry.number), record.entry.number)


@pytest.mark.parametrize(
    "command",
    [
        "check --list",
        "check --explain 时限",
        "when 2020年9月底前",
        "when 每季度末 --year 2020",
        "when 立行立改 --base 2020-03-01",
        "when 6月底前完成，并长期坚持 --year 2020",
        "when 6月底前、12月底前 --year 2020",
        "when 2020年4月至9月 --as 阶段",
        "when 长期坚持",
    ],
)
def test_what_is_asked_of_no_ledger(zhenggai: Runner, tmp_path: Path, command: str) -> None:
    name, *more = command.split()
    ran = zhenggai(name, *more, "--format", "json", at=tmp_path)
    assert ran.code == 0, ran.err
    assert_valid(of_command(name), ran.out, command)


def test_keys_that_only_some_answers_have_are_there_where_they_belong(zhenggai: Runner) -> None:
    def keys(command: str) -> set[str]:
        return set(json.loads(zhenggai(*command.split(), "--format", "json", at=SHIPPED, now=AFTERWARDS).out))

    assert keys("due --as-of 2020-06-30") - keys("overdue --as-of 2020-06-30") == {
        "within",
        "overdue",
        "overdue_steps",
        "missed",
    }
    assert keys("month --as-of 2020-06-30") - keys("week --as-of 2020-06-30") == {"ranking"}
    assert keys("when 每季度末 --year 2020") - keys("when 2020年9月底前") == {"occurrences"}
    assert keys("when 6月底前、12月底前 --year 2020") - keys("when 2020年9月底前") == {"stages"}


LEDGER = """
04-10 县教育局 进展 1-1 进度=40 指标值=21.50 #稿
04-12 县教育局 更正 针对=稿 进度=30 佐证=县组发〔2020〕1号
04-13 县教育局 进展 1-1 进度=35 #误
04-14 县教育局 更正 针对=误 作废=是
04-15 城关镇 进展 1-1 进度=20
04-17 县教育局 完成 1-2 结论=经核查不存在 依据=审计报告
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER)


def test_an_entry_shows_what_a_correction_changed(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("show", "1-1", "--unit", "县教育局", "--format", "json", at=root)
    answer = assert_valid(of_report(ShownHistory), ran.out, "show")
    changes = {"percent": {"from": 40, "to": 30}, "evidence": {"from": [], "to": ["县组发〔2020〕1号"]}}
    assert [entry["changes"] for entry in answer["entries"] if "changes" in entry] == [changes]


def test_an_issued_report_and_what_has_changed_since(zhenggai: Runner, root: Path) -> None:
    now = datetime(2020, 4, 20, 9, 0)
    issued = zhenggai("week", "--no", "3", "--issue", "--format", "json", at=root, now=now)
    assert_valid(of_report(Periodical), issued.out, "week --issue")
    assert zhenggai("week", "--no", "3", "--format", "json", at=root, now=now).out == issued.out
    write(root, ledger_files(LEDGER + "04-18/04-25 县教育局 完成 1-1\n"))
    compared = zhenggai("week", "--compare", "3", "--format", "json", at=root, now=datetime(2020, 4, 27, 9, 0))
    assert assert_valid(of_report(Comparison), compared.out, "week --compare")["differences"]
    assert_valid(of_command("week"), compared.out, "week --compare")


def test_what_an_earlier_version_issued_may_lack_a_key(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("week", "--no", "3", "--format", "json", at=root)
    answer = json.loads(ran.out)
    del answer["totals"]["denominator"]
    assert of_command("week").is_valid(answer)
    assert not of_report(Periodical).is_valid(answer)


def test_letters_in_a_folder(zhenggai: Runner, root: Path) -> None:
    assert zhenggai("remind", "-o", "函件/", "--format", "json", at=root).code == 0
    letters = sorted((root / "函件").iterdir())
    assert letters
    for letter in letters:
        assert_valid(of_report(Letter), letter.read_text("utf-8"), letter.name)
        assert_valid(of_command("remind"), letter.read_text("utf-8"), letter.name)


def test_the_state_of_a_clone(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("doctor", "--format", "json", at=root)
    assert ran.code == 1  # something is lacking in a folder without git
    assert_valid(of_command("doctor"), ran.out, "doctor")


def test_a_drafted_plan(zhenggai: Runner, root: Path) -> None:
    paper = "2020年整改方案\n一、存在问题\n1.学习不深入\n二、整改措施\n1.制定办法，6月底前印发。\n"
    write(root, {"方案.txt": paper})
    ran = zhenggai("draft", "方案.txt", "--format", "json", at=root)
    answer = assert_valid(of_command("draft"), ran.out, "draft")
    assert [len(problem["measures"]) for problem in answer["problems"]] == [1]


def test_problems_found_in_files_and_in_the_history(zhenggai: Runner, root: Path) -> None:
    write(root, {"ledgers/p/县教育局/2020-05.x.yaml": "- 编号: 1\n"})
    ran = zhenggai("check", "--format", "json", at=root)
    assert ran.code == 1
    assert assert_valid(of_command("check"), ran.out, "check")["problems"]
    seen = Observation(
        level=Level.DOUBT,
        check="补录",
        commit="1a2b",
        author="张三",
        email="a@b",
        day=date(2020, 4, 1),
        what="晚了",
        remedy="核对",
    )
    assert_report(AuditReport(Audit((seen,), 3, True, (("县教育局", 2),), 1)), "audit")


@pytest.mark.parametrize(
    "command",
    [
        "status --unit 县教局",
        "overdue --problem 9",
        "due --problem 9-9",
        "status --phase 9",
        "overdue --state 办结",
        "phase 9",
        "rank --class 科局",
        "show 9-9",
        "show 没有",
        "todo 没有",
        "week --compare 3",
        "check --explain 没有",
        "when 没有",
        "lookback 1-1 属实",
    ],
)
def test_what_cannot_be_answered_is_said_on_stderr_and_stdout_stays_empty(
    zhenggai: Runner, root: Path, command: str
) -> None:
    ran = zhenggai(*command.split(), "--format", "json", at=root)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("zhenggai：")
