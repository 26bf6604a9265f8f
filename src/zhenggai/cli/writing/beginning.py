"""The questions of a guided beginning (``init`` at a terminal): a new ledger, or one that is fetched.

Nothing is written before the last question, so that giving up leaves everything as it was.
"""

import os
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from zhenggai.cli import clock
from zhenggai.cli.help import ChineseFormatter
from zhenggai.cli.named_things import known_unit
from zhenggai.cli.options import YEARS, number_between, parse_day
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.choices import Choice
from zhenggai.cli.writing.pick_lists import unit_choices
from zhenggai.cli.writing.writer_identity import writer_name
from zhenggai.deadline.meaning import Context
from zhenggai.deadline.parsing import parse_deadline
from zhenggai.errors import NothingToShow, UsageError
from zhenggai.model.names import file_name_fault, name_fault
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import UNITS_FILE
from zhenggai.setup import Site
from zhenggai.setup.completion import lacking_shell
from zhenggai.setup.new_books import (
    Heading,
    NewPlan,
    default_until,
    new_plan,
    proposed_number,
    proposed_reviewer,
    proposed_supervisor,
)
from zhenggai.setup.repository import MADE_UP, made_identity
from zhenggai.setup.unit_list import as_list, by_class, read_unit_list
from zhenggai.sharing import git
from zhenggai.sharing.fetched_ledger import fetched, is_in_use, whole_address
from zhenggai.sharing.git_complaints import GitFailed

WRITER = "填报人（岗位或科室，如 办公室）"
_NEW, _FETCHED = "新建", "取回"
_LATER, _ANOTHER, _NONE = "先记下", "改地址", "不要服务器"
_BESIDE = re.compile(
    r"\.git|\.gitignore|\.gitattributes|\.vscode|\.DS_Store|desktop\.ini|Thumbs\.db|README.*", re.IGNORECASE
)
_BOOKS = ("units", "organisations")  # names of other files in plans/


def folder_asked(root: Path, proposed: str) -> Path:
    """A new folder for a ledger, since ``root`` holds other things."""

    def read(answer: str) -> Path:
        folder = root / Path(answer).expanduser()
        if fault := file_name_fault(folder.name):
            raise typer.BadParameter(f"不能用：{fault}")
        if folder.exists() and not is_empty(folder):
            raise typer.BadParameter(f"{answer} 里已有别的文件，换一个名字")
        return folder

    return prompts.ask("建在哪个文件夹", read, proposed).resolve()


def is_empty(folder: Path) -> bool:
    """Whether a folder is missing or has nothing in it."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def is_free(folder: Path) -> bool:
    """Whether nothing stands in a folder but what git, editors and systems put there."""
    return is_empty(folder) or all(_BESIDE.fullmatch(path.name) for path in folder.iterdir())


def is_to_be_fetched() -> bool:
    """Whether there is a ledger already, elsewhere."""
    courses = (
        Choice(_NEW, "为一个县（单位）建新的台账"),
        Choice(_FETCHED, "台账已有人建好：从服务器、文件夹或 .bundle 文件取回"),
    )
    read = prompts.one_of([course.value for course in courses])
    return prompts.ask("新建台账，还是取回已有的", read, _NEW, courses) == _FETCHED


# --- a ledger that is there already


def fetched_site(root: Path, address: str | None = None, unit: str | None = None, writer: str | None = None) -> Site:
    """Ask for what is not given: the address, until a ledger can be fetched, and who works here.

    Returns the clone, which then stands in a folder: in ``root``, if that is empty.
    """
    if not is_empty(root):
        root = folder_asked(root, "整改台账")
    asked = ""
    while True:
        address = address or prompts.ask("服务器地址（或文件夹、.bundle 文件）", str.strip, present=asked)
        tell("正在取回……")
        try:
            with fetched(address, root) as ledger:
                tell(f"取到了：{len(ledger.units.members)} 个单位")
                me = known_unit(ledger.units, unit).name if unit else _asked_me(ledger.units)
                who = writer_name(writer) if writer else prompts.ask(WRITER, writer_name)
                shell = lacking_shell(os.environ)
                _show(("文件夹", str(root)), ("取自", address), ("我", f"{me}　{who}"), *_completion_rows(shell))
                prompts.consent("写入？", default=True)
                ledger.settle(root)
                return Site(root, me, who, shell=shell)
        except (GitFailed, NothingToShow) as error:
            tell(str(error))
            asked, address = address, None


def _asked_me(book: UnitBook) -> str:
    return prompts.ask("我是哪个单位", lambda word: known_unit(book, word).name, choices=unit_choices(book))


# --- a new one


def new_site(root: Path) -> Site:
    """Ask for everything that a new ledger needs, and show what will be made. Raises ``UsageError`` without consent."""
    with_git = git.is_there()
    heading = _asked_heading()
    book = _asked_units()
    me = _asked_me(book)
    writer = prompts.ask(WRITER, writer_name) if with_git else None
    plan = _asked_reviewers(heading, book, me) if heading else None
    remote = _asked_remote(root) if with_git else None
    book = administered(root, book, me, writer)
    made = "" if _setting(root, "user.email") else MADE_UP
    _show(
        ("文件夹", str(root)),
        *(_plan_rows(plan) if plan else [("方案", "建好以后用 zhenggai draft 从文件起草")]),
        ("单位册", f"{UNITS_FILE}，{len(book.members)} 个单位：{_counts(book)}"),
        ("我", f"{me}　{writer or ''}"),
        *(("身份", f"{identity}{made}，管理单位册和方案") for identity in book.administrators),
        ("服务器", remote or "没有，以后再说") if with_git else ("git", "没有装：共享（sync）用不了，其余照常"),
        *_completion_rows(shell := lacking_shell(os.environ)),
    )
    prompts.consent("写入？", default=True)
    return Site(root, me, writer, book, plan, remote, shell)


def asked_plan(book: UnitBook, me: str | None) -> NewPlan | None:
    """A plan for a ledger that has none yet; None if it will be drafted. Raises ``UsageError`` without consent."""
    heading = _asked_heading()
    if heading is None:
        return None
    plan = _asked_reviewers(heading, book, me)
    _show(*_plan_rows(plan))
    prompts.consent("写入？", default=True)
    return plan


def _asked_heading() -> Heading | None:
    """The heading of a plan to be written by hand; None if there is a paper to draft it from."""
    title = prompts.ask_optional("方案标题（如 基层党建问题整改方案），要从 Word 文件起草的不填", _read_title)
    if title is None:
        return None
    year = int(found[1]) if (found := re.search(r"(20\d\d)年", title)) else clock.today().year
    number = prompts.ask("编号（文件名和命令里用它）", plan_number, proposed_number(title, year))
    year = prompts.ask("年度", _read_year, str(year))
    issued = prompts.ask("印发日期", lambda answer: _read_issued(answer, year), str(clock.today()))
    until = prompts.ask("整改到什么时候", lambda answer: read_until(answer, year, issued), default_until(year))
    return Heading(number, title, year, issued, until)


def _asked_reviewers(heading: Heading, book: UnitBook, me: str | None) -> NewPlan:
    def one_unit(question: str, proposed: str) -> str:
        return prompts.ask(question, lambda word: known_unit(book, word).name, proposed, unit_choices(book))

    review = one_unit("谁复核销号申请（初审是牵头单位）", proposed_reviewer(book, me))
    supervisor = one_unit("谁督办", proposed_supervisor(book, me))
    return new_plan(heading, book, me, review, supervisor)


def _asked_units() -> UnitBook:
    """The units of a pasted list, shown with their classes until they are right."""

    def read(answer: str) -> tuple[UnitBook, tuple[str, ...]]:
        book, doubts = read_unit_list(answer)
        if not book.members:
            raise typer.BadParameter("读不出一个单位，一行写一个，或用、隔开")
        return book, doubts

    present = ""
    while True:
        book, doubts = prompts.ask("有哪些单位（从表格、文件里整个粘贴进来，回车）", read, present=present)
        _show(*_class_rows(book))
        for doubt in doubts:
            tell(f"  注意：{doubt}")
        if prompts.confirmed(f"共 {len(book.members)} 个单位，这样分类", default=True):
            return book
        present = as_list(book)


def _asked_remote(root: Path) -> str | None:
    """The server's address, tried, or the one that is set already; None for later."""
    if known := _setting(root, "remote.origin.url"):
        return known
    present = ""
    while address := prompts.ask_optional("服务器地址，没有的直接回车", str.strip, present=present):
        tell("试连服务器……")
        ways: tuple[str, ...] = (_ANOTHER, _NONE)
        try:
            if not is_in_use(address):
                return whole_address(address)
            trouble = f"{address} 里已有台账：要用它，按 Ctrl-C 退出，再选“{_FETCHED}”"
        except NothingToShow as error:
            trouble = str(error)
        except GitFailed as error:
            trouble, ways = str(error), (_ANOTHER, _LATER, _NONE)
        tell(trouble)
        if (way := prompts.word("怎么办", ways, _ANOTHER)) != _ANOTHER:
            return address if way == _LATER else None
        present = address
    return None


def administered(root: Path, book: UnitBook, me: str | None, writer: str | None) -> UnitBook:
    """The new book in which who commits here belongs to my unit, and may change the books; as it is if that is not known."""
    email = _setting(root, "user.email")
    identity = email or (made_identity(me, writer) if me and writer else None)
    if me is None or identity is None:
        return book
    members = tuple(replace(unit, identities=(identity,)) if unit.name == me else unit for unit in book.members)
    return replace(book, administrators=(identity,), members=members)


def _setting(root: Path, name: str) -> str | None:
    """A git setting as it will hold in a new repository, whatever repository the folder lies in now."""
    if (root / ".git").exists():
        return git.setting(root, name)
    return git.call(Path(), "config", "--get", name, more={"GIT_DIR": git.NOWHERE}).text or None


# --- what is shown


def _plan_rows(plan: NewPlan) -> list[tuple[str, str]]:
    instead = f"，{plan.second_review}自己的由{'、'.join(plan.stand_in)}代" if plan.stand_in else ""
    head = plan.heading
    return [
        ("方案", f"{plan.path}，{head.title}，{head.year} 年度，{head.issued} 印发，整改到 {head.until}"),
        ("审核", f"初审 牵头单位，复核 {plan.second_review}{instead}，督办 {plan.supervisor}"),
    ]


def _completion_rows(shell: str | None) -> list[tuple[str, str]]:
    return [("补全", f"装到 {shell}：按 Tab 补命令、单位、措施；不要了用 zhenggai completion remove")] if shell else []


def _class_rows(book: UnitBook) -> list[tuple[str, str]]:
    return [
        (f"  {name or '未归类'} {len(units)}", "、".join(unit.name for unit in units)) for name, units in by_class(book)
    ]


def _counts(book: UnitBook) -> str:
    return "、".join(f"{name or '未归类'} {len(units)}" for name, units in by_class(book))


def _show(*rows: tuple[str, str]) -> None:
    page = ChineseFormatter()
    with page.indentation():
        page.write_dl(rows)
    tell(page.getvalue().rstrip("\n"))


# --- answers


def plan_number(answer: str) -> str:
    """A plan's number. Raises ``UsageError`` for what cannot be one."""
    number = unicodedata.normalize("NFKC", answer).strip()
    if found := re.search(r"\s", number):
        raise UsageError(f"方案编号不能用：里面有空格，可写 {number.replace(found[0], '-')}")
    if fault := name_fault(number):
        raise UsageError(f"方案编号不能用：{fault}")
    if number.lower() in _BOOKS:
        raise UsageError(f"方案编号不能用：{number} 是别的文件的名称")
    return number


def _read_title(answer: str) -> str:
    return "".join(answer.split("\n")).strip().strip("《》")


def _read_year(answer: str) -> int:
    return number_between(YEARS[0], YEARS[-1])(answer.strip().removesuffix("年"))


def _read_issued(answer: str, year: int) -> date:
    """A day, also without its year: 3月30日."""
    try:
        return parse_day(answer)
    except typer.BadParameter:
        if not re.fullmatch(r".+月.+[日号]", answer.strip()):
            raise
        end = parse_deadline(answer, Context(year)).end
        if end is None:
            raise
        return end


def read_until(answer: str, year: int, issued: date) -> str:
    """The words of a deadline with a last day. Raises ``UsageError`` for others."""
    end = parse_deadline(answer, Context(year, issued=issued)).end
    if end is None:
        raise UsageError(f"“{answer}”没有最后一天，写到哪一天为止，如 {default_until(year)}")
    if end < issued:
        raise UsageError(f"“{answer}”是 {end}，早于印发日期 {issued}")
    return answer
