"""Check 单位: every unit named in the plan, the unit book, an entry or a ledger folder is in the unit book, under one name.

Short and former names are names. 验收单位 and 督导单位 may be outside the book, such as a department of the province. A name that is wrong in several places of a file is reported once, with the lines.
"""

from collections.abc import Iterable, Iterator

from zhenggai.model.book import Book, Record
from zhenggai.model.name_keys import name_key
from zhenggai.model.names import twin_fault
from zhenggai.model.plan import LEAD_UNIT, Measure
from zhenggai.model.source import Level, Source
from zhenggai.model.units import Unit, UnitBook
from zhenggai.model.wording import near_or_known
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import plan_with, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.plan.plan_on_day import LIST_FIELDS

_SHOWN = 5  # lines beside the first


def _in_books(book: Book) -> Findings:
    """Unknown and ambiguous names in the plan and the unit book."""
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
        if LIST_FIELDS.get(adjustment.field, "guiding_units") != "guiding_units":
            for name in adjustment.new:
                yield adjustment.where.of("new"), name


def _unknown(units: UnitBook, named: Iterable[tuple[Source, str]]) -> Findings:
    known = [*units.all_names, *(c.name for c in units.classes)]
    places: dict[str, list[Source]] = {}
    for source, name in named:
        if name not in units.by_name and name not in units.class_by_name:
            places.setdefault(name, []).append(source)
    for name, sources in places.items():
        near = near_or_known(name, known, units.full_name)
        yield Finding(sources[0], f"单位册里没有“{name}”{_also(sources)}", f"{near}；或在 plans/units.yaml 中补上")


def _also(sources: list[Source]) -> str:
    """The other lines of one file at which a wrong name stands."""
    lines = list(dict.fromkeys(source.line for source in sources))[1:]
    more = f"等 {len(lines)} 处" if len(lines) > _SHOWN else ""
    return f"（还有第 {'、'.join(map(str, lines[:_SHOWN]))} 行{more}）" if lines else ""


def _unit_book(units: UnitBook) -> Findings:
    seen: dict[str, tuple[str, str]] = {}
    owners = [
        *((c.where.source, c.name, c.aliases) for c in units.classes),
        *((u.where.source, u.name, u.short_names) for u in units.members),
    ]
    for source, owner, aliases in owners:
        own: dict[str, str] = {}
        for name in (owner, *aliases):
            own.setdefault(name_key(name), name)
        for key, name in own.items():
            if key in seen:
                written, other = seen[key]
                is_same = name == written
                what = f"“{name}”与“{other}”重名{'' if is_same else '，括号的全角、半角不分'}"
                yield Finding(source, what, f"改用能分清的名称{'' if is_same else '；是一个单位的，只写一次'}")
            else:
                seen[key] = name, owner
    for unit in units.members:
        for name in (*([unit.category] if unit.category else ()), *(m.category for m in unit.memberships)):
            if units.classes and name_key(name) not in {name_key(c.name) for c in units.classes}:
                yield Finding(unit.where.of("category"), f"没有类别“{name}”", "在“类别”中补上，或改正")
        if unit.merged_into and unit.merged_into not in units.by_name:
            yield Finding(unit.where.of("merged_into"), f"并入的“{unit.merged_into}”不在单位册里", "改正单位名称")
        elif unit.merged_into and unit.until is None:
            yield Finding(unit.where.of("merged_into"), "写了“并入”，没有写“止”，并入不起作用", "补上一行 止: 最后一天")
        elif unit.merged_into and (circle := _circle(units, unit)):
            what = f"并入绕了一圈：{' → '.join(circle)}"
            yield Finding(unit.where.of("merged_into"), what, "最后接替的单位不再写“并入”")


def _circle(units: UnitBook, unit: Unit) -> list[str]:
    """The circle of units from ``unit`` back to itself along 并入; empty if there is no circle."""
    way = [unit.name]
    heir = units.by_name.get(unit.merged_into or "")
    while heir is not None and heir.name not in way:
        way.append(heir.name)
        heir = units.by_name.get(heir.merged_into or "")
    return [*way, heir.name] if heir is not None and heir.name == unit.name else []


def _in_entries(book: Book, snapshot: Snapshot) -> Findings:
    """Unknown names of units in entries, and of ledger folders."""
    folders: set[str] = set()
    for record, entry in standing_records(book, snapshot):
        if record.recorder not in folders:
            folders.add(record.recorder)
            yield from _in_entry(book.units, record, record.recorder, "文件夹")
        if entry.unit:
            yield from _in_entry(book.units, record, entry.unit, "单位")


def _in_entry(units: UnitBook, record: Record, name: str, what: str) -> Findings:
    unit = units.unit_named(name)
    if unit is None and (twin := next((u for u in units.members if twin_fault(name, (u.name,))), None)):
        yield Finding(record.source, f"{what}“{name}”与单位“{twin.name}”看上去一样，写法不同", f"改名为“{twin.name}”")
    elif unit is None:
        yield Finding(record.source, f"{what}“{name}”不在单位册里", "改正名称，或在 plans/units.yaml 中补上")


CHECK = Check(
    name="单位",
    level=Level.ERROR,
    about="方案、单位册、记录、台账文件夹里的单位没有、重名，或并入写得不对",
    good=sample(),
    bad=sample(plan_with("责任单位: 县教育局", "责任单位: 县教育委")),
    of_plan=_in_books,
    of_ledger=_in_entries,
)
