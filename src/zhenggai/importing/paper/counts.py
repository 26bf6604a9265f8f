"""How many problems and measures a paper says it has, compared with what was found."""

import re
from collections.abc import Iterable, Iterator, Sequence

from zhenggai.importing.draft import Doubt, DraftProblem, Place
from zhenggai.importing.paper.marks import value_of

_COUNT = re.compile(
    r"(?P<number>[0-9０-９]{1,4}|[一二三四五六七八九十百零]{1,5})\s*(?:个|项|条|类|大类)"
    r"(?P<between>(?:方面|具体|突出|主要|共性|个性|重点|整改|反馈|工作|的|存在|大)*)(?P<noun>问题|措施|任务)"
)
_NAMES = re.compile(r"《[^《》\n]*》")


def doubts_of_counts(texts: Iterable[tuple[str, Place]], problems: Sequence[DraftProblem]) -> Iterator[Doubt]:
    """A doubt for 问题 and for 措施 if the headings and what leads to them say a number, and none of the numbers was found."""
    known = [problem for problem in problems if problem.number is not None]
    measures = sum(len(problem.measures) for problem in problems)
    aspects = len({problem.aspects[:1] for problem in known if problem.aspects})
    found = {
        "问题": {len(known), aspects},
        "措施": {measures},
        "任务": {measures, len(known)},
    }
    said: dict[str, tuple[int, str, Place]] = {}
    right: set[str] = set()
    for text, place in texts:
        for count in _COUNT.finditer(_NAMES.sub("", text)):
            number, noun = value_of(count["number"]), count["noun"]
            if number in found[noun]:
                right.add(noun)
            elif number > 1:
                said.setdefault(noun, (number, count[0], place))
    for noun, (_, words, place) in said.items():
        if noun not in right and problems:
            counts = {"问题": len(known), "措施": measures, "任务": measures}[noun]
            yield Doubt(
                place=place,
                about="与正文所说个数不符",
                what=f"正文说“{words}”，找到的{'问题' if noun == '问题' else '措施'}是{counts}个",
                why="可能有的没有认出来，或分得太细",
            )
