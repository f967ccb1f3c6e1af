"""What /proc says about a process or a thread: one that ended is an answer here, not an error.

Everything is read anew at each call and nothing is kept, so a number that the kernel gave to somebody else is never
mistaken for the process that had it before: whoever compares two readings compares `Stat.started` too.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from grader.observe.syscalls import BLOCKING

PF_FORKNOEXEC = 0x40  # include/linux/sched.h: forked, and no program was started since
ENDED_STATES = frozenset("ZXx")
FIRST_READ = 4096
TICKS = os.sysconf("SC_CLK_TCK")


class Absent(Enum):
    """Why there is nothing to read."""

    ENDED = "the process has ended, or the kernel has no such file"
    DENIED = "the kernel does not let us"


@dataclass(frozen=True, slots=True)
class Stat:
    """The part of /proc/PID/stat that is of use: `forked` is true from a fork to the next exec."""

    state: str
    ppid: int
    forked: bool
    started: int
    comm: str

    @property
    def ended(self) -> bool:
        """Whether it only waits to be reaped."""
        return self.state in ENDED_STATES


@dataclass(frozen=True, slots=True)
class Syscall:
    """The call a thread is in: its word ("futex", "running", "unknown 335"), its six arguments, and where it was made.

    `at` are the stack pointer and the program counter: they stay what they are while one and the same call goes on.
    """

    name: str
    args: tuple[int, ...] = ()
    at: tuple[int, ...] = ()


def read(path: str) -> bytes | Absent:
    """The whole of a file below /proc."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, ProcessLookupError):
        return Absent.ENDED
    except OSError:
        return Absent.DENIED
    try:
        parts = [os.read(handle, FIRST_READ)]
        while parts[-1]:
            parts.append(os.read(handle, FIRST_READ << min(len(parts), 8)))  # room is not free: 1 MB is mapped anew
    except ProcessLookupError:
        return Absent.ENDED
    except OSError:
        return Absent.DENIED
    finally:
        os.close(handle)
    return b"".join(parts)


def text(path: str) -> str:
    """The whole of a file below /proc, "" where there is nothing to read."""
    found = read(path)
    return "" if isinstance(found, Absent) else found.decode(errors="replace")


def place(pid: int, tid: int | None = None) -> str:
    """Folder of a process, or of one of its threads."""
    return f"/proc/{pid}" if tid is None else f"/proc/{pid}/task/{tid}"


def stat(pid: int, tid: int | None = None) -> Stat | None:
    """State and parent of a process or a thread; None if it is no more."""
    front, bracket, rest = text(f"{place(pid, tid)}/stat").rpartition(")")
    fields = rest.split()
    if not bracket or len(fields) < 20:
        return None
    return Stat(
        state=fields[0],
        ppid=int(fields[1]),
        forked=bool(int(fields[6]) & PF_FORKNOEXEC),
        started=int(fields[19]),
        comm=front.partition("(")[2],
    )


def processor_time(pid: int) -> tuple[float, float] | None:
    """Seconds of CPU of all threads that a process has had, and of the descendants that were waited for (proc(5))."""
    fields = text(f"{place(pid)}/stat").rpartition(")")[2].split()
    if len(fields) < 15:
        return None
    user, system, users_below, systems_below = (int(field) / TICKS for field in fields[11:15])
    return user + system, users_below + systems_below


def command(pid: int) -> str:
    """The command line with spaces between its words; "" for a zombie."""
    return text(f"/proc/{pid}/cmdline").replace("\0", " ").strip()


def threads(pid: int) -> tuple[int, ...]:
    """The threads of a process, its main thread among them."""
    try:
        return tuple(int(name) for name in os.listdir(f"/proc/{pid}/task"))  # noqa: PTH208 - five times a Path's speed
    except OSError:
        return ()


def turns(pid: int, tid: int) -> bytes | None:
    """A reading that differs from the last one if the thread ran in between; None if it is no more."""
    schedule = read(f"{place(pid, tid)}/schedstat")
    if not isinstance(schedule, Absent) and schedule.split() != [b"0", b"0", b"0"]:
        return schedule
    # A kernel without schedstat, or one that answers with zeros: each way into a wait counts as a switch, too.
    switches = re.findall(r"_ctxt_switches:\s*(\d+)", text(f"{place(pid, tid)}/status"))
    return " ".join(switches).encode() if switches else None


def spent(turns: bytes | None) -> tuple[float, int] | None:
    """Seconds of CPU and number of slices of it in a reading of `turns`; None where the kernel does not count them."""
    words = turns.split() if turns else []
    return (int(words[0]) / 1e9, int(words[2])) if len(words) == 3 else None


def reads(pid: int) -> str:
    """A reading that differs from the last one if the process has read anything in between."""
    return " ".join(re.findall(r"^(?:rchar|syscr): \d+", text(f"/proc/{pid}/io"), re.MULTILINE))


def syscall(pid: int, tid: int) -> Syscall | Absent:
    """The call a thread waits in, "running" if it does not wait."""
    found = read(f"{place(pid, tid)}/syscall")
    if isinstance(found, Absent):
        return found
    words = found.decode().split()
    if not words or words[0] == "running":
        return Syscall("running")
    number = int(words[0])
    if number < 0:
        return Syscall("no call")  # a page fault, or a kernel thread
    numbers = tuple(int(word, 16) for word in words[1:])
    return Syscall(BLOCKING.get(number, f"unknown {number}"), numbers[:6], numbers[6:])


@cache
def tells_calls() -> bool:
    """Whether this kernel says what a thread waits in, on a machine of which we know the numbers."""
    return bool(BLOCKING) and not isinstance(read("/proc/thread-self/syscall"), Absent)


def memory(pid: int, address: int, size: int) -> bytes | None:
    """Bytes of a process; None if not all of them can be read."""
    try:
        handle = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        found = os.pread(handle, size, address)
    except (OSError, OverflowError):
        return None
    finally:
        os.close(handle)
    return found if len(found) == size else None


def waits_at(pid: int, tid: int) -> str:
    """The kernel function a thread waits in, where the kernel tells."""
    return text(f"{place(pid, tid)}/wchan")


def descriptor(pid: int, number: int) -> str | None:
    """What a file descriptor leads to: "pipe:[123]", "socket:[456]", a path."""
    try:
        return str(Path(f"/proc/{pid}/fd/{number}").readlink())
    except OSError:
        return None


def descriptor_inode(pid: int, number: int) -> int | None:
    """The inode of an open file."""
    try:
        return Path(f"/proc/{pid}/fd/{number}").stat().st_ino
    except OSError:
        return None


def descriptor_facts(pid: int, number: int) -> str:
    """The kernel's lines on an open descriptor: what a timer is set to, what an epoll watches."""
    return text(f"/proc/{pid}/fdinfo/{number}")


def signals(pid: int, tid: int, which: str) -> int:
    """A mask of signals: `which` is "Cgt" (caught), "Ign" (ignored) or "Blk" (blocked by this thread)."""
    found = re.search(rf"^Sig{which}:\s*([0-9a-f]+)", text(f"{place(pid, tid)}/status"), re.MULTILINE)
    return int(found[1], 16) if found else 0


def has_signal(mask: int, number: int) -> bool:
    """Whether a mask contains a signal."""
    return bool(mask >> (number - 1) & 1)
