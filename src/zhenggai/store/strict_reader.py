"""Reads ledger files that are in the tool's own canonical form, fast; what is not exactly so is for the event reader.

It knows no complaint: a file that anything could be said about is not read here, and the event reader says it.
"""

from itertools import compress
from typing import Any

from zhenggai.model.entries import CLASS_OF_KIND, Entry
from zhenggai.model.faults import entry_faults
from zhenggai.store.strict_pattern import form_of
from zhenggai.store.yamlevents import CAREFUL_COST, MAX_NODES, MAX_VALUE

Placed = tuple[Entry, int, int]
"""An entry, the line it begins on (from 1), and the offset of its ``- `` in characters."""

_KIND = "\n  事项: "


def read_strictly(text: str) -> list[Placed] | None:
    """The entries of a canonical ledger in which nothing is wrong, as the event reader gives them; None for any other text."""
    try:
        placed, lines = _entries(text)
    except ValueError:
        return None
    careful = CAREFUL_COST * len(placed) if "&" in text or "!" in text else 0  # as the event reader counts such texts
    return placed if lines + careful <= MAX_NODES else None


def is_canonical(text: str) -> bool:
    """Whether a ledger's text is its own canonical form, and nothing is wrong with what it says.

    >>> entry = "- 编号: 20200512-k3f9x2ab\\n  日期: 2020-05-12\\n  措施: 3-2\\n  事项: 认领\\n{}  填报人: 办公室\\n"
    >>> [is_canonical(entry.format(line)) for line in ("  责任人: 甲\\n", "  责任人: 040\\n", "  责任人: 甲: 乙\\n", "\\n")]
    [True, False, False, False]
    """
    return read_strictly(text) is not None


def _entries(text: str) -> tuple[list[Placed], int]:
    """The entries, and how many lines they have; ``ValueError`` at the first that is not for this reader.

    The loop that costs (benchmarks/reading.py).
    """
    placed: list[Placed] = []
    at = lines = 0
    while at < len(text):
        kind = text.find(_KIND, at) + len(_KIND)
        entry_class: Any = CLASS_OF_KIND.get(text[kind : text.find("\n", kind)])
        form = form_of(entry_class) if entry_class else None
        match = form.pattern.match(text, at) if form else None
        if form is None or match is None:
            raise ValueError(at)
        groups = match.groups()
        given = zip(compress(form.fields, groups), filter(None, groups))  # noqa: B905  # one each, and `strict` costs 4 %
        entry = form.make(**{name: typed(written) for (name, typed), written in given})
        end = match.end()
        if end - at > MAX_VALUE or (form.can_fault and any(entry_faults(entry))):
            raise ValueError(at)
        placed.append((entry, lines + 1, at))
        lines += text.count("\n", at, end)
        at = end
    return placed, lines
