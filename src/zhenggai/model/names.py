"""Rules for names that become folders or parts of file names: valid on every system, and distinguishable on every system."""

import re
import unicodedata
from collections.abc import Iterable

MAX_PATH = 200  # characters from the root; Windows allows 260 with the root's own path
MAX_FILE_NAME = 100  # characters of a file name in a unit's folder
MAX_NAME = MAX_FILE_NAME - len("2020-05..k3.yaml")  # characters of a writer's name: month and extension are added to it
MAX_BYTES = 200  # bytes of a name in UTF-8
MAX_FILE_BYTES = 255  # bytes of a whole file name in UTF-8, the limit of common file systems

INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
NOT_ON_WINDOWS = re.compile(r'[<>:"/\\|?*]')
EDGE = re.compile(r"\A[\s.]+|[\s.]+\Z")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?")


def name_fault(name: str) -> str | None:
    """Why a name cannot be part of a file name on every system, in Chinese; None if it can.

    >>> name_fault("县教育局"), name_fault("县教育局/机关")
    (None, '“县教育局/机关”含有不能用于文件名的字符“/”')
    """
    if fault := _character_fault(name):
        return fault
    if len(name.encode()) > MAX_BYTES or len(name) > MAX_NAME:
        return f"“{name}”太长：{len(name)} 个字符，最多 {MAX_BYTES // 3} 个汉字或 {MAX_NAME} 个字母"
    return None


def file_name_fault(name: str) -> str | None:
    """Why some system cannot have a file or folder with this name, in Chinese; None if all can.

    >>> file_name_fault("2020-05.办公室.aa.yaml"), file_name_fault("CON.yaml")
    (None, '“CON.yaml”是 Windows 留作他用的名称')
    """
    if fault := _character_fault(name):
        return fault
    if len(name.encode()) > MAX_FILE_BYTES:
        return f"“{name}”太长：最多 {MAX_FILE_BYTES // 3} 个汉字"
    return None


def _character_fault(name: str) -> str | None:
    if found := INVISIBLE.search(name):
        return f"“{name}”含有看不见的字符（U+{ord(found[0]):04X}）"
    if found := NOT_ON_WINDOWS.search(name):
        return f"“{name}”含有不能用于文件名的字符“{found[0]}”"
    if not name or EDGE.search(name):
        return f"“{name}”是空的，或首尾是空格、点"
    if RESERVED.fullmatch(name):
        return f"“{name}”是 Windows 留作他用的名称"
    if not unicodedata.is_normalized("NFC", name):
        return f"“{name}”里有拆开写的字（不是 NFC 形式），看上去一样，却是另一个文件夹"
    return None


def alike(name: str) -> str:
    """A key that is equal for names which some file system or a reader may confuse: case, width and composition are ignored.

    >>> alike("县教育局Ａ") == alike("县教育局a")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def twin_fault(name: str, others: Iterable[str]) -> str | None:
    """Why a name cannot be used beside the others, in Chinese; None if it can. An identical name is no conflict."""
    twin = next((other for other in others if other != name and alike(other) == alike(name)), None)
    return twin and f"“{name}”与“{twin}”只差大小写、全角半角或字的拆合，有的电脑分不清这两个文件夹"


def path_fault(plan: str, unit: str) -> str | None:
    """Why a unit's folder under a plan would make paths too long (with the longest file names), in Chinese; None if not."""
    length = len(f"ledgers/{plan}/{unit}/附件/2020-01/") + MAX_FILE_NAME
    if length <= MAX_PATH:
        return None
    return (
        f"“{unit}”太长：文件的路径 ledgers/{plan}/{unit}/附件/2020-01/… 可达 {length} 个字符"
        f"（文件名按 {MAX_FILE_NAME} 个计），最多 {MAX_PATH} 个"
    )
