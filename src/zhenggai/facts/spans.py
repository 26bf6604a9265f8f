"""Spans: what holds of something, and the days on which it does."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
_DAY = timedelta(days=1)


class Span(NamedTuple, Generic[T]):
    """What holds from the day ``since`` to the eve of ``until``."""

    what: T
    since: date
    until: date


def days_to(what: T, first: date, last: date) -> Span[T]:
    """What holds from its first day to its last one."""
    return Span(what, first, last + _DAY)


def merged(spans: Iterable[Span[T]]) -> Iterator[Span[T]]:
    """Spans in order of days, those of which one goes on as the one before was made one."""
    before: Span[T] | None = None
    for span in spans:
        if before is not None and before.until == span.since and before.what == span.what:
            before = Span(before.what, before.since, span.until)
            continue
        if before is not None:
            yield before
        before = span
    if before is not None:
        yield before
