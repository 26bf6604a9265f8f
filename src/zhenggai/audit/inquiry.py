"""What one run of the audit knows: the repository, what had landed before, and what it has seen so far."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zhenggai.frozen import frozen
from zhenggai.model.observation import Observation
from zhenggai.model.plan import Plan
from zhenggai.model.source import Level
from zhenggai.model.units import UnitBook
from zhenggai.store.commit_tree import Home, PlanFolders, Standing, Tree, home_of
from zhenggai.store.history import Commit, History
from zhenggai.store.objects import Objects
from zhenggai.store.places import UNITS_FILE
from zhenggai.store.rawentries import RawEntry
from zhenggai.store.versions import Versions

DAYS = 7  # between an entry's recording and its commit
_TREES_KEPT = 8


@frozen
class Scope:
    """Which part of the history is held against what.

    ``ranged``: only what stood in ``grounds`` has landed, and ``rules`` says who may write; else a commit's parents do.
    ``grounds`` are the commits before the first audited one; ``rules`` is one of them, or "". ``tip`` is the last commit of
    a range, and ``today`` the day on which that is to be taken, None in a history.
    """

    ranged: bool = False
    grounds: tuple[str, ...] = ()
    rules: str = ""
    days: int = DAYS
    tip: str = ""
    today: date | None = None


@dataclass
class Inquiry:
    """One run. ``last_good`` leads from a version that cannot be read whole to the one before it, by contents' ids;
    ``vanished`` are entries that cannot be found in later files.
    """

    history: History
    objects: Objects
    scope: Scope
    observations: list[Observation] = field(default_factory=list)
    last_good: dict[str, str] = field(default_factory=dict)
    unheld: Counter[str] = field(default_factory=Counter)
    vanished: dict[str, Home] = field(default_factory=dict)
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
                self._trees = {id_: tree for id_, tree in self._trees.items() if id_ in self.scope.grounds}
            self._trees[commit] = Tree(self.history, self.objects, commit)
        return self._trees[commit]

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

    def book(self, commit: Commit) -> UnitBook:
        """The unit book that a commit is held against; its own where there was none."""
        ids = (self.folders.files(at).get(UNITS_FILE) for at in (self.rules_at(commit), commit.id))
        return next((book for id_ in ids if id_ and (book := self.unit_book(id_))), UnitBook())

    def unit_book(self, id_: str) -> UnitBook | None:
        """A unit book, or the one before it where it cannot be read."""
        book: UnitBook | None = self.folders.read(UnitBook, id_).value
        return book or self.folders.read(UnitBook, self.last_good.get(id_, id_)).value

    def plan(self, id_: str) -> Plan | None:
        """A plan, or the one before it where it cannot be read whole."""
        plan: Plan | None = self.folders.read(Plan, self.last_good.get(id_, id_)).value
        return plan or self.folders.read(Plan, id_).value
