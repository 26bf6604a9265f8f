"""The file of a plan to be: its values in the order of the format, each remark as a comment at its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date

from zhenggai.characters import HIDDEN
from zhenggai.importing.plan.plan_to_be import PHASE, PlanToBe, Remark
from zhenggai.model.labels import label_of
from zhenggai.model.plan import Measure, Plan, Problem, ReviewChain
from zhenggai.reading.canonical_form import scalar
from zhenggai.writing.edit.edit_text import as_yaml
from zhenggai.writing.edit.yaml_lines import Value, block, flow

OPEN = "待定："
_HEAD = """\
# yaml-language-server: $schema=schema/plan.schema.json
# 从{source}起草，“{place}”是出处。
# 写着“待定”的由您定：把值写好，“# 待定：”几个字删去。
"""
_TO_SEE = "# 要看的："
_SHORT_LIST = 40  # characters of a list that stands in brackets on one line
_LAST = ("phases", "problems", "measures")
_OF_REVIEW = ("stand_in", "on_site", "notice_days", "filed_with")
_UNSEEN = re.compile(f"[{HIDDEN}]+")


def plan_text(to_be: PlanToBe, source: str, doubts: Sequence[str] = ()) -> str:
    """The text of the plan's file; ``source`` is the name of the paper, ``doubts`` are lines for whoever goes through it."""
    lines = [
        *_part(to_be, to_be.plan, ""),
        *_phases(to_be),
        f"{label_of('problems')}:{'' if to_be.plan.problems else ' []'}",
    ]
    for problem in to_be.plan.problems:
        lines += _item(to_be, problem, str(problem.number), "")
        if problem.measures:
            lines.append(f"  {label_of('measures')}:")
        else:
            waiting = to_be.remarks[str(problem.number), "measures"]
            lines += [f"  {line}" for line in _open_line("measures", waiting)]
        for measure in problem.measures:
            lines += _item(to_be, measure, measure.number, "  ")
    to_see = [f"{_TO_SEE}{_comment(doubt)}" for doubt in doubts]
    return _HEAD.format(source=_comment(source), place=_place_words(to_be)) + "".join(
        f"{line}\n" for line in (*to_see, *lines)
    )


def _place_words(to_be: PlanToBe) -> str:
    """How places are written: the lines of a paper, the cells of a workbook."""
    has_cells = any("!" in remark.text for (_, field), remark in to_be.remarks.items() if field == "number")
    return "台账!B8" if has_cells else "原文第几行"


def _phases(to_be: PlanToBe) -> Iterator[str]:
    """The phases, those without readable days as comments at their places."""
    written = {phase.number: phase for phase in to_be.plan.phases}
    last = sum(part.startswith(PHASE) for part, _ in to_be.remarks)
    if last:
        yield f"{'' if written else f'# {OPEN}'}{label_of('phases')}:"
    for nth in range(1, last + 1):
        remark = to_be.remarks[f"{PHASE}{nth}", "number"]
        if nth in written:
            yield f"- {flow(as_yaml(written[nth]))}{_beside(remark)}"
        else:
            yield f"# {OPEN}- {_comment(remark.instead)}（{remark.text}）"


def _item(to_be: PlanToBe, part: Problem | Measure, number: str, indent: str) -> Iterator[str]:
    for nth, line in enumerate(_part(to_be, part, number)):
        yield f"{indent}{'  ' if nth else '- '}{line}"


def _part(to_be: PlanToBe, part: Plan | Problem | Measure, number: str) -> Iterator[str]:
    """The lines of a part without the parts below it, in the order of its fields."""
    for name in (f.name for f in fields(part) if f.name not in ("where", *_LAST)):
        value, remark = getattr(part, name), to_be.remarks.get((number, name))
        if value in (None, (), {}) or name == "rules":
            yield from _open_line(name, remark)
        else:
            yield from _lines(label_of(name), value, remark)


def _open_line(name: str, remark: Remark | None) -> Iterator[str]:
    """A line for a value that is still to be written: an empty list, or a comment with what the paper has."""
    if remark is None or not remark.is_open:
        return
    if name == "units":
        yield f"{label_of(name)}: []{_beside(remark)}"
    else:
        words = f"{_comment(remark.instead)}（{remark.text}）" if remark.instead else f"（{remark.text}）"
        yield f"# {OPEN}{label_of(name)}: {words}"


def _lines(label: str, value: object, remark: Remark | None) -> Iterator[str]:
    written = _as_written(value)
    if isinstance(written, Sequence) and not isinstance(written, str) and _is_long(written):
        yield f"{label}:{_beside(remark)}"
        yield from (f"- {scalar(item)}" for item in written if isinstance(item, str))
        return
    first, *rest = [f"{label}: {flow(written)}"] if isinstance(written, Mapping) else block({label: written})
    if isinstance(value, date) and remark and remark.is_open:
        first = first.replace(": ", ": 约", 1)
    yield first + _beside(remark)
    yield from rest


def _as_written(value: object) -> Value:
    match value:
        case Mapping():
            return {str(code): str(name) for code, name in value.items()}
        case ReviewChain():
            usual = ReviewChain(second_review=value.second_review)
            more = [name for name in _OF_REVIEW if getattr(value, name) != getattr(usual, name)]
            given = {name: getattr(value, name) for name in ("first_review", "second_review", *more)}
            return {label_of(name): "是" if part is True else part for name, part in given.items()}
        case _:
            return as_yaml(value)


def _is_long(items: Sequence[Value]) -> bool:
    return all(isinstance(item, str) for item in items) and sum(map(len, map(str, items))) > _SHORT_LIST


def _beside(remark: Remark | None) -> str:
    if remark is None or not remark.text:
        return ""
    return f"  # {OPEN if remark.is_open else ''}{_comment(remark.text)}"


def _comment(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return _UNSEEN.sub(" ", text)
