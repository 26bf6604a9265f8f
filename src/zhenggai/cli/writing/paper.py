"""The paper (文书) of what a command records: a letter, a 销号申请单, a 公示. ``--paper`` shows it and records nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path

from zhenggai.cli.destination import check_destination, refuse_calendar
from zhenggai.cli.letter_files import is_folder, write_each
from zhenggai.cli.output import put, tell
from zhenggai.document import Report
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.entries import Entry
from zhenggai.rules.day.snapshot import Snapshot

MakePaper = Callable[[Sequence[Entry], Snapshot], Report]
"""Makes the paper of some entries and of the snapshot with them."""


@frozen
class PaperWish:
    """What is wished of the paper: ``only`` that, without recording; in a file or, a letter each, in a folder; in a format."""

    only: bool = False
    output: Path | None = None
    format: str | None = None
    to_folder: bool = False

    def put(self, report: Report) -> None:
        """Put the paper out, to the file or to stdout."""
        if self.output and self.to_folder:
            from zhenggai.views.letter_text import Letter, Letters  # here, since papers in a folder are rare

            letters = report.letters if isinstance(report, Letters) else (report,)
            write_each([letter for letter in letters if isinstance(letter, Letter)], self.output, self.format)
        else:
            put(report, self.format, self.output)
        if self.only:
            tell("只出文书，没有记入台账")


def paper_wish(
    only: bool, output: str | None, format_name: str | None, force: bool, *, letters: bool = False
) -> PaperWish:
    """The wish that the options mean. Raises ``UsageError`` for a place that ``-o`` may not write, and for a format of nothing.

    ``letters``: they may go to a folder.
    """
    if not only and output is None and (format_name is not None or force):
        raise UsageError("--format、--force 是文书的选项，没有写入\n  下一步：加 --paper 只出文书，或加 -o 文件")
    path = Path(output) if output is not None else None
    to_folder = letters and is_folder(output)
    if to_folder:
        refuse_calendar(None, format_name)
    elif only or path:
        check_destination(path, format_name, force)
    return PaperWish(only, path, format_name, to_folder)
