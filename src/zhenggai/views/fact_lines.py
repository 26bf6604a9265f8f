"""Facts about a measure or task on a day, one per line: the head of ``show``, and the result of commands that write."""

from collections.abc import Mapping, Sequence

from zhenggai.document import Column, Table, row, table
from zhenggai.model.plan import Measure, Plan, Problem, Step, Target
from zhenggai.model.terms import USUAL, Terms
from zhenggai.model.wording import full_day
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.life import State
from zhenggai.rules.task.target_progress import TargetState, TargetSum, target_states
from zhenggai.views.problem_outline import path_of
from zhenggai.views.selection import state_word
from zhenggai.views.task_lines import light_cell


def claimed(task: SnapshotTask) -> str | None:
    """The reported percentage of a task that is not completed, as text; None if there is none."""
    return None if task.head.percent is None or task.head.is_complete else f"{task.head.percent}%"


def state_fact(task: SnapshotTask) -> str:
    """The state of one task, its light and why."""
    return f"{task.unit}：{state_word(task)}，{task.status.light}灯（{task.status.why}）"


def task_facts(task: SnapshotTask, terms: Terms) -> list[str]:
    """The state of one task, one fact per line."""
    head = task.head
    facts = [state_fact(task)]
    if task.unit != task.given:
        facts.append(f"原责任单位 {task.given}")
    if task.task.schedule.words:
        first = f"，原截止 {head.first_due}" if head.first_due != head.due else ""
        due = f"截止 {head.due}" if head.due else "读不出，未判逾期" if task.row.unread else "无截止日"
        source = f"；{terms.part(task.row.due_source)}" if task.row.due_source else ""
        facts.append(f"时限：{task.task.schedule.words}（{due}{first}{source}）")
    facts += [f"频次：{step.words}" for step in task.task.schedule.steps if not step.number]
    facts += [f"注意：{warning}" for warning in task.task.schedule.warnings]
    people = {
        "责任人": task.person,
        "责任领导": task.leader,
        "分管领导": task.task.leader_in_charge,
        "第一责任人": task.task.first_responsible,
    }
    facts.append("；".join(f"{label} {name}" for label, name in people.items() if name) or "责任人未写明")
    if (outside := task.task.outside_acceptor) and not head.closed:
        facts.append(f"验收：{outside}，由{task.task.second_reviewer or '（方案未指定）'}代为记录")
    if head.visited:
        facts.append(f"现场核查：{head.visited}")
    elif task.task.on_site and head.state in (State.APPLIED, State.FIRST_PASSED):
        facts.append("现场核查：还没有，复核通过以前要有")
    facts += [f"备案：{head.filed}"] if head.filed else []
    facts += _pace(task)
    facts += [f"指标：{target_text(target)}" for target in target_states(task.task, task.head)]
    counts = (
        ("第", head.round, "轮", 1),
        ("延期 ", head.extensions, " 次", 0),
        ("退回 ", head.returns, " 次", 0),
        ("反弹 ", head.relapses, " 次", 0),
    )
    told = [f"{before}{n}{after}" for before, n, after, usual in counts if n > usual]
    return [*facts, "，".join(told)] if told else facts


def _pace(task: SnapshotTask) -> list[str]:
    """The reported percentage beside the expected one (序时进度), for a task that is not completed.

    Where none was reported, that which follows from a target of at least so many.
    """
    status = task.status
    if task.head.is_complete:
        return []
    told = claimed(task) or _inferred(task)
    if told is None and status.expected is None:
        return []
    text = f"进度 {told or '未报'}"
    text += "" if status.expected is None else f"，序时 {status.expected}%"
    return [text + (f"，落后 {status.lag} 点" if status.lag and status.lag > 0 else "")]


def _inferred(task: SnapshotTask) -> str | None:
    targets = (target for target in target_states(task.task, task.head) if not (target.step or target.summed))
    return next((f"{target.percent}%（推算）" for target in targets if target.percent is not None), None)


def target_text(target: TargetState) -> str:
    """A target with its latest value and whether that meets it."""
    if target.value is None:
        return f"{target.words}：尚未报数"
    if target.summed:
        return f"{target.words}：{target.value_words}，与其他单位合计"
    since = f"（{full_day(target.since)}起）" if target.since else ""
    verdict = {True: f"，已达到{since}", False: "，未达到", None: "，要求读不出数"}[target.met]
    return f"{target.words}：{target.value_words}{verdict}"


def target_sum_text(target: TargetSum) -> str:
    """A target that the units reach together, with the sum of their values and whether that meets it: 改造 ≥ 9 处：5处（…），未达到."""
    state = target.state
    who = f"（{target.reported}个单位报数，共{target.units}个）"
    if state.value is None:
        return f"{state.words}：尚未报数{who}"
    verdict = {True: "，已达到", False: "，未达到", None: "，要求读不出数"}[state.met]
    share = "" if target.percent is None else f"，进度 {target.percent}%（推算）"
    return f"{state.words}：{state.value_words}{who}{verdict}{share}"


def facts_around(plan: Plan, number: str) -> tuple[str, ...]:
    """The levels around a measure (by number), one fact per line: headings and symptoms of its problem, problems that share it.

    Empty if there are none of these.
    """
    own = next(problem for problem, measure in plan.measures() if measure.number == number)
    others = [f"{f.number} {f.content}" for f in plan.problems if number in f.shared_measures and f is not own]
    found = [*outline_facts(own), *_told({"同措施的问题": "；".join(others)}, plan.terms)]
    return (f"{plan.terms.problem}：{own.number} {own.content}", *found) if found else ()


def outline_facts(problem: Problem) -> list[str]:
    """The headings above a problem and its symptoms, one fact per line."""
    symptoms = "；".join(text.rstrip("；。") for text in problem.symptoms)
    return _told({"方面": path_of(problem.aspects), "具体表现": symptoms}, USUAL)


def problem_facts(problem: Problem, plan: Plan) -> list[str]:
    """Sources, nature and deadline of a problem, the measures of others that it shares, its adjustments, one fact per line."""
    return _told(
        {
            "问题来源": "、".join(plan.sources_of(problem)),
            "性质": problem.nature or "",
            "时限": problem.deadline or "",
            "同措施": "、".join(problem.shared_measures),
            "调整": _adjustments(problem),
        },
        plan.terms,
    )


def _adjustments(part: Problem | Measure) -> str:
    return "；".join(f"{a.date} {a.field}改为{'、'.join(a.new)}（{a.basis}）" for a in part.adjustments)


def _told(facts: Mapping[str, str], terms: Terms) -> list[str]:
    return [f"{terms.head(label)}：{text}" for label, text in facts.items() if text]


def measure_facts(measure: Measure, plan: Plan) -> tuple[str, ...]:
    """What the plan says about a measure, one fact per line; 督导单位 are the plan's if the measure has none."""
    facts = (
        ("类别", measure.category),
        ("整改类型", measure.rectification_type),
        ("优先", measure.priority),
        ("牵头单位", "、".join(measure.lead_units)),
        ("责任单位", "、".join(measure.units)),
        ("配合单位", "、".join(measure.supporting_units)),
        ("督导单位", "、".join(measure.guiding_units or plan.guiding_units)),
        ("验收单位", measure.acceptor),
        ("整改目标", measure.goal),
        ("完成标准", measure.standard),
        ("指标", _target(measure.target) if measure.target else None),
        ("阶段", "、".join(map(str, measure.phases))),
        ("步骤", "；".join(_step(s) for s in measure.steps)),
        ("调整", _adjustments(measure)),
    )
    return tuple(f"{plan.terms.head(label)}：{text}" for label, text in facts if text)


def _target(target: Target) -> str:
    return f"{target.name} {target.requirement}{'（各单位合计）' if target.summed else ''}"


def _step(step: Step) -> str:
    words = step.deadline or step.frequency
    return f"{step.number} {step.content}{f'（{words}）' if words else ''}"


def status_table(tasks: Sequence[SnapshotTask], terms: Terms) -> Table:
    """A table with one row per task: state, light and reason."""
    heads = (
        Column(terms.measure, keep=1),
        Column("单位", wrap=True),
        Column("状态"),
        Column("进度", numeric=True, keep=2),
        Column("截止日", keep=3),
        Column("最近记录", keep=5),
        Column("责任人", wrap=True, keep=6),
        Column("灯"),
        Column("缘由", wrap=True, keep=4),
    )
    rows = [
        row(
            t.measure,
            t.unit,
            state_word(t),
            claimed(t),
            t.head.due,
            t.head.last_entry or "无",
            t.person,
            light_cell(t.status.light),
            t.status.why,
        )
        for t in tasks
    ]
    return table(heads, rows)
