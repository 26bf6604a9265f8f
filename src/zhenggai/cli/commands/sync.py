"""``zhenggai sync``: commits and pushes the user's own changes, and brings in the others'.

The user is asked only about conflicts and about the removal of shared entries.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.options import flag_option
from zhenggai.cli.output import diagnostic_line, say, tell, tell_document
from zhenggai.cli.plan_clock import times_at
from zhenggai.cli.writing import prompts
from zhenggai.errors import Exit, UsageError, ZhenggaiError
from zhenggai.ledger import Ledger
from zhenggai.ledger.whole import check_root, keeps_from_sharing
from zhenggai.model.ledger_name import ledger_name
from zhenggai.model.numbers import ending, is_ahead, is_entry_number, recorded_on
from zhenggai.model.question import Choice, Question, Undecided
from zhenggai.reading.data_folders import (
    LEDGERS,
    ORGANISATIONS_FILE,
    PLANS,
    UNITS_FILE,
    FileKind,
    place_of,
    plan_paths,
    root_of,
)
from zhenggai.reading.load import load_units
from zhenggai.render.visible import visible
from zhenggai.sharing.clone import Clone, clone_of
from zhenggai.sharing.commit_subject import Summary
from zhenggai.sharing.exclusions import Reason
from zhenggai.sharing.git import committed_text
from zhenggai.sharing.sync.own_changes import left_alone
from zhenggai.sharing.sync.rewritten_history import Course
from zhenggai.sharing.sync.sync import SyncOutcome, Terms
from zhenggai.sharing.sync.sync import sync as synced
from zhenggai.writing.append import Place

_MOST_NAMED = 5
_OPTIONS = {None: "", Course.TAKE: " --take-rewritten", Course.RESTORE: " --restore-lost"}


class Interrupted(ZhenggaiError):
    """Ctrl-C. Finished steps stay, and the next run continues from there."""

    exit_code = Exit.INTERRUPTED


class OwnErrors(ZhenggaiError):
    """The user's own changed files have errors. Nothing was pushed."""

    exit_code = Exit.FOUND


def sync(
    yes: Annotated[bool, flag_option("--yes", "--不再确认", about="删去已交的记录也不再确认")] = False,
    take: Annotated[
        bool, flag_option("--take-rewritten", "--认可改写", about="共享的历史被有意改写了：照它的，自己没交的接着交")
    ] = False,
    restore: Annotated[
        bool, flag_option("--restore-lost", "--推送回去", about="共享的历史被误改写了：把上次见过的推送回去")
    ] = False,
) -> Exit:
    """提交自己的改动，取回别人的，合并、检查、推送；中断了再运行一次，接着办。

    例：zhenggai sync　　zhenggai 同步 --yes
    """
    if take and restore:
        raise UsageError("--take-rewritten 和 --restore-lost 只能写一个\n  下一步：先问管理员，历史是不是有意改写的")
    root = root_of(Path.cwd())
    _refuse_demonstration(root)
    clone = clone_of(root)
    now = clock.now()

    course = Course.TAKE if take else Course.RESTORE if restore else None
    decided = partial(_decided, f"zhenggai sync{_OPTIONS[course]}")

    def approve(paths: Sequence[str], own: Summary) -> None:
        _refuse_ahead(root, own)
        _refuse_errors(root, paths)

    try:
        outcome = synced(clone, Terms(now, decided, _agreement(root, yes), approve, tell, course))
    except (KeyboardInterrupt, typer.Abort):
        raise Interrupted("已中断，记录都在\n  下一步：再运行 zhenggai sync，接着办") from None
    for line in _outcome_lines(clone, outcome):
        say(visible(line))  # file names may contain line breaks
    _take_notice(root)
    return Exit.FOUND if outcome.excluded.mistakes.reasons else Exit.OK


def _refuse_demonstration(root: Path) -> None:
    """Raise ``UsageError`` for a demonstration ledger. A ``sync`` of its clone would push to its author's repository."""
    units = load_units(root)[0]
    if units.is_demo or (not units.members and committed_text(root, "演示: 是", UNITS_FILE)):
        raise UsageError(
            f"这是演示用的台账（{UNITS_FILE} 里写着 演示: 是），不提交、不取回、不推送\n"
            "  下一步：建自己的台账 zhenggai init 文件夹 --plan 方案编号；"
            f"确已当作自己的台账用的，先删去 {UNITS_FILE} 的这一行，再换成自己的远程地址（git remote set-url origin 地址）"
        )


def _take_notice(root: Path) -> None:
    """Update the index with what was received, so that the next command is fast."""
    for path in plan_paths(root):
        with suppress(ZhenggaiError, KeyboardInterrupt):  # the sync itself is done
            ledger = Ledger(root, path)
            ledger.snapshot(clock.today(ledger.plan))


def _decided(command: str, question: Question) -> Choice:
    """Ask the user to decide a conflict. Raises ``Undecided`` without a terminal or a choice.

    ``command`` is the command that asks again.
    """
    from zhenggai.views.conflict_view import choices, side_by_side  # imported here: seldom needed

    tell("")
    tell_document(side_by_side(question))
    if not prompts.at_terminal():
        raise Undecided(
            f"两边改了同一处，要人来定：{question.path} {question.about}；没有合并\n  下一步：在终端里运行 {command}"
        )
    allowed = {"0": None, "1": Choice.OURS, "2": Choice.THEIRS} | ({"3": Choice.BOTH} if question.lines else {})

    def read(answer: str) -> Choice | None:
        if answer not in allowed:
            raise typer.BadParameter(f"看不懂“{answer}”，请写 {'、'.join(allowed)} 中的一个")
        return allowed[answer]

    choice = prompts.ask(f"用哪一个（{choices(question)}）", read)
    if choice is None:
        raise Undecided(f"已放下，没有合并\n  下一步：问清楚以后再运行 {command}")
    return choice


def _agreement(root: Path, assured: bool) -> Callable[[Summary], None]:
    """The check of removed entries that others have already. Most often a file was deleted by mistake.

    The function asks the user at a terminal, and raises ``UsageError`` without consent.
    """

    def agree(own: Summary) -> None:
        gone = own.removed
        if not gone or assured:
            return
        named = [ending(number) for number in gone][:_MOST_NAMED]
        names = "、".join(named) + ("……" if len(gone) > _MOST_NAMED else "")
        what = f"这里删去了已经交出去的 {len(gone)} 条记录：{names}"
        if prompts.at_terminal():
            tell(what)
            question = "真的要删去？（记错了的应当用 zhenggai correct 编号 --void 作废）"
            if prompts.confirmed(question, default=False):
                return
        raise UsageError(f"{what}，没有改动\n  下一步：{_restoring(root, gone.values())}；确要删去，加 --yes")

    return agree


def _restoring(root: Path, paths: Collection[str]) -> str:
    """How to restore removed entries: check out a deleted file, or put lines back into a changed one."""
    lost = [f'"{path}"' for path in dict.fromkeys(paths) if not (root / path).exists()]
    cut = [f'"{path}"' for path in dict.fromkeys(paths) if (root / path).exists()]
    ways = [f"误删的文件这样找回：git checkout -- {' '.join(lost)}"] if lost else []
    ways += [f"删去了哪几行，看 git diff -- {' '.join(cut)}，照原样补回"] if cut else []
    return "；".join(ways)


def _refuse_ahead(root: Path, own: Summary) -> None:
    """Raise ``OwnErrors`` if the user's new entries, withdrawn or not, have numbers of days after tomorrow."""
    lines, days, now_at = list[str](), set[str](), times_at(root)
    for number, path in own.added.items():
        today = now_at(path).date()
        if is_entry_number(number) and is_ahead(recorded_on(number), today):
            days.add(f"{today}")
            lines.append(f"  {path} {number}：{_taking_out(root, path, number)}")
    if lines:
        raise OwnErrors(
            f"自己新记的 {len(lines)} 条，编号写的记录日晚于今天（本机日期 {'、'.join(sorted(days))}），没有推送\n"
            + "\n".join(lines)
            + "\n  下一步：先核对本机的日期，不对的校正；日期对的，逐条撤销、重新记录，再运行 zhenggai sync"
        )


def _taking_out(root: Path, path: str, number: str) -> str:
    """How to remove an entry that nobody else has: the command, or a sentence."""
    place, found = place_of(path), ledger_name(path)
    if found is None or Place(root, place.plan, place.unit, found.writer).file(recorded_on(number)) != root / path:
        return "从文件里删去这一条"
    option = f" --plan {place.plan}" if len(plan_paths(root)) > 1 else ""
    return f"zhenggai undo --unit {place.unit} --writer {found.writer}{option}"


def _refuse_errors(root: Path, paths: Sequence[str]) -> None:
    """Raise ``OwnErrors`` if the user's changed files have errors. Errors in other files do not matter here."""
    own = {path for path in paths if path.startswith((f"{PLANS}/", f"{LEDGERS}/"))}
    today = clock.today
    found = (p for plan in _plans_touched(root, own) for p in check_root(root, plan, today, today, evidence_in=own))
    errors = dict.fromkeys(p for p in found if p.source.path in own and keeps_from_sharing(p))
    if errors:
        lines = "\n".join(f"  {diagnostic_line(diagnostic)}" for diagnostic in errors)
        raise OwnErrors(
            f"自己改动的文件有 {len(errors)} 处错误，没有推送\n{lines}\n  下一步：改正后再运行 zhenggai sync"
        )


def _plans_touched(root: Path, own: Collection[str]) -> list[str]:
    """The numbers of the plans that the changed paths belong to. The unit and organisation books belong to all plans."""
    numbers = [Path(path).stem for path in plan_paths(root)]
    if UNITS_FILE in own or ORGANISATIONS_FILE in own:
        return numbers
    return [n for n in numbers if any(path.startswith((f"{LEDGERS}/{n}/", f"{PLANS}/{n}.")) for path in own)]


def _outcome_lines(clone: Clone, outcome: SyncOutcome) -> list[str]:
    """The outcome of a sync, one line for each thing that was done."""
    lines = [f"取回 {_places(outcome.received)}"] if outcome.received else []
    lines += _altered(outcome)
    if outcome.sent:
        lines.append(f"推送 {'，'.join(outcome.sent.parts()) or '其他文件'}")
    if not outcome.remote:
        lines += ["还没有远程仓库，只在本机提交", "  下一步：zhenggai init --remote 地址，再运行 zhenggai sync"]
    elif not lines:
        lines.append("两边一致，没有要取回和推送的")
    lines += _not_brought(clone, outcome)
    if others := left_alone(clone):
        lines.append(f"另有 {len(others)} 个改动的文件不归台账，没有提交：{'、'.join(others[:_MOST_NAMED])}")
    return lines


def _altered(outcome: SyncOutcome) -> list[str]:
    """Lines about shared entries that others removed or changed. Without the server's check, git allows that."""
    if outcome.altered is None:
        return []
    found = (("被删去", list(outcome.altered.removed)), ("被改动", outcome.altered.changed))
    words = [f"{what} {len(numbers)} 条（{_named([*map(ending, numbers)])}）" for what, numbers in found if numbers]
    if not words:
        return []
    return [
        f"取回的里面，已交的记录{'，'.join(words)}",
        "  下一步：zhenggai audit 看是谁、哪一次；不该的，照它说的恢复",
    ]


def _not_brought(clone: Clone, outcome: SyncOutcome) -> list[str]:
    """Lines about files that others committed by mistake and that were not brought in, with who can correct that."""
    lines = list[str]()
    for path, why in outcome.excluded.mistakes.reasons.items():
        by = clone.last_change("HEAD", path)
        lines.append(f"没有取回 {path}：{why.value}（{by} 交的），这里保持原样，其他照常")
        ask = f"  下一步：请 {by.rpartition(' ')[0]} {why.remedy}，再运行 zhenggai sync"
        here = f'；或者由管理在这里运行 git add "{path}"、git commit -m 找回，再运行 zhenggai sync'
        lines.append(ask + (here if why is Reason.GONE else ""))
    left = [path for path, why in outcome.excluded.reasons.items() if why is Reason.PRIVATE]
    if outcome.taken_out:
        lines.append(f"去掉了不该提交的文件（各台电脑自己的）：{_named(outcome.taken_out)}")
    if left:
        lines.append(f"没有取回别人误交的 {_named(left)}（各台电脑自己的文件），下次推送时替大家去掉")
    return lines


def _named(paths: Sequence[str]) -> str:
    return "、".join(paths[:_MOST_NAMED]) + ("……" if len(paths) > _MOST_NAMED else "")


def _places(paths: Sequence[str]) -> str:
    """The received files in words: ``县教育局、城关镇等12个单位的记录；plans/ 的 jcdj-2020.yaml；印发的 周报第021期``."""
    units = list(dict.fromkeys(unit for path in paths if (unit := place_of(path).unit)))
    named = "、".join(units[:_MOST_NAMED]) + (f"等{len(units)}个单位" if len(units) > _MOST_NAMED else "")
    plans = [p.removeprefix(f"{PLANS}/") for p in paths if p.startswith(f"{PLANS}/")]
    words = [f"{named}的记录"] if units else []
    reports = [Path(path).stem for path in paths if place_of(path).kind is FileKind.REPORT and path.endswith(".json")]
    words += [f"{PLANS}/ 的 {'、'.join(plans[:_MOST_NAMED])}"] if plans else []
    words += [f"印发的 {'、'.join(reports[:_MOST_NAMED])}"] if reports else []
    return "；".join(words) or f"{len(paths)} 个文件"
