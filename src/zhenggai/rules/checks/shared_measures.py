"""Check 同措施: the measures that a problem shares are measures of other problems, and some of them are not cancelled."""

from datetime import date

from zhenggai.model.book import Book
from zhenggai.model.plan import Plan, Problem
from zhenggai.model.plan_change import next_measure
from zhenggai.model.source import Level
from zhenggai.model.wording import near_or_known
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import PLAN, sample
from zhenggai.rules.plan.plan_on_day import plan_at


def _shared_measures(book: Book) -> Findings:
    """Shared measures that do not exist, are the problem's own or stand there twice; problems left without any measure."""
    plan = book.plan
    in_the_end = plan_at(plan, date.max, date.max).problems
    for problem, left in zip(plan.problems, in_the_end, strict=True):
        yield from _of_problem(plan, problem)
        known = all(number in plan.measure_by_number for number in problem.shared_measures)
        if problem.shared_measures and known and not left.answered_by:
            what = f"问题 {problem.number} 的措施都已取消，没有并入别的措施"
            remedy = f'写明并入哪项措施，或用 zhenggai adjust {next_measure(problem)} 新增 "…" --units … 给它加上措施'
            yield Finding(problem.where.of("shared_measures"), what, remedy)


def _of_problem(plan: Plan, problem: Problem) -> Findings:
    source = problem.where.of("shared_measures")
    own = {measure.number for measure in problem.measures}
    others = [number for number in plan.measure_by_number if number not in own]
    for number in dict.fromkeys(problem.shared_measures):
        if number in own:
            what = f"措施 {number} 是问题 {problem.number} 自己的，不用再写进“同措施”"
            yield Finding(source, what, f"从“同措施”里删去 {number}")
        elif number not in plan.measure_by_number:
            yield Finding(source, f"“同措施”里没有措施 {number}", near_or_known(number, others))
        if problem.shared_measures.count(number) > 1:
            yield Finding(source, f"“同措施”里 {number} 写了两次", "只留一个")


_SECOND = "- 编号: 2\n  内容: 制度不落实\n  同措施: [{}]\n"
CHECK = Check(
    name="同措施",
    level=Level.ERROR,
    about="同措施写了没有的、自己的、重复的编号，或措施都已取消",
    good=sample({"plans/zg.yaml": PLAN + _SECOND.format("1-1")}),
    bad=sample({"plans/zg.yaml": PLAN + _SECOND.format("1-2")}),
    of_plan=_shared_measures,
)
