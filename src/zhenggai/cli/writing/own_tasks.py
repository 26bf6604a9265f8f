"""The own task that a unit writes about, and the steps of that task."""

from collections.abc import Callable, Mapping, Sequence

from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.pick_lists import task_choices
from zhenggai.cli.writing.refusals import refuse, refuse_lacking
from zhenggai.cli.writing.writer_identity import Writer
from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.model.kinds import Kind
from zhenggai.model.numbers import measure_number
from zhenggai.rules.day.snapshot import SnapshotTask
from zhenggai.rules.task.folding import why_not
from zhenggai.rules.task.life import Role, State
from zhenggai.rules.task.steps import steps_of

Lacking = Callable[[SnapshotTask], Mapping[str, str]]
"""Gives what a task still lacks before an entry: each name with the text that says how to supply it."""


@frozen
class OwnTasks:
    """The tasks of the writer's unit, or of the unit given with ``--for`` (``given_for``)."""

    writer: Writer
    given_for: str | None = None

    def of_measure(
        self,
        word: str | None,
        kind: Kind,
        hint: str = "",
        lacking: Lacking | None = None,
        unless: Callable[[SnapshotTask], bool] | None = None,
    ) -> SnapshotTask:
        """The unit's task of a measure. The measure is asked for if it was not given.

        Raises ``UsageError`` if the unit has no such task, if the task lacks something (``lacking``), or if no entry of
        this ``kind`` can follow today. This comes before further questions. ``hint`` is added to the message for a task of
        another unit. A task of which ``unless`` holds is taken as it is.
        """
        writer, snapshot = self.writer, self.writer.snapshot
        name = snapshot.unit_name(self.given_for) if self.given_for else writer.unit
        number = writer.measure_named(word) if word else self._asked_measure(name, kind)
        tasks = snapshot.where(lambda t: t.measure == number)
        found = [t for t in tasks if name in (t.given, t.unit, snapshot.assessor(t))]
        if found:
            task = next((t for t in found if t.given == name), found[0])
            if unless and unless(task):
                return task
            refuse_lacking(lacking(task) if lacking else {})
            reason = why_not(task.task, task.head, kind) if writer.happened == writer.today else None
            refuse([f"{reason.what}\n    {reason.remedy}{_awaited(task)}"] if reason else [])
            return task
        mine = "、".join(dict.fromkeys(t.measure for t in snapshot.tasks if t.unit == name)) or "无"
        also = "" if self.given_for else hint
        raise UsageError(
            f"{name}不是 {number} 的责任单位，没有写入\n  {number} 的责任单位有：{_unit_list(tasks)}\n  {name}的措施有：{mine}{also}"
        )

    def is_on_behalf(self, task: SnapshotTask) -> bool:
        """Whether the writer's unit records for another (代录)."""
        return not task.task.role_of(self.writer.unit) & Role.OWN

    def _asked_measure(self, name: str, kind: Kind) -> str:
        """Ask for a measure. The unit's tasks that can have such an entry are listed; a single one is the default."""
        own = self.writer.snapshot.where(lambda t: name in (t.given, t.unit))
        fit = [task for task in own if why_not(task.task, task.head, kind) is None]
        if not fit:
            raise UsageError(f"{name}没有可以记“{kind}”的任务，没有写入\n  下一步：要办什么，看 zhenggai todo")
        only = fit[0].measure if len(fit) == 1 else ""
        return prompts.ask("哪项措施（如 3-2）", self.writer.measure_named, only, task_choices(fit))


def known_steps(task: SnapshotTask, words: Sequence[str]) -> tuple[str, ...]:
    """The numbers of a task's steps, from words in any spelling. Raises ``UsageError`` for an unknown step."""
    known = [step.number for step in steps_of(task.task, task.head)]
    steps = [measure_number(word) or word for word in words]
    if unknown := [step for step in steps if step not in known]:
        raise UsageError(
            f"措施 {task.measure} 没有步骤 {'、'.join(unknown)}\n  现有：{'、'.join(known) or '没有分步骤'}"
        )
    return tuple(steps)


def _awaited(task: SnapshotTask) -> str:
    """Whose review a task awaits, as the end of a sentence; "" if none."""
    match task.head.state:
        case State.APPLIED:
            turn = f"{'、'.join(sorted(task.task.first_reviewers)) or '（方案未指定）'}初审"
        case State.FIRST_PASSED:
            outside = task.task.outside_acceptor
            turn = f"{task.task.second_reviewer or '（方案未指定）'}复核{f'（{outside}验收）' if outside else ''}"
        case _:
            return ""
    return f"；现在等{turn}，看 zhenggai show {task.measure}"


def _unit_list(tasks: Sequence[SnapshotTask]) -> str:
    """The units of the tasks, at most eight, in one text."""
    names = [t.unit for t in tasks]
    return "、".join(names[:8]) + (f" 等 {len(names)} 个" if len(names) > 8 else "") or "无"
