"""How many problems and measures a paper says it has, compared with what was found."""

import re
from collections.abc import Iterable, Iterator, Sequence

from zhenggai.importing.draft import Doubt, DraftProblem, Place
from zhenggai.importing.paper.marks import value_of

_NUMBER = "(?P<number>[0-9０-９]{1,4}|[一二三四五六七八九十百零]{1,5})"
_COUNT = re.compile(
    rf"{_NUMBER}\s*(?:个|项|条|类|大类)"
    r"(?P<between>(?:方面|具体|突出|主要|共性|个性|重点|整改|反馈|工作|的|存在|大)*)(?P<noun>问题|措施|任务)"
)
_NOUN_FIRST = re.compile(rf"(?P<noun>问题|措施|任务)\s*{_NUMBER}\s*[个项条]")
_OF_PLAN = re.compile("制定|制订|提出|细化|梳理|反馈|查摆")
_PROGRESS = re.compile("完成|其中|已(?!制定|制订|提出|细化|梳理|反馈)|正在|剩余")
_NAMES = re.compile(r"《[^《》\n]*》")


def doubts_of_counts(
    texts: Iterable[tuple[str, Place]], aside: Iterable[tuple[str, Place]], problems: Sequence[DraftProblem]
) -> Iterator[Doubt]:
    """A doubt for 问题 and for 措施 if the headings and what leads to them say a number, and none of the numbers was found.

    ``aside`` are texts that are no part of a plan: there only sentences that tell of one count (制定整改措施21条).
    """
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
    counts = [(count, place) for text, place in texts for count in _counts(text, of_plan=False)]
    counts += [(count, place) for text, place in aside for count in _counts(text, of_plan=True)]
    for count, place in counts:
        number, noun = value_of(count["number"]), count["noun"]
        if number in found[noun]:
            right.add(noun)
        elif number > 1:
            said.setdefault(noun, (number, count[0], place))
    for noun, (_, words, place) in said.items():
        if noun not in right and problems:
            many = {"问题": len(known), "措施": measures, "任务": measures}[noun]
            yield Doubt(
                place=place,
                about="与正文所说个数不符",
                what=f"正文说“{words}”，找到的{'问题' if noun == '问题' else '措施'}是{many}个",
                why="可能有的没有认出来，或分得太细",
            )


def _counts(text: str, *, of_plan: bool) -> Iterator[re.Match[str]]:
    """The counts in a text. Those with the noun first (措施21条) need a sentence that tells of a plan; ``of_plan``: so do all."""
    for sentence in re.split("[。；;]", _NAMES.sub("", text)):
        plan = _OF_PLAN.search(sentence) and not _PROGRESS.search(sentence)
        if plan or not of_plan:
            yield from _COUNT.finditer(sentence)
        if plan:
            yield from _NOUN_FIRST.finditer(sentence)
