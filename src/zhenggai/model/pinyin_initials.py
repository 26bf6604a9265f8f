"""The initials of a Chinese text's pinyin: what people type to find 县教育局 by ``xjyj``.

GB 2312 orders its 3,755 characters of the first level by pinyin. So 23 boundaries give the initial of each, without a
dictionary. A character with several readings has the one under which GB 2312 lists it (重 zhòng, 长 cháng, 行 xíng).
Rarer characters, which GB 2312 orders by radical, have no initial here.
"""

from bisect import bisect
from functools import lru_cache

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"  # the first character of each initial
_INITIALS = "abcdefghjklmnopqrstwxyz"  # no word begins with i, u, v
_BOUNDARIES = [character.encode("gb2312") for character in _FIRST]
_LAST = "座".encode("gb2312")


@lru_cache(maxsize=4096)
def pinyin_initials(text: str) -> str:
    """The initials of a text; letters and digits as they are, in lower case; other characters are left out.

    >>> [pinyin_initials(text) for text in ("县教育局", "住房和城乡建设局", "阶段1", "3-2 摸底", "Ａ镇")]
    ['xjyj', 'zfhcxjsj', 'jd1', '32md', 'az']
    """
    return "".join(map(_initial, text))


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if code[0] == 0xA3:  # the full-width copies of ASCII
        return _initial(chr(code[1] & 0x7F))
    return _INITIALS[bisect(_BOUNDARIES, code) - 1] if _BOUNDARIES[0] <= code <= _LAST else ""
