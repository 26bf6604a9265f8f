"""A fitting: one thing that a clone or a server should have. What it is, what is lacking, how it is repaired."""

import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from pathlib import Path

from zhenggai.errors import Unwritable, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.administrators import administrators
from zhenggai.model.units import Unit, UnitBook
from zhenggai.reading.data_folders import plan_paths
from zhenggai.reading.load import load_plan, load_units
from zhenggai.setup.new_books import NewPlan
from zhenggai.sharing import git
from zhenggai.writing.atomic import note_written

BY_FIX = "zhenggai doctor --fix"


@frozen
class Fitting:
    """``what``: its name. ``lack``: what is wrong, "" if nothing is. ``step``: what the user can do about it.

    ``mend`` repairs it and returns a sentence that says what it did; None if it cannot be repaired.
    """

    what: str
    lack: str = ""
    step: str = BY_FIX
    mend: Callable[[], str] | None = None


@frozen
class Site:
    """The place to check: the folder that holds plans/, or a server's bare repository; and who will work there.

    ``book``, ``plan`` and ``remote`` are what to set up where there is none: the unit book, a plan, the server's address;
    ``shell`` is the shell in which to set up completion.
    """

    root: Path
    unit: str | None = None
    writer: str | None = None
    book: UnitBook | None = None
    plan: NewPlan | None = None
    remote: str | None = None
    shell: str | None = None

    @property
    def is_tracked(self) -> bool:
        """Whether git works here. Not cached, as a repair may change it."""
        return git.call(self.root, "rev-parse", "--git-dir").ok

    @property
    def known_unit(self) -> Unit | None:
        """The clone's unit as listed in the unit book, or None."""
        name = self.said("zhenggai.unit")
        return load_units(self.root)[0].unit_named(name) if name else None

    @property
    def email(self) -> str | None:
        """The address of commits here. If it is not set yet, the unit's only identity, which ``init`` will set."""
        unit = load_units(self.root)[0].unit_named(self.unit) if self.unit else self.known_unit
        only = unit.identities[0] if unit and len(unit.identities) == 1 else None
        return git.setting(self.root, "user.email") or only

    def administrators(self) -> tuple[str, ...]:
        """The addresses that may change the books of this clone on at least one day. Empty if the files name nobody."""
        plans = (load_plan(self.root, path)[0] for path in plan_paths(self.root))
        return administrators(load_units(self.root)[0], filter(None, plans), date.max)

    def said(self, name: str) -> str | None:
        """The value of the environment variable (such as ZHENGGAI_UNIT), else of git's setting."""
        return git.own_setting(self.root, name)

    def local(self, name: str) -> str | None:
        """A setting in this clone's own configuration; settings of the computer or the command line do not count."""
        return git.call(self.root, "config", "--local", "--get", name).text or None

    def kept(self, name: str, value: str) -> str:
        """Store a setting in this clone. Returns a sentence that says so."""
        if not git.keep_setting(self.root, name, value):
            raise Unwritable(f"git 没有记下 {name}\n  下一步：看 .git/config 能否写入，这一项是否写了两遍")
        return f"设置 {name} = {value}"


Look = Callable[[Site], Iterator[Fitting]]


def of_git(look: Look) -> Look:
    """A decorator: the look yields nothing if git does not work. The repository's own look reports that once."""

    @wraps(look)
    def looked(site: Site) -> Iterator[Fitting]:
        return look(site) if site.is_tracked else iter(())

    return looked


def mended(fitting: Fitting) -> tuple[Fitting, str]:
    """Repair a fitting if possible. Returns its new state, and what was done ("" for nothing)."""
    if not fitting.lack or fitting.mend is None:
        return fitting, ""
    try:
        done = fitting.mend()
    except ZhenggaiError as error:
        return refused(fitting.what, error), ""
    note_written(done)
    return Fitting(fitting.what), done


def refused(what: str, error: ZhenggaiError) -> Fitting:
    """A fitting that cannot be checked or repaired, for the reason given by an error."""
    lack, _, step = str(error).partition("\n  下一步：")
    return Fitting(what, lack, step)


def program(*arguments: str) -> str:
    """A shell command line that runs this zhenggai from anywhere, even if it is not on the PATH or its path has spaces.

    ``-P`` keeps Python from importing modules from the current folder: a ``typing.py`` in a shared repository would be
    somebody else's program.
    """
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m zhenggai {' '.join(arguments)}"
