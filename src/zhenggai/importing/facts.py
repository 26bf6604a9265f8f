"""What a paper says of itself: its title, year, day of issue, day of feedback, and whose findings it answers."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.importing.draft import Place

_TITLE_END = re.compile(
    "(?:方案|清单|台账|台帐|计划|措施|任务分解表|分工表|通知|意见|报告|一览表)(?:[(（][^()（）]*[)）])?$"
)
_NO_TITLE = re.compile(
    "本文|仅供|请勿|附件|下载|来源|字号|浏览|发布|网站|首页|作者|编辑|[。；;：:]$|^[一二三四五六七八九十]、|^第[一二三四五六七八九十]|〔|日期"
)
_DAY = re.compile(r"((?:19|20)[0-9]{2})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_NUMBER = re.compile(r"[\u3400-\u9fff]{1,10}[〔\[【(（]\s*(?:19|20)[0-9]{2}\s*[〕\]】)）]\s*(?:第)?[0-9]+号")
_QUOTED = re.compile("《[^《》]*》|〔[^〔〕]*〕")


@frozen(kw_only=True)
class Facts:
    """What a paper says of itself. ``year_from`` is the place whose words the year was guessed from, and the words."""

    title: str = ""
    document_number: str = ""
    year: int | None = None
    year_from: tuple[Place, str] | None = None
    issued: date | None = None
    feedback: date | None = None
    sources: tuple[str, ...] = ()


def facts_in(paragraphs: Sequence[tuple[str, int]]) -> Facts:
    """The facts in paragraphs, each a text and its line."""
    issued = _issued(paragraphs)
    year, where = _year(paragraphs, issued)
    return Facts(
        title=_title(paragraphs),
        document_number=next((found[0] for text, _ in paragraphs[:12] if (found := _NUMBER.search(text))), ""),
        year=year,
        year_from=where,
        issued=issued,
        feedback=_feedback(paragraphs),
    )


def _title(paragraphs: Sequence[tuple[str, int]]) -> str:
    lines: list[str] = []
    for text, _ in paragraphs[:12]:
        line = re.sub(r"\s+", "", text)
        if not line or _NO_TITLE.search(line) or len(line) > 60:
            if lines:
                break
            continue
        lines.append(line)
        if _TITLE_END.search(line):
            return "".join(lines)
        if len(lines) == 4:
            break
    return lines[0] if lines else ""


def _issued(paragraphs: Sequence[tuple[str, int]]) -> date | None:
    for text, _ in [*reversed(paragraphs[-8:]), *paragraphs[:8]]:
        if (found := re.fullmatch(rf"\s*[(（]?\s*{_DAY.pattern}\s*(?:印发)?\s*[)）]?\s*", text)) and (
            day := _date(found)
        ):
            return day
    return None


def _feedback(paragraphs: Sequence[tuple[str, int]]) -> date | None:
    for text, _ in paragraphs:
        if found := re.search(rf"{_DAY.pattern}[^。；;]{{0,40}}?反馈", text):
            return _date(found)
    return None


def _year(paragraphs: Sequence[tuple[str, int]], issued: date | None) -> tuple[int | None, tuple[Place, str] | None]:
    if issued:
        return issued.year, None
    found: Counter[int] = Counter()
    first: dict[int, tuple[Place, str]] = {}
    for text, line in paragraphs:
        plain = _QUOTED.sub("", text)
        for mark in re.finditer(r"((?:19|20)[0-9]{2})\s*年\s*(?:[0-9]{1,2}\s*月|底|第?[一二三四]季度)", plain):
            found[int(mark[1])] += 1
            first.setdefault(int(mark[1]), (Place(line), mark[0]))
    if not found:
        return None, None
    year = found.most_common(1)[0][0]
    return year, first[year]


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()[:3]))
    except ValueError:
        return None
