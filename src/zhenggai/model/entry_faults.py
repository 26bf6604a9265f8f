"""Faults of an entry that types cannot express: fields that are valid alone but not together."""

from collections.abc import Iterable

from zhenggai.model.entries import Correction, Done, Entry, Notice, Recorded, Review
from zhenggai.model.event_of_entry import CHANGEABLE
from zhenggai.model.kinds import ABSENT, RETURNED

FAULTY: frozenset[type[Recorded]] = frozenset((Done, Review, Notice, Correction))
"""The entry classes that can have such faults; the others need no check."""


def entry_faults(entry: Entry) -> Iterable[tuple[str, str, str]]:
    """The faults of an entry, each as (label of the field, what is wrong, what to do), in Chinese."""
    match entry:
        case Done(conclusion=conclusion, basis=None) if conclusion == ABSENT:
            yield "结论", "经核查不存在须写明依据", "补上一行 依据: …"
        case Review(conclusion=conclusion, cause=None) if conclusion == RETURNED:
            yield "结论", "退回须写明原因", "补上一行 原因: …"
        case Notice(start=start, end=end) if end < start:
            yield "止", "公示的止日早于起日", "核对起止日期"
        case Correction(void=False) if not _changes(entry):
            yield "针对", "更正没有写改成什么", "写上改动的字段，或 作废: 是"


def _changes(entry: Correction) -> bool:
    return any(getattr(entry, name) not in (None, ()) for name in CHANGEABLE)  # 0 is a change too
