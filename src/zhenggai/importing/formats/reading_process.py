"""Starts the process that reads an office file (``child``), and takes its content back."""

import subprocess
import sys
from importlib.util import find_spec
from subprocess import DEVNULL, PIPE
from typing import Final

from zhenggai.errors import MissingLibrary, UsageError
from zhenggai.importing.content import Manuscript
from zhenggai.importing.formats.content_lines import from_lines
from zhenggai.importing.formats.limits import NO_LIBRARY, SECONDS, TOO_MUCH
from zhenggai.office_file import OfficeFormat

_LIBRARIES: Final = {".docx": ("docx", "python-docx"), ".xlsx": ("openpyxl", "openpyxl")}


def read_apart(data: bytes, path: str, wanted: OfficeFormat) -> Manuscript:
    """The content of the file, read by another process. Raises ``UsageError`` if that process cannot read it."""
    module, package = _LIBRARIES[wanted.suffix]
    missing = MissingLibrary(f"读 {wanted.suffix} 文件", package)
    if find_spec(module) is None:
        raise missing
    command = [sys.executable, "-P", "-m", "zhenggai.importing.formats.child", wanted.suffix]
    try:
        done = subprocess.run(command, input=data, stdout=PIPE, stderr=DEVNULL, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise UsageError(f"{path} 读了 {SECONDS} 秒还没有读完\n  {wanted.remedy}") from None
    if done.returncode == NO_LIBRARY:  # it is there, but what it needs is not, or does not fit the system
        raise missing
    if done.returncode == TOO_MUCH or done.returncode < 0:  # its own word for it, or ended by the system
        raise UsageError(f"{path} 内容太多，读不完\n  下一步：分成几个文件，或删去用不着的内容，另存一份")
    try:
        if done.returncode == 0:
            return from_lines(done.stdout)
    except ValueError:
        pass
    raise UsageError(f"{path} 读不出来，可能已损坏\n  {wanted.remedy}")
