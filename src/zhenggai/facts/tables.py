"""The tables of the facts: a class a table, a field a column, each with what it says. docs/facts.md is made from them.

Every row but those of ``EntryCount`` holds on the days from ``valid_from`` to the eve of ``valid_to``. The rows of one subject do not
overlap, and follow each other without a gap while it exists. None is published later than ``through``, so the last ``valid_to`` is
the day after it. No table has a text that a person wrote, a person, or evidence.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

SCHEMA = 1
"""The version of the tables. It changes with a column's name, type or meaning, or with a column fewer."""


class TaskFact(NamedTuple):
    """A task (a measure of one unit) on days on which nothing that is counted changes. Sorted by task, then by day."""

    plan: Annotated[str, "方案编号"]
    problem: Annotated[int, "问题号"]
    measure: Annotated[str, "措施号"]
    given: Annotated[str, "方案写的责任单位，全称"]
    unit: Annotated[str, "现在负责的单位（撤并后是接手的），全称"]
    unit_class: Annotated[str, "该单位的类别，几个的用“、”连；没有的为空"]
    category: Annotated[str, "措施类别：立行立改、限期整改、长期坚持、持续推进、定期报告……"]
    sort: Annotated[str, "推算用的种类"]
    nature: Annotated[str, "问题性质：共性、个性；没有写的为空"]
    source: Annotated[str, "问题来源，几个的用“、”连；没有写的为空"]
    valid_from: Annotated[date, "从这天起（含）"]
    valid_to: Annotated[date, "到这天止（不含）"]
    in_force: Annotated[bool, "在方案里；已取消、调整掉的只为金额留一行，不计件数"]
    state: Annotated[str, "状态，中文"]
    group: Annotated[
        str, "七组之一：not_started in_progress basically_done completed long_term recurring not_applicable"
    ]
    light: Annotated[str, "红、黄、绿、蓝"]
    closed: Annotated[bool, "已销号（只算 completed 的）"]
    followed: Annotated[bool, "完成以后还要定期评估（只算 completed 的）"]
    continuous: Annotated[bool, "持续推进（只算 followed 的和 long_term 的）"]
    unread_deadline: Annotated[bool, "时限读不出日子，不判逾期"]
    overdue: Annotated[bool, "逾期。逾期天数 = 当天 − due"]
    overdue_steps: Annotated[int, "逾期的步骤数"]
    red: Annotated[bool, "红灯"]
    due: Annotated[date | None, "现在的截止日"]
    due_phase: Annotated[int | None, "截止日所在阶段的号，0 阶段前，-1 阶段后；没有截止日的、不能完成的没有"]
    due_counts: Annotated[bool, "应完成：能完成、有截止日，且已完成或已逾期（按期率的分母）"]
    on_time: Annotated[bool, "按期完成：已完成且不超期；没有截止日的也算"]
    round: Annotated[int, "第几轮"]
    requests: Annotated[int, "申请延期的次数"]
    extensions: Annotated[int, "获准延期的次数"]
    returns: Annotated[int, "退回的次数"]
    relapses: Annotated[int, "反弹的次数"]
    duties_on_time: Annotated[int, "例行：按期几次"]
    duties_late: Annotated[int, "例行：补办几次"]
    duties_missed: Annotated[int, "例行：缺期几次"]
    rectified: Annotated[Decimal, "整改金额，元"]
    recovered: Annotated[Decimal, "追缴，元"]
    loss_avoided: Annotated[Decimal, "挽回损失，元"]


class ProblemFact(NamedTuple):
    """A problem and a measure that answers it: its own, or one that it shares (同措施). A problem without any has one row, without a measure."""

    plan: Annotated[str, "方案编号"]
    problem: Annotated[int, "问题号"]
    measure: Annotated[str | None, "措施号"]
    own: Annotated[bool, "是它自己的措施；否则是同措施"]
    nature: Annotated[str, "问题性质"]
    source: Annotated[str, "问题来源，几个的用“、”连"]
    amount: Annotated[Decimal | None, "问题金额，元；一个问题的各行相同"]
    valid_from: Annotated[date, "从这天起（含）"]
    valid_to: Annotated[date, "到这天止（不含）"]


class PhaseFact(NamedTuple):
    """A phase and a measure that the plan puts there. A phase without any has one row, without a measure."""

    plan: Annotated[str, "方案编号"]
    phase: Annotated[int, "阶段号"]
    name: Annotated[str, "阶段名"]
    start: Annotated[date | None, "阶段的第一天"]
    end: Annotated[date | None, "阶段的最后一天"]
    measure: Annotated[str | None, "措施号"]
    valid_from: Annotated[date, "从这天起（含）"]
    valid_to: Annotated[date, "到这天止（不含）"]


class ScoreFact(NamedTuple):
    """What the ranking says of a unit and no sum of its tasks gives. A unit in several classes has a row for each, one in none has one."""

    plan: Annotated[str, "方案编号"]
    unit: Annotated[str, "单位，全称"]
    unit_nth: Annotated[int, "在单位簿里第几个，从 1 起"]
    unit_class: Annotated[str | None, "类别；没有归类的没有"]
    class_nth: Annotated[int | None, "类别在单位簿里第几个，从 1 起"]
    valid_from: Annotated[date, "从这天起（含）"]
    valid_to: Annotated[date, "到这天止（不含）"]
    silent_weeks: Annotated[int, "静默周数"]
    ended: Annotated[bool, "单位已撤并"]


class EntryCount(NamedTuple):
    """How many entries a unit recorded of a kind in an ISO week of their days. Each entry counts, corrected and withdrawn ones too."""

    plan: Annotated[str, "方案编号"]
    unit: Annotated[str, "记录的单位，全称"]
    kind: Annotated[str, "事项"]
    week: Annotated[str, "周：2020-W15"]
    entries: Annotated[int, "条数"]


TABLES: Mapping[str, type] = {
    "tasks": TaskFact,
    "problems": ProblemFact,
    "phases": PhaseFact,
    "scores": ScoreFact,
    "activity": EntryCount,
}
"""The tables by name. A county's folder has ``TABLE/PLAN.parquet`` for each plan, and ``manifest.json``."""
