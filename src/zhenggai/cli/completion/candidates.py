"""The candidates for the word at the cursor."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from zhenggai.cli.command_table import COMMANDS
from zhenggai.cli.completion.line import Line, line_at
from zhenggai.cli.completion.parameters import Parameter
from zhenggai.cli.offers import Offer
from zhenggai.cli.typed_words import command_word
from zhenggai.cli.writing.choices import Choice, narrowed, plain_choices
from zhenggai.model.pinyin_initials import pinyin_initials
from zhenggai.model.wording import shortened

FILES: Final = "files"
FOLDERS: Final = "folders"
_ABOUT = 40  # characters


def candidates(words: Sequence[str], typed: str, folder: Path) -> list[Choice] | Literal["files", "folders"]:
    """What may stand at the cursor, the best fit first; ``FILES`` or ``FOLDERS`` where the shell completes paths.

    ``words`` stand after the program's name and before ``typed``. Live names are those of the ledger at ``folder``.
    Raises ``ZhenggaiError`` or ``OSError`` if the ledger cannot be read.
    """
    line = line_at(words, typed)
    if line.options is not None:
        return _options(line.options, line.typed)
    if line.offer is None:
        return _commands(line.typed)
    if FILES in line.offer.things:
        return FILES
    if FOLDERS in line.offer.things:
        return FOLDERS
    return list(_values(line, line.offer, folder))


def _commands(typed: str) -> list[Choice]:
    """English names for what is empty or in English, else Chinese ones, by their pinyin too.

    >>> [choice.value for choice in _commands("st")], [c.value for c in _commands("总")], [c.value for c in _commands("sqxh")]
    (['status'], ['总览'], ['申请销号'])
    """
    word = command_word(typed)
    shown = [command for command in COMMANDS if command.group]
    english = [Choice(command.name, command.about) for command in shown if command.name.startswith(word)]
    chinese = {command.alias: Choice(command.alias, command.about) for command in shown}
    found = english or [chinese[choice.value] for choice in narrowed(plain_choices(chinese), word)]
    return [choice for choice in found if choice.value.startswith(word)] or found  # 汇总 is no second choice for 总


def _options(options: Sequence[Parameter], typed: str) -> list[Choice]:
    """Long English names for dashes and English, else Chinese ones, by their pinyin too."""
    plain = re.sub(r"\A\W+", "", typed)
    named = [(name, option) for option in options for name in option.names if name.startswith("--")]
    if exact := [_option(typed, option) for option in options if typed in option.names]:
        return exact
    english = [_option(name, o) for name, o in named if name.isascii() and name[2:].startswith(plain)]
    chinese = [(name, o) for name, o in named if not name.isascii()]
    return english or [
        _option(name, o) for name, o in chinese if name[2:].startswith(plain) or pinyin_initials(name).startswith(plain)
    ]


def _option(name: str, option: Parameter) -> Choice:
    return Choice(name, shortened(option.about, _ABOUT))


def _values(line: Line, offer: Offer, folder: Path) -> Iterator[Choice]:
    """The values of an offer that fit; of several names with 、 between them, the last one is completed."""
    before, sign, typed = line.typed.rpartition("、")
    choices = [Choice(word, about) for word, about in offer.words]
    if offer.things:
        from zhenggai.cli.completion.live_names import LiveNames  # imported here: words of the program need no ledger
        from zhenggai.reading.data_folders import find_root

        if root := find_root(folder):
            live = LiveNames(root, line.said)
            choices = [*(choice for thing in offer.things for choice in live.of(thing)), *choices]
    for choice in narrowed(choices, typed):
        yield Choice(f"{line.before}{before}{sign}{choice.value}", choice.about)
