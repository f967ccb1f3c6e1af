"""The examiner's side of the desk: processes of the box introduce themselves, wait at places, bring memory."""

from __future__ import annotations

import array
import contextlib
import os
import secrets
import signal
import socket
import struct
import time
from collections.abc import Callable
from typing import TypeVar

from grader.inside.vocabulary import ASK_BYTES, FRAME_BYTES, Role
from grader.observe.tree import is_housekeeping, look_at
from grader.suite.memory import mapped, watched
from grader.suite.records import Place, Record
from grader.wire import Introduction, Malformed, read

Received = TypeVar("Received")
CREDENTIALS = struct.Struct("3i")  # pid, uid, gid: unix(7), SO_PEERCRED
GO = b"go"
MOST_CONNECTIONS = 512
MOST_NOTES = 10_000
TRUNCATED = int(socket.MSG_TRUNC)  # as a member of an enum it takes longer than the call
MOST_LETTERS = 40  # of the name of a mapping


def peer_pid(connection: socket.socket) -> int:
    """Which process connected, as the kernel says; 0 where it does not tell (macOS)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return 0
    data = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
    return int(CREDENTIALS.unpack(data)[0])


def receive(connection: socket.socket) -> tuple[bytes, list[int], int]:
    """One message: its bytes, the descriptors that came with it, and the pid of its sender (0 if unknown)."""
    data, extra, flags = _despite_reset(lambda: _message(connection))
    fds = array.array("i")
    sender = 0
    for level, kind, content in extra:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(content[: len(content) - len(content) % fds.itemsize])
        elif level == socket.SOL_SOCKET and kind == getattr(socket, "SCM_CREDENTIALS", -1):
            sender = CREDENTIALS.unpack(content[: CREDENTIALS.size])[0]
    if flags & TRUNCATED:
        close_all(list(fds))
        raise Malformed("a message that is too large")
    return data, list(fds), sender


def receive_words(connection: socket.socket) -> bytes:
    """One message of somebody who has nothing else to give: descriptors that come with it are closed by the kernel."""
    return _despite_reset(lambda: connection.recv(FRAME_BYTES))


def _despite_reset(receive: Callable[[], Received]) -> Received:
    """What comes, also from who ended without having read what we said: the kernel says that once, and first."""
    try:
        return receive()
    except ConnectionResetError:
        return receive()


def _message(connection: socket.socket) -> tuple[bytes, list[tuple[int, int, bytes]], int]:
    room = socket.CMSG_SPACE(CREDENTIALS.size) + socket.CMSG_SPACE(8 * array.array("i").itemsize)
    return connection.recvmsg(FRAME_BYTES + 1024, room, getattr(socket, "MSG_CMSG_CLOEXEC", 0))[:3]


def close_all(fds: list[int]) -> None:
    """Close descriptors that nobody wants."""
    for fd in fds:
        os.close(fd)


class Desk:
    """Serves the desk of one call; what it learns ends in the record.

    `imported` is called when the scenario has imported the submission; the first `bereave` processes that the program
    brings up are killed at their birth. `stacks` is the pipe into which the others write where they stand.
    """

    def __init__(
        self, call: str, record: Record, imported: Callable[[], None], *, stacks: int, bereave: int = 0
    ) -> None:
        self.call = call
        self.stacks = stacks
        self.imported = imported
        self.bereave = bereave
        self.record = record
        self.connections: list[socket.socket] = []

    def accept(self, listener: socket.socket) -> socket.socket:
        """Let one process in; what it says first may take its time. Raises Malformed, BlockingIOError."""
        connection, _ = listener.accept()
        self.connections.append(connection)
        if len(self.connections) > MOST_CONNECTIONS:
            raise Malformed("too many processes at the desk")
        return connection

    def take_in(self, connection: socket.socket) -> tuple[Introduction, int] | None:
        """Hear who somebody is who has said it. Raises Malformed.

        Returned is the word of a gate or a worker, to be listened to, and its pid.
        """
        pid = peer_pid(connection)
        data, fds, _sender = receive(connection)
        if not data:
            self.drop(connection)
            return None
        try:
            introduction = read(data[:ASK_BYTES], Introduction)
        except Malformed:
            close_all(fds)
            raise
        if introduction.call != self.call:
            close_all(fds)
            self.drop(connection)
            return None
        return self._serve(connection, introduction, fds, pid)

    def _serve(
        self, connection: socket.socket, word: Introduction, fds: list[int], pid: int
    ) -> tuple[Introduction, int] | None:
        if word.role not in (Role.SHARE, Role.MAPPING):
            close_all(fds)
        match word.role:
            case Role.GATE | Role.WORKER:
                return word, pid
            case Role.HOUSEKEEPER:
                if self.record.births:
                    raise Malformed("a housekeeper of the library, after the submission could run")
                self.record.housekeepers.add(pid)
                self.release(connection)
            case Role.BORN:
                self._bear(connection, pid)
            case Role.IMPORTED:
                if pid == self.record.line.pid:
                    self.imported()
                self.release(connection)
            case Role.SHARE:
                self._share(connection, word, fds, pid)
            case Role.MAPPING:
                self._name_mapping(connection, word, fds)
            case Role.EXITS:
                if pid != self.record.line.pid:
                    raise Malformed("exit codes from another process than the one that waited for them")
                self.record.exits.update(word.exits)
                self.release(connection)
            case Role.MEETING:
                place = self.record.meetings.setdefault(word.name, Place())
                place.size, place.crowd, place.patience = word.size, word.do == "crowd", word.count
                self._attend(place, connection, pid)
            case Role.NOTE:
                self._write_down(word, pid)
                self.release(connection)
            case Role.DOOR:
                self._at_door(self.record.doors.setdefault(word.name, Place()), connection, word, pid)
        return None

    def _share(self, connection: socket.socket, word: Introduction, fds: list[int], pid: int) -> None:
        """Shared memory that the scenario's process made; the examiner reads it by its descriptor."""
        if len(fds) != 1:
            close_all(fds)
            raise Malformed("shared memory without its descriptor")
        if pid != self.record.line.pid or word.name in self.record.memory:
            close_all(fds)
            raise Malformed("shared memory from another process than the one that made it")
        self.record.memory[word.name] = watched(word, fds[0])
        self.release(connection)

    def _bear(self, connection: socket.socket, pid: int) -> None:
        """A process of the program was born; in a bereaved run the first ones do not live.

        A fork server runs our file, too, so that its workers do; it is none of the program's own.
        """
        process = look_at(pid)
        own = pid not in self.record.housekeepers and not (process and is_housekeeping(process))
        first = own and self.record.killed < self.bereave and self.record.line.began is not None and pid > 0
        if own:
            self.record.births.add(pid)
        self.record.endings.watch(pid)
        if first:
            self.record.killed += 1
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.drop(connection)
        else:
            with contextlib.suppress(OSError):  # it has ended meanwhile
                socket.send_fds(connection, [GO], [self.stacks])
            self.drop(connection)

    def _name_mapping(self, connection: socket.socket, word: Introduction, fds: list[int]) -> None:
        if len(fds) != 1:
            close_all(fds)
            raise Malformed("a mapping without its descriptor")
        name = mapped(self.record.mappings, fds[0], word.name[:MOST_LETTERS], self.record.memory)
        self.release(connection, name.encode())

    def _write_down(self, word: Introduction, pid: int) -> None:
        if sum(map(len, self.record.notes.values())) >= MOST_NOTES:
            raise Malformed("too many notes")
        self.record.notes.setdefault(word.name, []).append((pid, word.text))

    def _attend(self, place: Place, connection: socket.socket, pid: int) -> None:
        if place.open:
            self._hand_out(place, connection, pid)
            return
        place.waiting.append((connection, pid))
        place.last_came = time.monotonic()
        there = len(place.waiting) if place.crowd else len({waiting for _, waiting in place.waiting})
        place.most = max(place.most, there)
        if place.most >= place.size:
            self.let_go(place)

    def _at_door(self, place: Place, connection: socket.socket, word: Introduction, pid: int) -> None:
        if word.do == "open":
            self.let_go(place)
            self.release(connection)
        elif word.do == "arrived":
            place.watchers.append((connection, word.count))
        elif place.open:
            place.came.add(pid)
            self.release(connection)
        else:
            place.came.add(pid)
            place.waiting.append((connection, pid))
        for watcher, count in list(place.watchers):
            if len(place.came) >= count:
                place.watchers.remove((watcher, count))
                self.release(watcher)

    def let_go(self, place: Place) -> None:
        """Everybody who waits at the place goes on, and whoever comes later does not wait."""
        place.open = True
        waiting, place.waiting = place.waiting, []
        for connection, pid in waiting:
            self._hand_out(place, connection, pid)

    def _hand_out(self, place: Place, connection: socket.socket, pid: int) -> None:
        ticket = secrets.token_hex(6)
        place.tickets[ticket] = pid
        self.release(connection, ticket.encode())

    def let_meetings_go(self) -> bool:
        """Let every meeting go at which somebody waits; False if there was none."""
        places = [place for place in self.record.meetings.values() if place.waiting]
        for place in places:
            self.let_go(place)
        return bool(places)

    def let_crowds_go(self, now: float, crowding: float) -> None:
        """Let every crowd go that has waited long enough for one more; `crowding` makes seconds longer."""
        for place in self.record.meetings.values():
            if place.crowd and place.waiting and place.last_came + place.patience * crowding < now:
                self.let_go(place)

    def release(self, connection: socket.socket, word: bytes = GO) -> None:
        """Let the process at the other end go on."""
        with contextlib.suppress(OSError):  # it has ended meanwhile: data, not an error
            connection.send(word)
        self.drop(connection)

    def drop(self, connection: socket.socket) -> None:
        """Let go of a connection."""
        connection.close()
        if connection in self.connections:
            self.connections.remove(connection)

    def close(self) -> None:
        """Let go of everything."""
        for connection in self.connections:
            connection.close()
        self.connections.clear()
