"""The parts of a page: what stands below its title, then a section for each heading of the highest level."""

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from zhenggai.document import Bar, Block, Heading, Para, ParaRole, Table, TableForm
from zhenggai.render.html.tables import WIDE, width_of

_LEAD: Final = 60  # characters of a paragraph that stands below the title
_ASIDE: Final = 5  # columns of tables that stand side by side, if they have the same


class Section(NamedTuple):
    """What stands under a heading, in runs: tables of the same few columns stand side by side, bars below each other."""

    heading: Heading | None
    runs: Sequence[Sequence[Block]]

    @property
    def lies(self) -> bool:
        """Whether it needs paper that lies on its side."""
        tables = (block for run in self.runs for block in run if isinstance(block, Table))
        return any(table.landscape or width_of(table) > WIDE for table in tables)

    @property
    def classes(self) -> str:
        """How it stands on paper."""
        is_attachment = self.heading is not None and self.heading.attachment
        return " ".join(name for name, is_so in (("lying", self.lies), ("attachment", is_attachment)) if is_so)


def lead_of(blocks: Sequence[Block]) -> list[Block]:
    """The first blocks, if they are short paragraphs: they stand below the title."""
    return list(takewhile(_is_lead, blocks))


def sections_of(blocks: Sequence[Block], top: int) -> Iterator[Section]:
    """The sections; ``top`` is the level of their headings. What stands before the first heading has none."""
    heading: Heading | None = None
    under: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == top:
            if heading or under:
                yield Section(heading, _runs(under))
            heading, under = block, []
        else:
            under.append(block)
    if heading or under:
        yield Section(heading, _runs(under))


def _is_lead(block: Block) -> bool:
    return isinstance(block, Para) and block.role is ParaRole.BODY and len(block.text) <= _LEAD


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    numbered = enumerate(blocks)
    return [[block for _, block in run] for _, run in groupby(numbered, lambda item: _likeness(*item))]


def _likeness(number: int, block: Block) -> object:
    """What neighbours in one run have in common; for any other block, what it has alone."""
    if isinstance(block, Table) and block.form is TableForm.LIST and len(block.columns) <= _ASIDE:
        return tuple(column.head for column in block.columns)
    return "bars" if isinstance(block, Bar) else number
