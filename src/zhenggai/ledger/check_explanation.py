"""Explains a check by its samples: the findings in the bad sample, and the lines in which the good sample differs."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from zhenggai.errors import UsageError
from zhenggai.frozen import frozen
from zhenggai.ledger.whole import check_root
from zhenggai.model.source import Diagnostic, Source
from zhenggai.model.wording import near_or_known
from zhenggai.reading.files import LINE_END, decode
from zhenggai.rules.checks.named_check import Check
from zhenggai.rules.checks.reading_findings import READING_FINDINGS
from zhenggai.rules.checks.samples import Sample
from zhenggai.rules.checks.table import CHECKS

ALL_CHECKS: tuple[Check, ...] = (*CHECKS, *READING_FINDINGS)


class SampleLine(NamedTuple):
    """A line of a file of a sample."""

    source: Source
    text: str


@frozen
class Explanation:
    """An explained check.

    - ``found``: its findings in the bad sample;
    - ``bad``: the lines of the bad sample with a finding, or missing in the good sample;
    - ``good``: the lines of the good sample that are missing in the bad sample.
    """

    check: Check
    found: tuple[Diagnostic, ...]
    bad: tuple[SampleLine, ...]
    good: tuple[SampleLine, ...]


def explain(name: str) -> Explanation:
    """The explanation of a check; ``UsageError`` for an unknown name, with the nearest names."""
    check = next((check for check in ALL_CHECKS if check.name == name.strip()), None)
    if check is None:
        near = near_or_known(name, (check.name for check in ALL_CHECKS))
        raise UsageError(f"没有叫“{name}”的检查\n  {near}\n  全部名称：zhenggai check --list")
    found = found_in(check, check.bad)
    places = {diagnostic.source for diagnostic in found}
    return Explanation(check, found, _lines(check.bad, check.good, places), _lines(check.good, check.bad, set()))


def found_in(check: Check, sample: Sample) -> tuple[Diagnostic, ...]:
    """The diagnostics of reading and of one check in a sample. The files are written to a temporary folder."""
    with TemporaryDirectory(prefix="zhenggai-") as name:
        for path, content in sample.files.items():
            target = Path(name, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return check_root(Path(name), None, sample.as_of, sample.as_of, checks=(check,))


def _lines(sample: Sample, other: Sample, places: set[Source]) -> tuple[SampleLine, ...]:
    """The lines of ``sample`` that ``other`` does not have, and the lines at ``places``."""
    return tuple(
        SampleLine(Source(path, nth), text)
        for path in sorted(sample.files)
        for nth, text, is_own in _compared(_text(sample, path), _text(other, path))
        if is_own or Source(path, nth) in places
    )


def _compared(lines: list[str], others: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Triples of each line: its number from 1, its text, whether ``others`` lack it."""
    blocks = SequenceMatcher(None, lines, others, autojunk=False).get_matching_blocks()
    shared = {line for block in blocks for line in range(block.a, block.a + block.size)}
    yield from ((nth + 1, text, nth not in shared) for nth, text in enumerate(lines))


def _text(sample: Sample, path: str) -> list[str]:
    content = sample.files.get(path, "")
    text = content if isinstance(content, str) else decode(content, path)[0]
    return LINE_END.split(text.rstrip("\n")) if path in sample.files else []
