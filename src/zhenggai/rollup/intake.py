"""Takes the counties' facts into the store, and says which counties are used on a day and which are left out, and why."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from zhenggai.errors import ZhenggaiError
from zhenggai.facts.manifest import NAME, Manifest, read_manifest
from zhenggai.frozen import frozen
from zhenggai.model.name_keys import name_key
from zhenggai.progress import watched
from zhenggai.reading.data_folders import PRIVATE
from zhenggai.rollup.county_store import CURRENT, BadFacts, Copy, current_copy, stamps_of, take_copy
from zhenggai.rollup.rollup_file import County, RollupFile
from zhenggai.writing.locks import locked
from zhenggai.writing.write_refusals import refuse_outside

STORE: Final = f"{PRIVATE}/rollup"
LOCK: Final = f"{PRIVATE}/rollup.lock"
_SHOWN = 5  # names of plans
_LOCK_SECONDS = 60.0  # another process may be copying


@frozen
class Kept:
    """A county that can be used: what it published, and where it lies in the store.

    ``note``: why that is not all that the county has, an older copy or one without some plans; else "".
    """

    county: County
    manifest: Manifest
    folder: Path
    note: str = ""


@frozen
class LeftOut:
    """A county of which nothing can be used, or nothing on the day."""

    county: County
    why: str
    remedy: str


def store_of(file: RollupFile) -> Path:
    """The store that belongs to a list of counties."""
    return file.path.parent / STORE


def take_in(file: RollupFile, store: Path) -> tuple[list[Kept], list[LeftOut]]:
    """Take what the counties have published into the store. Counties that are not on the list any more stay there, unused.

    Where a county's new facts cannot be used, those that were good last are, with a note. Raises ``Locked`` if another
    process is taking in, ``Unwritable`` if the store cannot be made.
    """
    with locked(file.path.parent, LOCK, _LOCK_SECONDS, "另一个 zhenggai rollup 正在取各县的数据"):
        refuse_outside(store / CURRENT, file.path.parent)
        kept: list[Kept] = []
        left_out: list[LeftOut] = []
        owners: dict[_Content, Kept] = {}
        for county in watched(file.counties, "取各县的数据"):
            found = _taken(county, store / f"county={county.code}", owners)
            if isinstance(found, LeftOut):
                left_out.append(found)
            else:
                kept.append(found)
                owners[_content(found.manifest)] = found
        return kept, left_out


def on_day(kept: Sequence[Kept], day: date | None) -> tuple[date, list[Kept], list[LeftOut]]:
    """The day that is asked for, and which of the counties (at least one) have facts until then.

    By default it is the newest day that more than half of the counties have reached. A county whose facts begin later is
    used: until then it has nothing to count.
    """
    day = day or sorted((one.manifest.through for one in kept), reverse=True)[len(kept) // 2]
    behind = [one for one in kept if one.manifest.through < day]
    left_out = [_behind(one, day) for one in behind]
    return day, [one for one in kept if one.manifest.through >= day], left_out


def _behind(one: Kept, day: date) -> LeftOut:
    why = f"数据只到 {one.manifest.through}，不到 {day}"
    if one.note:
        why += f"；{one.note}"
    return LeftOut(one.county, why, "请该县重新运行 zhenggai facts；或用 --as-of 看早一些的日期")


# --- one county

_Content = tuple[str | None, frozenset[tuple[str, str]]]


def _content(manifest: Manifest) -> _Content:
    """The commit, and the digests of the files that have rows: equal for two copies of one county's facts."""
    return manifest.commit, frozenset((path, file.sha256) for path, file in manifest.files().items() if file.rows)


def _taken(county: County, home: Path, owners: Mapping[_Content, Kept]) -> Kept | LeftOut:
    older = current_copy(home, county.folder)
    try:
        copy = _newest(county, home, older, owners)
        return Kept(county, copy.manifest, copy.folder, _unread(copy.manifest))
    except ZhenggaiError as error:
        why, _, remedy = str(error).partition("\n  下一步：")
    if older is None or _fault(older.manifest, county, owners):
        return LeftOut(county, why, remedy)
    note = f"{why}；用的是以前取到的，到 {older.manifest.through}；{remedy}"
    notes = filter(None, (note, _unread(older.manifest)))
    return Kept(county, older.manifest, older.folder, "；".join(notes))


def _unread(manifest: Manifest) -> str:
    """What is said of plans that the county could not read; "" if there is none."""
    if not manifest.unread:
        return ""
    names = "、".join(manifest.unread[:_SHOWN]) + f"等 {len(manifest.unread)} 个" * (len(manifest.unread) > _SHOWN)
    return f"县里读不了方案 {names}，没有报；请该县运行 zhenggai check，改好再报"


def _newest(county: County, home: Path, older: Copy | None, owners: Mapping[_Content, Kept]) -> Copy:
    """The copy of what a county has published now. Nothing is copied if that has not changed since ``older``."""
    manifest = _manifest(county)
    if fault := _fault(manifest, county, owners):
        raise fault
    stamps = stamps_of(county.folder, manifest)
    if older and older.manifest == manifest and older.stamps == stamps:
        return older
    return take_copy(home, county.folder, manifest, stamps, older)


def _manifest(county: County) -> Manifest:
    if not os.path.isdir(county.folder):
        raise BadFacts(f"没有文件夹 {county.folder}", "核对汇总名单里的“位置”；在网络盘上的，先连上")
    return read_manifest(county.folder / NAME)


def _fault(manifest: Manifest, county: County, owners: Mapping[_Content, Kept]) -> BadFacts | None:
    """Why facts cannot be those of a county, though they may be whole."""
    whose = manifest.county
    if whose is not None and name_key(whose) not in (name_key(county.name), county.code):
        remedy = (
            f"核对汇总名单里的“位置”；确是{county.name}的，请县里重新运行 zhenggai facts，--county 写 {county.name}"
        )
        return BadFacts(f"{county.folder} 里是{whose}的数据，不是{county.name}的", remedy)
    if not manifest.plans:
        return BadFacts(f"{county.folder} 里一个方案也没有", "请该县在台账的文件夹里重新运行 zhenggai facts")
    other = owners.get(_content(manifest))
    if other and not (
        whose and other.manifest.county
    ):  # two that name themselves are two, though their plans be the same
        remedy = "核对汇总名单里两县的“位置”；确是两县的，请两县都用 zhenggai facts --county 写明县名再报"
        return BadFacts(f"数据和{other.county.name}的完全一样，恐怕是同一份", remedy)
    return None
