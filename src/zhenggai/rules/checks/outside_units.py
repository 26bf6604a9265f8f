"""Check 验收单位: an acceptor outside the unit book is not the misspelt name of a unit of the book."""

from datetime import date
from difflib import get_close_matches

from zhenggai.model.book import Book
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.plan.plan_on_day import adjustments_by

_FIELD = "验收单位"
_NEAR = 0.65
_LEVELS = "国省市州盟区县旗乡镇街"  # 市教育局 is not a misspelt 县教育局


def _acceptors(book: Book) -> Findings:
    """Names outside the unit book that are near to a name in it."""
    for _, measure in book.plan.measures():
        name, source = measure.acceptor, measure.where.of("acceptor")
        for change in adjustments_by(measure, date.max, date.max):
            if change.field == _FIELD:
                name, source = "、".join(change.new), change.where.of("new")
        if name and not book.units.unit_named(name) and (near := _misspelt(name, book.units)):
            what = f"{_FIELD}“{name}”不在单位册里，算外面的单位，与单位册里的“{near}”相近"
            remedy = (
                f"写错的，改成“{near}”，已印发的用 zhenggai adjust {measure.number} {_FIELD} {near}；确是外面的，不用改"
            )
            yield Finding(source, what, remedy)


def _misspelt(name: str, units: UnitBook) -> str | None:
    """The name of a unit that may be meant by a name outside the book; None if there is none."""
    known = [known for known in units.all_names if name[0] not in _LEVELS or known[0] == name[0]]
    return next(map(units.full_name, get_close_matches(name, known, 1, _NEAR)), None)


CHECK = Check(
    name=_FIELD,
    level=Level.DOUBT,
    about="单位册以外的验收单位，像是单位册里的名称写错了",
    good=sample(plan_with("责任人: 局长", "责任人: 局长\n    验收单位: 省教育厅")),
    bad=sample(plan_with("责任人: 局长", "责任人: 局长\n    验收单位: 县委组织布")),
    of_plan=_acceptors,
)
