"""单位: every unit that the plan, the unit book or a ledger folder names is in the unit book, under one name.

Good: ``责任单位: [县教育局, 各乡镇]``, both in units.yaml. Bad: a name that is in no book; one name for two units; a merger
into a unit that does not exist. A short name is read as the unit's, with a doubt; a former name stays as it was issued.
"""

from collections.abc import Iterable, Iterator

from zhenggai.model.book import Book
from zhenggai.model.plan import LEAD_UNIT, Measure
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.model.units import Unit, UnitBook
from zhenggai.model.wording import nearest_words
from zhenggai.rules.checks.check import Finder

_HERE = Finder("单位", "方案、单位册里的单位没有、重名，或并入写得不对")


def diagnostics(book: Book) -> Iterator[Diagnostic]:
    """Unknown and ambiguous names in plan and unit book."""
    plan, units = book.plan, book.units
    yield from _unit_book(units)
    named: list[tuple[Source, str]] = []
    if plan.supervisor:
        named.append((plan.where.of("supervisor"), plan.supervisor))
    if plan.task_force:
        named.append((plan.where.of("task_force"), plan.task_force))
    if plan.review:
        chain = plan.review
        named += [(chain.where.of("first_review"), chain.first_review)] if chain.first_review != LEAD_UNIT else []
        named.append((chain.where.of("second_review"), chain.second_review))
        named += [(chain.where.of("stand_in"), name) for name in chain.stand_in]
    for _, measure in plan.measures():
        named += _names_of(measure)
    yield from _unknown(units, named)


def _names_of(measure: Measure) -> Iterator[tuple[Source, str]]:
    for field in ("lead_units", "units", "except_units", "supporting_units"):
        for name in getattr(measure, field):
            yield measure.where.of(field), name
    for share in measure.shares:
        yield share.where.of("unit"), share.unit
    for adjustment in measure.adjustments:
        if adjustment.field in ("责任单位", "牵头单位", "配合单位"):
            for name in adjustment.new:
                yield adjustment.where.of("new"), name


def _unknown(units: UnitBook, named: Iterable[tuple[Source, str]]) -> Iterator[Diagnostic]:
    known = [*units.by_name, *units.class_by_name]
    for source, name in named:
        if name not in units.by_name and name not in units.class_by_name:
            near = nearest_words(name, known)
            yield _HERE.at(source, f"单位册里没有“{name}”", f"最接近的有：{near}；或在 plans/units.yaml 中补上")
        elif (unit := units.by_name.get(name)) and name not in (unit.name, *unit.former_names):
            yield _HERE.at(source, f"“{name}”读作“{unit.name}”", "建议写全称", Level.DOUBT)


def _unit_book(units: UnitBook) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    owners = [
        *((c.where.source, c.name, c.aliases) for c in units.classes),
        *((u.where.source, u.name, u.short_names) for u in units.members),
    ]
    for source, owner, aliases in owners:
        for name in dict.fromkeys((owner, *aliases)):
            if name in seen:
                yield _HERE.at(source, f"“{name}”与“{seen[name]}”重名", "改用能分清的名称")
            seen.setdefault(name, owner)
    for unit in units.members:
        for name in (*([unit.category] if unit.category else ()), *(m.category for m in unit.memberships)):
            if units.classes and name not in {c.name for c in units.classes}:
                yield _HERE.at(unit.where.of("category"), f"没有类别“{name}”", "在“类别”中补上，或改正")
        if unit.merged_into and unit.merged_into not in units.by_name:
            yield _HERE.at(unit.where.of("merged_into"), f"并入的“{unit.merged_into}”不在单位册里", "改正单位名称")
        elif unit.merged_into and unit.until is None:
            yield _HERE.at(
                unit.where.of("merged_into"), "写了“并入”，没有写“止”，并入不起作用", "补上一行 止: 最后一天"
            )
        elif unit.merged_into and (circle := _circle(units, unit)):
            what = f"并入绕了一圈：{' → '.join(circle)}"
            yield _HERE.at(unit.where.of("merged_into"), what, "最后接替的单位不再写“并入”")


def _circle(units: UnitBook, unit: Unit) -> list[str]:
    """The units from one to itself along 并入; empty where that ends."""
    way = [unit.name]
    heir = units.by_name.get(unit.merged_into or "")
    while heir is not None and heir.name not in way:
        way.append(heir.name)
        heir = units.by_name.get(heir.merged_into or "")
    return [*way, heir.name] if heir is not None and heir.name == unit.name else []
