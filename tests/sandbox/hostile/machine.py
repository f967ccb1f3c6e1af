"""The machine that an attack could harm: a canary, services, files with a secret; and what was harmed."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from grader.model.exercise import Limits
from grader.sandbox.limits import task_limit

MIB = 1024 * 1024
LIMITS = Limits(processes=12, memory=256 * MIB, disk_bytes=8 * MIB)
# An innocent process of the same user: it says where it is, and when asked whether it is unharmed.
CANARY = r"""
import ctypes, os, sys
libc = ctypes.CDLL(None); libc.shmat.restype = ctypes.c_void_p
magic, shared = sys.argv[1].encode(), sys.argv[2]
kept = ctypes.create_string_buffer(magic)
segment = libc.shmget(0, 4096, 0o1600); place = libc.shmat(segment, None, 0); ctypes.memmove(place, b"CANARY", 6)
open(shared, "wb").write(b"CANARY")
print(segment, ctypes.addressof(kept), flush=True)
for _ in sys.stdin:
    try: there = open(shared, "rb").read() == b"CANARY"
    except OSError: there = False
    whole = kept.value == magic and ctypes.string_at(place, 6) == b"CANARY" and there
    print(whole and os.getpriority(os.PRIO_PROCESS, 0) == int(sys.argv[3]), flush=True)
libc.shmctl(segment, 0, None); os.path.exists(shared) and os.unlink(shared)
"""


class Machine:
    """What an attack is told to aim at; `harm` says what it hit."""

    def __init__(self, undo: ExitStack) -> None:
        self.token = f"walls-{secrets.token_hex(6)}"
        self.secret = secrets.token_hex(12)
        self.folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="machine-")))
        self.suite = self._file("suite.py")
        self.key = self._file("id_key")
        self.bashrc = self._file(".bashrc")
        self.services = dict(_services(self.folder, self.token, undo))
        mine, theirs = os.openpty()
        undo.callback(os.close, mine)
        undo.callback(os.close, theirs)
        self.terminal = os.ttyname(theirs)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._undo = undo
        self._files = {path: _facts(path) for path in (self.suite, self.key, self.bashrc)}
        self._start_canary()

    def _file(self, name: str) -> Path:
        path = self.folder / name
        path.write_text(f"# {self.secret}\n")
        path.chmod(0o600)
        return path

    def _start_canary(self) -> None:
        self.shared = f"{self.token}-canary"
        nice = str(os.getpriority(os.PRIO_PROCESS, 0))
        command = [sys.executable, "-I", "-S", "-c", CANARY, self.token, f"/dev/shm/{self.shared}", nice]  # noqa: S108
        environment = {"GRADER_SECRET": self.secret}
        self.canary = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=environment
        )
        self._undo.callback(self._end_canary, self.canary)
        assert self.canary.stdout is not None
        self.segment, self.address = map(int, self.canary.stdout.readline().split())

    def _end_canary(self, canary: subprocess.Popen[str]) -> None:
        with contextlib.suppress(BrokenPipeError):
            canary.communicate(timeout=20)

    def target(self, *above: int) -> dict[str, Any]:
        """What an attack has to know; `above` are processes that stand above the box."""
        return {
            "canary": self.canary.pid,
            "examiner": os.getpid(),
            "above": list(above),
            "magic": self.token,
            "token": self.token,
            "secret": self.secret,
            "address": self.address,
            "segment": self.segment,
            "shared": self.shared,
            "ipc": int(self.token[-6:], 16),
            "suite": str(self.suite),
            "key": str(self.key),
            "home": str(self.folder),
            "tasks": task_limit(LIMITS, own_count=True),
            "memory": LIMITS.memory,
            "disk": LIMITS.disk_bytes,
            **{name: address for name, (_, address) in self.services.items()},
            "port": self.port,
            "terminal": self.terminal,
        }

    def harm(self) -> list[str]:
        """What was touched or left since the last look, and is mended by it."""
        places = [Path(place) for place in ("/dev/shm", "/tmp", "/var/tmp", "/run", "/dev/mqueue")]  # noqa: S108
        left = [path for place in places for path in place.glob(f"*{self.token}*") if path.name != self.shared]
        for path in left:
            path.unlink()
        return [*self.touched(), *(f"{path} was left" for path in left), *self._system_v()]

    def touched(self) -> list[str]:
        """What a box that still lives has done to others."""
        found = [f"{name} was reached" for name, (service, _) in self.services.items() if _was_called(service)]
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self.port), 5):
            found.append("a box listens to the world")
        found += [f"{path.name} was changed" for path, facts in self._files.items() if _facts(path) != facts]
        if not self._unharmed():
            found.append("the canary was harmed")
            self._start_canary()
        return found

    def _unharmed(self) -> bool:
        assert self.canary.stdin is not None
        assert self.canary.stdout is not None
        try:
            self.canary.stdin.write("?\n")
        except OSError:
            return False
        return self.canary.stdout.readline() == "True\n"

    def _system_v(self) -> list[str]:
        found = []
        key = str(int(self.token[-6:], 16))
        for kind, flag in (("shm", "-M"), ("sem", "-S"), ("msg", "-Q")):
            rows = [row.split() for row in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]]
            if any(row[0] == key for row in rows):
                found.append(f"System V {kind} was left")
                subprocess.run(["ipcrm", flag, key], check=False)
        return found


def _facts(path: Path) -> tuple[int, ...]:
    status = path.stat()
    return status.st_mtime_ns, status.st_nlink, status.st_mode, status.st_uid, status.st_size


def _was_called(service: socket.socket) -> bool:
    called = False
    with contextlib.suppress(BlockingIOError):
        while True:
            if service.type == socket.SOCK_DGRAM:
                service.recv(100)
            else:
                service.accept()[0].close()
            called = True
    return called


def _services(folder: Path, token: str, undo: ExitStack) -> Iterator[tuple[str, tuple[socket.socket, Any]]]:
    """Listening sockets of the machine by their kind, with the address that an attack needs."""
    outer = _outer_address()
    port: Callable[[socket.socket], Any] = lambda service: service.getsockname()[1]  # noqa: E731
    for name, family, kind, address, told in (
        ("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0), port),
        ("outer_tcp", socket.AF_INET, socket.SOCK_STREAM, (outer, 0), socket.socket.getsockname),
        ("outer_udp", socket.AF_INET, socket.SOCK_DGRAM, (outer, 0), socket.socket.getsockname),
        ("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0), port),
        ("tcp6", socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0), port),
        ("abstract", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{token}", lambda _: token),
        ("path", socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "service"), lambda _: str(folder / "service")),
    ):
        service = undo.enter_context(socket.socket(family, kind))
        service.bind(address)
        if kind == socket.SOCK_STREAM:
            service.listen()
        service.setblocking(False)
        yield name, (service, told(service))


def _outer_address() -> str:
    """The address under which others reach this machine; where it has none, another one of its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # nothing is sent; the address is reserved for examples (RFC 5737)
        except OSError:
            return "127.0.0.2"
        return str(asking.getsockname()[0])
