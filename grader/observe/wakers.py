"""What could wake a process in which no thread runs, without anybody of the tree doing so: alarms, timers, TCP.

An alarm (`setitimer`) is shown nowhere in /proc. A process that can be asked (`alarm`) answers exactly; of one that
cannot, whoever catches SIGALRM, or holds it back to wait for it, counts as having one set. Not seen then: an alarm that
nobody catches. It ends its process; until then that looks like a hang.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Collection, Iterable
from pathlib import Path

from grader.observe import kernel

CPU_CLOCKS = frozenset({2, 3})  # CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID: stand while nobody runs
SYN_SENT, SYN_RECV = "02", "03"
RETRANSMITS = "01"


def may_wake(pid: int, sockets: Collection[int]) -> str:
    """What may wake a thread of this process from outside, alarms aside; "" if nothing is known that could."""
    if _has_timer(pid):
        return "a timer is set"
    return _tcp(pid, sockets) if sockets else ""


def expects_alarm(pid: int, tids: Iterable[int]) -> bool:
    """Whether a process is prepared for an alarm: all that can be known of one that cannot be asked."""
    if kernel.has_signal(kernel.signals(pid, pid, "Cgt"), signal.SIGALRM):
        return True
    return any(kernel.has_signal(kernel.signals(pid, tid, "Blk"), signal.SIGALRM) for tid in tids)


def _has_timer(pid: int) -> bool:
    """Of `timer_create`: the list holds those that are not armed too, and cannot be told from them."""
    clocks = [
        int(clock) for clock in re.findall(r"^ClockID: (-?\d+)", kernel.text(f"/proc/{pid}/timers"), re.MULTILINE)
    ]
    return any(clock >= 0 and clock not in CPU_CLOCKS for clock in clocks)


def _tcp(pid: int, sockets: Collection[int]) -> str:
    """Unix sockets are woken by their peers only; TCP has timers, and a peer anywhere; any other kind is not known."""
    rest = set(sockets) - _unix(pid)
    if not rest:
        return ""
    rows = [
        line.split() for table in ("tcp", "tcp6") for line in kernel.text(f"/proc/{pid}/net/{table}").splitlines()[1:]
    ]
    own = [row for row in rows if int(row[9]) in rest]
    if len({int(row[9]) for row in own}) < len(rest):
        return "a socket of an unknown kind"
    if not _private_network(pid) and not all(_is_local(row[1]) and _is_local(row[2]) for row in own):
        return "a socket that the network can reach"
    ports = {row[1].rpartition(":")[2] for row in own}
    for row in rows:
        near = {row[1].rpartition(":")[2], row[2].rpartition(":")[2]} & ports
        if near and (row[3] in {SYN_SENT, SYN_RECV} or row[5].startswith(RETRANSMITS)):
            return "TCP still sends"
    return ""


def _unix(pid: int) -> set[int]:
    return {
        int(line.split()[6]) for line in kernel.text(f"/proc/{pid}/net/unix").splitlines()[1:] if len(line.split()) > 6
    }


def _private_network(pid: int) -> bool:
    """Whether the process lives in another network namespace than we do: then nobody else is there."""
    try:
        return Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()
    except OSError:
        return False


def _is_local(address: str) -> bool:
    """127.0.0.0/8, ::1 and 127.x in IPv6 clothes; of 0.0.0.0 only the port 0, which is the peer of a listener."""
    host, _, port = address.partition(":")
    if host.strip("0") == "":
        return port == "0000"
    if len(host) == 8:
        return host.endswith("7F")
    return host == "00000000000000000000000001000000" or (host[16:24] == "FFFF0000" and host.endswith("7F"))
