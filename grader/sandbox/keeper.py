"""Root of a box without namespaces: adopts every orphan of the program, kills all of it when either side ends.

    examiner --line--> keeper (child subreaper) --> zygote --> calls --> whatever the program starts

Where root opens the box, the keeper stays root and everything below it gets a uid of its own: the kernel counts its
processes (RLIMIT_NPROC binds nobody who is root), they cannot touch the keeper, and one signal ends all of them.

Sent as text to `python -I -S -c TEXT LINE CONTROL UID KEPT COMMAND...`: standard library only, nothing of ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_CHILD_SUBREAPER = 36
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
SAME_UID = -1


def process_control(option: int, value: int) -> None:
    """Set `option` by prctl where there is one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def become(uid: int, kept: int) -> None:
    """Give up root for `uid` and its group; of all rights keep the capabilities in the mask `kept`."""
    process_control(PR_SET_KEEPCAPS, int(kept != 0))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if kept:
        libc = ctypes.CDLL(None)
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)  # effective, permitted, inheritable; the same above 31
        if libc.capset(header, sets) or libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept.bit_length() - 1, 0, 0):
            raise SystemExit("This Python lies where only root may go, and root may not lend its right to go there.")


def start(command: list[str], uid: int, kept: int) -> int:
    """Fork the zygote in a session of its own; it ends when the keeper is killed."""
    keeper = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        if uid != SAME_UID:
            become(uid, kept)
        process_control(PR_SET_PDEATHSIG, signal.SIGKILL)  # after `become`, which clears it
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
    """Return when the examiner let go of the line or the zygote ended."""
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
            return
        with contextlib.suppress(BlockingIOError):
            os.read(awake, 4096)


def sweep(uid: int) -> None:
    """Kill whatever has this uid at one stroke: a fork that meets the signal does not come about (kill(2), fork(2))."""
    pid = os.fork()
    if pid == 0:
        os.setresuid(uid, uid, uid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)  # everybody but ourselves
        os._exit(0)
    os.waitpid(pid, 0)


def kill_all(zygote: int, uid: int) -> None:
    """Kill children until there is none; as subreaper we get the children of those that we kill."""
    if uid != SAME_UID:
        sweep(uid)
    children = f"/proc/self/task/{os.getpid()}/children"
    with contextlib.suppress(OSError):
        os.killpg(zygote, signal.SIGKILL)
    while True:
        with contextlib.suppress(OSError), open(children) as file:  # noqa: PTH123  pathlib doubles the start-up time
            for pid in file.read().split():
                os.kill(int(pid), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return
        reap()


def main(numbers: list[int], command: list[str]) -> None:
    """Keep one box."""
    line, control, uid, kept = numbers
    process_control(PR_SET_CHILD_SUBREAPER, 1)
    if uid != SAME_UID:
        sweep(uid)  # what an earlier box left whose keeper and examiner were killed together
    zygote = start(command, uid, kept)
    os.close(control)  # so that the examiner sees the end of the zygote as the end of the control line
    wait(line, zygote)
    kill_all(zygote, uid)


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:5]], sys.argv[5:])
