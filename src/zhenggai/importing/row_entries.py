"""Rows of a ledger as entries: what was done, how far it is, whether it is completed, as the old ledger tells it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from zhenggai.frozen import frozen
from zhenggai.importing.cell_owners import owners_of
from zhenggai.importing.cell_values import day_of, percent_of
from zhenggai.importing.draft import Doubt
from zhenggai.importing.entry_row import EntryRow
from zhenggai.importing.records import Record
from zhenggai.importing.sheet_measures import content_field
from zhenggai.model.kinds import Kind

_TEXTS: Final = ("整改描述", "已采取的整改措施", "整改情况")
_STATES: Final = ("是否销号", "状态", "整改情况", "进度", "是否已完成整改")
_MORE: Final = {"原因": ("原因", "未整改到位原因及下一步计划"), "下步打算": ("下步打算",), "填报人": ("填报人",)}
_NOT: Final = re.compile("未|没有|尚|正在|部分|否|不|推进中|整改中|进行中|启动")
_BRACKETS: Final = re.compile(r"[(（][^()（）]*[)）]")
_CLOSED: Final = re.compile("销号")
_BASICALLY: Final = re.compile("基本(完成|整改|到位)|阶段性完成")
_DONE: Final = re.compile(
    "已?(全部)?(按期)?(整改|办理)?(完成|完毕|到位|办结|办毕|销号|落实|整改)(整改|任务)?(并长期坚持|，?长期坚持)?[。！]?|完结|是|√|✓"
)


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
        where = f"{source}:{place.sheet}!{place.cell}" if place.cell else f"{source}:{place.line}"
        units = owners.units or owners.lead
        texts = {"措施": number, **({"单位": units} if units else {}), **told, "录自": where}
        rows.append(EntryRow(source, where, texts))
    if undated:
        what = f"{len(undated)} 行没有写哪一天" + (f"，按 {day} 记" if day else "")
        doubts.append(Doubt(place=undated[0].place(_place_of(undated[0])), about="没有写日期", what=what))
    return RowEntries(tuple(rows), tuple(doubts))


def _told(record: Record, doubts: list[Doubt]) -> dict[str, str] | None:
    """The texts of a row's entry by the keys of a ledger; None if it tells of nothing."""
    content = "；".join(dict.fromkeys(filter(None, _texts(record))))
    state, field = _state(record)
    percent = percent_of(record.cell("进度"))
    if state is None and not content and not percent:
        return None
    if closed := _closed_in(record):
        what, why = f"“{record.text(closed)}”", "销号没有在这里审核过"
        doubts.append(Doubt(place=record.place(closed), about="已销号的记为完成", what=what, why=why))
    told: dict[str, str] = {"事项": state or Kind.PROGRESS}
    if done := day_of(record.cell("日期")) or (day_of(record.cell("完成日期")) if state else None):
        told["日期"] = done.isoformat()
    told["内容"] = content or f"{field or '进度'}：{record.text(field or '进度')}"
    if state is None and percent is not None:
        told["进度"] = str(percent)
    if state is not Kind.DONE and state is not Kind.BASICALLY_DONE:
        told |= {key: text for key, fields in _MORE.items() for field in fields if (text := record.text(field))}
    return told


_YES: Final = ("是", "√", "✓", "已销号")


def _closed_in(record: Record) -> str | None:
    """The column that says that the task was struck off."""
    if record.text("是否销号") in _YES:
        return "是否销号"
    return next((f for f in _STATES if _CLOSED.search(record.text(f)) and not _NOT.search(record.text(f))), None)


def _texts(record: Record) -> Iterator[str]:
    """What the row says was done: texts that are more than the name of a state."""
    taken = content_field(record)
    for field in _TEXTS:
        text = record.text(field)
        if field != taken and text and not _is_state(text):
            yield text
    if taken != "内容":
        yield record.text(taken)


def _is_state(text: str) -> bool:
    return len(text) <= 8 and bool(_DONE.fullmatch(text) or _BASICALLY.search(text) or _NOT.search(text))


def _state(record: Record) -> tuple[Kind | None, str]:
    """Whether the row says that its task is completed, and the column that does; (None, "") if none says so."""
    for field in _STATES:
        text = _BRACKETS.sub("", "".join(record.text(field).split()))
        if _BASICALLY.search(text):
            return Kind.BASICALLY_DONE, field
        if text and not _NOT.search(text) and (_DONE.fullmatch(text) or _CLOSED.search(text)):
            return Kind.DONE, field
    return None, ""


def _place_of(record: Record) -> str:
    """The column in which the entry of a row stands, the one that says most."""
    columns = ("整改描述", "已采取的整改措施", "整改情况", "状态", "进度", "是否已完成整改", "是否销号")
    return next((field for field in columns if record.text(field)), "")
