"""Commits without a good signature of their author, once a plan asks for signatures (签名: 要求)."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from zhenggai.audit.audit_state import Inquiry
from zhenggai.model.source import Level
from zhenggai.reading.data_paths import SIGNERS_FILE
from zhenggai.sharing.history import Commit
from zhenggai.sharing.signatures import Signature, can_verify, signatures

UNSIGNED = "签名"
_SIGN = "设好 git 的 SSH 签名（gpg.format=ssh、user.signingkey、commit.gpgsign=true）后重新提交"
_WORDS = {"N": "没有签名", "B": "签名是坏的", "U": f"签名的公钥不在 {SIGNERS_FILE} 里", "E": "签名无法核对"}


def is_held(inquiry: Inquiry, commit: Commit) -> bool:
    """Whether a commit must be signed: a plan asks for it in what it stands on, or in itself."""
    at = (inquiry.rules_at(commit), *commit.parents[:1], commit.id)
    return any(inquiry.folders.asks_for_signatures(id_) for id_ in at if id_)


def judge_signatures(inquiry: Inquiry, held: Iterable[Commit]) -> bool:
    """Tell the commits that are not signed as they must be; False where this computer cannot verify."""
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
    """The list of signers that a commit is held against: that of its rules, or its own where there was none."""
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
