"""Shows a text that is longer than the screen page by page, as git does: by ``PAGER``, else by ``less`` where there is one.

``less`` gets git's settings: it leaves colours as they are, and the text on the screen when it ends; Ctrl-C ends it too. Its prompt
cannot be Chinese, so its keys stand above the text. On Windows there seldom is a ``less``, and ``more`` knows neither colours
nor UTF-8: the text is printed, and the window scrolls.
"""

import os
import sys

SETTINGS = {"LESS": "FRXK", "LESSCHARSET": "utf-8"}  # where the user has none
KEYS = "空格翻页，b 往回，/ 查找，q 退出"

wanted = True  # until --no-pager


def show(text: str) -> bool:
    """Show a text by the pager until the reader leaves it. False if nothing was shown: no pager, or no need of one."""
    if not wanted or not _is_longer_than_screen(text) or os.environ.get("TERM") == "dumb":
        return False
    given = os.environ.get("PAGER")
    if given is None:
        return _run(["less"], f"（{KEYS}）\n\n{text}")
    return given.strip() not in ("", "cat") and _run(_words(given), text)


def _is_longer_than_screen(text: str) -> bool:
    """Whether the text goes to a terminal and scrolls its first line away. A terminal that has no size shows all."""
    try:
        lines = os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):  # no terminal; no file at all
        return False
    return 0 < lines <= text.count("\n")


def _words(command: str) -> list[str]:
    import shlex  # imported here: only long texts need it

    try:
        return shlex.split(command, posix=os.name == "posix")
    except ValueError:  # a quotation mark without its other
        return [command]


def _run(command: list[str], text: str) -> bool:
    """Feed the pager and wait for it. Ctrl-C is for the pager, and leaving it early is no error."""
    import signal  # imported here, as above
    import subprocess

    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a function: to be ignored would be inherited
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=SETTINGS | os.environ)
        pager.communicate(text.encode("utf-8", "replace"))
    except OSError:  # it cannot be started
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return True
