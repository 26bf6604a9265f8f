"""Writes what is generated from the code, or compares it with the code: parts of ``docs/format.md``, ``docs/rules.md`` and
``docs/facts.md``, and the table of parameters that completion reads.

    python3 .ci/setup.py python .ci/pages.py --write
    python3 .ci/setup.py python .ci/pages.py --compare

A part stands between ``<!-- 生成：名称 -->`` and ``<!-- 生成完 -->``; its name is a key of ``PARTS``. ``--compare`` exits with 1
and shows the difference if a page is not as the code has it.
"""

import difflib
import json
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from typer.main import get_command

from zhenggai.cli.answers import ANSWERS
from zhenggai.cli.app import app
from zhenggai.cli.command_table import BY_WORD, COMMANDS
from zhenggai.cli.completion.parameters import FILE, PROGRAM
from zhenggai.cli.offers import Offer, Thing
from zhenggai.deadline import affixes
from zhenggai.deadline.meaning import Context, Deadline, DeadlineKind, Window
from zhenggai.deadline.parsing import occurrences, parse_deadline
from zhenggai.deadline.shape_table import EXAMPLES, ROWS
from zhenggai.facts.parquet import columns_of
from zhenggai.facts.tables import TABLES
from zhenggai.ledger.check_explanation import ALL_CHECKS
from zhenggai.model.county_list import CountyList, ListedCounty
from zhenggai.model.descriptions import KINDS, TYPES, description_of
from zhenggai.model.entries import ENTRY_CLASSES, Correction, Recorded
from zhenggai.model.entry_classes import CLASS_OF_KIND, field_order, kinds_of
from zhenggai.model.kinds import Kind
from zhenggai.model.labels import label_of
from zhenggai.model.organisations import Organisation, OrganisationBook, Supporters
from zhenggai.model.plan import Category
from zhenggai.model.profile import PROFILES, LadderStep, Profile
from zhenggai.model.units import Membership, Unit, UnitBook, UnitClass
from zhenggai.reading import values
from zhenggai.reading.field_readers import FieldReader, bare_type, readers_of
from zhenggai.reading.json_schema import SCHEMAS
from zhenggai.reading.typed import keyed_form
from zhenggai.rules.checks.named_check import Check
from zhenggai.rules.checks.reading_findings import READING_FINDINGS
from zhenggai.rules.checks.table import CHECKS
from zhenggai.rules.day import lights
from zhenggai.rules.day.lights import LIGHTS, Facts
from zhenggai.rules.task.life import ALL, COMPLETE, OPEN, ROLE_NAMES, SORT_OF, Role, Sort, State
from zhenggai.rules.task.transitions import RULES, Transition

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("docs/format.md", "docs/rules.md", "docs/facts.md")
TABLE = FILE.relative_to(ROOT).as_posix()
_PART = re.compile(r"(?<=<!-- 生成：)(?P<name>\S+)(?P<head> -->\n).*?(?=<!-- 生成完 -->)", re.DOTALL)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in line)} |\n" for line in lines)


# --- fields of the files

_FORMS: Mapping[Callable[..., object], str] = {
    values.read_text: "文字",
    values.read_day: "日期",
    values.read_issue_day: "日期，可以写约",
    values.read_whole: "整数",
    values.read_days: "天数",
    values.read_points: "0–100 的整数",
    values.read_percent: "0–100 的整数",
    values.read_months: "月数",
    values.read_overdue_days: "天数，可以是负数",
    values.read_zone: "时区，如 +08:00",
    values.read_number: "数",
    values.read_amount: "金额，带单位",
    values.read_increment: "金额",
    values.read_flag: "是",
    values.read_measure: "措施或步骤编号",
    values.read_entry_number: "记录编号",
    values.read_code: "字母、数字和短横",
}


def form_of(reader: FieldReader, hint: Any) -> str:
    """How a value is written, from its reader and its type."""
    bare = bare_type(hint)
    if reader.nested is not None:
        name = TYPES[reader.nested][0]
        return f"列表，每项是一个[{name}](#{name})" if reader.many else f"[{name}](#{name})"
    if reader.keyed:
        return keyed_form(reader)
    if get_origin(bare) is Literal:
        return "、".join(map(str, get_args(bare)))
    if isinstance(bare, type) and issubclass(bare, Enum):
        return "、".join(str(member.value) for member in bare)
    form = _FORMS[reader.read]
    return f"列表，每项是{form}" if reader.many else form


def _default(default: object) -> str:
    return f"；默认 {default}" if isinstance(default, int | str) and default is not False else ""


def fields_of(*owners: type) -> str:
    """A section for each type: what it is, and its keys."""
    return "\n".join(_section(owner) for owner in owners)


def _section(owner: Any) -> str:
    name, about = TYPES[owner]
    readers = {reader.name: (label, reader) for label, reader in readers_of(owner).items()}
    rows = []
    for field in fields(owner):
        if field.name in readers:
            label, reader = readers[field.name]
            required = field.default is MISSING and field.default_factory is MISSING
            form = form_of(reader, field.type) + _default(field.default)
            rows.append((f"`{label}`", "必填" if required else "", form, description_of(owner, field.name)))
    return f"### {name}\n\n{about}\n\n" + table(("键", "", "写法", "说明"), rows)


_COMMON = (*(field.name for field in fields(Recorded)), "kind")
_ALWAYS = frozenset(("number", "date", "kind", "writer"))


def entry_kinds() -> str:
    """Every kind of entry with the keys that it needs and may have beside those of all entries."""
    return table(("事项", "还要写", "可以写", "记的是什么"), (_kind_row(kind) for kind in Kind))


def _kind_row(kind: Kind) -> Sequence[str]:
    owner: Any = CLASS_OF_KIND[kind]
    given = {field.name: field for field in fields(owner)}
    own = [name for name in field_order(owner) if name not in _ALWAYS]
    needed = [name for name in own if given[name].default is MISSING]
    free = [name for name in own if name not in needed and name not in _COMMON]
    may = "、".join(f"`{label_of(name)}`" for name in free)
    if owner is Correction:
        may = "`作废`、`更正说明`，原记录里除措施、单位、事项、日期外的任何一项"
    return kind, "、".join(f"`{label_of(name)}`" for name in needed), may, KINDS[kind]


def entry_keys() -> str:
    """Every key of entries, how it is written and in which kinds it occurs."""
    users: dict[tuple[str, str, str], list[Kind]] = {}
    owner: Any
    for owner in ENTRY_CLASSES:
        readers = {reader.name: reader for reader in readers_of(owner).values()}
        hints = {field.name: field.type for field in fields(owner)}
        for name in field_order(owner):
            if owner is Correction and name not in ("void", "note"):
                continue
            form = "" if name == "kind" else form_of(readers[name], hints[name])
            key = (f"`{label_of(name)}`", form, description_of(owner, name))
            users.setdefault(key, []).extend(kinds_of(owner))
    everywhere = {key for key, kinds in users.items() if len(kinds) > len(Kind) // 2}
    ordered = sorted(users.items(), key=lambda item: item[0] not in everywhere)
    rows = ((*key[:2], "" if key in everywhere else "、".join(kinds), key[2]) for key, kinds in ordered)
    return table(("键", "写法", "只用于", "说明"), rows)


# --- states


def _move_name(kind: Kind, row: Transition) -> str:
    return f"{kind}（{row.verdict}）" if row.verdict else str(kind)


def _rows() -> Iterator[tuple[str, Transition]]:
    """Every transition with the name of its entry."""
    return ((_move_name(kind, row), row) for kind, rule in RULES.items() for row in rule.transitions)


_COMPLETED = "完成以后"  # the drawing's box around the states that count as completed


def state_diagram() -> str:
    """The moves from one state to another as a drawing; a move that all completed tasks have starts at their box."""
    edges: dict[tuple[str, str], dict[str, set[Sort]]] = {}
    sorts_of: dict[str, set[Sort]] = {}
    for name, row in _rows():
        sorts_of.setdefault(name, set()).update(row.sorts)
        for edge in _changes(row):
            edges.setdefault(edge, {}).setdefault(name, set()).update(row.sorts)
    inside: list[str] = []
    outside = [f"[*] --> {ALL[0]}"]
    for (source, target), names in edges.items():
        words = (name if sorts == sorts_of[name] else f"{name}（{_sorts(sorts)}）" for name, sorts in names.items())
        line = f"{source} --> {target}: {'、'.join(words)}"
        (inside if {source, target} <= COMPLETE else outside).append(line)
    body = [*outside, f"state {_COMPLETED} {{", *(f"    {line}" for line in inside), "}"]
    return "```mermaid\nstateDiagram-v2\n" + "".join(f"    {line}\n" for line in body) + "```\n"


def _changes(row: Transition) -> Iterator[tuple[str, str]]:
    """Source and target of each move that changes the state."""
    changes = {source: target for source, target in row.moves.items() if source is not target}
    if changes.keys() >= COMPLETE and len({changes[source] for source in COMPLETE}) == 1:
        yield _COMPLETED, changes[ALL[-1]]
        changes = {source: target for source, target in changes.items() if source not in COMPLETE}
    yield from changes.items()


def transitions() -> str:
    """Every row of the table of transitions."""
    rows = ((name, _roles(t.by), _sorts(t.sorts), "；".join(_moves(t))) for name, t in _rows())
    return table(("事项", "谁记", "哪类任务", "状态"), rows)


def _roles(by: int) -> str:
    if by == Role.ANYBODY:
        return "任何单位"
    return "、".join(name for bit, name in ROLE_NAMES.items() if by & bit)


def _sorts(sorts: Collection[Sort]) -> str:
    return "各类" if set(sorts) == set(Sort) else "、".join(sort for sort in Sort if sort in sorts)


def _moves(row: Transition) -> Iterator[str]:
    by_target: dict[State | None, list[State]] = {}
    for source, target in row.moves.items():
        by_target.setdefault(None if source is target else target, []).append(source)
    for moved, sources in by_target.items():
        rounds = "，进入下一轮" if row.next_round.intersection(sources) else ""
        yield f"{_states(sources)}，不变" if moved is None else f"{_states(sources)} → {moved}{rounds}"


def _states(states: Sequence[State]) -> str:
    begun = set(ALL) - {State.NOT_STARTED}
    for known, name in ((ALL, "各状态"), (OPEN, "完成以前"), (COMPLETE, _COMPLETED), (begun, "启动以后")):
        if set(states) == set(known):
            return name
    return "、".join(sorted(states, key=ALL.index))


def sorts() -> str:
    """Which categories of measures live alike."""
    return table(("类别", "按哪类办"), ((category, SORT_OF[category]) for category in Category))


# --- lights, profiles, ladder

_CONDITIONS: Mapping[Callable[[Facts, Profile], bool], str] = {
    lights.missed: "例行有缺期",
    lights.review_missed: "过了评估日期，没有评估",
    lights.overdue: "过了截止日，没有完成",
    lights.unread: "时限或频次的话读不出日子",
    lights.urgent: "没有完成，剩 0–{0.urgent_days} 天",
    lights.due_soon: "没有完成，剩 0–{0.due_soon_days} 天",
    lights.review_soon: "长期坚持，离评估日期 0–{0.due_soon_days} 天",
    lights.behind: "没有完成，比序时进度落后超过 {0.lag_points} 点",
    lights.silent: "没有完成，超过 {0.silent_days} 天没有记录",
    lights.returned: "审核退回，没有再报完成",
    lights.basically_done: "基本完成",
    lights.pace_unknown: "没有完成，没有报过进度或没有截止日",
    lights.unfinished: "其余没有完成的",
    lights.followed: "已完成，时限还写了长期坚持或持续推进",
    lights.completed: "已完成",
    lights.recurring: "例行，没有缺期",
    lights.review_set: "长期坚持或持续推进，定了评估日期",
    lights.long_term: "其余长期坚持、持续推进的",
}
_PLACES = {
    "missed": "某期",
    "next_review": "某日",
    "waiting": "",
    "lasting": "长期坚持",
}  # every other fact is a number


def light_tables() -> str:
    """The table of lights of each profile; the first row that holds counts."""
    parts = []
    for name, rows in LIGHTS.items():
        profile = PROFILES[name]
        lines = ((_CONDITIONS[holds].format(profile), light, _reason(reason)) for holds, light, reason in rows)
        parts.append(f"**{name}**\n\n" + table(("情形", "灯", "缘由"), lines))
    return "\n".join(parts)


def _reason(reason: str) -> str:
    return re.sub(r"\{0\.(\w+)\}", lambda found: _PLACES.get(found[1], "N"), reason)


def profiles() -> str:
    """The numbers of each profile."""
    names = [f.name for f in fields(Profile) if f.name not in ("name", "time_zone", "ladder", "where")]
    rows = ((f"`{label_of(name)}`", *(getattr(p, name) for p in PROFILES.values())) for name in names)
    return table(("", *PROFILES), rows)


def ladders() -> str:
    """The ladder of each profile, by days before or after the due date."""
    days = sorted({step.overdue_days for profile in PROFILES.values() for step in profile.ladder})
    rows = ((_days(day), *(_rung(profile, day) for profile in PROFILES.values())) for day in days)
    return table(("", *PROFILES), rows)


def _days(day: int) -> str:
    return f"到期前 {-day} 天" if day < 0 else f"逾期 {day} 天"


def _rung(profile: Profile, day: int) -> str:
    return "；".join(f"{step.kind}：{step.addressee}" for step in profile.ladder if step.overdue_days == day)


# --- deadlines

_PHASES = (
    Window("集中整改阶段", date(2020, 4, 1), date(2020, 9, 30)),
    Window("持续推进阶段", date(2020, 9, 1), date(2020, 12, 31)),
)
_CONTEXT = Context(2020, date(2020, 3, 1), date(2019, 12, 20), _PHASES)
_BESIDE_ROWS = "又如"
_THEN = {DeadlineKind.LONG_TERM: "长期坚持", DeadlineKind.CONTINUOUS: "持续推进"}


def deadlines() -> str:
    """Every row of the grammar of deadlines, with what its example means."""
    named = [(name, example) for name, example, *_ in ROWS]
    listed = {example for _, example in named}
    rows = [*named, *((_BESIDE_ROWS, example) for example in EXAMPLES if example not in listed)]
    read = ((name, example, parse_deadline(example, _CONTEXT)) for name, example in rows)
    return table(
        ("写法", "例", "读作", "提示"),
        ((name, example, _meaning(deadline), "；".join(deadline.warnings)) for name, example, deadline in read),
    )


def _meaning(deadline: Deadline) -> str:
    start, end = deadline.start, deadline.end
    if deadline.recurrence:
        first = occurrences(deadline, date(2020, 1, 1), date(2020, 12, 31))[:2]
        return "每期最后一天：" + "、".join(str(occurrence.end) for occurrence in first) + " 等"
    if start and end:
        words = f"{start} 至 {end}" if start != end else f"{end} 当天"
    elif end:
        words = f"至 {end}"
    else:
        words = f"{start} 起，没有截止日" if start else "没有日期"
    checked = f"，{deadline.check_date} 核查" if deadline.check_date else ""
    return words + checked + (f"，之后{_THEN[deadline.then]}" if deadline.then else "")


def deadline_affixes() -> str:
    """The words around a deadline's core, by what they are."""
    rows = (
        ("栏目的名称", f"{affixes.LABEL_HEADS} ＋ {affixes.LABEL_ENDS}"),
        ("前面的话", affixes.LEADS),
        ("怎么办", affixes.MANNERS),
        ("办什么", affixes.VERBS),
        ("收尾", affixes.ENDINGS),
        ("转入长期、持续的连接", f"{affixes.JOINTS} ＋ {affixes.TURNS}"),
        ("长期坚持的说法", f"{affixes.LONG_TERM} ＋ {affixes.FOLLOWING}"),
        ("持续推进的说法", f"{affixes.CONTINUOUS} ＋ {affixes.FOLLOWING}"),
        ("立行立改的说法", affixes.AT_ONCE.replace(".", "□")),
        ("尽快的说法", f"{affixes.SOON} {affixes.DATELESS}"),
        ("报告、调度（月调度、一季一通报）", affixes.REPORTS),
    )
    return table(("词", "认得的"), rows)


# --- checks


def checks(table_of_checks: Iterable[Check]) -> str:
    """Named checks: the usual level, and what they find."""
    return table(("检查", "级别", "查什么"), ((check.name, check.level, check.about) for check in table_of_checks))


# --- JSON


def answers() -> str:
    """Every command with JSON, and what it may give."""
    rows = ((f"`{name}`", BY_WORD[name].alias, "；".join(a.title for a in given)) for name, given in ANSWERS.items())
    return table(("命令", "", "给出的"), rows)


# --- facts


def columns(of_table: type) -> str:
    """The columns of a table of facts."""
    about = {name: hint.__metadata__[0] for name, hint in get_type_hints(of_table, include_extras=True).items()}
    rows = (
        (f"`{name}`", sql, "可以没有" if may_lack else "", about[name])
        for name, (sql, may_lack) in columns_of(of_table).items()
    )
    return table(("列", "类型", "", "是什么"), rows)


_BOOK_TYPES = (UnitBook, UnitClass, Unit, Membership)
_ORGANISATION_TYPES = (OrganisationBook, Organisation, Supporters)
_COUNTY_TYPES = (CountyList, ListedCounty)
_OTHER_TYPES = (*_BOOK_TYPES, *_ORGANISATION_TYPES, *_COUNTY_TYPES, Profile, LadderStep)
_PLAN_TYPES = tuple(owner for owner in TYPES if owner not in _OTHER_TYPES)

PARTS: Mapping[str, Callable[[], str]] = {
    "方案的键": lambda: fields_of(*_PLAN_TYPES),
    "规则的键": lambda: fields_of(Profile, LadderStep),
    "单位册的键": lambda: fields_of(*_BOOK_TYPES),
    "党组织册的键": lambda: fields_of(*_ORGANISATION_TYPES),
    "汇总名单的键": lambda: fields_of(*_COUNTY_TYPES),
    "事项": entry_kinds,
    "记录的键": entry_keys,
    "状态图": state_diagram,
    "状态表": transitions,
    "类别": sorts,
    "亮灯": light_tables,
    "规则": profiles,
    "督办阶梯": ladders,
    "时限": deadlines,
    "时限前后的话": deadline_affixes,
    "模式": answers,
    "检查": lambda: checks(CHECKS),
    "读文件时的检查": lambda: checks(READING_FINDINGS),
    **{f"{name}的列": partial(columns, of_table) for name, of_table in TABLES.items()},
}


# --- the table of parameters

_OWN_NAMES: Mapping[Thing, Callable[[], Iterable[str]]] = {
    "checks": lambda: (check.name for check in ALL_CHECKS),
    "schemas": lambda: (*SCHEMAS, *ANSWERS),
}


def parameters() -> str:
    """The parameters of the program and of each command, a line each; what only git calls is left out."""
    group: Any = get_command(app)
    program = group.make_context("zhenggai", [], resilient_parsing=True)
    contexts = {PROGRAM: program}
    offers: dict[str, Mapping[str, Offer]] = {PROGRAM: {}}
    for row in COMMANDS:
        if row.group:
            command = group.get_command(program, row.name)
            contexts[row.name] = command.make_context(row.name, [], parent=program, resilient_parsing=True)
            offers[row.name] = _offers(getattr(import_module(row.module), row.function))
    blocks = (
        f"{json.dumps(name)}: [\n"
        + ",\n".join(_parameter(p, offers[name].get(p.name, Offer())) for p in context.command.get_params(context))
        + "\n]"
        for name, context in contexts.items()
    )
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def _offers(function: Callable[..., object]) -> dict[str, Offer]:
    """The offers in the annotations of a command, by the names of its parameters."""
    hints = get_type_hints(function, include_extras=True).items()
    return {name: part for name, hint in hints for part in get_args(hint) if isinstance(part, Offer)}


def _parameter(parameter: Any, offer: Offer) -> str:
    """A line of the table (``completion.parameters``), without what is empty."""
    is_option = parameter.param_type_name == "option"
    words = dict(offer.words) | {word: "" for thing in offer.things for word in _OWN_NAMES.get(thing, tuple)()}
    row = {
        "names": parameter.opts if is_option else [],
        "about": parameter.help or "",
        "is_flag": is_option and parameter.is_flag,
        "is_repeated": parameter.multiple if is_option else parameter.nargs == -1,
        "things": [thing for thing in offer.things if thing not in _OWN_NAMES],
        "words": words,
    }
    return json.dumps({key: value for key, value in row.items() if value or key == "about"}, ensure_ascii=False)


def renewed(page: str) -> str:
    """A page with its generated parts as the code has them; KeyError for a part that is not known."""
    return _PART.sub(lambda found: f"{found['name']}{found['head']}\n{PARTS[found['name']]()}\n", page)


def main(mode: str) -> int:
    """Write or compare all that is generated; 2 for any other mode."""
    if mode not in ("--write", "--compare"):
        print(__doc__, file=sys.stderr)
        return 2
    differing = False
    used: list[str] = []
    for name in (*PAGES, TABLE):
        old = (ROOT / name).read_text("utf-8")
        used += (found["name"] for found in _PART.finditer(old))
        new = parameters() if name == TABLE else renewed(old)
        if mode == "--write":
            (ROOT / name).write_text(new, "utf-8", newline="\n")
        elif new != old:
            differing = True
            lines = (old.splitlines(), new.splitlines())
            print(*difflib.unified_diff(*lines, name, "as the code has it", lineterm="", n=0), sep="\n")
    if unused := [name for name in PARTS if name not in used]:
        print("on no page:", *unused)
    return int(differing or bool(unused))


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
