"""The parameters of all commands, as completion knows them without importing a command.

``parameters.json`` is written by ``.ci/pages.py --write`` from the commands themselves; a command's module takes up to
ten times as long to import.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from zhenggai.cli.offers import Offer

FILE = Path(__file__).with_name("parameters.json")
PROGRAM = ""
"""The key of the parameters that stand before the command."""


class Parameter(NamedTuple):
    """A parameter of a command.

    - ``names``: of an option, as it may be written; of an argument none.
    - ``about``: what the help says; ``is_flag``: takes no value; ``is_repeated``: may be given several times.
    - ``offer``: what its value is completed with.
    """

    names: tuple[str, ...]
    about: str
    is_flag: bool = False
    is_repeated: bool = False
    offer: Offer = Offer()


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text("utf-8"))
    return found


def parameters_of(command: str) -> Sequence[Parameter]:
    """The parameters of a command, or of the ``PROGRAM``, in the order of the help."""
    return [
        Parameter(
            tuple(row.get("names", ())),
            row["about"],
            row.get("is_flag", False),
            row.get("is_repeated", False),
            Offer(tuple(row.get("things", ())), tuple((word, about) for word, about in row.get("words", {}).items())),
        )
        for row in _table()[command]
    ]
