"""The walk through the commits, parents first: judges each commit in all respects, and its signature if a plan requires one."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import islice

from zhenggai.audit.allowed_paths import judge_paths
from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.authorship import judge_order, judge_written
from zhenggai.audit.book_changes import judge_administration, judge_books_left
from zhenggai.audit.kept_files import judge_files
from zhenggai.audit.ledger_diff import LedgerDiff, side_of
from zhenggai.audit.ledger_form import judge_form
from zhenggai.audit.plan_changes import judge_plans
from zhenggai.audit.pushed_entries import judge_copies, judge_landed, judge_repeated
from zhenggai.audit.report_changes import judge_issued
from zhenggai.audit.swapped_evidence import judge_evidence
from zhenggai.audit.text_characters import judge_characters
from zhenggai.model.source import Level
from zhenggai.progress import watched
from zhenggai.reading.data_folders import ATTRIBUTES_FILE, SIGNERS_FILE
from zhenggai.sharing.history import Change, Commit, Signature, can_verify, signatures
from zhenggai.writing.allowed_files import is_data

UNSIGNED = "签名"
_SIGN = "设好 git 的 SSH 签名（gpg.format=ssh、user.signingkey、commit.gpgsign=true）后重新提交"
_WORDS = {"N": "没有签名", "B": "签名是坏的", "U": f"签名的公钥不在 {SIGNERS_FILE} 里", "E": "签名无法核对"}


def is_held(inquiry: Inquiry, commit: Commit) -> bool:
    """Whether a commit must be signed: a plan before it, or the plan in it, has 签名: 要求."""
    at = (inquiry.rules_at(commit), *commit.parents[:1], commit.id)
    return any(inquiry.folders.asks_for_signatures(id_) for id_ in at if id_)


def judge_signatures(inquiry: Inquiry, held: Iterable[Commit]) -> bool:
    """Report commits without a valid signature; False if this computer cannot verify signatures."""
    by_signers: dict[str, list[Commit]] = {}
    for commit in held:
        by_signers.setdefault(_signers(inquiry, commit), []).append(commit)
    if not by_signers:
        return True
    able = can_verify(inquiry.history)
    for signers, commits in by_signers.items():
        found: Mapping[str, Signature] = {}
        if able:
            names = inquiry.objects.read(signers) if signers else None
            found = signatures(inquiry.history, (commit.id for commit in commits), names or b"")
        for commit in commits:
            if fault := _fault(commit, found.get(commit.id), able):
                inquiry.tell(commit, Level.ERROR, UNSIGNED, fault, _SIGN)
    return able


def _signers(inquiry: Inquiry, commit: Commit) -> str:
    """The list of allowed signers that applies to a commit: that of its rules, or its own if there was none."""
    ids = (inquiry.folders.files(at).get(SIGNERS_FILE) for at in (inquiry.rules_at(commit), commit.id))
    return next(filter(None, ids), "")


def _fault(commit: Commit, found: Signature | None, able: bool) -> str:
    if not able:
        return "方案要求签名，这台电脑没有 ssh-keygen，无法核对"
    if found is None or found.letter != "G":
        return f"方案要求签名，这次提交{_WORDS.get(found.letter if found else 'N', '的签名不合格')}"
    names = found.signer.casefold().split(",")
    if not any(fnmatchcase(commit.email.casefold(), name.strip()) for name in names):
        return f"签名人是 {found.signer}，提交人却写的是 {commit.email}"
    return ""


def walk(inquiry: Inquiry, commits: Sequence[Commit]) -> bool:
    """Audit commits; False if required signatures cannot be verified on this computer."""
    whole = [commit for commit in commits if commit.id not in inquiry.history.cut]
    pairs = ((commit.id, parent) for commit in whole for parent in parents_of(commit))
    changes = inquiry.history.changes(pairs, everywhere=inquiry.scope.pushed)
    held = []
    for commit in watched(whole, "核对历史"):
        judge_order(inquiry, commit)
        _judge(inquiry, commit, list(islice(changes, len(parents_of(commit)))))
        if is_held(inquiry, commit):
            held.append(commit)
    if inquiry.scope.ranged and commits:
        judge_books_left(inquiry, commits[-1])
    return judge_signatures(inquiry, held)


def parents_of(commit: Commit) -> tuple[str, ...]:
    """The ids that a commit is compared with: its parents, or ``("",)`` if it has none."""
    return commit.parents or ("",)


def _judge(inquiry: Inquiry, commit: Commit, found: list[list[Change]]) -> None:
    judge_paths(inquiry, commit, found)
    changes = [[c for c in side if is_data(c.path) or c.path == ATTRIBUTES_FILE] for side in found]
    inquiry.folders.follow(commit.id, parents_of(commit)[0], changes[0])
    if not any(changes):
        return
    book = inquiry.book(commit)
    sides = [side_of(inquiry, parent, found, book) for parent, found in zip(parents_of(commit), changes, strict=True)]
    judge_landed(inquiry, commit, sides)
    judge_files(inquiry, commit, sides)
    judge_evidence(inquiry, commit, sides)
    judge_plans(inquiry, commit, sides)
    judge_administration(inquiry, commit, sides)
    judge_issued(inquiry, commit, sides)
    if len(sides) == 1:
        judge_repeated(inquiry, commit, sides[0])
        judge_copies(inquiry, commit, sides[0])
        judge_form(inquiry, commit, sides[0])
    _judge_written(inquiry, commit, sides)


def _judge_written(inquiry: Inquiry, commit: Commit, sides: Sequence[LedgerDiff]) -> None:
    """Judge what a commit wrote itself: the entries and files that no parent has."""
    first, *others = sides
    placed = {key: entry for key, entry in {**first.laid, **first.moved}.items() if all(_is_in(o, key) for o in others)}
    entries = [(key[0], entry) for key, entry in placed.items() if all(key in side.laid for side in sides)]
    moved = [(key[0], entry) for key, entry in placed.items() if not all(key in side.laid for side in sides)]
    files = frozenset.intersection(*(frozenset(c.path for c in side.changes if c.old is None) for side in sides))
    replaced = [(number, new) for number, (_, new) in first.replaced.items()]
    for number, committed in (*entries, *replaced):
        inquiry.learn(number, committed)
    judge_written(inquiry, commit, entries, moved, sorted(files))
    judge_characters(inquiry, commit, sides, (*entries, *replaced))


def _is_in(side: LedgerDiff, key: tuple[str, str]) -> bool:
    return key in side.laid or key in side.moved
