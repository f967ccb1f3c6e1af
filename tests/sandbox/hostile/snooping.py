"""Attacks on other processes and on files."""

import ctypes
import glob
import os
import re
import resource
import struct
import sys
from collections.abc import Callable
from functools import partial

from .asking import LIBC, Target, attack, call, reads, succeeds


@attack
def traces_a_stranger(target: Target) -> list[str]:
    """PTRACE_ATTACH and PTRACE_SEIZE."""
    return [f"ptrace {request:#x}" for request in (16, 0x4206) if call(101, request, target["canary"], 0, 0)]


@attack
def opens_the_memory_of_a_stranger(target: Target) -> list[str]:
    """/proc/PID/mem of canary, examiner and whoever started us."""

    def reached(pid: int) -> bool:
        try:
            with open(f"/proc/{pid}/mem", "r+b", 0), open(f"/proc/{pid}/cmdline", "rb") as line:
                return target["magic"].encode() in line.read()
        except OSError:
            return False

    return [f"memory of {pid}" for pid in (target["canary"], target["examiner"]) if reached(pid)]


@attack
def reads_the_memory_of_a_stranger(target: Target) -> list[str]:
    """process_vm_readv."""
    buffer = ctypes.create_string_buffer(8)
    piece = struct.pack("QQ", ctypes.addressof(buffer), 8), struct.pack("QQ", target["address"], 8)
    return ["process_vm_readv"] if call(310, target["canary"], piece[0], 1, piece[1], 1, 0) else []


@attack
def takes_a_descriptor_of_a_stranger(target: Target) -> list[str]:
    """pidfd_getfd."""
    try:
        handle = os.pidfd_open(target["canary"])
    except OSError:
        return []
    return ["pidfd_getfd"] if call(438, handle, 1, 0) else []


@attack
def slows_a_stranger_down(target: Target) -> list[str]:
    """Its priority, its processors, its limits; our own priority above others."""
    pid = target["canary"]
    return succeeds(
        priority=lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        processors=lambda: os.sched_setaffinity(pid, {0}),
        limits=lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (64, 64)),
        nice=lambda: os.nice(-10),
    )


@attack
def runs_in_real_time(target: Target) -> list[str]:
    """SCHED_FIFO starves everybody else."""
    return succeeds(fifo=lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))


@attack
def reads_command_lines(target: Target) -> list[str]:
    """Who runs what on this machine."""
    return [path for path in glob.glob("/proc/[0-9]*/cmdline") if reads(path, target["magic"])]


@attack
def reads_environments(target: Target) -> list[str]:
    """Secrets of the grader's own environment."""
    return [path for path in glob.glob("/proc/[0-9]*/environ") if reads(path, target["secret"])]


@attack
def reads_the_suite(target: Target) -> list[str]:
    """By its path and through the working folders and roots of other processes."""
    ways = ["", *glob.glob("/proc/[0-9]*/root"), *glob.glob("/proc/[0-9]*/cwd")]
    return [way or "directly" for way in ways if reads(way + target["suite"], target["secret"])]


@attack
def reads_keys(target: Target) -> list[str]:
    """A private key, directly, through links, through working folders and roots of other processes."""
    os.symlink(target["key"], "answer.json")
    os.symlink("/", "root")
    roots = [*glob.glob("/proc/[0-9]*/root"), *glob.glob("/proc/[0-9]*/cwd")]
    ways = [target["key"], "answer.json", "root" + target["key"], *(root + target["key"] for root in roots)]
    return [way for way in ways if reads(way, target["secret"])]


@attack
def reads_passwords(target: Target) -> list[str]:
    """/etc/shadow, directly and through roots of processes."""
    return [way for way in ("", "/proc/1/root", "/proc/self/root") if reads(way + "/etc/shadow", ":")]


@attack
def links_the_suite(target: Target) -> list[str]:
    """A hard link stays when the suite is gone."""
    return succeeds(suite=lambda: os.link(target["suite"], "suite"), key=lambda: os.link(target["key"], "key"))


@attack
def writes_outside(target: Target) -> list[str]:
    """Start-up files, places where Python looks, folders that everybody may write."""
    places = [target["home"] + "/.bashrc", target["home"] + "/evil.pth", target["suite"]]
    places += [f"/tmp/{target['token']}", f"/var/tmp/{target['token']}", f"/run/{target['token']}", "/etc/evil"]

    def write(place: str) -> None:
        with open(place, "a") as file:
            file.write("#")

    # Behind walls /tmp is the box's own: whether the machine's was written is judged from outside.
    return [place for place in places if not place.startswith("/tmp/") and succeeds(write=partial(write, place))]


@attack
def changes_modes_outside(target: Target) -> list[str]:
    """Modes and times are no contents: not every wall asks about them."""

    def changes(place: str, change: Callable[[], None]) -> None:
        before = os.stat(place).st_ctime_ns  # what the kernel tells: a call may say that it was done and do nothing
        change()
        if os.stat(place).st_ctime_ns == before:
            raise PermissionError

    key, suite = target["key"], target["suite"]
    return succeeds(
        mode=partial(changes, key, lambda: os.chmod(key, 0o666)),
        owner=partial(changes, key, lambda: os.chown(key, os.getuid(), -1)),
        times=partial(changes, suite, lambda: os.utime(suite, (1, 1))),
    )


@attack
def rewrites_the_box(target: Target) -> list[str]:
    """The submission and our own code, in place or from beside."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return succeeds(
        append=lambda: open(here + "/main.py", "a").close(),
        plant=lambda: open(here + "/conftest.py", "w").close(),
        rename=lambda: os.rename(here, here + "-old"),
        remove=lambda: os.unlink(here + "/main.py"),
    )


@attack
def plants_modules(target: Target) -> list[str]:
    """A file in a folder where Python looks would run in the next process that imports its namesake."""

    def plant(folder: str) -> None:
        place = os.path.join(folder, "json.py" if folder.endswith("sub") else f"{target['token']}.pth")
        open(place, "x").close()
        os.unlink(place)

    return [folder for folder in sys.path if os.path.isdir(folder) and succeeds(plant=partial(plant, folder))]


@attack
def uses_inherited_descriptors(target: Target) -> list[str]:
    """Whatever is open beside the standard streams and sockets of the box."""
    kinds = {name: os.path.realpath(f"/proc/self/fd/{name}") for name in _descriptors()}
    return [path for path in kinds.values() if not re.search(r"(pipe|socket|anon_inode):|/dev/null|/proc/", path)]


def _descriptors() -> list[str]:
    try:
        return [name for name in os.listdir("/proc/self/fd") if int(name) > 2]
    except OSError:
        return []


@attack
def gains_rights(target: Target) -> list[str]:
    """Programs that run as somebody else do so only without no_new_privs."""
    return [] if LIBC.prctl(39, 0, 0, 0, 0) == 1 else ["no_new_privs is not set"]
