"""Attacks on what the machine has to give: memory, disk, descriptors, threads."""

import contextlib
import glob
import os
import resource
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .asking import LIBC, MIB, Target, attack, succeeds

KEPT: list[Any] = []


@attack
def raises_limits(target: Target) -> list[str]:
    """Each limit, to infinity."""
    names = ("NPROC", "AS", "CPU", "FSIZE", "NOFILE", "DATA", "CORE")
    kinds = {name: getattr(resource, "RLIMIT_" + name) for name in names}
    return succeeds(**{name: partial(resource.setrlimit, kind, (-1, -1)) for name, kind in kinds.items()})


@attack
def starts_threads(target: Target) -> list[str]:
    """As many as there can be."""
    let_go, count = threading.Event(), 0
    with contextlib.suppress(RuntimeError, MemoryError):
        for count in range(2000):  # noqa: B007  counted beyond the loop
            threading.Thread(target=let_go.wait, daemon=True).start()
    let_go.set()
    return [f"{count} threads"] if count > target["tasks"] else []


@attack
def takes_memory(target: Target) -> list[str]:
    """In one process."""
    taken: list[bytearray] = []
    with contextlib.suppress(MemoryError):
        taken += (bytearray(8 * MIB) for _ in range(target["memory"] // (8 * MIB) * 2))
    return [f"{len(taken) * 8} MiB"] if len(taken) * 8 * MIB > target["memory"] else []


@attack
def takes_memory_in_many_processes(target: Target) -> list[str]:
    """Each within the limit of a process, all together beyond it; let go again at once."""
    told, tell = os.pipe()
    wait, let_go = os.pipe()
    children, size = 6, target["memory"] // 5
    for _ in range(children):
        if os.fork() == 0:
            os.close(let_go)
            KEPT.append(b"x" * size)
            os.write(tell, b"x")
            os.read(wait, 1)
            os._exit(0)
    os.close(tell)
    held = 0
    while held < children and os.read(told, 1):
        held += 1
    os.close(let_go)
    return [f"{held * size // MIB} MiB"] if held * size > target["memory"] else []


@attack
def maps_shared_memory(target: Target) -> list[str]:
    """Anonymous and shared: no limit of a process counts such pages."""
    import mmap

    size = 0
    with contextlib.suppress(OSError):
        while size <= target["memory"]:
            mapped = mmap.mmap(-1, 8 * MIB)
            mapped.write(bytes(8 * MIB))
            KEPT.append(mapped)
            size += 8 * MIB
    return [f"{size // MIB} MiB"] if size > target["memory"] else []


@attack
def writes_one_file(target: Target) -> list[str]:
    """Beyond the limit of a file."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with contextlib.suppress(OSError), open("big", "wb") as file:
        file.write(bytes(target["disk"] + MIB))
        return ["a file beyond the limit"]
    return []


@attack
def writes_many_files(target: Target) -> list[str]:
    """More than the limit together, in the working folder."""
    return _fills("many", target)


@attack
def fills_shared_memory(target: Target) -> list[str]:
    """The same on /dev/shm."""
    return _fills(f"/dev/shm/{target['token']}.full", target)


@attack
def fills_the_folder_for_temporary_files(target: Target) -> list[str]:
    """The same on /tmp, where everybody may write."""
    return _fills(f"/tmp/{target['token']}.full", target)


@attack
def writes_into_system_folders(target: Target) -> list[str]:
    """The roots of the tree, of the devices, of what runs: too small to be noticed, until they are full."""
    tries = {
        folder: partial(_write_and_remove, f"{folder}/{target['token']}")
        for folder in ("", "/dev", "/run", "/var/tmp", "/etc", "/usr")
    }
    return succeeds(**tries)


def _write_and_remove(place: str) -> None:
    with open(place, "wb") as file:
        file.write(bytes(MIB))
    os.unlink(place)


def _fills(prefix: str, target: Target) -> list[str]:
    written = 0
    with contextlib.suppress(OSError):
        for number in range(4):
            with open(f"{prefix}{number}", "wb") as file:
                written += file.write(bytes(target["disk"] // 2))
    for path in glob.glob(prefix + "*"):
        os.unlink(path)
    return [f"{written} bytes"] if written > target["disk"] else []


@attack
def opens_descriptors(target: Target) -> list[str]:
    """Until there are no more."""
    count = sum(1 for _ in _until_refused(lambda: os.open("/dev/null", 0)))
    return [f"{count} descriptors"] if count > 1024 else []


@attack
def fills_socket_buffers(target: Target) -> list[str]:
    """Memory of the kernel that no limit of a process counts."""
    size, pairs = 0, list[Any]()
    for _ in range(24):
        pair = socket.socketpair()
        pairs.append(pair)
        pair[0].setblocking(False)
        succeeds(size=partial(pair[0].setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24))
        size += sum(_until_refused(partial(pair[0].send, bytes(65536))))
    return [f"{size // MIB} MiB"] if size > 24 * MIB else []


@attack
def fills_pipes(target: Target) -> list[str]:
    """The same with pipes made larger."""
    import fcntl

    size, ends = 0, list[int]()
    for _ in range(24):
        read, write = os.pipe()
        ends += [read, write]
        os.set_blocking(write, False)
        succeeds(size=partial(fcntl.fcntl, write, 1031, 1 << 20))
        size += sum(_until_refused(partial(os.write, write, bytes(65536))))
    return [f"{size // MIB} MiB"] if size > 8 * MIB else []


def _until_refused(what: Callable[[], int]) -> Iterator[int]:
    with contextlib.suppress(OSError):
        while True:
            yield what()


@attack
def watches_without_end(target: Target) -> list[str]:
    """Instances of inotify are counted for the user."""
    count = 0
    while count < 300 and LIBC.inotify_init1(0) >= 0:
        count += 1
    return [f"{count} instances"] if count >= 300 else []


@attack
def passes_a_huge_command_line(target: Target) -> list[str]:
    """Ten megabytes of arguments."""
    with contextlib.suppress(OSError):
        subprocess.run(["/bin/true", *["x" * 100_000] * 100], check=False)
        return ["accepted"]
    return []


@attack
def leaves_a_core(target: Target) -> list[str]:
    """An abort writes no core file."""
    if os.fork() == 0:
        os.abort()
    os.wait()
    return glob.glob("core*")
