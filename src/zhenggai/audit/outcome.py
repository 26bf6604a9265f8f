"""What a range of commits comes to: what had landed before it is held against its last commit.

What was altered and put back on the way is no finding; a ledger that cannot be read in the end is refused, whoever
would mend it later. Who did it is known from the walk through the commits.
"""

from dataclasses import replace

from zhenggai.audit.inquiry import Inquiry
from zhenggai.audit.landed import ALTERED, DELETED, MOVED, UNREADABLE, judge_landed, judge_repeated
from zhenggai.audit.lasting import FILE_CHECKS, judge_files
from zhenggai.audit.plans import EDITED
from zhenggai.audit.sides import side_of
from zhenggai.model.observation import Observation
from zhenggai.model.source import Level
from zhenggai.store.history import Change, Commit
from zhenggai.store.places import LEDGERS, FileKind, place_of

_BY_OUTCOME = frozenset({ALTERED, DELETED, MOVED, UNREADABLE, *FILE_CHECKS})


def judge_outcome(inquiry: Inquiry, tip: Commit) -> None:
    """Leave of what was seen on the way to ``tip`` what still is so there, and tell what only shows there."""
    if len(inquiry.scope.grounds) > 1:  # a branch that left others in several places: each commit stands for itself
        return
    walked, inquiry.observations = inquiry.observations, []
    base, *_ = (*inquiry.scope.grounds, "")
    changes = _changes(inquiry, base, tip.id)
    end = replace(tip, parents=(base,) if base else ())
    side = side_of(inquiry, base, changes, inquiry.book(end))
    judge_landed(inquiry, end, [side])
    judge_files(inquiry, end, [side])
    judge_repeated(inquiry, end, side)
    final = [_as_error(seen) for seen in inquiry.observations]
    subjects = {_subject(seen) for seen in final}
    inquiry.observations = [seen for seen in walked if _still_holds(seen, subjects, side.paths)]
    told = {(seen.check, _subject(seen)) for seen in inquiry.observations}
    doers = {_subject(seen): seen for seen in walked if seen.check in _BY_OUTCOME}
    inquiry.observations += [
        _done_by(seen, doers.get(_subject(seen), seen)) for seen in final if (seen.check, _subject(seen)) not in told
    ]


def _changes(inquiry: Inquiry, base: str, tip: str) -> list[Change]:
    if base:
        return next(inquiry.history.changes([(tip, base)]))
    return [Change(path, None, id_) for path, id_ in inquiry.history.files(tip, LEDGERS).items()]


def _subject(seen: Observation) -> str:
    return seen.number or seen.path


def _still_holds(seen: Observation, subjects: set[str], changed: frozenset[str]) -> bool:
    if seen.check == EDITED:
        return seen.path in changed
    if _is_unreadable_ledger(seen):
        return False  # the outcome tells it anew, as an error
    return seen.check not in _BY_OUTCOME or seen.check == UNREADABLE or _subject(seen) in subjects


def _as_error(seen: Observation) -> Observation:
    return replace(seen, level=Level.ERROR) if _is_unreadable_ledger(seen) else seen


def _is_unreadable_ledger(seen: Observation) -> bool:
    return seen.check == UNREADABLE and place_of(seen.path).kind is FileKind.LEDGER


def _done_by(seen: Observation, doer: Observation) -> Observation:
    return replace(seen, commit=doer.commit, author=doer.author, email=doer.email, day=doer.day)
