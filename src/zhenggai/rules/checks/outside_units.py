"""Check 册外单位: an acceptor or 督导单位 outside the unit book is not the misspelt name of a unit of the book."""

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from zhenggai.model.book import Book
from zhenggai.model.plan import Measure
from zhenggai.model.source import Level, Source
from zhenggai.model.units import UnitBook, names_in
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.plan.plan_on_day import adjustments_by

_ACCEPTOR, _GUIDING = "验收单位", "督导单位"
_NEAR = 0.65
_LEVELS = "国省市州盟区县旗乡镇街"  # 市教育局 is not a misspelt 县教育局


def _outside(book: Book) -> Findings:
    """Names outside the unit book that are near to a name in it."""
    plan, units = book.plan, book.units
    yield from _doubts(units, plan.guiding_units, _GUIDING, plan.where.of("guiding_units"), "")
    for _, measure in plan.measures():
        for field, names, source in _named(measure):
            yield from _doubts(units, names, field, source, measure.number)


def _named(measure: Measure) -> Iterator[tuple[str, Sequence[str], Source]]:
    """The names that a measure has in the end, by field, with their place."""
    found = {
        _ACCEPTOR: (names_in(measure.acceptor or ""), measure.where.of("acceptor")),
        _GUIDING: (measure.guiding_units, measure.where.of("guiding_units")),
    }
    for change in adjustments_by(measure, date.max, date.max):
        if change.field in found:
            found[change.field] = (change.new, change.where.of("new"))
    yield from ((field, names, source) for field, (names, source) in found.items())


def _doubts(units: UnitBook, names: Sequence[str], field: str, source: Source, measure: str) -> Findings:
    for name in names:
        if name not in units.by_name and name not in units.class_by_name and (near := _misspelt(name, units)):
            what = f"{field}“{name}”不在单位册里，算外面的单位，与单位册里的“{near}”相近"
            mended = "、".join(near if other == name else other for other in names)
            adjust = f"，已印发的用 zhenggai adjust {measure} {field} {mended}" if measure else ""
            yield Finding(source, what, f"写错的，改成“{near}”{adjust}；确是外面的，不用改")


def _misspelt(name: str, units: UnitBook) -> str | None:
    """The name of a unit that may be meant by a name outside the book; None if there is none."""
    known = [known for known in units.all_names if name[0] not in _LEVELS or known[0] == name[0]]
    return next(map(units.full_name, get_close_matches(name, known, 1, _NEAR)), None)


CHECK = Check(
    name="册外单位",
    level=Level.DOUBT,
    about="单位册以外的验收单位、督导单位，像是单位册里的名称写错了",
    good=sample(plan_with("责任人: 局长", "责任人: 局长\n    验收单位: 省教育厅")),
    bad=sample(plan_with("责任人: 局长", "责任人: 局长\n    验收单位: 县委组织布")),
    of_plan=_outside,
)
