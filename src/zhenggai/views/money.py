"""Money in reports: sums as sentences, as tables, and as an object of JSON, in yuan."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from zhenggai.document import Block, Cell, Para, Table, Tone
from zhenggai.model.money import DONE_WORDS, Money, money_text
from zhenggai.model.plan import Measure, Problem
from zhenggai.model.wording import percent
from zhenggai.rules.day.money_sums import MoneySums, PlanMoney, plan_money, together, unit_of
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask, grouped
from zhenggai.views.columns import Key, Keys, ReportColumn, ReportColumns, list_of, rate_cell
from zhenggai.views.problem_outline import row_headings

_YUAN = "元"


def _in_yuan(path: str) -> Callable[[object], object]:
    """Gives the amount at a path of attributes as JSON has it: as text, without zeros at its end."""
    get = attrgetter(path)
    return lambda item: None if (yuan := get(item)) is None else money_text(yuan, _YUAN)


def _column(key: str, path: str, head: str = "", keep: int = 0, *, if_any: bool = False) -> ReportColumn[MoneySums]:
    """A sum: in yuan in JSON, in the unit of the sums in tables, blank where there is no money at all."""
    get = attrgetter(path)
    return ReportColumn(
        key,
        _in_yuan(path),
        head,
        cell=lambda sums: None if not sums.has_money or (yuan := get(sums)) is None else _in_unit(yuan, sums),
        numeric=True,
        keep=keep,
        if_any=if_any,
        gives=Decimal if path.startswith("done") else Decimal | None,
    )


def _in_unit(yuan: Decimal, sums: MoneySums, tone: Tone = Tone.PLAIN) -> Cell:
    text = money_text(yuan, sums.unit)
    return Cell(text, tone, value=float(text))


def _left(sums: MoneySums) -> Cell | None:
    return None if sums.remaining is None else _in_unit(sums.remaining, sums)


def _excess(sums: MoneySums) -> Cell | None:
    return _in_unit(sums.excess, sums, Tone.RED) if sums.excess else None


def _rate(sums: MoneySums) -> Cell | None:
    return None if sums.amount is None else rate_cell(sums.rectified_rate)


SUMS = ReportColumns[MoneySums](
    _column("amount", "amount", if_any=True),
    _column("rectified", "done.rectified", "已整改"),
    ReportColumn("rectified_rate", cell=_rate, numeric=True, keep=1, if_any=True),
    _column("remaining", "remaining", keep=2)._replace(cell=_left, unless_blank=True),
    _column("excess", "excess", "超出", keep=2, if_any=True)._replace(cell=_excess, gives=Decimal),
    _column("recovered", "done.recovered", keep=3, if_any=True),
    _column("loss_avoided", "done.loss_avoided", keep=4, if_any=True),
    _column("beside", "beside")._replace(in_table=False, gives=Decimal),
    ReportColumn("undivided", in_table=False),
)


class _Row(NamedTuple):
    """The sums of a problem or measure, by its number and text, or of a unit, by its name; in the last row those of all."""

    number: int | str | None
    name: str
    sums: MoneySums


def _rows(name: ReportColumn[_Row], *number: ReportColumn[_Row]) -> ReportColumns[_Row]:
    named = name._replace(get=attrgetter("name"), wrap=True, weight=4)
    return ReportColumns[_Row](*number, named, *SUMS.of(attrgetter("sums")))


_PROBLEMS = _rows(ReportColumn("title", head="问题"), ReportColumn("number", head="号", gives=int))
_MEASURES = _rows(ReportColumn("content"), ReportColumn("measure", attrgetter("number"), gives=str))
_UNITS = _rows(ReportColumn("unit"))


def _of_problems(money: PlanMoney) -> list[_Row]:
    return [_Row(f.number, f.content, money.of_problem[f.number]) for f in money.problems]


def _of_measures(money: PlanMoney) -> list[_Row]:
    return [_Row(m.number, m.content, money.of_measure[m.number]) for m in money.measures]


def _of_units(money: PlanMoney, tasks: Sequence[SnapshotTask]) -> list[_Row]:
    sums_of = {unit: money.of_part(own) for unit, own in grouped(attrgetter("unit"), tasks).items()}
    return [_Row(None, unit, sums) for unit, sums in sums_of.items() if sums.has_money]


MONEY = Keys[PlanMoney](
    *SUMS.through(attrgetter("whole")),
    list_of("problems", _PROBLEMS, _of_problems),
    list_of("measures", _MEASURES, _of_measures),
    list_of("units", _UNITS, lambda money: _of_units(money, money.tasks), "单位"),
)


DONE = Keys[Money](*(Key[Money](name, _in_yuan(name), Decimal) for name in Money._fields))
"""What was done in a period, in yuan."""


def money_blocks(snapshot: Snapshot, *, by_unit: bool = True) -> Iterator[Block]:
    """The sums in a sentence, by problem, and by unit unless that stands elsewhere."""
    money = plan_money(snapshot)
    yield Para(f"{money_words(money.whole)}。")
    by_problem = _PROBLEMS.called(snapshot.plan.terms).table(
        _of_problems(money), f"金额（{money.unit}）", _Row(None, "合计", money.whole)
    )
    yield by_problem.under(row_headings(f.aspects for f in money.problems))
    if by_unit:
        yield from unit_table(money, money.tasks)


def unit_table(money: PlanMoney, tasks: Sequence[SnapshotTask]) -> Iterator[Table]:
    """What each unit has to do and did of some tasks, if several units have or did something."""
    rows = _of_units(money, tasks)
    if len(rows) > 1:
        what = "各单位的金额" if any(row.sums.amount is not None for row in rows) else "各单位完成的金额"
        whole = together([row.sums for row in rows], money.unit)
        yield _UNITS.table(rows, f"{what}（{money.unit}）", _Row(None, "合计", whole))


def group_table(head: str, groups: Iterable[tuple[str, MoneySums]]) -> Iterator[Table]:
    """What each group of tasks has to do and did, if one has or did something; ``head`` says what they are grouped by."""
    rows = [_Row(None, name, sums) for name, sums in groups if sums.has_money]
    if rows:
        unit = rows[0].sums.unit
        columns = _UNITS.arranged(*(column.key for column in _UNITS.columns), unit=head)
        whole = together([row.sums for row in rows], unit)
        yield columns.table(rows, f"按{head}分列的金额（{unit}）", _Row(None, "合计", whole))


class PartMoney(NamedTuple):
    """The money of a part of a plan: its sums, and a table of its units if several did something."""

    sums: MoneySums
    tables: tuple[Table, ...]

    @property
    def fact(self) -> str:
        """The sums as a fact: 金额：已整改3400.25万元."""
        return f"金额：{money_words(self.sums)}"


def part_money(
    snapshot: Snapshot, holds: Callable[[SnapshotTask], bool], part: Problem | Measure | None
) -> PartMoney | None:
    """The money of the tasks that satisfy a condition, beside the 问题金额 of a part of the plan, else of their own; None if there is none."""
    money = plan_money(snapshot)
    tasks = tuple(filter(holds, money.tasks))
    if isinstance(part, Problem):
        sums = money.of_problem[part.number]
    else:
        sums = money.of_measure[part.number] if part else money.of_part(tasks)
    if not sums.has_money:
        return None
    return PartMoney(sums, tuple(unit_table(money, tasks)))


def period_words(snapshot: Snapshot, done: Money, this: str, corrected: Money | None = None) -> str:
    """The sums of a plan, and what was done in a period, which is called ``this``, as a sentence.

    ``corrected`` is by how much what was done before is more or less now.
    """
    money = plan_money(snapshot)
    parts = [money_words(money.whole), f"{this}{done_words(done, money.unit) or '没有新增'}"]
    if changed := corrected and _changed_words(corrected, money.unit):
        parts.append(f"以前的记录经更正、补录、作废等，{changed}")
    return f"{'；'.join(parts)}。"


def _changed_words(corrected: Money, unit: str) -> str:
    """By how much sums are more or less: 整改减少499876万元、追缴增加1万元; "" if they are not."""
    more = done_words(Money(*(max(yuan, Decimal(0)) for yuan in corrected)), unit, "增加")
    less = done_words(Money(*(max(-yuan, Decimal(0)) for yuan in corrected)), unit, "减少")
    return "、".join(filter(None, (less, more)))


def in_words(yuan: Decimal, sums: MoneySums) -> str:
    """An amount in the unit of some sums: 3400.25万元."""
    return f"{money_text(yuan, sums.unit)}{sums.unit}"


def money_words(sums: MoneySums) -> str:
    """The sums as a sentence without full stop: 问题金额7703.87万元，已整改3400.25万元，占44.14%，未整改4303.62万元."""

    def said(yuan: Decimal) -> str:
        return in_words(yuan, sums)

    done = sums.done
    beside = f"（其中{said(sums.beside)}所在的问题没有写问题金额，不算占比）" if sums.beside else ""
    shared = "（有的问题金额和别的任务合在一起，分不开，不算占比）" if sums.undivided else ""
    words = [f"已整改{said(done.rectified)}{beside}{shared}"]
    if sums.amount is not None and sums.remaining is not None:
        rate = f"占{percent(sums.rectified_rate)}" if sums.amount else ""
        left = "" if sums.excess and not sums.remaining else f"未整改{said(sums.remaining)}"
        more = f"{'另有' if left else ''}超出问题金额{said(sums.excess)}" if sums.excess else ""
        words = [f"问题金额{said(sums.amount)}", *words, *filter(None, (rate, left, more))]
    words += [f"追缴{said(done.recovered)}"] if done.recovered else []
    words += [f"挽回损失{said(done.loss_avoided)}"] if done.loss_avoided else []
    return "，".join(words)


def done_words(done: Money, unit: str | None, verb: str = "") -> str:
    """What was done in a period, after its name: 整改3400.25万元、追缴1万元; "" if there was nothing.

    ``unit`` is None where the plan gives none. ``verb`` stands behind what it is: 整改减少.
    """
    unit = unit or unit_of(done)
    said = ((word, getattr(done, name)) for name, word in DONE_WORDS.items())
    return "、".join(f"{word}{verb}{money_text(yuan, unit)}{unit}" for word, yuan in said if yuan)
