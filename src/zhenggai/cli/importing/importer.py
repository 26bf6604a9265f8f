"""Who records what others sent: as given, as set on this computer, or, for a preview alone, the unit that may always do so."""

from datetime import date

from zhenggai.cli import clock
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.writer_identity import Writer, my_unit
from zhenggai.frozen import frozen
from zhenggai.ledger import Ledger

_ANYBODY = "填报人"


@frozen
class Recorder:
    """The recording unit and 填报人 as given, and the day of rows that have none."""

    by: str | None = None
    name: str | None = None
    day: date | None = None


def importer(ledger: Ledger, who: Recorder, wish: prompts.Wish) -> Writer:
    """The writer of imported entries, who is known by now.

    For a preview it is the 复核单位 if nobody is named and nobody can be asked: it may record for every unit.
    """
    now = clock.now_in(ledger.plan)
    by, name = who.by, who.name
    if wish.only_shown and not prompts.at_terminal():
        review = ledger.plan.review
        if by is None and my_unit(ledger.root) is None and review is not None:
            by = review.second_review
            tell(f"没有写记录单位，预览按 {by} 记；写入时加 --by 单位")
        name = name or _ANYBODY
    writer = Writer(ledger, now, who.day or now.date(), by, name, own=False)
    writer.need({})
    return writer
