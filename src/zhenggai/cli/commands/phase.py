"""``zhenggai phase``: a phase's summary."""

from zhenggai.cli.by_option import ByOption
from zhenggai.cli.list_options import listing
from zhenggai.cli.lone_words import OwnNumber
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit
from zhenggai.views.phase import phase as view


@listing(without=("phase",), number=OwnNumber("阶段", ("阶段",)))
def phase(asked: Asked, by: ByOption = None) -> Exit:
    """默认当前阶段。

    例：zhenggai phase 2　　zhenggai 阶段 1 --as-of 2020-09-30　　zhenggai phase 2 --by 类别
    """
    snapshot = asked.snapshot()
    return asked.answer(view(snapshot, asked.number, by), snapshot)
