"""Runs several users of one store in steps. After each call on a database, the test chooses who goes on.

Each user has a thread; only one thread runs at a time. No thread sleeps or waits for a database lock: if the lock is held,
another thread goes on.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

import pytest

from zhenggai.index import store

Choice = Callable[[Sequence[int], int], int]
"""Chooses who goes on, from the numbers of all active workers and of the one that has just made a step."""

_ASIDE = ("PRAGMA", "CREATE", "DROP", "DELETE")

_PATIENCE = 200  # tries for a lock before it is given up; stands for a timeout of seconds
_STUCK = 60  # seconds; a longer wait is a fault of the test


class Cast:
    """The workers of one test."""

    def __init__(self, patch: pytest.MonkeyPatch, choose: Choice) -> None:
        self._choose = choose
        self._turns: list[threading.Semaphore] = []
        self._working: list[int] = []
        self._who: dict[int, int] = {}
        self._failed: list[BaseException] = []
        self._done = threading.Event()
        self.steps = 0
        cast = self

        class Connection(sqlite3.Connection):
            """A connection whose calls are steps, except those inside a transaction, which others cannot see."""

            def execute(self, statement: str, *values: Any) -> Any:
                if statement.startswith("PRAGMA synchronous"):  # there are no power cuts in these tests
                    statement = "PRAGMA synchronous = OFF"
                call = partial(super().execute, statement, *values)
                return call() if statement.startswith(_ASIDE) else cast._step(call)

        def connect(path: Any, **options: Any) -> Connection:
            return sqlite3.connect(path, factory=Connection, **options | {"timeout": 0})

        class Watched:
            """The replacement of the module ``sqlite3`` in the store."""

            def __getattr__(self, name: str) -> Any:
                return connect if name == "connect" else getattr(sqlite3, name)

        patch.setattr(cached_property, "__get__", _unlocked)
        patch.setattr(store, "sqlite3", Watched())

    def play(self, *works: Callable[[], None]) -> None:
        """Run all works to the end. Raises the error of a failed one."""
        threads = [threading.Thread(target=self._work, args=(nth, work), daemon=True) for nth, work in enumerate(works)]
        self._turns = [threading.Semaphore(0) for _ in works]
        self._working = list(range(len(works)))
        for thread in threads:
            thread.start()
        self._go_on(self._choose(self._working, 0))
        assert self._done.wait(_STUCK), "all wait for one another"
        for thread in threads:
            thread.join()
        if self._failed:
            raise self._failed[0]

    def _work(self, nth: int, work: Callable[[], None]) -> None:
        self._who[threading.get_ident()] = nth
        self._turns[nth].acquire()
        try:
            work()
        except BaseException as error:  # ``play`` raises it
            self._failed.append(error)
        self._working.remove(nth)
        if self._working:
            self._go_on(self._choose(self._working, nth))
        else:
            self._done.set()

    def _go_on(self, nth: int) -> None:
        self._turns[nth].release()

    def _pass(self, to: int, nth: int) -> None:
        if to != nth:
            self._go_on(to)
            self._turns[nth].acquire()

    def _step(self, call: Callable[[], Any]) -> Any:
        nth = self._who.get(threading.get_ident())
        if nth is None:
            return call()
        self.steps += 1
        self._pass(self._choose(self._working, nth), nth)
        for _ in range(_PATIENCE):
            try:
                return call()
            except sqlite3.OperationalError as error:
                others = [other for other in self._working if other != nth]
                if "locked" not in str(error) or not others:
                    raise
                self._pass(others[self.steps % len(others)], nth)
        return call()


def _unlocked(of: Any, instance: Any, _owner: object = None) -> Any:
    """``cached_property.__get__`` without a lock, as in Python 3.12. Earlier versions lock it for all threads."""
    if instance is None:
        return of
    if of.attrname not in instance.__dict__:
        instance.__dict__[of.attrname] = of.func(instance)
    return instance.__dict__[of.attrname]
