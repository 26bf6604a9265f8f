"""``zhenggai init``: makes a folder ready to work in. It adds what is missing and never changes what is there.

At a terminal, and without options, a new folder is begun by questions (``cli.writing.beginning``).
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from zhenggai.cli import clock
from zhenggai.cli.commands.doctor import looked_over
from zhenggai.cli.named_things import known_unit
from zhenggai.cli.offers import FILES, FOLDERS, UNITS
from zhenggai.cli.options import MORE, YEARS, day_option, flag_option, number_option, text_option
from zhenggai.cli.output import say, tell
from zhenggai.cli.writing import beginning, prompts, writer_identity
from zhenggai.cli.writing.entry_options import WriterOption
from zhenggai.cli.writing.permission import refuse_changing_plan
from zhenggai.cli.writing.pick_lists import unit_choices
from zhenggai.cli.writing.writer_identity import writer_name
from zhenggai.errors import Exit, UsageError
from zhenggai.ledger import MAKE_PLAN
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, UNITS_FILE, plan_paths
from zhenggai.reading.files import decode
from zhenggai.reading.load import load_units
from zhenggai.setup import CLONE, SERVER, Look, Site
from zhenggai.setup.new_books import NO_TITLE, SAMPLE_BOOK, Heading, NewPlan, default_until, new_plan, proposed_number
from zhenggai.setup.unit_list import read_unit_list
from zhenggai.sharing import git
from zhenggai.sharing.fetched_ledger import fetched, whole_address
from zhenggai.sharing.history import is_bare
from zhenggai.views.doctor import Health
from zhenggai.writing.atomic import read_bytes
from zhenggai.writing.write_refusals import reason


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[文件夹]", help="默认当前文件夹", show_default=False), FOLDERS
    ] = None,
    plan: Annotated[
        str | None, text_option("--plan", "--方案", about="新建一个方案，给出它的编号", metavar="编号")
    ] = None,
    title: Annotated[str | None, text_option("--title", "--标题", about="方案的标题", metavar="标题")] = None,
    units: Annotated[
        str | None,
        text_option("--units", "--单位名单", about="新单位册的单位：文件，一行一个；- 是标准输入", metavar="文件"),
        FILES,
    ] = None,
    unit: Annotated[
        str | None, text_option("--unit", "--单位", about="本单位，以后不必再写", metavar="单位"), UNITS
    ] = None,
    writer: WriterOption = None,
    source: Annotated[
        str | None,
        text_option("--from", "--取回", about="取回已有的台账：服务器、文件夹或 .bundle 文件", metavar="地址"),
        FILES,
    ] = None,
    remote: Annotated[
        str | None, text_option("--remote", "--地址", about="记下服务器的地址，sync 和它同步", metavar="地址"), FOLDERS
    ] = None,
    year: Annotated[
        int | None,
        number_option(
            "--year", "--年度", about="方案的年度，默认今年", metavar="年", low=YEARS[0], high=YEARS[-1], panel=MORE
        ),
    ] = None,
    issued: Annotated[
        date | None, day_option("--issued", "--印发日期", about="方案的印发日期，默认今天", panel=MORE)
    ] = None,
    until: Annotated[
        str | None, text_option("--until", "--整改时限", about="整改到什么时候，默认年底", metavar="时限", panel=MORE)
    ] = None,
    review: Annotated[
        str | None, text_option("--review", "--复核", about="谁复核销号申请", metavar="单位", panel=MORE), UNITS
    ] = None,
    supervisor: Annotated[
        str | None, text_option("--supervisor", "--督办单位", about="谁督办", metavar="单位", panel=MORE), UNITS
    ] = None,
    server: Annotated[
        bool, flag_option("--server", "--服务器", about="建服务器上的裸仓库，或补齐它", panel=MORE)
    ] = False,
) -> Exit:
    """在终端里不带选项，就一步步问：新建，或取回已有的。可以反复运行：只补缺少的，已有的文件、设置、钩子不动。

    例：zhenggai init 台账　　zhenggai init 台账 --title 基层党建问题整改方案 --units 单位.txt --unit 县委组织部　　zhenggai init 台账 --from 地址 --unit 县教育局 --writer 办公室　　zhenggai init 台账.git --server
    """
    root = folder or Path.cwd()
    was_ledger = os.path.isdir(root / PLANS)  # False also where the system refuses the path
    _refuse_wrong_kind(root, server)
    if server:
        _set_up(SERVER, Site(root))
        return Exit.OK
    of_plan = _PlanWishes(plan, title, year, issued, until, review, supervisor)
    if prompts.at_terminal() and not any((*of_plan, units, unit, writer, source, remote)):
        site = _asked_site(root)
    elif source is not None:
        site = _fetched_site(root, source, unit, writer, others=any((*of_plan, units, remote)))
    else:
        site = _site(root, unit, writer, of_plan, units, remote)
    if site.plan and read_bytes(site.root / site.plan.path) is None:
        refuse_changing_plan(site.root, load_units(site.root)[0], None)
    _set_up(CLONE, site)
    if site.plan or site.root != root or not (was_ledger and plan_paths(root)):
        say(_next_step(site))
    return Exit.OK


class _PlanWishes(NamedTuple):
    """What the options say about a new plan."""

    number: str | None = None
    title: str | None = None
    year: int | None = None
    issued: date | None = None
    until: str | None = None
    review: str | None = None
    supervisor: str | None = None


def _refuse_wrong_kind(root: Path, server: bool) -> None:
    """Raise ``UsageError`` for a bare repository without ``--server``, and for another non-empty folder with it."""
    bare = is_bare(root)
    if bare and not server:
        raise UsageError(f"{root} 是裸仓库，放不了台账，没有改动\n  下一步：换一个文件夹；在服务器上用 --server")
    if server and not bare and not beginning.is_empty(root):
        raise UsageError(f"{root} 里有别的文件，做不成裸仓库，没有改动\n  下一步：换一个空文件夹")


def _make_folder(root: Path) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"建不了文件夹 {root}：{reason(error)}\n  下一步：换一个能写的位置") from None


# --- what to set up


def _asked_site(root: Path) -> Site:
    """What the answers at the terminal say. In a folder with a ledger, only what is not set is asked for."""
    is_ledger, book = (root / PLANS).is_dir(), load_units(root)[0]
    if is_ledger and not book.is_demo:
        site = _site(root, None, None, _PlanWishes(), None, None)
        if plan_paths(root) or not prompts.confirmed("这里还没有方案，现在建一个", default=True):
            return site
        return replace(site, plan=beginning.asked_plan(book if book.members else SAMPLE_BOOK, site.unit))
    if is_ledger:
        tell("这里是随程序附带的演示台账，自己的台账另建一个文件夹。")
        root = beginning.folder_asked(root, "../我的台账")
    elif not beginning.is_free(root):
        tell("这里有别的文件，台账要单独一个文件夹。")
        root = beginning.folder_asked(root, "整改台账")
    return beginning.fetched_site(root) if beginning.is_to_be_fetched() else beginning.new_site(root)


def _site(
    root: Path, unit: str | None, writer: str | None, of_plan: _PlanWishes, units: str | None, remote: str | None
) -> Site:
    """What the options say; at a terminal, unit and writer are asked for if they are not set yet."""
    book = load_units(root)[0] if units is None else _listed_units(root, units)

    def unit_named(word: str) -> str:
        return known_unit(book, word).name if book.members else word

    me = unit_named(unit) if unit else _asked_setting(root, "本单位（如 县教育局）", "zhenggai.unit", unit_named, book)
    who = writer_name(writer) if writer else _asked_setting(root, beginning.WRITER, "zhenggai.writer", writer_name)
    plan = _new_plan(of_plan, book if book.members else SAMPLE_BOOK, me)
    address = remote and whole_address(remote)
    if units is None:
        return Site(root, me, who, plan=plan, remote=address)
    return Site(root, me, who, beginning.administered(root, book, me, who), plan, address)


def _asked_setting(
    root: Path, question: str, setting: str, read: Callable[[str], str], book: UnitBook | None = None
) -> str | None:
    """Ask for a value that is not set, until ``read`` accepts it.

    None if it is set, if nobody can be asked, or for an empty answer.
    """
    if not (prompts.at_terminal() and git.is_there()) or writer_identity.identity(root, None, setting):
        return None
    choices = unit_choices(book) if book else ()
    return prompts.ask_optional(f"{question}，不填则以后再说", read, choices=choices)


def _listed_units(root: Path, source: str) -> UnitBook:
    """The units of a list in a file, or on stdin. What is doubtful is said."""
    if read_bytes(root / UNITS_FILE) is not None:
        raise UsageError(f"已有单位册 {UNITS_FILE}，没有改动\n  下一步：加一个单位用 zhenggai unit add 单位")
    data = sys.stdin.buffer.read() if source == "-" else read_bytes(Path(source))
    if data is None:
        raise UsageError(f"没有文件 {source}\n  下一步：核对文件名；把单位写成文本文件，一行一个")
    book, doubts = read_unit_list(decode(data, source)[0])
    if not book.members:
        raise UsageError(f"{source} 里读不出一个单位\n  下一步：写成文本文件，一行一个单位")
    for doubt in doubts:
        tell(f"注意：{doubt}")
    return book


def _new_plan(wishes: _PlanWishes, book: UnitBook, me: str | None) -> NewPlan | None:
    """The plan that the options describe; None if they name none."""
    if wishes.number is None and wishes.title is None:
        if any(wishes):
            raise UsageError("只写了方案的年度、日期或单位，没有写是哪个方案\n  下一步：加 --title 标题")
        return None
    title, today = wishes.title or NO_TITLE, clock.today()
    year = wishes.year or today.year
    issued = wishes.issued or today
    until = beginning.read_until(wishes.until, year, issued) if wishes.until else default_until(year)
    number = beginning.plan_number(wishes.number or proposed_number(title, year))
    review, supervisor = (name and known_unit(book, name).name for name in (wishes.review, wishes.supervisor))
    mine = book.unit_named(me) if me else None
    return new_plan(Heading(number, title, year, issued, until), book, mine.name if mine else None, review, supervisor)


def _fetched_site(root: Path, address: str, unit: str | None, writer: str | None, *, others: bool) -> Site:
    """The ledger from an address, set up in ``root``. At a terminal, what is missing is asked for first."""
    if others:
        raise UsageError("--from 取回已有的台账，不和新方案、单位名单、--remote 一起写\n  下一步：去掉其中一个")
    if not beginning.is_empty(root):
        raise UsageError(f"{root} 里已有文件，没有取回\n  下一步：写一个新文件夹的名字：zhenggai init 台账 --from 地址")
    if prompts.at_terminal() and not (unit and writer):
        return beginning.fetched_site(root, address, unit, writer)
    who = writer and writer_name(writer)
    with fetched(address, root) as ledger:
        me = unit and known_unit(ledger.units, unit).name
        ledger.settle(root)
    say(f"取回 {address}（{len(ledger.units.members)} 个单位）")
    return Site(root, me, who)


# --- setting it up


def _set_up(looks: tuple[Look, ...], site: Site) -> None:
    """Add what is missing, and say what was added and what the user must do."""
    _make_folder(site.root)
    complete = True
    for line in looked_over(looks, site, fix=True):
        if line.state is not Health.FINE:
            say(line.what if line.state is Health.MENDED else str(line))
            complete = False
    if complete:
        say("已经齐备，没有改动")


def _next_step(site: Site) -> str:
    name = f'"{site.root}"' if " " in str(site.root) else str(site.root)
    go = "" if site.root.resolve() == Path.cwd() else f"cd {name}，再运行 "
    if site.plan:
        books = "" if site.book else f"{UNITS_FILE}（zhenggai edit 单位册）和 "
        return f"下一步：{go}zhenggai edit，填写 {books}{site.plan.path}，存盘后自动检查"
    if plan_paths(site.root):
        return f"下一步：{go}zhenggai todo"
    return f"还没有方案。{MAKE_PLAN.replace('：', f'：{go}', 1)}"
