"""Which measure of a plan a measure of somebody's workbook is: by its number, else by the texts of problem and measure; never by a guess."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Final
from unicodedata import normalize

from zhenggai.frozen import frozen
from zhenggai.importing.draft import Draft, DraftMeasure, DraftProblem
from zhenggai.model.numbers import measure_number, whole_number
from zhenggai.model.plan import Plan

_MARKS: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(
    r"^([(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳]|问题[一二三四五六七八九十\d]{1,3}[:：])+"
)
_NEAR: Final = 0.6  # how alike two texts are that a person should compare


@frozen
class Found:
    """The number of a measure in the plan, None if it is not found; ``why`` says then what is there instead."""

    number: str | None
    why: str = ""


def plain_text(text: str) -> str:
    """A text as it is compared: without its number, blanks and marks.

    >>> plain_text("（一） 学习 不深入；") == plain_text("1.学习不深入。")
    True
    """
    return _MARKS.sub("", _NUMBER.sub("", normalize("NFKC", text).strip())).casefold()


@frozen(slots=False)
class Matching:
    """The measures of a draft in a plan. ``found``: number in the draft → what was found."""

    plan: Plan
    draft: Draft

    @cached_property
    def found(self) -> Mapping[str, Found]:
        """The number of a drafted measure → its measure in the plan."""
        return {
            measure.number: self._found(problem, measure)
            for problem in self.draft.problems
            for measure in problem.measures
            if measure.number
        }

    def _found(self, problem: DraftProblem, measure: DraftMeasure) -> Found:
        text, title = plain_text(measure.content), plain_text(problem.title)
        by_text = self._by_text(title, text)
        number = self._written(problem, measure)
        if number is None:
            return Found(by_text) if by_text else Found(None, self._near(text))
        own = plain_text(self.plan.measure_by_number[number].content)
        if by_text not in (None, number) and not (own in text or text in own):
            return Found(None, f"编号是 {number}，文字却是 {by_text} 的")
        return Found(number)

    def _written(self, problem: DraftProblem, measure: DraftMeasure) -> str | None:
        """The number that a ledger has for a measure, if the plan has it."""
        of_problem, nth = whole_number(problem.label.rstrip("、.．")), whole_number(measure.label.rstrip("、.．"))
        number = measure_number(measure.label) or (f"{of_problem}-{nth}" if of_problem and nth else None)
        return number if number in self.plan.measure_by_number else None

    def _by_text(self, problem: str, text: str) -> str | None:
        """The only measure with a text; of several, the one whose problem has the text ``problem``."""
        numbers = self._texts.get(text, ())
        of_problem = [number for title, number in numbers if title == problem] if problem else []
        candidates = of_problem or [number for _, number in numbers]
        return candidates[0] if len(candidates) == 1 else None

    def _near(self, text: str) -> str:
        if len(self._texts.get(text, ())) > 1:
            return f"方案里有几项一样的：{'、'.join(number for _, number in self._texts[text])}"
        for near in get_close_matches(text, self._texts, n=1, cutoff=_NEAR):
            number = self._texts[near][0][1]
            return f"最相近的是 {number} {self.plan.measure_by_number[number].content}"
        return "方案里没有这项措施"

    @cached_property
    def _texts(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The text of a measure → the text of its problem and its number, of each measure with that text."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for problem in self.plan.problems:
            for measure in problem.measures:
                text = plain_text(measure.content)
                found[text] = (*found.get(text, ()), (plain_text(problem.content), measure.number))
        return found
