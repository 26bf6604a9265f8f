"""Reads 汇总.yaml: which counties are rolled up, where their facts lie, and the province's own 问题类型."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from os.path import abspath, expanduser, lexists, normcase
from pathlib import Path

from zhenggai.errors import NothingToShow
from zhenggai.frozen import frozen
from zhenggai.model.county_list import CountyList, ListedCounty
from zhenggai.model.labels import label_of
from zhenggai.model.name_keys import name_key
from zhenggai.model.names import alike, name_fault
from zhenggai.model.source import Diagnostic, Level
from zhenggai.reading.files import ENCODING_CHECK
from zhenggai.reading.load import load_county_list
from zhenggai.reading.typed import CHECK

TITLE = "各县整改汇总"
_SHOWN = 5  # names of files
_SAMPLE = """县:
- {名称: 甲县, 代码: "360121", 位置: 甲县/facts}
- {名称: 乙县, 代码: "360122", 位置: 乙县/facts}"""


@frozen
class County:
    """A county of the list. ``types``: the 问题类型 by (plan, problem); the plan is None where the list names none."""

    code: str
    name: str
    folder: Path
    types: Mapping[tuple[str | None, int], str]


@frozen
class RollupFile:
    """汇总.yaml as read. ``warnings``: what was read though it is not written as it should be."""

    path: Path
    title: str
    counties: tuple[County, ...]
    warnings: tuple[Diagnostic, ...] = ()


def read_rollup_file(path: Path) -> RollupFile:
    """The list of counties in a file. Raises ``NothingToShow``, which names every fault with its line.

    Its encoding and line ends are as the editor of one computer leaves them: unlike a ledger's they need no warning.
    """
    if not lexists(path):
        raise NothingToShow(_missing(path))
    listed, diagnostics = load_county_list(path)
    diagnostics = [found for found in diagnostics if (found.check, found.level) != (ENCODING_CHECK, Level.WARNING)]
    if listed is not None:
        broken = any(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
        diagnostics += _faults(listed, path, broken)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.level is Level.ERROR]
    if listed is None or errors:
        lines = "\n".join(map(str, sorted(errors, key=lambda error: error.source.line)))
        raise NothingToShow(
            f"{path} 有 {len(errors)} 处错误，没有汇总：\n{lines}\n  下一步：照上面逐处改正，再运行一次"
        )
    counties = tuple(
        County(county.code, county.name, _folder_of(path, county), _types(county)) for county in listed.counties
    )
    return RollupFile(path, listed.title or TITLE, counties, tuple(diagnostics))


def _missing(path: Path) -> str:
    others = sorted(other.name for other in path.parent.glob("*.y*ml"))
    here = f"核对文件名，这里有 {'、'.join(others[:_SHOWN])}；还没有的，" if others else ""
    return f"没有汇总名单 {path}\n  下一步：{here}用记事本写一个 {path.name}，每县一行：\n{_SAMPLE}"


def _folder_of(path: Path, county: ListedCounty) -> Path:
    return path.parent / expanduser(county.folder)


def _types(county: ListedCounty) -> dict[tuple[str | None, int], str]:
    return {_problem(text): problem_type for problem_type, texts in county.problem_types.items() for text in texts}


def _problem(text: str) -> tuple[str | None, int]:
    plan, _, number = text.rpartition("/")
    return plan or None, int(number)


# --- what a key alone does not show


def _faults(listed: CountyList, path: Path, broken: bool) -> Iterator[Diagnostic]:
    """``broken``: the file has other faults, for which counties may have been left out."""
    if not listed.counties and not broken:
        what, remedy = "一个县也没有写", "在“县:”下面每县写一项：- {名称: 甲县, 代码: 360121, 位置: 甲县/facts}"
        yield Diagnostic(listed.where.of("counties"), CHECK, what, remedy)
    keys: Mapping[str, Callable[[ListedCounty], str]] = {
        "name": lambda county: name_key(county.name),
        "code": lambda county: alike(county.code),
        "folder": lambda county: normcase(abspath(_folder_of(path, county))),
    }
    for name, key in keys.items():
        yield from _repeated(listed.counties, name, key)
    for county in listed.counties:
        if fault := name_fault(county.name):
            yield Diagnostic(county.where.of("name"), CHECK, f"县的名称{fault}", "改成县里报数时写的 --county")
        yield from _type_faults(county)


def _repeated(counties: Sequence[ListedCounty], name: str, key: Callable[[ListedCounty], str]) -> Iterator[Diagnostic]:
    """The counties whose field ``name`` says the same as that of one before; ``key`` is equal for spellings of one thing."""
    first: dict[str, ListedCounty] = {}
    for county in counties:
        other = first.setdefault(key(county), county)
        if other is not county:
            what = f"{label_of(name)}“{getattr(county, name)}”和第 {other.where.of(name).line} 行{other.name}的一样"
            yield Diagnostic(county.where.of(name), CHECK, what, f"各县的{label_of(name)}不能相同，改正其中一处")


def _type_faults(county: ListedCounty) -> Iterator[Diagnostic]:
    source = county.where.of("problem_types")
    types: dict[str, str] = {}
    for problem_type, texts in county.problem_types.items():
        if not texts:
            yield Diagnostic(
                source, CHECK, f"“{problem_type}”一个问题号也没有写", "写上问题号，如 [1, 3]；或删去这一类"
            )
        for text in texts:
            other = types.setdefault(text, problem_type)
            if other != problem_type:
                what = f"问题 {text} 既归到“{other}”，又归到“{problem_type}”"
                yield Diagnostic(source, CHECK, what, "一个问题只归一类，删去一处")
