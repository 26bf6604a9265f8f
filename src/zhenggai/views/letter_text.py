"""The letters of ``remind``: title, salutation, what is due or late, what is requested, signature."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Document, Heading, Para, ParaRole
from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.labels import label_of
from zhenggai.model.terms import USUAL, Terms
from zhenggai.model.wording import BLANK, full_day
from zhenggai.views.columns import VERSION, Key, Keys, list_of
from zhenggai.views.letter_wording import WORDINGS

WHOLE = "整个单位"
"""The matter of an item that is about a unit as a whole."""

_EVERY = re.compile("^(各?单位|各?乡镇|各)")  # in plans: 各单位党组织书记, for many units at once


@frozen(kw_only=True)
class Item:
    """An item of a letter: a task, occurrence, review or election. ``days`` > 0 is late, < 0 is the time left.

    ``what`` is its deadline in words, or what must be done; ``said`` contains further sentences. ``matter`` is what it is counted
    as, if that is not how late it is: 督查不实; or ``WHOLE``. ``may_extend``: whether an extension may still be asked for.
    """

    measure: str | None
    content: str
    what: str
    due: date | None
    days: int | None
    said: tuple[str, ...] = ()
    matter: str = ""
    may_extend: bool = False

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


def whom(unit: str, addressee: str) -> str:
    """The addressee of a unit in full, from the words of the plan or the ladder.

    >>> whom("县教育局", "单位及主要负责人"), whom("县教育局", "各单位党组书记"), whom("县教育局", "县教育局局长")
    ('县教育局及其主要负责人', '县教育局党组书记', '县教育局局长')
    """
    who = _EVERY.sub("", addressee)
    return who if who.startswith(unit) else f"{unit}{'及其' + who[1:] if who.startswith('及主') else who}"


_ITEMS = Keys[Item](Key("measure"), Key("content"), Key("what", head="应办"), Key("due"), Key("days"), Key("said"))
_NAMES = ("unit", "addressee", "letter", "measure", "content", "what", "due", "days")


def _heads(terms: Terms) -> dict[str, str]:
    return {name: terms.head(label_of(name)) for name in _NAMES} | {"what": "应办"}


@frozen(kw_only=True)
class Letter:
    """A letter to one addressee of a unit.

    ``kind`` is the gravest step that its items call for; ``reply_by`` is the date by which a reply is requested. ``demand`` is what
    the sender asks for in his own words; ``to_other`` says that the addressee is a unit itself, such as that which is to decide on 问责.
    """

    plan: str
    unit: str
    addressee: str
    kind: Kind
    items: tuple[Item, ...]
    as_of: date
    reply_by: date
    signer: str
    terms: Terms
    demand: str = ""
    to_other: bool = False

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _heads(self.terms)

    @property
    def title(self) -> str:
        """The title of the letter."""
        return self.terms.head(WORDINGS[self.kind].title)

    @property
    def salutation(self) -> str:
        """Who the letter is written to: the addressee, or those to whom it speaks of the unit."""
        return self.whom if self.to_other else WORDINGS[self.kind].to or self.whom

    @property
    def whom(self) -> str:
        """The addressee in full: 县教育局及其主要负责人, 县教育局党组书记, or another unit: 县纪委监委."""
        return self.addressee if self.to_other else whom(self.unit, self.addressee)

    keys = Keys["Letter"](
        Key("unit"),
        Key("addressee"),
        Key("kind", head="文种"),
        Key("title"),
        Key("reply_by"),
        Key("signer"),
        Key("demand", head="要求"),
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
        wording, values = WORDINGS[self.kind], self._values()
        if self.kind is not Kind.REMINDER:
            yield Para(f"〔{self.as_of.year}〕{BLANK}号", role=ParaRole.SIGNATURE)  # at the right, as on a 函
        yield Para(f"{self.salutation}：", role=ParaRole.SALUTATION)
        yield Para(wording.opening.format_map(values))
        for number, item in enumerate(self.items, 1):
            yield Para(f"{number}．{item.words()}")
        yield from map(Para, (f"要求：{self.demand.rstrip('。')}。",) if self.demand else ())
        yield from map(Para, wording.blanks)
        yield Para(wording.request.format_map(values))
        yield Para(wording.closing)
        if self.signer:
            yield Para(self.signer, role=ParaRole.SIGNATURE)
        yield Para(full_day(self.as_of), role=ParaRole.SIGNATURE)
        if self.signer and self.kind is not Kind.CRITICISM:
            yield Para(f"（联系人：{BLANK}，电话：{BLANK}）")
        if wording.receipt:
            yield Para(wording.receipt)
        if wording.copies:
            yield Para(f"抄送：{BLANK}{BLANK}")

    def _values(self) -> dict[str, object]:
        """What stands at the places of a ``Wording``."""
        may_extend = any(item.may_extend for item in self.items)
        return {
            "unit": self.unit,
            "whom": self.unit if self.to_other else self.whom,
            "plan": self.plan,
            "extension": "；还没有到期、确需延期的，在到期前申请" if may_extend else "",
            "day": full_day(self.as_of),
            "counted": self._counted(),
            "reply_by": full_day(self.reply_by),
            "terms": self.terms,
        }

    def _counted(self) -> str:
        if any(item.matter == WHOLE for item in self.items):
            what = self.terms.rectify
            return f"须整体抓紧{what}" if self.kind in (Kind.REMINDER, Kind.SUPERVISION) else f"整体{what}不力"
        counted = Counter(map(self._counted_as, self.items))
        order = {"已逾期": 0, "即将到期": 2, self._at_last: 3}
        words = sorted(counted, key=lambda word: order.get(word, 1))
        return "、".join(f"{counted[word]}项{word}" for word in words)

    @property
    def _at_last(self) -> str:
        """What an item is that is there for no reason of its own."""
        return f"须{self.terms.rectify}"

    def _counted_as(self, item: Item) -> str:
        """What an item is: late, soon due, or there for another reason than its date."""
        soon = item.days is not None and self.kind is Kind.REMINDER
        return item.matter or ("已逾期" if item.is_late else "即将到期" if soon else self._at_last)


@frozen
class Letters:
    """``remind``: the letters of a day, gravest first."""

    plan: str
    number: str
    as_of: date
    within: int
    letters: tuple[Letter, ...]

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return _heads(self.letters[0].terms if self.letters else USUAL)

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
        for letter in self.letters:
            blocks += [Heading(letter.title, separate=True), *letter.blocks()]
        if not blocks:
            blocks.append(Para(f"截至 {self.as_of}，没有逾期和 {self.within} 天内到期的事项，不用发函。"))
        return Document(f"{self.plan}：函件 {len(self.letters)} 份", tuple(blocks))
