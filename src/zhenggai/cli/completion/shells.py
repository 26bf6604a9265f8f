"""Answers in the form that each shell's script reads: a line that says of what kind, then a candidate a line.

bash shows what it inserts, so it gets rows with the descriptions while there are several candidates; the other shells
get candidate and description with a tab between them.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhenggai.cli.completion.candidates import candidates
from zhenggai.cli.writing.choices import Choice

_SPECIAL = re.compile(r"([\s\"'$&|;<>()`\\*?\[\]{}#~!])")
_MORE = "…"
_NARROW = 20  # columns


def answer_for(environment: Mapping[str, str]) -> str:
    """The answer to a shell's question, as its environment has it."""
    shell = environment["_ZHENGGAI_COMPLETE"]
    words = [_bare(word) for word in environment.get("_ZHENGGAI_WORDS", "").split("\n") if word]
    typed = _bare(environment.get("_ZHENGGAI_TYPED", ""))
    found = candidates(words, typed, Path.cwd())
    if isinstance(found, str):
        return f"{found}\n"
    found = [choice for choice in found if _shown(choice.value) == choice.value]  # another cannot be typed
    if shell == "bash":
        columns = environment.get("_ZHENGGAI_COLUMNS", "")
        lines = _rows(found, typed, int(columns) if columns.isdecimal() else 80)
    else:
        lines = [f"{choice.value}\t{_shown(choice.about)}" for choice in found]
    return "\n".join(("names", *lines, ""))


def _bare(word: str) -> str:
    """A word without the quotation marks and backslashes of the shell.

    >>> _bare('"县教'), _bare(r"县委办\\(党委\\)")
    ('县教', '县委办(党委)')
    """
    return re.sub(r"\\(.)", r"\1", word.strip("\"'"))


def _shown(text: str) -> str:
    """The text with invisible characters made visible."""
    if text.isprintable():
        return text
    from zhenggai.render.visible import visible  # imported here: most texts are fit to print

    return visible(text)


def _rows(found: Sequence[Choice], typed: str, columns: int) -> list[str]:
    """What bash gets: the only candidate; of several a row each, with what is said of it. All are quoted for the shell.

    bash replaces the word by what all rows begin with. If that would lose what was typed (by pinyin), one more row, …,
    begins otherwise.
    """
    names = [_SPECIAL.sub(r"\\\1", choice.value) for choice in found]
    if len(names) < 2:
        return names
    from zhenggai.render.text import width_of  # imported here: a single candidate has no row

    widest = max(map(width_of, names))
    rows = []
    for name, choice in zip(names, found, strict=True):
        row = f"{name}{' ' * (widest - width_of(name))}  {_shown(choice.about)}".rstrip()
        while width_of(row) >= max(columns, _NARROW):
            row = row[:-2] + _MORE
        rows.append(row)
    return rows if all(choice.value.startswith(typed) for choice in found) else [*rows, _MORE]
