"""名称: what becomes a folder has a name that every system takes and tells from the others, in paths that are not too long.

Good: 县教育局. Bad: ``县教育局/机关``, ``CON``, a name with a blank at its end or with characters nobody sees, ``县A局`` beside ``县ａ局``,
a name that makes paths of over 200 characters; a folder under ledgers/ that is no plan's.
"""

from collections.abc import Iterable, Iterator, Sequence

from zhenggai.model.book import Book
from zhenggai.model.names import MAX_PATH, name_fault, path_fault, twin_fault
from zhenggai.model.source import Diagnostic, Level, Source
from zhenggai.model.units import Unit
from zhenggai.rules.checks.check import Finder
from zhenggai.rules.day.snapshot import Snapshot

_HERE = Finder("名称", "方案编号、单位名称不能用作文件夹名，或与别的只差大小写、全角半角")
_PATH = Finder("路径", "文件的路径太长，有的电脑打不开", Level.WARNING)
_FOLDER = Finder("文件夹", "ledgers/ 下有文件夹不属于任何方案", Level.WARNING)
_SHORTER = "改用短一些的名称"


def diagnostics(book: Book) -> Iterator[Diagnostic]:
    """The number of the plan, and the names of the units, present and former."""
    number = book.plan.number
    if fault := name_fault(number):
        yield _HERE.at(book.plan.where.of("number"), f"方案编号不能用：{fault}", "换一个编号")
    seen: list[str] = []
    for unit in book.units.members:
        yield from _of_unit(unit, seen)
        if fault := path_fault(number, unit.name):
            yield _HERE.at(unit.where.of("name"), f"单位名称不能用：{fault}", _SHORTER)


def _of_unit(unit: Unit, seen: list[str]) -> Iterator[Diagnostic]:
    for field, names in (("name", (unit.name,)), ("former_names", unit.former_names)):
        for name in names:
            if fault := name_fault(name) or twin_fault(name, seen):
                yield _HERE.at(unit.where.of(field), f"单位名称不能用：{fault}", "换一种写法，原来的列入“简称”")
            seen.append(name)


def long_paths(book: Book, _snapshot: Snapshot) -> Iterator[Diagnostic]:
    """Files whose path has over 200 characters, which some computers cannot open."""
    for path in sorted({*book.evidence_files, *(record.source.path for record in book.records)}):
        if len(path) > MAX_PATH:
            yield _PATH.at(Source(path), f"路径有 {len(path)} 个字符，最多 {MAX_PATH} 个", "把文件改名，改短一些")


def of_plans(numbers: Sequence[str], folders: Iterable[str]) -> Iterator[Diagnostic]:
    """Plans that some computer takes for one, and folders of a ledger (those with something in them) that are no plan's."""
    for nth, number in enumerate(numbers):
        if fault := twin_fault(number, numbers[:nth]):
            yield _HERE.at(Source(f"plans/{number}.yaml"), f"方案编号不能用：{fault}", "换一个编号")
    for folder in folders:
        if folder not in numbers:
            near = f"“{folder}”不是方案编号，其中的记录都没有计入"
            yield _FOLDER.at(Source(f"ledgers/{folder}"), near, _renamed(folder, numbers))


def _renamed(folder: str, numbers: Sequence[str]) -> str:
    twin = next((number for number in numbers if twin_fault(folder, (number,))), None)
    return f"把文件夹改名为 {twin}" if twin else "改成方案的编号，或移到别处"
