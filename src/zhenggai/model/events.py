"""An entry as rules and index see it: a plain event, without its texts, which are read back from where it stands."""

from datetime import date
from typing import NamedTuple

from zhenggai.model.kinds import Kind

Day = date  # inside classes that have a field named ``date``
More = tuple[tuple[str, str], ...]


class Mark:
    """What an entry has beside what its event carries: plain bits, which an index may store."""

    EVIDENCE = 1
    ON_BEHALF = 2
    VOID = 4
    INSTITUTION = 8
    DIFFICULTY = 16
    CAUSE = 32
    NEXT_STEPS = 64


class Event(NamedTuple):
    """What the rules need of an entry, and where it stands.

    ``value`` is the percent of a 进展, the conclusion of a 完成, review or inspection, the period of an occurrence; ``until``
    the date an entry names (至, 公示止, 时限, 下次评估); ``flags`` are bits of ``Mark``; ``more`` what few entries have: steps
    done, a target's value, who claims a task and by which steps, which fields a 更正 changes. ``measure`` and ``unit`` stand as the
    entry has them, None where it has none. ``path`` is that of its file from the root, ``line`` counts from 1, ``offset`` characters.
    """

    date: date
    number: str
    kind: Kind
    value: int | str | None
    until: Day | None
    ref: str | None
    flags: int
    more: More
    measure: str | None
    unit: str | None
    path: str
    line: int
    offset: int

    def all_of(self, name: str) -> tuple[str, ...]:
        """The values under one name in ``more``."""
        return tuple(value for key, value in self.more if key == name)
