"""Chromium without a window, spoken to over a pipe (DevTools protocol): what a page says, asks for, and looks like."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(PROGRAM is None or os.name == "nt", reason="no Chromium, or no pipes for it")

SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)


class Page:
    """An open page. ``said`` are its console messages and errors, ``asked`` the addresses of its requests."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, os.fdopen(back, "rb", buffering=0)
        self._numbers, self._held = count(1), b""
        self._session: str | None = None
        self.said: list[str] = []
        self.asked: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """The result of a command."""
        number = next(self._numbers)
        session = {"sessionId": self._session} if self._session else {}
        message = {"id": number, "method": method, "params": parameters} | session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            self._note(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, path: Path, width: int, height: int = 900) -> None:
        """Show a file in a window of this size."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=path.resolve().as_uri())
        while (event := self._next()).get("method") != "Page.loadEventFired":
            self._note(event)

    def value(self, script: str) -> Any:
        """What a script gives in the page."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            read = os.read(self._back.fileno(), 1 << 20)
            assert read, "Chromium has gone"
            self._held += read
        text, _, self._held = self._held.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message

    def _note(self, event: dict[str, Any]) -> None:
        found = event.get("params", {})
        match event.get("method"):
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                self.said.append(json.dumps(found, ensure_ascii=False))
            case "Log.entryAdded":
                self.said.append(found["entry"]["text"])
            case "Network.requestWillBeSent":
                self.asked.append(found["request"]["url"])


@contextmanager
def chromium() -> Iterator[Page]:
    """A page in a Chromium of its own, with an empty profile."""
    assert PROGRAM
    (its_in, ours_out), (ours_in, its_out) = os.pipe(), os.pipe()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:  # its helpers write there a moment longer

        def take_places() -> None:
            """The protocol's pipes are the descriptors 3 and 4."""
            high = [os.dup(os.dup(os.dup(fd))) for fd in (its_in, its_out)]  # above both
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        command = [PROGRAM, *SWITCHES, f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(command, pass_fds=(3, 4), preexec_fn=take_places, stderr=subprocess.DEVNULL) as running:  # noqa: PLW1509  # no threads here
            os.close(its_in)
            os.close(its_out)
            try:
                yield Page(ours_out, ours_in)
            finally:
                running.terminate()
                running.wait()
                os.close(ours_out)
