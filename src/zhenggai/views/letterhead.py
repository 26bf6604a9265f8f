"""A report as the paper that the plan's 发文 sends: with its letterhead, its attachments named, signed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from zhenggai.document import Block, Document, Heading, Letterhead, Para, ParaRole
from zhenggai.model.wording import full_day
from zhenggai.rules.day.snapshot import Snapshot


def as_paper(document: Document, snapshot: Snapshot, number: int | None = None) -> Document:
    """The report as a paper of the snapshot's day; as it is where the plan has no 发文. ``number`` is that of a periodical's issue."""
    dispatch = snapshot.plan.dispatch
    if dispatch is None:
        return document
    day = full_day(snapshot.as_of)
    end = _first(document.blocks, lambda b: isinstance(b, Heading) and b.attachment)
    text, attached = document.blocks[:end], document.blocks[end:]
    signed = _first(text, lambda b: isinstance(b, Para) and b.role is ParaRole.SIGNATURE)
    signature = text[signed:] or tuple(
        Para(line, role=ParaRole.SIGNATURE) for line in (dispatch.signed or dispatch.issuer, day)
    )
    letterhead = Letterhead(
        issuer=dispatch.issuer,
        masthead=dispatch.masthead or "",
        number=f"第{number}期" if number else "",
        day=day,
        report_to=dispatch.report_to,
        copy_to=dispatch.copy_to,
    )
    blocks = (*text[:signed], *_attachments(attached), *signature, *attached)
    return replace(document, blocks=blocks, letterhead=letterhead)


def _first(blocks: Sequence[Block], is_it: Callable[[Block], bool]) -> int:
    """The place of the first block that is it, else the end."""
    return next((n for n, block in enumerate(blocks) if is_it(block)), len(blocks))


def _attachments(blocks: Sequence[Block]) -> Iterator[Para]:
    """The names of the attachments that follow, as they stand below the text: 附件：1. 台账."""
    names = [block.text.removeprefix("附件：") for block in blocks if isinstance(block, Heading) and block.attachment]
    for nth, name in enumerate(names, 1):
        number = f"{nth}. " if len(names) > 1 else ""
        yield Para(f"{'附件：' if nth == 1 else ''}{number}{name}")
