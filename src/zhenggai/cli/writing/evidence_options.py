"""The evidence given to a command: files, which are copied beside the entries, and document numbers (文号)."""

from datetime import date
from functools import cached_property
from pathlib import Path

from zhenggai.frozen import frozen
from zhenggai.writing.append import evidence_copies

_QUOTES = ('""', "''", "“”", "‘’", "””", "＂＂")


@frozen(slots=False)
class Evidence:
    """The values of ``-e``, for entries recorded on a day."""

    words: tuple[str, ...]
    recorded: date

    @cached_property
    def copies(self) -> dict[str, bytes]:
        """The contents of the files, by the path of the copy. Raises ``UsageError`` if a file cannot be used."""
        return evidence_copies([Path(word) for word in self._unquoted if word not in self._papers], self.recorded)

    def usable(self, word: str) -> str:
        """The word, if it is a document number or a file that can be copied. Raises ``UsageError`` otherwise."""
        _ = Evidence((word,), self.recorded).named
        return word

    @cached_property
    def _unquoted(self) -> list[str]:
        """The values without a pair of quotation marks around them, as Windows copies the path of a file."""
        return [
            word[1:-1] if word[:1] + word[-1:] in _QUOTES and not Path(word).exists() else word for word in self.words
        ]

    @property
    def _papers(self) -> list[str]:
        """The values that are document numbers."""
        return [w for w in self._unquoted if "〔" in w or (w.endswith("号") and not Path(w).exists())]

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The evidence as the entries name it: the paths of the copies, then the document numbers."""
        return (*self.copies, *self._papers)
