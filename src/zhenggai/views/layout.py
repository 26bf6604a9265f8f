"""A layout (版式) of the ledger: the columns of a ledger in use, and the rows of a snapshot in them."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, Literal, TypeVar, cast
from unicodedata import normalize

from zhenggai.document import Block, Document, Para, ParaRole
from zhenggai.frozen import frozen
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, ReportColumns, list_of
from zhenggai.views.sentences import as_of_words

T = TypeVar("T")


class LayoutName(StrEnum):
    """The layouts, as ``--layout`` calls them: five that are in use, by letter, and the three lists (三张清单)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    PROBLEMS = "问题清单"
    TASKS = "任务清单"
    DUTIES = "责任清单"


def layout_named(word: str) -> LayoutName | None:
    """The layout that a word names, None if none has the name.

    >>> [layout_named(word) for word in ("ａ", "责任清单", "F")]
    [<LayoutName.A: 'A'>, <LayoutName.DUTIES: '责任清单'>, None]
    """
    name = normalize("NFKC", word.strip()).upper()
    return LayoutName(name) if name in tuple(LayoutName) else None


@frozen(kw_only=True)
class Layout(Generic[T]):
    """A layout for rows of one type.

    - ``title``: what stands above the table;
    - ``make``: the rows of a snapshot; ``said``: the sentence that says how many problems, measures or tasks they are;
    - ``total``: the row of the sums, where there is one;
    - ``is_numbered``: rows are numbered (``nth``) as they are shown, whatever their order;
    - ``signed``: the line for signatures.
    """

    name: LayoutName
    title: str
    columns: ReportColumns[T]
    make: Callable[[Snapshot], Sequence[T]]
    said: Callable[[Snapshot, Sequence[T]], str]
    total: Callable[[Sequence[T]], T] | None = None
    is_numbered: bool = False
    signed: str = ""

    @property
    def keys(self) -> "Keys[LaidOut]":
        """The keys of its JSON."""
        literal = cast("Any", Literal)  # the checker knows only literals that are written out
        return Keys[LaidOut](
            VERSION,
            PLAN,
            AS_OF,
            Key("layout", attrgetter("layout.name.value"), literal[self.name.value], "版式"),
            list_of("rows", self.columns, attrgetter("lines"), "各行"),
        )


@frozen
class LaidOut:
    """``list --layout``: the rows, and the keys of the columns that tables and CSV have (none: all). JSON has all.

    ``is_merged``: the cells of a problem are one in tables.
    """

    snapshot: Snapshot
    layout: Layout[Any]
    lines: tuple[Any, ...]
    columns: tuple[str, ...] = ()
    is_merged: bool = False

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV: of the columns that were asked for, else of all that say something."""
        columns = self._called
        empty = {
            c.key for c in columns.columns if c.if_any and all(c.in_json.value(line) is None for line in self.lines)
        }
        return {key: columns.heads[key] for key in self.columns or columns.heads if self.columns or key not in empty}

    @property
    def _called(self) -> ReportColumns[Any]:
        """The columns as the plan's type calls them."""
        return self.layout.columns.called(self.snapshot.plan.terms)

    def record(self) -> dict[str, object]:
        """The JSON of ``list --layout``."""
        return self.layout.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per line."""
        return self.layout.columns.arranged(*self.heads).records(self.lines)

    def document(self) -> Document:
        """The rows as one table, for people to read."""
        layout = self.layout
        blocks: list[Block] = [Para(f"{as_of_words(self.snapshot)}，{layout.said(self.snapshot, self.lines)}")]
        if self.lines:
            shown = self._called.arranged(*self.heads)
            if self.columns:  # those that were asked for go last
                shown = ReportColumns(*(column._replace(keep=0) for column in shown.columns))
            total = layout.total(self.lines) if layout.total else None
            blocks.append(shown.table(self.lines, footer=total, landscape=True, merged=self.is_merged))
            blocks += [Para(layout.signed, role=ParaRole.SIGNATURE)] if layout.signed else []
        else:
            blocks.append(Para("没有符合的。"))
        plan = self.snapshot.plan
        return Document(f"{plan.title}：{plan.terms.head(layout.title)}", tuple(blocks))
