"""``list --template``: the rows of the ledger in a superior's own workbook, below the heads that it has."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from zhenggai.cli.output import say_diagnostics, tell, write_file
from zhenggai.cli.question import Asked
from zhenggai.document import Report, Table
from zhenggai.errors import Exit, UsageError
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.layout import LayoutName
from zhenggai.views.ledger_layouts import LAYOUTS
from zhenggai.views.task_list import HEADS
from zhenggai.workbook.filling import fill_template
from zhenggai.workbook.template import Template, read_template
from zhenggai.writing.atomic import read_bytes

_SUFFIX = ".xlsx"


class Sample(NamedTuple):
    """Where a template's sample row is."""

    path: Path
    row: int
    sheet: str | None


Listed = Callable[[LayoutName | None, Sequence[str]], tuple[Report, Snapshot]]
"""Makes the list in a layout (None: its own columns) with the columns of these heads."""


def put_in_template(asked: Asked, sample: Sample, layout: LayoutName | None, listed: Listed) -> Exit:
    """Write the list into a copy of the template. Without ``layout`` its columns are those of which the template asks for most."""
    output = asked.output
    if output is None or output.suffix.lower() != _SUFFIX:
        raise UsageError(f"填好的模板要写成文件\n  下一步：加 -o 文件名{_SUFFIX}")
    asked.refuse_several("填模板")
    template = read_template(_bytes_of(sample.path, output), str(sample.path), sample.row, sample.sheet)
    layout, known = _source(template) if layout is None else (layout, _heads_of(layout))
    wanted = template.wanted(known)
    if not wanted:
        raise UsageError(
            f"模板第 {sample.row} 行上面没有认得的列名\n"
            f"  下一步：--row 写样例行是第几行；也可以在样例行的格里写 {{{{列名}}}}，列名有：{'、'.join(known)}"
        )
    report, snapshot = listed(layout, wanted)
    found = (block for block in report.document().blocks if isinstance(block, Table))
    errors = asked.ledger.errors(snapshot)
    write_file(output, fill_template(template, next(found, Table((), ()))))
    tell(f"已写入 {output}：{'台账' if layout is None else f'版式{layout}'}的 {'、'.join(wanted)}")
    if unknown := template.unknown(known):
        tell(f"空着的列：{'、'.join(unknown)}")
    return say_diagnostics(errors)


def _heads_of(layout: LayoutName | None) -> Sequence[str]:
    return [*HEADS] if layout is None else [*LAYOUTS[layout].columns.heads.values()]


def _source(template: Template) -> tuple[LayoutName | None, Sequence[str]]:
    """The layout of which a template asks for most columns, the list itself first, with its heads."""
    sources = [(layout, _heads_of(layout)) for layout in (None, *LayoutName)]
    return max(sources, key=lambda source: len(template.wanted(source[1])))


def _bytes_of(path: Path, output: Path) -> bytes:
    """The template. Raises ``UsageError`` if there is none, or if the filled one would take its place."""
    if path.absolute() == output.absolute() or (output.exists() and path.exists() and output.samefile(path)):
        raise UsageError("填好的会盖掉模板，没有写入\n  下一步：-o 换一个名字")
    data = read_bytes(path)
    if data is None:
        raise UsageError(f"没有 {path}\n  下一步：--template 写模板的文件名")
    return data
