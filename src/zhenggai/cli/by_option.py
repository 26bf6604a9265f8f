"""The option ``--by`` of the reports whose counts can be broken down."""

from typing import Annotated

from zhenggai.cli.offers import one_of
from zhenggai.cli.options import word_option
from zhenggai.views.groups import BY_WORD, By

ByOption = Annotated[
    By | None,
    word_option(
        "--by", "--分列", words=BY_WORD, about=f"分列各项计数，按{'、'.join(By)}（单位类别）", metavar="按什么"
    ),
    one_of(BY_WORD),
]
