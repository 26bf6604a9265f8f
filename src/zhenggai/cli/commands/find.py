"""``zhenggai find``: full-text search of the plan, the entries and the names of evidence files."""

from typing import Annotated

import typer

from zhenggai.cli.list_options import listing
from zhenggai.cli.options import number_option
from zhenggai.cli.question import Asked
from zhenggai.errors import Exit, UsageError
from zhenggai.model.folded_text import folded
from zhenggai.views.find import find as view


@listing(without=("words",))
def find(
    asked: Asked,
    words: Annotated[
        list[str],
        typer.Argument(metavar="词…", help="几个词要同时在一条记录、一项措施或一个问题里", show_default=False),
    ],
    last: Annotated[
        int | None, number_option("--last", "--最近", about="只看最近几条记录，新的在前", metavar="条数")
    ] = None,
    lines: Annotated[bool, typer.Option("--lines", "--行号", help="每一处一行，写明在哪个文件、第几行")] = False,
) -> Exit:
    """不分全角半角、大小写；更正过的按更正后的文字，作废的不找。

    例：zhenggai find 食堂　　zhenggai 查找 考勤 签到 --unit 各乡镇　　zhenggai find 整改方案 --lines
    """
    if not all(map(folded, words)):
        raise UsageError("要找的词是空的\n  下一步：写上要找的词，如 zhenggai find 食堂")

    whole, chosen = asked.whole, asked.snapshot()
    found = view(whole, chosen, asked.selection, words, lambda: asked.ledger.located_plan, last=last, with_lines=lines)
    return asked.answer(found, whole)
