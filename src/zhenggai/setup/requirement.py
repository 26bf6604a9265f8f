"""A thing that a clone should have: what it is, what is lacking, and how it is mended."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from pathlib import Path

from zhenggai.errors import Unwritable, ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.administrators import administrators
from zhenggai.model.units import Unit
from zhenggai.reading.data_folders import plan_paths
from zhenggai.reading.load import load_plan, load_units
from zhenggai.sharing import git
from zhenggai.writing.atomic import note_written

BY_FIX = "zhenggai doctor --fix"


@frozen
class Fitting:
    """``lack`` is "" where all is right; ``step`` what a person does about it; ``mend`` mends it and says what it did."""

    what: str
    lack: str = ""
    step: str = BY_FIX
    mend: Callable[[], str] | None = None


@frozen
class Site:
    """Where is looked: the folder that holds plans/, or a server's bare repository; and who is to work there."""

    root: Path
    unit: str | None = None
    writer: str | None = None

    @property
    def is_tracked(self) -> bool:
        """Whether git works here; asked anew each time, since that may have been mended."""
        return git.call(self.root, "rev-parse", "--git-dir").ok

    @property
    def known_unit(self) -> Unit | None:
        """Whose clone it is, as the unit book has it."""
        name = self.said("zhenggai.unit")
        return load_units(self.root)[0].unit_named(name) if name else None

    @property
    def email(self) -> str | None:
        """Who commits here; where that is not set yet, the unit's only identity, which ``init`` will set."""
        unit = load_units(self.root)[0].unit_named(self.unit) if self.unit else self.known_unit
        only = unit.identities[0] if unit and len(unit.identities) == 1 else None
        return git.setting(self.root, "user.email") or only

    def administrators(self) -> tuple[str, ...]:
        """The addresses that may change the books of this clone, on some day at least; () where nobody is named."""
        plans = (load_plan(self.root, path)[0] for path in plan_paths(self.root))
        return administrators(load_units(self.root)[0], filter(None, plans), date.max)

    def said(self, name: str) -> str | None:
        """What the environment (ZHENGGAI_UNIT), else git's settings say."""
        return os.environ.get(name.replace(".", "_").upper()) or git.setting(self.root, name)

    def local(self, name: str) -> str | None:
        """A setting of this clone; what the machine or the command line says does not count."""
        return git.call(self.root, "config", "--local", "--get", name).text or None

    def kept(self, name: str, value: str) -> str:
        """Keep a setting in this clone."""
        if not git.keep_setting(self.root, name, value):
            raise Unwritable(f"git 没有记下 {name}\n  下一步：看 .git/config 能否写入，这一项是否写了两遍")
        return f"设置 {name} = {value}"


Look = Callable[[Site], Iterator[Fitting]]


def of_git(look: Look) -> Look:
    """A look that finds nothing where git does not work: that is said once, of the repository."""

    @wraps(look)
    def looked(site: Site) -> Iterator[Fitting]:
        return look(site) if site.is_tracked else iter(())

    return looked


def mended(fitting: Fitting) -> tuple[Fitting, str]:
    """Mend what can be mended: the fitting as it is then, and what was done ("" where nothing was)."""
    if not fitting.lack or fitting.mend is None:
        return fitting, ""
    try:
        done = fitting.mend()
    except ZhenggaiError as error:
        return refused(fitting.what, error), ""
    note_written(done)
    return Fitting(fitting.what), done


def refused(what: str, error: ZhenggaiError) -> Fitting:
    """A fitting that cannot be looked at or mended, for the reason that an error names."""
    lack, _, step = str(error).partition("\n  下一步：")
    return Fitting(what, lack, step)


def program(*arguments: str) -> str:
    """A command line for a shell that runs this zhenggai, wherever it is called: not on the PATH, blanks in the path.

    ``-P`` keeps the current folder off the modules' path: a ``typing.py`` in a shared repo is somebody else's program.
    """
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m zhenggai {' '.join(arguments)}"
