"""Check 党组织: each organisation of the book has its own name, a known unit, and a term whose end can be computed."""

from zhenggai.model.book import Book
from zhenggai.model.organisations import LONGEST_TERM, TERM_YEARS, Organisation
from zhenggai.model.source import Level
from zhenggai.model.wording import near_or_known
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import sample


def _organisations(book: Book) -> Findings:
    """Faults and doubts in the organisation book."""
    if (organisations := book.organisations) is None:
        return
    for organisation in organisations.listed:
        first = organisations.by_name[organisation.name]
        if first is not organisation:
            what = f"“{organisation.name}”与第 {first.where.line} 行重名，后一个不计"
            yield Finding(organisation.where.source, what, "改用能分清的名称")
        yield from _units(book, organisation)
        yield from _term(book, organisation)


def _units(book: Book, organisation: Organisation) -> Findings:
    for field, name in (("unit", organisation.unit), ("superior", organisation.superior)):
        if name is None:
            continue
        unit = book.units.unit_named(name)
        if unit is None:
            near = near_or_known(name, book.units.all_names, book.units.full_name)
            remedy = f"{near}；或在 plans/units.yaml 中补上"
            yield Finding(organisation.where.of(field), f"单位册里没有“{name}”", remedy)


def _term(book: Book, organisation: Organisation) -> Findings:
    years, usual = organisation.term_years, TERM_YEARS.get(organisation.category or "")
    at_years = organisation.where.of("term_years")
    if organisation.term_end(organisation.last_election) is None:
        remedy = f"补上一行 届期: 5（年，1 到 {LONGEST_TERM}）或 类别: …（{'、'.join(TERM_YEARS)}），并核对上次换届"
        yield Finding(at_years, f"“{organisation.name}”的届满日算不出，换届不计", remedy)
    elif years and usual and years != usual:
        yield Finding(at_years, f"届期 {years} 年，{organisation.category}一般 {usual} 年", "核对届期", Level.DOUBT)
    if organisation.last_election >= book.plan.issued:
        what = f"上次换届 {organisation.last_election} 不早于方案印发日期 {book.plan.issued}"
        remedy = "册里写方案印发前的那一次，印发后的用 zhenggai register 党组织 已换届 记录"
        yield Finding(organisation.where.of("last_election"), what, remedy, Level.DOUBT)


_BOOK = "党组织:\n- {{名称: 县教育局机关党委, 单位: {}, 类别: 基层党委, 上次换届: 2018-08-20}}\n"
CHECK = Check(
    name="党组织",
    level=Level.ERROR,
    about="党组织重名、单位不在单位册里、届满日算不出",
    good=sample({"plans/organisations.yaml": _BOOK.format("县教育局")}),
    bad=sample({"plans/organisations.yaml": _BOOK.format("县教育委")}),
    of_plan=_organisations,
)
