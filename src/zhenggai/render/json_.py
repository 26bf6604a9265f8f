"""JSON of a record: Chinese text unescaped, dates in ISO form, no character that breaks UTF-8 or a terminal.

Unlike in the other formats, data is not changed: invisible characters are escaped, so reading the JSON restores them.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from zhenggai.render.visible import HIDDEN

if TYPE_CHECKING:
    from zhenggai.document import Report


def render(report: "Report", *, width: int | None = None, colour: bool = False) -> str:
    """The report's record as JSON; ``width`` and ``colour`` have no effect."""
    return json_of(report.record())


def json_of(record: object) -> str:
    r"""``record`` as indented JSON in its own order, ending with a newline.

    Decimals are strings, since JSON readers convert numbers to binary fractions. TypeError for values without a JSON form,
    such as sets.

    >>> print(json_of({"unit": "县教育局", "due": date(2025, 6, 30), "value": Decimal("21.50"), "note": "\x9b\u202e"}), end="")
    {
      "unit": "县教育局",
      "due": "2025-06-30",
      "value": "21.50",
      "note": "\u009b\u202e"
    }
    """
    lines = json.dumps(plain(record), ensure_ascii=False, allow_nan=False, indent=2).split("\n")
    return "".join(f"{re.sub(HIDDEN, _escaped, line)}\n" for line in lines)


def plain(value: object) -> Any:  # JSON values have no common type
    """``value`` as plain JSON types: dataclasses become mappings, enums their values, NaN and infinity null."""
    match value:
        case None | bool():
            return value
        case Enum():
            return plain(value.value)
        case int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return f"{value:f}"
        case date() | time():  # datetime is a subclass of date
            return value.isoformat()
        case PurePath():
            return value.as_posix()
        case Mapping():
            return {str(plain(key)): plain(item) for key, item in value.items()}
        case Sequence():
            return [plain(item) for item in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _escaped(match: "re.Match[str]") -> str:
    return json.dumps(match[0])[1:-1]
