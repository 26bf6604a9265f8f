"""The ledger's entries (台账记录): one frozen class a kind, together one union told apart by 事项.

An entry kind is one class here, one member of ``Kind``, and one row in ``rules.task.transitions``. The Chinese keys of the
fields stand in ``labels``, where they go in an event in ``event_of_entry``; what may follow what is decided in the rules.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin

from zhenggai.frozen import frozen
from zhenggai.model.entry_fields import CHANGEABLE
from zhenggai.model.kinds import ABSENT, RETURNED, Kind
from zhenggai.model.labels import PlainConfig, plain_config

Fault = tuple[str, str, str]
"""A fault of an entry: the label of the field, what is wrong, what to do; in Chinese."""


@frozen(kw_only=True)
class Recorded:
    """What every entry has. ``unit`` is given when the entry is about another unit's task than the folder's.

    ``copied_from`` (录自) is the place in an old ledger that the entry was imported from: 台账.xlsx:台账!B8.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    number: str
    date: date
    measure: str | None = None
    unit: str | None = None
    content: str | None = None
    evidence: tuple[str, ...] = ()
    copied_from: str | None = None
    writer: str

    def faults(self) -> Iterator[Fault]:
        """What types cannot express: fields that are valid alone but not together."""
        yield from ()


def _one_step(steps: tuple[str, ...]) -> Iterator[Fault]:
    if len(steps) > 1:
        yield "步骤", f"一条记录只针对一个步骤，写了 {len(steps)} 个", "每个步骤各记一条"


@frozen(kw_only=True)
class Claim(Recorded):
    """认领: a unit takes its task, and may name who does it and by which steps of its own, each a short text."""

    kind: Literal[Kind.CLAIM] = Kind.CLAIM
    measure: str
    person: str | None = None
    leader: str | None = None
    own_steps: tuple[str, ...] = ()


@frozen(kw_only=True)
class Progress(Recorded):
    """进展: what was done. ``percent`` 0–100; ``steps`` names the steps that are now done.

    ``rectified`` (整改金额), ``recovered`` (追缴) and ``loss_avoided`` (挽回损失) are what came to it since the entry before: money
    as ``model.money`` writes it, in the unit of the plan's 问题金额 if they name none.
    """

    kind: Literal[Kind.PROGRESS] = Kind.PROGRESS
    measure: str
    content: str
    percent: int | None = None
    steps: tuple[str, ...] = ()
    measured: Decimal | None = None
    measured_base: Decimal | None = None
    rectified: str | None = None
    recovered: str | None = None
    loss_avoided: str | None = None
    difficulty: str | None = None
    cause: str | None = None
    next_steps: str | None = None
    institution: str | None = None
    on_behalf: bool = False


@frozen(kw_only=True)
class BasicallyDone(Recorded):
    """基本完成: the main part is done, the rest goes on."""

    kind: Literal[Kind.BASICALLY_DONE] = Kind.BASICALLY_DONE
    measure: str
    content: str
    rectified: str | None = None
    recovered: str | None = None
    loss_avoided: str | None = None
    on_behalf: bool = False


@frozen(kw_only=True)
class Done(Recorded):
    """完成, says the unit; 销号 is another fact. With the conclusion 经核查不存在 a ``basis`` is due."""

    kind: Literal[Kind.DONE] = Kind.DONE
    measure: str
    content: str
    steps: tuple[str, ...] = ()
    rectified: str | None = None
    recovered: str | None = None
    loss_avoided: str | None = None
    institution: str | None = None
    conclusion: Literal["经核查不存在"] | None = None
    basis: str | None = None
    on_behalf: bool = False

    def faults(self) -> Iterator[Fault]:
        if self.conclusion == ABSENT and self.basis is None:
            yield "结论", "经核查不存在须写明依据", "补上一行 依据: …"


@frozen(kw_only=True)
class Application(Recorded):
    """申请销号, signed by a leader."""

    kind: Literal[Kind.APPLICATION] = Kind.APPLICATION
    measure: str
    approver: str


@frozen(kw_only=True)
class Review(Recorded):
    """初审 or 复核 of an application; a return (退回) gives its reason in ``cause``.

    ``accepted_by`` (验收人), in a 复核, names who accepted the work where the unit that records it did not do so itself.
    ``application_digest`` is the start of the digest of what was reviewed: the round's entries and their files.
    """

    kind: Literal[Kind.FIRST_REVIEW, Kind.SECOND_REVIEW]
    ref: str
    conclusion: Literal["通过", "退回"]
    cause: str | None = None
    accepted_by: str | None = None
    application_digest: str | None = None

    def faults(self) -> Iterator[Fault]:
        if self.conclusion == RETURNED and self.cause is None:
            yield "结论", "退回须写明原因", "补上一行 原因: …"
        if self.kind is Kind.FIRST_REVIEW and self.accepted_by is not None:
            yield "验收人", "初审不写验收人", "删去这一行；验收人写在复核里"


@frozen(kw_only=True)
class OnSiteVisit(Recorded):
    """现场核查 of what an application is about: who was there, where, what was seen; a photograph is its evidence."""

    kind: Literal[Kind.ON_SITE] = Kind.ON_SITE
    measure: str
    inspector: str
    location: str
    content: str


@frozen(kw_only=True)
class Notice(Recorded):
    """销号公示 from ``start`` to ``end``, both counted."""

    kind: Literal[Kind.NOTICE] = Kind.NOTICE
    ref: str
    start: date
    end: date

    def faults(self) -> Iterator[Fault]:
        if self.end < self.start:
            yield "止", "公示的止日早于起日", "核对起止日期"


@frozen(kw_only=True)
class CloseOut(Recorded):
    """销号; ``measure_digest`` is the start of the digest of the measure that was closed."""

    kind: Literal[Kind.CLOSE_OUT] = Kind.CLOSE_OUT
    ref: str
    measure_digest: str


@frozen(kw_only=True)
class Filing(Recorded):
    """备案 of a close-out with a ``receiver``, under its number."""

    kind: Literal[Kind.FILING] = Kind.FILING
    ref: str
    receiver: str
    filing_number: str


@frozen(kw_only=True)
class Reopening(Recorded):
    """重新整改: the next round begins, to be done by ``deadline``."""

    kind: Literal[Kind.REOPENING] = Kind.REOPENING
    ref: str
    cause: str
    deadline: date


@frozen(kw_only=True)
class ExtensionRequest(Recorded):
    """申请延期 to a new date, of the task or of the one step in ``steps``."""

    kind: Literal[Kind.EXTENSION_REQUEST] = Kind.EXTENSION_REQUEST
    measure: str
    steps: tuple[str, ...] = ()
    to: date
    cause: str

    def faults(self) -> Iterator[Fault]:
        yield from _one_step(self.steps)


@frozen(kw_only=True)
class ExtensionGrant(Recorded):
    """同意延期 to a definite date; for a 转长期 the date of its next review."""

    kind: Literal[Kind.EXTENSION_GRANT] = Kind.EXTENSION_GRANT
    ref: str
    to: date


@frozen(kw_only=True)
class ExtensionRefusal(Recorded):
    """不同意延期."""

    kind: Literal[Kind.EXTENSION_REFUSAL] = Kind.EXTENSION_REFUSAL
    ref: str
    cause: str | None = None


@frozen(kw_only=True)
class ToLongTerm(Recorded):
    """转长期: asks to follow the task as long-term, with a stage target and a date of review."""

    kind: Literal[Kind.TO_LONG_TERM] = Kind.TO_LONG_TERM
    measure: str
    stage_goal: str
    next_review: date
    special_ledger: str | None = None


@frozen(kw_only=True)
class LongTermReview(Recorded):
    """长期评估: how a long-term task stands, and when it is looked at again."""

    kind: Literal[Kind.LONG_TERM_REVIEW] = Kind.LONG_TERM_REVIEW
    measure: str
    conclusion: str
    next_review: date
    measured: Decimal | None = None


@frozen(kw_only=True)
class Occurrence(Recorded):
    """例行: one occurrence of the measure's recurring duty, or of that of the one step in ``steps``.

    ``period`` is 2020-05, 2020-Q2, 2020-W21, 2020-H1, 2020-B3 or 2020.
    """

    kind: Literal[Kind.OCCURRENCE] = Kind.OCCURRENCE
    measure: str
    steps: tuple[str, ...] = ()
    period: str
    measured: Decimal | None = None

    def faults(self) -> Iterator[Fault]:
        yield from _one_step(self.steps)


@frozen(kw_only=True)
class Inspection(Recorded):
    """督查 of a unit, of one task or of all; ``content`` says what was seen."""

    kind: Literal[Kind.INSPECTION] = Kind.INSPECTION
    unit: str
    method: Literal["明察", "暗访", "调研"]
    location: str | None = None
    conclusion: Literal["属实", "不实", "反弹"]
    new_finding: str | None = None


@frozen(kw_only=True)
class LookBack(Recorded):
    """回头看 of a closed task."""

    kind: Literal[Kind.LOOK_BACK] = Kind.LOOK_BACK
    ref: str
    conclusion: Literal["属实", "反弹"]


@frozen(kw_only=True)
class Escalation(Recorded):
    """A step of the ladder, from 提醒 to 问责, to an addressee, on a basis."""

    kind: Literal[Kind.REMINDER, Kind.SUPERVISION, Kind.ADMONITION, Kind.INTERVIEW, Kind.CRITICISM, Kind.ACCOUNTABILITY]
    unit: str
    addressee: str
    basis: str
    time_limit: date | None = None
    organisations: int | None = None
    people: int | None = None


@frozen(kw_only=True)
class Reply(Recorded):
    """回复 of the addressed unit."""

    kind: Literal[Kind.REPLY] = Kind.REPLY
    ref: str
    content: str


ElectionMatter = Literal["请示", "延期批复", "换届中", "已换届"]
WeaknessMatter = Literal["认定", "整顿", "验收", "跟踪"]


@frozen(kw_only=True)
class Election(Recorded):
    """换届 of a party organisation's committee: 请示, 延期批复 (to a date), 已换届."""

    kind: Literal[Kind.ELECTION] = Kind.ELECTION
    organisation: str
    matter: ElectionMatter
    to: date | None = None


@frozen(kw_only=True)
class WeakOrganisation(Recorded):
    """软弱涣散: a party organisation is listed, put in order, examined, followed.

    ``score`` is of 100, ``opposed`` the percent of the votes that were not content.
    """

    kind: Literal[Kind.WEAK_ORGANISATION] = Kind.WEAK_ORGANISATION
    organisation: str
    matter: WeaknessMatter
    cause: str | None = None
    score: int | None = None
    opposed: int | None = None
    followed_until: date | None = None


@frozen(kw_only=True)
class Lesson(Recorded):
    """经验 worth passing on; phase summaries collect them."""

    kind: Literal[Kind.LESSON] = Kind.LESSON
    content: str


_T = TypeVar("_T")


def _with_changes(entry_class: type[_T]) -> type[_T]:
    """Gives a class the fields that a 更正 may change, all optional, with the types that they have in the classes above."""
    hints: dict[str, Any] = {}
    for other in Recorded.__subclasses__():
        hints |= other.__annotations__
    for name in CHANGEABLE:
        if name not in Recorded.__annotations__:
            hint = type_of_change(hints[name])
            entry_class.__annotations__[name] = hint
            setattr(entry_class, name, () if get_origin(hint) is tuple else None)
    return entry_class


def type_of_change(hint: Any) -> Any:
    """The type of a field of a 更正: that of the corrected field, optional; any text where that has choices.

    >>> type_of_change(Literal["属实", "反弹"] | None), type_of_change(date), type_of_change(tuple[str, ...])
    (str | None, datetime.date | None, tuple[str, ...])
    """
    bare = (
        next(arg for arg in get_args(hint) if arg is not NoneType) if get_origin(hint) in (Union, UnionType) else hint
    )
    if get_origin(bare) is tuple:
        return bare
    return (str if get_origin(bare) is Literal else bare) | None


@frozen(kw_only=True)
@_with_changes
class Correction(Recorded):
    """更正: what the named entry should have said, or that it is void; both stay visible.

    The changed fields bear the names they have in the corrected entry, 内容 and 佐证 too (``CHANGEABLE``); 措施 单位 事项 日期
    cannot change. ``note`` (更正说明) says why.
    """

    kind: Literal[Kind.CORRECTION] = Kind.CORRECTION
    measure: None = None
    unit: None = None
    ref: str
    void: bool = False
    note: str | None = None

    def faults(self) -> Iterator[Fault]:
        if not self.void and all(getattr(self, name) in (None, ()) for name in CHANGEABLE):  # 0 is a change too
            yield "针对", "更正没有写改成什么", "写上改动的字段，或 作废: 是"


Entry = (
    Claim
    | Progress
    | BasicallyDone
    | Done
    | Application
    | Review
    | OnSiteVisit
    | Notice
    | CloseOut
    | Filing
    | Reopening
    | ExtensionRequest
    | ExtensionGrant
    | ExtensionRefusal
    | ToLongTerm
    | LongTermReview
    | Occurrence
    | Inspection
    | LookBack
    | Escalation
    | Reply
    | Correction
    | Election
    | WeakOrganisation
    | Lesson
)

ENTRY_CLASSES: tuple[type[Recorded], ...] = get_args(Entry)
