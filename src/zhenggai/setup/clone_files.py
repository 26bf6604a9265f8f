"""The files of a clone: unit book, plan, JSON schemas, and the lines in git's attributes and ignore files."""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from zhenggai.model.administrators import is_among
from zhenggai.reading.data_folders import ATTRIBUTES_FILE, EVIDENCE, LEDGERS, PASSING, PLANS, REPORTS, UNITS_FILE
from zhenggai.reading.json_schema import IN_CLONES, schema_text
from zhenggai.setup.new_books import plan_text, sample_book, units_text
from zhenggai.setup.requirement import Fitting, Site
from zhenggai.writing.atomic import read_bytes, writing
from zhenggai.writing.write_refusals import refusals

_EDITOR = {
    "yaml.schemas": {f"{PLANS}/schema/ledger.schema.json": f"{LEDGERS}/**/*.yaml"},
    "files.encoding": "utf8",
    "files.eol": "\n",
}
# In gitattributes the last matching line wins. Evidence and issued reports keep every byte, whatever their names.
ATTRIBUTES = (
    "*.yaml text eol=lf",
    "*.yml text eol=lf",
    f"{PLANS}/schema/*.json text eol=lf",
    f"{LEDGERS}/**/*.yaml merge=zhenggai",
    f"{LEDGERS}/**/*.yml merge=zhenggai",
    f"{LEDGERS}/**/{EVIDENCE}/** -text !merge",
    f"{LEDGERS}/**/{REPORTS}/** -text !merge",
)


def texts(site: Site) -> Iterator[Fitting]:
    """Files with an initial text. An existing file is never changed."""
    yield _text(site.root, UNITS_FILE, lambda: units_text(site.book or sample_book(site.unit)))
    if (plan := site.plan) is not None:
        yield _text(site.root, plan.path, lambda: plan_text(plan))
    for name in IN_CLONES:
        yield _text(site.root, f"{PLANS}/schema/{name}.schema.json", partial(schema_text, name))
    yield _text(site.root, ".vscode/settings.json", lambda: json.dumps(_EDITOR, ensure_ascii=False, indent=2) + "\n")


def ledger_folder(site: Site) -> Iterator[Fitting]:
    """The ledger folder. A clone may lack it, as git does not store empty folders."""

    def made() -> str:
        with refusals(LEDGERS):
            folder.mkdir()
        return f"新建 {LEDGERS}/"

    folder = site.root / LEDGERS
    yield Fitting(f"{LEDGERS}/", "" if folder.is_dir() else "没有这个文件夹", mend=made)


def attributes(site: Site) -> Iterator[Fitting]:
    """The lines in .gitattributes: fixed line ends, and the merge driver of ledgers."""
    found = _lines(site, ATTRIBUTES_FILE, "换行、合并方式和附件原样保存", ATTRIBUTES, in_order=True)
    emails = site.administrators() if found.mend and found.lack and site.is_tracked else ()
    if emails and site.email and not is_among(emails, site.email):  # the server accepts it from the administrators only
        step = f"请管理（{'、'.join(emails)}）运行 zhenggai init 补上，再 zhenggai sync"
        found = Fitting(found.what, found.lack, step)
    yield found


def ignored(site: Site) -> Iterator[Fitting]:
    """The lines in .gitignore: files that belong to one computer."""
    yield _lines(site, ".gitignore", "临时文件不入库", PASSING, in_order=False)


def _text(root: Path, path: str, text: Callable[[], str]) -> Fitting:
    def made() -> str:
        with writing(root) as changes:
            changes.replace(root / path, None, text().encode())
        return f"新建 {path}"

    return Fitting(path, "" if read_bytes(root / path) is not None else "没有这个文件", mend=made)


def _lines(site: Site, path: str, about: str, wanted: Sequence[str], *, in_order: bool) -> Fitting:
    what = f"{path}（{about}）"
    old = read_bytes(site.root / path)
    if (old or b"").startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return Fitting(what, "编码是 UTF-16，git 读不懂", f"把 {path} 另存为 UTF-8，再运行一次")
    lacking = _lacking(old or b"", wanted, in_order)
    lack = "" if not lacking else "没有这个文件" if old is None else f"缺 {len(lacking)} 行"

    def appended() -> str:
        with writing(site.root) as changes:
            changes.replace(site.root / path, old, _with_lines(old or b"", lacking))
        return f"新建 {path}" if old is None else f"{path} 补上 {len(lacking)} 行：{'；'.join(lacking)}"

    return Fitting(what, lack, mend=appended)


def _lacking(old: bytes, wanted: Sequence[str], in_order: bool) -> Sequence[str]:
    """The wanted lines that are missing. With ``in_order``: all from the first one that is missing or out of order."""
    there = [line.split() for line in old.removeprefix(b"\xef\xbb\xbf").splitlines()]
    if not in_order:
        return [line for line in wanted if line.encode().split() not in there]
    rest = iter(there)
    for nth, line in enumerate(wanted):
        if line.encode().split() not in rest:  # an iterator: the search goes on after the last hit
            return wanted[nth:]
    return ()


def _with_lines(old: bytes, lines: Sequence[str]) -> bytes:
    """A file's bytes with lines appended, in the file's own line ends."""
    end = b"\r\n" if b"\r\n" in old else b"\n"
    open_end = end if old and not old.endswith(b"\n") else b""
    return old + open_end + b"".join(line.encode() + end for line in lines)
