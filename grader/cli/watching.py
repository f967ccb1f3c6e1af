"""Waits for what a student does next, a save or a key, and lets it break off the grading that is under way.

The main thread grades, since everything it starts is ended by its `finally` clauses; two threads listen. What they hear
while it grades reaches it as KeyboardInterrupt, like a Ctrl-C.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import FrameType

try:
    import termios
    import tty
except ImportError:  # Windows: saves are heard, keys are not
    termios = None  # type: ignore[assignment]

LOOK_EVERY = 0.1  # seconds; one `stat` costs a few microseconds, and an editor's two steps of saving fit in between

State = tuple[int, int, int] | None


class Moment(StrEnum):
    """What the student did; a key's moment is the key."""

    SAVED = "saved"
    HINT = "h"
    LIST = "l"
    NEXT = "n"
    AGAIN = "r"
    QUIT = "q"


BREAKS_OFF = {Moment.SAVED, Moment.AGAIN, Moment.NEXT, Moment.QUIT}


class Watch:
    """Hears the saves of one file at a time, and single keys where a terminal is."""

    def __init__(self) -> None:
        self._heard: queue.SimpleQueue[Moment] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._grading = False
        self._broken_off = False
        self._noticed = threading.Event()
        self._file = Path()
        self._seen: State = None
        self._over = threading.Event()

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen until the end of the block; the terminal gives keys without Enter meanwhile."""
        threading.Thread(target=self._follow, daemon=True).start()
        with _single_keys() as keys:
            if keys is not None:
                threading.Thread(target=self._read_keys, args=(keys,), daemon=True).start()
            try:
                yield
            finally:
                self._over.set()

    def turn_to(self, file: Path) -> None:
        """Hear the saves of this file from now on; how it is now counts as seen."""
        with self._guard:
            self._file, self._seen = file, _state(file)

    def next(self) -> Moment:
        """The next moment; waits for it, and lets a Ctrl-C through whenever it comes.

        A signal between the interpreter's last look and the wait of a lock wakes nobody, and so does one that another
        thread was given: a wait without end would sleep on.
        """
        while True:
            with contextlib.suppress(queue.Empty):
                return self._heard.get(timeout=LOOK_EVERY)

    def breaking_off(self, grade: Callable[[], object]) -> bool:
        """Call `grade`; False if the student did something meanwhile that makes its end uninteresting.

        A KeyboardInterrupt that is not ours goes on to the caller.
        """
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            with self._guard:
                self._grading, self._broken_off = True, False
                self._noticed.clear()
            try:
                grade()
            finally:
                with self._guard:
                    self._grading = False
            # An interrupt that was sent at the last moment is raised at the next call: here, not in the caller.
            self._over.is_set()
        except KeyboardInterrupt:
            if not self._broken_off:
                raise
            return False
        finally:
            signal.signal(signal.SIGINT, before)
        return True

    def hear(self, moment: Moment) -> None:
        """Tell what the student did."""
        with self._guard:
            self._heard.put(moment)
            breaks_off = self._grading and moment in BREAKS_OFF and not self._broken_off
            self._broken_off = self._broken_off or breaks_off
        while breaks_off and self._asks_to_stop():
            self._noticed.wait(LOOK_EVERY)

    def _asks_to_stop(self) -> bool:
        """Interrupt the grading, unless it has noticed that or is over: a signal just before a wait wakes nobody."""
        with self._guard:
            asks = self._grading and not self._noticed.is_set()
            if asks:
                # A signal of the kernel, which ends a wait; `_thread.interrupt_main` would only be noticed after it.
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        return asks

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """End the grading; a second signal of ours must not end its cleaning up."""
        if self._broken_off and self._noticed.is_set():
            return
        self._noticed.set()
        raise KeyboardInterrupt

    def _follow(self) -> None:
        earlier: State = None
        while not self._over.wait(LOOK_EVERY):
            with self._guard:
                file, seen = self._file, self._seen
            state = _state(file)
            # Editors empty a file before they fill it, or rename another over it: it is saved when it is at rest.
            saved = state is not None and state != seen and state == earlier
            earlier = state
            if saved:
                with self._guard:
                    if self._file != file:
                        continue
                    self._seen = state
                self.hear(Moment.SAVED)

    def _read_keys(self, keys: int) -> None:
        while not self._over.is_set():
            key = os.read(keys, 1).decode("ascii", "replace").lower()
            if not key:
                return
            if key in set(Moment):
                self.hear(Moment(key))


def _state(file: Path) -> State:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@contextlib.contextmanager
def _single_keys() -> Iterator[int | None]:
    """The terminal on stdin in a mode that does not wait for Enter; None where there is none."""
    if termios is None or not sys.stdin.isatty():
        yield None
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        yield terminal
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
