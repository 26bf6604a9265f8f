"""The words of a list that stand without an option, where each can mean one thing only: 县财政局 is ``--unit 县财政局``."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import typer

from zhenggai.cli.options import parse_day
from zhenggai.errors import NotInPlan, UsageError
from zhenggai.frozen import frozen
from zhenggai.model.name_keys import name_key
from zhenggai.model.numbers import measure_number, whole_number
from zhenggai.model.plan import Category, Plan
from zhenggai.model.units import UnitBook
from zhenggai.model.wording import nearest
from zhenggai.reading.data_folders import plan_paths
from zhenggai.render import format_of_file
from zhenggai.rules.day.lights import Light
from zhenggai.views.selection import state_words

NUMBER, WORD = "number", "word"


@frozen
class OwnNumber:
    """What a number alone means to a command: the option (or argument) that takes it, and nouns that may stand with it."""

    option: str
    nouns: tuple[str, ...]


@frozen
class OwnWords:
    """Words that alone mean a value of a command's own option: the option, what it is called, and word → value."""

    option: str
    what: str
    words: Mapping[str, object]


@frozen
class Own:
    """What stands alone for a command's own options."""

    number: OwnNumber | None = None
    words: OwnWords | None = None


@frozen
class Reading:
    """One thing that a word may mean: the name of a list's option, its value, and how it is written as an option."""

    name: str
    value: object
    written: str


_ABOUT = {
    "unit": "单位或一类单位（县教育局）",
    "problem": "问题或措施（3-2）",
    "phase": "阶段（第2阶段）",
    "state": "状态（整改中）",
    "category": "类别（立行立改）",
    "light": "灯（红灯）",
    "as_of": "截至日期（2020-06-30）",
}


def plans_among(root: Path, words: Sequence[str]) -> list[str]:
    """The words that are numbers of plans."""
    plans = {name_key(Path(path).stem) for path in plan_paths(root)}
    return [word for word in words if name_key(word) in plans]


def meant(words: Sequence[str], plan: Plan, units: UnitBook, options: Collection[str], own: Own) -> dict[str, object]:
    """The values that the words stand for, by the names of the ``options`` that the list takes; a number as ``NUMBER``,
    one of the command's own words as ``WORD``.

    Raises ``NotInPlan`` for a word that means nothing here, ``UsageError`` for one that means several things, and for two
    words that mean the same.
    """
    found: dict[str, Reading] = {}
    for word in words:
        readings = [
            reading for reading in _readings(word, plan, units, own) if reading.name in (*options, NUMBER, WORD)
        ]
        if not readings:
            raise NotInPlan(_unknown(word, units, options, own))
        if len(readings) > 1:
            raise UsageError(
                f"“{word}”可以是 {'，也可以是 '.join(r.written for r in readings)}\n  下一步：写明其中一个"
            )
        reading = readings[0]
        if reading.name in found:
            raise UsageError(
                f"{found[reading.name].written} 和 {reading.written} 只能写一个\n  下一步：去掉一个，分两次看"
            )
        found[reading.name] = reading
    return {name: reading.value for name, reading in found.items()}


def _readings(word: str, plan: Plan, units: UnitBook, own: Own) -> Iterator[Reading]:
    """All that a word may mean."""
    if own.words and word in own.words.words:
        yield Reading(WORD, own.words.words[word], f"{own.words.option} {word}")
    if units.unit_named(word) or word in units.class_by_name:
        yield Reading("unit", word, f"--unit {word}")
    if word in state_words():
        yield Reading("state", word, f"--state {word}")
    elif word in tuple(Category):  # 长期坚持, 持续推进 and 例行 are states too
        yield Reading("category", word, f"--category {word}")
    if word.removesuffix("灯") in tuple(Light):
        yield Reading("light", word, f"--light {word}")
    if (day := _day(word)) is not None:
        yield Reading("as_of", day, f"--as-of {day}")
    elif number := measure_number(word):
        yield Reading("problem", number, f"--problem {number}")
    plain, noun = _number(word)
    if plain is None:
        return
    if own.number and noun in ("", *own.number.nouns):
        yield Reading(NUMBER, plain, f"{own.number.option} {plain}")
        return
    if noun == "问题" or (noun == "" and any(problem.number == plain for problem in plan.problems)):
        yield Reading("problem", str(plain), f"--problem {plain}")
    if noun == "阶段" or (noun == "" and any(phase.number == plain for phase in plan.phases)):
        yield Reading("phase", plain, f"--phase {plain}")


def _day(word: str) -> object:
    try:
        return parse_day(word)
    except typer.BadParameter:
        return None


def _number(word: str) -> tuple[int | None, str]:
    """A whole number and the noun beside it: 第2阶段, 问题3, 30天内, 第五期. The number is None where there is none.

    >>> [_number(word) for word in ("30天内", "第二阶段", "问题3", "５", "10条", "县教育局")]
    [(30, '天'), (2, '阶段'), (3, '问题'), (5, ''), (10, '条'), (None, '')]
    """
    noun = "问题|阶段|天|日|期|周|月|条"
    found = re.fullmatch(
        rf"(?P<before>{noun})?第?(?P<number>[0-9一二三四五六七八九十]+)个?(?P<after>{noun})?(之内|以内|内)?",
        unicodedata.normalize("NFKC", word.strip()),
    )
    if found is None:
        return None, ""
    return whole_number(found["number"]), found["before"] or found["after"] or ""


def _unknown(word: str, units: UnitBook, options: Collection[str], own: Own) -> str:
    """The message for a word that means nothing: what it could be, and the nearest names."""
    if Path(word).suffix and format_of_file(Path(word)):
        return f"“{word}”像是文件名\n  下一步：要写入文件，加 -o {word}"
    if re.fullmatch(r"\.(doc|xlsx?|pdf|wps|et)", ending := Path(word).suffix.lower()):
        return f"“{word}”像是文件名，写不成 {ending} 文件\n  下一步：写成别的，加 -o {Path(word).stem}.txt"
    could = [about for name, about in _ABOUT.items() if name in options]
    if own.words:
        could.append(f"{own.words.what}（{next(iter(own.words.words))}）")
    if own.number:
        could.append(f"数（{own.number.option}）")
    near = nearest(word, [*units.by_name, *units.class_by_name, *(state_words() if "state" in options else ())])
    close = f"\n  最接近的有：{'、'.join(near)}" if near else ""
    return f"看不懂“{word}”{close}\n  可写：{'、'.join(could)}"
