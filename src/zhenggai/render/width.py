"""How many columns a text takes on a terminal and in a fixed-width font, as wcwidth counts them."""

_WIDTHS = (
    (" ", "~", 1),
    ("\u3001", "\u3029", 2),
    ("\u4e00", "\u9fff", 2),
    ("\uff01", "\uff60", 2),
    ("\u2010", "\u2026", 1),  # dashes, quotation marks, the ellipsis
)


class _Usual(dict[str, int]):
    """The widths of usual characters, each looked up once; KeyError for any other."""

    def __missing__(self, character: str) -> int:
        for first, last, width in _WIDTHS:
            if first <= character <= last:
                self[character] = width
                return width
        raise KeyError(character)


_usual = _Usual()


def width_of(text: str) -> int:
    """The columns of a text without control characters; wcwidth's tables are loaded only for unusual characters.

    >>> width_of("3-2 县教育局"), width_of("é级")
    (12, 3)
    """
    if text.isascii():
        return len(text)
    try:
        return sum(map(_usual.__getitem__, text))
    except KeyError:
        from wcwidth import wcswidth  # here, since most texts are of usual characters

        return int(wcswidth(text))
