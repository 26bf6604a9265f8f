"""Profiles of rules (规则): thresholds and ladder as used in different places. A plan names one and may override values."""

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar, Literal

from zhenggai.frozen import frozen
from zhenggai.model.labels import PlainConfig, plain_config
from zhenggai.model.source import Where
from zhenggai.model.time_zone import BEIJING


@frozen(kw_only=True)
class LadderStep:
    """A step of the ladder (督办阶梯): the kind of letter, its addressee, and the days past the due date (negative: before)."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    overdue_days: int
    kind: Literal["提醒", "督办", "告诫", "约谈", "通报", "问责"]
    addressee: str
    where: Where = field(default=Where(), compare=False)


Ladder = tuple[LadderStep, ...]

_PAST_DUE: Ladder = (
    LadderStep(overdue_days=1, kind="督办", addressee="单位及主要负责人"),
    LadderStep(overdue_days=7, kind="告诫", addressee="主要负责人"),
    LadderStep(overdue_days=15, kind="约谈", addressee="主要负责人"),
    LadderStep(overdue_days=30, kind="通报", addressee="单位及主要负责人"),
)
_LADDER: Ladder = (
    LadderStep(overdue_days=-20, kind="提醒", addressee="责任人"),
    LadderStep(overdue_days=-10, kind="提醒", addressee="责任人、分管领导"),
    *_PAST_DUE,
)


@frozen(kw_only=True)
class Profile:
    """A profile of rules. Numbers are days, except ``lag_points`` (percentage points) and ``red_months``.

    ``time_zone`` is the zone whose day is today (``model.time_zone``); it is the same in every profile.

    ``name`` also selects the table of lights (``rules.day.lights``); a profile with overridden values keeps its name.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str = "默认"
    time_zone: str = BEIJING
    due_soon_days: int = 20
    urgent_days: int = 10
    lag_points: int = 20
    silent_days: int = 30
    immediate_days: int = 15
    late_record_days: int = 7
    look_back_days: int = 90
    red_months: int = 3
    ladder: Ladder = _LADDER
    where: Where = field(default=Where(), compare=False)


DEFAULT = Profile()

_JIANGJIN: Ladder = (
    LadderStep(overdue_days=-20, kind="提醒", addressee="主办人"),
    LadderStep(overdue_days=-10, kind="提醒", addressee="主办人、分管领导"),
    *_PAST_DUE,
)

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        DEFAULT,
        Profile(name="景德镇", lag_points=0),
        Profile(name="江津", ladder=_JIANGJIN),
        Profile(name="宿迁", due_soon_days=10),
    )
}
"""The profiles that a plan may name (规则: 江津)."""
