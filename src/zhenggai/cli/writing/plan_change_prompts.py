"""Builds the plan change of ``adjust``. Missing values are asked for at a terminal, with the present value shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from zhenggai.cli.named_things import known_measure, problem_named
from zhenggai.cli.options import parse_day, read_as
from zhenggai.cli.writing import prompts
from zhenggai.errors import UsageError
from zhenggai.ledger import Ledger
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import AdjustableField, Adjustment, Cancellation, Category, Measure, Problem
from zhenggai.model.plan_change import Amendment, next_measure, next_problem
from zhenggai.model.units import names_in
from zhenggai.reading.values import read_amount
from zhenggai.rules.plan.plan_on_day import LIST_FIELDS, PROBLEM_FIELDS, TEXT_FIELDS, can_adjust, plan_at, texts_on


@dataclass
class AmendmentForm:
    """A plan change in the making. Each public method asks for its missing values and returns the change.

    Optional values are asked for only if a required value was missing too (``asking``).
    """

    ledger: Ledger
    number: str
    today: date
    given_day: date | None
    given_basis: str
    asking: bool

    @property
    def day(self) -> date:
        """The first day on which the change is in force."""
        return self.given_day or self.today

    def adjustment(self, label: str, value: str | None) -> Amendment:
        """A new value of a field of a measure or problem. ``label`` is the field's Chinese name."""
        problem = problem_named(self.ledger.plan, self.number)
        part = self._adjustable(problem, label) if problem else self._measure()
        name = f"问题 {part.number}" if isinstance(part, Problem) else part.number
        present = texts_on(part, label, self.day)
        new = self._texts(label, prompts.text(f"{label}现为“{'、'.join(present) or '（空）'}”，改为", value))
        if not any(new):
            remedy = "写上新的" if problem else f"不再需要这项措施，用：zhenggai adjust {part.number} 取消"
            raise UsageError(f"{label}不能改成空的，没有写入\n  {remedy}")
        if new == present or (label in LIST_FIELDS and new == self._full_names(present)):
            raise UsageError(f"{name} 的{label}本来就是“{'、'.join(new)}”，没有写入")
        if later := [a.date for a in part.adjustments if a.field == label and a.date > self.day]:
            raise UsageError(f"{name} 的{label}在 {max(later)} 已有调整，没有写入\n  下一步：日期不要早于它（--date）")
        change = Adjustment(
            date=self.day,
            recorded=self.today,
            basis=self._basis(),
            field=cast("AdjustableField", label),
            old=present,
            new=new,
        )
        return Amendment(str(part.number), change)

    def cancellation(self, merged_into: str | None) -> Amendment:
        """The cancellation of a measure, with the measure that takes its place, if any."""
        measure = self._measure()
        if merged_into is None and self.asking:
            merged_into = prompts.optional("并入哪项措施", None)
        into = merged_into and (measure_number(merged_into) or merged_into)
        part = Cancellation(date=self.day, recorded=self.today, basis=self._basis(), merged_into=into)
        return Amendment(measure.number, part)

    def measure(self, content: str | None, given: Mapping[str, str | None], amount: str | None = None) -> Amendment:
        """A new measure, under the next free number of its problem. ``given`` maps field names to texts.

        ``amount`` (问题金额) is not asked for, as few plans have money.
        """
        plan = self.ledger.plan
        number = measure_number(self.number) or self.number
        problem = next((f for f in plan.problems if str(f.number) == number.partition("-")[0]), None)
        if problem is None:
            raise UsageError(
                f"没有问题 {number.partition('-')[0]}，没有写入\n  现有：{_numbers(f.number for f in plan.problems)}"
            )
        _refuse_number(number, next_measure(problem), f"问题 {problem.number} 的下一项措施")
        content = prompts.text("内容", content)
        given = self._asked_for(given, units=True)
        texts = {name: word for name, word in given.items() if word and name not in ("units", "lead_units", "phases")}
        lists = {name: self._full_names(names_in(given[name] or "")) for name in ("units", "lead_units")}
        part = Measure(
            number=number,
            content=content,
            amount=amount,
            phases=_phases(given["phases"]),
            since=self.day,
            recorded=self.today,
            basis=self._basis(),
            **{**lists, **texts, "category": _category(given["category"])},  # type: ignore[arg-type]  # the fields are chosen by name
        )
        return Amendment(str(problem.number), part)

    def problem(self, content: str | None, given: Mapping[str, str | None], amount: str | None = None) -> Amendment:
        """A new problem, under the next free number of the plan; the arguments are as of ``measure``."""
        _refuse_number(self.number, str(next_problem(self.ledger.plan)), "下一个问题")
        content = prompts.text("内容", content)
        given = self._asked_for(given)
        nature = given["nature"]
        if nature not in (None, "共性", "个性"):
            raise UsageError(f"没有性质“{nature}”\n  可用：共性、个性")
        part = Problem(
            number=int(self.number),
            aspects=_texts_in(given["aspects"], "／/"),
            content=content,
            symptoms=_texts_in(given["symptoms"], "；;"),
            origin=names_in(given["origin"] or ""),
            amount=amount,
            nature=nature,  # type: ignore[arg-type]  # checked above
            deadline=given["deadline"],
            since=self.day,
            recorded=self.today,
            basis=self._basis(),
            shared_measures=tuple(
                known_measure(self.ledger.plan, name).number for name in names_in(given["shared_measures"] or "")
            ),
        )
        return Amendment(self.number, part)

    def _measure(self) -> Measure:
        """The measure as issued. Raises ``UsageError`` if it is not in force on the day of the change."""
        plan = self.ledger.plan
        measure = known_measure(plan, self.number)
        number = measure.number
        self._ask_day()
        if number not in plan_at(plan, self.day, date.max).measure_by_number:
            end = measure.cancelled
            gone = f"自 {end.date} 起已取消" if end and end.date <= self.day else "那时还没有"
            raise UsageError(f"{number} 在 {self.day} {gone}，没有写入")
        return measure

    def _adjustable(self, problem: Problem, label: str) -> Problem:
        """The problem as issued. Raises ``UsageError`` if it does not adjust the field."""
        if not can_adjust(problem, label):
            first = next((measure.number for measure in problem.measures), None) or next_measure(problem)
            raise UsageError(
                f"问题 {problem.number} 只能调整{'、'.join(PROBLEM_FIELDS)}，没有写入\n"
                f"  {label}写在措施上：zhenggai adjust {first} {label} …"
            )
        self._ask_day()
        return problem

    def _ask_day(self) -> None:
        if self.given_day is None and self.asking:
            self.given_day = prompts.day("从哪天起", None, self.today)

    def _basis(self) -> str:
        return prompts.text("依据（文号或会议纪要）", self.given_basis)

    def _asked_for(self, given: Mapping[str, str | None], units: bool = False) -> Mapping[str, str | None]:
        """The given values, completed by answers if ``asking``. An answer may be empty, except 责任单位 with ``units``."""
        self._ask_day()
        if not self.asking:
            return given

        def answer(name: str) -> str | None:
            return (
                prompts.text(label_of(name), None)
                if units and name == "units"
                else prompts.optional(label_of(name), None)
            )

        return {name: answer(name) if word is None else word for name, word in given.items()}

    def _texts(self, label: str, value: str) -> tuple[str, ...]:
        """The new texts of a field: full names for units, an ISO date for a day, an amount, else the text as given."""
        if label in LIST_FIELDS:
            return self._full_names(names_in(value))
        if TEXT_FIELDS[label] == "next_review":
            return (parse_day(value).isoformat(),)
        if TEXT_FIELDS[label] == "amount":
            return (read_as(read_amount)(value),)
        return (value.strip(),)

    def _full_names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        units = self.ledger.units
        return tuple(dict.fromkeys(unit.name if (unit := units.unit_named(name)) else name for name in names))


def _refuse_number(number: str, free: str, what: str) -> None:
    if number != free:
        raise UsageError(f"{what}应编为 {free}，不是 {number}，没有写入")


def _texts_in(words: str | None, marks: str) -> tuple[str, ...]:
    """The texts between any of the marks."""
    return tuple(text.strip() for text in re.split(f"[{marks}]", words or "") if text.strip())


def _numbers(found: Iterable[int]) -> str:
    return "、".join(map(str, found)) or "无"


def _phases(words: str | None) -> tuple[int, ...]:
    found = names_in(words or "")
    if any(not word.isdecimal() for word in found):
        raise UsageError(f"“{words}”不是阶段的号\n  写成 1 或 1、2 的样子")
    return tuple(int(word) for word in found)


def _category(word: str | None) -> Category | None:
    if word is None:
        return None
    if word not in list(Category):
        raise UsageError(f"没有类别“{word}”\n  可用：{'、'.join(Category)}")
    return Category(word)
