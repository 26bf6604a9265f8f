"""What one run of the audit knows: the repository, what had landed before, and what it has seen so far."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhenggai.frozen import frozen
from zhenggai.model.observation import Observation
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, UNITS_FILE
from zhenggai.reading.raw_entry import RawEntry
from zhenggai.sharing.commit_tree import Home, PlanFolders, Standing, Tree, home_of
from zhenggai.sharing.file_versions import Versions
from zhenggai.sharing.git import Objects
from zhenggai.sharing.history import Commit, History

DAYS = 7  # between an entry's recording and its commit
_TREES_KEPT = 8


@frozen
class Scope:
    """Which part of the history is held against what.

    ``ranged``: only what stood in ``grounds`` has landed, and ``rules`` says who may write; else a commit's parents do.
    ``grounds`` are the commits before the first audited one; ``rules`` is one of them, or ""; ``tip`` is the last audited
    commit, ``today`` the day on which a range is to be taken, None in a history. ``pushed``: a server is asked to take them,
    with all that the repository holds beside the data.
    """

    ranged: bool = False
    grounds: tuple[str, ...] = ()
    rules: str = ""
    tip: str = ""
    days: int = DAYS
    today: date | None = None
    pushed: bool = False


@dataclass
class Inquiry:
    """One run. ``last_good`` leads from a version that cannot be read whole to the one before it, by contents' ids;
    ``vanished`` are entries that cannot be found in later files; ``unadministered``
    counts changes of the books that no administrator could be named for, ``changed`` gives the last commit of a range that
    changed each book; ``originals`` are entries and files (contents' ids, by path) as they were before somebody first
    altered or deleted them.
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
    originals: dict[str, Standing] = field(default_factory=dict)
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
        """Add what was seen in a commit."""
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
        """The ledgers at a commit."""
        if commit not in self._trees:
            if len(self._trees) >= _TREES_KEPT:
                lasting = (*self.scope.grounds, self.scope.tip)
                self._trees = {id_: tree for id_, tree in self._trees.items() if id_ in lasting}
            self._trees[commit] = Tree(self.history, self.objects, commit)
        return self._trees[commit]

    def names_in(self, commit: str, folder: str) -> frozenset[str]:
        """What lies in a folder of a commit, as paths from the root have it."""
        where = f"{self.history.prefix}{folder}".rstrip("/")
        return frozenset(self.objects.names(f"{commit}:{where}"))

    def bases(self, one: str, other: str) -> list[str]:
        """The last commits that two have in common."""
        if (one, other) not in self._bases:
            self._bases[one, other] = self.history.bases(one, other)
        return self._bases[one, other]

    def day_of(self, commit: str) -> date:
        """The day of a commit."""
        if commit not in self.day_by_commit:
            self.day_by_commit[commit] = self.history.commit(commit).day
        return self.day_by_commit[commit]

    def has_landed(self, number: str, path: str) -> bool:
        """Whether an entry counts as landed: all that was ever in the history, or in a range what was there before it."""
        if not self.scope.ranged:
            return True
        trees = [self.tree(ground) for ground in self.scope.grounds]
        return any(number in tree.numbers or tree.find(number, path) for tree in trees)

    def file_has_landed(self, path: str) -> bool:
        """The same for a file."""
        return not self.scope.ranged or any(path in self.tree(ground).files for ground in self.scope.grounds)

    def entries(self, id_: str | None) -> Mapping[str, RawEntry]:
        """The entries of a version; what cannot be read in it as it last could be."""
        found = self.versions.of(id_).entries
        seen = {id_}
        while id_ is not None and (id_ := self.last_good.get(id_)) not in seen:
            seen.add(id_)
            found = {**self.versions.of(id_).entries, **found}
        return found

    def learn(self, number: str, standing: Standing) -> None:
        """Remember whose an entry is."""
        home = home_of(standing)
        self.known[number] = self._homes.setdefault(home, home)

    def home(self, number: str) -> Home | None:
        """Whose an entry is, None where nothing is known of it."""
        if number not in self.known:
            for ground in self.scope.grounds:
                if standing := self.tree(ground).find(number):
                    self.learn(number, standing)
                    break
        return self.known.get(number) or self.vanished.get(number)

    def rules_at(self, commit: Commit) -> str:
        """The commit whose plans and unit book a commit is held against, "" where there is none."""
        return self.scope.rules if self.scope.ranged else commit.parents[0] if commit.parents else ""

    def file(self, commit: str, path: str) -> str | None:
        """The id of a file's contents at a commit, None where there is none."""
        return self.folders.files(commit).get(path) if path.startswith(f"{PLANS}/") else self.history.file(commit, path)

    def is_put_back(self, path: str) -> bool:
        """Whether a file is at the end of a range as it was before: what happened in between concerns nobody."""
        scope = self.scope
        return scope.ranged and self.file(scope.tip, path) == self.file(scope.rules, path)

    def day_of_right(self, commit: Commit) -> date:
        """The day on which its author must be let do what a commit did: none later than a server's tomorrow, whatever the commit says."""
        today = self.scope.today
        return commit.day if today is None else min(commit.day, today + timedelta(days=1))

    def is_gone(self, path: str, number: str = "") -> bool:
        """Whether a range has in its end no more of an entry in a file, or of the file: nobody ever sees it."""
        if not self.scope.ranged:
            return False
        id_ = self.tree(self.scope.tip).files.get(path)
        return id_ is None or bool(number and number not in self.versions.of(id_).entries)

    def book_before(self, commit: Commit) -> UnitBook | None:
        """The unit book that says who may write, as it last could be read; None where there never was one."""
        found: UnitBook | None = self.folders.last_whole(UnitBook, self.rules_at(commit), UNITS_FILE)
        return found

    def book(self, commit: Commit) -> UnitBook:
        """The unit book that a commit is held against; its own where there was none."""
        own = self.folders.files(commit.id).get(UNITS_FILE)
        before = self.book_before(commit)
        return before or (own and self.folders.read(UnitBook, own).value) or UnitBook()
