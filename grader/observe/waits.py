"""What one thread waits for, as far as its system call tells.

    BLOCKED   no time limit, and only somebody of the tree could end the wait
    TIMED     it goes on by itself when its time has come
    EXTERNAL  somebody outside may end the wait: a terminal, the network, a descriptor named in `World.external`
    RUNNING   it runs, or waits for a disk
    UNKNOWN   none of the above can be shown: counts as alive
    ENDED     it is no more

Whoever waits without limit must be proved to do so; every doubt is UNKNOWN. Only BLOCKED and ENDED speak for a hang.
"""

from __future__ import annotations

import ctypes
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.observe import kernel

FUTEX_WAITS = frozenset({0, 6, 9, 11, 13})  # WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2
FUTEX_OPERATION = 0x7F
LOCK_AND_WAIT = frozenset({7, 38})  # F_SETLKW, F_OFD_SETLKW
MOST_DESCRIPTORS = 4096
SIGNAL_SET_BYTES = 8
POLLFD = struct.Struct("ihh")


class Kind(StrEnum):
    """How a wait can end; see the head of this module."""

    BLOCKED = "blocked"
    TIMED = "timed"
    EXTERNAL = "external"
    RUNNING = "running"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Wait:
    """A thread's wait: the word of its call, on what, and the sockets it depends on (their inodes)."""

    kind: Kind
    call: str = ""
    detail: str = ""
    sockets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What is known beforehand: the processes watched, and the pipes and sockets somebody outside will use.

    `interrupted` are the calls from which we roused a thread, by (pid, tid).
    """

    members: frozenset[int]
    external: frozenset[tuple[str, int]] = frozenset()
    interrupted: Mapping[tuple[int, int], kernel.Syscall] = field(default_factory=dict)

    def original(self, pid: int, tid: int, call: kernel.Syscall) -> kernel.Syscall:
        """The call that a `restart_syscall` goes on with, if it is one that we interrupted ourselves."""
        begun = self.interrupted.get((pid, tid), call)
        same = call.name == "restart_syscall" and (begun.args, begun.at) == (call.args, call.at)
        return begun if same else call


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that a thread is in."""

    pid: int
    tid: int
    name: str
    args: tuple[int, ...]

    def wait(self, kind: Kind, detail: str = "") -> Wait:
        """A wait in this call."""
        return Wait(kind, self.name, detail)

    def limited(self, pointer: int, detail: str = "") -> Wait:
        """A wait that has a time limit exactly if the pointer to it is not null."""
        return self.wait(Kind.TIMED if pointer else Kind.BLOCKED, detail)


# Given by `descriptors`: what a wait on some file descriptors of the call's process depends on.
OnDescriptors = Callable[[Call, list[int], World], Wait]


def classify(pid: int, tid: int, world: World, on_descriptors: OnDescriptors) -> Wait:
    """How the wait of a thread can end."""
    stat = kernel.stat(pid, tid)
    if stat is None or stat.ended:
        return Wait(Kind.ENDED)
    if stat.state == "T":
        return Wait(Kind.BLOCKED, "stopped", "waits for SIGCONT")
    if stat.state not in "SD":
        return Wait(Kind.RUNNING if stat.state == "R" else Kind.UNKNOWN, detail=f"state {stat.state}")
    found = kernel.syscall(pid, tid)
    if isinstance(found, kernel.Absent):
        return _unreadable(pid, tid)
    if stat.state == "D":
        # vfork sleeps so until the child has started its program, and the child is of the tree.
        spawns = found.name in {"vfork", "clone", "clone3"}
        return Wait(Kind.BLOCKED, "vfork", "a child") if spawns else Wait(Kind.RUNNING, found.name, "state D")
    if found.name == "running":
        return Wait(Kind.RUNNING)
    found = world.original(pid, tid, found)
    return _by_call(Call(pid, tid, found.name, found.args), world, on_descriptors)


def _unreadable(pid: int, tid: int) -> Wait:
    """A process that is just ending cannot be read either; that says nothing about our rights."""
    now = kernel.stat(pid, tid)
    if now is None or now.ended:
        return Wait(Kind.ENDED)
    return Wait(Kind.UNREADABLE if now.state == "S" else Kind.RUNNING)


def _by_call(call: Call, world: World, on_descriptors: OnDescriptors) -> Wait:
    if call.name in _OF_ONE_DESCRIPTOR:
        return on_descriptors(call, [call.args[0]], world)
    if call.name in _OF_SEVERAL:
        descriptors = _OF_SEVERAL[call.name](call)
        return descriptors if isinstance(descriptors, Wait) else on_descriptors(call, descriptors, world)
    if call.name in {"flock", "fcntl"}:
        return _file_lock(call, world)
    decide = _OTHERS.get(call.name)
    return decide(call) if decide else call.wait(Kind.UNKNOWN)


def _futex(call: Call) -> Wait:
    if call.args[1] & FUTEX_OPERATION not in FUTEX_WAITS:
        return call.wait(Kind.UNKNOWN, f"operation {call.args[1]}")
    return call.limited(call.args[3], "a lock, a semaphore or a condition")


def _child(call: Call) -> Wait:
    # The number is the one inside the box: of use to nobody outside, so it is not said.
    any_child = call.name == "waitid" or ctypes.c_int32(call.args[0]).value == -1
    return call.wait(Kind.BLOCKED, "any child" if any_child else "a child")


def _signal(call: Call) -> Wait:
    return call.wait(Kind.BLOCKED, "a signal")


def _fetched_signal(call: Call) -> Wait:
    """`sigwait`: the kernel takes the set out of the thread's blocked signals meanwhile, so only memory tells it."""
    signals = kernel.memory(call.pid, call.args[0], SIGNAL_SET_BYTES)
    if signals is None:
        return call.wait(Kind.UNKNOWN, "signals")
    if kernel.has_signal(int.from_bytes(signals, sys.byteorder), signal.SIGALRM):
        return call.wait(Kind.TIMED, "an alarm may be set")
    return call.limited(call.args[2], "a signal")


def _system_v(call: Call) -> Wait:
    # glibc makes semop a semtimedop without a limit.
    return call.limited(call.args[3] if call.name == "semtimedop" else 0, "a System V semaphore or queue")


def _timed(call: Call) -> Wait:
    return call.wait(Kind.TIMED)


def _open(call: Call) -> Wait:
    at = kernel.waits_at(call.pid, call.tid)
    return call.wait(
        Kind.BLOCKED if at in {"wait_for_partner", "fifo_open"} else Kind.UNKNOWN, "the other end of a FIFO"
    )


def _poll(call: Call) -> Wait | list[int]:
    limited = ctypes.c_int32(call.args[2]).value >= 0 if call.name == "poll" else call.args[2]
    if limited:
        return call.wait(Kind.TIMED)
    count = call.args[1]
    table = kernel.memory(call.pid, call.args[0], POLLFD.size * count) if 0 < count <= MOST_DESCRIPTORS else None
    if table is None:
        return call.wait(Kind.UNKNOWN, f"{count} descriptors")
    return [number for number, _, _ in POLLFD.iter_unpack(table) if number >= 0]


def _select(call: Call) -> Wait | list[int]:
    if call.args[4]:
        return call.wait(Kind.TIMED)
    count = call.args[0]
    found: set[int] = set()
    for pointer in filter(None, call.args[1:4]):
        bits = kernel.memory(call.pid, pointer, (count + 63) // 64 * 8) if 0 < count <= MOST_DESCRIPTORS else None
        if bits is None:
            return call.wait(Kind.UNKNOWN, f"{count} descriptors")
        found |= {number for number in range(count) if bits[number // 8] >> (number % 8) & 1}
    return sorted(found)


def _epoll(call: Call) -> Wait | list[int]:
    limit = call.args[3]
    limited = limit if call.name == "epoll_pwait2" else ctypes.c_int32(limit).value >= 0
    return call.wait(Kind.TIMED) if limited else [call.args[0]]


def _with_pointer(call: Call) -> Wait | list[int]:
    return call.wait(Kind.TIMED) if call.args[4] else [call.args[0]]


def _file_lock(call: Call, world: World) -> Wait:
    """A lock on a file is ours alone if all its holders are of the tree; a dead holder's heirs cannot be seen."""
    if call.name == "fcntl" and call.args[1] not in LOCK_AND_WAIT:
        return call.wait(Kind.UNKNOWN)
    found = kernel.descriptor_inode(call.pid, call.args[0])
    rows = [line.split() for line in kernel.text("/proc/locks").splitlines() if "->" not in line]
    holders = {int(row[4]) for row in rows if len(row) > 5 and row[5].rpartition(":")[2] == str(found)}
    return call.wait(Kind.BLOCKED if holders and holders <= world.members else Kind.EXTERNAL, "a lock on a file")


_OF_ONE_DESCRIPTOR = frozenset(
    {"read", "readv", "write", "writev", "accept", "accept4", "recvfrom", "recvmsg", "sendto", "sendmsg"}
)
_OF_SEVERAL: dict[str, Callable[[Call], Wait | list[int]]] = {
    "poll": _poll,
    "ppoll": _poll,
    "select": _select,
    "pselect6": _select,
    "epoll_wait": _epoll,
    "epoll_pwait": _epoll,
    "epoll_pwait2": _epoll,
    "recvmmsg": _with_pointer,
    "mq_timedsend": _with_pointer,
    "mq_timedreceive": _with_pointer,
}
_OTHERS: dict[str, Callable[[Call], Wait]] = {
    "futex": _futex,
    "wait4": _child,
    "waitid": _child,
    "pause": _signal,
    "rt_sigsuspend": _signal,
    "rt_sigtimedwait": _fetched_signal,
    "semop": _system_v,
    "semtimedop": _system_v,
    "msgsnd": _system_v,
    "msgrcv": _system_v,
    "open": _open,
    "openat": _open,
    "nanosleep": _timed,
    "clock_nanosleep": _timed,
    "restart_syscall": _timed,  # an interrupted wait of which the limit is no longer told
    "connect": _timed,  # the kernel gives up by itself
}
