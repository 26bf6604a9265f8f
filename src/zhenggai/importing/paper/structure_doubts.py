"""What a person must look at in the structure of a draft: numbers that do not follow, and how problems and measures belong together."""

from collections.abc import Iterator, Sequence

from zhenggai.importing.draft import Doubt, DraftProblem, Place
from zhenggai.importing.paper.blocks import alone
from zhenggai.importing.paper.measures import Paper
from zhenggai.importing.paper.outline import Break
from zhenggai.importing.paper.pairing import By, Pair


def doubts_of_breaks(paper: Paper, breaks: Sequence[Break]) -> Iterator[Doubt]:
    """A doubt for each number that is missing or stands twice."""
    for broken in breaks:
        mark = broken.mark
        written = paper.text.text[mark.start : mark.end].strip()
        twice = mark.number < broken.expected
        yield Doubt(
            place=Place(line=paper.text.line_at(mark.start)),
            about="编号不连续",
            what=f"“{written}”与前面的编号重复" if twice else f"“{written}”前面缺第{broken.expected}",
            why="同一级的编号应当依次递增",
        )


def doubts_of_pairs(paper: Paper, pairs: Sequence[Pair]) -> Iterator[Doubt]:
    """A doubt for measures that only their number gives to a problem, and one for those of no known problem."""
    for number, pair in enumerate((pair for pair in pairs if pair.problem), 1):
        if pair.by is By.ORDER and pair.group:
            yield Doubt(
                place=paper.place(pair.group.item),
                about="同号配对",
                what=f"照编号算作问题{number}的措施",
                why="正文没有写明整改哪个问题，只是编号相同",
            )
    lone = [pair.group for pair in pairs if pair.problem is None and pair.group]
    if lone:
        yield Doubt(
            place=paper.place(lone[0].item),
            about="不知道整改哪个问题",
            what=f"{sum(len(alone(group)) for group in lone)}项措施不知道整改哪个问题",
            why="正文没有写明，归入没有编号的问题",
        )


def doubts_of_problems(problems: Sequence[DraftProblem]) -> Iterator[Doubt]:
    """A doubt for each problem without measures."""
    for problem in problems:
        if not problem.measures:
            yield Doubt(place=problem.place, about="没有写整改措施", what=f"问题{problem.number} 没有写整改措施")
