"""What can stand at the cursor of a command line: a command, an option, or a value of some parameter."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from zhenggai.cli.command_table import BY_WORD
from zhenggai.cli.completion.parameters import PROGRAM, Parameter, parameters_of
from zhenggai.cli.offers import Offer
from zhenggai.cli.typed_words import command_word, narrow_options

_HELP = ("help", "帮助")
_OPTION = re.compile(r"[—–―－ー-]{1,2}(?!\d)")
_NOTHING = Offer()


class Said(NamedTuple):
    """The words of a command that are complete.

    - ``values``: of each option, by its first name; of a flag "".
    - ``arguments``: the words that belong to no option.
    - ``open_option``: the option whose value comes next; ``options_end``: whether ``--`` has ended the options.
    """

    values: Mapping[str, str]
    arguments: Sequence[str]
    open_option: Parameter | None
    options_end: bool


class Line(NamedTuple):
    """What belongs at the cursor: one of ``options``, a value of ``offer``, or, where both are None, a command.

    ``typed`` is the beginning of it, ``before`` what stands before that in the same word (``--unit=``).
    """

    typed: str
    options: Sequence[Parameter] | None = None
    offer: Offer | None = None
    before: str = ""
    said: Said = Said({}, (), None, False)


def line_at(words: Sequence[str], typed: str) -> Line:
    """The line with these words after the program's name, and the beginning of the word at the cursor.

    >>> line_at(["status", "--unit"], "xj").offer, line_at(["add"], "3-").offer
    (Offer(things=('units', 'classes'), words=()), Offer(things=('measures',), words=()))
    >>> [option.names[0] for option in line_at([], "--").options or ()], line_at([], "st").options is None
    (['--version', '--help'], True)
    """
    words = list(words)
    while words and command_word(words[0]) in _HELP:  # help add is add --help
        words.pop(0)
    if not words:
        return Line(typed, parameters_of(PROGRAM)) if _OPTION.match(typed) else Line(typed)
    row = BY_WORD.get(command_word(words[0]))
    if row is None or not row.group:
        return Line(typed, offer=_NOTHING)
    parameters = parameters_of(row.name)
    by_name = {name: parameter for parameter in parameters for name in parameter.names}
    said = _said(narrow_options(words[1:], {name: not p.is_flag for name, p in by_name.items()}), by_name)
    if said.open_option is not None:
        return Line("" if typed == "=" else typed, offer=said.open_option.offer, said=said)
    name, sign, value = typed.partition("=")
    if sign and name in by_name and not said.options_end:
        return Line(value, offer=by_name[name].offer, before=f"{name}=", said=said)
    if _OPTION.match(typed) and not said.options_end:
        left = [p for p in parameters if p.names and (p.is_repeated or p.names[0] not in said.values)]
        return Line(typed, left, said=said)
    places = [parameter for parameter in parameters if not parameter.names]
    nth = len(said.arguments)
    if nth < len(places):
        return Line(typed, offer=places[nth].offer, said=said)
    return Line(typed, offer=places[-1].offer if places and places[-1].is_repeated else _NOTHING, said=said)


def _said(words: Sequence[str], by_name: Mapping[str, Parameter]) -> Said:
    """The complete words of a command, sorted out. bash makes three words of ``--unit=县教育局``."""
    values: dict[str, str] = {}
    arguments: list[str] = []
    open_option: Parameter | None = None
    for nth, word in enumerate(words):
        name, sign, value = word.partition("=")
        if open_option is not None:
            if word != "=":
                values[open_option.names[0]], open_option = word, None
        elif word == "--":
            return Said(values, (*arguments, *words[nth + 1 :]), None, True)
        elif name in by_name and (sign or by_name[name].is_flag):
            values[by_name[name].names[0]] = value
        elif name in by_name:
            open_option = by_name[name]
        else:
            arguments.append(word)
    return Said(values, arguments, open_option, False)
