"""Attacks on the network, on other ways to talk, and on the kernel."""

import ctypes
import os
import socket
import struct
import time
from functools import partial
from typing import Any

from .asking import LIBC, Target, attack, call, succeeds


def _connects(family: int, address: Any, kind: int = socket.SOCK_STREAM) -> list[str]:
    try:
        with socket.socket(family, kind) as line:
            line.settimeout(1.5)
            line.connect(address)
            line.send(b"hi")
    except OSError:
        return []
    return [f"reached {address!r}"]


@attack
def connects_to_a_local_service(target: Target) -> list[str]:
    """TCP over IPv4."""
    return _connects(socket.AF_INET, ("127.0.0.1", target["tcp"]))


@attack
def connects_over_ipv6(target: Target) -> list[str]:
    """TCP over IPv6."""
    return _connects(socket.AF_INET6, ("::1", target["tcp6"])) if target["tcp6"] else []


@attack
def sends_datagrams(target: Target) -> list[str]:
    """UDP: nothing is answered, so the machine counts what came; inside a box of its own nobody hears it."""
    _connects(socket.AF_INET, ("127.0.0.1", target["udp"]), socket.SOCK_DGRAM)
    return []


@attack
def connects_to_the_outside(target: Target) -> list[str]:
    """TCP to the address under which the rest of the network knows this machine."""
    return _connects(socket.AF_INET, target["outer_tcp"])


@attack
def sends_datagrams_to_the_outside(target: Target) -> list[str]:
    """UDP there, the way of a question to a name server; the machine counts what came."""
    _connects(socket.AF_INET, target["outer_udp"], socket.SOCK_DGRAM)
    return []


@attack
def connects_by_abstract_name(target: Target) -> list[str]:
    """Names without a file."""
    return _connects(socket.AF_UNIX, "\0" + target["abstract"])


@attack
def connects_by_path(target: Target) -> list[str]:
    """D-Bus, an agent of keys, a container's control socket."""
    return _connects(socket.AF_UNIX, target["path"])


@attack
def opens_odd_sockets(target: Target) -> list[str]:
    """Families that reach the host, the wire, the kernel."""
    odd = {"vsock": (40, 1, 0), "packet": (17, 3, 0), "alg": (38, 5, 0), "raw": (2, 3, 1), "bluetooth": (31, 3, 1)}
    odd["netlink"] = (16, 3, 0)
    plain = [name for name, numbers in odd.items() if succeeds(open=partial(socket.socket, *numbers))]
    number = {"x86_64": 41, "aarch64": 198}.get(os.uname().machine)
    # The kernel takes the lower half of the register for the family, whatever the upper one holds.
    hidden = [name for name, (family, *rest) in odd.items() if _opens(number, 1 << 32 | family, *rest)]
    return [*plain, *(f"{name}, with the upper half set" for name in hidden)]


def _opens(call: int | None, *numbers: int) -> bool:
    opened = -1 if call is None else LIBC.syscall(call, *map(ctypes.c_long, numbers))
    if opened >= 0:
        os.close(opened)
    return bool(opened >= 0)


@attack
def attaches_memory_of_a_stranger(target: Target) -> list[str]:
    """A System V segment by its number."""
    LIBC.shmat.restype = ctypes.c_void_p
    place = LIBC.shmat(target["segment"], None, 0)
    if place in (None, ctypes.c_void_p(-1).value):
        return []
    return ["segment"] if ctypes.string_at(place, 6) == b"CANARY" else []


@attack
def removes_memory_of_a_stranger(target: Target) -> list[str]:
    """The same segment: IPC_RMID lets nobody else attach it."""
    return ["segment"] if LIBC.shmctl(target["segment"], 0, None) == 0 else []


@attack
def tampers_with_shared_memory(target: Target) -> list[str]:
    """An entry of /dev/shm that is somebody else's: written, or removed."""
    place = "/dev/shm/" + target["shared"]
    return succeeds(write=lambda: open(place, "r+b").close(), remove=lambda: os.unlink(place))


@attack
def types_into_a_terminal(target: Target) -> list[str]:
    """TIOCSTI."""
    import fcntl

    def inject(path: str) -> None:
        fcntl.ioctl(os.open(path, os.O_RDWR), 0x5412, b"x")

    return [path for path in ("/dev/tty", "/dev/console", "/dev/pts/0") if succeeds(inject=partial(inject, path))]


@attack
def writes_on_a_terminal(target: Target) -> list[str]:
    """The user's own: what is written there may be typed again by it."""

    def write() -> None:
        os.write(os.open(target["terminal"], os.O_WRONLY | os.O_NOCTTY), b"junk")

    return succeeds(write=write)


@attack
def makes_control_groups(target: Target) -> list[str]:
    """A group of its own would leave the limits of ours."""

    def make(place: str) -> None:
        os.mkdir(place)
        os.rmdir(place)

    places = [f"{folder}/{target['token']}" for folder in ("/sys/fs/cgroup", "/sys/fs/cgroup/pids")]
    return [place for place in places if succeeds(make=partial(make, place))]


@attack
def turns_knobs(target: Target) -> list[str]:
    """Settings of the kernel."""
    knobs = ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/power/state", "/proc/sys/vm/drop_caches")
    return [knob for knob in knobs if os.access(knob, os.W_OK)]


@attack
def keeps_keys_in_the_kernel(target: Target) -> list[str]:
    """add_key into the user's keyring outlives everything."""
    return ["add_key"] if call(248, b"user", target["token"].encode(), b"data", 4, -4) else []


@attack
def mounts(target: Target) -> list[str]:
    """mount, and a root of one's own."""
    mounted = LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0
    return ["mount"] * mounted + succeeds(chroot=lambda: os.chroot("."))


@attack
def makes_namespaces(target: Target) -> list[str]:
    """unshare, clone and clone3 with a user namespace."""
    reached = ["unshare"] * call(272, 0x10000000 | 0x20000)
    for name, number, arguments in (
        ("clone", 56, (0x10000000 | 17, 0, 0, 0, 0)),
        ("clone3", 435, (struct.pack("8Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0), 64)),
    ):
        pid = LIBC.syscall(number, *arguments)
        if pid == 0:
            os._exit(0)
        reached += [name] * (pid > 0)
    return reached


@attack
def uses_rare_calls(target: Target) -> list[str]:
    """Where most holes of the kernel were: io_uring, bpf, perf, userfaultfd."""
    setup = ctypes.create_string_buffer(struct.pack("II", 1, 112), 128)
    calls: dict[str, Any] = {"io_uring": (425, 8, ctypes.create_string_buffer(256)), "perf": (298, setup, 0, -1, -1, 0)}
    calls |= {"bpf": (321, 0, setup, 64), "userfaultfd": (323, 1)}
    return [name for name, arguments in calls.items() if call(*arguments)]


@attack
def makes_devices(target: Target) -> list[str]:
    """Disks, memory, the kernel's log."""
    return succeeds(
        mknod=lambda: os.mknod("disk", 0o60600, os.makedev(254, 0)),
        memory=lambda: os.open("/dev/mem", os.O_RDONLY),
        disk=lambda: os.open("/dev/vda", os.O_RDONLY),
        log=lambda: os.open("/dev/kmsg", os.O_RDONLY),
    )


@attack
def rules_the_machine(target: Target) -> list[str]:
    """Its name, its clock, its end."""
    done = succeeds(
        name=lambda: socket.sethostname("evil"), clock=lambda: time.clock_settime(time.CLOCK_REALTIME, time.time())
    )
    return done + ["reboot"] * call(169, 0xFEE1DEAD, 672274793, 0, 0)


@attack
def speaks_another_dialect(target: Target) -> list[str]:
    """System calls by the numbers of x32 pass a filter that forgets them; the kernel may know none of them."""
    if os.fork() == 0:
        os._exit(1 if LIBC.syscall(0x40000000 + 39) > 0 else 0)
    return ["x32"] if os.wait()[1] == 256 else []
