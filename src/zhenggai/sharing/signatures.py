"""Whose good signature a commit bears: git's SSH signing, with the signers that the repository itself allows."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.sharing import git
from zhenggai.sharing.history import History, unreadable

# a signature of another kind would be held against the keys of this computer, not against the repository's
_ONLY_SSH = ("-c", "gpg.program=false", "-c", "gpg.openpgp.program=false", "-c", "gpg.x509.program=false")


@frozen
class Signature:
    """What git says of a commit's signature: its letter for it (G is good), and the signer that the key stands for."""

    letter: str
    signer: str


def can_verify(history: History) -> bool:
    """Whether this computer has what git verifies SSH signatures with."""
    return shutil.which(git.setting(history.root, "gpg.ssh.program") or "ssh-keygen") is not None


def signatures(history: History, commits: Iterable[str], signers: bytes) -> dict[str, Signature]:
    """The signatures of commits, held against the text of an ``allowed_signers`` file."""
    with tempfile.TemporaryDirectory(prefix="zhenggai-") as folder:
        allowed = Path(folder) / "allowed_signers"
        allowed.write_bytes(signers)
        told = git.call(
            history.root,
            *_ONLY_SSH,
            *("-c", f"gpg.ssh.allowedSignersFile={allowed}"),
            *("log", "--no-walk=unsorted", "-z", "--no-show-signature", "--format=%H%x00%G?%x00%GS", "--stdin"),
            given="".join(f"{commit}\n" for commit in commits).encode(),
            seconds=None,
        )
    if not told.ok:
        raise unreadable(told)
    fields = iter(told.data.decode("utf-8", "replace").split("\0")[:-1])
    return {id_: Signature(letter, signer) for id_, letter, signer in zip(fields, fields, fields, strict=True)}
