"""What the audit sees in the history: something done to what had landed, by whom, on which day, and what to do."""

from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.source import Level


@frozen(kw_only=True)
class Observation:
    """One thing seen in one commit; ``level`` is an error or a doubt.

    ``check`` names the kind of thing in Chinese; ``number`` is that of an entry, or of a measure where ``path`` is a plan;
    ``day`` the committer's day. ``path`` is empty where it is about the whole commit, ``commit`` where it is about none.
    """

    level: Level
    check: str
    commit: str
    author: str
    email: str
    day: date
    path: str = ""
    number: str = ""
    what: str
    remedy: str

    @property
    def who(self) -> str:
        """Who did it, when, and in which commit."""
        return f"{self.day} {self.author} <{self.email}>，提交 {self.commit[:10]}"

    def __str__(self) -> str:
        level = "" if self.level is Level.ERROR else f"（{self.level}）"
        subject = " ".join(filter(None, (self.number, self.what)))
        return f"{self.path or '历史'}: {self.check}{level}: {subject}（{self.who}）— {self.remedy}"


@frozen
class Audit:
    """What was seen, in order of day; how many commits were read in all; whether the history is cut off (a shallow clone).

    ``unheld``: units that the unit book names no identities for, with the number of their entries and evidence files;
    ``unadministered``: how often a book or an issued report changed without anybody named who may.
    """

    observations: tuple[Observation, ...]
    commits: int
    cut: bool
    unheld: tuple[tuple[str, int], ...] = ()
    unadministered: int = 0

    @property
    def errors(self) -> int:
        """How many of what was seen are errors."""
        return sum(observation.level is Level.ERROR for observation in self.observations)
