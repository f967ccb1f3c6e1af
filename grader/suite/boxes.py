"""Open boxes: one per slot, used again only after it was proved clean."""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grader.errors import GraderFault
from grader.model.exercise import Limits
from grader.model.message import say
from grader.model.observation import Isolation
from grader.observe.tree import processes
from grader.sandbox.api import INSIDE_ROOT, Box
from grader.sandbox.launch import open_box
from grader.suite.bytecode import compiled
from grader.suite.records import Record
from grader.wire import Malformed, ZygoteWord, read

WRITABLE = ["/dev/shm", "/tmp", "/work"]  # noqa: S108 - inside the box, private to it
INSIDE = Path(__file__).parent.parent / "inside"
BOOT_DEADLINE = 20.0
LINE_BYTES = 65_536


class OpenBox:
    """A box whose zygote answers; `used_up` boxes are thrown away. `sources` are texts of what runs in it."""

    def __init__(self, box: Box, sources: Mapping[str, str]) -> None:
        self.box = box
        self.sources = sources
        self.control = box.control
        self.desk = box.desk
        inside = Path(box.inside_root)
        self.folders = (
            WRITABLE if str(inside) == INSIDE_ROOT else [str(inside.parent / "work"), str(inside.parent / "tmp")]
        )
        self.used_up = False
        self.names: frozenset[str] | None = None  # those that stay: what was there before the first explored episode
        self.end: ZygoteWord | None = None
        """Word of an end that was heard while something else was asked, or before all that was said before it."""
        self.control.settimeout(BOOT_DEADLINE)
        try:
            word = self.hear()
        except TimeoutError:
            word = None
        if word is None or word.zygote is None:
            words = box.last_words()
            box.close()
            raise GraderFault(say("a box was opened, but the process inside does not answer ({words})", words=words))
        self.control.settimeout(None)
        self.python = word.python[:40]
        self.ours = frozenset(box.own) | {process.pid for process in processes(box.root)}

    def request(self, request: Mapping[str, Any], fds: list[int]) -> None:
        """Send a request with its descriptors; raises GraderFault if the box is gone."""
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], fds)
        except OSError as error:
            self.used_up = True
            words = self.box.last_words()
            raise GraderFault(say("a box ended before it was used ({words})", words=words)) from error

    def hear(self, flags: int = 0) -> ZygoteWord | None:
        """The next word of the zygote; None when it is gone. With MSG_DONTWAIT it may raise BlockingIOError."""
        try:
            data = self.control.recv(LINE_BYTES, flags)
            return read(data, ZygoteWord) if data else None
        except (Malformed, ConnectionError):
            return None

    def look(self, *, sweep: bool = False) -> frozenset[str]:
        """The names in the folders that a program can write to; raises Malformed if the zygote cannot tell any more.

        With `sweep`, files that are not among those that stay are removed first.
        """
        keep = sorted(self.names or ()) if sweep else None
        self.control.settimeout(BOOT_DEADLINE)
        try:
            self.request({"do": "look", "folders": self.folders, "keep": keep}, [])
            while word := self.hear():
                if word.names is not None:
                    return frozenset(word.names)
                if word.ended is not None:
                    self.end = word
        except (TimeoutError, GraderFault):
            pass  # the program has stopped or killed the zygote
        finally:
            self.control.settimeout(None)
        self.used_up = True
        raise Malformed("the box does not answer any more")

    def end_heard(self) -> ZygoteWord | None:
        """The same, told once."""
        word, self.end = self.end, None
        return word

    def wait_for_end(self, record: Record, seconds: float) -> bool:
        """Wait until the zygote has reaped the call's process; its status goes into the record."""
        deadline = time.monotonic() + seconds
        try:
            while (rest := deadline - time.monotonic()) > 0:
                self.control.settimeout(rest)
                word = self.end_heard() or self.hear()
                if word is None:
                    break
                if word.ended is not None:
                    record.status = word.status
                    return True
        except TimeoutError:
            pass
        finally:
            self.control.settimeout(None)
        self.used_up = True
        return False


class Boxes:
    """At most `slots` boxes at once; a slot's box is opened when it is first needed.

    `side_by_side` has a thread for each.
    """

    def __init__(
        self, isolation: Isolation, files: Mapping[str, bytes], limits: Limits, python: str, slots: int
    ) -> None:
        # Not the submission: what its author may break is read as it stands.
        ready = compiled({path: text for path, text in files.items() if not path.startswith("sub/")})
        everything = {**inside_files(), **files, **ready}
        self._open: Callable[[], Box] = lambda: open_box(isolation, everything, limits=limits, python=python)
        self._sources = {
            f"/{path}": text.decode("utf-8", "replace") for path, text in files.items() if path.endswith(".py")
        }
        self._boxes: dict[int, OpenBox] = {}
        self._free: queue.LifoQueue[int] = queue.LifoQueue()  # rather one whose box is open
        for slot in reversed(range(slots)):
            self._free.put(slot)
        self.side_by_side = ThreadPoolExecutor(slots, thread_name_prefix="slot")
        self._refused = False

    @contextlib.contextmanager
    def borrow(self) -> Iterator[OpenBox]:
        """A box for one conversation; raises GraderFault when there is none to be had any more."""
        slot = self._free.get()
        try:
            yield self._box(slot)
        except BaseException:
            if slot in self._boxes:
                self._boxes[slot].used_up = True
            raise
        finally:
            self._free.put(slot)

    def _box(self, slot: int) -> OpenBox:
        if self._refused:
            raise GraderFault(say("the attempt is over"))
        box = self._boxes.get(slot)
        if box is None or box.used_up or not box.box.alive():
            if box is not None:
                box.box.close()
            box = self._boxes[slot] = OpenBox(self._open(), self._sources)
        return box

    @property
    def python(self) -> str:
        """The version of Python in the boxes, opening one if need be."""
        with self.borrow() as box:
            return box.python

    def refuse(self) -> None:
        """Lend no box from now on: whoever runs ahead of an attempt that is over ends at its next run."""
        self._refused = True

    def close(self) -> None:
        """End all boxes, when those who use them have ended."""
        self.refuse()
        self.side_by_side.shutdown(wait=True, cancel_futures=True)
        for box in self._boxes.values():
            box.box.close()
        self._boxes.clear()


@cache
def inside_files() -> Mapping[str, bytes]:
    """Our own code beyond the wall, also compiled, by its path below the box's root."""
    files = {f"inside/{path.relative_to(INSIDE)}": path.read_bytes() for path in sorted(INSIDE.rglob("*.py"))}
    files["main.py"] = files.pop("inside/main.py")
    return MappingProxyType({**files, **compiled(files)})
