"""An edit of the plan or the unit book: shown with what it does to the tasks, confirmed, written."""

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
    """Whether something is missing that must be asked for; where nobody can be, it is refused, all of it at once.

    ``given`` has what was given, and how it is given.
    """
    missing = {what: how for what, (value, how) in given.items() if not (value or "").strip()}
    if not prompts.at_terminal():
        refuse_lacking(missing)
    return bool(missing)


def carry_out(root: Path, edit: FileEdit, books: Sequence[tuple[Book, Book]], day: date, wish: Wish) -> bool:
    """Show what would be written and what that does as of ``day``, and write it; whether it was written.

    ``books`` has each plan's book before and after. Raises ``UsageError`` for what is wrong with the change.
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
