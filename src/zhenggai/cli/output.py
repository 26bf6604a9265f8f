"""The only place that prints: reports to stdout or a file, problems to stderr."""

import sys
from collections.abc import Sequence
from pathlib import Path

from zhenggai.cli import pager
from zhenggai.cli.streams import is_terminal
from zhenggai.document import Document, Report
from zhenggai.errors import Exit
from zhenggai.model.source import Diagnostic
from zhenggai.render import FORMATS, TERMINAL, TEXT, file_bytes, format_wanted, render
from zhenggai.render.visible import visible

said: list[str] = []  # every line that ``say`` has put out or could not
asked: list[str] = []  # every question that was put at the terminal


def put(report: Report, format_name: str | None, output: Path | None, default: str = TERMINAL) -> None:
    """Put a report out: to a file in the format its ending says, to a terminal as a table, to a pipe as plain text.

    ``check_destination`` was asked before: it has refused binary formats without a file. What it let pass is replaced; an
    ending that no format has stands for plain text.
    """
    if output is not None:
        wanted = format_wanted(output, format_name) or FORMATS[TEXT]
        write_file(output, file_bytes(report, wanted.name))
        tell(f"已写入 {output}")
        return
    terminal = is_terminal(sys.stdout)
    name = format_name or (default if terminal else TEXT)
    put_text(render(report, name, colour=terminal), FORMATS[name].newlines)


def put_text(text: str, newlines: str = "\n") -> None:
    """Put a whole answer out on stdout; at a terminal one that is longer than the screen page by page."""
    if newlines != "\n" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(
            newline=""
        )  # the text has the line ends that its format wants, whatever the system's are
    if not pager.show(text):
        sys.stdout.write(text)
        sys.stdout.flush()


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    from zhenggai.writing.atomic import read_bytes, replace_file  # here, since only -o writes

    replace_file(path, read_bytes(path), data)


def say(text: str) -> None:
    """One or more lines for whoever reads the answer, control characters made visible."""
    lines = [visible(line) for line in text.split("\n")]
    said.extend(lines)
    print("\n".join(lines))


def tell(text: str) -> None:
    """The same for what stands beside the answer: questions' explanations, previews, notes."""
    print("\n".join(map(visible, text.split("\n"))), file=sys.stderr)


def tell_document(document: Document) -> None:
    """A document beside the answer, laid out for the screen."""
    from zhenggai.render.terminal import console_on, show  # here, since only questions are shown so

    show(document, console_on(sys.stderr, colour=is_terminal(sys.stderr)))


def say_diagnostics(diagnostics: Sequence[Diagnostic]) -> Exit:
    """All problems on stderr, each with its place; the exit code they make."""
    if not diagnostics:
        return Exit.OK
    from zhenggai.rules.checks.deadlines import CHECK  # here, since most answers have nothing to say

    of_deadlines = [diagnostic for diagnostic in diagnostics if diagnostic.check == CHECK.name]
    others = [diagnostic for diagnostic in diagnostics if diagnostic.check != CHECK.name]
    parts = (
        ("数据有 {} 处错误，以上未计入有错的部分：", others),
        ("时限有 {} 处错误，所涉任务已计入，未判逾期：", of_deadlines),
    )
    for head, found in parts:
        if found:
            tell(head.format(len(found)))
        for diagnostic in found:
            tell(diagnostic_line(diagnostic))
    return Exit.FOUND


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """``file:line: 检查名: what — what to do``, control characters made visible."""
    return visible(str(diagnostic))
