"""What stands in an item of an outline besides its heading: paragraphs, items below labels, owners and deadlines on items of their own."""

import re
from collections.abc import Iterable, Iterator

from zhenggai.importing.fields.owner_labels import Field, fields_of
from zhenggai.importing.paper.marks import LABEL
from zhenggai.importing.paper.outline import Item
from zhenggai.importing.paper.roles import heading_end

_LEADS_ELSEWHERE = re.compile("[：:]$|(?:见|如)(?:下|附|后)?(?:表|附件|附后)|附后[。]?$")
_END = re.compile(
    r"(?:^|\n)\s*(?:附件|附表|附[：:]|联系人|联系电话|抄送|抄报|报送[：:]|组\s*长[：:]|(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日\s*(?:$|\n))"
)
_CLOSING = re.compile(
    r"\n[ \t\u3000]*(?:(?P<all>(?:以上|上述)(?:各项|各类|所有|全部)?(?:问题|措施|任务|事项)(?=[^\n。]{0,60}(?:牵头|负责|完成))[^\n]*)"
    r"|(?:请(?:各|有关|相关|你们?)|[^\n。]{0,8}将以[^\n。]{0,20}为契机|特此(?:通知|通报|报告)|典型案例)[^\n]*)"
)
"""A paragraph behind a list that is no part of it: what is asked of the readers, or who answers for all."""
_LABEL = re.compile(r"\s*[【\[]?(\S{2,10}?)\s*(?:[：:】\]]|\n|$)")


def is_label(item: Item) -> bool:
    """Whether an item begins with words (整改措施：) in place of a number."""
    return item.mark is not None and item.mark.style == LABEL


def is_field(item: Item) -> bool:
    """Whether an item says owners, a deadline or a goal of what stands above: 3.责任单位：教育局."""
    return _says_field(item.mark.word if item.mark is not None and is_label(item) else item.text)


def _says_field(text: str) -> bool:
    found = _LABEL.match(text)
    fields = fields_of(found[1]) if found else ()
    return bool(fields) and Field.CONTENT not in fields


def flat(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items without labels: what stands below a label stands in its place."""
    found: list[Item] = []
    for item in items:
        if is_label(item) and item.items:
            found.extend(flat(item.items))
        else:
            found.append(item)
    return tuple(found)


def paragraphs(item: Item) -> Iterator[Item]:
    """The paragraphs of an item's own text, each an item. Lines with owners or a deadline belong to the one before."""
    start = item.start if item.mark is None else item.mark.end
    pending: list[tuple[int, str]] = []
    place = 0
    for line in without_end(item.text).split("\n"):
        if line.strip() and not (pending and (line.lstrip()[0] in "(（" or _says_field(line))):
            pending.append((place, line))
        elif pending:
            pending[-1] = (pending[-1][0], f"{pending[-1][1]}\n{line}")
        place += len(line) + 1
    for at, text in pending:
        yield Item(None, text, start + at)


def without_end(text: str) -> str:
    """A text without what ends a list or a paper: attachments, the date, to whom it goes, what is asked of the readers."""
    ends = [end.start() for pattern in (_END, _CLOSING) if (end := pattern.search(text))]
    return text[: min(ends)] if ends else text


def closings(text: str) -> Iterator[tuple[str, int]]:
    """The paragraphs behind lists that are no part of them, with their places.

    >>> list(closings("1.清运。\\n请各村上报。\\n"))
    [('请各村上报。', 6)]
    """
    for found in _CLOSING.finditer(text):
        words = found[0].strip()
        yield words, found.end() - len(words)


def said_of_all(text: str) -> str:
    """What a paragraph says of the owners and the deadline of all problems; nothing if there are several, each of its own list.

    >>> said_of_all("1.甲。\\n以上问题由办公室牵头，6月底前完成。\\n")
    '办公室牵头，6月底前完成。'
    """
    said = [found["all"] for found in _CLOSING.finditer(text) if found["all"]]
    return re.sub("^(?:以上|上述)[^由，,\n]*(?:由|[，,])?", "", said[0]) if len(said) == 1 else ""


def body(section: Item) -> Iterator[Item]:
    """The paragraphs below a heading, without those that only lead to a list or a table."""
    if is_label(section) or section.mark is None:
        rest = section
    else:
        end = heading_end(section)
        if end is None:
            return
        rest = Item(None, section.text[end:], section.mark.end + end)
    yield from (part for part in paragraphs(rest) if not _LEADS_ELSEWHERE.search(part.text.rstrip()))
