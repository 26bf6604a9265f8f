"""Spans: what holds of something, and the days on which it does."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple, Generic[T]):
    """What holds from the day ``since`` to the eve of ``until``."""

    what: T
    since: date
    until: date


def merged(spans: Iterable[Span[T]]) -> Iterator[Span[T]]:
    """Spans in order of days, those of which one goes on as the one before was made one."""
    before: Span[T] | None = None
    for span in spans:
        if before and (before.until, before.what) == (span.since, span.what):
            before = Span(before.what, before.since, span.until)
            continue
        if before:
            yield before
        before = span
    if before:
        yield before
