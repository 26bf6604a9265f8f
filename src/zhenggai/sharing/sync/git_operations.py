"""What git may be found in the midst of: begun by hand and not brought to an end."""

from collections.abc import Iterator
from pathlib import Path

from zhenggai.frozen import frozen


@frozen
class Operation:
    """Its name for people, the file in git's folder that shows it, and how it is given up."""

    name: str
    mark: str
    give_up: tuple[str, str]


MERGE = Operation("合并", "MERGE_HEAD", ("merge", "--abort"))
_OPERATIONS = (
    Operation("变基", "rebase-merge", ("rebase", "--abort")),
    Operation("打补丁", "rebase-apply/applying", ("am", "--abort")),
    Operation("变基", "rebase-apply", ("rebase", "--abort")),
    MERGE,
    Operation("拣选", "CHERRY_PICK_HEAD", ("cherry-pick", "--abort")),
    Operation("回退", "REVERT_HEAD", ("revert", "--abort")),
)


def operations_under_way(git_dir: Path) -> Iterator[Operation]:
    """Each is looked for when it is asked for: giving one up may end another."""
    return (operation for operation in _OPERATIONS if (git_dir / operation.mark).exists())
