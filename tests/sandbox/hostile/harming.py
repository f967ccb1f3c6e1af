"""Attacks whose harm the machine has to look for; each runs in a process of its own inside a box.

An attack says START on its line and, where it comes to an end, DONE. Standard library only.
"""

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

Target = dict[str, Any]
Harm = Callable[[Target], None]
HARMING: dict[str, Harm] = {}
LIBC = ctypes.CDLL(None, use_errno=True)
MORE_THAN_ANY = 33_000


def harm(function: Harm) -> Harm:
    """Register an attack under its name."""
    HARMING[function.__name__] = function
    return function


def begin(name: str, line: socket.socket, target: Target) -> None:
    """Start the attack in a process of its own and return."""
    if os.fork():
        return
    line.send(b"START")
    HARMING[name](target)
    with contextlib.suppress(OSError):
        line.send(b"DONE")
    os._exit(0)


def ignore_signals() -> None:
    """Every one that can be ignored."""
    for number in range(1, 65):
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    with contextlib.suppress(ValueError):
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))


def kill(pids: Any, how: Callable[[int, int], object]) -> None:
    """Stop and kill whomever we can, except ourselves."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            if pid != os.getpid():
                with contextlib.suppress(OSError):
                    how(pid, number)


@harm
def kills_everybody(target: Target) -> None:
    """kill(-1)."""
    kill([-1], os.kill)


@harm
def kills_its_parents(target: Target) -> None:
    """The parent, and whoever the target says stands above."""
    kill([os.getppid(), *target["above"]], os.kill)


@harm
def kills_by_number(target: Target) -> None:
    """Every number that there can be."""
    kill([*range(1, MORE_THAN_ANY), target["canary"]], os.kill)


@harm
def kills_groups(target: Target) -> None:
    """Every group but our own."""
    kill([pid for pid in [*range(2, MORE_THAN_ANY), target["canary"]] if pid != os.getpgrp()], os.killpg)


@harm
def kills_threads(target: Target) -> None:
    """With tgkill, another system call."""
    kill([*range(2, MORE_THAN_ANY), target["canary"]], lambda pid, number: LIBC.syscall(234, pid, pid, number))


@harm
def forks_without_end(target: Target) -> None:
    """Every process forks until it is refused, a hundred times."""
    refused = 0
    while refused < 100:
        try:
            os.fork()
        except OSError:
            refused += 1


@harm
def forks_away(target: Target) -> None:
    """Chains of processes that each live for a moment only: gone before anybody has read their number."""
    for _ in range(3):
        if os.fork() == 0:
            while True:
                with contextlib.suppress(OSError):
                    if os.fork():
                        os._exit(0)
                    os.setsid()


@harm
def leaves_a_daemon(target: Target) -> None:
    """A double fork, a session of its own, nothing open."""
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    os.closerange(0, 1024)
    signal.pause()


@harm
def hides_in_a_maze(target: Target) -> None:
    """Processes that adopt each other's orphans."""

    def grow(depth: int) -> None:
        LIBC.prctl(36, 1, 0, 0, 0)
        with contextlib.suppress(OSError):
            os.setsid()
        for _ in range(2):
            if depth and os.fork() == 0:
                grow(depth - 1)
        signal.pause()

    if os.fork() == 0:
        grow(2)


@harm
def spins_deaf(target: Target) -> None:
    """Without end, every signal ignored."""
    if os.fork() == 0:
        ignore_signals()
        while True:
            pass


@harm
def sleeps_deaf(target: Target) -> None:
    """The same asleep."""
    if os.fork() == 0:
        ignore_signals()
        while True:
            time.sleep(1000)


@harm
def makes_zombies(target: Target) -> None:
    """Children that nobody waits for, until there may be no more."""
    with contextlib.suppress(OSError):
        for _ in range(2000):
            if os.fork() == 0:
                os._exit(0)


@harm
def recurses(target: Target) -> None:
    """Until the stack ends."""
    sys.setrecursionlimit(10**9)

    def deeper(depth: int) -> int:
        return deeper(depth + 1) + 1

    deeper(0)


@harm
def crashes(target: Target) -> None:
    """A write to address zero."""
    ctypes.memset(0, 1, 1)


@harm
def closes_everything(target: Target) -> None:
    """Every descriptor, those that are ours too."""
    os.closerange(0, 1024)


@harm
def floods_its_output(target: Target) -> None:
    """Without end, on both of its streams."""
    for stream in (1, 2):
        if os.fork() == 0:
            while True:
                os.write(stream, b"A" * 65536)


@harm
def leaves_many_files(target: Target) -> None:
    """Empty ones: no byte of the disk is used."""
    with contextlib.suppress(OSError):
        for number in range(1000):
            os.close(os.open(f"empty{number}", os.O_CREAT))


@harm
def leaves_odd_files(target: Target) -> None:
    """Whoever opens, walks or removes what it finds may wait, go astray, or stop at the first of them."""
    with contextlib.suppress(OSError):
        os.mkfifo("answer.json")
        os.symlink(target["home"], "home")
        os.symlink("loop", "loop")
        for name in (b"\xff\xfe", b"two\nlines", b"-rf", b"x" * 255):
            os.close(os.open(name, os.O_CREAT))
        os.mkdir("closed")
        open("closed/file", "w").close()
        os.chmod("closed", 0)
        for _ in range(40):
            os.mkdir("deep" * 50)
            os.chdir("deep" * 50)


@harm
def listens_to_the_world(target: Target) -> None:
    """A port on every address."""
    server = socket.socket()
    with contextlib.suppress(OSError):
        server.bind(("0.0.0.0", target["port"]))
        server.listen()
        if os.fork() == 0:
            signal.pause()


@harm
def leaves_system_v_objects(target: Target) -> None:
    """Memory, semaphores and messages that outlive their maker; the machine looks whether they are its own."""
    LIBC.shmget(target["ipc"], 4096, 0o1600)
    LIBC.semget(target["ipc"], 1, 0o1600)
    LIBC.msgget(target["ipc"], 0o1600)


@harm
def leaves_shared_memory(target: Target) -> None:
    """Names that nobody unlinks."""
    for name in ("", "sem."):
        with contextlib.suppress(OSError):
            open(f"/dev/shm/{name}{target['token']}", "w").close()


@harm
def leaves_message_queues(target: Target) -> None:
    """POSIX message queues; the machine looks whether it is its own."""
    with contextlib.suppress(OSError):
        ctypes.CDLL("librt.so.1").mq_open(b"/" + target["token"].encode(), os.O_CREAT | os.O_RDWR, 0o600, None)
