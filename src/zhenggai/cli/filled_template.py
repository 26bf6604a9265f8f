"""``list --template``: the rows of the ledger in a superior's own workbook, below the heads that it has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from zhenggai.cli.output import say_diagnostics, tell, write_file
from zhenggai.cli.question import Asked
from zhenggai.cli.template_file import template_bytes
from zhenggai.document import Table
from zhenggai.errors import Exit, UsageError
from zhenggai.heads import head_meant
from zhenggai.model.terms import Terms
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import LAYOUTS
from zhenggai.views.task_heads import BY_HEAD
from zhenggai.views.task_list import HEADS
from zhenggai.workbook.filling import fill_template
from zhenggai.workbook.template import Template, read_template

_SUFFIX = ".xlsx"
_NO_TASKS = (LayoutName.A, LayoutName.B, LayoutName.E, LayoutName.PROBLEMS, LayoutName.DUTIES)  # their rows are others
_ALL_TASKS = (LayoutName.C, LayoutName.TASKS)  # a row a task, which knows every head of theirs


class Sample(NamedTuple):
    """Where a template's sample row is."""

    path: Path
    row: int
    sheet: str | None


Listed = Callable[[LayoutName | None, Sequence[str]], tuple[Table, Snapshot]]
"""Makes the list in a layout (None: a row a task) with the columns of these heads."""


def put_in_template(asked: Asked, sample: Sample, layout: LayoutName | None, listed: Listed) -> Exit:
    """Write the list into a copy of the template; without ``layout`` in the one whose own heads it has, else a row a task."""
    output = asked.output
    if output is None or output.suffix.lower() != _SUFFIX:
        raise UsageError(f"填好的模板要写成文件\n  下一步：加 -o 文件名{_SUFFIX}")
    asked.refuse_several("填模板")
    template = read_template(template_bytes(sample.path, output), str(sample.path), sample.row, sample.sheet)
    terms = asked.whole.plan.terms
    layout = _layout_of(template, terms) if layout is None else layout if layout not in _ALL_TASKS else None
    meant = _meant(template, BY_HEAD if layout is None else LAYOUTS[layout].columns.heads.values(), terms)
    wanted = template.wanted(meant)
    if not wanted:
        raise UsageError(
            f"模板第 {sample.row} 行上面没有认得的列名\n"
            f"  下一步：--row 写样例行是第几行；也可以在样例行的格里写 {{{{列名}}}}，列名有：{'、'.join(HEADS)}"
        )
    asked_for = {word: meant[word] for word in wanted}
    table, snapshot = listed(layout, list(dict.fromkeys(asked_for.values())))
    errors = asked.ledger.errors(snapshot)
    write_file(output, fill_template(template, _under(table, asked_for, terms)))
    tell(f"已写入 {output}：{'台账' if layout is None else f'版式{layout}'}的 {_in_one_line(wanted)}")
    if unknown := template.unknown(meant):
        tell(f"空着的列：{_in_one_line(unknown)}")
    return say_diagnostics(errors)


def _layout_of(template: Template, terms: Terms) -> LayoutName | None:
    """The layout whose own heads the template has, word for word; None: a row a task, which knows more of them."""
    if len(_own_heads(template, LayoutName.D)) == len(_heads_of(LayoutName.D)):  # it has only what was applied for
        return LayoutName.D
    best = max(_NO_TASKS, key=lambda name: len(_own_heads(template, name)))
    found = len(_own_heads(template, best))
    by_task = template.wanted(_meant(template, BY_HEAD, terms))
    return best if found >= len(by_task) and found > len(template.wanted(HEADS)) else None


def _own_heads(template: Template, name: LayoutName) -> Sequence[str]:
    return template.wanted(_heads_of(name))


def _heads_of(name: LayoutName) -> Sequence[str]:
    """The heads that a layout always has and fills; each counts its rows."""
    columns = LAYOUTS[name].columns.columns
    return [c.layout.head for c in columns if c.key not in ("nth", "remark") and not c.if_any]


def _meant(template: Template, known: Iterable[str], terms: Terms) -> Mapping[str, str]:
    """What the template's words mean: word → the known head, which may also be called as the plan's type does."""
    own = list(known)
    heads = {terms.head(head): head for head in reversed(own)} | {head: head for head in own}
    found = {word: head_meant(word, heads) for word in template.words()}
    return {word: heads[called] for word, called in found.items() if called is not None}


def _under(table: Table, asked_for: Mapping[str, str], terms: Terms) -> Table:
    """The table with its columns as the template asks for them: word → head. A column may be asked for by two words."""
    places = [
        (word, nth)
        for word, head in asked_for.items()
        for nth, column in enumerate(table.columns)
        if column.head == terms.head(head)
    ]
    return replace(
        table,
        columns=tuple(replace(table.columns[nth], head=word) for word, nth in places),
        rows=tuple(tuple(cells[nth] for _, nth in places) for cells in table.rows),
        footer=(),
    )


def _in_one_line(heads: Sequence[str]) -> str:
    """Heads as a message names them: a line break within one is a blank."""
    return "、".join(" ".join(head.split()) for head in heads)
