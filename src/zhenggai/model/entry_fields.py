"""The fields that entries have: where each goes in an event, and whether a 更正 may change it."""

from collections.abc import Mapping
from typing import Literal

from zhenggai.frozen import frozen


class Mark:
    """Bits for fields that an entry has and whose value no rule needs. Plain ints, so that the index can store them."""

    EVIDENCE = 1
    ON_BEHALF = 2
    VOID = 4
    INSTITUTION = 8
    DIFFICULTY = 16
    CAUSE = 32
    NEXT_STEPS = 64
    ACCEPTED_BY = 128
    COPIED = 256


Part = Literal["own", "value", "until", "more", "flags", "text only"]


@frozen
class FieldUse:
    """Where a field goes in an event, and whether a 更正 may change it.

    ``part`` is a part of the event; "own" is the part of the same name, "text only" none: who needs the field reads the
    entry. ``mark`` is the bit of a field that goes into ``flags``.
    """

    part: Part
    mark: int = 0
    correctable: bool = True


_VALUE, _UNTIL, _MORE, _TEXT = FieldUse("value"), FieldUse("until"), FieldUse("more"), FieldUse("text only")
_OWN = FieldUse("own", correctable=False)
_LASTING_TEXT = FieldUse("text only", correctable=False)

FIELDS: Mapping[str, FieldUse] = {
    "percent": _VALUE,
    "steps": _MORE,
    "measured": _MORE,
    "measured_base": _MORE,
    "rectified": _MORE,
    "recovered": _MORE,
    "loss_avoided": _MORE,
    "difficulty": FieldUse("flags", Mark.DIFFICULTY),
    "cause": FieldUse("flags", Mark.CAUSE),
    "next_steps": FieldUse("flags", Mark.NEXT_STEPS),
    "institution": FieldUse("flags", Mark.INSTITUTION),
    "conclusion": _VALUE,
    "person": _MORE,
    "leader": _MORE,
    "approver": _TEXT,
    "accepted_by": FieldUse("flags", Mark.ACCEPTED_BY),
    "basis": _TEXT,
    "receiver": _TEXT,
    "filing_number": _TEXT,
    "to": _UNTIL,
    "start": _TEXT,
    "end": _UNTIL,
    "deadline": _UNTIL,
    "stage_goal": _TEXT,
    "next_review": _UNTIL,
    "period": _VALUE,
    "method": _TEXT,
    "location": _TEXT,
    "inspector": _TEXT,
    "new_finding": _TEXT,
    "addressee": _TEXT,
    "time_limit": _UNTIL,
    "organisations": _TEXT,
    "people": _TEXT,
    "score": _TEXT,
    "opposed": _TEXT,
    "followed_until": _TEXT,
    "content": _TEXT,
    "evidence": FieldUse("flags", Mark.EVIDENCE),
    # what a 更正 does not change
    "number": _OWN,
    "date": _OWN,
    "measure": _OWN,
    "unit": _OWN,
    "kind": _OWN,
    "ref": _OWN,
    "writer": _LASTING_TEXT,
    "own_steps": FieldUse("more", correctable=False),  # in a 更正, 步骤 means the plan's steps
    "on_behalf": FieldUse("flags", Mark.ON_BEHALF, correctable=False),
    "copied_from": FieldUse("flags", Mark.COPIED, correctable=False),
    "special_ledger": _LASTING_TEXT,
    "application_digest": _LASTING_TEXT,
    "measure_digest": _LASTING_TEXT,
    "organisation": _LASTING_TEXT,
    "matter": _LASTING_TEXT,
    "void": FieldUse("flags", Mark.VOID, correctable=False),
    "note": _LASTING_TEXT,
}
"""Every field that an entry may have; the order is that of a 更正's fields in a file."""

CHANGEABLE = tuple(name for name, use in FIELDS.items() if use.correctable)
"""The fields of a 更正 that give the corrected entry new values."""
