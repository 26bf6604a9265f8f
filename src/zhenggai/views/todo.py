"""``todo``: what a unit has to do on a day, each item with the command that does it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter

from zhenggai.document import Block, Document, Heading, Para, ParaRole, Tone
from zhenggai.frozen import frozen
from zhenggai.model.labels import label_of
from zhenggai.model.wording import shortened
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.rules.todo.acts import Act, Part, Todo
from zhenggai.views.columns import AS_OF, PLAN, VERSION, Key, Keys, fields_of, list_of
from zhenggai.views.command_hints import Speaker, command_at_once, command_for

_CONTENT = 24  # characters of a measure's text that are shown


@frozen
class UnitTodo:
    """The list of one unit; ``speaker`` says how its commands name it."""

    speaker: Speaker
    todos: tuple[Todo, ...]

    @property
    def unit(self) -> str:
        """The unit's full name."""
        return self.speaker.unit

    @property
    def now(self) -> tuple[Todo, ...]:
        """The items that can be done today, without those that must wait for a date."""
        return tuple(todo for todo in self.todos if todo.is_now)

    @property
    def late(self) -> int:
        """The number of items that are past their date."""
        return sum(todo.is_late for todo in self.now)

    @property
    def sentence(self) -> str:
        """A sentence with the number of items."""
        if not self.now:
            return f"{self.unit}：没有要办的事。"
        return f"{self.unit}：有 {len(self.now)} 件要办" + (f"，其中逾期 {self.late} 件。" if self.late else "。")


@frozen(kw_only=True)
class TodoLine:
    """An item in JSON and CSV. ``letter``: the entry that a 回复 answers; ``now`` is false for an item that must wait."""

    part: Part
    act: Act
    measure: str | None
    unit: str | None
    content: str | None
    letter: str | None
    due: date | None
    days: int | None
    why: str
    now: bool
    command: str


@frozen
class TodoLines:
    """The list of one unit as lines."""

    of_unit: UnitTodo
    lines: tuple[TodoLine, ...]


_NAMES = ("holder", "part", "act", "measure", "unit", "content", "due", "days", "why", "command")
_LINES = fields_of(TodoLine, letter="回复哪条记录", now="现在可办", command="命令")
_UNITS = Keys[TodoLines](
    Key("unit", attrgetter("of_unit.unit")),
    Key("count", lambda listed: len(listed.of_unit.now), int, "现在可办几件"),
    Key("late", attrgetter("of_unit.late"), head="逾期几件"),
    list_of("todos", _LINES, attrgetter("lines")),
)


@frozen
class TodoList:
    """``todo``: the lists of one or several units."""

    snapshot: Snapshot
    units: tuple[UnitTodo, ...]

    keys = Keys["TodoList"](VERSION, PLAN, AS_OF, list_of("units", _UNITS, lambda report: report.lists(), "单位"))

    @property
    def heads(self) -> Mapping[str, str]:
        """The heads of CSV."""
        return {name: self.snapshot.plan.terms.head(label_of(name)) for name in _NAMES}

    def record(self) -> dict[str, object]:
        """The JSON of ``todo``."""
        return self.keys.record(self)

    def rows(self) -> Sequence[Mapping[str, object]]:
        """One row per item."""
        return [{"holder": of.of_unit.unit} | _LINES.record(line) for of in self.lists() for line in of.lines]

    def lists(self) -> list[TodoLines]:
        """The lists as lines."""
        return [
            TodoLines(of_unit, tuple(_line(todo, of_unit.speaker, self.snapshot) for todo in of_unit.todos))
            for of_unit in self.units
        ]

    def document(self) -> Document:
        """The items by unit and role, each with its command below."""
        blocks: list[Block] = [Para(f"截至 {self.snapshot.as_of}")]
        several = len(self.units) != 1
        blocks += [] if self.units else [Para("这一类里现在没有单位。")]
        for of_unit in self.units:
            blocks.append(Heading(of_unit.sentence) if several else Para(of_unit.sentence))
            blocks += self._parts(of_unit)
        title = "待办" if several else f"{self.units[0].unit}待办"
        return Document(f"{self.snapshot.plan.title}：{title}", tuple(blocks))

    def _parts(self, of_unit: UnitTodo) -> Iterator[Block]:
        for part in Part:
            todos = [todo for todo in of_unit.todos if todo.part is part]
            if todos:
                yield Heading(f"作为{part}", 2)
            for todo in todos:
                yield Para(line_of(todo), _tone(todo))
                if command := command_for(todo, of_unit.speaker, self.snapshot):
                    yield Para(command, Tone.DIM, ParaRole.COMMAND)
            yield from _at_once(todos, of_unit.speaker)


def _at_once(todos: Sequence[Todo], speaker: Speaker) -> Iterator[Block]:
    """Commands that do the same act for several tasks together."""
    for act, number in Counter(todo.act for todo in todos).items():
        if number > 1 and (command := command_at_once(act, speaker)):
            yield Para(f"{act} {number} 件一并办（先列出，再确认）：")
            yield Para(command, Tone.DIM, ParaRole.COMMAND)


def line_of(todo: Todo) -> str:
    """An item as one line: act, measure, reason, date."""
    act = todo.rung.kind if todo.rung else todo.act
    due = "" if todo.due is None else f"（{_when(todo)}）"
    return f"【{act}】{_about(todo)}：{todo.why}{due}"


def _about(todo: Todo) -> str:
    if todo.task is None:
        return todo.named[0] if todo.named else "整个单位"
    task = todo.task
    was = f"（原{task.given}）" if task.given != task.unit else ""  # a merged unit's task beside the unit's own
    called = f"{task.measure}{was}" if todo.part is Part.OWN else task.name
    return f"{called} {shortened(todo.task.task.measure.content, _CONTENT)}"


def _when(todo: Todo) -> str:
    late = f"，已过 {todo.days} 天" if todo.is_late else ""
    return f"截止 {todo.due}{late}" if todo.is_now else f"{todo.due} 起"


def _tone(todo: Todo) -> Tone:
    return Tone.RED if todo.is_late else Tone.PLAIN


def _line(todo: Todo, speaker: Speaker, snapshot: Snapshot) -> TodoLine:
    return TodoLine(
        part=todo.part,
        act=todo.act,
        measure=todo.task.measure if todo.task else None,
        unit=todo.task.unit if todo.task else None,
        content=todo.task.task.measure.content if todo.task else None,
        letter=todo.letter.entry.number if todo.letter else None,
        due=todo.due,
        days=todo.days,
        why=todo.why,
        now=todo.is_now,
        command=command_for(todo, speaker, snapshot),
    )
