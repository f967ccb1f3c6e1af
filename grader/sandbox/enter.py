"""The first code inside a box: gives up root, sets the limits, binds itself, reports its birth, becomes the zygote.

Sent as text to `python -I -S -c TEXT LINE RLIMITS BONDS COMMAND...`: standard library only, nothing of ours.
Limits are set here, and not before bwrap, because outside they would count the user's other processes. BONDS are four
numbers, NONE where bwrap does the work: the uid to become, the capabilities that it keeps as a mask, and descriptors of
a Landlock ruleset and of a seccomp filter.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

NONE = -1
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
SECCOMP_MODE_FILTER = 2
LANDLOCK_RESTRICT_SELF = 446  # the same number on every processor
INSTRUCTION_BYTES = 8


class Filter(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def check(result: int, what: str) -> None:
    """End the box when a bond does not hold: nothing weaker is entered in its place."""
    if result != 0:
        raise SystemExit(f"{what}: {os.strerror(ctypes.get_errno())}")


def become(uid: int, kept: int) -> None:
    """Give up root for `uid` and its group; of all rights keep the capabilities in the mask `kept`."""
    libc = ctypes.CDLL(None, use_errno=True)
    above = os.getppid()
    libc.prctl(PR_SET_KEEPCAPS, int(kept != 0), 0, 0, 0)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if kept:
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)  # effective, permitted, inheritable; the same above 31
        why = "this Python lies where only root may go, and root cannot lend its right to go there"
        check(libc.capset(header, sets), why)
        check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept.bit_length() - 1, 0, 0), why)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # once more: a change of the uid takes it away (prctl(2))
    if os.getppid() != above:
        raise SystemExit("the keeper is gone")


def bind(ruleset: int, rules: int) -> None:
    """Open only what the Landlock ruleset allows, make only the system calls that the filter allows, from now on."""
    libc = ctypes.CDLL(None, use_errno=True)
    if ruleset != NONE or rules != NONE:
        check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    if ruleset != NONE:
        check(libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0), "landlock")
        os.close(ruleset)
    if rules != NONE:
        with os.fdopen(rules, "rb") as file:
            program = file.read()
        prepared = Filter(len(program) // INSTRUCTION_BYTES, program)
        check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(prepared), 0, 0), "seccomp")


def set_limits(settings: str) -> None:
    """Lower each named limit, never beyond what is allowed already."""
    for setting in settings.split(","):
        name, _, value = setting.partition("=")
        which = getattr(resource, name, None)
        if which is None:
            continue  # not on this platform
        hard = resource.getrlimit(which)[1]
        limit = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        try:
            resource.setrlimit(which, (limit, limit))
        except (ValueError, OSError):
            continue  # a platform may refuse some; what holds is said by the isolation


def be_first_when_memory_ends() -> None:
    """Let the kernel kill a box before anything else on the machine."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123  pathlib doubles the start-up time
            file.write("1000")
    except OSError:
        pass


def main(line: int, settings: str, bonds: list[int], command: list[str]) -> None:
    """Bind ourselves, say "born" with our pid, and become the command."""
    uid, kept, ruleset, rules = bonds
    be_first_when_memory_ends()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background of a script inherits it ignored
    if uid != NONE:
        become(uid, kept)
    set_limits(settings)
    bind(ruleset, rules)
    os.write(line, str(os.getpid()).encode())
    os.close(line)
    os.environ["PYTHONHASHSEED"] = "0"  # boxes of one attempt shall iterate over a set of texts in the same order
    os.execv(command[0], command)  # noqa: S606  no shell is meant


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], [int(bond) for bond in sys.argv[3].split(",")], sys.argv[4:])
