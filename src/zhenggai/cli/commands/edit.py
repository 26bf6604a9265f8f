"""``zhenggai edit``: opens a plan, a book or the unit's own ledger file in an editor, and checks it on return."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.commands.fmt import new_number
from zhenggai.cli.offers import PLANS as PLAN_NUMBERS
from zhenggai.cli.offers import either, one_of
from zhenggai.cli.output import diagnostic_line, say, tell
from zhenggai.cli.plan_clock import times_at
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice, plain_choices
from zhenggai.cli.writing.editor import Editor, found_editor
from zhenggai.cli.writing.permission import refuse_changing_plan, refuse_changing_units
from zhenggai.cli.writing.writer_identity import my_unit
from zhenggai.errors import Exit, NothingToShow, UsageError
from zhenggai.importing.plan.plan_text import OPEN
from zhenggai.ledger import MAKE_PLAN
from zhenggai.ledger.whole import check_root
from zhenggai.model.ledger_name import ledger_name
from zhenggai.model.name_keys import name_key
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.reading.data_folders import (
    ORGANISATIONS_FILE,
    PLANS,
    UNITS_FILE,
    FileKind,
    place_of,
    plan_paths,
    root_of,
)
from zhenggai.reading.load import load_plan, load_units
from zhenggai.rules.identities import same_unit
from zhenggai.setup.new_books import ORGANISATIONS_SAMPLE
from zhenggai.sharing.landed_edits import landed_edits
from zhenggai.writing.append import known_clone_mark
from zhenggai.writing.atomic import note_written, read_bytes, writing
from zhenggai.writing.tidy import data_paths, tidied_file

_BOOKS = {
    "单位册": UNITS_FILE,
    "units": UNITS_FILE,
    "党组织册": ORGANISATIONS_FILE,
    "organisations": ORGANISATIONS_FILE,
}
_PLAN_WORDS, _LEDGER_WORDS = ("方案", "plan"), ("台账", "ledger")
_COULD = "可写：单位册、党组织册、台账（本单位的）、方案编号，或文件的路径"
_AGAIN, _MEND, _KEEP, _RESTORE = "再改", "改正", "留着", "还原"


def edit(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[什么]", help="单位册、党组织册、台账、方案编号，或文件；不写是方案", show_default=False
        ),
        either(one_of(("单位册", "党组织册", "台账")), PLAN_NUMBERS),
    ] = None,
) -> Exit:
    """用 VISUAL、EDITOR 说的编辑器，没有设的用电脑上有的。有错的，可以再改、自动改正、留着，或还原。

    例：zhenggai edit　　zhenggai edit 单位册　　zhenggai 编辑 台账
    """
    root = root_of(Path.cwd())
    path = _chosen(root, what)
    _refuse_others(root, path)
    if not prompts.at_terminal():
        raise UsageError(
            f"编辑要在终端里运行，没有改动\n  下一步：用编辑器打开 {root / path}，改好后运行 zhenggai check"
        )
    old, editor = read_bytes(root / path), found_editor()
    if old is not None:
        return _edited(root, path, old, editor)
    if path != ORGANISATIONS_FILE:
        raise UsageError(f"没有文件 {path}\n  下一步：zhenggai init 补上")
    with _organisations_sample(root) as sample:
        return _edited(root, path, sample, editor, is_sample=True)


def _edited(root: Path, path: str, old: bytes, editor: Editor, *, is_sample: bool = False) -> Exit:
    """Open a file until it has no errors or the user leaves them. An unchanged sample is no error."""
    tell(f"用 {editor.name} 打开 {path}（{editor.hint}），回来就检查")
    if editor.covers:
        prompts.ask_optional("按回车打开，按 Esc 放弃", str)
    course, line = _AGAIN, _first_open(old)
    while True:
        if course == _AGAIN:
            _opened(editor, root / path, old, line)
        new = read_bytes(root / path)
        is_changed = new != old
        if is_changed:
            note_written(f"改动 {path}")
        found = _found(root, path, old, new)
        errors = sum(diagnostic.level is Level.ERROR for diagnostic in found)
        if not is_changed and (is_sample or not errors):
            say(f"{path} 没有改动")
            return Exit.OK
        for diagnostic in found:
            say(diagnostic_line(diagnostic))
        if not errors:
            say(f"已改 {path}，{f'提醒 {len(found)} 处，见上' if found else '没有问题'}")
            return Exit.OK
        line = min((d.source.line for d in found if d.level is Level.ERROR and d.source.path == path), default=1)
        course = _course(errors, any(diagnostic.is_mendable for diagnostic in found), is_changed)
        if course == _MEND:
            _mend(root, path)
        elif course == _RESTORE:
            with writing(root) as changes:
                changes.replace(root / path, new, old)
            say(f"已还原 {path}")
            return Exit.OK
        elif course == _KEEP:
            say(f"{path} {'照改的留着' if is_changed else '没有改动'}，{errors} 处错误改好以前不能交出去")
            return Exit.FOUND


# --- which file


def _chosen(root: Path, what: str | None) -> str:
    """The path of the file that a word names, from the root."""
    plans = {name_key(Path(path).stem): path for path in plan_paths(root)}
    if what is None or what in _PLAN_WORDS:
        return _plan(list(plans.values()))
    if what in _BOOKS:
        return _BOOKS[what]
    if what in _LEDGER_WORDS:
        return _own_ledger(root)
    if name_key(what) in plans:
        return plans[name_key(what)]
    paths = data_paths(root)
    for place in (Path(what), root / what):
        path = os.path.relpath(os.path.abspath(place), root).replace(os.sep, "/")
        if path in paths:
            return path
    raise UsageError(f"没有“{what}”这个可以编辑的文件\n  {_COULD}")


def _plan(paths: list[str]) -> str:
    if not paths:
        raise NothingToShow(f"plans/ 里还没有方案\n  {MAKE_PLAN}")
    if len(paths) == 1:
        return paths[0]
    numbers = [Path(path).stem for path in paths]
    if not prompts.at_terminal():
        raise UsageError(f"有 {len(paths)} 个方案：{'、'.join(numbers)}\n  下一步：zhenggai edit 编号")
    return f"{PLANS}/{prompts.word('哪个方案', numbers)}.yaml"


def _own_ledger(root: Path) -> str:
    """The file of the unit that is meant: this computer's and the newest come first."""
    book, unit, mark = load_units(root)[0], _my_unit(root), known_clone_mark(root)
    paths = [path for path in data_paths(root) if place_of(path).unit and same_unit(book, place_of(path).unit, unit)]
    names = {path: ledger_name(path) for path in paths}
    recent = sorted(paths, key=lambda path: path.rpartition("/")[2], reverse=True)
    here = [path for path in recent if (name := names[path]) and name.mark == mark]
    ordered = list(dict.fromkeys((*here, *recent)))
    if not ordered:
        raise UsageError(f"{unit}还没有台账\n  下一步：zhenggai add 记第一条")
    if len(ordered) == 1 or not prompts.at_terminal():
        return ordered[0]
    return prompts.ask("哪个文件", prompts.one_of(ordered), ordered[0], plain_choices(ordered))


def _my_unit(root: Path) -> str:
    unit = my_unit(root)
    if unit is None:
        raise UsageError("还不知道你是哪个单位\n  下一步：zhenggai init --unit 单位")
    return unit


def _refuse_others(root: Path, path: str) -> None:
    """Raise ``UsageError`` for another unit's ledger, and for a book or plan that the user may not change."""
    book, place = load_units(root)[0], place_of(path)
    if place.kind is FileKind.LEDGER and not same_unit(book, place.unit, _my_unit(root)):
        what = f"{path} 是{place.unit}的台账，只由它自己改，没有打开"
        raise UsageError(f"{what}\n  下一步：看用 zhenggai show {place.unit}；有错的请它更正")
    if place.kind is FileKind.PLAN:
        refuse_changing_plan(root, book, load_plan(root, path)[0])
    elif place.kind is not FileKind.LEDGER:
        refuse_changing_units(root, book)


@contextmanager
def _organisations_sample(root: Path) -> Iterator[bytes]:
    """A commented sample where there is no organisation book, if the user wants it. It goes again if it is not filled in."""
    prompts.consent(f"还没有党组织册 {ORGANISATIONS_FILE}，从样本建一个", default=True)
    file, sample = root / ORGANISATIONS_FILE, ORGANISATIONS_SAMPLE.encode()
    with writing(root) as changes:
        changes.replace(file, None, sample)
    try:
        yield sample
    finally:
        if read_bytes(file) == sample:
            with writing(root) as changes:
                changes.remove(file, sample)
            tell(f"{ORGANISATIONS_FILE} 还是样本，没有留下")


# --- what became of it


def _opened(editor: Editor, file: Path, old: bytes, line: int) -> None:
    """Open the file at a line. An editor that does not wait is asked about while the file is unchanged."""
    editor.open(file, line)
    if not editor.waits and read_bytes(file) == old:
        prompts.ask_optional("改好、存盘以后按回车", str)


def _first_open(data: bytes) -> int:
    """The first line of a drafted plan on which something is to be decided; the first line of any other file."""
    found = re.search(rf"(?:^|\s)# {OPEN}", data.decode(errors="replace"), re.MULTILINE)
    return found.string.count("\n", 0, found.end()) + 1 if found else 1


def _found(root: Path, path: str, old: bytes, new: bytes | None) -> list[Diagnostic]:
    """What ``check`` says about the file (about all books, if it is one), and what may not be changed."""
    if new is None:
        return [Diagnostic(Source(path), "文件", "文件不在了", f"选“{_RESTORE}”")]
    place = place_of(path)
    of_plan = place.plan or (Path(path).stem if place.kind is FileKind.PLAN else None)
    of_books = place.kind in (FileKind.UNITS, FileKind.ORGANISATIONS)
    checked = check_root(root, of_plan, clock.today, clock.today)
    found = [d for d in checked if d.source.path == path or (of_books and place_of(d.source.path).plan == "")]
    plan = load_plan(root, f"{PLANS}/{of_plan}.yaml")[0] if of_plan else None
    return [*found, *landed_edits(root, path, old, new, clock.today(plan))]


def _course(errors: int, mendable: bool, is_changed: bool) -> str:
    """What to do about errors. Giving up the question keeps the file as it is. Only a change can be taken back."""
    courses = (
        Choice(_AGAIN, "回到编辑器"),
        *([Choice(_MEND, "写有“正确写法”的自动改正")] if mendable else []),
        Choice(_KEEP, "先这样，以后再改"),
        *([Choice(_RESTORE, "恢复到编辑以前，一个字不差")] if is_changed else []),
    )
    try:
        return prompts.ask(
            f"{errors} 处错误，怎么办",
            prompts.one_of([c.value for c in courses]),
            _MEND if mendable else _AGAIN,
            courses,
        )
    except typer.Abort:
        return _KEEP


def _mend(root: Path, path: str) -> None:
    """Correct what can be corrected, as ``fmt --mend`` does."""
    mended = tidied_file(root, path, partial(new_number, times_at(root)(path)))
    tell("\n".join(mended.corrections))
    with writing(root) as changes:
        changes.replace(root / path, mended.old, mended.new)
