"""One question at the terminal, with prompt_toolkit: a line to edit, a list to pick from, and what is wrong with the answer.

Only ``prompts`` imports this module, and only when it asks.

- A paste is one answer, with its line breaks.
- Ctrl-C, Esc, and Ctrl-D in an empty line raise ``Abort``.
- An answer that cannot be read stays in the line, with the reason under it.
- What was typed before the question was shown is thrown away: it cannot be meant as its answer.
- ↑ brings back what was typed before at questions about a text, also what was given up.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

import typer
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import BeforeInput, TabsProcessor
from prompt_toolkit.output import create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from zhenggai.cli import streams
from zhenggai.cli.writing.choices import Choice, narrowed
from zhenggai.errors import UsageError

T = TypeVar("T")

_ROWS = 8  # rows of a list that are shown at a time
NONE = "无"  # the answer that takes none of several
_HOW_TO_TICK = f"↑↓ 移动，空格勾上或去掉，回车定；也可写编号，用、隔开，都没有写 {NONE}"
_HOW_TO_PICK = "↑↓ 选，回车定；写几个字或拼音首字母，只留相近的"


def edited(
    question: str,
    read: Callable[[str], T],
    choices: Sequence[Choice] = (),
    present: str = "",
    history: History | None = None,
    default: str = "",
) -> T:
    """Ask until ``read`` accepts the answer, and return its value. ``read`` rejects with ``BadParameter`` or ``UsageError``.

    ``present`` is the text to begin with. ``history``, where there are no choices: the texts that ↑ brings back. ``default``
    is the choice from which the arrow keys start.
    """
    asked = _Question(question, read, choices, present, history=history)
    asked.reached = next((nth for nth, choice in enumerate(choices) if choice.value == default), None)
    return asked.answer()


def ticked(question: str, read: Callable[[str], tuple[str, ...]], choices: Sequence[Choice]) -> tuple[str, ...]:
    """Ask which of the choices are meant; at first all are ticked. ``read`` reads an answer that is typed instead."""
    ticks = {choice.value for choice in choices}

    def taken(answer: str) -> tuple[str, ...]:
        return read(answer) if answer.strip() else tuple(c.value for c in choices if c.value in ticks)

    return _Question(question, taken, choices, "", ticks).answer()


class _Question(Generic[T]):
    """What the screen shows: the line, the choices that fit it, which one the arrow keys have reached, and the fault.

    With ``ticks``, the values that are ticked, several choices may be taken.
    """

    def __init__(
        self,
        question: str,
        read: Callable[[str], T],
        choices: Sequence[Choice],
        present: str,
        ticks: set[str] | None = None,
        history: History | None = None,
    ) -> None:
        self.read, self.choices, self.ticks = read, choices, ticks
        self.line = Buffer(
            document=Document(present), multiline=True, history=history, on_text_changed=lambda _: self._typed()
        )
        self.fit: Sequence[Choice] = choices
        self.reached: int | None = None if ticks is None else 0
        self.fault = ""
        line = Window(
            BufferControl(self.line, input_processors=[TabsProcessor(char1=" ", char2=" "), BeforeInput(question)]),
            wrap_lines=True,
            dont_extend_height=True,
        )
        below = Window(FormattedTextControl(self._below), wrap_lines=False, dont_extend_height=True)
        how = Window(FormattedTextControl(self._how), wrap_lines=True, dont_extend_height=True)
        why = Window(FormattedTextControl(self._why), wrap_lines=True, dont_extend_height=True)
        has_list = Condition(lambda: bool(self.choices))
        self.layout = Layout(
            HSplit(
                [
                    line,
                    ConditionalContainer(below, ~is_done & has_list & Condition(lambda: bool(self.fit))),
                    ConditionalContainer(how, ~is_done & has_list),
                    ConditionalContainer(why, ~is_done & Condition(lambda: bool(self.fault))),
                ]
            )
        )

    def answer(self) -> T:
        """Show the question, and return the value of the answer."""
        terminal, screen = create_input(), create_output(sys.stderr)
        if isinstance(screen, Vt100_Output):
            screen.enable_cpr = False  # or the terminal's report of its cursor could end up in the shell
        clear_typeahead(terminal)
        streams.discard_typed()
        application: Application[object] = Application(
            self.layout, key_bindings=self._keys(), input=terminal, output=screen
        )
        try:
            return cast("T", application.run())
        except EOFError:  # the terminal is gone
            raise typer.Abort from None

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        has_list = Condition(lambda: bool(self.choices))

        @keys.add("enter", eager=True)
        def _(event: KeyPressEvent) -> None:
            picked = self.fit[self.reached].value if self.reached is not None and self.ticks is None else None
            try:
                value = self.read(self.line.text if picked is None else picked)
            except (typer.BadParameter, UsageError) as error:
                self.fault = str(error)
            except Exception as error:  # prompt_toolkit would print it and go on
                event.app.exit(exception=error)
            else:
                if self.choices:  # what stays on the screen is what was taken
                    self.line.text = _as_text(value) or picked or self.line.text
                self.line.append_to_history()
                event.app.exit(result=value)

        @keys.add("c-c", eager=True)
        @keys.add("<sigint>")
        @keys.add("escape", eager=True)
        @keys.add("c-d", filter=Condition(lambda: not self.line.text))
        def _(event: KeyPressEvent) -> None:
            self.line.append_to_history()
            event.app.exit(exception=typer.Abort)

        @keys.add("down", filter=has_list)
        @keys.add("tab", filter=has_list)
        def _(_: KeyPressEvent) -> None:
            self._move(1)

        @keys.add("up", filter=has_list)
        @keys.add("s-tab", filter=has_list)
        def _(_: KeyPressEvent) -> None:
            self._move(-1)

        @keys.add("space", filter=Condition(lambda: self.ticks is not None and self.reached is not None))
        def _(_: KeyPressEvent) -> None:
            if self.ticks is not None and self.reached is not None:
                self.ticks ^= {self.fit[self.reached].value}

        @keys.add("c-u")
        def _(_: KeyPressEvent) -> None:
            """Clear the whole answer; prompt_toolkit would clear one line of it."""
            self.line.text = ""

        @keys.add("c-z")
        @keys.add("pageup")
        @keys.add("pagedown")
        def _(_: KeyPressEvent) -> None:
            """Do nothing; prompt_toolkit would insert the control character, or an older answer."""

        return keys

    def _typed(self) -> None:
        self.fit, self.reached, self.fault = narrowed(self.choices, self.line.text), None, ""

    def _move(self, by: int) -> None:
        if self.fit:
            first = 0 if by > 0 else len(self.fit) - 1
            self.reached = first if self.reached is None else (self.reached + by) % len(self.fit)
            self.fault = ""

    def _below(self) -> StyleAndTextTuples:
        """The rows around the reached one."""
        start = max(0, min((self.reached or 0) - _ROWS // 2, len(self.fit) - _ROWS))
        pieces: StyleAndTextTuples = []
        for nth, choice in list(enumerate(self.fit))[start : start + _ROWS]:
            here = nth == self.reached
            tick = "" if self.ticks is None else "[x] " if choice.value in self.ticks else "[ ] "
            pieces.append(("reverse" if here else "", f"{'>' if here else ' '} {tick}{choice.value}"))
            pieces.append(("", f"  {choice.about}\n" if choice.about else "\n"))
        return [*pieces[:-1], ("", pieces[-1][1].removesuffix("\n"))] if pieces else pieces

    def _why(self) -> str:
        """The fault, and how to begin again."""
        return f"{self.fault}（Ctrl-U 清空重写）" if self.fault and self.line.text else self.fault

    def _how(self) -> str:
        """How to pick, and how many choices there are beyond those in sight."""
        count = f"（共 {len(self.fit)} 个）" if len(self.fit) > _ROWS else ""
        how = _HOW_TO_PICK if self.ticks is None else _HOW_TO_TICK
        return f"  {how}{count}" if self.fit else "  没有相近的"


def _as_text(value: object) -> str:
    """What stays on the screen of a value that was taken from a list; "" if it is no text."""
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or NONE
    return value if isinstance(value, str) else ""
