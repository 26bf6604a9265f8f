"""``--template``: the bytes of a file of the place's own, which stays as it is."""

from pathlib import Path

from zhenggai.errors import UsageError


def template_bytes(path: Path, output: Path) -> bytes:
    """The template ``path``. Raises ``UsageError`` if there is none, or if the filled one, ``output``, would take its place."""
    from zhenggai.writing.atomic import read_bytes  # imported here: few reports fill a template

    if path.absolute() == output.absolute() or (path.exists() and output.exists() and path.samefile(output)):
        raise UsageError("填好的会盖掉模板，没有写入\n  下一步：-o 换一个名字")
    data = read_bytes(path)
    if data is None:
        raise UsageError(f"没有 {path}\n  下一步：--template 写模板的文件名")
    return data
