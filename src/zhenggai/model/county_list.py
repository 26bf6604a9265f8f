"""The list of counties (汇总名单) that a province keeps for its roll-up: where each county's facts lie, and the province's own 问题类型."""

from collections.abc import Mapping
from dataclasses import field
from typing import ClassVar

from zhenggai.frozen import frozen
from zhenggai.model.labels import PlainConfig, plain_config
from zhenggai.model.source import Where


@frozen(kw_only=True)
class ListedCounty:
    """A county. ``folder`` is where its facts lie, as it is written; ``problem_types`` has problem numbers by type."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str
    code: str
    folder: str
    problem_types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class CountyList:
    """All counties of a roll-up (汇总.yaml)."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    title: str | None = None
    counties: tuple[ListedCounty, ...] = ()
    where: Where = field(default=Where(), compare=False)
