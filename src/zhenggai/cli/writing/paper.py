"""The paper (文书) of what a command records: a letter, a 销号申请单, a 公示. ``--paper`` shows it and records nothing."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Concatenate, ParamSpec

from zhenggai.cli.destination import check_destination
from zhenggai.cli.letter_files import checked_folder, write_each
from zhenggai.cli.offers import FILES
from zhenggai.cli.options import ForceOption, FormatOption, flag_option, given, text_option
from zhenggai.cli.output import put, tell
from zhenggai.cli.word_template import TemplateOption, WordTemplate, word_template
from zhenggai.document import Report
from zhenggai.errors import Exit, UsageError
from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.rules.day.snapshot import Snapshot

P = ParamSpec("P")

PaperOption = Annotated[bool, flag_option("--paper", "--文书", about="只出文书，不记入台账")]
PaperFileOption = Annotated[
    str | None, text_option("-o", "--output", "--输出", about="把文书写入文件", metavar="文件"), FILES
]

MakePaper = Callable[[Sequence[Entry], Snapshot], Report]
"""Makes the paper of some entries and of the snapshot with them."""


@frozen
class PaperWish:
    """What is wished of the paper: ``only`` that, without recording; in a file, or a file each in a folder; in a format."""

    only: bool = False
    output: Path | None = None
    format: str | None = None
    folder: Path | None = None
    template: WordTemplate | None = None

    def put(self, report: Report) -> None:
        """Put the paper out, to the file or to stdout."""
        if self.folder:
            from zhenggai.views.letter_text import Letter, Letters  # here, since papers in a folder are rare

            letters = report.letters if isinstance(report, Letters) else (report,)
            write_each([letter for letter in letters if isinstance(letter, Letter)], self.folder, self.format)
        elif self.template:
            self.template.put(report)
        else:
            put(report, self.format, self.output)
        if self.only:
            tell("只出文书，没有记入台账")


def _paper_wish(
    paper: PaperOption = False,
    output: PaperFileOption = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    force: ForceOption = False,
    template: TemplateOption = None,
    *,
    letters: bool,
) -> PaperWish:
    """The wish that the options mean; ``letters`` may go to a folder.

    Raises ``UsageError`` for a place that ``-o`` may not write, and for a format of nothing.
    """
    if not paper and output is None and (format is not None or force):
        raise UsageError("--format、--force 是文书的选项，没有写入\n  下一步：加 --paper 只出文书，或加 -o 文件")
    path = Path(output) if output is not None else None
    filled = word_template(template, path)
    if letters:
        return PaperWish(paper, path, format, checked_folder(output, format, force), filled)
    check_destination(path, format, force)
    return PaperWish(paper, path, format, template=filled)


def printing(function: Callable[Concatenate[PaperWish, P], Exit]) -> Callable[..., Exit]:
    """A decorator for commands whose entries have a paper. The function gets a ``PaperWish`` as its first argument."""
    return given(partial(_paper_wish, letters=False), without=("letters",))(function)


def printing_letters(function: Callable[Concatenate[PaperWish, P], Exit]) -> Callable[..., Exit]:
    """The same for papers that are letters, so that ``-o`` may name a folder."""
    return given(partial(_paper_wish, letters=True), without=("letters",))(function)
