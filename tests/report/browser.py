"""One headless Chromium for all tests that look at a page, spoken to through pipes by its own protocol (CDP)."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PATIENCE = 120.0
ABOVE_THEIRS = 10  # our ends of the pipes: 3 and 4 become the browser's
EVERYTHING_SHOWN = """new Promise(done => {
  document.querySelectorAll("details").forEach(one => one.open = true);
  window.scrollTo(0, document.documentElement.scrollHeight);
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
})"""
WIDTHS = "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-extensions"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was looked at; widths in pixels."""

    requests: tuple[str, ...]
    complaints: tuple[str, ...]
    shown: int
    needed: int


class Browser:
    """Chromium, until the end of the block."""

    def __init__(self, program: str, profile: Path) -> None:
        self._program = program
        self._profile = profile
        self._asked = 0
        self._heard = b""
        self._events: list[dict[str, Any]] = []
        self._session = ""

    def __enter__(self) -> Self:
        theirs_in, self._to = map(_high, os.pipe())
        self._from, theirs_out = map(_high, os.pipe())
        command = [self._program, *OPTIONS, f"--user-data-dir={self._profile}", "about:blank"]
        silent = os.open(os.devnull, os.O_RDWR)
        actions = [(os.POSIX_SPAWN_DUP2, theirs_in, 3), (os.POSIX_SPAWN_DUP2, theirs_out, 4)]
        actions += [(os.POSIX_SPAWN_DUP2, silent, number) for number in (0, 1, 2)]
        self._pid = os.posix_spawn(self._program, command, os.environ, file_actions=actions, setsid=True)
        for descriptor in (theirs_in, theirs_out, silent):
            os.close(descriptor)
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self._ask(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._to)
        os.close(self._from)
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def look(self, file: Path, *, width: int = 1280, dark: bool = False) -> Page:
        """Open a file with everything in it unfolded, down to its end."""
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[theme])
        self._events.clear()
        self._ask("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._events.append(self._next())
        self.evaluate(EVERYTHING_SHOWN)
        shown, needed = self.evaluate(WIDTHS)
        return Page(
            requests=tuple(event["params"]["request"]["url"] for event in self._of("Network.requestWillBeSent")),
            complaints=(
                *(event["params"]["entry"]["text"] for event in self._of("Log.entryAdded")),
                *(str(event["params"]["exceptionDetails"]) for event in self._of("Runtime.exceptionThrown")),
            ),
            shown=shown,
            needed=needed,
        )

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of the page; of a promise what it comes to."""
        answer = self._ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def picture(self, file: Path) -> None:
        """The whole page as it is shown now, as PNG."""
        import base64

        shot = self._ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def _of(self, method: str) -> list[dict[str, Any]]:
        return [event for event in self._events if event["method"] == method]

    def _ask(self, method: str, **parameters: object) -> Any:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._asked:
            self._events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._from], [], [], PATIENCE)
            piece = os.read(self._from, 2**20) if ready else b""
            assert piece, "Chromium says nothing more"
            self._heard += piece
        message, _, self._heard = self._heard.partition(b"\0")
        read: dict[str, Any] = json.loads(message)
        return read


def _high(descriptor: int) -> int:
    """The same pipe under a number that is out of the way, not inherited."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, ABOVE_THEIRS)
    os.close(descriptor)
    return moved
