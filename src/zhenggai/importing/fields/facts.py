"""What a paper says of itself: its title, number, year, day of issue, day of feedback, and whose findings it answers."""

import re
from datetime import date
from itertools import pairwise

from zhenggai.frozen import frozen
from zhenggai.importing.draft import Place
from zhenggai.importing.fields.deadline_words import NUMERAL
from zhenggai.importing.fields.owner_labels import fields_of
from zhenggai.importing.fields.paper_year import QUOTED, PaperYear, Paragraphs, digits, year_of
from zhenggai.importing.fields.simplified import as_written, simplified

_KIND = "方案|清单|台账|台帐|计划|措施|分解表|分工表|一览表|任务书|意见|通知|报告|安排|通报|公告|公示|办法|规划|要点|(?:整改|落实|进展)情况"
_TITLE_END = re.compile(f"(?:{_KIND})[”》〉]?$")
_TITLE_IN_TEXT = re.compile("^[^。；;：:，,]{4,60}?(?:方案|清单|台账|台帐|计划|分解表)(?![的》”〉中>]|实施)")
_FORWARDED = re.compile("(?:印发|转发|下发)[《〈](.+)[》〉]的?(?:通知|函)?$")
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_NO_TITLE = re.compile(
    "本文|仅供|请勿|下载|来源|字号|浏览|发布|网站|首页|作者|编辑|版权|点击|当前位置|索引号|分类|主题词|有效性|关键词|打印|分享|时间[：:]|日期|各[县市区乡镇].*[：:]$|[。；;：:]$"
    r"|^[(（]?[一二三四五六七八九十0-9]+[)）、.．]|^第[一二三四五六七八九十0-9]+[章节条部]|^附件[0-9一二三四五六七八九十]*[：:]?$|^目录$|^[\u3400-\u9fff]{0,12}[〔\[【(（]\s*(?:19|20)[0-9]{2}\s*[〕\]】)）]"
)
_NUMBER = re.compile(r"[\u3400-\u9fffA-Z]{1,12}[〔\[【(（]\s*(?:19|20)[0-9]{2}\s*[〕\]】)）]\s*第?\s*[0-9]+\s*号")
_DAY = re.compile(
    f"(?:(?P<year>{NUMERAL}{{4}})\\s{{0,3}}年)?\\s{{0,3}}(?P<month>{NUMERAL}{{1,3}})\\s{{0,3}}月\\s{{0,3}}(?P<day>{NUMERAL}{{1,3}})\\s{{0,3}}[日号]"
)
_DAY_ALONE = re.compile(
    rf"(?:印发日期|成文日期|发文日期|时间|日期)?[：:]?[(（]?(?P<head>[\u3400-\u9fff]{{0,24}}?)\s*{_DAY.pattern}(?:印发|发布)?[)）]?"
)
_DOTTED_ALONE = re.compile(
    r"[(（]?[\u3400-\u9fff]{0,24}(?P<year>20[0-9]{2})[./-](?P<month>[0-9]{1,2})[./-](?P<day>[0-9]{1,2})[)）]?"
)
_ISSUED = re.compile(rf"印发(?:日期|时间)[为是：:]?\s{{0,3}}{_DAY.pattern}")
_FEEDBACK = re.compile(
    "反馈(?:了|巡视|巡察|督察|督查|审计|检查|专项|我|整改)?[^，,。；;]{0,16}?(?:意见|情况|问题|报告)|(?:进行|作|做)了?[^，,。；;]{0,6}反馈|出具[^，,。；;]{0,10}报告|下发[^，,。；;]{0,12}(?:反馈意见|整改通知)|召开[^，,。；;]{0,20}反馈会"
)
_SOURCE = re.compile(
    "(?:中央|国家|国务院|省|市|县|区|州|自治区)[^，,。；、（）()《》“”：:\\s和及对于与向]{0,14}?(?:巡视组|巡察组|督察组|督查组|检查组|考核组|评估组|指导组|审计署|审计厅|审计局)"
    "|(?:中央|省|市|县|区)(?:级)?(?:委)?(?:生态)?(?:环境保护|环保|生态环境)督察|(?:经济责任|预算执行|专项)?审计报告"
)
_FINDING = re.compile("反馈|指出|出具|查出|通报|评估|开展|督察|巡视|巡察")
_TITLE_LINES = 12
_FIRST_LINES, _LAST_LINES = 25, 6
_LONGEST_TITLE = 60


@frozen(kw_only=True)
class Facts:
    """What a paper says of itself.

    ``year_from``: where and by which words the year was guessed; None if a day of issue says it. ``other_years`` are those of deadlines.
    """

    title: str = ""
    document_number: str = ""
    year: int | None = None
    year_from: tuple[Place, str] | None = None
    other_years: tuple[int, ...] = ()
    issued: date | None = None
    feedback: date | None = None
    sources: tuple[str, ...] = ()


def facts_in(
    paragraphs: Paragraphs, year: int | None = None, issued: date | None = None, cells: Paragraphs = ()
) -> Facts:
    """The facts in a paper. ``year`` and ``issued`` are what the user said; they win. ``cells`` of its tables may say the year.

    >>> facts = facts_in([("基层党建整改方案", 1), ("2020年3月2日，市委第一巡察组反馈了意见。", 3), ("6月底前完成。", 4)])
    >>> facts.title, facts.year, str(facts.feedback), facts.sources, facts.year_from[1]
    ('基层党建整改方案', 2020, '2020-03-02', ('市委第一巡察组',), '2020年3月2日')
    """
    top = re.sub(r"\s+", "", "".join(text for text, _ in paragraphs[:_TITLE_LINES]))
    paragraphs, cells = _simplified(paragraphs), _simplified(cells)
    issued = issued or _issued(paragraphs)
    title, feedback = _title(paragraphs), _feedback(paragraphs)
    found = PaperYear(year) if year else year_of([*paragraphs, *cells], title, issued, feedback)
    return Facts(
        title=as_written(title, top),
        document_number=as_written(_number(paragraphs), top),
        year=found.year,
        year_from=(Place(found.said.line), found.said.words) if found.said else None,
        other_years=found.others,
        issued=issued,
        feedback=feedback,
        sources=_sources(paragraphs),
    )


def _simplified(paragraphs: Paragraphs) -> Paragraphs:
    return [(simplified(text), line) for text, line in paragraphs]


def _sources(paragraphs: Paragraphs) -> tuple[str, ...]:
    """Who found the problems: the teams and papers in sentences about findings."""
    sentences = (sentence for text, _ in paragraphs for sentence in re.split("[。；;\n]", QUOTED.sub("", text)))
    return tuple(
        dict.fromkeys(name for sentence in sentences if _FINDING.search(sentence) for name in _SOURCE.findall(sentence))
    )


def _title(paragraphs: Paragraphs) -> str:
    """The first lines up to one that ends like the name of a paper; else such words at the start of the first text."""
    lines: list[str] = []
    for text, _ in paragraphs[:_TITLE_LINES]:
        line = re.sub(r"\s+", "", text)
        if lines and lines[-1].count("《") > lines[-1].count("》"):  # the name of a paper goes on
            lines[-1] += line
            line = lines.pop()
        if not line or _NO_TITLE.search(_REMARK.sub("", line)) or len(line) > _LONGEST_TITLE:
            if line:
                lines = []
            continue
        lines.append(line)
        if line.count("《") == line.count("》") and _TITLE_END.search(_REMARK.sub("", line)):
            whole = "".join(lines[-3:])
            inner = _FORWARDED.search(whole)
            return inner[1] if inner else whole
    for text, _ in paragraphs[:_TITLE_LINES]:
        if (found := _TITLE_IN_TEXT.match(text.strip())) and not _NO_TITLE.search(found[0]):
            return re.sub(r"\s+", "", found[0])
    return ""


def _number(paragraphs: Paragraphs) -> str:
    """The paper's own number, which stands alone near its top."""
    lines = (re.sub(r"\s+", "", text) for text, _ in paragraphs[:_TITLE_LINES])
    return next((line for line in lines if _NUMBER.fullmatch(line)), "")


def _issued(paragraphs: Paragraphs) -> date | None:
    """The day that stands alone under the title, or else near the end."""
    texts = ["", *(re.sub(r"\s+", "", text) for text, _ in paragraphs)]
    pairs = list(pairwise(texts))
    last = pairs[-_LAST_LINES:]
    for before, line in [*pairs[:_FIRST_LINES], *reversed(last)]:
        found = _DAY_ALONE.fullmatch(line) or (_DOTTED_ALONE.fullmatch(line) if (before, line) in last else None)
        if found and found["year"] and not fields_of(before.rstrip("：:")):
            return _date(found["year"], found["month"], found["day"])
    said = next((found for text, _ in paragraphs if (found := _ISSUED.search(text))), None)
    return _date(said["year"], said["month"], said["day"]) if said and said["year"] else None


def _feedback(paragraphs: Paragraphs) -> date | None:
    """The day of feedback: the last one before 反馈 in its sentence that is no part of a period. Its year may stand before it."""
    year = None
    for text, _ in paragraphs:
        for sentence in re.split("[。；;\n]", text):
            said = [found.end() for found in _FEEDBACK.finditer(sentence)]
            last: date | None = None
            for found in _DAY.finditer(QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), sentence)):
                year = found["year"] or year
                in_period = re.match("\\s{0,3}[至到—–~-]", sentence[found.end() :]) or re.search(
                    "[至到—–~-]\\s{0,3}$", sentence[: found.start()]
                )
                if said and found.end() <= said[-1] and not in_period and year:
                    last = _date(year, found["month"], found["day"]) or last
            if last:
                return last
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(digits(year)), int(digits(month)), int(digits(day)))
    except ValueError:
        return None
