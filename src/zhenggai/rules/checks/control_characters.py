"""Check 控制字符: no text of plan, unit book or ledger holds an invisible character that changes what a terminal shows.

Examples: the code of an arrow key; a bidi override, which shows a name in another order. Tabs and line ends are allowed.
Only the present text of an entry is checked, so a 更正 or a withdrawal mends the entry. A 更正 cannot be corrected itself;
a control character in its 说明 is therefore only a doubt.
"""

from typing import Any

from zhenggai.model.book import Book
from zhenggai.model.control_texts import with_control
from zhenggai.model.entries import Correction
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import ending
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings, standing_records
from zhenggai.rules.checks.samples import entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.task.corrections import correctable

CONTROL = "控制字符"


def _control_characters(book: Book, snapshot: Snapshot) -> Findings:
    """Control characters in the books and in the entries, with corrections applied."""
    for part in (book.plan, book.units, book.organisations):
        yield from _in_book(part) if part is not None else ()
    for record, entry in standing_records(book, snapshot):
        for text, found in with_control(entry):
            if not isinstance(entry, Correction):
                again = f"{label_of(text.name)}=…" if text.name in correctable(entry) else "--void，再重新记录"
                remedy = (
                    f"没交出去的，zhenggai undo 后重新记录；交过的，zhenggai correct {ending(entry.number)} {again}"
                )
                yield Finding(record.source, what(text.name, found), remedy)
            elif text.name == "note":
                yield Finding(record.source, what(text.name, found), "不影响结果，不必处理", Level.DOUBT)


def what(name: str, found: str) -> str:
    """The message for a field; ``name`` is its English name."""
    return f"“{label_of(name)}”里有{found}"


def _in_book(book: Any) -> Findings:
    for text, found in with_control(book):
        yield Finding(text.source, what(text.name, found), "删去这个字符；看不见的，把这一处重新输入")


CHECK = Check(
    name=CONTROL,
    level=Level.ERROR,
    about="文字里有看不见、会搅乱终端显示的字符",
    good=sample(ledger_file(entry_text("进展", "措施: 1-1", '内容: "已督办"'))),
    bad=sample(ledger_file(entry_text("进展", "措施: 1-1", '内容: "已督\\u001b[D办"'))),
    of_ledger=_control_characters,
)
