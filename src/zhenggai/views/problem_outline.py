"""Problems under their headings (方面), in tables and in reports, and the words for the measures that they share (同措施)."""

from collections.abc import Iterable, Iterator, Sequence

from zhenggai.document import Heading
from zhenggai.model.plan import Plan, Problem
from zhenggai.model.wording import chinese, quoted

OTHERS = ("其他",)
"""The heading of problems without one, where others have one."""

Aspects = tuple[str, ...]


def sharing(numbers: Sequence[str]) -> str:
    """What stands behind the title of a problem that shares measures; "" if it shares none.

    >>> sharing(["1-1", "3-2"]), sharing([])
    ('（同措施 1-1、3-2）', '')
    """
    return f"（同措施 {'、'.join(numbers)}）" if numbers else ""


def path_of(aspects: Aspects) -> str:
    """The headings above a problem as one text.

    >>> path_of(("党的建设方面", "组织生活"))
    '党的建设方面／组织生活'
    """
    return "／".join(aspects)


def row_headings(aspects: Iterable[Aspects]) -> list[str]:
    """The headings of a table's rows, from the aspects of each; all are "" if no row has any.

    >>> row_headings([("甲", "子"), ()]), row_headings([(), ()])
    (['【甲／子】', '【其他】'], ['', ''])
    """
    found = list(aspects)
    return [f"【{path_of(one or OTHERS)}】" if any(found) else "" for one in found]


class Outline:
    """The headings of a part of a report, numbered （一）, 1., （1）; the outermost is of level 2."""

    def __init__(self) -> None:
        self._counted: list[int] = []

    def heading(self, text: str, depth: int = 0) -> Heading:
        """The next heading at a depth, from 0. What is deeper than （1） is numbered like it."""
        depth = min(depth, 2)
        self._counted[depth:] = [sum(self._counted[depth : depth + 1]) + 1]
        number = self._counted[depth]
        mark = (f"（{chinese(number)}）", f"{number}.", f"（{number}）")[depth]
        return Heading(f"{mark}{text}", 2 + depth)


def outlined(plan: Plan, outline: Outline) -> Iterator[tuple[list[Heading], Problem]]:
    """Each problem with the headings that begin with it: those of its aspects that are not open, and its own.

    >>> from datetime import date
    >>> two = (Problem(number=1, content="甲", aspects=("党建",)), Problem(number=2, content="乙", aspects=("党建",)))
    >>> plan = Plan(number="p", title="方案", year=2020, issued=date(2020, 3, 1), problems=two)
    >>> [[heading.text for heading in headings] for headings, _ in outlined(plan, Outline())]
    [['（一）党建', '1.关于“甲”问题'], ['2.关于“乙”问题']]
    """
    has_aspects = any(problem.aspects for problem in plan.problems)
    opened: Aspects = ()
    for problem in _together(plan.problems):
        aspects = problem.aspects or (OTHERS if has_aspects else ())
        same = _common(opened, aspects)
        begun = range(same, len(aspects))
        headings = [outline.heading(aspects[depth], depth) for depth in begun]
        opened = aspects
        yield [*headings, outline.heading(plan.terms.about(quoted(problem.content)), len(aspects))], problem


def _together(problems: Sequence[Problem]) -> list[Problem]:
    """The problems in the plan's order, but those of a heading together where it first stands: one that is added later joins it.

    >>> found = [Problem(number=n, content="问题", aspects=aspects) for n, aspects in enumerate([("甲",), ("乙",), ("甲",)], 1)]
    >>> [problem.number for problem in _together(found)]
    [1, 3, 2]
    """
    places: dict[tuple[str | None, ...], int] = {}

    def place(problem: Problem) -> list[int]:
        aspects = problem.aspects
        headings = [*(aspects[:depth] for depth in range(1, len(aspects) + 1)), (*aspects, None)]
        return [places.setdefault(heading, len(places)) for heading in headings]

    return sorted(problems, key=place)


def _common(before: Aspects, now: Aspects) -> int:
    """How many headings of ``now`` are open. The last one begins again if a deeper one was open."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    return same - 1 if 0 < same == len(now) < len(before) else same
