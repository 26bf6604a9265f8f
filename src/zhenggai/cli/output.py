"""The only place that prints: reports to stdout or a file, problems to stderr."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from zhenggai.document import Document
from zhenggai.errors import Exit, UsageError
from zhenggai.model.source import Problem
from zhenggai.render import FORMATS, Report, render
from zhenggai.render.visible import visible

said: list[str] = []  # every line that ``say`` has put out or could not
_ALIASES = {"表格": "table", "文本": "text", "markdown": "md"}
_BY_SUFFIX = {"": "text", ".txt": "text", ".md": "md", ".csv": "csv", ".json": "json"}


def format_named(word: str) -> str | None:
    """A format from its name or alias, None for an unknown one."""
    name = _ALIASES.get(word, word)
    return name if name in FORMATS else None


def put(report: Report, format_name: str | None, output: Path | None, default: str = "table") -> None:
    """Put a report out: to a file in the format its ending says, to a terminal as a table, to a pipe as plain text."""
    if output is not None:
        keep_off_data(output)
        name = format_name or _format_of(output)
        write_file(output, render(report, name), FORMATS[name].encoding)
        tell(f"已写入 {output}")
        return
    terminal = sys.stdout.isatty()
    name = format_name or (default if terminal else "text")
    _print(render(report, name, colour=terminal), newline_kept=name == "csv")


def _format_of(output: Path) -> str:
    """The format that a file's ending asks for."""
    name = _BY_SUFFIX.get(output.suffix.lower())
    if name is None:
        endings = " ".join(filter(None, _BY_SUFFIX))
        raise UsageError(f"写不成 {output.suffix} 文件，没有写入\n  下一步：换成 {endings}，或用 --format 指明格式")
    return name


def _print(text: str, newline_kept: bool) -> None:
    if newline_kept and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")  # a CSV has its own line ends
    sys.stdout.write(text)
    sys.stdout.flush()


def keep_off_data(path: Path) -> None:
    """Refuse a report's file among the data: in the place of a plan or of entries it would destroy them."""
    from zhenggai.store.places import LEDGERS, PLANS  # here, since only -o writes
    from zhenggai.store.root import find_root  # here, since only -o writes

    place = Path(os.path.realpath(path))
    root = find_root(place.parent)
    if root is not None and place.relative_to(root).parts[0] in (PLANS, LEDGERS) and place.parent != root:
        raise UsageError(f"{PLANS}/ 和 {LEDGERS}/ 里是数据，报告不写到那里，没有写入\n  下一步：换一个文件夹")


def write_file(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text file whole or not at all; surrogates that no encoding has are replaced."""
    from zhenggai.store.writing import read_bytes, replace_file  # here, since only -o writes

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


def say_problems(problems: Sequence[Problem]) -> Exit:
    """All problems on stderr, each with its place; the exit code they make."""
    if not problems:
        return Exit.OK
    tell(f"数据有 {len(problems)} 处错误，以上未计入有错的部分：")
    for problem in problems:
        tell(problem_line(problem))
    return Exit.FOUND


def problem_line(problem: Problem) -> str:
    """``file:line: 检查名: what — what to do``, control characters made visible."""
    return visible(str(problem))
