"""Builds small git histories: commits with author and day, branches, merges; and runs the audit on them."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from small_repo import PLAN, day, ledger_files, write
from zhenggai.audit.audit_run import audit_history, audit_range
from zhenggai.model.observation import Audit

OFFICE, BUREAU, ORGANISERS, SUPERVISORS, STRANGER = "ban@x", "jyj@x", "zzb@x", "dcj@x", "stranger@x"
MAY = "ledgers/p/县教育局/2020-05.办公室.aa.yaml"
BOOK = """\
单位:
- {名称: 县委办公室, 身份: [ban@x]}
- {名称: 县委组织部, 简称: [组织部], 身份: [zzb@x]}
- {名称: 县委督查局, 身份: [dcj@x]}
- {名称: 县教育局, 曾用名: [县教委], 身份: [JYJ@x, both@x]}
- {名称: 县财政局, 身份: [czj@x, both@x]}
- {名称: 城关镇}
- {名称: 河东乡}
"""


@dataclass(frozen=True)
class History:
    """A repository with a work tree."""

    root: Path

    def git(self, *words: str, by: str = BUREAU, on: str = "05-12", given: str | None = None) -> str:
        """Run git with an identity and a day of 2020. Returns its output."""
        stamp = f"{day(on).isoformat()}T12:00:00+0800"
        who = {f"GIT_{role}_{what}": v for role in ("AUTHOR", "COMMITTER") for what, v in (("NAME", "某人"), ("EMAIL", by), ("DATE", stamp))}  # fmt: skip
        command = ["git", "-C", str(self.root), "-c", "core.quotePath=false", *words]
        done = subprocess.run(
            command, env=os.environ | who, input=given, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | bytes | None], by: str = BUREAU, on: str = "05-12", *more: str) -> str:
        """Write files (None: delete) and commit all. Returns the commit's id."""
        for path in [path for path, text in files.items() if text is None]:
            (self.root / path).unlink()
        write(self.root, {path: text for path, text in files.items() if text is not None})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "台账", *more, by=by, on=on)
        return self.head

    def ledger(self, lines: str, by: str = BUREAU, on: str = "05-12") -> str:
        """Write the ledger files for short lines, and commit them."""
        return self.commit(ledger_files(lines), by, on)

    @property
    def head(self) -> str:
        """The id of the commit HEAD."""
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, at: str = "HEAD") -> None:
        """Create a branch and switch to it."""
        self.git("checkout", "-q", "-b", name, at)

    def merge(
        self, other: str, files: Mapping[str, str | None] | None = None, by: str = ORGANISERS, on: str = "05-12"
    ) -> str:
        """Merge a branch. ``files`` are written into the merge commit itself."""
        command = ["git", "-C", str(self.root), "-c", "user.name=a", "-c", "user.email=a@x", "merge", "-q", "--no-ff", "--no-commit", other]  # fmt: skip
        subprocess.run(command, capture_output=True, check=False)  # a conflict is resolved by ``files``
        return self.commit(files or {}, by, on)

    def seen(self) -> list[str]:
        """The observations of an audit of the whole history, as short lines."""
        return shown(audit_history(self.root, anew=True))

    def seen_in(self, words: str) -> list[str]:
        """The observations of an audit of a range."""
        return shown(audit_range(self.root, words))


def shown(audit: Audit) -> list[str]:
    """The observations as lines: level, check, file name, end of the number, fault."""
    return [
        " ".join(filter(None, (o.level, o.check, o.path.removeprefix("ledgers/p/"), o.number.lstrip("0"), o.what)))
        for o in audit.observations
    ]


def history(root: Path, lines: str = "", plan: str = PLAN, book: str = BOOK) -> History:
    """A repository. Its first commit has plan and unit book; a second one, if ``lines`` are given, entries of 县教育局."""
    root.mkdir(parents=True, exist_ok=True)
    made = History(root)
    made.git("init", "-q", "-b", "main")
    made.commit({"plans/units.yaml": book, "plans/p.yaml": plan, ".gitignore": ".zhenggai/\n"}, ORGANISERS, "03-01")
    if lines:
        made.ledger(lines)
    return made
