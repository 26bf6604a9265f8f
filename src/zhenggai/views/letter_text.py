"""Wording of the letters of ``remind``: title, salutation, what is due or late, what is requested, signature."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import ClassVar

from zhenggai.document import Block, Document, Heading, Para, ParaRole
from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.labels import label_of
from zhenggai.model.wording import full_day
from zhenggai.views.columns import VERSION, Key, Keys, fields_of, list_of

_TITLES: Mapping[Kind, str] = {
    Kind.REMINDER: "整改提醒函",
    Kind.SUPERVISION: "整改督办单",
    Kind.ADMONITION: "整改告诫书",
    Kind.INTERVIEW: "整改约谈通知书",
    Kind.CRITICISM: "整改情况通报",
    Kind.ACCOUNTABILITY: "问责建议书",
}
_REQUESTS: Mapping[Kind, str] = {
    Kind.REMINDER: "请对照时限抓紧办理，于{day}前回复进展和下步打算；确需延期的，在到期前申请。",
    Kind.SUPERVISION: "请主要负责人亲自过问，于{day}前书面回复未完成的原因、措施和完成日期。",
    Kind.ADMONITION: "请限期整改到位，于{day}前书面回复整改结果；仍不能完成的，写明原因和最后完成日期。",
    Kind.INTERVIEW: "请主要负责人按约接受约谈，并于{day}前报送书面说明和整改安排。",
    Kind.CRITICISM: "请于{day}前报送整改情况；仍未整改到位的，按规定提请问责。",
    Kind.ACCOUNTABILITY: "建议按规定问责。请于{day}前回复处理意见。",
}


_EVERY = re.compile("^(各?单位|各?乡镇|各)")  # in plans: 各单位党组织书记, for many units at once


@frozen(kw_only=True)
class Item:
    """An item of a letter: a task, occurrence, review or election. ``days`` > 0 is late, < 0 is the time left.

    ``what`` is its deadline in words, or what must be done; ``said`` contains further sentences.
    """

    measure: str | None
    content: str
    what: str
    due: date | None
    days: int | None
    said: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether its due date is past."""
        return self.days is not None and self.days > 0

    def words(self) -> str:
        """The item as a paragraph of a letter."""
        name = " ".join(filter(None, (self.measure, self.content.rstrip("。；"))))
        day = f"（截止{full_day(self.due)}）" if self.due else ""
        pace = "" if self.days is None else f"，{_pace(self.days)}"
        return "。".join([f"{name}：{self.what}{day}{pace}", *self.said]) + "。"


def _pace(days: int) -> str:
    return f"已逾期{days}天" if days > 0 else f"还有{-days}天" if days else "今天到期"


_ITEMS = fields_of(Item, what="应办")
_NAMES = ("unit", "addressee", "letter", "measure", "content", "what", "due", "days")


@frozen(kw_only=True)
class Letter:
    """A letter to one addressee of a unit.

    ``kind`` is the gravest step that its items call for; ``reply_by`` is the date by which a reply is requested.
    """

    plan: str
    unit: str
    addressee: str
    kind: Kind
    items: tuple[Item, ...]
    as_of: date
    reply_by: date
    signer: str

    heads: ClassVar[Mapping[str, str]] = {name: label_of(name) for name in _NAMES} | {"what": "应办"}

    @property
    def title(self) -> str:
        """The title of the letter."""
        return _TITLES[self.kind]

    @property
    def salutation(self) -> str:
        """The addressee as written above the letter: 县教育局及主要负责人, 县教育局党组书记."""
        who = _EVERY.sub("", self.addressee)
        return who if who.startswith(self.unit) else f"{self.unit}{who}"

    keys = Keys["Letter"](
        Key("unit"),
        Key("addressee"),
        Key("kind", head="文种"),
        Key("title"),
        Key("reply_by"),
        Key("signer"),
        list_of("items", _ITEMS),
    )

    def record(self) -> dict[str, object]:
        """The letter for JSON."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per item."""
        own = {"unit": self.unit, "addressee": self.addressee, "letter": self.title}
        return [own | {n: getattr(item, n) for n in _NAMES if n not in own} for item in self.items]

    def document(self) -> Document:
        """The letter, ready to send."""
        return Document(self.title, tuple(self.blocks()))

    def blocks(self) -> Iterator[Block]:
        """The letter without its title."""
        yield Para(f"{self.salutation}：", role=ParaRole.SALUTATION)
        yield Para(
            f"截至{full_day(self.as_of)}，《{self.plan}》中由你单位负责的事项{self._counted()}，现{self._act()}如下："
        )
        for number, item in enumerate(self.items, 1):
            yield Para(f"{number}．{item.words()}")
        yield Para(_REQUESTS[self.kind].format(day=full_day(self.reply_by)))
        yield Para(self.signer, role=ParaRole.SIGNATURE)
        yield Para(full_day(self.as_of), role=ParaRole.SIGNATURE)

    def _counted(self) -> str:
        late = sum(item.is_late for item in self.items)
        soon = sum(item.days is not None and not item.is_late for item in self.items)
        other = len(self.items) - late - soon
        told = ((late, "已逾期"), (soon, "即将到期"), (other, "须整改"))
        return "，" + "、".join(f"{number}项{word}" for number, word in told if number)

    def _act(self) -> str:
        return "通知" if self.kind is Kind.INTERVIEW else "建议" if self.kind is Kind.ACCOUNTABILITY else self.kind


@frozen
class Letters:
    """``remind``: the letters of a day, gravest first."""

    plan: str
    number: str
    as_of: date
    within: int
    letters: tuple[Letter, ...]

    heads: ClassVar[Mapping[str, str]] = Letter.heads

    keys = Keys["Letters"](
        VERSION,
        Key("plan", attrgetter("number")),
        Key("as_of"),
        Key("within"),
        list_of("letters", Letter.keys),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``remind``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per item of each letter."""
        return [row for letter in self.letters for row in letter.rows()]

    def document(self) -> Document:
        """All letters, one after the other; a sentence if there are none."""
        blocks: list[Block] = []
        for number, letter in enumerate(self.letters, 1):
            blocks += [Heading(f"【{number}/{len(self.letters)}】{letter.title}"), *letter.blocks()]
        if not blocks:
            blocks.append(Para(f"截至 {self.as_of}，没有逾期和 {self.within} 天内到期的事项，不用发函。"))
        return Document(f"{self.plan}：函件 {len(self.letters)} 份", tuple(blocks))
