"""``import`` of forms (填报表) for programs: what they tell that is new, and what a person must look at."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from zhenggai.document import Document, Para
from zhenggai.frozen import frozen
from zhenggai.importing.draft import Doubt, DraftProblem
from zhenggai.importing.entries.entry_row import EntryRow
from zhenggai.importing.sheets.foreign_ledger import SheetUse
from zhenggai.importing.sheets.kinds import SheetKind
from zhenggai.views.columns import VERSION, Key, Keys, list_of
from zhenggai.views.import_preview import DOUBTS, ENTRIES, PROBLEMS, SHEETS


@frozen
class FormsPreview:
    """Forms of one plan, with the keys of ``ImportPreview``; ``files`` stand for sheets, and a form describes no problem."""

    plan: str
    files: tuple[SheetUse, ...]
    entries: tuple[EntryRow, ...]
    doubts: tuple[Doubt, ...]

    heads: ClassVar[Mapping[str, str]] = DOUBTS.heads
    keys = Keys["FormsPreview"](
        VERSION,
        Key("kind", lambda _: str(SheetKind.FORM), str, "是什么"),
        Key("layout", lambda _: str(SheetKind.FORM), str, "版式"),
        Key("plan", head="已有的方案"),
        list_of("sheets", SHEETS, lambda preview: preview.files, "填报表"),
        Key("columns", lambda _: {}, dict[str, str | None], "列"),
        list_of("problems", PROBLEMS, lambda _: tuple[DraftProblem, ...](), "问题"),
        list_of("entries", ENTRIES, head="记录"),
        list_of("doubts", DOUBTS, head="疑点"),
    )

    def record(self) -> dict[str, object]:
        """The JSON of ``import``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per doubt."""
        return DOUBTS.records(self.doubts)

    def document(self) -> Document:
        """A sentence for each form."""
        return Document("填报表", tuple(Para(f"{file.name}：{file.why}") for file in self.files))
