"""Intercepts the writer's disk operations. Each step can be recorded, made to fail, or interrupted."""

import builtins
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

import pytest

from zhenggai.writing import atomic


class Step(NamedTuple):
    """One call (create, write, read, sync, chmod, replace, unlink, mkdir, rmdir), its path, and the bytes of a write."""

    name: str
    path: Path
    target: Path | None = None
    data: bytes = b""


Around = Callable[[Step, Callable[[], Any]], Any]


class _File(AbstractContextManager["_File"]):
    def __init__(self, path: Path, file: IO[bytes], around: Around) -> None:
        self._path, self._file, self._around = path, file, around

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        self._around(Step("write", self._path, None, data), lambda: self._file.write(data))

    def flush(self) -> None:
        self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


def watch(patch: pytest.MonkeyPatch, around: Around) -> None:
    """Pass every step from now on to ``around``, which decides whether to do it."""
    opened: dict[int, Path] = {}
    system = {name: getattr(os, name) for name in ("open", "fsync", "chmod", "replace", "unlink", "mkdir", "rmdir")}
    read = Path.read_bytes

    def open_file(path: Path, mode: str) -> _File:
        file = around(
            Step("create", path),
            lambda: builtins.open(path, mode, buffering=0),  # noqa: SIM115  # closed by _File
        )
        opened[file.fileno()] = path
        return _File(path, file, around)

    def open_handle(path: Any, *arguments: Any, **options: Any) -> int:
        handle: int = system["open"](path, *arguments, **options)
        opened[handle] = Path(path)
        return handle

    def by_path(name: str) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **options: Any) -> Any:
            return around(Step(name, Path(path)), lambda: system[name](path, *arguments, **options))

        return call

    patch.setattr(atomic, "open", open_file, raising=False)
    patch.setattr(os, "open", open_handle)
    patch.setattr(os, "fsync", lambda handle: around(Step("sync", opened[handle]), lambda: system["fsync"](handle)))
    patch.setattr(
        os,
        "replace",
        lambda old, new: around(Step("replace", Path(old), Path(new)), lambda: system["replace"](old, new)),
    )
    patch.setattr(Path, "read_bytes", lambda path: around(Step("read", path), lambda: read(path)))
    for name in ("chmod", "unlink", "mkdir", "rmdir"):
        patch.setattr(os, name, by_path(name))


class Steps:
    """Does and counts all steps. At step ``at`` it calls ``instead``: a failure, a kill, an interruption."""

    def __init__(self, at: int, instead: Around, *, for_ever: bool = False) -> None:
        self.taken: list[Step] = []
        self._at, self._instead, self._for_ever = at, instead, for_ever

    def __call__(self, step: Step, do: Callable[[], Any]) -> Any:
        self.taken.append(step)
        nth = len(self.taken) - 1
        return self._instead(step, do) if nth == self._at or (self._for_ever and nth > self._at) else do()


def counted(act: Callable[[], object]) -> list[Step]:
    """The steps of an act, recorded."""
    steps = Steps(-1, lambda _step, do: do())
    with pytest.MonkeyPatch.context() as patch:
        watch(patch, steps)
        act()
    return steps.taken
