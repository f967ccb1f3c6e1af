"""The one thread of the standard library that wakes up for ever: a Manager's server asks once a second whether to stop.

`multiprocessing.managers.Server.serve_forever` is `while not self.stop_event.is_set(): self.stop_event.wait(1)` in the
main thread, while another one accepts connections; `BaseManager._run_server` ignores SIGINT before (bpo-36368). Who
looks so and wakes is no sign of life. Where SIGINT is ignored all over the tree, inherited, nothing can be told by it:
then nobody is a service, and a Manager counts as alive.
"""

from __future__ import annotations

import signal
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass

from grader.observe import kernel

FUTEX_WAIT_BITSET = 9
FUTEX_PRIVATE = 128
POLL_SECONDS = 1.0
EARLIEST, LATEST = 0.6, 1.02  # of the limit that is seen: the wait began up to one look before it was noticed
TIMESPEC = struct.Struct("qq")


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A thread that wakes now and then; `noticed` is when it last was seen to have run, on the monotonic clock."""

    pid: int
    tid: int
    noticed: float


def is_service(sleeper: Sleeper, tids: Iterable[int], members: Iterable[int]) -> bool:
    """Whether this is the main thread of a Manager's server, polling; `tids` are the threads of its process."""
    pid = sleeper.pid
    if sleeper.tid != pid or not _polls_once_a_second(sleeper):
        return False
    if not any(_accepts(pid, tid) for tid in tids if tid != pid):
        return False
    return _ignores_interrupts(pid) and not all(_ignores_interrupts(member) for member in members)


def _polls_once_a_second(sleeper: Sleeper) -> bool:
    call = kernel.syscall(sleeper.pid, sleeper.tid)
    if isinstance(call, kernel.Absent) or call.name != "futex":
        return False
    # Private: a wait among threads. A limit on the wall clock would say so by a further bit.
    if call.args[1] != FUTEX_WAIT_BITSET | FUTEX_PRIVATE or not call.args[3]:
        return False
    limit = kernel.memory(sleeper.pid, call.args[3], TIMESPEC.size)
    if limit is None:
        return False
    seconds, nanoseconds = TIMESPEC.unpack(limit)
    until = seconds + nanoseconds / 1e9
    rest, limit_seen = until - time.monotonic(), until - sleeper.noticed
    return bool(rest <= POLL_SECONDS and EARLIEST <= limit_seen <= LATEST)


def _accepts(pid: int, tid: int) -> bool:
    call = kernel.syscall(pid, tid)
    return not isinstance(call, kernel.Absent) and call.name in {"accept", "accept4"}


def _ignores_interrupts(pid: int) -> bool:
    return kernel.has_signal(kernel.signals(pid, pid, "Ign"), signal.SIGINT)
