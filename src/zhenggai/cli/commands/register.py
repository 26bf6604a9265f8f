"""``zhenggai register``: an entry of the registers (换届, 软弱涣散党组织整顿). The matter (事由) decides which."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, get_args

import typer

from zhenggai.cli.offers import ORGANISATIONS, one_of
from zhenggai.cli.options import day_option, number_between, number_option, text_option
from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.entry_log import EntryLog
from zhenggai.cli.writing.entry_options import ContentArgument, OwnWriting, given_fields, recording_own
from zhenggai.cli.writing.entry_trial import tried
from zhenggai.errors import Exit, UsageError
from zhenggai.model.entries import Election, ElectionMatter, WeaknessMatter, WeakOrganisation
from zhenggai.model.labels import label_of
from zhenggai.model.name_keys import name_key
from zhenggai.model.organisations import OrganisationBook
from zhenggai.model.source import Level
from zhenggai.model.wording import near_or_known
from zhenggai.rules.registers.organisation_registers import RegisterEntry, Registers, register_entries, registers

ELECTIONS, WEAKNESS = get_args(ElectionMatter), get_args(WeaknessMatter)
_MATTERS = "、".join((*ELECTIONS, *WEAKNESS))
_NEEDED = {"延期批复": "to", "认定": "cause", "验收": "score"}
_TAKEN = {"验收": ("score", "opposed", "followed_until"), "跟踪": ("followed_until",)}
_HOW_TO_GIVE = {
    "党组织": "写在命令后面，如 东街社区党委",
    "事由": f"写在党组织后面：{_MATTERS}",
    "至": "加 --to 日期",
    "验收得分": "加 --score 分数",
}


@recording_own
def register(
    writing: OwnWriting,
    organisation: Annotated[
        str | None,
        typer.Argument(metavar="党组织", help="党组织的名称，如 东街社区党委", show_default=False),
        ORGANISATIONS,
    ] = None,
    matter: Annotated[
        str | None,
        typer.Argument(metavar="事由", help=_MATTERS, show_default=False),
        one_of((*ELECTIONS, *WEAKNESS)),
    ] = None,
    content: ContentArgument = None,
    to: Annotated[date | None, day_option("--to", "--至", about="延期批复：延到哪一天")] = None,
    reason: Annotated[str | None, text_option("--reason", "--原因", about="认定：为什么", metavar="文字")] = None,
    score: Annotated[
        int | None, number_option("--score", "--验收得分", about="验收得分，70 分合格", metavar="分数", low=0, high=100)
    ] = None,
    opposed: Annotated[
        int | None,
        number_option("--opposed", "--不满意票", about="不满意票占百分之几", metavar="百分数", low=0, high=100),
    ] = None,
    until: Annotated[date | None, day_option("--until", "--跟踪至", about="跟踪到哪一天，默认验收后一年")] = None,
) -> Exit:
    """例：zhenggai register 东街社区党委 请示 "拟于8月换届"　　zhenggai 登记 石桥村党支部 验收 --验收得分 82 --不满意票 12"""
    writer, _, entries = writing
    writer.ledger, organisations = writer.ledger.with_organisations()
    fields = given_fields(to=to, cause=reason, score=score, opposed=opposed, followed_until=until)
    needed = _NEEDED.get(matter or "")
    wanted = {label_of(needed): fields.get(needed)} if needed else {}
    writer.need({"党组织": organisation, "事由": matter, **wanted}, _HOW_TO_GIVE)
    name = _organisation(organisations, organisation)
    matter = _known_matter(matter) if matter else prompts.word("事由", (*ELECTIONS, *WEAKNESS))
    _only_fitting(matter, fields)
    if (needed := _NEEDED.get(matter)) and needed not in fields:
        fields[needed] = _asked_field(needed)
    entry = _entry(entries, name, matter, fields | {"content": prompts.optional("内容", content)})
    trial = tried(writer, [entry])
    after = registers(trial.then, organisations)
    said = trial.of_entry(entry, after.diagnostics)
    ended = entries.record(entry, [f"{p.what}\n    {p.remedy}" for p in said if p.level is Level.ERROR])
    for diagnostic in said:
        tell(f"注意：{diagnostic.what}，{diagnostic.remedy}")
    say(_state_line(after, name, matter))
    return ended


def _entry(entries: EntryLog, name: str, matter: str, fields: Mapping[str, object]) -> RegisterEntry:
    """A register entry of the kind that the matter belongs to. Its number is higher than the organisation's others."""
    known = register_entries(entries.writer.snapshot)
    filed = [record.entry.number for record, entry in known if name_key(entry.organisation) == name_key(name)]
    stamp = entries.stamp(read=filed)
    kind: Any = Election if matter in ELECTIONS else WeakOrganisation
    entry: RegisterEntry = kind(organisation=name, matter=matter, **fields, **stamp)
    return entry


def _organisation(organisations: OrganisationBook, given: str | None) -> str:
    """The name of the given organisation, else the answer to a question."""
    if given:
        return _known_organisation(organisations, given)
    choices = tuple(Choice(known.name, known.unit) for known in organisations.by_name.values())
    return prompts.ask("哪个党组织", lambda word: _known_organisation(organisations, word), choices=choices)


def _known_organisation(organisations: OrganisationBook, word: str) -> str:
    """The name of an organisation. Raises ``UsageError`` if the book has none of that name."""
    known = organisations.by_name
    if word not in known:
        remedy = near_or_known(word, known) if known else "先写党组织册 plans/organisations.yaml"
        raise UsageError(f"党组织册里没有“{word}”，没有写入\n  {remedy}")
    return known[word].name


def _known_matter(word: str) -> str:
    if word not in (*ELECTIONS, *WEAKNESS):
        raise UsageError(
            f"没有事由“{word}”，没有写入\n  换届：{'、'.join(ELECTIONS)}\n  软弱涣散：{'、'.join(WEAKNESS)}"
        )
    return word


def _only_fitting(matter: str, fields: Mapping[str, object]) -> None:
    """Raise ``UsageError`` for fields that the matter does not have."""
    taken = _TAKEN.get(matter) or (_NEEDED.get(matter),)
    if foreign := [label_of(name) for name in fields if name not in taken]:
        raise UsageError(
            f"“{matter}”不填{'、'.join(foreign)}，没有写入\n  下一步：去掉 {'、'.join(foreign)}，或核对事由"
        )


def _asked_field(field: str) -> object:
    """Ask for the field that a matter requires."""
    if field == "to":
        return prompts.day("延到哪一天", None)
    if field == "cause":
        return prompts.text("为什么认定", None)
    return prompts.ask("验收得分（0 到 100）", number_between(0, 100))


def _state_line(after: Registers, name: str, matter: str) -> str:
    """The new state of the organisation, in one line."""
    if matter in WEAKNESS:
        case = next(case for case in after.weak if case.organisation.name == name)
        why = f"：{'；'.join(case.why)}" if case.why else ""
        until = f"，跟踪至 {case.followed_until}" if case.followed_until else ""
        return f"{name} {case.state}{why}{until}"
    term = next((term for term in after.terms if term.organisation.name == name), None)
    return f"{name} {term.state}，届满 {term.limit}，下一步 {term.next.what}（{term.next.due}）" if term else name
