"""The tables of what a clone and a server should have.

``init`` adds what is missing, ``doctor`` reports it, ``doctor --fix`` repairs it.
"""

from collections.abc import Iterator

from zhenggai.errors import ZhenggaiError
from zhenggai.setup import clone_files, completion, condition, hooks, repository, server
from zhenggai.setup.requirement import Fitting, Look, Site, mended, refused

__all__ = ["CLONE", "CONDITION", "SERVER", "Fitting", "Look", "Site", "examined", "mended"]

CLONE: tuple[Look, ...] = (  # the order matters: settings need a repository, an identity needs the unit
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
    repository.remote,
    completion.at_the_prompt,
)
"""What ``init`` sets up."""

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
"""What only ``doctor`` checks."""

SERVER: tuple[Look, ...] = (server.present, server.settings, hooks.before_receiving)
"""What ``init --server`` sets up in a bare repository."""


def examined(looks: tuple[Look, ...], site: Site) -> Iterator[Fitting]:
    """The fittings, one after another. Each is checked only when it is asked for, so that earlier repairs count."""
    for look in looks:
        try:
            yield from look(site)
        except ZhenggaiError as error:  # e.g. a link instead of a file, an unreadable folder: go on with the rest
            yield refused("读取", error)
