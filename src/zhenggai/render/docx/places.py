"""What a document has for the places of a template: texts, parts of it and tables, by the names that people give them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from zhenggai.document import Block, Document, Heading, Para, ParaRole, Table
from zhenggai.frozen import frozen
from zhenggai.render.visible import visible

WHOLE: Final = "正文"
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|[0-9]+[.．、]|附件?：)")
_ISSUE = re.compile("（(第[0-9]+期)）$")
_FACT = re.compile(r"^([^：，。；（）]{1,12})：(.+)$")


@frozen(kw_only=True)
class Places:
    """``texts`` stand within a line, ``parts`` fill paragraphs of their own; rows of ``tables`` take the place of a sample row."""

    texts: Mapping[str, str]
    parts: Mapping[str, Sequence[Block]]
    tables: Sequence[Table]

    @property
    def heads(self) -> list[str]:
        """The names of columns."""
        return list(dict.fromkeys(visible(column.head) for table in self.tables for column in table.columns))

    def table_with(self, heads: Sequence[str]) -> Table | None:
        """The first table that has columns with all of these heads."""
        return next((t for t in self.tables if {*heads} <= {visible(column.head) for column in t.columns}), None)


def places_of(document: Document) -> Places:
    """The places of a document. Of two with one name the first counts."""
    texts: dict[str, str] = {}
    for name, text in _texts(document):
        texts.setdefault(name, text)
    parts: dict[str, Sequence[Block]] = {WHOLE: document.blocks}
    for nth, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            parts.setdefault(without_number(block.text), _below(document.blocks, nth))
    return Places(texts=texts, parts=parts, tables=[b for b in document.blocks if isinstance(b, Table)])


def without_number(heading: str) -> str:
    """A heading without the number that it begins with.

    >>> without_number("一、总体情况"), without_number("（二）关于学习问题")
    ('总体情况', '关于学习问题')
    """
    return _NUMBER.sub("", visible(heading).strip())


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield "标题", document.title
    if issue := _ISSUE.search(document.title):
        yield "期号", issue[1]
    if letterhead := document.letterhead:
        yield "版头", letterhead.masthead
        yield "机关", letterhead.issuer
        yield "期号", letterhead.number
        yield "日期", letterhead.day
        yield "报送", "，".join(letterhead.report_to)
        yield "抄送", "，".join(letterhead.copy_to)
    signed = [block.text for block in document.blocks if isinstance(block, Para) and block.role is ParaRole.SIGNATURE]
    if signed:
        yield "落款", signed[-2] if len(signed) > 1 else signed[-1]
        yield "日期", signed[-1]
    for block in document.blocks:
        match block:
            case Para(role=ParaRole.SALUTATION):
                yield "抬头", block.text
            case Para() if fact := _FACT.match(visible(block.text).strip()):
                yield fact[1], fact[2]
            case Table(columns=(_, _)):  # a form: name, value
                yield from ((visible(name.text), value.text) for name, value in block.rows)
            case _:
                pass


def _below(blocks: Sequence[Block], nth: int) -> Sequence[Block]:
    """What stands below a heading: up to the next one that is not lower."""
    heading = blocks[nth]
    assert isinstance(heading, Heading)
    end = next(
        (n for n in range(nth + 1, len(blocks)) if isinstance(b := blocks[n], Heading) and b.level <= heading.level),
        len(blocks),
    )
    return blocks[nth + 1 : end]
