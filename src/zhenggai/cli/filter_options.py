"""The options of lists that choose tasks, and the argument of words that need no option."""

from typing import Annotated

import typer

from zhenggai.cli.offers import (
    LEADERS,
    MEASURES_OR_PROBLEMS,
    PERSONS,
    PLANS,
    PRIORITIES,
    SOURCES,
    TYPES,
    UNITS_OR_CLASSES,
    either,
    one_of,
)
from zhenggai.cli.options import MORE, text_option
from zhenggai.model.plan import Category
from zhenggai.rules.day.lights import Light
from zhenggai.views.selection import state_words

STATES = one_of(state_words())
STATES_ABOUT = "、".join(state_words())
StateOption = Annotated[
    str | None, text_option("--state", "--状态", about=f"只看这个状态：{STATES_ABOUT}", metavar="状态"), STATES
]
LeadOption = Annotated[
    str | None,
    text_option("--lead", "--牵头单位", about="只看这个单位（或这类单位）牵头的", metavar="单位", panel=MORE),
    UNITS_OR_CLASSES,
]
LeaderOption = Annotated[
    str | None,
    text_option(
        "--leader",
        "--责任领导",
        about="只看这位责任领导、分管领导或第一责任人的，写姓名就行",
        metavar="姓名",
        panel=MORE,
    ),
    LEADERS,
]
PersonOption = Annotated[
    str | None,
    text_option("--person", "--责任人", about="只看这位责任人的，写姓名或岗位", metavar="姓名", panel=MORE),
    PERSONS,
]
SourceOption = Annotated[
    str | None,
    text_option("--source", "--来源", about="只看这个来源的问题，写代号或名称", metavar="来源", panel=MORE),
    SOURCES,
]
CategoryOption = Annotated[
    str | None,
    text_option("--category", "--类别", about=f"只看这个类别：{'、'.join(Category)}", metavar="类别", panel=MORE),
    one_of(Category),
]
LightOption = Annotated[
    str | None,
    text_option("--light", "--灯", about=f"只看亮这种灯的：{'、'.join(Light)}", metavar="灯", panel=MORE),
    one_of(Light),
]
TypeOption = Annotated[
    str | None,
    text_option("--type", "--整改类型", about="只看这种整改类型，如 近期", metavar="类型", panel=MORE),
    TYPES,
]
PriorityOption = Annotated[
    str | None,
    text_option("--priority", "--优先", about="只看这样优先的，如 重点", metavar="优先", panel=MORE),
    PRIORITIES,
]
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[单位|措施|…]",
        help="单位（县教育局）、措施（3-2）、状态、日期、数：只能是一样的，不用写选项",
        show_default=False,
    ),
    either(UNITS_OR_CLASSES, MEASURES_OR_PROBLEMS, STATES, PLANS),
]
