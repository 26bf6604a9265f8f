"""Problems of the audit: a change in the history that the rules do not allow, with its author, day and remedy."""

from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.source import Level


@frozen(kw_only=True)
class Observation:
    """One problem in one commit; ``level`` is an error or a doubt.

    - ``check``: the Chinese name of the kind of problem.
    - ``number``: of an entry, or of a measure if ``path`` is a plan; "" if neither.
    - ``path``: "" if the problem is about the whole commit; ``commit``: "" if it is about no commit.
    - ``day``: the committer's day.
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
        """Day, author and commit as one Chinese phrase."""
        return f"{self.day} {self.author} <{self.email}>，提交 {self.commit[:10]}"

    def __str__(self) -> str:
        level = "" if self.level is Level.ERROR else f"（{self.level}）"
        subject = " ".join(filter(None, (self.number, self.what)))
        return f"{self.path or '历史'}: {self.check}{level}: {subject}（{self.who}）— {self.remedy}"


@frozen
class Audit:
    """The result of an audit.

    - ``observations``: in order of day.
    - ``commits``: how many commits were read.
    - ``cut``: whether the history is incomplete (a shallow clone).
    - ``unheld``: units without identities in the unit book, with the number of their entries and evidence files.
    - ``unadministered``: how often a book or issued report changed while nobody was named who may change it.
    """

    observations: tuple[Observation, ...]
    commits: int
    cut: bool
    unheld: tuple[tuple[str, int], ...] = ()
    unadministered: int = 0

    @property
    def errors(self) -> int:
        """The number of errors among the problems."""
        return sum(observation.level is Level.ERROR for observation in self.observations)
