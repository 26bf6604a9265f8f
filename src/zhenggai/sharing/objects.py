"""Reads git's objects by the thousand through one process each for contents and for sizes (``git cat-file``)."""

import subprocess
from pathlib import Path
from typing import Self

from zhenggai.sharing.git import command, environment, path_bytes, path_text


class Objects:
    """The objects of a repository, open for reading: ``with Objects(folder) as objects: objects.read("HEAD:a.yaml")``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents = _Asked(folder, "--batch")
        self._sizes: _Asked | None = None  # few ask

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._contents.close()
        if self._sizes is not None:
            self._sizes.close()

    def read(self, name: str) -> bytes | None:
        """An object's bytes, by its id or any name git knows it by; None where there is none."""
        size = self._contents.size(name)
        return None if size is None else self._contents.bytes(size)

    def size(self, name: str) -> int | None:
        """How many bytes an object has, without reading it; None where there is none."""
        if self._sizes is None:
            self._sizes = _Asked(self._folder, "--batch-check")
        return self._sizes.size(name)

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, named as ``commit:path``; nothing where there is none."""
        data = self.read(folder) or b""
        if self._contents.kind != b"tree":  # a file has that name
            return []
        id_size = len(folder.partition(":")[0]) // 2  # bytes: SHA-1 or SHA-256
        found, at = [], 0
        while at < len(data):
            end = data.index(b"\0", at)
            found.append(path_text(data[data.index(b" ", at) + 1 : end]))
            at = end + 1 + id_size
        return found


class _Asked:
    """A ``git cat-file`` that is asked for one object after the other."""

    def __init__(self, folder: Path, option: str) -> None:
        self._process = subprocess.Popen(
            command(folder, "cat-file", option),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asked, self._told = self._process.stdin, self._process.stdout
        self.kind = b""  # of the last object: blob, tree, commit, tag

    def size(self, name: str) -> int | None:
        """The size that the answer's head gives."""
        self.kind = b""
        if "\n" in name:
            return None
        self._asked.write(path_bytes(name) + b"\n")
        self._asked.flush()
        head = self._told.readline().split()
        if len(head) != 3 or not head[2].isdigit():  # "… missing", or git has gone
            return None
        self.kind = head[1]
        return int(head[2])

    def bytes(self, size: int) -> bytes:
        """The contents behind the head."""
        data = self._told.read(size)
        self._told.read(1)
        return data

    def close(self) -> None:
        """Let git go."""
        self._asked.close()
        self._told.close()
        self._process.wait()
