"""``zhenggai unit``: renames a unit, merges it into another, or adds one, in plans/units.yaml."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.named_things import known_unit
from zhenggai.cli.offers import CLASSES, UNITS, one_of
from zhenggai.cli.options import ForceOption, FormatOption, NoPagerOption, OutputOption, day_option, text_option
from zhenggai.cli.output import put, say
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.book_edits import carry_out, to_be_asked
from zhenggai.cli.writing.entry_options import DryRunOption, YesOption
from zhenggai.cli.writing.permission import refuse_changing_units
from zhenggai.cli.writing.pick_lists import unit_choices
from zhenggai.cli.writing.prompts import Wish
from zhenggai.errors import Exit, UsageError
from zhenggai.ledger import Ledger
from zhenggai.ledger.whole import read_books_of
from zhenggai.model.book import Book
from zhenggai.model.names import name_fault, path_fault, twin_fault
from zhenggai.model.units import Unit, UnitBook, names_in
from zhenggai.reading.data_folders import plan_paths, root_of
from zhenggai.reading.load import load_units
from zhenggai.views.unit_list import UnitList, unit_list
from zhenggai.writing.edit import unit_edit

_RENAME, _MERGE, _ADD = "更名", "合并", "新增"
_WORDS = {
    _RENAME: _RENAME,
    "rename": _RENAME,
    "改名": _RENAME,
    _MERGE: _MERGE,
    "merge": _MERGE,
    _ADD: _ADD,
    "add": _ADD,
}
_WHAT = "rename 更名、merge 合并、add 新增"


def unit(
    what: Annotated[
        str | None, typer.Argument(metavar="什么", help=_WHAT, show_default=False), one_of((_RENAME, _MERGE, _ADD))
    ] = None,
    name: Annotated[str | None, typer.Argument(metavar="单位", help="哪个单位", show_default=False), UNITS] = None,
    other: Annotated[
        str | None,
        typer.Argument(metavar="新名称|并入单位", help="更名后的名称，或并入哪个单位", show_default=False),
        UNITS,
    ] = None,
    day: Annotated[
        date | None, day_option("--date", "--since", "--日期", "--自", about="从哪天起；合并默认今天")
    ] = None,
    category: Annotated[
        str | None, text_option("--class", "--类别", about="新增的单位属于哪一类", metavar="类别"), CLASSES
    ] = None,
    short_names: Annotated[
        str | None, text_option("--short", "--简称", about="新增的单位的简称，用、隔开", metavar="简称")
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    no_pager: NoPagerOption = False,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
) -> Exit:
    """不带参数列出全部单位。

    例：zhenggai unit　　zhenggai unit rename 县旅游局 县文化和旅游局　　zhenggai unit merge 城东乡 城关镇 --date 2020-10-01
    """
    root = root_of(Path.cwd())
    units = load_units(root)[0]
    if what is None:
        check_destination(output, format, force)
        put(_listed(root, units), format, output)
        return Exit.OK
    if not dry_run:
        refuse_changing_units(root, units)
    _refuse_incomplete(what, name, other)
    act = _act(what)
    if name is None:
        name = prompts.text("新增的单位叫什么", None) if act == _ADD else _asked(units, "哪个单位")
    wish = Wish(yes, dry_run)
    if act == _RENAME:
        return _rename(root, units, known_unit(units, name), prompts.text("新名称", other), day, wish)
    if act == _MERGE:
        return _merge(
            root,
            units,
            known_unit(units, name),
            other or _asked(units, "并入哪个单位"),
            day or clock.today(),
            wish,
        )
    new = Unit(name=name, short_names=names_in(short_names or ""), category=category, since=day)
    return _add(root, units, new, wish)


def _listed(root: Path, units: UnitBook) -> UnitList:
    ledgers = (Ledger(root, path) for path in plan_paths(root))
    return unit_list(units, (ledger.snapshot(clock.today(ledger.plan)) for ledger in ledgers), clock.today())


def _refuse_incomplete(what: str, name: str | None, other: str | None) -> None:
    given = {"单位": (name, "写在后面")}
    if _act(what) != _ADD:
        given["新名称或并入单位"] = (other, f"写在单位后面，如 zhenggai unit {what} 县旅游局 县文化和旅游局")
    to_be_asked(given)


def _asked(units: UnitBook, question: str) -> str:
    """The name of a unit of the book, asked for."""
    return prompts.ask(question, lambda word: known_unit(units, word).name, choices=unit_choices(units))


def _act(word: str) -> str:
    if word not in _WORDS:
        raise UsageError(f"不认得“{word}”\n  可用：{_WHAT}")
    return _WORDS[word]


def _refuse_name(root: Path, units: UnitBook, name: str, own: Unit | None = None) -> None:
    """Raise ``UsageError`` for a name that another unit or class has, or that cannot be a folder name."""
    _refuse_taken(units, name, own)
    folders = [known for unit in units.members for known in (unit.name, *unit.former_names)]
    too_long = (path_fault(Path(plan).stem, name) for plan in plan_paths(root))
    if fault := name_fault(name) or twin_fault(name, folders) or next(filter(None, too_long), None):
        raise UsageError(f"单位名称不能用：{fault}，没有写入\n  下一步：换一个名称")


def _refuse_taken(units: UnitBook, name: str, own: Unit | None = None) -> None:
    if name in units.class_by_name or units.unit_named(name) not in (None, own):
        raise UsageError(f"单位册里已有“{name}”，没有写入\n  两个单位合并，用 zhenggai unit merge")


def _rename(root: Path, units: UnitBook, unit: Unit, name: str, day: date | None, wish: Wish) -> Exit:
    name = name.strip()
    _refuse_name(root, units, name, unit)
    if name == unit.name:
        raise UsageError(f"它本来就叫“{name}”，没有写入")
    note = f"{day} 由{unit.name}更名" if day else ""
    edit = unit_edit.renamed(root, unit, name, note)
    if carry_out(root, edit, [], day or clock.today(), wish):
        say(f"{unit.name}已更名为{name}，写入 {edit.path}")
        say("方案和台账里的旧名称不用改，仍然认得；台账文件夹留在原处，以后记在新名称的文件夹里")
    return Exit.OK


def _merge(root: Path, units: UnitBook, unit: Unit, into: str, day: date, wish: Wish) -> Exit:
    heir = known_unit(units, into)
    if heir == unit:
        raise UsageError("不能并入自己，没有写入")
    if unit.until is not None:
        gone = f"，并入{unit.merged_into}" if unit.merged_into else ""
        raise UsageError(f"{unit.name}已于 {unit.until} 撤销{gone}，没有写入")
    if heir.until is not None and heir.until < day:
        raise UsageError(f"{heir.name}已于 {heir.until} 撤销，没有写入\n  下一步：并入现在的单位")
    if (unit.since and unit.since >= day) or (heir.since and heir.since > day):
        raise UsageError(f"{day} 时还没有这两个单位，没有写入\n  下一步：核对日期")
    edit = unit_edit.merged(root, unit, heir, day)
    if carry_out(root, edit, _books(root, edit.value), max(day, clock.today()), wish):
        say(f"{unit.name}自 {day} 起并入{heir.name}，写入 {edit.path}")
        say("未办结的任务转由后者承担，已销号的仍在前者名下")
    return Exit.OK


def _add(root: Path, units: UnitBook, unit: Unit, wish: Wish) -> Exit:
    _refuse_name(root, units, unit.name)
    for short_name in unit.short_names:
        _refuse_taken(units, short_name)
    if unit.category and unit.category not in units.class_by_name:
        known = "、".join(c.name for c in units.classes) or "无"
        raise UsageError(f"没有类别“{unit.category}”，没有写入\n  现有：{known}；新的类别请先写进 plans/units.yaml")
    if unit.category:
        unit = replace(unit, category=units.class_by_name[unit.category].name)
    edit = unit_edit.added(root, unit)
    if carry_out(root, edit, _books(root, edit.value), max(unit.since or date.min, clock.today()), wish):
        since = f"自 {unit.since} 起计" if unit.since else "按一直都有计；若是新设的单位，要用 --since 写明哪天起"
        say(f"已新增{unit.name}（{since}），写入 {edit.path}")
    return Exit.OK


def _books(root: Path, units: UnitBook) -> list[tuple[Book, Book]]:
    """The book of each plan, as it is and with another unit book."""
    return [(book, replace(book, units=units)) for book in read_books_of(root)]
