"""Rows of a ledger as entries: what was done, how far it is, whether it is completed, as the old ledger tells it."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, place_words
from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.entries.state_words import Standing, is_yes, standing_said
from zhenggai.importing.sheets.cell_owners import owners_of
from zhenggai.importing.sheets.cell_values import day_of, percent_of
from zhenggai.importing.sheets.records import Record
from zhenggai.importing.sheets.sheet_measures import content_field
from zhenggai.model.kinds import Kind

_TEXTS: Final = ("整改描述", "已采取的整改措施", "整改情况")
_MORE: Final = {"原因": ("原因", "未整改到位原因及下一步计划"), "下步打算": ("下步打算",), "填报人": ("填报人",)}
_KINDS: Final = {
    Standing.CLOSED: Kind.DONE,
    Standing.DONE: Kind.DONE,
    Standing.BASICALLY_DONE: Kind.BASICALLY_DONE,
}
_SHORT: Final = 12  # characters of a state in a column that also holds texts
_MONTH: Final = re.compile(r"([0-9]{4})[年./-]([0-9]{1,2})月?[底末]?")


@frozen
class RowEntries:
    """The entries of rows, and what a person must look at."""

    rows: tuple[EntryRow, ...]
    doubts: tuple[Doubt, ...]


def entries_of(measured: Iterable[tuple[str, Record]], source: str, day: date | None = None) -> RowEntries:
    """The entries of rows, each given with the number of its measure: one for a row that tells of something.

    Its 单位 are all units of the row. ``day`` is that of entries whose row has none. Each bears where it was copied from (录自).
    """
    rows: list[EntryRow] = []
    doubts: list[Doubt] = []
    undated: list[Record] = []
    for number, record in measured:
        told = _told(record, doubts)
        if told is None:
            continue
        if "日期" not in told:
            undated.append(record)
            told |= {"日期": day.isoformat()} if day else {}
        owners = owners_of([record])
        place = record.place(_place_of(record))
        units = owners.units or owners.lead
        texts = {"措施": number, **({"单位": units} if units else {}), **told, "录自": place_words(source, place)}
        rows.append(EntryRow(source, place, texts))
    if undated:
        what = f"{len(undated)} 行没有写哪一天，" + (
            f"按 {day} 记" if day else "记作今天；台账是哪天的，用 --date 写明"
        )
        doubts.append(Doubt(place=undated[0].place(_place_of(undated[0])), about="没有写日期", what=what))
    return RowEntries(tuple(rows), tuple(doubts))


def _told(record: Record, doubts: list[Doubt]) -> dict[str, str] | None:
    """The texts of a row's entry by the keys of a ledger; None if it tells of nothing."""

    def doubt(field: str, about: str, what: str, why: str = "") -> None:
        doubts.append(Doubt(place=record.place(field), about=about, what=what, why=why))

    for field in _unread(record):
        doubt(field, "看不懂，没有当作状态", f"{field}“{record.text(field)}”")
    content = "；".join(dict.fromkeys(filter(None, _texts(record))))
    standing, field = _standing(record)
    kind = _KINDS.get(standing, Kind.PROGRESS) if standing else Kind.PROGRESS
    percent = percent_of(record.cell("进度"))
    if standing is Standing.NOT_BEGUN and not percent:
        if record.text("整改描述"):
            doubt("整改描述", "写着未启动，没有记", f"“{record.text('整改描述')}”")
        return None
    if kind is Kind.PROGRESS and not content and not percent:
        return None
    if standing is Standing.CLOSED:
        doubt(field, "已销号的记为完成", f"“{record.text(field)}”", "销号没有在这里审核过")
    told: dict[str, str] = {"事项": kind}
    if day := day_of(record.cell("日期")) or (_completed(record, doubt) if kind is not Kind.PROGRESS else None):
        told["日期"] = day.isoformat()
    told["内容"] = content or f"{field or '进度'}：{record.text(field or '进度')}"
    if percent is not None and not (kind is Kind.DONE and percent == 100):
        told["进度"] = str(percent)
    return told | {key: text for key, fields in _MORE.items() for field in fields if (text := record.text(field))}


def _completed(record: Record, doubt: Callable[[str, str, str], None]) -> date | None:
    """The day of completion; the last of a month if the cell says no more."""
    text = "".join(record.text("完成日期").split())
    day = day_of(record.cell("完成日期"))
    if day or not text:
        return day
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        doubt("完成日期", "看不懂完成日期", f"“{text}”")
        return None
    year, month = int(found[1]), int(found[2])
    day = date(year, month, monthrange(year, month)[1])
    doubt("完成日期", "完成日期只写到月", f"{text} 记作 {day}")
    return day


def _unread(record: Record) -> Iterator[str]:
    """The columns of states with words that have no known meaning."""
    if record.text("状态") and standing_said(record.text("状态")) is None:
        yield "状态"
    for field in ("是否已完成整改", "是否销号"):
        if record.text(field) and is_yes(record.text(field)) is None:
            yield field
    if record.text("进度") and percent_of(record.cell("进度")) is None and standing_said(record.text("进度")) is None:
        yield "进度"


def _standing(record: Record) -> tuple[Standing | None, str]:
    """How the task of a row stands, and the column that says so; of several the one that says the most."""
    found: list[tuple[Standing, str]] = []
    for field, standing in (("是否销号", Standing.CLOSED), ("是否已完成整改", Standing.DONE)):
        found += [(standing, field)] if is_yes(record.text(field)) else []
    for field in ("状态", "整改情况", "进度"):
        said = standing_said(record.text(field))
        found += [(said, field)] if said else []
    order = list(Standing)
    return min(found, key=lambda one: order.index(one[0]), default=(None, ""))


def _texts(record: Record) -> Iterator[str]:
    """What the row says was done: texts that are more than the name of a state."""
    taken = content_field(record)
    texts = [text for field in _TEXTS if field != taken and (text := record.text(field)) and not _is_state(text)]
    yield from texts or ([record.text(taken)] if taken != "内容" else [])


def _is_state(text: str) -> bool:
    return len(text) <= _SHORT and standing_said(text) is not None


def _place_of(record: Record) -> str:
    """The column in which the entry of a row stands, the one that says most."""
    columns = ("整改描述", "已采取的整改措施", "整改情况", "状态", "进度", "是否已完成整改", "是否销号")
    return next((field for field in columns if record.text(field)), "")
