"""Invisible characters: those that are forbidden in the data's texts, and those that are shown as code points.

All modules that write, read, check, audit or print use these definitions. The strings are the inside of a bracket
expression (``[…]``) of a regular expression.
"""

import re

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 (NUL, ESC …) without tab and line ends, DEL, C1 (CSI …)
_SEPARATORS = "\u2028\u2029"
_NO_TEXT = "\ufeff\ufffe\uffff\ud800-\udfff"  # BOM, non-characters, lone surrogates (which UTF-8 cannot encode)
_TURNING = "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates: they change the displayed order
_ANNOTATIONS = "\ufff9-\ufffb"
_TAGS = "\U000e0000-\U000e007f"  # invisible copies of the ASCII characters

NOT_IN_YAML = f"{_CONTROLS}{_SEPARATORS}{_NO_TEXT}"
"""Characters that YAML forbids, and U+0085, U+2028, U+2029, which are line ends in YAML but not in editors."""

HIDDEN = f"\t\n\r{NOT_IN_YAML}{_TURNING}{_ANNOTATIONS}{_TAGS}\xad\u061c\u180e\u200b-\u200f\u2060-\u206f"
"""Characters that are shown as code points. Among them are marks and joiners, which copied texts often have, harmlessly."""

CONTROL = re.compile(f"[{NOT_IN_YAML}{_TURNING}{_ANNOTATIONS}{_TAGS}]|\r(?!\n)")
"""Matches the characters that are forbidden in texts. Tabs, line ends, joiners and direction marks are allowed."""


def control_in(text: str) -> str:
    r"""The first forbidden character of a text, in Chinese with its code point; "" if there is none.

    >>> control_in("督\x1b[D办"), control_in("书\udc80记"), control_in("甲\t\u200b\n乙")
    ('看不见的控制字符 U+001B', '不是文字的字符 U+DC80', '')
    """
    found = None if text.isprintable() else CONTROL.search(text)
    if found is None:
        return ""
    kind = "不是文字的字符" if "\ud800" <= found[0] <= "\udfff" else "看不见的控制字符"
    return f"{kind} U+{ord(found[0]):04X}"
