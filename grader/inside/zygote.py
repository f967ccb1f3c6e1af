"""A process that has imported what every call needs and forks one fresh process for each.

It never runs a line of the submission. Messages come over the control socket as JSON, with the descriptors of the call
attached; it answers with the pid of what it forked and, when that has ended, with its wait status.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import stat
import sys
from collections.abc import Iterator
from typing import Any

from .call import perform
from .privacy import set_dumpable
from .vocabulary import FIFO_MARK, UNPREPARED

PRELOAD = (
    "multiprocessing.connection",
    "multiprocessing.heap",
    "multiprocessing.managers",
    "multiprocessing.pool",
    "multiprocessing.popen_fork",
    "multiprocessing.queues",
    "multiprocessing.reduction",
    "multiprocessing.resource_tracker",
    "multiprocessing.shared_memory",
    "multiprocessing.sharedctypes",
    "multiprocessing.synchronize",
    "concurrent.futures.process",
    "datetime",
    "functools",
    "inspect",
    "traceback",
    "inside.housekeepers",
    "inside.stage",
    "inside.gate",
    "inside.mirrors.everything",
)
MESSAGE_BYTES = 262_144
MOST_NAMES, NAME_LENGTH = 250, 120  # of files: together they fit into one message, each character as \uXXXX


def serve(control_fd: int, root: str) -> None:
    """Fork a process for each call until the examiner closes the control socket."""
    os.environ.pop("PYTHONHASHSEED", None)  # it has done its work, and no program shall see it
    control = socket.socket(fileno=control_fd)
    os.set_inheritable(control_fd, False)
    for name in PRELOAD:
        importlib.import_module(name)
    set_dumpable(allowed=False)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    gc.collect()
    gc.freeze()  # children then do not copy the pages of what the collector would touch
    control.send(json.dumps({"zygote": os.getpid(), "python": sys.version.split()[0]}).encode())
    while True:
        sources: list[Any] = [control, wake_read]
        ready = select.select(sources, [], [])[0]
        if wake_read in ready:
            os.read(wake_read, 4096)
            _reap(control)
        if control in ready and not _serve_one(control, root):
            os._exit(0)


def _serve_one(control: socket.socket, root: str) -> bool:
    data, fds, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 8)
    if not data:
        return False
    request = json.loads(data)
    if request["do"] == "look":
        if request["keep"] is not None:
            _sweep(request["folders"], set(request["keep"]))
        control.send(json.dumps({"names": _names(request["folders"])}).encode())
        return True
    pid = os.fork()
    if pid == 0:
        control.close()
        _become_call(request, list(fds), root)
    for fd in fds:
        os.close(fd)
    control.send(json.dumps({"started": pid}).encode())
    return True


def _become_call(request: dict[str, Any], fds: list[int], root: str) -> None:
    status = UNPREPARED
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        set_dumpable(allowed=not request["clean"])
        line_fd, out, err = fds
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.close(out)
        os.close(err)
        sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
        perform(request, socket.socket(fileno=line_fd), root)
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _reap(control: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        control.send(json.dumps({"ended": pid, "status": status}).encode())


def _is_fifo(entry: os.DirEntry[str]) -> bool:
    try:
        return stat.S_ISFIFO(entry.stat(follow_symlinks=False).st_mode)
    except OSError:
        return False  # it is gone


def _names(folders: list[str]) -> list[str]:
    found = sorted(name for name, _ in _entries(folders))
    return [name[:NAME_LENGTH] for name in found[:MOST_NAMES]]


def _sweep(folders: list[str], keep: set[str]) -> None:
    """Remove the files that are not to be kept; a folder stays."""
    for name, path in list(_entries(folders)):
        if name[:NAME_LENGTH] not in keep:
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - without pathlib


def _entries(folders: list[str]) -> Iterator[tuple[str, str]]:
    """Each name as it is told, and its path."""
    for folder in folders:
        with contextlib.suppress(OSError):
            for entry in os.scandir(folder):
                told = os.fsencode(entry.path).decode("ascii", "backslashreplace")
                yield told + (FIFO_MARK if _is_fifo(entry) else ""), entry.path
