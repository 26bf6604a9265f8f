"""What a clone should have, in one table: ``init`` makes what is lacking, ``doctor`` names it, ``doctor --fix`` mends it."""

from collections.abc import Iterator

from zhenggai.errors import ZhenggaiError
from zhenggai.setup import clone_files, condition, hooks, repository, server
from zhenggai.setup.requirement import Fitting, Look, Site, mended, refused

__all__ = ["CLONE", "CONDITION", "SERVER", "Fitting", "Look", "Site", "examined", "mended"]

CLONE: tuple[Look, ...] = (  # in this order: settings need a repository, an identity needs the unit
    clone_files.texts,
    clone_files.ledger_folder,
    clone_files.attributes,
    clone_files.ignored,
    repository.present,
    repository.settings,
    repository.merge_driver,
    hooks.before_commit,
    repository.unit,
    repository.writer,
    repository.signature,
    repository.identity_in_the_book,
)
"""What ``init`` makes."""

CONDITION: tuple[Look, ...] = (
    condition.python,
    condition.git_version,
    condition.signing,
    condition.remote,
    condition.branch,
    condition.unfinished,
    condition.shallow,
    condition.ignored_data,
    condition.line_ends,
    condition.locking,
)
"""What only ``doctor`` looks at."""

SERVER: tuple[Look, ...] = (server.present, server.settings, hooks.before_receiving)
"""What ``init --server`` makes of a bare repository."""


def examined(looks: tuple[Look, ...], site: Site) -> Iterator[Fitting]:
    """Each fitting as it is found; the next is looked for only then, so that one that was mended in between counts."""
    for look in looks:
        try:
            yield from look(site)
        except ZhenggaiError as error:  # a link in a file's place, a folder that cannot be read: the rest goes on
            yield refused("读取", error)
