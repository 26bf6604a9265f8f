"""Reads git's objects by the thousand through one process (``git cat-file --batch``)."""

import subprocess
from pathlib import Path
from typing import Self

from zhenggai.store.git import command, environment, path_bytes


class Objects:
    """The objects of a repository, open for reading: ``with Objects(folder) as objects: objects.read("HEAD:a.yaml")``."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            command(folder, "cat-file", "--batch"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asked, self._told = self._process.stdin, self._process.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._asked.close()
        self._told.close()
        self._process.wait()

    def read(self, name: str) -> bytes | None:
        """An object's bytes, by its id or any name git knows it by; None where there is none."""
        if "\n" in name:
            return None
        self._asked.write(path_bytes(name) + b"\n")
        self._asked.flush()
        head = self._told.readline().split()
        if len(head) != 3 or not head[2].isdigit():  # "… missing", or git has gone
            return None
        data = self._told.read(int(head[2]))
        self._told.read(1)
        return data
