"""Content as JSON, on its way from the process that reads a file: ``as_json`` writes it there, ``from_json`` checks every value here.

A paragraph is ``[line, text]``, a sheet ``{"name", "hidden", "rows"}``, a row ``[number, hidden, cells]``. A cell is its text, or
``[text, value, flags]`` if there is more to say: a value as ``d2020-03-10`` or ``n2020.5``, flags by their first letters.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zhenggai.importing.content import Cell, Manuscript, Paragraph, Row, Sheet

_FLAGS = {"c": "covered", "s": "struck", "u": "uncalculated"}


def as_json(content: Iterable[Paragraph | Sheet]) -> str:
    """The content as one line of ASCII, whatever characters it has."""
    return json.dumps([_from_paragraph(p) if isinstance(p, Paragraph) else _from_sheet(p) for p in content])


def from_json(text: str | bytes) -> Manuscript:
    """The content that a text says. Raises ``ValueError`` if it says anything else."""
    try:
        return tuple(
            _sheet(item) if isinstance(item, dict) else _paragraph(item) for item in _sequence(json.loads(text))
        )
    except (KeyError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not content: {error!r}") from error


def _from_paragraph(paragraph: Paragraph) -> list[object]:
    return [paragraph.line, paragraph.text]


def _from_sheet(sheet: Sheet) -> dict[str, object]:
    rows = [[row.number, row.hidden, [_from_cell(cell) for cell in row.cells]] for row in sheet.rows]
    return {"name": sheet.name, "hidden": sheet.hidden, "rows": rows}


def _from_cell(cell: Cell) -> object:
    flags = "".join(letter for letter, name in _FLAGS.items() if getattr(cell, name))
    if not flags and cell.value is None:
        return cell.text
    value = "" if cell.value is None else f"d{cell.value}" if isinstance(cell.value, date) else f"n{cell.value}"
    return [cell.text, value, flags]


def _paragraph(item: object) -> Paragraph:
    line, text = _sequence(item, 2)
    return Paragraph(_typed(text, str), _typed(line, int))


def _sheet(item: dict[str, Any]) -> Sheet:
    return Sheet(_typed(item["name"], str), tuple(map(_row, _sequence(item["rows"]))), _typed(item["hidden"], bool))


def _row(item: object) -> Row:
    number, hidden, cells = _sequence(item, 3)
    return Row(_typed(number, int), tuple(map(_cell, _sequence(cells))), _typed(hidden, bool))


def _cell(item: object) -> Cell:
    if isinstance(item, str):
        return Cell(item)
    text, value, flags = (_typed(part, str) for part in _sequence(item, 3))
    return Cell(text, _value(value), **{name: letter in flags for letter, name in _FLAGS.items()})


def _value(word: str) -> date | Decimal | None:
    if not word:
        return None
    value = date.fromisoformat(word[1:]) if word[0] == "d" else Decimal(word[1:])
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"not a number: {word}")
    return value


def _sequence(item: object, length: int | None = None) -> Sequence[object]:
    if not isinstance(item, list) or (length is not None and len(item) != length):
        raise ValueError(f"not a list: {str(item)[:80]}")
    return item


def _typed(item: object, kind: type[Any]) -> Any:
    if type(item) is not kind:
        raise ValueError(f"not {kind.__name__}: {str(item)[:80]}")
    return item
