"""Root of a box without namespaces: adopts every orphan of the program, kills all of it when either side ends.

    examiner --line--> keeper (child subreaper) --> zygote --> calls --> whatever the program starts

Where root opens the box, the keeper stays root and everything below it gets a uid of its own (`enter.py`): the kernel
counts its processes (RLIMIT_NPROC binds nobody who is root), they cannot touch the keeper, one signal ends all of them.

Sent as text to `python -I -S -c TEXT LINE CONTROL UID COMMAND...`: standard library only, nothing of ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SAME_UID = -1
STROKES = 100  # one is enough unless it is killed first


def process_control(option: int, value: int) -> None:
    """Set `option` by prctl where there is one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def start(command: list[str]) -> int:
    """Fork the zygote in a session of its own; it ends when the keeper is killed."""
    keeper = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        process_control(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == keeper:
            os.execv(command[0], command)  # noqa: S606  no shell is meant
        os._exit(1)
    return pid


def reap() -> set[int]:
    """Take the exit statuses of all children that ended."""
    ended: set[int] = set()
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            ended.add(pid)
    return ended


def wait(line: int, zygote: int) -> None:
    """Return when the examiner let go of the line, which ends the zygote's group, or the zygote ended."""
    awake, alarm = os.pipe()
    os.set_blocking(alarm, False)
    os.set_blocking(awake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(alarm, warn_on_full_buffer=False)
    poll = select.poll()
    poll.register(line, select.POLLIN)
    poll.register(awake, select.POLLIN)
    while zygote not in reap():
        ready = [fd for fd, _ in poll.poll()]
        if line in ready:
            with contextlib.suppress(OSError):
                os.killpg(zygote, signal.SIGKILL)  # not reaped, so the number is still its own
            return
        with contextlib.suppress(BlockingIOError):
            os.read(awake, 4096)


def sweep(uid: int) -> None:
    """Kill whatever has this uid at one stroke: a fork that meets the signal does not come about (kill(2), fork(2)).

    Who strikes has that uid for a moment and can be killed first, also by the examiner, who kills all below us.
    """
    for _ in range(STROKES):
        pid = os.fork()
        if pid == 0:
            strike(uid)
        if os.waitpid(pid, 0)[1] == 0:
            return


def strike(uid: int) -> None:
    """Kill everybody of this uid but ourselves, and end."""
    try:
        os.setresuid(uid, uid, uid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    finally:
        os._exit(1)


def kill_all(uid: int) -> None:
    """Kill children until there is none; as subreaper we get the children of those that we kill."""
    if uid != SAME_UID:
        sweep(uid)
    children = f"/proc/self/task/{os.getpid()}/children"
    while True:
        with contextlib.suppress(OSError), open(children) as file:  # noqa: PTH123  pathlib doubles the start-up time
            for pid in file.read().split():
                os.kill(int(pid), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return
        reap()


def main(line: int, control: int, uid: int, command: list[str]) -> None:
    """Keep one box."""
    process_control(PR_SET_CHILD_SUBREAPER, 1)
    if uid != SAME_UID:
        sweep(uid)  # what an earlier box left whose keeper and examiner were killed together
    zygote = start(command)
    os.close(control)  # so that the examiner sees the end of the zygote as the end of the control line
    wait(line, zygote)
    kill_all(uid)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
