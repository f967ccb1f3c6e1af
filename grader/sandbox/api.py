"""What every box offers, whatever keeps it apart from the machine.

The life of a box::

    isolation = detect(Level.NONE)                       once per process, by trying; what holds is in `enforced`
    box = open_box(isolation, files, limits=..., python=...)
        a private folder is filled, two sockets are made, the launcher starts  bwrap -> enter -> python main.py FD
        open_box returns when the zygote's process exists; Python is still booting in it then
    box.control                                          ask the zygote; EOF here means that it is gone
    box.desk                                             accept connections of the program's own processes
    box.close()                                          everything is killed, nothing is left, the folder is removed

A box ends early when its zygote ends; `close` is due all the same, may be called twice and from any thread.
It dies with the examiner too: the kernel ends the namespace (`--die-with-parent`), or the keeper does (`keeper.py`).
"""

from __future__ import annotations

import socket
from typing import Protocol

from grader.model.observation import Isolation

INSIDE_ROOT = "/box"
DESK = "desk"


class Box(Protocol):
    """A started box: who lives in it, how to talk to it, how to end it."""

    @property
    def root(self) -> int:
        """Host pid below which everything of the box lives: bwrap's, or the keeper's."""

    @property
    def zygote(self) -> int:
        """Host pid of the inside main process, as the kernel told it."""

    @property
    def own(self) -> frozenset[int]:
        """Host pids of the processes that are ours and not the program's: root, the namespace's init, the zygote."""

    @property
    def control(self) -> socket.socket:
        """Our end of the control line (SOCK_SEQPACKET, SO_PASSCRED); argv[1] inside is the other end's descriptor."""

    @property
    def desk(self) -> socket.socket:
        """Listening socket (SOCK_SEQPACKET, SO_PASSCRED, non-blocking), inside at `inside_root + "/desk"`."""

    @property
    def inside_root(self) -> str:
        """Where the files lie as seen from inside."""

    @property
    def isolation(self) -> Isolation:
        """What holds for this box."""

    def alive(self) -> bool:
        """Whether the zygote still lives."""

    def last_words(self) -> str:
        """What launcher and zygote wrote to their standard error since the last call: for our own fault messages."""

    def close(self) -> None:
        """End the box; returns when nothing of it lives any more."""
