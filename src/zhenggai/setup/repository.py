"""The git repository of a clone and its settings: display of names, merge driver, unit, writer, identity."""

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhenggai.errors import Unwritable
from zhenggai.model.administrators import is_among
from zhenggai.model.units import Unit
from zhenggai.reading.data_folders import UNITS_FILE, is_tracked
from zhenggai.setup.requirement import BY_FIX, Fitting, Site, of_git, program
from zhenggai.sharing import git
from zhenggai.sharing.git_log import logged
from zhenggai.writing.edit.edit_text import as_yaml
from zhenggai.writing.edit.unit_edit import added, identified
from zhenggai.writing.edit.yaml_lines import flow

MAIN = "main"
_SETTINGS = {"core.quotepath": "false"}  # show Chinese names unescaped
_ON_WINDOWS = {"core.longpaths": "true"}  # paths of more than 260 characters
_DRIVER = ("merge-driver", "%O", "%A", "%B", "%L", "%P")
# The driver's own exit codes are 0 and 4. Any other code means that Python could not run it. git would then keep our side
# alone, without conflict markers, so git's own merge is run instead.
_ELSE = "; c=$?; test $c -eq 0 -o $c -eq 4 && exit $c; git merge-file --marker-size=%L %A %O %B"
MADE_UP = "（没有设过邮箱，先造一个，只用来认人）"
_NOT_IN_ADDRESS = re.compile(r"[\s@<>,;，；、]")
_SIGNATURE = {"user.name": "署名", "user.email": "电子邮件"}


def present(site: Site) -> Iterator[Fitting]:
    """The repository itself. Without it, everything works except sharing."""
    what = "git 仓库"
    if not git.is_there():
        yield Fitting(what, "没有装 git，sync 和 audit 用不了，其余照常", "安装 git（https://git-scm.com），再运行一次")
    elif site.is_tracked:
        yield Fitting(what)
    elif is_tracked(site.root):
        yield Fitting(what, *_distrust(site.root))
    else:
        yield Fitting(what, "这里不是 git 仓库", mend=lambda: new_repository(site.root))


def _distrust(root: Path) -> tuple[str, str]:
    """Why git does not use the repository, and what to do."""
    complaint = git.call(root, "rev-parse", "--git-dir").complaint
    if "dubious ownership" in complaint:
        mine = f"git config --global --add safe.directory {shlex.quote(root.as_posix())}"
        return "git 认为这个文件夹属于别的用户，不肯使用", f"文件夹若确是自己的，运行 {mine}"
    said = logged(root, "读仓库", complaint).strip()
    return f"git 读不出这里（{said}）", "请懂 git 的人看 .git 文件夹，或重新克隆"


def new_repository(root: Path, *options: str) -> str:
    """Create a repository (``--bare`` on a server). Returns a sentence that says so."""
    made = git.call(root, "init", "--quiet", *options)
    named = git.call(root, "symbolic-ref", "HEAD", f"refs/heads/{MAIN}")  # older versions of git have no option -b
    if not (made.ok and named.ok):
        said = logged(root, "建仓库", made.complaint + named.complaint)
        raise Unwritable(f"建不了 git 仓库\n  下一步：看文件夹能否写入\n{said}")
    return f"新建 git 仓库（分支 {MAIN}）"


@of_git
def settings(site: Site) -> Iterator[Fitting]:
    """The technical settings of the clone."""
    for name, value in (_SETTINGS | (_ON_WINDOWS if os.name == "nt" else {})).items():
        yield setting(site, name, value)


def setting(site: Site, name: str, value: str) -> Fitting:
    """A setting in the repository's own configuration, whatever the computer's settings are."""
    lack = "" if site.local(name) == value else f"没有设为 {value}"
    return Fitting(f"git 设置 {name}", lack, mend=lambda: site.kept(name, value))


@of_git
def merge_driver(site: Site) -> Iterator[Fitting]:
    """The merge driver, so that git, too, merges ledgers entry by entry."""
    name = "merge.zhenggai.driver"
    lack = "" if _runs(site.local(name) or "") else "没有设，或其中的 Python 已不在"

    def made() -> str:
        site.kept("merge.zhenggai.name", "整改台账：按记录合并")
        site.kept(name, driver())
        return f"设置 {name}（台账按记录合并）"

    yield Fitting(f"git 设置 {name}（台账按记录合并）", lack, mend=made)


def driver() -> str:
    """The merge driver's command line for git's settings, quoted for the shell. ``%`` in the program's path is doubled."""
    return f"{program().strip().replace('%', '%%')} {' '.join(_DRIVER)}{_ELSE}"


def _runs(command: str) -> bool:
    """Whether a driver is ours and its Python exists. It may be another Python than the present."""
    try:
        words = shlex.split(command.removesuffix(_ELSE))
    except ValueError:
        return False
    return (
        command.endswith(_ELSE)
        and words[1:] == ["-P", "-m", "zhenggai", *_DRIVER]
        and Path(words[0].replace("%%", "%")).is_file()
    )


@of_git
def unit(site: Site) -> Iterator[Fitting]:
    """The unit of the clone."""
    found = _kept_setting(site, "zhenggai.unit", "本单位", site.unit, "--unit 单位")
    if not found.lack and site.known_unit is None:
        found = Fitting(found.what, "单位册里没有这个单位", f"核对 plans/units.yaml，或重设：{found.step}")
    yield found


@of_git
def writer(site: Site) -> Iterator[Fitting]:
    """The writer (填报人) in the clone."""
    yield _kept_setting(site, "zhenggai.writer", "填报人", site.writer, "--writer 岗位或科室")


def _kept_setting(site: Site, name: str, about: str, wanted: str | None, option: str) -> Fitting:
    """The fitting of a setting that replaces a command-line option. ``wanted`` is the value to set, if one is known."""
    now, what, how = site.said(name), f"{about} {name}", f"zhenggai init {option}"
    if wanted and wanted != git.setting(site.root, name):
        return Fitting(what, "没有设成这个", how, lambda: site.kept(name, wanted))
    if not now:
        return Fitting(what, f"没有设，每次都要写 {option.partition(' ')[0]}", how)
    return Fitting(f"{what} = {now}", step=how)


@of_git
def signature(site: Site) -> Iterator[Fitting]:
    """The identity of commits. If it is not set, it is taken from the unit book, provided that the unit has only one there.

    For a unit without any there, an address is made of writer and unit: it need not receive mail, only tell who commits.
    """
    unit, writer = site.known_unit, site.said("zhenggai.writer")
    identities = unit.identities if unit else ()
    made = made_identity(unit.name, writer) if unit and writer and not identities else ""
    from_book = {"user.name": unit.name, "user.email": made or "".join(identities[:1])} if unit else {}
    for name, about in _SIGNATURE.items():
        now, value = git.setting(site.root, name), from_book.get(name, "")
        lack = "" if now else "没有设，git 不肯提交"
        note = MADE_UP if value and value == made else ""
        sure = bool(made) or len(identities) == 1
        mend = (lambda name=name, value=value, note=note: site.kept(name, value) + note) if sure else None
        step = BY_FIX if mend else f'git config {name} "{value or about}"'
        yield Fitting(f"git {about} {name}{f' = {now}' if now else ''}", lack, step, mend)


def made_identity(unit: str, writer: str) -> str:
    """An address for somebody who has set none.

    >>> made_identity("县教育局", "办公室"), made_identity("县委办（党委）", "张 三@组")
    ('办公室@县教育局', '张三组@县委办（党委）')
    """
    return "@".join(_NOT_IN_ADDRESS.sub("", part) for part in (writer, unit))


@of_git
def remote(site: Site) -> Iterator[Fitting]:
    """The server's address, where one was given."""
    if site.remote is None:
        return
    now, wanted = git.setting(site.root, "remote.origin.url"), site.remote
    if now is None:
        yield Fitting("服务器", "没有设", mend=lambda: _connected(site, wanted))
    else:
        lack = "" if now == wanted else f"原来是 {now}，没有改成 {wanted}"
        yield Fitting("服务器", lack, f"git remote set-url origin {shlex.quote(wanted)}")


def _connected(site: Site, address: str) -> str:
    answer = git.call(site.root, "remote", "add", "--", "origin", address)
    if not answer.ok:
        raise Unwritable(f"git 没有记下服务器的地址\n  下一步：git remote add origin {shlex.quote(address)}")
    return f"设置 服务器 = {address}"


@of_git
def identity_in_the_book(site: Site) -> Iterator[Fitting]:
    """Whether the unit book lists the identity that commits here, if it lists any. If not, shows the missing line."""
    name, mail = site.said("zhenggai.unit"), git.setting(site.root, "user.email")
    if not name or not mail:
        return
    unit, emails = site.known_unit, site.administrators()
    listed = unit.identities if unit else ()
    if not listed and not emails:
        return
    what = "提交身份与单位册一致"
    if is_among(listed, mail):
        yield Fitting(what)
        return
    ours = f"git config user.email {listed[0]}，或" if listed else ""
    step = f"{ours}{_how_to_be_listed(site.root, name, unit, mail, emails)}"
    yield Fitting(what, f"{mail} 不在单位册 {unit.name if unit else name} 的身份里", step)


def _how_to_be_listed(root: Path, name: str, unit: Unit | None, mail: str, emails: Sequence[str]) -> str:
    """The remedy for a missing identity: who must put which line into the unit book, and where."""
    try:
        act, line = _line_with_identity(root, name, unit, mail)
    except Unwritable:  # the book cannot be read as text: it has faults of its own, which ``check`` names
        act, line = f"写在 {UNITS_FILE} 的“{name}”下", f"身份: [{mail}]"
    if blanks := len(line) - len(line.lstrip()):
        act += f"，开头空 {blanks} 格"
    if is_among(emails, mail):
        return f"{act}：{line}"
    contacts = f"（{'、'.join(emails)}）" if emails else ""
    return f"把这一行发给管理{contacts}，{act}：{line}"


def _line_with_identity(root: Path, name: str, unit: Unit | None, mail: str) -> tuple[str, str]:
    """What to do with a line, and the line as the book writes it. Raises ``Unwritable``."""
    if unit is None:
        new = Unit(name=name, identities=(mail,))
        _, come = next(added(root, new).changes())
        indent = re.match(" *", come[0][1])
        return f"加在 {UNITS_FILE} 的“单位”最后", f"{indent[0] if indent else ''}- {flow(as_yaml(new))}"
    gone, come = next(identified(root, unit, mail).changes())
    line = come[-1][1]
    if not gone:
        return f"加在 {UNITS_FILE} 里“{unit.name}”的最后", line
    old = gone[-1][1].strip()
    return f"替换 {UNITS_FILE} 里“{unit.name}”{'' if unit.name in old else f'的“{old}”'}那一行", line
