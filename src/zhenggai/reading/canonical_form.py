"""Writes ledger entries in canonical form: each value has exactly one spelling, so files differ in content only."""

import json
import re
from datetime import date
from decimal import Decimal
from functools import cache

from zhenggai.characters import NOT_IN_YAML
from zhenggai.model.entries import Entry
from zhenggai.model.entry_classes import field_order
from zhenggai.model.labels import label_of
from zhenggai.model.money import Money

_FORBIDDEN = f"\t\n\r{NOT_IN_YAML}"
_NUMBER_LIKE = r"[-+.]?[0-9][0-9_,.:a-fxoA-FXO+-]*+"
_WORDS = r"(?ai:[yn]|yes|no|on|off|true|false|null|\.?nan|[-+]?\.inf)"


def plain_pattern(end: str) -> str:
    """The pattern of a text that needs no quotes, followed by the pattern ``end``."""
    return (
        rf"(?!(?:{_NUMBER_LIKE}|{_WORDS}){end})"
        rf"[^\s\-?:,\[\]{{}}#&*!|>'\"%@`~=‹{_FORBIDDEN}]"
        rf"[^ :{_FORBIDDEN}]*+(?:(?: (?!#)|:(?! ))[^ :{_FORBIDDEN}]*+)*+(?<![\s:])"
    )


_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN_FIELDS = frozenset(("number", "date", "measure", "kind", "ref", "steps", *Money._fields))


def is_plain(text: str) -> bool:
    """Whether a text is written without quotes.

    >>> [is_plain(t) for t in ("征求12个党支部意见", "甲: 乙", "40", "yes", "0.4 左右", "- 一", "附件/2020-05/a.txt")]
    [True, False, False, False, True, False, True]
    """
    return _plain().fullmatch(text) is not None


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(plain_pattern(r"\Z"))  # here, since reading needs none of it


def scalar(text: str) -> str:
    """A text as written in a canonical file: plain if possible, else as a JSON string.

    >>> print(scalar("甲: 乙"), scalar("二\\n行"))
    "甲: 乙" "二\\n行"
    """
    if is_plain(text):
        return text
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04X}", json.dumps(text, ensure_ascii=False))


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | int | Decimal) or name in _PLAIN_FIELDS:
        return str(value)
    return scalar(str(value))


def entry_text(entry: Entry) -> str:
    """The canonical lines of an entry, each ending with a line feed."""
    lines: list[str] = []
    for name in field_order(type(entry)):
        value = getattr(entry, name)
        if value is None or value is False or value == ():
            continue
        label = label_of(name)
        if isinstance(value, tuple):
            lines += [f"{label}:", *(f"- {_value(name, item)}" for item in value)]
        else:
            lines.append(f"{label}: {_value(name, value)}")
    return "".join(f"{'- ' if i == 0 else '  '}{line}\n" for i, line in enumerate(lines))


def lines_before(entry: Entry, field: str) -> int:
    """How many canonical lines of an entry stand before those of a field (English name) that it has.

    >>> from zhenggai.model.entries import Lesson
    >>> lines_before(Lesson(number="20200512-k3f9x2ab", date=date(2020, 5, 12), content="甲", writer="办"), "content")
    3
    """
    starts = [line[2:].startswith(f"{label_of(field)}:") for line in entry_text(entry).splitlines()]
    return starts.index(True)
