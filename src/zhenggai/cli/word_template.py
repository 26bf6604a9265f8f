"""``--template``: a report in a place's own Word file."""

from pathlib import Path
from typing import Annotated, Final

import typer

from zhenggai.cli.offers import FILES
from zhenggai.cli.options import MORE
from zhenggai.cli.output import tell, write_file
from zhenggai.cli.template_file import template_bytes
from zhenggai.document import Report
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen

_SUFFIX: Final = ".docx"
_LISTED: Final = 20  # names of a kind

TemplateOption = Annotated[
    Path | None,
    typer.Option(
        "--template",
        "--模板",
        help="填进本地的 Word 模板，连同 -o 文件.docx；模板里写 {{标题}}、{{正文}} 等",
        metavar="文件.docx",
        show_default=False,
        rich_help_panel=MORE,
    ),
    FILES,
]


@frozen
class WordTemplate:
    """A template: its bytes as they were when the command began, and where the filled one goes."""

    path: Path
    data: bytes
    output: Path

    def put(self, report: Report) -> None:
        """Fill the template with a report; say which of its places the report has nothing for."""
        from zhenggai.render.docx.template import filled  # imported here: few reports fill a template

        made = filled(self.data, report.document())
        write_file(self.output, made.data)
        tell(f"已写入 {self.output}")
        for name in made.crowded:
            tell(f"  {{{{{name}}}}} 要单独一段，留着没有动")
        for beginning in made.unclosed:
            tell(f"  {beginning} 后面没有 }}}}，留着没有动")
        if made.unfound:
            tell(f"  模板里的 {'、'.join(made.unfound)} 没有可填的，留着没有动")
            places = made.places
            for where, names in (
                ("一行里可填的", [*places.texts]),
                ("单独一段可填的", [*places.parts]),
                ("表格里可填的列", places.heads),
            ):
                more = "等" if len(names) > _LISTED else ""
                if names:
                    tell(f"  {where}：{'、'.join(names[:_LISTED])}{more}")


def is_word_file(path: Path | None) -> bool:
    """Whether a file has the ending of Word's."""
    return path is not None and path.suffix.lower() == _SUFFIX


def word_template(path: Path | None, output: Path | None) -> WordTemplate | None:
    """The template that the options name. Raises ``UsageError`` if it cannot be filled, before anything is done."""
    if path is None:
        return None
    if output is None:
        raise UsageError(f"填好的模板要写成文件\n  下一步：加 -o 文件名{_SUFFIX}")
    if not is_word_file(output):
        instead = output.with_suffix(_SUFFIX) if output.name else f"文件名{_SUFFIX}"
        raise UsageError(f"填好的 Word 模板仍是 Word 文件，不能写成 {output}\n  下一步：写 -o {instead}")
    data = template_bytes(path, output)
    from zhenggai.render.docx.template import refuse_unfillable  # imported here, as above

    refuse_unfillable(data, str(path))
    return WordTemplate(path, data, output)
