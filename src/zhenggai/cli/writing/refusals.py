"""How a command says that it writes nothing, and why: all reasons at once."""

from collections.abc import Mapping, Sequence

from zhenggai.errors import UsageError


def refuse(reasons: Sequence[str]) -> None:
    """``UsageError`` with every reason, where there is one."""
    if reasons:
        raise UsageError("没有写入：\n" + "\n".join(f"  {reason}" for reason in dict.fromkeys(reasons)))


def refuse_lacking(missing: Mapping[str, str]) -> None:
    """Where something is missing: ``UsageError`` that names everything, each with how to supply it."""
    if missing:
        lines = "\n".join(f"  缺 {what}：{how}" for what, how in missing.items())
        raise UsageError(f"还缺 {len(missing)} 项，没有写入\n{lines}")
