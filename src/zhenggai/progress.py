"""Progress of long work. Loops report through ``watched``; the command line decides how to show it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

Watcher = Callable[[Collection[Any], str], Iterator[Any]]
"""Iterates over a collection and shows the progress. The text is the name of the work."""

_watcher: Watcher | None = None


def watch_with(watcher: Watcher | None) -> None:
    """Set the watcher that shows progress from now on. None: nothing is shown."""
    global _watcher  # noqa: PLW0603  # one program, one terminal
    _watcher = watcher


def watched(things: Collection[T], work: str) -> Iterable[T]:
    """The items of a collection, with their progress shown under the name ``work``.

    >>> list(watched([1, 2], "读取"))
    [1, 2]
    """
    return things if _watcher is None else _watcher(things, work)
