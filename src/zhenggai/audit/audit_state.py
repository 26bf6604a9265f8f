"""State of one audit run: the repository, what had landed before, and the observations so far."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from zhenggai.frozen import frozen
from zhenggai.model.observation import Observation
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.time_zone import BEIJING, time_in
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, UNITS_FILE, place_of
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.sharing.commit_tree import CommittedEntry, Home, PlanFolders, Tree, home_of
from zhenggai.sharing.file_versions import Versions
from zhenggai.sharing.git import Objects
from zhenggai.sharing.history import Commit, History

DAYS = 7  # allowed between an entry's recording day and its commit
_TREES_KEPT = 8


@frozen
class Scope:
    """Which commits are audited, and against which earlier state.

    - ``ranged``: a range is audited: only what ``grounds`` hold has landed, and the books of ``rules`` say who may write.
      Otherwise a whole history is audited, and each commit is checked against its parents.
    - ``grounds``: the commits before the first audited one; ``rules``: one of them, or "".
    - ``tip``: the last audited commit.
    - ``now``: the time in Beijing at which a range would be accepted; None for a whole history.
    - ``pushed``: a server decides on the commits; files outside the data are checked too.
    """

    ranged: bool = False
    grounds: tuple[str, ...] = ()
    rules: str = ""
    tip: str = ""
    days: int = DAYS
    now: datetime | None = None
    pushed: bool = False


@dataclass
class Inquiry:
    """The state of one run.

    - ``last_good``: from the blob id of a damaged version to that of the version before it.
    - ``vanished``: entries that later files no longer contain.
    - ``unadministered``: how many changes of the books had no administrator to check against.
    - ``changed``: for each book the last commit of the range that changed it.
    - ``originals``: entries and files (blob ids, by path) before they were first altered or deleted.
    """

    history: History
    objects: Objects
    scope: Scope
    observations: list[Observation] = field(default_factory=list)
    last_good: dict[str, str] = field(default_factory=dict)
    unheld: Counter[str] = field(default_factory=Counter)
    unadministered: int = 0
    changed: dict[str, Commit] = field(default_factory=dict)
    vanished: dict[str, Home] = field(default_factory=dict)
    originals: dict[str, CommittedEntry] = field(default_factory=dict)
    original_files: dict[str, str] = field(default_factory=dict)
    known: dict[str, Home] = field(default_factory=dict)
    day_by_commit: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.versions = Versions(self.objects)
        self.folders = PlanFolders(self.history, self.objects)
        self._trees: dict[str, Tree] = {}
        self._homes: dict[Home, Home] = {}
        self._bases: dict[tuple[str, str], list[str]] = {}

    def tell(
        self, commit: Commit, level: Level, check: str, what: str, remedy: str, path: str = "", number: str = ""
    ) -> None:
        """Add an observation about a commit."""
        self.observations.append(
            Observation(
                level=level,
                check=check,
                commit=commit.id,
                author=commit.author,
                email=commit.email,
                day=commit.day,
                path=path,
                number=number,
                what=what,
                remedy=remedy,
            )
        )

    def tree(self, commit: str) -> Tree:
        """The ledger files at a commit."""
        if commit not in self._trees:
            if len(self._trees) >= _TREES_KEPT:
                lasting = (*self.scope.grounds, self.scope.tip)
                self._trees = {id_: tree for id_, tree in self._trees.items() if id_ in lasting}
            self._trees[commit] = Tree(self.history, self.objects, commit)
        return self._trees[commit]

    def names_in(self, commit: str, folder: str) -> frozenset[str]:
        """The names in a folder at a commit; ``folder`` is a path from the root."""
        where = f"{self.history.prefix}{folder}".rstrip("/")
        return frozenset(self.objects.names(f"{commit}:{where}"))

    def bases(self, one: str, other: str) -> list[str]:
        """The merge bases of two commits."""
        if (one, other) not in self._bases:
            self._bases[one, other] = self.history.bases(one, other)
        return self._bases[one, other]

    def day_of(self, commit: str) -> date:
        """The committer's day."""
        if commit not in self.day_by_commit:
            self.day_by_commit[commit] = self.history.commit(commit).day
        return self.day_by_commit[commit]

    def has_landed(self, number: str, path: str) -> bool:
        """Whether an entry had landed. In a whole history every entry that was committed has; in a range, those before it."""
        if not self.scope.ranged:
            return True
        trees = [self.tree(ground) for ground in self.scope.grounds]
        return any(number in tree.numbers or tree.find(number, path) for tree in trees)

    def file_has_landed(self, path: str) -> bool:
        """Whether a file had landed, by the same rule."""
        return not self.scope.ranged or any(path in self.tree(ground).files for ground in self.scope.grounds)

    def entries(self, id_: str | None) -> Mapping[str, RawEntry]:
        """The entries of a file version. For its unreadable parts, the last readable version stands in."""
        found = self.versions.of(id_).entries
        seen = {id_}
        while id_ is not None and (id_ := self.last_good.get(id_)) not in seen:
            seen.add(id_)
            found = {**self.versions.of(id_).entries, **found}
        return found

    def learn(self, number: str, committed: CommittedEntry) -> None:
        """Remember which unit an entry belongs to."""
        home = home_of(committed)
        self.known[number] = self._homes.setdefault(home, home)

    def home(self, number: str) -> Home | None:
        """The unit and path of an entry, or None if it is unknown."""
        if number not in self.known:
            for ground in self.scope.grounds:
                if committed := self.tree(ground).find(number):
                    self.learn(number, committed)
                    break
        return self.known.get(number) or self.vanished.get(number)

    def rules_at(self, commit: Commit) -> str:
        """The commit whose plans and unit book apply to a commit, or "" if there is none."""
        return self.scope.rules if self.scope.ranged else commit.parents[0] if commit.parents else ""

    def file(self, commit: str, path: str) -> str | None:
        """The blob id of a file at a commit, or None if there is no such file."""
        return self.folders.files(commit).get(path) if path.startswith(f"{PLANS}/") else self.history.file(commit, path)

    def is_put_back(self, path: str) -> bool:
        """Whether a file is the same after the range as before it; then changes in between are no problem."""
        scope = self.scope
        return scope.ranged and self.file(scope.tip, path) == self.file(scope.rules, path)

    def day_of_right(self, commit: Commit) -> date:
        """The day whose permissions apply to a commit: its own, but never later than the server's tomorrow."""
        now = self.scope.now
        return commit.day if now is None else min(commit.day, now.date() + timedelta(days=1))

    def today_at(self, commit: Commit, path: str) -> date | None:
        """Today for a ledger file, in the zone of its plan; None for a whole history."""
        if self.scope.now is None:
            return None
        book = f"{PLANS}/{place_of(path).plan}.yaml"
        found = (self.folders.last_whole(Plan, at, book) for at in (self.rules_at(commit), commit.id) if at)
        plan: Plan | None = next(filter(None, found), None)
        return time_in(self.scope.now, plan.rules.time_zone if plan else BEIJING).date()

    def is_gone(self, path: str, number: str = "") -> bool:
        """Whether an entry of a file (or the file itself) is gone at the end of the range; then nobody ever sees it."""
        if not self.scope.ranged:
            return False
        id_ = self.tree(self.scope.tip).files.get(path)
        return id_ is None or bool(number and number not in self.versions.of(id_).entries)

    def book_before(self, commit: Commit) -> UnitBook | None:
        """The unit book that says who may write, in its last readable version; None if there never was one."""
        found: UnitBook | None = self.folders.last_whole(UnitBook, self.rules_at(commit), UNITS_FILE)
        return found

    def book(self, commit: Commit) -> UnitBook:
        """The unit book that applies to a commit; its own book if there was none before."""
        own = self.folders.files(commit.id).get(UNITS_FILE)
        before = self.book_before(commit)
        return before or (own and self.folders.read(UnitBook, own).value) or UnitBook()
