"""The outcome of a range or history: what had landed, compared with the last commit.

| | in a range | in a whole history |
|---|---|---|
| altered and restored later | no problem | a doubt |
| ledger unreadable at the end | an error | an error if entries vanished |

The walk through the commits has recorded who made each change.
"""

from collections.abc import Sequence
from dataclasses import replace

from zhenggai.audit.allowed_paths import judge_paths
from zhenggai.audit.audit_state import Inquiry
from zhenggai.audit.kept_files import FILE_CHECKS, judge_files
from zhenggai.audit.ledger_diff import side_of
from zhenggai.audit.ledger_form import judge_fields
from zhenggai.audit.plan_changes import EDITED
from zhenggai.audit.pushed_entries import (
    ALTERED,
    DELETED,
    MOVED,
    REPEATED,
    UNREADABLE,
    hidden,
    judge_copies,
    judge_landed,
    judge_repeated,
)
from zhenggai.model.observation import Observation
from zhenggai.model.source import Level
from zhenggai.reading.data_folders import LEDGERS, FileKind, place_of
from zhenggai.rules.task.copied_files import COPY
from zhenggai.sharing.file_versions import same_entry
from zhenggai.sharing.history import Change, Commit
from zhenggai.writing.allowed_files import is_data

BY_OUTCOME = frozenset({ALTERED, DELETED, MOVED, REPEATED, UNREADABLE, COPY, *FILE_CHECKS})


def judge_outcome(inquiry: Inquiry, tip: Commit) -> None:
    """Keep the observations that still hold at ``tip``, and add those that only a comparison of both ends shows."""
    if len(inquiry.scope.grounds) > 1:  # the branch has several starting points: judge each commit by itself
        return
    walked, inquiry.observations = inquiry.observations, []
    base, *_ = (*inquiry.scope.grounds, "")
    end = replace(tip, parents=(base,) if base else ())
    changes = _changes(inquiry, base, tip.id)
    if inquiry.scope.pushed and base:
        judge_paths(inquiry, end, [changes])  # a merge may bring back what an old commit has
    side = side_of(inquiry, base, [change for change in changes if is_data(change.path)], inquiry.book(end))
    judge_landed(inquiry, end, [side])
    judge_files(inquiry, end, [side])
    judge_repeated(inquiry, end, side)
    judge_copies(inquiry, end, side)
    judge_fields(inquiry, end, side)
    final = [_as_error(seen) for seen in inquiry.observations]
    subjects = {_subject(seen) for seen in final}
    inquiry.observations = [seen for seen in walked if _still_holds(seen, subjects, side.paths)]
    told = {(seen.check, _subject(seen)) for seen in inquiry.observations}
    doers = {_subject(seen): seen for seen in walked if seen.check in BY_OUTCOME}
    inquiry.observations += [
        _done_by(seen, doers.get(_subject(seen), seen)) for seen in final if (seen.check, _subject(seen)) not in told
    ]


def weighed(inquiry: Inquiry, tip: str, seen: Sequence[Observation]) -> list[Observation]:
    """The observations of a whole history, in the order of the walk, with their levels as of its last commit."""
    last = {one.path: nth for nth, one in enumerate(seen) if _is_unreadable_ledger(one)}
    found = []
    for nth, one in enumerate(seen):
        if _is_unreadable_ledger(one) and last[one.path] == nth and (gone := _gone(inquiry, tip, one.path)):
            found.append(replace(one, level=Level.ERROR, what=f"{one.what}{hidden(gone)}"))
        elif one.check in BY_OUTCOME and one.check != UNREADABLE and _is_put_back(inquiry, tip, one):
            found.append(replace(one, level=Level.DOUBT, what=f"{one.what}；后来恢复了原样"))
        else:
            found.append(one)
    return found


def _gone(inquiry: Inquiry, tip: str, path: str) -> list[str]:
    """The numbers of the entries that can no longer be read in a ledger file at ``tip``."""
    tree = inquiry.tree(tip)
    id_ = tree.files.get(path)
    lost = inquiry.entries(id_).keys() - inquiry.versions.of(id_).entries.keys()
    return sorted(number for number in lost if not tree.find(number))


def _is_put_back(inquiry: Inquiry, tip: str, seen: Observation) -> bool:
    tree = inquiry.tree(tip)
    if not seen.number:
        return tree.files.get(seen.path) == inquiry.original_files.get(seen.path, "")
    original = inquiry.originals.get(seen.number)
    if original is None:
        return False
    now = inquiry.versions.of(tree.files.get(original.path)).entries.get(seen.number)
    return now is not None and same_entry(now, original.raw)


def _changes(inquiry: Inquiry, base: str, tip: str) -> list[Change]:
    if base:
        return next(inquiry.history.changes([(tip, base)], everywhere=inquiry.scope.pushed))
    return [Change(path, None, id_) for path, id_ in inquiry.history.files(tip, LEDGERS).items()]


def _subject(seen: Observation) -> str:
    return seen.number or seen.path


def _still_holds(seen: Observation, subjects: set[str], changed: frozenset[str]) -> bool:
    if seen.check == EDITED:
        return seen.path in changed
    if _is_unreadable_ledger(seen):
        return False  # reported again below, as an error
    return seen.check not in BY_OUTCOME or seen.check == UNREADABLE or _subject(seen) in subjects


def _as_error(seen: Observation) -> Observation:
    return replace(seen, level=Level.ERROR) if _is_unreadable_ledger(seen) else seen


def _is_unreadable_ledger(seen: Observation) -> bool:
    return seen.check == UNREADABLE and place_of(seen.path).kind is FileKind.LEDGER


def _done_by(seen: Observation, doer: Observation) -> Observation:
    return replace(seen, commit=doer.commit, author=doer.author, email=doer.email, day=doer.day)
