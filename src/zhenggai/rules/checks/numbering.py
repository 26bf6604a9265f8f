"""Check 编号: each phase, problem, measure and step has its own number, and a measure's number begins with its problem's."""

from collections.abc import Iterable

from zhenggai.model.book import Book
from zhenggai.model.name_keys import name_key
from zhenggai.model.plan import Measure, Plan
from zhenggai.model.source import Level, Source
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample


def _numbers(book: Book) -> Findings:
    """Repeated numbers, numbers that do not fit their place, and references to numbers that do not exist."""
    plan = book.plan
    yield from _repeated("阶段", ((p.where.of("number"), str(p.number)) for p in plan.phases))
    yield from _repeated("问题", ((f.where.of("number"), str(f.number)) for f in plan.problems))
    yield from _repeated("措施", ((m.where.of("number"), m.number) for _, m in plan.measures()))
    for problem in plan.problems:
        for code in problem.origin:
            if plan.sources and name_key(code) not in map(name_key, plan.sources):
                known = "、".join(plan.sources)
                yield Finding(problem.where.of("origin"), f"问题来源里没有“{code}”", f"现有：{known}")
        for measure in problem.measures:
            if measure.number.split("-")[0] != str(problem.number) or measure.number.count("-") != 1:
                what = f"措施 {measure.number} 列在问题 {problem.number} 之下"
                yield Finding(measure.where.of("number"), what, f"编号应是 {problem.number}-序号")
            yield from _of_measure(plan, measure)


def _of_measure(plan: Plan, measure: Measure) -> Findings:
    yield from _repeated("步骤", ((s.where.of("number"), s.number) for s in measure.steps))
    for step in measure.steps:
        if step.number.rpartition("-")[0] != measure.number:
            what = f"步骤 {step.number} 列在措施 {measure.number} 之下"
            yield Finding(step.where.of("number"), what, f"编号应是 {measure.number}-序号")
    numbers = {phase.number for phase in plan.phases}
    for number in measure.phases:
        if number not in numbers:
            yield Finding(
                measure.where.of("phases"), f"没有阶段 {number}", f"现有：{'、'.join(map(str, sorted(numbers)))}"
            )


def _repeated(what: str, numbers: Iterable[tuple[Source, str]]) -> Findings:
    seen: dict[str, Source] = {}
    for source, number in numbers:
        if number in seen:
            yield Finding(source, f"{what}编号 {number} 与第 {seen[number].line} 行重复", "换一个没有用过的编号")
        seen.setdefault(number, source)


CHECK = Check(
    name="编号",
    level=Level.ERROR,
    about="编号重复、不合规则，或写了没有的阶段、来源",
    good=sample(),
    bad=sample(plan_with("编号: 1-1", "编号: 2-1")),
    of_plan=_numbers,
)
