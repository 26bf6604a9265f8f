"""Which measure of a plan a measure of somebody's workbook is: by its number, else by the texts of problem and measure; never by a guess."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches
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
_MOST_SOUGHT: Final = 50
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
    """The measures of a draft in a plan."""

    plan: Plan
    draft: Draft

    @cached_property
    def numbers(self) -> Mapping[str, str | None]:
        """The number of a drafted measure → that of its measure in the plan, None if that is not found."""
        return {number: self._number(*drafted) for number, drafted in self._drafted.items()}

    def of(self, number: str) -> Found | None:
        """What was found for a drafted measure; None if the draft has no such number."""
        if number not in self._drafted:
            return None
        problem, measure = self._drafted[number]
        found, written = self.numbers[number], self._written(problem, measure)
        if found is None and written:
            own = self.plan.measure_by_number[written].content
            return Found(None, f"编号是 {written}，文字却与方案的不同：{own}")
        return Found(found, "" if found else self._near(plain_text(measure.content)))

    @cached_property
    def _drafted(self) -> Mapping[str, tuple[DraftProblem, DraftMeasure]]:
        """The measures of the draft by number, each with its problem."""
        return {
            measure.number: (problem, measure)
            for problem in self.draft.problems
            for measure in problem.measures
            if measure.number
        }

    def _number(self, problem: DraftProblem, measure: DraftMeasure) -> str | None:
        """The plan's measure with the number that a ledger has, if the texts agree; else the one with the same text."""
        text = plain_text(measure.content)
        by_text = self._by_text(plain_text(problem.title), text)
        number = self._written(problem, measure)
        if number is None or by_text == number or (by_text and measure_number(measure.label) is None):
            return by_text
        is_alike = not text or _are_alike(plain_text(self.plan.measure_by_number[number].content), text)
        return number if is_alike and by_text is None else None

    def _written(self, problem: DraftProblem, measure: DraftMeasure) -> str | None:
        """The number that a ledger has for a measure, if the plan has it: 1-2, or the 2 of problem 1."""
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
        self._sought.add(text)
        if len(self._sought) > _MOST_SOUGHT:
            return "方案里没有这项措施"
        for near in get_close_matches(text, self._texts, n=1, cutoff=_NEAR):
            number = self._texts[near][0][1]
            return f"最相近的是 {number} {self.plan.measure_by_number[number].content}"
        return "方案里没有这项措施"

    @cached_property
    def _sought(self) -> set[str]:
        """The texts for which the most similar one was sought: that costs, and nobody reads a thousand of them."""
        return set()

    @cached_property
    def _texts(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The text of a measure → the text of its problem and its number, of each measure with that text."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for problem in self.plan.problems:
            for measure in problem.measures:
                text = plain_text(measure.content)
                found[text] = (*found.get(text, ()), (plain_text(problem.content), measure.number))
        return found


def _are_alike(one: str, other: str) -> bool:
    """Whether two texts are versions of one."""
    return one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR
