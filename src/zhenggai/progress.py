"""Long work shows itself: what goes through many things lets whoever runs the program watch, and knows nothing of terminals."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

Watcher = Callable[[Collection[Any], str], Iterator[Any]]
"""Hands out the things of a collection, and shows, under a word for the work, how far that has come."""

_watcher: Watcher | None = None


def watch_with(watcher: Watcher | None) -> None:
    """From now on long work is shown by a watcher; None: by nobody."""
    global _watcher  # noqa: PLW0603  # one program, one terminal
    _watcher = watcher


def watched(things: Collection[T], work: str) -> Iterable[T]:
    """The things, one after another, while somebody may watch.

    >>> list(watched([1, 2], "读取"))
    [1, 2]
    """
    return things if _watcher is None else _watcher(things, work)
