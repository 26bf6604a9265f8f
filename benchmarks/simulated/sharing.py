"""The two ways of sharing: ``zhenggai sync``, and plain git as used by people without it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulated.acts import Task
from zhenggai.errors import ZhenggaiError
from zhenggai.model.question import Choice, Question
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import LEDGERS
from zhenggai.reading.load import load_records
from zhenggai.sharing.clone import clone_of
from zhenggai.sharing.commit_subject import Summary
from zhenggai.sharing.git import Answer, call
from zhenggai.sharing.merge.ledger_merge import Clash, EntrySide, merged
from zhenggai.sharing.sync.sync import Terms, sync

_TRIES = 60


class Stopped(ZhenggaiError):
    """Sharing stopped and needs help, for another reason than a question between two versions."""


@dataclass
class Person:
    """Answers questions at random. ``stops`` has what each was about: entry and field as named, "" if unknown."""

    seed: int
    stops: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)

    def question(self, question: Question) -> Choice:
        """Answer a question of ``sync``."""
        self.stops.append(question.about)
        return self.draw.choice((Choice.OURS, Choice.THEIRS))

    def clash(self, clash: Clash) -> EntrySide:
        """Answer a clash in a structural merge."""
        self.stops.append(f"{clash.number} 的“{clash.field}”")
        return self.draw.choice(tuple(EntrySide))


def share_by_sync(task: Task, person: Person, tell: Callable[[str], None]) -> int:
    """Run ``zhenggai sync``. Returns the number of pushes."""
    root = task.computer.root

    def agree(own: Summary) -> None:
        if own.removed:
            raise Stopped(f"sync believes that entries were removed: {own.removed}")

    def approve(paths: Sequence[str], _: Summary) -> None:
        for path in paths:
            if path.startswith(f"{LEDGERS}/") and path.endswith(".yaml") and (root / path).exists():
                errors = [p for p in load_records(root, path)[1] if p.level is Level.ERROR]
                if errors:
                    raise Stopped(str(errors[0]))

    return sync(clone_of(root), Terms(task.now, person.question, agree, approve, tell)).tries


def share_by_git(task: Task, person: Person) -> int:
    """Commit, then pull and push until the push succeeds. Returns the number of pushes."""
    root = task.computer.root
    _git(root, "add", "--all")
    if not call(root, "diff", "--cached", "--quiet").ok:
        _git(root, "commit", "--quiet", "--message", "记录")
    for attempt in range(_TRIES):
        _pull(root, person, rebase=task.computer.manner.rebase)
        if call(root, "rev-parse", "@{upstream}", "HEAD").text.split()[0] == call(root, "rev-parse", "HEAD").text:
            return attempt
        if call(root, "push", "--quiet", "origin", "main", seconds=None).ok:
            return attempt + 1
    raise Stopped(f"pushed {_TRIES} times in vain")


def _pull(root: Path, person: Person, *, rebase: bool) -> None:
    how = "--rebase" if rebase else "--no-rebase"
    answer = call(root, "pull", "--quiet", "--no-edit", how, "origin", "main", seconds=None)
    go_on = ("rebase", "--continue") if rebase else ("commit", "--quiet", "--no-edit")
    while not answer.ok:
        paths = call(root, "diff", "--name-only", "--diff-filter=U", "-z").items
        if not paths:
            raise Stopped(answer.complaint)
        for path in paths:
            _resolve(root, path, person)
        answer = _git_or_not(root, "-c", "core.editor=true", *go_on)


def _resolve(root: Path, path: str, person: Person) -> None:
    """Resolve a conflict correctly: keep all entries of both sides, and one side of each field that clashes."""
    before = len(person.stops)
    stages = dict[str, bytes]()
    for item in call(root, "ls-files", "--unmerged", "-z", "--", path).items:
        _mode, blob, stage = item.partition("\t")[0].split(" ")
        stages[stage] = call(root, "cat-file", "blob", blob).data
    (root / path).write_bytes(merged(stages.get("1"), stages.get("2"), stages.get("3"), person.clash).data)
    if len(person.stops) == before:
        person.stops.append("")
    _git(root, "add", "--", path)


def _git(root: Path, *arguments: str) -> Answer:
    answer = _git_or_not(root, *arguments)
    if not answer.ok:
        raise Stopped(answer.complaint)
    return answer


def _git_or_not(root: Path, *arguments: str) -> Answer:
    return call(root, *arguments, seconds=None)
