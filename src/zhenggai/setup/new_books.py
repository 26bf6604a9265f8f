"""The texts of a new plan and new books, and what is proposed for a plan: its number and who reviews."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.pinyin_initials import pinyin_initials
from zhenggai.model.units import Unit, UnitBook, UnitClass
from zhenggai.setup.unit_list import by_class, read_unit_list
from zhenggai.writing.edit.edit_text import as_yaml
from zhenggai.writing.edit.yaml_lines import flow

NO_TITLE = "（方案标题）"
_LONGEST_NUMBER = 6  # initials
_PLACE = re.compile(r"^(?:中共)?.{1,3}[县市区旗州]委?")
_OF_EVERY_TITLE = re.compile(
    r"\d{4}年度?|关于|开展|问题|专项|整改|行动|工作|方案|实施|反馈|意见|落实|台账|的|[《》“”（）()]"
)
_REVIEWERS = ("组织部$", "纪委", "[县市区旗州]委办公室$", "办公室$")
_LEADS = ("[县市区旗州]委办公室$", "办公室$", "组织部$")
_SUPERVISORS = ("督查|督察", "纪委", "[县市区旗州]委办公室$", "办公室$")

SAMPLE_BOOK = UnitBook(
    classes=(UnitClass(name="县直单位", aliases=("县直各单位",)), UnitClass(name="乡镇", aliases=("各乡镇",))),
    members=(
        Unit(name="县委组织部", short_names=("组织部",), category="县直单位"),
        Unit(name="县委督查局", short_names=("督查局",), category="县直单位"),
        Unit(name="县委办公室", short_names=("县委办",), category="县直单位"),
    ),
)


def sample_book(unit: str | None) -> UnitBook:
    """The sample, and in it the unit that works here.

    >>> [unit.name for unit in sample_book("县教育局").members][2:]
    ['县委办公室', '县教育局']
    """
    listed = read_unit_list(unit or "")[0].members if SAMPLE_BOOK.unit_named(unit or "") is None else ()
    own = (replace(u, category=u.category if u.category in SAMPLE_BOOK.class_by_name else None) for u in listed)
    return replace(SAMPLE_BOOK, members=(*SAMPLE_BOOK.members, *own))


_UNITS = """\
# yaml-language-server: $schema=schema/units.schema.json
# 单位册：先列类别，再列单位。责任单位里写类别的名称或别名，就代表它的全部成员。
# 谁可以改单位册和方案，写在最前面：管理: [邮箱]；不写的是方案的工作专班，没有专班的是复核单位。
"""
_PLAN = """\
# yaml-language-server: $schema=schema/plan.schema.json
编号: {number}
标题: {title}
年度: {year}
印发日期: {issued}
审核: {review}
督办单位: {supervisor}
阶段:
- {phase}
问题:
- 编号: 1
  内容: （把反馈的问题写在这里）
  措施:
  - 编号: 1-1
    内容: （把整改措施写在这里）
    类别: 限期整改
    时限: {until}
    牵头单位: {lead}
    责任单位: {units}
    责任人: （责任人的岗位）
    阶段: [1]
# 再写一项措施：从“- 编号: 1-1”抄到“阶段”那一行，接在后面，编号改成 1-2。
# 再写一个问题：从“- 编号: 1”起抄，接在后面，编号改成 2，它的措施是 2-1。左边照样子对齐，冒号用英文的，后面空一格。
# 问题分方面的，“内容”前面加一行 方面: …；由问题1的措施一并解决的，不写“措施”，写 同措施: [1-1]。
"""

ORGANISATIONS_SAMPLE = """\
# yaml-language-server: $schema=schema/organisations.schema.json
# 党组织册：每个党组织一项，写方案印发以前的底数；
# 此后的换届、整顿用 zhenggai register 记入台账。
# 下面是一项的样子：行首的“# ”去掉，换成实际内容。
# 再写一项，从“- 名称”那一行起抄，接在后面。
党组织:
# - 名称: 东街社区党委
#   单位: 城关镇              # 单位册里有的
#   类别: 社区党组织          # 或 基层党委、党总支、党支部、村党组织
#   上次换届: 2021-08-20      # 方案印发以前最近的一次
# 下面几行用不着的不写，四个一和一村一策是软弱涣散的才写：
#   上级: 县委组织部          # 不写的是方案的工作专班
#   届期: 5                   # 年，与类别不同的才写
#   领办书记: 党委书记
#   四个一:
#     县级领导: 县委副书记
#     乡镇领导: 镇党委书记
#     第一书记: 驻村工作组
#     结对单位: 县教育局
#   一村一策: 东街社区整顿方案
"""


@frozen
class Heading:
    """The heading of a plan. ``until`` is the words of its deadline."""

    number: str
    title: str
    year: int
    issued: date
    until: str


@frozen(kw_only=True)
class NewPlan:
    """What a new plan begins with. ``first`` is the unit of its first measure, ``lead`` the one that leads it."""

    heading: Heading
    second_review: str
    supervisor: str
    stand_in: tuple[str, ...]
    lead: str
    first: str

    @property
    def path(self) -> str:
        """The plan's file, from the root."""
        return f"plans/{self.heading.number}.yaml"


def new_plan(
    heading: Heading,
    book: UnitBook,
    me: str | None,
    second_review: str | None = None,
    supervisor: str | None = None,
) -> NewPlan:
    """A plan whose units are taken from a book with at least one unit; ``me`` is the unit that writes it."""
    second_review = second_review or proposed_reviewer(book, me)
    supervisor = supervisor or proposed_supervisor(book, me)
    first = me or second_review
    category = next((unit.category for unit in book.members if unit.name == first), None)
    nearest = sorted(book.members, key=lambda unit: unit.category != category)  # those of the same class first
    others = [unit.name for unit in nearest if unit.name not in (first, second_review, supervisor)]
    leads = [name for pattern in _LEADS for name in others if re.search(pattern, name)]
    lead = next(iter((*leads, *others)), supervisor if supervisor != first else second_review)
    instead = [name for name in (supervisor, *others, first) if name not in (second_review, lead)]
    return NewPlan(
        heading=heading,
        second_review=second_review,
        supervisor=supervisor,
        stand_in=tuple(instead[:1]),
        lead=lead,
        first=first,
    )


def proposed_reviewer(book: UnitBook, me: str | None) -> str:
    """The unit that most likely reviews: 组织部, 纪委 or 办公室, else ``me``, else the first."""
    return _likely(book, _REVIEWERS, me)


def proposed_supervisor(book: UnitBook, me: str | None) -> str:
    """The unit that most likely supervises: 督查局, 纪委 or 办公室, else ``me``, else the first."""
    return _likely(book, _SUPERVISORS, me)


def _likely(book: UnitBook, patterns: tuple[str, ...], me: str | None) -> str:
    found = (unit.name for pattern in patterns for unit in book.members if re.search(pattern, unit.name))
    return next(found, me or book.members[0].name)


def proposed_number(title: str, year: int) -> str:
    """A plan's number, from the initials of what its title is about.

    >>> proposed_number("XX县2026年基层党建问题整改方案", 2026), proposed_number("整改方案", 2026)
    ('jcdj-2026', 'zg-2026')
    """
    topic = _OF_EVERY_TITLE.sub("", _PLACE.sub("", title))
    return f"{pinyin_initials(topic)[:_LONGEST_NUMBER] or 'zg'}-{year}"


def default_until(year: int) -> str:
    """The words of a deadline at the end of a year."""
    return f"{year}年12月底前"


def plan_text(plan: NewPlan) -> str:
    """The plan's file, with one problem and one measure to be filled in."""
    review = {"初审": "牵头单位", "复核": plan.second_review} | ({"回避": plan.stand_in} if plan.stand_in else {})
    return _PLAN.format(
        number=flow(plan.heading.number),
        title=flow(plan.heading.title),
        year=plan.heading.year,
        issued=plan.heading.issued,
        review=flow(review),
        supervisor=flow(plan.supervisor),
        phase=flow({"编号": 1, "名称": "集中整改阶段", "时限": plan.heading.until}),
        until=flow(plan.heading.until),
        lead=flow([plan.lead]),
        units=flow([plan.first]),
    )


def units_text(book: UnitBook) -> str:
    """The unit book's file: a line for each class and each unit, the units under the names of their classes."""
    return _UNITS + "".join(f"{line}\n" for line in _lines(book))


def _lines(book: UnitBook) -> Iterator[str]:
    if book.administrators:
        yield f"管理: {flow(book.administrators)}"
    if book.classes:
        yield "类别:"
    yield from (f"- {flow(as_yaml(c))}" for c in book.classes)
    yield "单位:"
    for name, units in by_class(book):
        yield f"# {name or '还没有归类的'}"
        for unit in units:
            value = as_yaml(unit)
            yield f"- {flow(unit.name if value == {'名称': unit.name} else value)}"
