"""Content as lines of JSON, on its way from the process that reads a file: ``to_lines`` writes it there, ``from_lines`` checks it here.

A paragraph is ``[line, text]``. A sheet is ``{"name", "hidden"}``, then its rows, each ``[number, hidden, cells]``. A cell is its text,
or ``[text, value, flags]`` if there is more to say: a value as ``d2020-03-10`` or ``n2020.5``, flags by their first letters.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from zhenggai.frozen import fluid
from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet

_FLAGS: Final = {"c": "covered", "s": "struck", "u": "uncalculated"}
_LONGEST: Final = 40_000_000  # characters of all lines


class TooMuch(Exception):
    """The content is more than anybody reads: merged cells and shared texts can say the same over and over."""


def to_lines(content: Iterable[Paragraph | Sheet]) -> Iterator[str]:
    """The content as lines of ASCII, whatever characters it has. Raises ``TooMuch`` if they are too long."""
    length = 0
    for value in _values(content):
        line = json.dumps(value)
        length += len(line)
        if length > _LONGEST:
            raise TooMuch
        yield f"{line}\n"


def from_lines(data: bytes) -> Manuscript:
    """The content that lines say. Raises ``ValueError`` if they say anything else."""
    found: list[Paragraph | _OpenSheet] = []
    try:
        for line in data.splitlines():
            match json.loads(line):
                case {"name": str(name), "hidden": bool(hidden)}:
                    found.append(_OpenSheet(name, hidden, []))
                case [int(number), bool(hidden), list(cells)] if found and isinstance(found[-1], _OpenSheet):
                    found[-1].rows.append(Row(number, tuple(map(_cell, cells)), hidden))
                case [int(number), str(text)]:
                    found.append(Paragraph(text, number))
                case _:
                    raise ValueError(f"not content: {line[:80]!r}")
    except (ArithmeticError, RecursionError) as error:
        raise ValueError(f"not content: {error!r}") from error
    return tuple(
        item if isinstance(item, Paragraph) else Sheet(item.name, tuple(item.rows), item.hidden) for item in found
    )


@fluid
class _OpenSheet:
    """A sheet whose rows are still to come."""

    name: str
    hidden: bool
    rows: list[Row]


def _values(content: Iterable[Paragraph | Sheet]) -> Iterator[object]:
    for item in content:
        if isinstance(item, Paragraph):
            yield [item.line, item.text]
        else:
            yield {"name": item.name, "hidden": item.hidden}
            for row in item.rows:
                yield [row.number, row.hidden, [_from_cell(cell) for cell in row.cells]]


def _from_cell(cell: Cell) -> str | Sequence[str]:
    flags = "".join(letter for letter, name in _FLAGS.items() if getattr(cell, name))
    if not flags and cell.value is None:
        return cell.text
    value = "" if cell.value is None else f"d{cell.value}" if isinstance(cell.value, date) else f"n{cell.value}"
    return [cell.text, value, flags]


def _cell(item: Any) -> Cell:
    match item:
        case str(text):
            return Cell(text)
        case [str(text), str(value), str(flags)]:
            return Cell(text, _value(value), **{name: letter in flags for letter, name in _FLAGS.items()})
    raise ValueError(f"not a cell: {str(item)[:80]}")


def _value(word: str) -> date | Decimal | None:
    if not word:
        return None
    value = date.fromisoformat(word[1:]) if word[0] == "d" else Decimal(word[1:])
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"not a number: {word}")
    return value
