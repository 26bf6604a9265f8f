"""A draft as the plan that its file will hold, with a remark for each value that a person must see or decide.

What the paper does not say is not made up: it is left out, or marked (待定) where the plan cannot do without it.
"""

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.deadline.meaning import DeadlineKind
from zhenggai.frozen import frozen
from zhenggai.importing.draft import SHOWN, Doubt, Draft, DraftMeasure, DraftProblem, Place
from zhenggai.importing.plan.book_units import BookUnits
from zhenggai.importing.plan.plan_days import Days, days_of, phase_name
from zhenggai.importing.plan.plan_words import amount_in, list_in, text_in
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Measure, Plan, Problem, ReviewChain, Step
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import shortened
from zhenggai.rules.plan.phases import read_deadline
from zhenggai.writing.edit.yaml_lines import flow

NO_TITLE = "（方案标题）"
NO_PROBLEM = "（这些措施解决的问题）"
NOT_WRITTEN = "原文没有写"
PHASE = "阶段"
_NO_PROBLEM_KNOWN = "不知道整改哪个问题"
_UNREAD = ("时限读不懂", "时限有误", "时限没有起算的日子")


@frozen
class Remark:
    """What stands beside a value. ``is_open``: a person must decide (待定); ``instead`` is what the paper has, if the value is not written."""

    text: str = ""
    is_open: bool = False
    instead: str = ""


Remarks = dict[tuple[str, str], Remark]
"""Remarks by the number of the part ("" is the plan, 阶段1 its first phase) and the English name of the field."""


@frozen
class PlanToBe:
    """The plan that a draft becomes. ``doubts`` are those of the draft, and those about what the plan needs beyond it."""

    plan: Plan
    remarks: Remarks
    doubts: tuple[Doubt, ...]
    unknown_units: tuple[str, ...] = ()
    """The names that the unit book does not have, in order of appearance."""


@frozen(kw_only=True)
class Surroundings:
    """What a plan takes from where it will lie: its number, the unit book, who reviews, the year of a paper without any."""

    number: str
    year: int
    units: UnitBook = UnitBook()
    review: ReviewChain | None = None
    supervisor: str | None = None
    review_from: str = "单位册"


def plan_to_be(draft: Draft, around: Surroundings) -> PlanToBe:
    """The plan of a draft."""
    return _Maker(draft, around).made()


class _Maker:
    """Makes one plan, and collects remarks and doubts on the way."""

    def __init__(self, draft: Draft, around: Surroundings) -> None:
        self.draft, self.around = draft, around
        self.remarks: Remarks = {}
        self.doubts: list[Doubt] = []
        self.told: dict[str, dict[Place, Doubt]] = {}  # the draft's own, by what they are about
        for doubt in draft.doubts:
            self.told.setdefault(doubt.about, {})[doubt.place] = doubt
        self.days: Days = days_of(draft, around.year)
        self.units = BookUnits(around.units)
        named = (text_in(name) for problem in draft.problems for name in problem.sources)
        self.sources = {name: f"s{nth}" for nth, name in enumerate(dict.fromkeys(filter(None, named)), 1)}

    def made(self) -> PlanToBe:
        problems = tuple(map(self._problem, _counted(self.draft.problems), self.draft.problems))
        plan = Plan(
            number=self.around.number,
            title=text_in(self.draft.title) or NO_TITLE,
            year=self.days.year,
            issued=self.days.issued,
            feedback=self.draft.feedback,
            sources={code: name for name, code in self.sources.items()},
            review=self.around.review,
            supervisor=self.around.supervisor,
            deadline=None,
            phases=self.days.phases,
            problems=problems,
        )
        self._of_heading(plan)
        plan = replace(plan, deadline=self._deadline_of_plan(plan))
        self._of_unanswered(plan)
        return PlanToBe(plan, self.remarks, (*self.draft.doubts, *self.doubts), self.units.unknown)

    # --- the heading

    def _of_heading(self, plan: Plan) -> None:
        for field, is_lacking, why in (
            ("title", plan.title == NO_TITLE, ""),
            ("year", not self.draft.year, "先按今年"),
            ("issued", not self.draft.issued, self.days.issued_why),
        ):
            if is_lacking:
                self._open("", field, "，".join(filter(None, (NOT_WRITTEN, why))))
                about = f"没有写{label_of(field)}"
                self._doubt(Place(), about, "，".join(filter(None, (about, why))))
        if self.draft.year and (inferred := self.told.get("年份推得")):
            self._open("", "year", f"推得，{next(iter(inferred.values())).why}")
        for field in ("review", "supervisor"):
            self._remark("", field, f"{NOT_WRITTEN}，照{self.around.review_from}定的")
        written = {phase.number for phase in plan.phases}
        for nth, phase in enumerate(self.draft.phases, 1):
            if nth in written:
                self._remark(f"{PHASE}{nth}", "number", _origin(phase.place, ""))
            else:
                why = "起止读不懂" if phase.deadline else "没有写起止"
                instead = flow({"编号": nth, "名称": phase_name(nth, phase), "时限": text_in(phase.deadline) or ""})
                self.remarks[f"{PHASE}{nth}", "number"] = Remark(why, True, instead)
                self._doubt(phase.place, f"阶段{why}", f"“{phase_name(nth, phase)}”{why}")

    def _deadline_of_plan(self, plan: Plan) -> str | None:
        """The deadline of measures without one: that of the last phase that ends; it must be decided if there is none."""
        drafts = (measure for problem in self.draft.problems for measure in problem.measures)
        lacking = [
            (measure.number, draft)
            for (problem, measure), draft in zip(plan.measures(), drafts, strict=True)
            if not (measure.deadline or measure.frequency or problem.deadline)
        ]
        if not lacking:
            return None
        if "没有写时限" not in self.told:
            for number, draft in lacking:
                if not draft.deadline:
                    self._doubt(draft.place, "没有写时限", f"{number} 没有写时限")
        what = f"{len(lacking)}项措施没有时限"
        if last := self.days.last_phase:
            self._open("", "deadline", f"{what}，先按“{last.name}”的")
            return last.deadline
        self._open("", "deadline", f"{what}，写一个总的，如 {plan.year}年12月底前")
        return None

    def _of_unanswered(self, plan: Plan) -> None:
        """Problems without measures: those of no known problem may answer them."""
        lone = [
            m.number
            for p, draft in zip(plan.problems, self.draft.problems, strict=True)
            if not text_in(draft.title)
            for m in p.measures
        ]
        for problem, draft in zip(plan.problems, self.draft.problems, strict=True):
            if not problem.measures:
                how = f"，由下面的措施解决的，写 同措施: [{', '.join(lone)}]" if lone else ""
                self._open(str(problem.number), "measures", f"{NOT_WRITTEN}{how}")
                self._doubt(draft.place, "没有写整改措施", f"问题{problem.number} 没有写整改措施")

    # --- problems and measures

    def _problem(self, number: int, draft: DraftProblem) -> Problem:
        name = str(number)
        self.remarks[name, "number"] = Remark(_origin(draft.place, draft.label))
        content = text_in(draft.title)
        if not content:
            self._open(name, "content", "原文没有写是哪个问题")
            if _NO_PROBLEM_KNOWN not in self.told:
                self._doubt(draft.place, _NO_PROBLEM_KNOWN, f"{len(draft.measures)}项措施{_NO_PROBLEM_KNOWN}")
        nature = next((word for word in ("共性", "个性") if word in (draft.nature or "")), None)
        deadline, _ = self._deadline(name, draft.place, draft.deadline)
        return Problem(
            number=number,
            aspects=list_in(draft.aspects),
            content=content or NO_PROBLEM,
            symptoms=list_in(draft.details),
            origin=tuple(dict.fromkeys(self.sources[s] for s in list_in(draft.sources))),
            nature=nature,  # type: ignore[arg-type]  # one of the two words
            amount=self._amount(name, draft.amount),
            deadline=deadline,
            measures=tuple(
                self._measure(f"{number}-{nth}", measure, draft) for nth, measure in enumerate(draft.measures, 1)
            ),
        )

    def _measure(self, number: str, draft: DraftMeasure, problem: DraftProblem) -> Measure:
        self.remarks[number, "number"] = Remark(_origin(draft.place, draft.label))
        deadline, frequency = self._deadline(number, draft.place, draft.deadline)
        lead, units = self._units(draft.lead), self._units(draft.units)
        if not units:
            self._open(number, "units", "原文只写了牵头单位" if lead else NOT_WRITTEN)
            about = "只写了牵头单位" if lead else "没有写责任单位"
            self._doubt(draft.place, about, f"{number} {about}")
        content = text_in(draft.content)
        if not content:
            self._open(number, "content", NOT_WRITTEN)
        steps = [text for _, words in draft.steps if (text := text_in(words))]
        return Measure(
            number=number,
            content=content or "（措施的内容）",
            deadline=deadline,
            frequency=frequency,
            lead_units=lead,
            units=units or lead,
            supporting_units=self._units(draft.supporting),
            guiding_units=list_in(draft.guiding, split=True),
            person=text_in(draft.person),
            leader=text_in(draft.leader),
            leader_in_charge=text_in(draft.leader_in_charge),
            first_responsible=text_in(draft.first_responsible),
            rectification_type=text_in(draft.rectification_type),
            goal=text_in(draft.goal) or text_in(problem.goal),
            standard=text_in(draft.standard),
            amount=self._amount(number, draft.amount),
            steps=tuple(Step(number=f"{number}-{nth}", content=content) for nth, content in enumerate(steps, 1)),
        )

    def _units(self, words: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.units.written, list_in(words, split=True))))

    def _deadline(self, number: str, place: Place, words: str | None) -> tuple[str | None, str | None]:
        """Words as 时限 or as 频次; neither if they cannot be read."""
        words = text_in(words)
        if words is None:
            return None, None
        read = read_deadline(words, self.days.context)
        if read is None:
            self.remarks[number, "deadline"] = Remark("这样写读不懂", True, words)
            if not any(place in self.told.get(about, {}) for about in _UNREAD):
                self._doubt(place, _UNREAD[0], f"时限“{shortened(words, SHOWN)}”读不懂")
            return None, None
        if read.kind is DeadlineKind.UNRESOLVED:
            self._open(number, "deadline", "没有说明具体日子")
        return (None, words) if read.kind is DeadlineKind.RECURRING else (words, None)

    def _amount(self, number: str, words: str | None) -> str | None:
        if words is None or text_in(words) is None:
            return None
        amount = amount_in(words)
        if amount is None:
            self.remarks[number, "amount"] = Remark("不是确切的金额，写成 1200.5万元 的样子", True, words)
        return amount

    def _open(self, number: str, field: str, why: str) -> None:
        self.remarks[number, field] = Remark(why, True)

    def _doubt(self, place: Place, about: str, what: str) -> None:
        """A doubt, unless the draft has it already."""
        if place not in self.told.get(about, {}):
            self.doubts.append(Doubt(place=place, about=about, what=what))

    def _remark(self, number: str, field: str, text: str) -> None:
        self.remarks[number, field] = Remark(text)


def _counted(problems: Sequence[DraftProblem]) -> Sequence[int]:
    """The numbers of problems: as written if they are 1, 2, 3 … in some order, else counted."""
    written = [problem.number for problem in problems if problem.number is not None]
    known = sorted(written) == list(range(1, len(written) + 1))
    rest = iter(range(len(written) + 1, len(problems) + 1))
    if not known:
        return range(1, len(problems) + 1)
    return [next(rest) if problem.number is None else problem.number for problem in problems]


def _origin(place: Place, label: str) -> str:
    """Where an item stands, with its number as written.

    >>> _origin(Place(line=12), "①"), _origin(Place(sheet="台账", cell="B8"), "")
    ('原文第12行 ①', '台账!B8')
    """
    where = f"{place.sheet}!{place.cell}" if place.cell else f"原文第{place.line}行" if place.line else ""
    return " ".join(filter(None, (where, text_in(label) or "")))
