"""Commands for the items of a todo list, ready to copy. Parts that only the user can supply are shown as 「…」."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from zhenggai.deadline.calendar import add_months
from zhenggai.frozen import frozen
from zhenggai.model.numbers import ending
from zhenggai.rules.day.snapshot import Snapshot, SnapshotTask
from zhenggai.rules.task.task import REVIEW_MONTHS
from zhenggai.rules.todo.acts import Act, Part, Todo
from zhenggai.rules.todo.submissions import is_made_here

NEW_ROUND_DAYS = 30  # suggested time for a new round

_TEXTS = {
    Act.REPLY: "怎么整改的",
    Act.REDO: "怎么补正的",
    Act.REPORT: "做了什么",
    Act.STEPS: "做了什么",
    Act.FINISH: "完成情况",
    Act.SUPPLY: "补了什么",
    Act.DUTY: "做了什么",
    Act.ASSESS: "评估结论",
}


@frozen
class Speaker:
    """Who runs the commands: the unit, whether it must be named (the clone is set up for another), and the plan if needed."""

    unit: str
    spoken_for: bool
    plan: str | None = None


def command_for(todo: Todo, speaker: Speaker, snapshot: Snapshot) -> str:
    """The command with which a unit does an item; "" if nothing can be done yet."""
    if not todo.is_now:
        return ""
    if todo.task is not None and todo.act is Act.FOLLOW:  # it only looks, so nobody need be named
        return _line(
            ("show", todo.task.measure, "--unit", argument(todo.task.unit)), replace(speaker, spoken_for=False), ""
        )
    if todo.act is Act.SUBMIT and not is_made_here(todo.named[0]):
        return _line(("edit", argument(snapshot.plan.number)), replace(speaker, spoken_for=False, plan=None), "")
    if todo.act is Act.SUBMIT:  # whoever may issue does, for the plan
        return _line(("report", "--issue", "--for", argument(todo.named[0])), replace(speaker, spoken_for=False), "")
    words = (
        [*_own(todo, snapshot), *_inherited(todo, speaker)] if todo.part is Part.OWN else _overseeing(todo, snapshot)
    )
    return _line(words, speaker, "--unit" if todo.part is Part.OWN or todo.act is Act.TERM else "--by")


_REVIEWS: Mapping[Act, tuple[str, ...]] = {
    Act.FIRST_REVIEW: ("review", "通过"),
    Act.SECOND_REVIEW: ("review", "通过"),
    Act.NOTICE: ("publicise",),
    Act.CLOSE_OUT: ("close",),
    Act.ANSWER: ("review", "--extension", "同意"),
}
"""The words of a reviewing unit's commands; a measure may follow the first word."""
_STAGES: Mapping[Act, tuple[str, ...]] = {
    Act.FIRST_REVIEW: ("--stage", "初审"),
    Act.SECOND_REVIEW: ("--stage", "复核"),
}


def command_at_once(act: Act, speaker: Speaker) -> str:
    """The command with which a reviewing unit does all items of one kind together; "" if each needs its own command."""
    return _line((*_REVIEWS[act], *_STAGES.get(act, ())), speaker, "--by") if act in _REVIEWS else ""


def _line(words: Sequence[str], speaker: Speaker, option: str) -> str:
    """A command line. ``option`` names the recording unit; in commands of overseers ``--unit`` selects tasks instead."""
    unit = (option, argument(speaker.unit)) if speaker.spoken_for else ()
    plan = ("--plan", argument(speaker.plan)) if speaker.plan else ()
    return " ".join(("zhenggai", *words, *unit, *plan))


def _own(todo: Todo, snapshot: Snapshot) -> list[str]:
    """The words after ``zhenggai`` for a unit's own work."""
    text = _placeholder(_TEXTS.get(todo.act, ""))
    if todo.letter is not None:
        return ["reply", ending(todo.letter.entry.number), text]
    if todo.task is None:
        return ["register", *map(argument, todo.named)]
    measure = todo.task.measure
    match todo.act:
        case Act.CLAIM:
            return ["claim", measure]
        case Act.REDO | Act.FINISH:
            return ["done", measure, text, *_steps(todo.named)]
        case Act.APPLY:
            approver = argument(todo.task.leader or "") or _placeholder("签批领导")
            return ["apply", measure, "--approver", approver, *_evidence(todo.task)]
        case Act.DUTY:
            period, *step = todo.named
            return ["duty", measure, period, text, *_steps(step)]
        case Act.ASSESS:
            return ["assess", measure, text, "--next-review", str(add_months(snapshot.as_of, REVIEW_MONTHS))]
        case Act.SUPPLY:
            return ["add", measure, text, *_steps(todo.named), *_evidence(todo.task)]
        case _:
            return ["add", measure, text, *_steps(todo.named)]


def _inherited(todo: Todo, speaker: Speaker) -> list[str]:
    """Words that name the unit a task was assigned to, if another unit has taken it over."""
    given = todo.task.given if todo.task and todo.letter is None else speaker.unit
    return [] if given == speaker.unit else ["--for", argument(given)]


def _steps(steps: Sequence[str]) -> list[str]:
    return [word for step in steps for word in ("--step", step)]


def _evidence(task: SnapshotTask) -> list[str]:
    """The option for evidence, if a task has none yet."""
    return [] if task.head.evidence else ["-e", _placeholder("文件或文号")]


def _overseeing(todo: Todo, snapshot: Snapshot) -> list[str]:
    """The words after ``zhenggai`` for a unit that reviews or supervises a task of another."""
    if todo.task is None:
        return ["register", *map(argument, todo.named)]
    measure, of_unit = todo.task.measure, ("--unit", argument(todo.task.unit))
    match todo.act:
        case act if act in _REVIEWS:
            command, *more = _REVIEWS[act]
            if act is Act.SECOND_REVIEW and todo.task.task.outside_acceptor:
                more += ["--accepted-by", _placeholder("谁验收的")]
            return [command, measure, *more, *_steps(todo.named), *of_unit]
        case Act.ON_SITE:
            who, where, photo = map(_placeholder, ("谁去的", "在哪里", "照片"))
            return ["visit", measure, _placeholder("看到了什么"), "--who", who, "--where", where, "-e", photo, *of_unit]
        case Act.FILING:
            return ["file", measure, "--number", _placeholder("备案号"), *of_unit]
        case Act.REOPEN:
            until = snapshot.as_of + timedelta(days=NEW_ROUND_DAYS)
            return ["reopen", measure, *of_unit, "--reason", _placeholder("原因"), "--deadline", str(until)]
        case Act.LOOK_BACK:
            return ["lookback", measure, "属实", _placeholder("看到了什么"), *of_unit]
        case _:
            return ["urge", measure, *of_unit]


def _placeholder(what: str) -> str:
    return f'"「{what}」"'


def argument(text: str) -> str:
    """A word of the command line, quoted if a shell would split or interpret it."""
    return text if all(c.isalnum() or c in "-_" for c in text) else f'"{text}"'
