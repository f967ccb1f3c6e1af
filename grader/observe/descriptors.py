"""Whether a wait on file descriptors can be ended by anybody outside the tree, or by a clock."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import stat
import struct
from pathlib import Path

from grader.observe import kernel
from grader.observe.waits import Call, Kind, Wait, World

PIDFD_GETFD = 438  # the same number on all machines
TIMEVAL = struct.Struct("ll")
DEEPEST_EPOLL = 3
SENDING = frozenset({"write", "writev", "sendto", "sendmsg"})
READINESS = frozenset({"poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_pwait2"})
_NUMBERED = re.compile(r"^(pipe|socket):\[(\d+)\]$")


def wait_on(call: Call, descriptors: list[int], world: World) -> Wait:
    """How a wait on some descriptors of a process can end: BLOCKED only if each of them is of the tree."""
    return _wait_on(call, descriptors, world, depth=0)


def _wait_on(call: Call, descriptors: list[int], world: World, *, depth: int) -> Wait:
    sockets: list[int] = []
    details: list[str] = []
    for descriptor in descriptors:
        one = _one(call, descriptor, world, depth=depth)
        if one.kind is not Kind.BLOCKED:
            return one
        sockets += one.sockets
        details.append(one.detail)
    return Wait(Kind.BLOCKED, call.name, ", ".join(dict.fromkeys(details)), tuple(sockets))


def _one(call: Call, descriptor: int, world: World, *, depth: int) -> Wait:
    target = kernel.descriptor(call.pid, descriptor)
    if target is None:
        return call.wait(Kind.UNKNOWN, f"descriptor {descriptor}")
    if numbered := _NUMBERED.match(target):
        return _pipe_or_socket(call, descriptor, numbered[1], int(numbered[2]), world)
    if target.startswith(("anon_inode:", "pidfd:")):
        return _anonymous(call, descriptor, target, world, depth=depth)
    if call.name.startswith("mq_"):
        return call.wait(Kind.BLOCKED, "a message queue")
    mode, inode = _mode_and_inode(call.pid, descriptor)
    if stat.S_ISFIFO(mode):
        outside = ("fifo", inode) in world.external
        return call.wait(Kind.EXTERNAL if outside else Kind.BLOCKED, "a FIFO")
    # A terminal, a device, a file on a network: in the hands of others.
    return call.wait(Kind.EXTERNAL, target)


def _pipe_or_socket(call: Call, descriptor: int, kind: str, inode: int, world: World) -> Wait:
    if (kind, inode) in world.external:
        return call.wait(Kind.EXTERNAL, f"a {kind} whose other end is outside")
    if kind == "pipe":
        return call.wait(Kind.BLOCKED, "a pipe")
    if call.name not in READINESS and _has_own_limit(call.pid, descriptor, sending=call.name in SENDING):
        return call.wait(Kind.TIMED, "a socket with a time limit")
    return Wait(Kind.BLOCKED, call.name, "a socket", (inode,))


def _anonymous(call: Call, descriptor: int, target: str, world: World, *, depth: int) -> Wait:
    kind = target.partition(":")[2].strip("[]")
    facts = kernel.descriptor_facts(call.pid, descriptor)
    if target.startswith("pidfd:") or kind == "pidfd":
        found = re.search(r"^Pid:\s*(-?\d+)", facts, re.MULTILINE)
        inside = found is not None and int(found[1]) in world.members
        return call.wait(Kind.BLOCKED if inside else Kind.EXTERNAL, "the end of a process")
    if kind == "timerfd":
        armed = re.search(r"^it_value: \(0, 0\)", facts, re.MULTILINE) is None
        return call.wait(Kind.TIMED if armed else Kind.BLOCKED, "a timer")
    if kind == "eventpoll":
        watched = [int(number) for number in re.findall(r"^tfd:\s*(\d+)", facts, re.MULTILINE)]
        if not facts or depth == DEEPEST_EPOLL:
            return call.wait(Kind.UNKNOWN, "an epoll")
        return _wait_on(call, watched, world, depth=depth + 1)
    if kind in {"eventfd", "signalfd"}:
        return call.wait(Kind.BLOCKED, f"an {kind}" if kind == "eventfd" else f"a {kind}")
    return call.wait(Kind.EXTERNAL, target)  # inotify, io_uring, userfaultfd: woken by others


def _mode_and_inode(pid: int, descriptor: int) -> tuple[int, int]:
    try:
        found = Path(f"/proc/{pid}/fd/{descriptor}").stat()
    except OSError:
        return 0, 0
    return found.st_mode, found.st_ino


def _has_own_limit(pid: int, descriptor: int, *, sending: bool) -> bool:
    """Whether SO_RCVTIMEO or SO_SNDTIMEO ends the wait: shown nowhere in /proc, so the socket itself is asked.

    A socket that cannot be asked counts as limited.
    """
    option = socket.SO_SNDTIMEO if sending else socket.SO_RCVTIMEO
    try:
        process = os.pidfd_open(pid)
    except OSError:
        return True
    try:
        copy = ctypes.CDLL(None).syscall(PIDFD_GETFD, process, descriptor, 0)
        if copy < 0:
            return True
        with socket.socket(fileno=copy) as asked:
            return any(TIMEVAL.unpack(asked.getsockopt(socket.SOL_SOCKET, option, TIMEVAL.size)))
    except OSError:
        return True
    finally:
        os.close(process)
