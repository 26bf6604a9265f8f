"""``zhenggai inspect``: records an inspection (督查) of tasks or of a unit as a whole, with its verdict."""

from typing import Annotated, Any, get_args

from zhenggai.cli.offers import MEASURES_OR_PROBLEMS, either, one_of
from zhenggai.cli.options import text_option
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.entry_options import Oversight, overseeing
from zhenggai.cli.writing.oversight_words import asked_word, sorted_out, words_argument
from zhenggai.cli.writing.pick_lists import task_choices, unit_choices
from zhenggai.errors import Exit
from zhenggai.model.entries import Inspection
from zhenggai.model.kinds import RELAPSED, TRUE, UNTRUE
from zhenggai.rules.day.snapshot import SnapshotTask

VERDICTS = (TRUE, UNTRUE, RELAPSED)
METHODS: tuple[str, ...] = get_args(Inspection.__dataclass_fields__["method"].type)

_HOW_TO_GIVE = {
    "督查谁": "写措施（如 3-2），或加 --unit 单位（督查整个单位）",
    "结论": f"写 {'、'.join(VERDICTS)} 之一",
    "内容": "看到了什么，写在结论后面，加引号",
    "方式": f"加 --method，写 {'、'.join(METHODS)} 之一",
}


@overseeing
def inspect(
    oversight: Oversight,
    words: Annotated[
        list[str] | None,
        words_argument(
            f"[措施] {'|'.join(VERDICTS)} 内容", "措施（3-2）或问题（3），不写则是整个单位；结论；看到了什么"
        ),
        either(MEASURES_OR_PROBLEMS, one_of(VERDICTS)),
    ] = None,
    method: Annotated[
        str | None, text_option("--method", "--方式", about="、".join(METHODS), metavar="方式"), one_of(METHODS)
    ] = None,
    location: Annotated[str | None, text_option("--where", "--地点", about="在哪里看的", metavar="地点")] = None,
    new_finding: Annotated[
        str | None, text_option("--new-finding", "--新发现问题", about="另外发现的问题", metavar="文字")
    ] = None,
) -> Exit:
    """例：zhenggai inspect 3-2 属实 台账齐全 --unit 石桥镇　　zhenggai 督查 3-2 不实 "台账是补的" --unit 石桥镇 --method 暗访 -e 照片.jpg

    不带参数运行则逐项询问。
    """
    writer, others, entries = oversight
    which, verdict, content = sorted_out(words or [], VERDICTS)
    nobody = which is None and others.selection.is_all
    given = {"督查谁": "" if nobody else "已写", "结论": verdict, "内容": content, "方式": method}
    oversight.need(which, given, _HOW_TO_GIVE)
    if nobody:
        whom = prompts.ask("督查哪个单位", writer.unit_named, choices=unit_choices(writer.snapshot.units))
        others = others.of_unit(whom)
        tasks = task_choices(others.chosen())
        which = prompts.ask_optional(
            "哪项措施（如 3-2）；督查整个单位的，不填则空", writer.measure_named, choices=tasks
        )
        others.chosen(which)  # refuses a measure that the unit does not have before the next question
    interactive = content is None
    fields: dict[str, Any] = {
        "conclusion": asked_word("结论", VERDICTS, verdict),
        "method": asked_word("方式", METHODS, method, METHODS[0]),
        "content": prompts.text("看到了什么", content),
        "location": prompts.optional("地点", location) if interactive else location,
        "new_finding": prompts.optional("新发现的问题", new_finding) if interactive else new_finding,
    }
    if which is None and (unit := others.whole_unit()):
        return entries.record(Inspection(**entries.stamp(), unit=unit, **fields))

    def build(task: SnapshotTask) -> Inspection:
        return Inspection(**entries.stamp(task) | {"unit": task.given}, **fields)

    return entries.record_each(others.chosen(which), build, f"督查（{fields['conclusion']}）")
