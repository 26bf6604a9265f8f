"""What can be picked from a list: the choices, and those that a typed word means."""

import unicodedata
from collections.abc import Iterable, Sequence

from zhenggai.frozen import frozen
from zhenggai.model.pinyin_initials import pinyin_initials


@frozen
class Choice:
    """One row of a list.

    - ``value``: the answer, shown first in the row.
    - ``about``: what stands beside it.
    - ``also``: other words that mean it, such as the short names of a unit.
    """

    value: str
    about: str = ""
    also: tuple[str, ...] = ()


def plain_choices(values: Iterable[str]) -> tuple[Choice, ...]:
    """Choices that need no explanation."""
    return tuple(map(Choice, values))


def narrowed(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that a beginning, a part or the pinyin initials fit; all of them if nothing was typed.

    The best fit comes first: the word itself, what begins with it, what holds it.

    >>> units = plain_choices(("县委办公室", "县教育局", "教育局"))
    >>> [c.value for c in narrowed(units, "教育局")], [c.value for c in narrowed(units, "xj")]
    (['教育局', '县教育局'], ['县教育局'])
    >>> tasks = (Choice("2-1", "整改中　民主生活会"), Choice("12-1", "未启动　主题党日"))
    >>> [[c.value for c in narrowed(tasks, typed)] for typed in ("2", "1", "ztdr", "生活会", "9")]
    [['2-1'], ['12-1'], ['12-1'], ['2-1'], []]
    """
    word = _plain(typed)
    ranks = [(rank, choice) for choice in choices if (rank := _rank(choice, word)) is not None]
    return [choice for _, choice in sorted(ranks, key=lambda found: found[0])]


def meant(choices: Sequence[Choice], typed: str) -> Choice | None:
    """The choice that a word means beyond doubt: by its name, or as the only one that fits. None if there is none."""
    word = _plain(typed)
    fit = narrowed(choices, typed) if word else []
    return fit[0] if fit and (len(fit) == 1 or _rank(fit[0], word) == 0) else None


def _rank(choice: Choice, word: str) -> int | None:
    """How well a word fits a choice, 0 best; None if it does not. A number fits only at the beginning of a value."""
    names = [_plain(name) for name in (choice.value, *choice.also)]
    if word in names:
        return 0
    if any(name.startswith(word) for name in names):
        return 1
    if word[:1].isdigit():
        return None
    about = _plain(choice.about)
    named = [about] if choice.value[:1].isdigit() else names  # a number's words are those beside it
    initials = [pinyin_initials(text) for text in named]
    if any(text.startswith(word) for text in initials):
        return 2
    return 3 if any(word in text for text in (*names, about, *initials)) else None


def _plain(text: str) -> str:
    """A text without the difference between full width and half width, large and small letters."""
    return unicodedata.normalize("NFKC", text).strip().lower().replace("—", "-")
