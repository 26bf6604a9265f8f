"""The editor in which a person changes a file: the one that she has set, else one that this computer has."""

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from zhenggai.errors import Exit, ZhenggaiError
from zhenggai.frozen import frozen

_HOW = "设环境变量 EDITOR 为编辑器的命令，如 nano"


class NoEditor(ZhenggaiError):
    """There is no editor, or it does not start."""

    exit_code = Exit.MISSING


@frozen
class Editor:
    """An editor's command line.

    ``hint``: how one saves and leaves. ``line``: the option that begins at a line. ``waits``: the command ends when the
    file is closed. ``covers``: it is drawn over what the terminal shows.
    """

    command: tuple[str, ...]
    hint: str = "存盘并关闭"
    line: str = ""
    waits: bool = True
    covers: bool = False

    @property
    def name(self) -> str:
        """The program's name."""
        return Path(self.command[0]).stem

    def open(self, path: Path, line: int) -> None:
        """Open a file at a line, and return when the editor ends. Raises ``NoEditor`` if it does not start."""
        at = (self.line.format(line),) if self.line else ()
        try:
            subprocess.run([*self.command, *at, str(path)], check=False)
        except OSError:
            raise NoEditor(f"打不开编辑器 {self.command[0]}\n  下一步：{_HOW}") from None


_VI = "按 i 输入；按 Esc，再输 :wq 回车，存盘退出"
_GRAPHICAL = (
    Editor(("code", "--wait")),
    Editor(("kate", "--block"), line="--line={}"),
    Editor(("gedit", "--wait"), line="+{}"),
    Editor(("pluma", "--wait"), line="+{}"),
    Editor(("xed", "--wait"), line="+{}"),
    Editor(("mousepad",), waits=False),
    Editor(("deepin-editor",), waits=False),
)
_IN_A_TERMINAL = (
    Editor(("nano",), "Ctrl-O、回车存盘，Ctrl-X 退出", "+{}", covers=True),
    Editor(("micro",), "Ctrl-S 存盘，Ctrl-Q 退出", "+{}", covers=True),
    Editor(("vim",), _VI, "+{}", covers=True),
    Editor(("vi",), _VI, "+{}", covers=True),
)


def found_editor() -> Editor:
    """The editor in VISUAL or EDITOR, else the first one of this system. Raises ``NoEditor`` if there is none."""
    if line := os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        words = shlex.split(line) if os.name == "posix" else [w.strip('"') for w in shlex.split(line, posix=False)]
        known = (editor for editor in (*_GRAPHICAL, *_IN_A_TERMINAL) if editor.name == Path(words[0]).stem)
        return replace(next(known, Editor(("",))), command=tuple(words), waits=True)
    if sys.platform == "win32":
        # The system's own: a notepad.exe in the ledger's folder is somebody's program.
        system = os.environ.get("SYSTEMROOT", r"C:\Windows")
        return Editor((os.path.join(system, "notepad.exe"),), waits=False)  # Windows 11 hands over to an open window
    if sys.platform == "darwin":
        return Editor(("open", "-W", "-t"))
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    usable: tuple[Editor, ...] = (*_GRAPHICAL, *_IN_A_TERMINAL) if screen else _IN_A_TERMINAL
    for editor in usable:
        if shutil.which(editor.command[0]):
            return editor
    raise NoEditor(f"这台电脑上没有找到编辑器\n  下一步：{_HOW}")
