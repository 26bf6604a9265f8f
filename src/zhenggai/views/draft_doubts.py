"""What a person must look at in a draft, as lines: one for all doubts that are about the same."""

from collections.abc import Iterator, Sequence

from zhenggai.importing.draft import Doubt, Draft

_MOST_SPANS = 12
_SHOWN = 3
_OF_MEASURES = ("没有写", "只写了", "时限")


def counted(draft: Draft) -> str:
    """How much was found: 6个问题、21项措施、3个阶段."""
    known = [problem for problem in draft.problems if problem.number is not None or problem.title]
    parts = (
        (len(known), "个问题"),
        (sum(len(problem.measures) for problem in draft.problems), "项措施"),
        (len(draft.phases), "个阶段"),
    )
    return "、".join(f"{number}{what}" for number, what in parts if number)


def doubt_lines(draft: Draft, doubts: Sequence[Doubt]) -> Iterator[str]:
    """The doubts, the most places first: 21项措施没有写责任单位：第12–17、20行."""
    groups: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        groups.setdefault(doubt.about, []).append(doubt)
    of_measures = {measure.place for problem in draft.problems for measure in problem.measures}
    for about, found in sorted(groups.items(), key=lambda group: -len(group[1])):
        yield _line(about, found, about.startswith(_OF_MEASURES) and all(doubt.place in of_measures for doubt in found))


def _line(about: str, found: Sequence[Doubt], of_measures: bool) -> str:
    where = places([doubt.place.line for doubt in found if doubt.place.line])
    whys = list(dict.fromkeys(doubt.why for doubt in found if doubt.why))
    reason = f"（{whys[0]}{' 等' if len(whys) > 1 else ''}）" if whys else ""
    if len(found) == 1:
        return f"{f'{where}：' if where else ''}{found[0].what}{reason}"
    whats = list(dict.fromkeys(doubt.what for doubt in found if about not in doubt.what))
    head = f"{len(found)}项措施{about}" if of_measures else f"{about} {len(found)}处"
    rest = "，".join(filter(None, (where, "；".join(whats) if len(whats) <= _SHOWN else "")))
    return f"{head}{f'：{rest}' if rest else ''}{reason}"


def places(lines: Sequence[int]) -> str:
    """Lines of a paper, runs of them as spans.

    >>> places([12, 13, 14, 15, 16, 17, 20]), places([3]), places([])
    ('第12–17、20行', '第3行', '')
    """
    spans: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if spans and line == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], line)
        else:
            spans.append((line, line))
    words = "、".join(f"{first}–{last}" if last > first else str(first) for first, last in spans[:_MOST_SPANS])
    return f"第{words}{'……' if len(spans) > _MOST_SPANS else ''}行" if words else ""
