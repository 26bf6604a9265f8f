"""The dossier of a task as tables."""

from collections.abc import Iterator, Sequence

from zhenggai.document import Block, Column, Table, row, table
from zhenggai.model.numbers import ending
from zhenggai.model.terms import Terms
from zhenggai.views.dossier import Dossier, EvidenceLine, ExtensionLine, LetterLine, Milestone, StepLine


def dossier_blocks(dossier: Dossier, terms: Terms) -> Iterator[Block]:
    """The tables of a dossier; empty ones are left out."""
    if dossier.rounds:
        yield _rounds_table(dossier.rounds, terms.head("整改各轮"))
    if dossier.steps:
        yield _steps_table(dossier.steps)
    if dossier.evidence:
        yield _evidence_table(dossier.evidence)
    if dossier.letters:
        yield _letters_table(dossier.letters)
    if dossier.extensions:
        yield _extensions_table(dossier.extensions)


def _steps_table(steps: Sequence[StepLine]) -> Table:
    dated = any(s.deadline for s in steps)
    heads = (
        Column("步骤"),
        Column("内容", wrap=True),
        *((Column("时限", wrap=True, keep=2), Column("截止日", keep=1)) if dated else ()),
        Column("办结", wrap=True),
    )
    rows = [
        row(s.number, s.content + ("（自定）" if s.own else ""), *((s.deadline, s.due) if dated else ()), _done(s))
        for s in steps
    ]
    return table(heads, rows, "步骤")


def _evidence_table(evidence: Sequence[EvidenceLine]) -> Table:
    heads = (
        Column("佐证", wrap=True),
        Column("日期"),
        Column("事项", keep=1),
        Column("单位", wrap=True, keep=2),
        Column("编号", keep=3),
    )
    rows = [row(e.evidence, e.date, e.kind, e.unit, ending(e.number)) for e in evidence]
    return table(heads, rows, f"佐证 {len(rows)} 份")


def _done(step: StepLine) -> str:
    if step.done:
        return str(step.done)
    open_ = "未办结" if step.to_be_done or step.due else "按频次"
    return f"{open_}，{step.pace}" if step.pace else open_


def _rounds_table(rounds: Sequence[Milestone], title: str) -> Table:
    heads = (
        Column("轮"),
        Column("日期"),
        Column("事项"),
        Column("单位", wrap=True, keep=2),
        Column("情况", wrap=True),
        Column("编号", keep=3),
    )
    rows = [row(m.round, m.date, m.kind, m.unit, m.text, ending(m.number)) for m in rounds]
    return table(heads, rows, title)


def _letters_table(letters: Sequence[LetterLine]) -> Table:
    heads = (
        Column("日期"),
        Column("事项"),
        Column("单位", wrap=True, keep=4),
        Column("对象", wrap=True, keep=3),
        Column("依据、情况", wrap=True),
        Column("期限", keep=2),
        Column("回复", wrap=True, keep=1),
        Column("编号", keep=5),
    )
    rows = [row(x.date, x.kind, x.unit, x.addressee, x.text, x.until, _reply(x), ending(x.number)) for x in letters]
    return table(heads, rows, "督查督办")


def _reply(letter: LetterLine) -> str:
    """The text about the reply; an inspection with the conclusion 属实 needs none."""
    return f"{letter.replied} {letter.reply}" if letter.replied else "未回复" if letter.wanted else ""


def _extensions_table(extensions: Sequence[ExtensionLine]) -> Table:
    heads = (
        Column("日期"),
        Column("事项", keep=3),
        *([Column("步骤", keep=1)] if any(x.step for x in extensions) else []),
        Column("原因", wrap=True, keep=2),
        Column("原截止", keep=2),
        Column("申请至"),
        Column("答复"),
        Column("答复日期", keep=1),
        Column("定至"),
        Column("编号", keep=4),
    )
    rows = [
        row(
            x.date,
            x.kind,
            *([x.step] if any(y.step for y in extensions) else []),
            x.cause,
            x.due,
            x.asked,
            x.answer,
            x.answered,
            x.granted,
            ending(x.number),
        )
        for x in extensions
    ]
    return table(heads, rows, "延期")
