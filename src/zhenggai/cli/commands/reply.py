"""``zhenggai reply``: a unit's reply to an entry of a supervising unit."""

from typing import Annotated

import typer

from zhenggai.cli.offers import LETTERS
from zhenggai.cli.options import number_between
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.entry_options import ContentArgument, OwnWriting, recording_own
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import Exit, UsageError
from zhenggai.model.book import Record
from zhenggai.model.entries import Reply
from zhenggai.model.numbers import ending
from zhenggai.rules.supervision.letters import unanswered
from zhenggai.views.entry_history import gist, line_of
from zhenggai.views.selection import record_named

_HOW_TO_GIVE = {"编号": "写在命令后面：所回复的那条记录的编号，或末尾 4 个以上字符", "内容": "写在编号后面，加引号"}


@recording_own
def reply(
    writing: OwnWriting,
    number: Annotated[
        str | None,
        typer.Argument(metavar="编号", help="所回复记录的编号，末尾 4 个以上字符即可", show_default=False),
        LETTERS,
    ] = None,
    content: ContentArgument = None,
) -> Exit:
    """例：zhenggai reply　　zhenggai reply 6jt7 "人员已调整，五月上旬开会部署"

    不带参数运行则列出等待回复的。
    """
    writer, _, entries = writing
    writer.need({"编号": number, "内容": content}, _HOW_TO_GIVE)
    letter = record_named(writer.snapshot, number) if number else _chosen(writer)
    ref = letter.entry.number
    stamp = entries.stamp(writer.snapshot.task_of(ref), read=[ref])
    return entries.record(Reply(**stamp, ref=ref, content=prompts.text("怎样回复", content)))


def _chosen(writer: Writer) -> Record:
    """List the letters that await this unit's reply, and ask for one of them."""
    letters = unanswered(writer.snapshot, writer.unit)
    if not letters:
        raise UsageError(f"没有等待{writer.unit}回复的记录\n  下一步：要回复别的记录，写出它的编号")
    choices = [Choice(str(nth), _letter_line(writer, letter)) for nth, letter in enumerate(letters, 1)]
    only = "1" if len(letters) == 1 else ""
    return letters[prompts.ask("回复第几条", number_between(1, len(letters)), only, choices) - 1]


def _letter_line(writer: Writer, letter: Record) -> str:
    """A letter in one line, for a list."""
    entry = letter.entry
    text = gist(line_of(writer.snapshot, letter, writer.unit, counted=True))
    return "　".join(filter(None, (str(entry.date), entry.kind, entry.measure, text, ending(entry.number))))
