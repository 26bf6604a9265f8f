"""``zhenggai report``: the cumulative report on the rectification."""

from collections.abc import Iterator
from typing import Annotated

from zhenggai.cli.list_options import Asked, listing
from zhenggai.cli.offers import one_of
from zhenggai.cli.options import text_option
from zhenggai.errors import Exit, UsageError
from zhenggai.model.units import names_in
from zhenggai.rules.plan.plan_on_day import adjusted_between
from zhenggai.views.rectification_report import RectificationReport, Section, rectification_report

_SECTIONS = "、".join(Section)


@listing(without=("state",))
def report(
    asked: Asked,
    sections: Annotated[
        str | None,
        text_option("--sections", "--部分", about=f"只要哪几部分，用、隔开：{_SECTIONS}", metavar="部分"),
        one_of(Section),
    ] = None,
) -> Exit:
    """例：zhenggai report -o 报告.txt　　zhenggai 报告 --as-of 2020-09-30　　zhenggai report --sections 总体、问题"""
    made = _made(asked, sections)
    return asked.answer(made, made.snapshot)


def _made(asked: Asked, sections: str | None) -> RectificationReport:
    snapshot, plan = asked.snapshot(), asked.ledger.plan
    adjusted = adjusted_between(plan, plan.issued, min(asked.as_of, asked.known_by))
    if not asked.selection.is_all:
        adjusted = tuple(c for c in adjusted if c.number in snapshot.plan.measure_by_number)
    chosen = tuple(Section) if sections is None else tuple(_sections_in(sections))
    return rectification_report(snapshot, chosen, adjusted, whole=asked.selection.is_all)


def _sections_in(text: str) -> Iterator[Section]:
    """The sections that are named, at least one."""
    for word in names_in(text) or [text]:
        if word not in tuple(Section):
            raise UsageError(f"没有“{word}”这一部分\n  可用：{_SECTIONS}")
        yield Section(word)
