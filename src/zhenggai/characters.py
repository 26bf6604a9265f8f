"""Characters that nobody sees: which ones no text of the data may hold, and which are shown instead of done.

The one definition for all who write, read, check, audit and show. Each name is the inside of a regular expression's brackets.
"""

import re

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab and line ends, DEL, C1: NUL, ESC, CSI …
_SEPARATORS = "\u2028\u2029"
_NO_TEXT = "\ufeff\ufffe\uffff\ud800-\udfff"  # BOM, non-characters, lone surrogates: no UTF-8 for the last
_TURNING = "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates: they show a text in another order
_ANNOTATIONS = "\ufff9-\ufffb"
_TAGS = "\U000e0000-\U000e007f"  # a whole hidden alphabet

NOT_IN_YAML = f"{_CONTROLS}{_SEPARATORS}{_NO_TEXT}"
"""What YAML forbids, and U+0085, U+2028, U+2029: line ends to YAML, yet to no editor."""

HIDDEN = f"\t\n\r{NOT_IN_YAML}{_TURNING}{_ANNOTATIONS}{_TAGS}\xad\u061c\u180e\u200b-\u200f\u2060-\u206f"
"""What is shown as a code point: also marks and joiners, which many a copied text has, and which do no harm."""

CONTROL = re.compile(f"[{NOT_IN_YAML}{_TURNING}{_ANNOTATIONS}{_TAGS}]|\r(?!\n)")
"""What no text may hold. Tabs and line ends may stand in it, joiners and direction marks too."""


def control_in(text: str) -> str:
    r"""The first control character of a text, in words with its code point; "" where there is none.

    >>> control_in("督\x1b[D办"), control_in("书\udc80记"), control_in("甲\t\u200b\n乙")
    ('看不见的控制字符 U+001B', '不是文字的字符 U+DC80', '')
    """
    found = None if text.isprintable() else CONTROL.search(text)
    if found is None:
        return ""
    kind = "不是文字的字符" if "\ud800" <= found[0] <= "\udfff" else "看不见的控制字符"
    return f"{kind} U+{ord(found[0]):04X}"
