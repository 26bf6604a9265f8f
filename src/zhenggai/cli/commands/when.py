"""``zhenggai when``: shows what the words of a deadline mean."""

from datetime import date
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.offers import one_of
from zhenggai.cli.options import YEARS, ForceOption, FormatOption, OutputOption, day_option, number_option, word_option
from zhenggai.cli.output import put
from zhenggai.deadline.meaning import Context
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import Exit
from zhenggai.render import TEXT
from zhenggai.views.when import meaning

_READ_AS = {"measure": "measure", "措施": "measure", "phase": "phase", "阶段": "phase"}


def when(
    words: Annotated[str, typer.Argument(metavar="时限", help="公文里的原话，如 2020年9月底前", show_default=False)],
    year: Annotated[
        int | None,
        number_option(
            "--year", "--年度", about="没写年份时按哪一年，默认今年", metavar="年", low=YEARS[0], high=YEARS[-1]
        ),
    ] = None,
    base: Annotated[
        date | None, day_option("--base", "--起算日", about="印发日期（或反馈日期），即日起、N日内从它起算")
    ] = None,
    read_as: Annotated[
        str | None,
        word_option("--as", "--当作", words=_READ_AS, about="当作谁的时限读：措施（默认）或阶段", metavar="措施|阶段"),
        one_of(("措施", "阶段")),
    ] = None,
    since: Annotated[date | None, day_option("--from", "--自", about="从哪天起列各期")] = None,
    until: Annotated[date | None, day_option("--to", "--至", about="到哪天止列各期")] = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
) -> Exit:
    """例：zhenggai when "9月底前" --year 2020　　zhenggai when 每季度末 --year 2020 --format json"""
    check_destination(output, format, force)
    year = year or (base or clock.today()).year
    deadline = parse_deadline(words, Context(year, issued=base, feedback=base, of_phase=read_as == "phase"))
    report = meaning(deadline, since or date(year, 1, 1), until or date(year, 12, 31))
    put(report, format, output, default=TEXT)
    return Exit.OK
