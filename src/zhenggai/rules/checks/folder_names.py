"""Checks 名称, 路径 and 文件夹: names of plans and units work as folder names on every system, and paths are not too long.

A name is unusable if some system forbids it, or treats it as equal to another name (case, full width, Unicode form).
"""

from collections.abc import Sequence

from zhenggai.model.book import Book
from zhenggai.model.name_keys import name_key
from zhenggai.model.names import MAX_PATH, name_fault, path_fault, twin_fault
from zhenggai.model.source import Level, Source
from zhenggai.model.units import Unit
from zhenggai.rules.checks.named_check import Check, DataFolder, Finding, Findings
from zhenggai.rules.checks.samples import BEGUN, ledger_file, sample, units_with
from zhenggai.rules.day.snapshot import Snapshot

_SHORTER = "改用短一些的名称"


def _names(book: Book) -> Findings:
    """Unusable names: the number of the plan, and present and former names of units."""
    number = book.plan.number
    if fault := name_fault(number):
        yield Finding(book.plan.where.of("number"), f"方案编号不能用：{fault}", "换一个编号")
    seen: list[str] = []
    for unit in book.units.members:
        yield from _of_unit(unit, seen)
        if fault := path_fault(number, unit.name):
            yield Finding(unit.where.of("name"), f"单位名称不能用：{fault}", _SHORTER)


def _of_unit(unit: Unit, seen: list[str]) -> Findings:
    for field, names in (("name", (unit.name,)), ("former_names", unit.former_names)):
        for name in names:
            others = [other for other in seen if name_key(other) != name_key(name)]  # the check 单位 names those
            if fault := name_fault(name) or twin_fault(name, others):
                yield Finding(unit.where.of(field), f"单位名称不能用：{fault}", "换一种写法，原来的列入“简称”")
            seen.append(name)


def _long_paths(book: Book, _snapshot: Snapshot) -> Findings:
    """Files whose path has more than ``MAX_PATH`` characters: some computers cannot open them."""
    for path in sorted({*book.evidence_files, *(record.source.path for record in book.records)}):
        if len(path) > MAX_PATH:
            yield Finding(Source(path), f"路径有 {len(path)} 个字符，最多 {MAX_PATH} 个", "把文件改名，改短一些")


def _plan_numbers(folder: DataFolder) -> Findings:
    """Numbers of plans that some computers treat as the same file name."""
    for nth, number in enumerate(folder.plans):
        if fault := twin_fault(number, folder.plans[:nth]):
            yield Finding(Source(f"plans/{number}.yaml"), f"方案编号不能用：{fault}", "换一个编号")


def _foreign_folders(folder: DataFolder) -> Findings:
    """Folders under ``ledgers/`` whose name is not the number of a plan."""
    for name in folder.ledgers:
        if name not in folder.plans:
            near = f"“{name}”不是方案编号，其中的记录都没有计入"
            yield Finding(Source(f"ledgers/{name}"), near, _renamed(name, folder.plans))


def _renamed(folder: str, numbers: Sequence[str]) -> str:
    twin = next((number for number in numbers if twin_fault(folder, (number,))), None)
    return f"把文件夹改名为 {twin}" if twin else "改成方案的编号，或移到别处"


NAMES = Check(
    name="名称",
    level=Level.ERROR,
    about="方案编号、单位名称不能用作文件夹名，或与别的只差大小写、全角半角",
    good=sample(units_with("{名称: 县委督查局}", "{名称: 县委督查局（目标办）}")),
    bad=sample(units_with("{名称: 县委督查局}", "{名称: 县委督查局/目标办}")),
    of_plan=_names,
    of_folder=_plan_numbers,
)
_EVIDENCE = "ledgers/zg/县教育局/附件/2020-03/{}/通知.pdf"
PATHS = Check(
    name="路径",
    level=Level.WARNING,
    about="文件的路径太长，有的电脑打不开",
    good=sample({_EVIDENCE.format("学习办法"): ""}),
    bad=sample({_EVIDENCE.format("/".join(["关于印发学习办法的通知及其附件" * 4] * 3)): ""}),
    of_ledger=_long_paths,
)
FOLDERS = Check(
    name="文件夹",
    level=Level.WARNING,
    about="ledgers/ 下有文件夹不属于任何方案",
    good=sample(ledger_file(BEGUN)),
    bad=sample({"ledgers/整改/县教育局/2020-03.办公室.k3.yaml": BEGUN}),
    of_folder=_foreign_folders,
)
