"""The evidence that a command was given: files, which are copied beside the entries, and numbers of papers."""

from datetime import date
from functools import cached_property
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.writing.append import evidence_copies


@frozen(slots=False)
class Evidence:
    """The words given with ``-e``, for entries recorded on a day."""

    words: tuple[str, ...]
    recorded: date

    @cached_property
    def copies(self) -> dict[str, bytes]:
        """The files, by the place they are copied to; ``UsageError`` where one cannot be taken."""
        return evidence_copies([Path(word) for word in self.words if word not in self._papers], self.recorded)

    @property
    def _papers(self) -> list[str]:
        """The words that are a paper's number."""
        return [w for w in self.words if "〔" in w or (w.endswith("号") and not Path(w).exists())]

    @cached_property
    def named(self) -> tuple[str, ...]:
        """What the entries say: the copies' places, then the papers' numbers."""
        return (*self.copies, *self._papers)
