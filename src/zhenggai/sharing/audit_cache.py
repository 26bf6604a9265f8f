"""Cache of audit results under ``.zhenggai/``; discarded and rebuilt whenever it does not fit."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from zhenggai import __version__
from zhenggai.errors import ZhenggaiError
from zhenggai.frozen import frozen
from zhenggai.model.observation import Observation
from zhenggai.model.source import Level
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.sharing.commit_tree import CommittedEntry, Home
from zhenggai.writing.atomic import read_bytes, replace_file

AUDITED = ".zhenggai/audit.json"
_FORMAT = 2


@frozen
class Audited:
    """The state of an audit after the commit ``tip``.

    It holds the number of commits, the problems in them and in the tip itself; versions that are not fully readable and
    entries that vanished; how many entries and changes of books had no identity or administrator to check against; entries
    and files before they were altered. ``audit.audit_state.Inquiry`` continues from it.
    """

    tip: str
    commits: int
    observations: tuple[Observation, ...]
    of_tip: tuple[Observation, ...]
    last_good: Mapping[str, str]
    vanished: Mapping[str, Home]
    unheld: Mapping[str, int]
    unadministered: int
    originals: Mapping[str, CommittedEntry]
    original_files: Mapping[str, str]


def read_audited(root: Path, settings: str) -> Audited | None:
    """The state that the last audit with the same settings and program version kept, or None."""
    try:
        kept = json.loads(read_bytes(root / AUDITED) or b"null")
        if (kept["format"], kept["version"], kept["settings"]) != (_FORMAT, __version__, settings):
            return None
        observations, of_tip = (tuple(map(_observation, kept[name])) for name in ("observations", "of_tip"))
        vanished = {number: Home(*words) for number, words in kept["vanished"].items()}
        originals = {number: _standing(*words) for number, words in kept["originals"].items()}
        last_good, unheld, files = (dict(kept[name]) for name in ("last_good", "unheld", "original_files"))
        return Audited(
            tip=kept["tip"],
            commits=kept["commits"],
            observations=observations,
            of_tip=of_tip,
            last_good=last_good,
            vanished=vanished,
            unheld=unheld,
            unadministered=int(kept["unadministered"]),
            originals=originals,
            original_files=files,
        )
    except (ZhenggaiError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep_audited(root: Path, settings: str, audited: Audited) -> None:
    """Write the state. If that fails, the next audit reads everything again."""
    head = {"format": _FORMAT, "version": __version__, "settings": settings}
    text = json.dumps({**head, **asdict(audited)}, ensure_ascii=True, default=date.isoformat)
    with suppress(ZhenggaiError):
        path = root / AUDITED
        replace_file(path, read_bytes(path), text.encode())


def _standing(path: str, raw: Sequence[Any]) -> CommittedEntry:
    values, line, lines, *span = raw
    texts = {key: value if isinstance(value, str) else tuple(value) for key, value in values.items()}
    return CommittedEntry(path, RawEntry(texts, line, tuple(lines), *span))


def _observation(values: Any) -> Observation:
    return Observation(**{**values, "level": Level(values["level"]), "day": date.fromisoformat(values["day"])})
