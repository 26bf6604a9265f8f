"""Activity: every entry counts once, under the unit that recorded it, in the week of its day."""

from collections import Counter
from datetime import date
from pathlib import Path

from small_repo import SHIPPED, ledger_in, small_repo
from zhenggai.facts.activity import entry_counts
from zhenggai.ledger import open_ledger

LEDGER = """
04-02 县教育局 进展 1-2 进度=10 #甲
04-05 县教育局 进展 1-2 进度=20
04-06 县教育局 进展 1-2 进度=30
04-06 县教育局 更正 针对=甲 作废=是
04-07 县委督查局 督办 单位=县教育局 对象=单位 依据=规则
04-08 县委督查局 经验 1-1
04-09 城关镇 经验
05-01 城关镇 进展 1-1 进度=10
"""


def test_every_entry_counts_once_whatever_it_is_about(tmp_path: Path) -> None:
    """A corrected entry and its 更正 count, one that is about no task, and 经验 about a task."""
    found = list(entry_counts(ledger_in(small_repo(tmp_path, LEDGER)), date(2020, 4, 30)))
    assert [row[1:] for row in found] == [
        ("县委督查局", "督办", "2020-W15", 1),
        ("县委督查局", "经验", "2020-W15", 1),
        ("县教育局", "更正", "2020-W15", 1),
        ("县教育局", "进展", "2020-W14", 2),
        ("县教育局", "进展", "2020-W15", 1),
        ("城关镇", "经验", "2020-W15", 1),
    ]


def test_an_entry_with_the_number_of_another_does_not_count(tmp_path: Path) -> None:
    root = small_repo(tmp_path, "04-02 县教育局 进展 1-2 进度=10")
    (file,) = (root / "ledgers/p/县教育局").glob("*.yaml")
    file.with_name(file.name.replace(".", "2.", 1)).write_bytes(file.read_bytes())
    assert [row.entries for row in entry_counts(ledger_in(root), date(2020, 4, 30))] == [1]


def test_the_shipped_plan() -> None:
    ledger, through = open_ledger(SHIPPED, "jcdj-2020"), date(2020, 9, 30)
    entries = [r for r in ledger.book.records if r.entry.date <= through]
    expected = Counter(
        (ledger.units.full_name(r.recorder), r.entry.kind, "{}-W{:02}".format(*r.entry.date.isocalendar()))
        for r in entries
    )
    found = {row[1:4]: row.entries for row in entry_counts(ledger, through)}
    assert found == expected
    assert sum(found.values()) == len(entries) > 100
