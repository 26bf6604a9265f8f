"""The form that ``list --fill`` makes (填报表), filled in by hand: which one it is, and its rows that have something new.

Its facts stand on a sheet of their own. Columns are found by their heads, so they may be moved, and rows sorted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.heads import plain_head
from zhenggai.importing.content import Row, Sheet
from zhenggai.importing.draft import Doubt
from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.entries.entry_sheet import entry_row
from zhenggai.importing.entries.state_words import Standing, standing_said
from zhenggai.model.kinds import Kind

TITLE: Final = "整改进展填报表"
FORM_VERSION: Final = 1
"""Of the form's columns and facts: whoever reads a form back goes by it."""

KINDS: Final = (Kind.PROGRESS, Kind.BASICALLY_DONE, Kind.DONE)
CONTENT_HEAD: Final = "进展情况"
FACTS: Final = {"form": "表", "version": "表的版本", "plan": "方案", "as_of": "截至", "program": "程序版本"}
_TO_FILL = ("事项", "日期", "进度", "内容", "存在问题", "下步打算", "佐证", "填报人")
_FOR_ALL = {"事项", "日期", "填报人"}  # what people fill in for all rows at once
_MEASURE_TEXT = "措施内容"
_COLUMN_OF_HEAD = {key: key for key in ("措施", "单位", *_TO_FILL)} | {
    "承诺": "措施", "内容": _MEASURE_TEXT, CONTENT_HEAD: "内容",
}  # fmt: skip


@frozen
class FilledForm:
    """A form as it came back.

    - ``plan``: the plan's number; ``as_of``: the day on which the form was made;
    - ``rows``: those with something new; ``blank``: how many have nothing new;
    - ``doubts``: rows in which only a kind was chosen;
    - ``units``: the units that it is for; ``texts``: measure → its text in the form.
    """

    source: str
    plan: str
    as_of: date
    rows: tuple[EntryRow, ...]
    blank: int
    doubts: tuple[Doubt, ...]
    units: tuple[str, ...]
    texts: Mapping[str, str]


def is_form(sheets: Sequence[Sheet]) -> bool:
    """Whether sheets are those of a form, of whatever version."""
    return _facts(sheets).get(FACTS["form"]) == TITLE


def filled_form(sheets: Sequence[Sheet], source: str) -> FilledForm:
    """The form that ``is_form`` has recognised. Raises ``UsageError`` if it is of another version, or has lost its columns."""
    facts = _facts(sheets)
    version = facts.get(FACTS["version"], "")
    if version != str(FORM_VERSION):
        newer = version.isdecimal() and int(version) > FORM_VERSION
        step = "升级程序再导入" if newer else "用 zhenggai list 单位 --fill 重新写一份给他们填"
        raise UsageError(
            f"{source} 是第 {version or '？'} 版的填报表，这个程序认得第 {FORM_VERSION} 版\n  下一步：{step}"
        )
    try:
        as_of = date.fromisoformat(facts.get(FACTS["as_of"], ""))
    except ValueError:
        raise UsageError(f"{source} 的填报信息坏了，没有截至哪一天\n  下一步：{_AGAIN}") from None
    for sheet in sheets:
        for nth, heads in enumerate(sheet.rows):
            if columns := _columns(heads, sheet.rows[nth + 1 :]):
                rows = [row for row in sheet.rows[nth + 1 :] if _text(row, columns["措施"])]
                keys = {column: name for name, column in columns.items() if name != _MEASURE_TEXT}
                given = [entry_row(sheet, row, keys, source) for row in rows]
                new = tuple(row for row in given if _is_new(row))
                chosen = (row for row in given if row.text("事项") and not _is_new(row))
                doubts = tuple(Doubt(place=row.at_of("内容"), about=_ONLY_CHOSEN, what="") for row in chosen)
                texts = {_text(row, columns["措施"]): _text(row, columns.get(_MEASURE_TEXT, -1)) for row in rows}
                units = tuple(dict.fromkeys(row.text("单位") for row in given if row.text("单位")))
                plan, blank = facts.get(FACTS["plan"], ""), len(given) - len(new)
                return FilledForm(source, plan, as_of, new, blank, doubts, units, texts)
    raise UsageError(f"{source} 是填报表，可是没有任务，或表头改了，认不出各列\n  下一步：{_AGAIN}")


_ONLY_CHOSEN = f"选了事项，没有写“{CONTENT_HEAD}”，算没有新进展"


def _is_new(row: EntryRow) -> bool:
    """Whether a row says something new; a 完成 does, even without a word."""
    filled_in = {key for key in _TO_FILL if row.text(key)}
    return bool(filled_in - _FOR_ALL) or row.kind in (Kind.DONE, Kind.BASICALLY_DONE)


_AGAIN = "用 zhenggai list 单位 --fill 重新写一份，把填的抄过去"


def _facts(sheets: Sequence[Sheet]) -> Mapping[str, str]:
    """The facts on the sheet that has them; programs may have renamed or shown it."""
    for sheet in sheets:
        pairs = {row.cells[0].text.strip(): row.cells[1].text.strip() for row in sheet.rows if len(row.cells) > 1}
        if pairs.get(FACTS["form"]) == TITLE:
            return pairs
    return {}


def _columns(heads: Row, below: Sequence[Row]) -> dict[str, int] | None:
    """What stands in which column, if a row has the heads of the form.

    Where problems are called 事项 too, kinds are in the column in which nothing else stands.
    """
    found: dict[str, list[int]] = {}
    for column, cell in enumerate(heads.cells):
        if name := _COLUMN_OF_HEAD.get(plain_head(cell.text)):
            found.setdefault(name, []).append(column)
    if not found.keys() >= {"措施", "事项", "内容"}:
        return None
    kinds = [column for column in found["事项"] if {_text(row, column) for row in below} <= {"", *KINDS}]
    return {name: columns[0] for name, columns in found.items()} | {"事项": (kinds or found["事项"])[0]}


def _text(row: Row, column: int) -> str:
    return row.cells[column].text.strip() if 0 <= column < len(row.cells) else ""


def as_meant(row: EntryRow, as_of: date, today: date) -> tuple[EntryRow, list[Doubt]]:
    """A row as it was meant by people who write by hand, and what a person should look at.

    A day without a year is the last such day; a row without a day is of the form's; a state stands for its kind.
    """
    texts, doubts = dict(row.texts), list[Doubt]()

    def doubt(key: str, about: str, what: str) -> None:
        doubts.append(Doubt(place=row.at_of(key), about=about, what=what))

    day, kind = row.text("日期"), row.text("事项")
    if not day:
        texts["日期"] = as_of.isoformat()
        doubt("日期", "没有写日期", f"记作 {as_of}")
    elif (found := _DAY.fullmatch(day)) and (last := _last(int(found[1]), int(found[2]), today)):
        texts["日期"] = last.isoformat()
        doubt("日期", "日期没有写年份", f"“{day}”记作 {last}")
    if kind and kind not in KINDS and (standing := standing_said(kind)):
        texts["事项"] = _KINDS.get(standing, Kind.PROGRESS)
        doubt("事项", "事项不是选的", f"“{kind}”记作{texts['事项']}")
    return replace(row, texts=texts), doubts


_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]?")
_KINDS = {
    Standing.CLOSED: Kind.DONE,
    Standing.DONE: Kind.DONE,
    Standing.BASICALLY_DONE: Kind.BASICALLY_DONE,
}


def _last(month: int, day: int, today: date) -> date | None:
    """The last day with this month and day, today at the latest; None if there is no such day."""
    for year in (today.year, today.year - 1):
        try:
            if (found := date(year, month, day)) <= today:
                return found
        except ValueError:
            continue
    return None
