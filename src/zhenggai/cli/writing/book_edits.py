"""An edit of a plan or the unit book: shown with its effects on the tasks, confirmed, then written."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.prompts import Wish
from zhenggai.cli.writing.refusals import refuse, refuse_lacking
from zhenggai.model.book import Book
from zhenggai.model.source import Level
from zhenggai.rules.checks.edit_effects import consequences_of
from zhenggai.views.change_lines import consequence_lines
from zhenggai.writing.edit.edit_text import FileEdit


def to_be_asked(given: Mapping[str, tuple[str | None, str]]) -> bool:
    """Whether a value is missing that must be asked for.

    ``given`` maps each name to its value and to the text that says how to supply it. Without a terminal, raises
    ``UsageError`` that names all missing values.
    """
    missing = {what: how for what, (value, how) in given.items() if not (value or "").strip()}
    if not prompts.at_terminal():
        refuse_lacking(missing)
    return bool(missing)


def carry_out(root: Path, edit: FileEdit, books: Sequence[tuple[Book, Book]], day: date, wish: Wish) -> bool:
    """Show an edit and its effects as of ``day``, then write it. Returns whether it was written.

    ``books`` has the book of each plan before and after. Raises ``UsageError`` if the change has errors.
    """
    found = [consequences_of(before, after, day) for before, after in books]
    faults = dict.fromkeys(p for made in found for p in made.objections)
    refuse([f"{p.what}\n    {p.remedy}" for p in faults if p.level is Level.ERROR])
    _show(f"{edit.path}：", *edit.lines(), *(line for made in found for line in consequence_lines(made, day)))
    _show(*(f"注意：{p.what}（{p.remedy}）" for p in faults))
    _show(*(f"注意：记录不再符合（{p.source}）：{p.what}" for made in found for p in made.refusals))
    if wish.only_shown:
        return False
    if prompts.at_terminal() and not wish.assured:
        prompts.consent("这样写入？")
    edit.write(root)
    return True


def _show(*lines: str) -> None:
    for line in lines:
        tell(line)
