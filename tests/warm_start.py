"""Starts the program in a process that has imported it already: a fork takes a tenth of the time of a new Python.

Arguments, folder, environment and streams are those of a process of its own. What comes before ``main`` is not tried: the
start of Python, the imports, another locale than UTF-8, closed streams. A test about these starts Python itself.

Each worker of a test run has one waiting process, which forks for each start and ends with the worker.
"""

import marshal  # json takes longer to import than the stand-in may take
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from functools import cache

MODULE = "from zhenggai.cli.start import main; main()"  # as ``python -m zhenggai``
LATE = ("chinese_calendar", "filelock", "rich.progress", "rich.text")  # what only functions import
_processes: list[object] = []  # the one that waits: its stdin ends with this object


class Started:
    """A run of the program. Its three streams are open descriptors; without an environment it has the current one."""

    def __init__(
        self,
        code: str,
        words: Sequence[str],
        streams: Sequence[int],
        *,
        folder: str = "",
        environment: Mapping[str, str] = os.environ,
        address: str = "",
    ) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(address or waiting_process())
        socket.send_fds(self._connection, [b"."], streams)
        asked = (code, [*words], os.path.join(os.getcwd(), folder), dict(environment))
        self._connection.sendall(marshal.dumps(asked))
        self._connection.shutdown(socket.SHUT_WR)

    def wait(self, patience: float | None = None) -> int:
        """Wait for the end. Returns the exit code."""
        self._connection.settimeout(patience)
        with self._connection:
            return int(self._connection.recv(16))


def ended(
    code: str, words: Sequence[str], folder: str, environment: Mapping[str, str], stdout: int | None = None
) -> tuple[int, str, str]:
    """The exit code of a run with nothing to read, and what it said on stdout, unless that is given, and on stderr."""
    import tempfile  # imported here, as below

    with open(os.devnull) as nothing, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as told:
        streams = (nothing.fileno(), answer.fileno() if stdout is None else stdout, told.fileno())
        exit_code = Started(code, words, streams, folder=folder, environment=environment).wait()
        answer.seek(0)
        told.seek(0)
        return exit_code, answer.read().decode(), told.read().decode()


@cache
def waiting_process() -> str:
    """The address of this worker's waiting process, which is made when it is first asked for."""
    import subprocess  # imported here: the stand-in for Python has to be quick
    import tempfile

    address = os.path.join(tempfile.mkdtemp(prefix="zhenggai-"), "start")
    process = subprocess.Popen(
        [sys.executable, __file__, address],
        env={"PATH": os.environ["PATH"], "HOME": os.devnull, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    _processes.append(process)
    return address


def stand_in() -> str:
    """A program that runs ``-P -m zhenggai WORDS`` as Python does: what a hook or a merge driver may name as its Python."""
    path = os.path.join(os.path.dirname(waiting_process()), "python")
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                f"#!{sys.executable} -IS\n"
                f"import sys; sys.path.append({os.path.dirname(__file__)!r})\n"
                "from warm_start import MODULE, Started\n"
                "words = sys.argv[sys.argv.index('zhenggai') + 1 :]\n"
                f"sys.exit(Started(MODULE, words, (0, 1, 2), address={waiting_process()!r}).wait())\n"
            )
        os.chmod(path, 0o700)
    return path


def serve(address: str) -> None:
    """Import the program, and fork for each start that is asked for, until stdin ends."""
    import gc
    import pkgutil
    import select
    import shutil
    import signal
    from importlib import import_module

    import zhenggai

    modules = [module.name for module in pkgutil.walk_packages(zhenggai.__path__, "zhenggai.")]
    for name in (*modules, *LATE):
        if name != "zhenggai.__main__":
            import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
            connection = listener.accept()[0]
            with connection:
                if os.fork() == 0:
                    listener.close()
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    _answer(connection)
    shutil.rmtree(os.path.dirname(address))


def _answer(connection: socket.socket) -> None:
    """Run what is asked for in a process of its own, and tell how it ended. Ends this process."""
    streams = socket.recv_fds(connection, 1, 3)[1]
    with connection.makefile("rb") as request:
        code, words, folder, environment = marshal.load(request)
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        connection.sendall(b"%d" % os.waitstatus_to_exitcode(status))
        os._exit(0)
    connection.close()
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    own = (  # kept, as Python keeps the first ones, since the program goes on with their buffers
        os.fdopen(0, closefd=False),
        os.fdopen(1, "w", closefd=False),
        os.fdopen(2, "w", 1, errors="backslashreplace", closefd=False),
    )
    sys.stdin, sys.stdout, sys.stderr = own
    sys.argv = ["zhenggai", *words]
    exec(code, {"__name__": "__main__"})
    sys.exit()


if __name__ == "__main__":
    serve(sys.argv[1])
