"""The sockets between an examiner and one box.

examiner                                        box
control  <-------- SOCK_SEQPACKET ----------->  argv[1] of main.py
desk     <-------- listening, by path ------->  inside_root/desk
line     <-- "born", with the kernel's pid ---  enter.py, which then closes it (without walls the keeper keeps it)
words    <-------- pipe ----------------------  standard error of launcher and zygote
"""

from __future__ import annotations

import os
import select
import socket
import struct
from contextlib import ExitStack, suppress
from pathlib import Path

from grader.errors import GraderFault
from grader.model.message import say

BACKLOG = 64
WORDS_AT_MOST = 16 * 1024
CREDENTIALS = struct.Struct("3i")  # pid, uid, gid


class Wires:
    """Our ends, and until `hand_over` the box's ends; `undo` closes all of them."""

    def __init__(self, place_of_desk: Path, undo: ExitStack) -> None:
        self._theirs = undo.enter_context(ExitStack())
        self.control, self.control_inside = self._pair(undo)
        self.line, self.line_inside = self._pair(undo)
        self.desk = undo.enter_context(_listening(place_of_desk))
        self._words, self.words_inside = os.pipe()
        undo.callback(os.close, self._words)
        self._theirs.callback(os.close, self.words_inside)
        # Nobody reads while all is well: a writer must not block, nor a reader.
        os.set_blocking(self._words, False)
        os.set_blocking(self.words_inside, False)

    def _pair(self, undo: ExitStack) -> tuple[socket.socket, socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        undo.enter_context(ours)
        self._theirs.enter_context(theirs)
        _ask_for_credentials(ours)
        return ours, theirs

    @property
    def passed(self) -> tuple[int, int]:
        """The descriptors that a box inherits under their numbers: of the line and of the control line."""
        return self.line_inside.fileno(), self.control_inside.fileno()

    def hand_over(self) -> None:
        """Close the box's ends here, so that the end of the box is the end of each line."""
        self._theirs.close()

    def wait_for_birth(self, seconds: float) -> int:
        """The zygote's pid on this machine; raises GraderFault when the box ends before there is one."""
        ready, _, _ = select.select([self.line], [], [], seconds)
        if not ready:
            raise GraderFault(
                say("a box did not start within {seconds} s ({words})", seconds=seconds, words=self.last_words())
            )
        message, ancillary, _, _ = self.line.recvmsg(64, socket.CMSG_SPACE(CREDENTIALS.size))
        if not message:
            raise GraderFault(say("a box did not start ({words})", words=self.last_words()))
        for _, _, data in ancillary:
            return int(CREDENTIALS.unpack(data[: CREDENTIALS.size])[0])
        return int(message)  # no credentials on this platform, but no pid namespaces either

    def last_words(self) -> str:
        """What was written to the box's standard error since the last call."""
        with suppress(BlockingIOError):
            return os.read(self._words, WORDS_AT_MOST).decode(errors="replace").strip()
        return ""


def _listening(place: Path) -> socket.socket:
    desk = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        desk.bind(str(place))
        place.chmod(0o666)
        _ask_for_credentials(desk)
        desk.setblocking(False)
        desk.listen(BACKLOG)
    except OSError:
        desk.close()
        raise
    return desk


def _ask_for_credentials(ours: socket.socket) -> None:
    if hasattr(socket, "SO_PASSCRED"):
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
