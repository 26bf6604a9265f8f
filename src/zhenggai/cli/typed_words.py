"""Words of the command line as an input method or a habit writes them: ``—进度``, ``--单位＝县教育局``, ``STATUS``, ``总览。``"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

_DASHES = "—–―‐‑‒−－ー-"
_OPTION = re.compile(
    rf"(?P<dashes>[{_DASHES}]+)(?P<name>[^\W\d_][\w-]*)(?:(?P<sign>[=＝：:])(?P<value>.*))?", re.DOTALL
)
_SHORT_WITH_NUMBER = re.compile(rf"[{_DASHES}]([a-zA-Zａ-ｚＡ-Ｚ])(\d+)")
_PUNCTUATION = "，。、；：！？,.;:!?“”\"'‘’（）()"


def command_word(word: str) -> str:
    """The word without what an input method adds to the name of a command.

    >>> command_word("ＳＴＡＴＵＳ"), command_word("总览。"), command_word("Merge_Driver")
    ('status', '总览', 'merge-driver')
    """
    return unicodedata.normalize("NFKC", word).strip().strip(_PUNCTUATION).lower().replace("_", "-")


def narrow_options(words: Sequence[str], options: Mapping[str, bool]) -> list[str]:
    """The words of a command, with the names of its options as it knows them. ``options`` says which take a value.

    A word that no option's name fits, that is the value of an option, or that stands after ``--``, is left as it is.

    >>> narrow_options(["3-2", "——开会", "—进度", "40", "－p", "5", "-as_of=今天"], {"--进度": True, "-p": True, "--as-of": True})
    ['3-2', '——开会', '--进度', '40', '-p', '5', '--as-of=今天']
    """
    narrow: list[str] = []
    is_value = False
    for nth, word in enumerate(words):
        if word == "--":
            return [*narrow, *words[nth:]]
        narrow.append(word if is_value else _narrow(word, options))
        is_value = options.get(narrow[-1], False)
    return narrow


def looks_like_option(word: str) -> bool:
    """Whether a word begins as an option does under an input method: —进度, －p.

    >>> looks_like_option("—快慢"), looks_like_option("－－p"), looks_like_option("--p"), looks_like_option("——")
    (True, True, False, False)
    """
    return not word.startswith("-") and _OPTION.fullmatch(word) is not None


def _narrow(word: str, options: Collection[str]) -> str:
    if short := _SHORT_WITH_NUMBER.fullmatch(word):  # －p４０
        plain = unicodedata.normalize("NFKC", short[1]).lower()
        return f"-{plain}{unicodedata.normalize('NFKC', short[2])}" if f"-{plain}" in options else word
    found = _OPTION.fullmatch(word)
    if found is None or word in options:
        return word
    name = unicodedata.normalize("NFKC", found["name"]).replace("_", "-").lower()
    known = next((dashes + name for dashes in ("--", "-") if dashes + name in options), None)
    if known is None:
        return word
    return known if found["sign"] is None else f"{known}={found['value']}"
