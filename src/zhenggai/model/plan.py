"""The rectification plan (整改方案): problems, measures, owners, phases, and the changes made after its issue."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Literal

from zhenggai.frozen import frozen
from zhenggai.model.labels import PlainConfig, plain_config
from zhenggai.model.profile import DEFAULT, Profile
from zhenggai.model.source import Where
from zhenggai.model.terms import Terms, terms_of


class Category(StrEnum):
    """类别: the sort of measure, which decides how its tasks are followed."""

    IMMEDIATE = "立行立改"
    DATED = "限期整改"
    STAGED = "分阶段整改"
    LONG_TERM = "长期坚持"
    CONTINUOUS = "持续推进"
    RECURRING = "例行"


LEAD_UNIT = "牵头单位"  # in 审核: the lead unit of the measure


@frozen(kw_only=True)
class Phase:
    """阶段: a period of the plan; ``deadline`` is in the plan's own words."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    number: int
    name: str
    deadline: str
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class ReviewChain:
    """审核: the units of first and second review, and the substitutes (回避) for a reviewer that owns the task.

    ``on_site`` (现场核查): whether somebody must have been there before the second review passes an application.
    ``notice_days`` (公示天数) is the length of the public notice before a close-out; 0 means that no notice is needed.
    ``filed_with`` (备案) is to whom every close-out is reported for the record, in or outside the unit book.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    first_review: str = LEAD_UNIT
    second_review: str
    stand_in: tuple[str, ...] = ()
    on_site: bool = False
    notice_days: int = 7
    filed_with: str | None = None
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Submission:
    """报送: a report that a superior (``recipient``, 报) wants by a day; ``signed_by`` (签批) is who signs it.

    ``sent`` (已报) is the day on which one was sent that no issued report says it answers, such as the plan itself.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str
    deadline: str
    recipient: str | None = None
    signed_by: str | None = None
    sent: date | None = None
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Dispatch:
    """发文: what stands on the reports as papers. ``issuer`` (机关) sends them; ``masthead`` (版头) are the red words at the top.

    ``report_to`` (报送) and ``copy_to`` (抄送) are to whom they go; ``signed`` (落款) is who signs.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    issuer: str
    masthead: str | None = None
    report_to: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    signed: str | None = None
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Target:
    """指标: a number to be reached, such as 党性教育课时占比 > 20 %. If it is ``summed`` (合计), by all units of the measure together."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str
    requirement: str
    summed: bool = False
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Step:
    """步骤: a part of a measure. It must be done before close-out; it is not counted as a measure."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    number: str
    content: str
    deadline: str | None = None
    frequency: str | None = None
    target: Target | None = None
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Share:
    """分工: one unit's own people, deadline, batch or part of the 问题金额 (``amount``) within a measure."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    unit: str
    person: str | None = None
    leader: str | None = None
    leader_in_charge: str | None = None
    first_responsible: str | None = None
    deadline: str | None = None
    batch: str | None = None
    amount: str | None = None
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Cancellation:
    """取消: the measure is cancelled from ``date`` on; ``merged_into`` is the number of the measure that replaces it."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    recorded: date | None = None
    date: date
    basis: str
    merged_into: str | None = None
    where: Where = field(default=Where(), compare=False)


AdjustableField = Literal["时限", "牵头单位", "责任单位", "责任人", "责任领导", "分管领导", "第一责任人", "配合单位", "督导单位", "验收单位", "整改类型", "优先", "整改目标", "完成标准", "内容", "频次", "下次评估", "问题金额"]  # fmt: skip


@frozen(kw_only=True)
class Adjustment:
    """调整: a field's new value from ``date`` on, recorded on ``recorded``. The field itself keeps its issued value.

    A measure has all these fields; of a problem only 问题金额 is adjusted. ``old`` and ``new`` hold one text, or several if the field is a list.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    recorded: date | None = None
    date: date
    basis: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...]
    where: Where = field(default=Where(), compare=False)
    field: AdjustableField


@frozen(kw_only=True)
class Measure:
    """措施: what to do, its owners and its deadline, as issued; ``adjustments`` are the changes since then.

    ``acceptor`` (验收单位) stands for the plan's 复核 unit; it may be outside the unit book, such as a department of the province.
    ``rectification_type`` (整改类型: 近期, 中期 …) and ``priority`` (优先: 重点 …) are the plan's own words, for filters.
    ``amount`` (问题金额) is money, with its unit (``model.money``). ``since``, ``recorded`` and ``basis`` belong to a measure that
    was added after the issue.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    number: str
    content: str
    category: Category | None = None
    deadline: str | None = None
    lead_units: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    except_units: tuple[str, ...] = ()
    person: str | None = None
    leader: str | None = None
    leader_in_charge: str | None = None
    first_responsible: str | None = None
    supporting_units: tuple[str, ...] = ()
    guiding_units: tuple[str, ...] = ()
    acceptor: str | None = None
    rectification_type: str | None = None
    priority: str | None = None
    goal: str | None = None
    standard: str | None = None
    target: Target | None = None
    amount: str | None = None
    frequency: str | None = None
    next_review: date | None = None
    phases: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    shares: tuple[Share, ...] = ()
    since: date | None = None
    recorded: date | None = None
    basis: str | None = None
    cancelled: Cancellation | None = None
    adjustments: tuple[Adjustment, ...] = ()
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Problem:
    """问题: a problem that was found. ``since``, ``recorded`` and ``basis`` belong to one added after the issue.

    ``aspects`` (方面) are the headings above it, from the outermost inwards; ``symptoms`` (具体表现) the forms that it takes;
    ``shared_measures`` (同措施) the numbers of measures of other problems that answer it too; ``amount`` (问题金额) is money, with
    its unit (``model.money``), the only field that ``adjustments`` change.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    number: int
    aspects: tuple[str, ...] = ()
    content: str
    symptoms: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    nature: Literal["共性", "个性"] | None = None
    amount: str | None = None
    deadline: str | None = None
    since: date | None = None
    recorded: date | None = None
    basis: str | None = None
    shared_measures: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    measures: tuple[Measure, ...] = ()
    where: Where = field(default=Where(), compare=False)

    @property
    def answered_by(self) -> tuple[str, ...]:
        """The numbers of all measures that answer it: its own, then the shared ones."""
        return tuple(dict.fromkeys((*(measure.number for measure in self.measures), *self.shared_measures)))


@frozen(kw_only=True, slots=False)
class Plan:
    """整改方案. ``issued`` (印发日期) is the base of 即日起 and N日内; ``signature`` makes the audit require signed commits.

    ``plan_type`` (类型) 承诺台账: its problems are meetings or posts, its measures promises; reports call them so (``model.terms``).
    ``leader_in_charge``, ``first_responsible`` and ``guiding_units`` are those of measures that name none. ``opening`` (期初)
    is the last day of an old ledger that was kept elsewhere: entries imported from it (录自) are judged by their own date.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    number: str
    title: str
    plan_type: Literal["承诺台账"] | None = None
    year: int
    issued: date
    feedback: date | None = None
    opening: date | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    task_force: str | None = None
    review: ReviewChain | None = None
    supervisor: str | None = None
    leader_in_charge: str | None = None
    first_responsible: str | None = None
    guiding_units: tuple[str, ...] = ()
    signature: Literal["要求"] | None = None
    rules: Profile = DEFAULT
    deadline: str | None = None
    phases: tuple[Phase, ...] = ()
    submissions: tuple[Submission, ...] = ()
    dispatch: Dispatch | None = None
    problems: tuple[Problem, ...] = ()
    where: Where = field(default=Where(), compare=False)

    @property
    def terms(self) -> Terms:
        """What its type calls its parts."""
        return terms_of(self.plan_type)

    def measures(self) -> Iterator[tuple[Problem, Measure]]:
        """Every measure with its problem, in the plan's order."""
        return ((problem, measure) for problem in self.problems for measure in problem.measures)

    @cached_property
    def measure_by_number(self) -> dict[str, Measure]:
        """Measures by number; for a repeated number, the first."""
        found: dict[str, Measure] = {}
        for _, measure in self.measures():
            found.setdefault(measure.number, measure)
        return found

    def sources_of(self, problem: Problem) -> list[str]:
        """The names of a problem's sources (来源); of one without a name, its code."""
        return [self.sources.get(code, code) for code in problem.origin]
