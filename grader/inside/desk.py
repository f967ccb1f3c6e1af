"""The way from any process of the box to the examiner: a socket at which it introduces itself.

The kernel tells the examiner which process connects, so a pid is never taken from what a message says.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
from typing import Any

from .stacks import tell_on_request
from .vocabulary import Role

CALL = "BOX_CALL"  # which call a process belongs to; inherited by spawned children too


class Desk:
    """Where to find the examiner, for one call; picklable, so that callables can carry it."""

    def __init__(self, path: str, call: str) -> None:
        self.path = path
        self.call = call

    def connect(self, role: Role, fds: tuple[int, ...] = (), **what: Any) -> socket.socket:
        """A connection on which the first message said who we are."""
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connection.connect(self.path)
        message = json.dumps({"call": self.call, "role": role, **what}).encode()
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        connection.sendmsg([message], rights)
        return connection

    def tell(self, role: Role, fds: tuple[int, ...] = (), **what: Any) -> str:
        """Say one thing and wait until it was taken in, so that what follows cannot overtake it; returns the answer."""
        with self.connect(role, fds, **what) as connection:
            return connection.recv(16).decode()


class Meeting:
    """A place where `size` different processes have to be at once; the examiner counts them."""

    def __init__(self, desk: Desk, name: str, size: int) -> None:
        self.desk = desk
        self.name = name
        self.size = size

    def attend(self) -> str:
        """Wait until all are there, or until the examiner has proof that no more will come; returns a ticket.

        The examiner hands out each ticket once: a result that contains it comes from the process that was there.
        """
        return self.desk.tell(Role.MEETING, name=self.name, size=self.size)


class Notebook:
    """Lines in the order in which they were written, each with the process that wrote it; the examiner keeps them."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk = desk
        self.name = name

    def write(self, text: str) -> None:
        """Write one line; it stands there when this returns."""
        self.desk.tell(Role.NOTE, name=self.name, text=text)


class Crowd:
    """A place where fewer than `size` should ever be at once, threads of one process counted one by one."""

    def __init__(self, desk: Desk, name: str, size: int, patience: int) -> None:
        self.desk = desk
        self.name = name
        self.size = size
        self.patience = patience

    def attend(self) -> None:
        """Wait a moment for one more: until there are too many, or until it is clear that no more will come."""
        self.desk.tell(Role.MEETING, name=self.name, size=self.size, do="crowd", count=self.patience)


class Door:
    """A door that stays closed until somebody opens it; the examiner holds it."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk = desk
        self.name = name

    def wait(self) -> None:
        """Wait until the door is open."""
        self.desk.tell(Role.DOOR, name=self.name, do="wait", count=0)

    def open(self) -> None:
        """Let everybody through, now and later."""
        self.desk.tell(Role.DOOR, name=self.name, do="open", count=0)

    def arrived(self, count: int) -> None:
        """Wait until `count` processes wait at the closed door, or have come to it."""
        self.desk.tell(Role.DOOR, name=self.name, do="arrived", count=count)


def announce_births(path: str) -> None:
    """From now on every process that is forked from this one introduces itself, and so does this one.

    This one is given the pipe for its stacks; those that are forked from it have it then.
    """
    desk = Desk(path, os.environ.get(CALL, ""))

    def born() -> None:
        with contextlib.suppress(OSError):  # the call is over; nobody counts any more
            desk.tell(Role.BORN)

    with contextlib.suppress(OSError), desk.connect(Role.BORN) as connection:
        for descriptor in socket.recv_fds(connection, 16, 1)[1]:
            tell_on_request(descriptor)
    os.register_at_fork(after_in_child=born)
