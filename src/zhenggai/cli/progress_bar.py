"""The progress bar on stderr. It appears after one second of work and disappears when the work is done."""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from zhenggai.progress import watch_with

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

_PATIENCE, _STEP = 1.0, 0.1  # seconds: before the bar appears, and between two updates
_shown: "list[Progress]" = []
_slow: list[str] = []  # the works that got a bar; every later work gets one at once


@contextmanager
def bars() -> Iterator[None]:
    """Show bars while the context is open. However it ends, all bars are removed."""
    watch_with(_watched)
    try:
        yield
    finally:
        watch_with(None)
        _slow.clear()
        while _shown:
            _shown.pop().stop()


def _watched(things: Collection[T], work: str) -> Iterator[T]:
    begun, done = monotonic(), 0
    rest = iter(things)
    for thing in rest:
        yield thing
        done += 1
        if _slow or monotonic() - begun > _PATIENCE:
            break
    if done < len(things):
        yield from _with_bar(rest, work, done, len(things))


def _with_bar(rest: Iterator[T], work: str, done: int, total: int) -> Iterator[T]:
    from rich.console import Console  # imported here: most work ends before a bar is needed
    from rich.progress import MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class ProgressBar(ProgressColumn):
        """A bar of ASCII characters. Rich's own characters are two columns wide on a Chinese Windows console."""

        def render(self, task: Task) -> Text:
            """Ten characters, so that the line fits a window of 40 columns."""
            return Text(f"[{'#' * int(task.percentage / 10):<10}]", no_wrap=True)

    columns = (
        TextColumn("{task.description}"),
        ProgressBar(),
        TextColumn("{task.percentage:>3.0f}%"),
        MofNCompleteColumn("/"),
    )

    class Screen(Console):
        """A console that never hides the cursor. With Rich's, a killed program would leave the cursor hidden."""

        def show_cursor(self, show: bool = True) -> bool:
            return False

    screen = Screen(file=sys.stderr, color_system=None, highlight=False, markup=False, emoji=False)
    bar = Progress(*columns, console=screen, auto_refresh=False, transient=True)
    task, looked = bar.add_task(work, total=total, completed=done), monotonic()
    bar.start()
    _shown.append(bar)
    _slow.append(work)
    for thing in rest:
        yield thing
        done += 1
        if (now := monotonic()) - looked > _STEP:
            bar.update(task, completed=done, refresh=True)
            looked = now
    bar.stop()
    _shown.remove(bar)
