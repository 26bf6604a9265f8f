"""The thresholds by which lights and warnings are given (domain rules, "Lights"); a plan may override each."""

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar

from zhenggai.frozen import frozen
from zhenggai.model.labels import PlainConfig, plain_config
from zhenggai.model.source import Where


@frozen(kw_only=True)
class Profile:
    """A profile of rules; all numbers are days but ``lag_points`` (points of 100)."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    due_soon_days: int = 20
    urgent_days: int = 10
    lag_points: int = 20
    silent_days: int = 30
    immediate_days: int = 15
    late_record_days: int = 7
    where: Where = field(default=Where(), compare=False)


DEFAULT = Profile()

PROFILES: Mapping[str, Profile] = {"默认": DEFAULT}
"""The profiles that a plan may name (规则: 默认)."""
