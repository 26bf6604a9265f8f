"""libyaml's events, from the C parser that ruamel.yaml ships: the only module that imports ``_ruamel_yaml``, which is private.

The public ``YAML.parse`` gives the same events a tenth slower, and they are what reading costs. The parser ships no types:
what is used of it is declared here.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple, Protocol, cast

from zhenggai.errors import Exit, ZhenggaiError


class YamlMark(Protocol):
    index: int
    line: int  # from 0
    column: int  # from 0


class YamlEvent(Protocol):
    """The union of libyaml's events; only some have all of these."""

    start_mark: YamlMark
    end_mark: YamlMark
    anchor: str | None
    ctag: str | None
    value: str
    style: str
    flow_style: bool
    version: object
    tags: object


class Libyaml(NamedTuple):
    """The event classes (each event is exactly of one), and ``events(text)``: the function that gives the
    next one (None after the end of the stream, where no reader here asks for another)."""

    events: Callable[[str], Callable[[], YamlEvent]]
    scalar: type
    alias: type
    mapping_start: type
    mapping_end: type
    sequence_start: type
    sequence_end: type
    document_start: type


class MissingParserError(ZhenggaiError):
    exit_code = Exit.MISSING


@cache
def libyaml() -> Libyaml:
    """Imported on first use: 50 ms, which a ledger in canonical form need not pay."""
    try:
        import _ruamel_yaml as c
    except ImportError as error:
        raise MissingParserError('缺少 YAML 解析组件，请运行：pip install "ruamel.yaml[oldlibyaml]"') from error

    def events(text: str) -> Callable[[], YamlEvent]:
        return cast("Callable[[], YamlEvent]", c.CParser(text).get_event)

    return Libyaml(
        events,
        c.ScalarEvent,
        c.AliasEvent,
        c.MappingStartEvent,
        c.MappingEndEvent,
        c.SequenceStartEvent,
        c.SequenceEndEvent,
        c.DocumentStartEvent,
    )
