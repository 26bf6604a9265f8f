"""Files of old formats (.doc, .wps, .xls, .et, .rtf, .odt, .ods, web pages) as .docx or .xlsx, by LibreOffice if it is installed.

It runs with a profile of its own that has no macros and follows no links, with a proxy that is not there, so that nothing in a file
can make it call out; it is stopped with all its processes when its time is over. A page loses all that it could load before.
"""

import os
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from zhenggai.errors import Exit, UsageError, ZhenggaiError
from zhenggai.importing.formats.file_kinds import Kind
from zhenggai.importing.formats.web_page import plain_page
from zhenggai.office_file import OfficeFormat

_SECONDS: Final = 60
_WINDOWS: Final = os.name == "nt"
_NAMES: Final = ("soffice.exe",) if _WINDOWS else ("soffice", "libreoffice")
_USUAL_PLACES: Final = (
    r"C:\\Program Files\\LibreOffice\\program",
    r"C:\\Program Files (x86)\\LibreOffice\\program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "/opt/libreoffice/program",
)
_NOWHERE: Final = "127.0.0.1"
_NO_PORT: Final = "9"  # discard: nobody answers there
_SETTINGS: Final = {
    ("Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Office.Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Office.Writer/Content/Update", "Link"): "0",
    ("Office.Calc/Content/Update", "Link"): "2",
    ("Inet/Settings", "ooInetProxyType"): "2",
    ("Inet/Settings", "ooInetHTTPProxyName"): _NOWHERE,
    ("Inet/Settings", "ooInetHTTPProxyPort"): _NO_PORT,
    ("Inet/Settings", "ooInetHTTPSProxyName"): _NOWHERE,
    ("Inet/Settings", "ooInetHTTPSProxyPort"): _NO_PORT,
    ("Inet/Settings", "ooInetNoProxy"): "",
}
_PROXIES: Final = {
    **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), f"http://{_NOWHERE}:{_NO_PORT}"),
    "no_proxy": "",
}
_PAGES: Final = {".docx": "HTML (StarWriter)", ".xlsx": "HTML (StarCalc)"}
_FILTERS: Final = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML"}


class MissingProgram(ZhenggaiError):
    """LibreOffice, which only files of old formats need, is not installed."""

    exit_code = Exit.MISSING


def converted(data: bytes, path: str, kind: Kind, wanted: OfficeFormat) -> bytes:
    """The file as one of the wanted format. Raises ``MissingProgram`` without LibreOffice, ``UsageError`` if it cannot read the file."""
    again = f"下一步：用 {wanted.program}、WPS 打开，另存为 {wanted.suffix}"
    program = _program()
    if program is None:
        raise MissingProgram(f"{path} 是{kind}，要有 LibreOffice 才能读，这台电脑没有装\n  {again}")
    with TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        given, made = folder / f"given{kind.suffix}", folder / "made" / f"given{wanted.suffix}"
        given.write_bytes(plain_page(data) if kind.suffix == ".html" else data)
        _write_profile(folder / "profile")
        options = [f"--infilter={_PAGES[wanted.suffix]}"] if kind.suffix == ".html" else []
        to = f"{wanted.suffix[1:]}:{_FILTERS[wanted.suffix]}"
        command = [str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += [*options, "--convert-to", to, "--outdir", str(made.parent), str(given)]
        if not _ends_in_time(command, folder):
            raise UsageError(f"{path} 让 LibreOffice 转换了 {_SECONDS} 秒还没有转完\n  {again}")
        if not made.is_file():
            raise UsageError(f"{path} 是{kind}，LibreOffice 读不出来，可能加了密码或已损坏\n  {wanted.remedy}")
        return made.read_bytes()


def _program() -> Path | None:
    """LibreOffice, looked for in absolute folders only: the working folder is somebody else's."""
    folders = [Path(name) for name in (*os.environ.get("PATH", "").split(os.pathsep), *_USUAL_PLACES)]
    found = (folder / name for folder in folders if folder.is_absolute() for name in _NAMES)
    return next((program for program in found if program.is_file()), None)


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    file = folder / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _ends_in_time(command: list[str], folder: Path) -> bool:
    """Run LibreOffice; False if it was stopped because its time was over."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    environment = {**kept, **_PROXIES, "HOME": str(folder)}
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            _stop(process)
            return False
        except BaseException:  # Ctrl-C
            _stop(process)
            raise
    return True


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process and those that it started."""
    if _WINDOWS:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
