"""Refusals of a writing command. One ``UsageError`` names all reasons."""

from collections.abc import Mapping, Sequence

from zhenggai.errors import UsageError


def refuse(reasons: Sequence[str]) -> None:
    """Raise ``UsageError`` with all reasons, if there are any."""
    if reasons:
        raise UsageError("没有写入：\n" + "\n".join(f"  {reason}" for reason in dict.fromkeys(reasons)))


def refuse_lacking(missing: Mapping[str, str]) -> None:
    """Raise ``UsageError`` if something is missing. It names each missing value and how to supply it."""
    if missing:
        lines = "\n".join(f"  缺 {what}：{how}" for what, how in missing.items())
        raise UsageError(f"还缺 {len(missing)} 项，没有写入\n{lines}")
