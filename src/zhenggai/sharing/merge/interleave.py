"""Weaves two orders of the same things into one: what each side added stands behind the neighbour that both have."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

Name = TypeVar("Name", bound=Hashable)


def woven(base: Iterable[Name], ours: Sequence[Name], theirs: Sequence[Name], key: Callable[[Name], Any]) -> list[Name]:
    """All of ``ours`` and ``theirs``, each once; no side has one twice.

    What both have keeps the order of ours, or of theirs where ours kept that of ``base``. What one side added follows
    its neighbour in its order; where both added behind the same neighbour, the lower ``key`` comes first.

    >>> print(*woven("abc", "abxc", "abcyw", key=str))
    a b x c y w
    >>> print(*woven("ab", "abxz", "abyw", key=str))
    a b x y w z
    >>> print(*woven("abc", "abc", "xcab", key=str))
    x c a b
    """
    common = set(ours) & set(theirs)
    order = _common_order([n for n in base if n in common], [n for n in ours if n in common], theirs, common)
    mine, others = _runs(ours, common), _runs(theirs, common)
    names: list[Name] = []
    for neighbour in (None, *order):
        if neighbour is not None:
            names.append(neighbour)
        names += _zipped(mine.get(neighbour, []), others.get(neighbour, []), key)
    return names


def _common_order(base: list[Name], ours: list[Name], theirs: Sequence[Name], common: set[Name]) -> list[Name]:
    known = set(base)
    kept = [name for name in ours if name in known] == base
    return [name for name in theirs if name in common] if kept else ours


def _runs(names: Iterable[Name], common: set[Name]) -> dict[Name | None, list[Name]]:
    """What a side alone has, by the nearest one above that both have."""
    runs: dict[Name | None, list[Name]] = {}
    neighbour: Name | None = None
    for name in names:
        if name in common:
            neighbour = name
        else:
            runs.setdefault(neighbour, []).append(name)
    return runs


def _zipped(ours: list[Name], theirs: list[Name], key: Callable[[Name], Any]) -> list[Name]:
    """Two runs as one; each keeps its own order. ``key`` is asked only where both have something."""
    mine, others = ours[::-1], theirs[::-1]
    names = []
    while mine and others:
        names.append((mine if key(mine[-1]) <= key(others[-1]) else others).pop())
    return names + mine[::-1] + others[::-1]
