"""Which system calls a box must not make: a deny-list, compiled by libseccomp (optional package pyseccomp)."""

from __future__ import annotations

import contextlib
import ctypes.util
import errno
import os
import socket
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache, partial
from typing import Any

OTHER_PROCESSES = ("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise")
OBSCURE_SURFACE = (
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "add_key", "request_key", "keyctl", "bpf"),
    *("perf_event_open", "userfaultfd", "fanotify_init", "lookup_dcookie", "nfsservctl", "syslog", "modify_ldt"),
)
MOUNTS_AND_NAMESPACES = (
    *("mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount"),
    *("fspick", "mount_setattr", "setns", "unshare", "name_to_handle_at", "open_by_handle_at"),
)
THE_MACHINE = (
    *("kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot", "swapon", "swapoff"),
    *("acct", "quotactl", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname"),
    *("setdomainname", "iopl", "ioperm", "vhangup"),
)
MEMORY_AND_PRIORITY = (
    # Files in memory are counted by no limit as long as nobody maps them.
    *("memfd_create", "memfd_secret", "mbind", "migrate_pages", "move_pages", "set_mempolicy", "personality"),
    *("sched_setscheduler", "sched_setattr", "setpriority", "ioprio_set"),
)
DENIED = (*OTHER_PROCESSES, *OBSCURE_SURFACE, *MOUNTS_AND_NAMESPACES, *THE_MACHINE, *MEMORY_AND_PRIORITY)
NAMESPACE_FLAGS = (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)
TERMINAL_INJECTIONS = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
# Buffers of sockets and pipes are kernel memory that no limit counts: they keep their default size.
BUFFER_OPTIONS = (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF, and both with FORCE
F_SETPIPE_SZ = 1031
SOCKET_FAMILIES = frozenset({socket.AF_UNIX, socket.AF_INET, socket.AF_INET6})
KNOWN_FAMILIES = range(64)
KIND_OF_SOCKET = 0xF  # above it are flags


# Where a box shares the machine's namespaces, what lies in them is denied as well: System V objects outlive their
# maker, a datagram needs no connection that could be refused.
SHARED_OBJECTS = (
    *("shmget", "shmat", "shmctl", "semget", "semop", "semtimedop", "semctl", "msgget", "msgsnd", "msgrcv", "msgctl"),
    *("mq_open", "mq_unlink"),
)
OF_ANOTHER_PROCESS = ("prlimit64", "sched_setaffinity")  # with the first argument 0 they are about the caller
# With the user's own uid owners and attributes of the user's files could be changed: Landlock does not ask about them.
OWNERS = ("chown", "lchown", "fchownat", "setxattr", "lsetxattr", "removexattr", "lremovexattr")
# Modes and times, too; but who copies a file sets them, and the library's fork server refuses to start where it cannot
# close its socket to others (in a folder that is closed anyway). They are told that it was done.
MODES = ("chmod", "fchmodat", "fchmodat2", "utime", "utimes", "utimensat", "futimesat")

NOTHING_WRONG = 0
LIBRARIES = {"c": "libc.so.6", "seccomp": "libseccomp.so.2"}


class Ground(StrEnum):
    """What stands around a box besides the filter."""

    NAMESPACES = "namespaces"
    OWN_UID = "own uid"
    SAME_UID = "same uid"


@cache
def program(ground: Ground) -> bytes | None:
    """The filter as the kernel reads it, or None where it cannot be made."""
    pyseccomp = _pyseccomp()
    if pyseccomp is None:
        return None
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    _deny_calls(pyseccomp, rules, DENIED)
    # The flags of clone3 lie in memory where no filter can look; told "no such call", libc falls back to clone.
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    _deny_arguments(pyseccomp, rules)
    if ground is not Ground.NAMESPACES:
        _deny_calls(pyseccomp, rules, SHARED_OBJECTS)
        _deny_what_is_shared(pyseccomp, rules)
    if ground is Ground.SAME_UID:
        _deny_calls(pyseccomp, rules, OWNERS)
        _answer_calls(pyseccomp, rules, MODES, NOTHING_WRONG)
    descriptor = os.memfd_create("seccomp")
    with os.fdopen(descriptor, "w+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def descriptor(ground: Ground) -> int | None:
    """A fresh descriptor to read the filter from (it is read to its end), or None."""
    content = program(ground)
    if content is None:
        return None
    number = os.memfd_create("seccomp")
    os.write(number, content)
    os.lseek(number, 0, os.SEEK_SET)
    return number


def _pyseccomp() -> Any:
    """The module, or None where it or libseccomp is not installed."""
    try:
        with _found_by_name():
            import pyseccomp
    except (ImportError, OSError, RuntimeError):
        return None
    return pyseccomp


@contextlib.contextmanager
def _found_by_name() -> Iterator[None]:
    """Let pyseccomp find its two libraries as the loader does, by name.

    It asks ctypes, which runs ldconfig once for each: that was a third of a detection (`tests.benchmarks.detection`).
    """
    find_library = ctypes.util.find_library
    ctypes.util.find_library = lambda name: _loadable(name) or find_library(name)
    try:
        yield
    finally:
        ctypes.util.find_library = find_library


def _loadable(name: str) -> str | None:
    with contextlib.suppress(KeyError, OSError):
        ctypes.CDLL(LIBRARIES[name])
        return LIBRARIES[name]
    return None


def _deny_calls(pyseccomp: Any, rules: Any, names: Iterable[str]) -> None:
    _answer_calls(pyseccomp, rules, names, errno.EPERM)


def _answer_calls(pyseccomp: Any, rules: Any, names: Iterable[str], error: int) -> None:
    """Have the kernel answer so without making the call."""
    answer = pyseccomp.ERRNO(error)
    for name in names:
        try:
            rules.add_rule(answer, name)
        except (OSError, ValueError, RuntimeError):
            continue  # this processor or this libseccomp has no such call


def _deny_arguments(pyseccomp: Any, rules: Any) -> None:
    refused = pyseccomp.ERRNO(errno.EPERM)
    argument, is_int = pyseccomp.Arg, partial(_is_int, pyseccomp)
    for flag in NAMESPACE_FLAGS:
        rules.add_rule(refused, "clone", argument(0, pyseccomp.MASKED_EQ, flag, flag))
    for request in TERMINAL_INJECTIONS:
        rules.add_rule(refused, "ioctl", is_int(1, request))
    for option in BUFFER_OPTIONS:
        rules.add_rule(refused, "setsockopt", is_int(1, socket.SOL_SOCKET), is_int(2, option))
    rules.add_rule(refused, "fcntl", is_int(1, F_SETPIPE_SZ))
    for family in KNOWN_FAMILIES:
        if family not in SOCKET_FAMILIES:
            rules.add_rule(pyseccomp.ERRNO(errno.EAFNOSUPPORT), "socket", is_int(0, family))


def _deny_what_is_shared(pyseccomp: Any, rules: Any) -> None:
    argument = pyseccomp.Arg
    for name in OF_ANOTHER_PROCESS:
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name, argument(0, pyseccomp.NE, 0))
    for family in (socket.AF_INET, socket.AF_INET6):
        for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
            rules.add_rule(
                pyseccomp.ERRNO(errno.EACCES),
                "socket",
                _is_int(pyseccomp, 0, family),
                argument(1, pyseccomp.MASKED_EQ, KIND_OF_SOCKET, kind),
            )


def _is_int(pyseccomp: Any, number: int, value: int) -> Any:
    """That argument, an int, has the value: the kernel takes the lower half of it, whatever the upper one says."""
    return pyseccomp.Arg(number, pyseccomp.MASKED_EQ, 0xFFFFFFFF, value)
