"""``zhenggai adjust``: a change of an issued plan, with its basis.

The change is added to the plan's file as 调整 or 取消, or as a new measure or problem with 自 (its first day).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from zhenggai.cli import clock
from zhenggai.cli.named_things import problem_named
from zhenggai.cli.offers import MEASURES, MEASURES_OR_PROBLEMS, PHASES, UNITS, UNITS_OR_CLASSES, one_of
from zhenggai.cli.options import PlanOption, day_option, read_as, text_option
from zhenggai.cli.output import say, tell
from zhenggai.cli.plan_meant import ledger_meant
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.book_edits import carry_out, to_be_asked
from zhenggai.cli.writing.entry_options import DryRunOption, YesOption
from zhenggai.cli.writing.permission import refuse_changing_plan
from zhenggai.cli.writing.pick_lists import measure_choices
from zhenggai.cli.writing.plan_change_prompts import AmendmentForm
from zhenggai.cli.writing.prompts import Wish
from zhenggai.errors import Exit, UsageError
from zhenggai.ledger import Ledger, plan_files
from zhenggai.model.labels import label_of
from zhenggai.model.numbers import measure_number
from zhenggai.model.plan import Adjustment, Category, Plan, Problem
from zhenggai.model.plan_change import Amendment, next_measure
from zhenggai.reading.data_folders import root_of
from zhenggai.reading.values import read_amount
from zhenggai.rules.plan.plan_on_day import (
    ADDED,
    CANCELLED,
    LIST_FIELDS,
    PROBLEM_FIELDS,
    TEXT_FIELDS,
    adjusted_between,
    texts_on,
)
from zhenggai.views.sentences import plan_change
from zhenggai.writing.edit.edit_text import plan_edit

_FIELDS = {**TEXT_FIELDS, **LIST_FIELDS}  # label → English name
_WORDS = {word: label for label, name in _FIELDS.items() for word in (label, name)} | {
    CANCELLED: CANCELLED,
    "cancel": CANCELLED,
    ADDED: ADDED,
    "add": ADDED,
}
_WHAT = "、".join((*_FIELDS, CANCELLED, ADDED))
_OFFERED = one_of((*_FIELDS, CANCELLED, ADDED))


def _new(*names: str, about: str, metavar: str = "文字") -> Any:
    return text_option(*names, about=f"新增时：{about}", metavar=metavar)


def adjust(
    number: Annotated[
        str | None,
        typer.Argument(
            metavar="编号", help="措施编号，如 3-2；改问题的金额、新增问题时是问题编号，如 17", show_default=False
        ),
        MEASURES_OR_PROBLEMS,
    ] = None,
    what: Annotated[str | None, typer.Argument(metavar="什么", help=_WHAT, show_default=False), _OFFERED] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="现", help="改成什么；新增时是内容", show_default=False)
    ] = None,
    basis: Annotated[str | None, text_option("--basis", "--依据", about="文号或会议纪要", metavar="文字")] = None,
    day: Annotated[date | None, day_option("--date", "--since", "--日期", "--自", about="从哪天起，默认今天")] = None,
    merged_into: Annotated[
        str | None, text_option("--merged-into", "--并入", about="取消时：由哪项措施接替", metavar="措施"), MEASURES
    ] = None,
    units: Annotated[
        str | None, _new("--units", "--责任单位", about="责任单位，用、隔开", metavar="单位"), UNITS_OR_CLASSES
    ] = None,
    lead_units: Annotated[str | None, _new("--lead", "--牵头单位", about="牵头单位", metavar="单位"), UNITS] = None,
    person: Annotated[str | None, _new("--person", "--责任人", about="责任人")] = None,
    category: Annotated[
        str | None, _new("--category", "--类别", about="、".join(Category), metavar="类别"), one_of(Category)
    ] = None,
    deadline: Annotated[str | None, _new("--deadline", "--时限", about="时限，公文里的原话", metavar="时限")] = None,
    frequency: Annotated[str | None, _new("--frequency", "--频次", about="例行的频次", metavar="频次")] = None,
    phases: Annotated[str | None, _new("--phase", "--阶段", about="阶段，如 1、2", metavar="号"), PHASES] = None,
    origin: Annotated[str | None, _new("--origin", "--来源", about="问题来源的代号", metavar="代号")] = None,
    nature: Annotated[
        str | None, _new("--nature", "--性质", about="共性或个性", metavar="性质"), one_of(("共性", "个性"))
    ] = None,
    amount: Annotated[
        str | None,
        typer.Option(
            "--amount",
            "--问题金额",
            help="新增时：问题金额，带单位，如 1200.5万元",
            metavar="金额",
            parser=read_as(read_amount),
            show_default=False,
        ),
    ] = None,
    aspects: Annotated[str | None, _new("--aspects", "--方面", about="问题归在哪个方面，几层的用／隔开")] = None,
    symptoms: Annotated[str | None, _new("--symptoms", "--具体表现", about="问题的具体表现，用；隔开")] = None,
    shared_measures: Annotated[
        str | None,
        _new("--shared-measures", "--同措施", about="问题也由哪些措施解决，用、隔开", metavar="措施"),
        MEASURES,
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    plan: PlanOption = None,
) -> Exit:
    """例：zhenggai adjust 3-2 时限 2020年11月底前 --basis 县组发〔2020〕30号　　zhenggai adjust 3-2 取消 --basis 会议纪要"""
    root = root_of(Path.cwd())
    ledger = ledger_meant(root, plan_files(root, plan), [number, (number or "").partition("-")[0]])
    if not dry_run:
        refuse_changing_plan(ledger.root, ledger.units, ledger.plan)
    own = {
        "units": units,
        "lead_units": lead_units,
        "person": person,
        "category": category,
        "deadline": deadline,
        "frequency": frequency,
        "phases": phases,
    }
    asking = _incomplete(number, what, value, basis, units)
    number = prompts.text("哪项措施（如 3-2；新增问题写问题编号）", number, choices=measure_choices(ledger.plan))
    form = AmendmentForm(ledger, number, clock.today(ledger.plan), day, (basis or "").strip(), asking)
    act = _act(what) if what else _asked_act(ledger.plan, number)
    if act == CANCELLED:
        amendment = form.cancellation(merged_into)
    elif act != ADDED:
        amendment = form.adjustment(act, value)
    elif measure_number(form.number):
        amendment = form.measure(value, own, amount)
    else:
        given = {"aspects": aspects, "symptoms": symptoms, "origin": origin, "nature": nature, "deadline": deadline}
        amendment = form.problem(value, {**given, "shared_measures": shared_measures}, amount)
    return _amend(ledger, amendment, form.day, Wish(yes, dry_run))


def _incomplete(number: str | None, what: str | None, value: str | None, basis: str | None, units: str | None) -> bool:
    """Whether a value is missing that must be asked for. Raises ``UsageError`` for it without a terminal."""
    given = {
        "编号": (number, "写在命令后面，如 3-2"),
        "什么": (what, f"写在编号后面：{_WHAT}"),
        "依据": (basis, "加 --basis 文号或会议纪要"),
    }
    act = _act(what) if what else None
    if act != CANCELLED:
        given["现"] = (value, "写在后面：改成什么；新增时是内容")
    if act == ADDED and number and measure_number(number):
        given["责任单位"] = (units, "加 --units 单位")
    return to_be_asked(given)


def _asked_act(plan: Plan, number: str) -> str:
    """Ask what to change. A number that the plan does not have can only be a new one; a problem has one field."""
    if problem_named(plan, number):
        return prompts.word("改什么", tuple(PROBLEM_FIELDS))
    if (measure_number(number) or number) not in plan.measure_by_number:
        return ADDED
    return prompts.word("改什么", (*_FIELDS, CANCELLED))


def _act(word: str) -> str:
    """The label of a field, ``ADDED`` or ``CANCELLED``, from any of their names."""
    if word not in _WORDS:
        raise UsageError(f"不能改“{word}”\n  可以改：{_WHAT}")
    return _WORDS[word]


def _about_sums(plan: Plan, amendment: Amendment, day: date) -> Iterator[str]:
    """What to know of a new 问题金额 of a measure whose problem has its own: the sums are of that one, and stay."""
    label = label_of("amount")
    if not isinstance(amendment.part, Adjustment) or amendment.part.field != label or "-" not in amendment.number:
        return
    problem = problem_named(plan, amendment.number.partition("-")[0])
    if problem and (own := texts_on(problem, label, day)):
        yield f"注意：问题 {problem.number} 自己写了问题金额{own[0]}，问题和全方案的合计按它算，不随这项措施变"
        yield f"　　合计也要变的，再用：zhenggai adjust {problem.number} {label} …"


def _amend(ledger: Ledger, amendment: Amendment, day: date, wish: Wish) -> Exit:
    plan = ledger.book.plan
    edit = plan_edit(ledger.root, plan.where.path, amendment)
    books = [(ledger.book, replace(ledger.book, plan=edit.value))]
    for note in _about_sums(plan, amendment, day):
        tell(note)
    if carry_out(ledger.root, edit, books, max(clock.today(plan), day), wish):
        before = adjusted_between(plan, date.min, date.max)
        for change in adjusted_between(edit.value, date.min, date.max):
            if change not in before:
                say(f"{plan_change(change, plan.terms)}。")
        say(f"写入 {edit.path}")
        if isinstance(amendment.part, Problem) and not amendment.part.shared_measures:
            first = next_measure(amendment.part)
            say(f'下一步：zhenggai adjust {first} 新增 "…" --units … 给它加上措施')
    return Exit.OK
