"""What a person must look at in a draft: missing owners and deadlines, deadlines that cannot be read, names with two spellings, blanks to be filled in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from zhenggai.deadline.meaning import BaseNeeded, Context, DeadlineKind, UnknownDeadline
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import UsageError
from zhenggai.importing.draft import SHOWN, Doubt, DraftMeasure, DraftProblem, Place
from zhenggai.importing.fields.deadline_words import deadlines_within
from zhenggai.importing.fields.facts import Facts
from zhenggai.importing.fields.owners import Fields
from zhenggai.importing.fields.simplified import simplified
from zhenggai.importing.fields.unit_names import LONGEST_NAME, is_unit
from zhenggai.model.wording import shortened

_BLANK = re.compile(
    "(?:19|20)?[0-9]{0,2}[xX×＊*]{1,4}\\s*[年月日]|[xX×＊*Ｘ〇○]{1,4}(?:省|市|县|区|镇|乡|村|局|单位|部门|同志)|某某?(?:省|市|县|区|镇|乡|局|单位)|(?<![A-Za-z\u3400-\u9fff])[xX×Ｘ]{2,3}(?![A-Za-z×Ｘ])|[_＿]{2,}|[(（]\\s*[县市区旗、/或]{2,5}\\s*[)）]$"
)
_LEVEL = re.compile("^(?:中共)?[^县市区旗州]{0,4}[县市区旗州](?:委(?![县市区旗州员]))?")
_OPEN = frozenset((DeadlineKind.IMMEDIATE, DeadlineKind.LONG_TERM, DeadlineKind.CONTINUOUS))
"""Kinds whose only warning without a day of issue is that their start is not known; nobody asks for it."""
_NO_UNIT = "没有“责任单位：”，也没有写单位的括号"
_NO_DEADLINE = "没有“完成时限：”，句子里也没有日子"
_BELOW = re.compile("下同|以下[均都各]")  # 排名第一的为牵头单位，下同
_BY = re.compile("(?:由|安排|督促|责成)(?P<name>[^，,。；;：:\n]{3,})")
_SHORTEST_UNIT = 3


def doubts_of_measures(problems: Iterable[DraftProblem], base: Context | None) -> tuple[Doubt, ...]:
    """The doubts about owners, deadlines and names of units in a draft's problems. ``base`` is what its deadlines count from."""
    problems = tuple(problems)
    measures = [(problem, measure) for problem in problems for measure in problem.measures]
    return (
        *(doubt for problem, measure in measures for doubt in _of_measure(problem, measure, base)),
        *_two_spellings([measure for _, measure in measures]),
    )


def _of_measure(problem: DraftProblem, measure: DraftMeasure, base: Context | None) -> Iterator[Doubt]:
    name = measure.number or shortened(measure.content, SHOWN)
    if not measure.units and not measure.lead:
        yield Doubt(
            place=measure.place,
            about="没有写责任单位",
            what=f"{name} 没有写责任单位",
            why=_why_no_unit(measure.content),
        )
    if measure.deadline is None and problem.deadline is None:
        yield Doubt(place=measure.place, about="没有写时限", what=f"{name} 没有写时限", why=_NO_DEADLINE)
    elif words := measure.deadline:
        yield from doubts_of_deadline(words, measure.place, base)


def _why_no_unit(content: str) -> str:
    """Why no unit was found, with the words in a sentence that may name one; nothing of them is taken over."""
    for clause in _BY.finditer(simplified(content)):
        ends = range(clause.start("name") + _SHORTEST_UNIT, min(clause.end(), clause.start("name") + LONGEST_NAME) + 1)
        if any(is_unit(content[clause.start("name") : end]) for end in ends):
            return f"{_NO_UNIT}；句子里写“{shortened(content[clause.start() : clause.end()], SHOWN)}”"
    return _NO_UNIT


def doubts_of_deadline(words: str, place: Place, base: Context | None) -> Iterator[Doubt]:
    """The doubts about the words of a deadline that stand at a place."""
    try:
        meaning = parse_deadline(words, base or Context(1904))
    except UnknownDeadline as error:
        yield Doubt(place=place, about="时限读不懂", what=f"时限“{words}”读不懂", why=_nearest(words, base, error))
        return
    except BaseNeeded as error:
        yield Doubt(place=place, about="时限没有起算的日子", what=f"时限“{words}”算不出日子", why=str(error))
        return
    except UsageError as error:
        yield Doubt(place=place, about="时限有误", what=f"时限“{words}”有误", why=str(error))
        return
    if base is None:
        if meaning.end and meaning.end.year < 1906:
            yield Doubt(place=place, about="时限没有年份", what=f"时限“{words}”算不出日子", why="正文里没有年份")
        return
    if meaning.kind is DeadlineKind.UNRESOLVED:
        yield Doubt(place=place, about="时限没有写明", what=f"时限“{words}”没有截止日", why="；".join(meaning.warnings))
    elif meaning.warnings and (base.issued or meaning.kind not in _OPEN):
        yield Doubt(place=place, about="时限要看一眼", what=f"时限“{words}”要看一眼", why="；".join(meaning.warnings))


def _nearest(words: str, base: Context | None, error: UnknownDeadline) -> str:
    """What words that cannot be read may mean: the deadlines in them, or else what is written alike."""
    inside = [one.words for one in deadlines_within(words, base)]
    return f"里面有“{'”“'.join(inside)}”" if inside else f"相近的写法：{'、'.join(error.nearest)}"


def doubts_of_fields(fields: Fields, place: Place) -> tuple[Doubt, ...]:
    """The doubts about what the text of one measure says beside its content."""
    found = [
        Doubt(
            place=place,
            about="没有归到哪一项",
            what=f"“{shortened(words, SHOWN)}”没有归到哪一项",
            why="说的也是以下各条，请逐条核对" if _BELOW.search(words) else "不像单位、人名或时限",
        )
        for words in fields.leftovers
    ]
    if fields.others:
        others = "、".join(f"“{words}”" for words in fields.others)
        found.append(
            Doubt(
                place=place,
                about="一条里有几个时限",
                what=f"一条里有几个时限，取“{fields.deadline}”",
                why=f"还有{others}",
            )
        )
    return tuple(found)


def doubts_of_facts(facts: Facts) -> tuple[Doubt, ...]:
    """The doubts about the year and the title."""
    if facts.year_from:
        place, words = facts.year_from
        others = "、".join(f"{year}年" for year in facts.other_years)
        why = f"正文写“{words}”" + (f"，时限还写到{others}" if others else "")
        return (Doubt(place=place, about="年份推得", what=f"年度按{facts.year}年", why=why),)
    if facts.year is None:
        hint = re.search("(?:19|20)[0-9]{2}(?=年)", facts.title)
        why = f"标题里有{hint[0]}年，只凭标题不算" if hint else "正文里没有带年份的日期"
        return (Doubt(place=Place(), about="没有写年度", what="没有写年度，请加 --year 再起草一次", why=why),)
    return ()


def doubts_of_blanks(paragraphs: Iterable[tuple[str, int]]) -> tuple[Doubt, ...]:
    """Blanks that a template leaves to be filled in: 20xx年, ×月, X县, （县、区）; one doubt a line.

    >>> [doubt.what for doubt in doubts_of_blanks([("20xx年x月，X镇党委", 3), ("2020年5月", 4)])]
    ['“20xx年”“x月”“X镇”没有填写']
    """
    found: list[Doubt] = []
    for text, line in paragraphs:
        if blanks := dict.fromkeys(match[0].strip() for match in _BLANK.finditer(text)):
            what = f"“{'”“'.join(blanks)}”没有填写"
            found.append(Doubt(place=Place(line), about="没有填写", what=what, why="像是范本里留的空"))
    return tuple(found)


def units_of(problems: Iterable[DraftProblem]) -> tuple[str, ...]:
    """The units that measures name, in order of appearance."""
    measures = (measure for problem in problems for measure in problem.measures)
    return tuple(dict.fromkeys(name for measure in measures for name in _names(measure)))


def _names(measure: DraftMeasure) -> tuple[str, ...]:
    return (*measure.lead, *measure.units, *measure.supporting, *measure.guiding)


def _two_spellings(measures: Sequence[DraftMeasure]) -> Iterator[Doubt]:
    """Names of which one is the other with its level before it: 县教育局, 教育局."""
    places: dict[str, Place] = {}
    for measure in measures:
        for name in _names(measure):
            places.setdefault(name, measure.place)
    for first, second in combinations(places, 2):
        short, long = sorted((first, second), key=len)
        if short != long and len(short) > 2 and _LEVEL.sub("", long) == short:
            yield Doubt(
                place=places[second], about="单位名称有两种写法", what=f"“{long}”又写“{short}”", why="像是同一个单位"
            )
