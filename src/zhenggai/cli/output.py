"""The only place that prints: reports to stdout or a file, problems to stderr."""

import sys
from collections.abc import Sequence
from pathlib import Path

from zhenggai.document import Document
from zhenggai.errors import Exit
from zhenggai.model.source import Diagnostic
from zhenggai.render import FORMATS, Report, render
from zhenggai.render.visible import visible

said: list[str] = []  # every line that ``say`` has put out or could not
_ALIASES = {"表格": "table", "文本": "text", "markdown": "md"}
BY_SUFFIX = {"": "text", ".txt": "text", ".md": "md", ".csv": "csv", ".json": "json"}


def format_named(word: str) -> str | None:
    """A format from its name or alias, None for an unknown one."""
    name = _ALIASES.get(word, word)
    return name if name in FORMATS else None


def put(report: Report, format_name: str | None, output: Path | None, default: str = "table") -> None:
    """Put a report out: to a file in the format its ending says, to a terminal as a table, to a pipe as plain text.

    What ``check_destination`` let pass is replaced; an ending that no format has stands for plain text.
    """
    if output is not None:
        name = format_name or BY_SUFFIX.get(output.suffix.lower(), "text")
        write_file(output, render(report, name), FORMATS[name].encoding)
        tell(f"已写入 {output}")
        return
    terminal = sys.stdout.isatty()
    name = format_name or (default if terminal else "text")
    _print(render(report, name, colour=terminal), newline_kept=name == "csv")


def _print(text: str, newline_kept: bool) -> None:
    if newline_kept and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")  # a CSV has its own line ends
    sys.stdout.write(text)
    sys.stdout.flush()


def write_file(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text file whole or not at all; surrogates that no encoding has are replaced."""
    from zhenggai.writing.atomic import read_bytes, replace_file  # here, since only -o writes

    replace_file(path, read_bytes(path), text.encode(encoding, errors="replace"))


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

    show(document, console_on(sys.stderr, colour=sys.stderr.isatty()))


def say_diagnostics(diagnostics: Sequence[Diagnostic]) -> Exit:
    """All problems on stderr, each with its place; the exit code they make."""
    if not diagnostics:
        return Exit.OK
    tell(f"数据有 {len(diagnostics)} 处错误，以上未计入有错的部分：")
    for diagnostic in diagnostics:
        tell(diagnostic_line(diagnostic))
    return Exit.FOUND


def diagnostic_line(diagnostic: Diagnostic) -> str:
    """``file:line: 检查名: what — what to do``, control characters made visible."""
    return visible(str(diagnostic))
