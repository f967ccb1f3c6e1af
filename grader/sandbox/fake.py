"""A box in which nothing runs: for tests of what talks to a box, where whoever holds `inside` plays the zygote."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from grader.model.observation import Isolation, Level
from grader.sandbox.api import DESK
from grader.sandbox.wires import Wires

NOBODY = 0  # as a pid: nothing lives below it, so nothing is looked at, and nothing killed


class FakeBox:
    """The sockets of a Box and no process; its files would lie in `folder`. `inside` is the zygote's end."""

    root = NOBODY
    zygote = NOBODY
    own = frozenset({NOBODY})
    isolation = Isolation(level=Level.NONE)

    def __init__(self, folder: Path) -> None:
        self._resources = ExitStack()
        self._wires = Wires(folder / DESK, self._resources)
        self.inside_root = str(folder)
        self.control = self._wires.control
        self.desk = self._wires.desk
        self.inside = self._wires.control_inside
        self.closed = False

    def alive(self) -> bool:
        """Until it is closed."""
        return not self.closed

    def last_words(self) -> str:
        """What the test wrote as the box's standard error."""
        return self._wires.last_words()

    def say(self, words: str) -> None:
        """Write to the box's standard error."""
        os.write(self._wires.words_inside, words.encode())

    def close(self) -> None:
        """Close the sockets."""
        self.closed = True
        self._resources.close()
