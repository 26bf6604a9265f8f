"""``zhenggai visit``: records a 现场核查, a look at the place that an application for close-out is about."""

from typing import Annotated

import typer

from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import Oversight, WhichArgument, in_order, overseeing
from zhenggai.errors import Exit
from zhenggai.model.entries import OnSiteVisit
from zhenggai.rules.day.review_queue import visit_awaited
from zhenggai.rules.day.snapshot import SnapshotTask

_HOW_TO_GIVE = {
    "内容": "看到了什么，写在措施后面，加引号",
    "核查人": "加 --who 谁去的",
    "地点": "加 --where 在哪里",
    "照片": "加 -e 照片.jpg，或核查记录、文号",
}


@overseeing
def visit(
    oversight: Oversight,
    which: WhichArgument = None,
    content: Annotated[
        str | None, typer.Argument(metavar="内容", help="看到了什么，一两句话", show_default=False)
    ] = None,
    inspector: Annotated[
        str | None, text_option("--who", "--核查人", about="谁去的，几个人用、隔开", metavar="姓名")
    ] = None,
    location: Annotated[str | None, text_option("--where", "--地点", about="在哪里看的", metavar="地点")] = None,
) -> Exit:
    """例：zhenggai visit 3-2 管网已接通 --unit 石桥镇 --who 督查科 --where 污水站 -e 照片.jpg　　zhenggai 现场核查 3-2 --单位 石桥镇

    审核期间由初审、复核、督办单位记，不改变状态。不带参数运行则逐项询问。
    """
    _, others, entries = oversight
    which, content = in_order(which, content)
    given = {"内容": content, "核查人": inspector, "地点": location, "照片": entries.evidence.words}
    oversight.need(which, given, _HOW_TO_GIVE)
    tasks = others.waiting(which, visit_awaited, "现场核查")
    if prompts.at_terminal() and len(tasks) == 1:
        stand_ins = {"inspector": "…", "location": "…", "content": "…", "evidence": ("…",)}
        entries.foresee(OnSiteVisit(**entries.stamp(tasks[0]) | stand_ins))
    seen = prompts.text("看到了什么", content)
    who = prompts.text("谁去核查的", inspector)
    where = prompts.text("在哪里", location)
    entries = entries.with_evidence_asked()

    def build(task: SnapshotTask) -> OnSiteVisit:
        return OnSiteVisit(**entries.stamp(task), inspector=who, location=where, content=seen)

    return entries.record_each(tasks, build, "现场核查")
