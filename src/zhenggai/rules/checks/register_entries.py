"""Check 登记: entries 换届 and 软弱涣散 name an organisation of the book, come from a unit with that right, and in right order."""

from zhenggai.model.book import Book
from zhenggai.model.source import Level
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import entry_text, ledger_file, sample
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.registers.organisation_registers import registers


def _register_entries(book: Book, snapshot: Snapshot) -> Findings:
    """Entries that the registers refuse, and doubtful entries."""
    if book.organisations is not None:
        for found in registers(snapshot, book.organisations).diagnostics:
            yield Finding(found.source, found.what, found.remedy, found.level)


_BOOK = {
    "plans/organisations.yaml": "党组织:\n- {名称: 东街党支部, 单位: 县教育局, 类别: 党支部, 上次换届: 2018-08-20}\n",
}
_CASE = ("党组织: 东街党支部", "事由: 认定", "原因: 班子不团结")
CHECK = Check(
    name="登记",
    level=Level.ERROR,
    about="换届、软弱涣散的记录不合次序，党组织不在册里，或无权记录",
    good=sample(_BOOK, ledger_file(entry_text("软弱涣散", *_CASE), unit="县委组织部")),
    bad=sample(_BOOK, ledger_file(entry_text("软弱涣散", *_CASE), unit="县教育局")),
    of_ledger=_register_entries,
)
