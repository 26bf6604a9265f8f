"""The texts that ``find`` looks at: what people have written in the plan and in entries. Numbers and days are none."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, get_args

from zhenggai.frozen import types_of
from zhenggai.model.entries import Entry
from zhenggai.model.entry_classes import field_order
from zhenggai.model.evidence_name import is_evidence_file
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Plan, Step
from zhenggai.model.source import Source

Day = date  # for a class with a field named ``date``

_NOT_OF_PLAN = frozenset(
    ("number", "rules", "signature", "merged_into", "field", "old", "new", "problems", "measures", "shared_measures")
)  # numbers and choices; the new text of a 调整 is the text of the measure
_NOT_OF_ENTRY = frozenset(("number", "ref", "measure", "steps", "period", "measure_digest", "application_digest"))


class Text(NamedTuple):
    """A text and where it stands. It is a tuple because thousands are made.

    - ``kind``: 方案, 问题, 措施 or a part of these (步骤, 分工, 阶段, …); of an entry its 事项.
    - ``problem``, ``measure``, ``step``: numbers; ``entry`` is the number of an entry, ``unit`` the unit that it is about.
    - ``field``: the label of the field.
    """

    kind: str
    problem: int | None = None
    measure: str | None = None
    step: str | None = None
    unit: str | None = None
    date: Day | None = None
    entry: str | None = None
    field: str = ""
    text: str = ""


Placed = tuple[Text, Source]


def plan_texts(plan: Plan, *, title: bool) -> Iterator[list[Placed]]:
    """The texts of a plan, those of the plan itself (with ``title``), of each problem and of each measure together.

    The places have lines only if the plan has (``Ledger.located_plan``).
    """
    if title:
        yield list(_texts(plan, Text(kind=label_of("plan"))))
    for problem in plan.problems:
        of_problem = Text(kind=label_of("finding"), problem=problem.number)
        yield list(_texts(problem, of_problem))
        for measure in problem.measures:
            yield list(_texts(measure, of_problem._replace(kind=label_of("measure"), measure=measure.number)))


def _texts(part: Any, at: Text) -> Iterator[Placed]:
    """The texts of a part of the plan and of its own parts."""
    adjusted = {change.field: change.where.of("new") for change in getattr(part, "adjustments", ())}
    for name in types_of(type(part)):
        if name in _NOT_OF_PLAN:
            continue
        label, value = label_of(name), getattr(part, name)
        items = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        for item in items:
            if isinstance(item, str):
                yield at._replace(field=label, text=str(item)), adjusted.get(label) or part.where.of(name)
            elif hasattr(item, "where"):
                step = item.number if isinstance(item, Step) else at.step
                yield from _texts(item, at._replace(kind=label, step=step))


def entry_texts(entry: Entry) -> list[tuple[str, str]]:
    """The texts of an entry, each with the English name of its field. Of a file only its name is a text, not its folder."""
    found: list[tuple[str, str]] = []
    entry_class: Any = type(entry)
    for name in _text_fields(entry_class):
        value = getattr(entry, name)
        if isinstance(value, str):
            found.append((name, value))
        elif value:
            found += ((name, item.rpartition("/")[2] if is_evidence_file(item) else item) for item in value)
    return found


@cache
def _text_fields(entry_class: Any) -> tuple[str, ...]:
    """The fields of an entry class that hold texts, in canonical order."""
    hints = types_of(entry_class)
    return tuple(
        name
        for name in field_order(entry_class)
        if name not in _NOT_OF_ENTRY and not {date, int, bool, Decimal} & {hints[name], *get_args(hints[name])}
    )
