"""``zhenggai init``: makes a folder ready to work in. It adds what is missing and never changes what is there."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.commands.doctor import looked_over
from zhenggai.cli.named_things import known_unit
from zhenggai.cli.options import text_option
from zhenggai.cli.output import say
from zhenggai.cli.writing import prompts, writer_identity
from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.entry_options import WriterOption, flag_option
from zhenggai.cli.writing.permission import refuse_changing_plan
from zhenggai.cli.writing.pick_lists import unit_choices
from zhenggai.errors import Exit, UsageError
from zhenggai.model.names import name_fault
from zhenggai.reading.load import load_units
from zhenggai.setup import CLONE, SERVER, Look, Site
from zhenggai.sharing import git
from zhenggai.sharing.history import is_bare
from zhenggai.views.doctor import Health
from zhenggai.writing.atomic import read_bytes, writing
from zhenggai.writing.write_refusals import reason

_PLAN = """\
# yaml-language-server: $schema=schema/plan.schema.json
编号: {number}
标题: {title}
年度: {year}
印发日期: {issued}
审核: {{初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}}
督办单位: 县委督查局
阶段:
- {{编号: 1, 名称: 集中整改阶段, 时限: {year}年12月底前}}
问题:
- 编号: 1
  内容: （把反馈的问题写在这里）
  措施:
  - 编号: 1-1
    内容: （把整改措施写在这里）
    类别: 限期整改
    时限: {year}年12月底前
    牵头单位: [县委办公室]
    责任单位: [县委组织部]
    责任人: （责任人的岗位）
    阶段: [1]
"""


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[文件夹]", help="默认当前文件夹", show_default=False)
    ] = None,
    plan: Annotated[
        str | None, text_option("--plan", "--方案", about="另建一个方案样本，给出它的编号", metavar="编号")
    ] = None,
    title: Annotated[str, text_option("--title", "--标题", about="方案样本的标题", metavar="标题")] = "（方案标题）",
    unit: Annotated[str | None, text_option("--unit", "--单位", about="本单位，以后不必再写", metavar="单位")] = None,
    writer: WriterOption = None,
    server: Annotated[bool, flag_option("--server", "--服务器", about="建服务器上的裸仓库，或补齐它")] = False,
) -> Exit:
    """可以反复运行：只补缺少的，已有的文件、设置、钩子不动。

    例：zhenggai init　　zhenggai init 台账 --plan jcdj-2026 --title 基层党建问题整改方案　　zhenggai init 台账.git --server
    """
    if plan is not None and (fault := name_fault(plan)):
        raise UsageError(f"方案编号不能用：{fault}")
    root = folder or Path.cwd()
    _refuse_wrong_kind(root, server)
    site = Site(root) if server else _site(root, unit, writer)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"建不了文件夹 {root}：{reason(error)}\n  下一步：换一个能写的位置") from None
    made = plan is not None and not server and _make_plan(root, plan, title)
    if _fit(SERVER if server else CLONE, site) and not made:
        say("已经齐备，没有改动")
    if plan is not None and not server:
        say(f"下一步：填写 plans/units.yaml 和 plans/{plan}.yaml，再运行 zhenggai check")
    return Exit.OK


def _refuse_wrong_kind(root: Path, server: bool) -> None:
    """Raise ``UsageError`` for a bare repository without ``--server``, and for another non-empty folder with it."""
    bare = is_bare(root)
    if bare and not server:
        raise UsageError(f"{root} 是裸仓库，放不了台账，没有改动\n  下一步：换一个文件夹；在服务器上用 --server")
    if server and not bare and root.is_dir() and any(root.iterdir()):
        raise UsageError(f"{root} 里有别的文件，做不成裸仓库，没有改动\n  下一步：换一个空文件夹")


def _fit(looks: tuple[Look, ...], site: Site) -> bool:
    """Add what is missing, and print what was added and what the user must do. Returns whether there was nothing to print."""
    complete = True
    for line in looked_over(looks, site, fix=True):
        if line.state is not Health.FINE:
            say(line.what if line.state is Health.MENDED else str(line))
            complete = False
    return complete


def _make_plan(root: Path, number: str, title: str) -> bool:
    """Write a sample plan. Returns False if the file exists already."""
    path, today = f"plans/{number}.yaml", clock.today()
    if read_bytes(root / path) is None:
        refuse_changing_plan(root, load_units(root)[0], None)
    with writing(root) as changes:
        if read_bytes(root / path) is not None:
            return False
        text = _PLAN.format(number=number, title=title, year=today.year, issued=today)
        changes.replace(root / path, None, text.encode())
    say(f"新建 {path}")
    return True


def _site(root: Path, unit: str | None, writer: str | None) -> Site:
    """The clone, with its unit and writer: from the options, else asked for if they are not set yet."""

    def unit_named(word: str) -> str:
        return known_unit(book, word).name if book.members else word

    def writer_named(word: str) -> str:
        if fault := name_fault(word):
            raise UsageError(f"填报人不能用：{fault}")
        return word

    book = load_units(root)[0]
    unit = (
        unit_named(unit)
        if unit
        else _asked_setting(root, "本单位（如 县教育局）", "zhenggai.unit", unit_named, unit_choices(book))
    )
    writer = (
        writer_named(writer)
        if writer
        else _asked_setting(root, "填报人（岗位或科室，如 办公室）", "zhenggai.writer", writer_named)
    )
    return Site(root, unit, writer)


def _asked_setting(
    root: Path, question: str, setting: str, read: Callable[[str], str], choices: Sequence[Choice] = ()
) -> str | None:
    """Ask for a value that is not set, until ``read`` accepts it.

    None if it is set, if nobody can be asked, or for an empty answer.
    """
    if not (prompts.at_terminal() and git.is_there()) or writer_identity.identity(root, None, setting):
        return None
    return prompts.ask_optional(f"{question}，不填则以后再说", read, choices=choices)
