"""The answers of several plans to one question, put out as one."""

from collections.abc import Callable, Mapping
from pathlib import Path

from zhenggai.cli.output import put, say_diagnostics, tell
from zhenggai.cli.question import Asked, Question, Together
from zhenggai.errors import Exit, NothingToShow, NotInPlan
from zhenggai.ledger import refuse_copy
from zhenggai.views.several_plans import SeveralPlans


def answer_each(question: Question, command: Callable[[Asked], Exit]) -> Exit:
    """Run a command for each plan and put out the answers as one, without the plans in which what was named does not stand.

    A plan that cannot be read is named in the answer. Raises the first error where no plan has an answer.
    """
    together, codes = Together(), [Exit.OK]
    elsewhere: dict[str, NotInPlan] = {}
    broken: dict[str, NothingToShow] = {}
    for path in question.paths:
        try:
            asked = question.of(path, together)
            refuse_copy(asked.ledger, question.paths)
            codes.append(command(asked))
        except NotInPlan as error:
            elsewhere[Path(path).stem] = error
        except NothingToShow as error:
            broken[Path(path).stem] = error
            codes.append(Exit.FOUND)
    if not together.reports:
        raise _in_no_plan(elsewhere) if elsewhere else next(iter(broken.values()))
    reports = [*together.reports.values()]
    is_one = len(reports) == 1 and not broken
    report = reports[0] if is_one else SeveralPlans(together.reports, tuple(broken))
    if question.template:
        question.template.put(report)
    else:
        put(report, question.format, question.output)
    for fault in broken.values():
        tell(str(fault))
    say_diagnostics(tuple(together.errors))
    return max(codes)


def _in_no_plan(errors: Mapping[str, NotInPlan]) -> NotInPlan:
    """The error for something that is named and stands in no plan, from those of the plans by their numbers."""
    said = [str(error) for error in errors.values()]
    if len(set(said)) == 1:
        return NotInPlan(said[0])
    return NotInPlan("\n".join(f"方案 {number}：{text}" for number, text in zip(errors, said, strict=True)))
