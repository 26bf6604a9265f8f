"""Starts the process that reads an office file (``child``), and takes its content back."""

import subprocess
import sys

from zhenggai.errors import UsageError
from zhenggai.importing.content import Manuscript
from zhenggai.importing.content_json import from_json
from zhenggai.office_file import OfficeFormat

_SECONDS = 60


def read_apart(reader: str, data: bytes, path: str, wanted: OfficeFormat) -> Manuscript:
    """The content of the file, read by another process. Raises ``UsageError`` if that process cannot read it."""
    command = [sys.executable, "-P", "-m", "zhenggai.importing.child", reader]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=True)
        return from_json(done.stdout)
    except subprocess.TimeoutExpired:
        raise UsageError(f"{path} 读了 {_SECONDS} 秒还没有读完\n  {wanted.remedy}") from None
    except (subprocess.CalledProcessError, ValueError):
        raise UsageError(f"{path} 读不出来，或已损坏\n  {wanted.remedy}") from None
