"""``zhenggai status``: where the rectification stands."""

from zhenggai.cli.asking import Asked, listing
from zhenggai.errors import Exit
from zhenggai.views.status import status as view


@listing()
def status(asked: Asked) -> Exit:
    """例：zhenggai status --as-of 2020-06-30　　zhenggai 总览 --单位 县教育局"""
    picture = asked.picture()
    return asked.answer(view(picture), picture)
