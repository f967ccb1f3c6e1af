"""Whether an alarm is set in a process that sleeps: shown nowhere in /proc, so the process is made to ask itself.

It is held (`tracing`) in the call it waits in, made to run one `getitimer`, and let go: the kernel begins its call
again. It notices nothing, but its counts of turns change, and an interrupted `poll` goes on as `restart_syscall`.
"""

from __future__ import annotations

import struct

from grader.observe import kernel
from grader.observe.tracing import ORIGINAL_RAX, RAX, RDI, RIP, RSI, RSP, Held, Registers, held

GETITIMER, ITIMER_REAL = 36, 0
SYSCALL_INSTRUCTION = b"\x0f\x05"
RED_ZONE = 1024  # bytes below the stack pointer that may be in use
TIMER_VALUE = struct.Struct("qqqq")


def seconds_left(pid: int) -> float | None:
    """Seconds until the alarm of a sleeping process, 0 if none is set; None if it cannot be asked."""
    try:
        with held(pid) as process:
            return _ask(process) if process else None
    except OSError:
        return None


def _ask(process: Held) -> float | None:
    saved = process.registers
    before = kernel.memory(process.pid, saved[RIP] - len(SYSCALL_INSTRUCTION), len(SYSCALL_INSTRUCTION))
    if before != SYSCALL_INSTRUCTION:
        return None  # it was not in a call: it runs
    asking = Registers(*saved)
    answer = (saved[RSP] - RED_ZONE) & ~15
    asking[RAX], asking[RDI], asking[RSI] = GETITIMER, ITIMER_REAL, answer
    asking[RIP] -= len(SYSCALL_INSTRUCTION)
    asking[ORIGINAL_RAX] = (1 << 64) - 1  # else the kernel begins the interrupted call again here
    process.registers = asking
    try:
        done = process.step()
        after = process.registers
        found = kernel.memory(process.pid, answer, TIMER_VALUE.size)
    finally:
        process.registers = saved
    if not done or after[RAX] != 0 or found is None:
        return None
    _, _, seconds, microseconds = TIMER_VALUE.unpack(found)
    return float(seconds + microseconds / 1e6)
